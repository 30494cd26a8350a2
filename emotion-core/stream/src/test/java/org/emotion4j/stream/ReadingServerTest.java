package org.emotion4j.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.emotion4j.NeedsLoopback;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.recording.FrameJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server with the WebSocket of Java's own HTTP client, and with bare sockets where a client would be too polite. */
@NeedsLoopback
@Timeout(60)
final class ReadingServerTest {
    private static final int GOING_AWAY = 1001;
    private static final String PAGE = "http://localhost:3000";

    @Test
    void eachListenerGetsEachResultInTheShapeOfAFrame() throws Exception {
        Listener one;
        Listener two;
        try (ReadingServer server = ReadingServer.builder().open()) {
            one = Listener.at(server);
            two = Listener.at(server);
            for (int i = 0; i < 10; i++) {
                server.publish(result(i));
                assertThat(one.messages.take()).isEqualTo(FrameJson.write(result(i)));
                assertThat(two.messages.take()).isEqualTo(FrameJson.write(result(i)));
            }
            assertThat(server.listeners()).isEqualTo(2);
        }
        assertThat(one.closed.join()).isEqualTo(GOING_AWAY);
        assertThat(two.closed.join()).isEqualTo(GOING_AWAY);
    }

    @Test
    void whoDoesNotKnowTheTokenIsRefused() throws Exception {
        try (ReadingServer server =
                ReadingServer.builder().token("0123456789abcdef").open()) {
            assertThatThrownBy(() -> connect(server, Optional.empty())).isInstanceOf(CompletionException.class);
            assertThatThrownBy(() -> connect(server, Optional.of("Bearer 0123456789abcdeX")))
                    .isInstanceOf(CompletionException.class);
            assertThat(server.listeners()).isZero();
            assertThat(connect(server, Optional.of("Bearer 0123456789abcdef"))).isNotNull();
        }
    }

    @Test
    void aPageNeedsItsOriginAllowedAsWellAsTheToken() throws Exception {
        try (ReadingServer server = ReadingServer.builder().allowOrigin(PAGE).open()) {
            String known = "token."
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(server.token().getBytes(StandardCharsets.UTF_8));
            assertThat(handshake(server, PAGE, "emotion4j, " + known))
                    .startsWith("HTTP/1.1 101")
                    .containsIgnoringCase("Sec-WebSocket-Protocol: emotion4j");
            assertThat(handshake(server, "https://evil.example", "emotion4j, " + known))
                    .startsWith("HTTP/1.1 404");
            assertThat(handshake(server, PAGE, "emotion4j")).startsWith("HTTP/1.1 404");
            assertThat(handshake(server, PAGE, "emotion4j, token.%%%")).startsWith("HTTP/1.1 404");
        }
        try (ReadingServer server = ReadingServer.builder().open()) {
            assertThat(handshake(server, "null", "emotion4j")).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void whoDoesNotReadSkipsAndHoldsNobodyUp() throws Exception {
        try (ReadingServer server = ReadingServer.builder().open();
                Socket sleeper = new Socket()) {
            sleeper.setReceiveBufferSize(4 * 1024);
            sleeper.connect(new InetSocketAddress("127.0.0.1", server.address().getPort()));
            ask(sleeper, server, "Authorization: Bearer " + server.token());
            assertThat(head(sleeper)).startsWith("HTTP/1.1 101");
            Listener awake = Listener.at(server);
            while (server.listeners() < 2) {
                Thread.onSpinWait();
            }

            int sent = 0;
            // Until more waits for the sleeper than may: the one who reads gets every single one meanwhile.
            while (server.skipped() == 0) {
                server.publish(result(sent));
                assertThat(awake.messages.take()).contains("\"frame\":" + sent++ + ",");
            }
            assertThat(server.skipped()).isEqualTo(1);
        }
    }

    @Test
    void noMoreListenersThanWereAllowed() throws Exception {
        try (ReadingServer server = ReadingServer.builder().listeners(1).open()) {
            Listener first = Listener.at(server);
            server.publish(result(0));
            first.messages.take();
            assertThatThrownBy(() -> Listener.at(server)).isInstanceOf(CompletionException.class);
        }
    }

    /** Often enough for all ways in which a hang-up and the answer to a request can meet. */
    @Test
    void whoHangsUpAtOnceTakesNoPlace() throws Exception {
        try (ReadingServer server = ReadingServer.builder().listeners(1_000).open()) {
            for (int i = 0; i < 300; i++) {
                try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
                    ask(socket, server, "Authorization: Bearer " + server.token());
                    if (i % 3 > 0) {
                        assertThat(head(socket)).startsWith("HTTP/1.1 101");
                    }
                    if (i % 3 > 1) {
                        socket.getOutputStream().write(new byte[] {(byte) 0x81, (byte) 0x85, 1, 2, 3, 4, 'i'});
                    }
                }
            }
            await().atMost(10, TimeUnit.SECONDS).until(() -> server.listeners() == 0);
            assertThat(server.toString()).endsWith("/, 0 listeners]");
        }
    }

    @Test
    void otherAddressesOfThisMachineDoNotReachIt() throws Exception {
        try (ReadingServer server = ReadingServer.builder().open()) {
            assertThat(server.address().getHost()).isEqualTo("127.0.0.1");
            for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                for (InetAddress address : Collections.list(network.getInetAddresses())) {
                    if (!address.isLoopbackAddress()) {
                        assertThatThrownBy(() ->
                                        new Socket(address, server.address().getPort()).close())
                                .isInstanceOf(IOException.class);
                    }
                }
            }
        }
    }

