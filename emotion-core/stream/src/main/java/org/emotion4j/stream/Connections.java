package org.emotion4j.stream;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ServerHandshakeBuilder;
import org.java_websocket.protocols.Protocol;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's end of all connections. */
final class Connections extends WebSocketServer {
    /** How many messages wait for one that does not keep up: half a second of a camera. */
    static final int WAITING = 16;

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final int SILENT_SECONDS = 30;
    private static final int CLOSE_MILLIS = 1_000;
    private static final int MOST_INCOMING = 1_024;
    private static final int SEND_BUFFER = 64 * 1024;

    private final Admission admission;
    private final int most;
    private final CompletableFuture<Integer> bound = new CompletableFuture<>();
    private final AtomicLong skipped = new AtomicLong();

    Connections(int port, Admission admission, int most) {
        super(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1, drafts());
        this.admission = admission;
        this.most = most;
        setDaemon(true);
        setReuseAddr(true);
        setTcpNoDelay(true);
        setConnectionLostTimeout(SILENT_SECONDS);
    }

    /** A page may name our protocol; a program need not name any. */
    private static List<Draft> drafts() {
        return List.of(
                new Draft_6455(List.of(), List.of(new Protocol(Admission.PROTOCOL), new Protocol("")), MOST_INCOMING));
    }

    void begin() throws IOException {
        requireFree();
        start();
        try {
            bound.get();
        } catch (ExecutionException e) {
            end();
            throw taken(Objects.requireNonNullElse(e.getCause(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end();
            throw new IOException("interrupted while the port was opened", e);
        }
    }

    /** The library's server finds that out on a thread of its own, and logs it with all that it was doing. */
    private void requireFree() throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(getAddress());
        } catch (BindException e) {
            throw taken(e);
        }
    }

    private IOException taken(Throwable cause) {
        return new IOException(
                "port " + getAddress().getPort() + " of this machine cannot be had: " + cause.getMessage(), cause);
    }

    URI address() {
        return URI.create("ws://127.0.0.1:" + bound.join() + "/");
    }

    boolean hasListeners() {
        return !getConnections().isEmpty();
    }

    int listeners() {
        return (int) getConnections().stream().filter(WebSocket::isOpen).count();
    }

    long skipped() {
        return skipped.get();
    }

    void publish(String message) {
        for (WebSocket listener : getConnections()) {
            if (!listener.isOpen()) {
                continue;
            }
            if (((WebSocketImpl) listener).outQueue.size() >= WAITING) {
                skipped.incrementAndGet();
            } else {
                send(listener, message);
            }
        }
    }

    private static void send(WebSocket listener, String message) {
        try {
            listener.send(message);
        } catch (RuntimeException e) {
            LOG.debug("a listener is gone: {}", e.getMessage());
        }
    }

    void end() {
        try {
            stop(CLOSE_MILLIS, "the session is over");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(
            WebSocket connection, Draft draft, ClientHandshake request) throws InvalidDataException {
        Optional<String> refusal = admission.refusal(
                request.getFieldValue("Origin"),
                request.getFieldValue("Authorization"),
                request.getFieldValue("Sec-WebSocket-Protocol"));
        if (refusal.isEmpty() && listeners() >= most) {
            refusal = Optional.of("there are " + most + " listeners already");
        }
        if (refusal.isPresent()) {
            LOG.info("somebody who wanted to listen was refused: {}", refusal.get());
            throw new InvalidDataException(CloseFrame.REFUSE, refusal.get());
        }
        return super.onWebsocketHandshakeReceivedAsServer(connection, draft, request);
    }

    /**
     * What the system holds back for a listener is old when it arrives: little. One that has hung up before its request was answered has
     * been closed by another thread already, as one that was never open, and would keep its place.
     */
    @Override
    public void onOpen(WebSocket connection, ClientHandshake request) {
        WebSocketImpl listener = (WebSocketImpl) connection;
        SocketChannel channel = (SocketChannel) listener.getSelectionKey().channel();
        try {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
        } catch (IOException e) {
            LOG.debug("the buffer of a listener stays as it is: {}", e.getMessage());
        }
        if (!channel.isOpen()) {
            listener.closeConnection(CloseFrame.ABNORMAL_CLOSE, "it has hung up");
            removeConnection(connection);
        }
    }

    @Override
    public void onClose(WebSocket connection, int code, String reason, boolean remote) {
        LOG.debug("a listener has gone: {} {}", code, reason);
    }

    @Override
    public void onMessage(WebSocket connection, String message) {
        LOG.trace("a listener said something");
    }

    @Override
    public void onMessage(WebSocket connection, ByteBuffer message) {
        LOG.trace("a listener said something");
    }

    @Override
    public void onError(@Nullable WebSocket connection, Exception failure) {
        if (connection == null && !bound.isDone()) {
            bound.completeExceptionally(failure);
        } else {
            LOG.debug("a listener failed", failure);
        }
    }

    @Override
    public void onStart() {
        bound.complete(getPort());
    }
}
