package org.emotion4j.web;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A page as the service sees it: sends pictures, hears readings. */
final class LiveClient implements WebSocket.Listener, AutoCloseable {
    static final String CONSENT = "{\"type\":\"start\",\"consent\":true}";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder message = new StringBuilder();
    private WebSocket socket;

    private LiveClient() {}

    static LiveClient connect(Service service) {
        return connect(service.port());
    }

    static LiveClient connect(int port) {
        LiveClient client = new LiveClient();
        client.socket = HTTP.newWebSocketBuilder()
                .header("Authorization", "Bearer " + Service.TOKEN)
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/live"), client)
                .join();
        return client;
    }

    /** Tries to connect otherwise than one should; returns the status, empty where it was let in. */
    static Optional<Integer> refusal(Service service, String... headers) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equals("protocols")) {
                builder.subprotocols("emotion4j", headers[i + 1]);
            } else {
                builder.header(headers[i], headers[i + 1]);
            }
        }
        try {
            builder.buildAsync(URI.create("ws://127.0.0.1:" + service.port() + "/live"), new LiveClient())
                    .join()
                    .abort();
            return Optional.empty();
        } catch (CompletionException e) {
            WebSocketHandshakeException refused = (WebSocketHandshakeException) e.getCause();
            return Optional.of(refused.getResponse().statusCode());
        }
    }

    LiveClient start() {
        text(CONSENT);
        return this;
    }

    void text(String text) {
        socket.sendText(text, true).join();
    }

    void binary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    void picture(double millis, byte[] jpeg) {
        binary(message(millis, jpeg));
    }

    static byte[] message(double millis, byte[] jpeg) {
        return ByteBuffer.allocate(8 + jpeg.length).putDouble(millis).put(jpeg).array();
    }

    /** Waits for the next message of a type; what else comes is passed over. */
    JsonNode next(String type) {
        try {
            while (true) {
                JsonNode next = heard.poll(60, TimeUnit.SECONDS);
                if (next == null) {
                    throw new AssertionError("no message of type " + type + " came");
                }
                if (next.path("type").asString().equals(type)) {
                    return next;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    int closeStatus() {
        return closed.orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** Waits until the service closes one of these. */
    static int firstCloseStatus(List<LiveClient> clients) {
        CompletableFuture<?>[] all =
                clients.stream().map(client -> client.closed).toArray(CompletableFuture<?>[]::new);
        return (Integer)
                CompletableFuture.anyOf(all).orTimeout(60, TimeUnit.SECONDS).join();
    }

    boolean isClosed() {
        return closed.isDone();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        message.append(data);
        if (last) {
            heard.add(Service.json(message.toString()));
            message.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closed.complete(status);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete(-1);
    }

    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(gone -> socket);
        }
        closeStatus();
    }
}