    @Test
    void aPortThatIsTakenIsToldAndAClosedServerFreesItAndItsThreads() throws Exception {
        ReadingServer server = ReadingServer.builder().open();
        int port = server.address().getPort();
        assertThatThrownBy(() -> ReadingServer.builder().port(port).open())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("port " + port);
        server.close();
        server.close();
        server.publish(result(1));
        try (ReadingServer again = ReadingServer.builder().port(port).open()) {
            assertThat(again.address().getPort()).isEqualTo(port);
        }
    }

    @Test
    void optionsThatMeanNothingAreRefused() {
        assertThatThrownBy(() -> ReadingServer.builder().port(70_000)).hasMessageContaining("0 to 65535");
        assertThatThrownBy(() -> ReadingServer.builder().token("short")).hasMessageContaining("16 or more");
        assertThatThrownBy(() -> ReadingServer.builder().listeners(0)).hasMessageContaining("1 or more");
    }

    private static WebSocket connect(ReadingServer server, Optional<String> authorization) {
        var builder = HttpClient.newHttpClient().newWebSocketBuilder();
        authorization.ifPresent(value -> builder.header("Authorization", value));
        return builder.buildAsync(server.address(), new WebSocket.Listener() {}).join();
    }

    /** Java's client may not set an origin; a browser always does. */
    private static String handshake(ReadingServer server, String origin, String protocols) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
            ask(socket, server, "Origin: " + origin, "Sec-WebSocket-Protocol: " + protocols);
            return head(socket);
        }
    }

    static void ask(Socket socket, ReadingServer server, String... headers) throws IOException {
        OutputStream out = socket.getOutputStream();
        URI address = server.address();
        out.write(("GET / HTTP/1.1\r\nHost: " + address.getAuthority()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                        + String.join("\r\n", headers) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    static String head(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    static FrameResult result(int index) {
        long nanos = index * 33_000_000L;
        EmotionScores scores = EmotionScores.certain(Emotion.HAPPY);
        return new FrameResult(
                index,
                nanos,
                Instant.parse("2026-01-02T03:04:05Z").plusNanos(nanos),
                "camera:0",
                640,
                480,
                index == 0,
                List.of(new EmotionReading(
                        1,
                        nanos,
                        new DetectedFace(new BoundingBox(10, 20, 100, 120), 0.9),
                        scores,
                        scores,
                        Optional.of(Emotion.HAPPY))),
                new StageTimings(1, 2, 3, 6));
    }

    static final class Listener implements WebSocket.Listener {
        final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder part = new StringBuilder();

        /** Returns when the server knows of it, which is after its client does: what is published in between reaches nobody. */
        static Listener at(ReadingServer server) {
            int before = server.listeners();
            Listener listener = new Listener();
            HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .header("Authorization", "Bearer " + server.token())
                    .buildAsync(server.address(), listener)
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
            await().until(() -> server.listeners() > before);
            return listener;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                messages.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }
    }
}
