package org.emotion4j.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.emotion4j.NeedsLoopback;
import org.emotion4j.recording.FrameJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever somebody sends, nobody listens without the token, and whoever listens goes on to be told. Runs the seeds; the profile
 * {@code fuzz} makes more of them.
 */
@NeedsLoopback
@Timeout(20)
final class StrangerFuzzTest {
    private static final String TOKEN = "0123456789abcdef";
    private static final String PAGE = "http://localhost:3000";
    private static final int ANSWER_MILLIS = 10_000;

    private static ReadingServer server;
    private static ReadingServerTest.Listener listener;

    @BeforeAll
    static void open() throws IOException {
        server = ReadingServer.builder().token(TOKEN).allowOrigin(PAGE).open();
        listener = ReadingServerTest.Listener.at(server);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    /** Instead of a request. */
    @MethodSource("requestSeeds")
    @FuzzTest(maxDuration = "10m")
    void requests(byte[] request) throws Exception {
        if (new String(request, StandardCharsets.ISO_8859_1).contains(TOKEN)) {
            return;
        }
        allowOurs();
        try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
            assertThat(answer(socket, request)).doesNotStartWith("HTTP/1.1 101");
        }
        requireGoingOn();
    }

    /** Of somebody who listens. */
    @MethodSource("messageSeeds")
    @FuzzTest(maxDuration = "10m")
    void messages(byte[] frames) throws Exception {
        allowOurs();
        try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
            ReadingServerTest.ask(socket, server, "Authorization: Bearer " + TOKEN);
            assertThat(ReadingServerTest.head(socket)).startsWith("HTTP/1.1 101");
            answer(socket, frames);
        }
        requireGoingOn();
    }

    /** Three headers, a line each. */
    @MethodSource("headerSeeds")
    @FuzzTest(maxDuration = "10m")
    void headers(byte[] lines) {
        String[] headers = Arrays.copyOf(new String(lines, StandardCharsets.UTF_8).split("\n", 3), 3);
        String origin = Optional.ofNullable(headers[0]).orElse("");
        String authorization = Optional.ofNullable(headers[1]).orElse("");
        String protocols = Optional.ofNullable(headers[2]).orElse("");
        Optional<String> refusal = new Admission(TOKEN, Set.of(PAGE)).refusal(origin, authorization, protocols);
        boolean knows = authorization.contains(TOKEN)
                || protocols.contains("token." + encoded(TOKEN).substring(0, 21));
        if (refusal.isPresent()) {
            assertThat(refusal.get()).isNotBlank();
        } else {
            assertThat(knows && (origin.isEmpty() || origin.equals(PAGE))).isTrue();
        }
    }

    static Stream<byte[]> requestSeeds() {
        String request = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";
        return Stream.of(
                        request + "Authorization: Bearer 0123456789abcdeX\r\n\r\n",
                        request + "Sec-WebSocket-Protocol: emotion4j, token.MDEyMw\r\n\r\n",
                        request + "Sec-WebSocket-Extensions: permessage-deflate\r\nOrigin: null\r\n\r\n",
                        request.replace("13", "-1e9") + "\r\n",
                        request,
                        "GET / HTTP/1.1\r\n\r\n",
                        "\0\0\0",
                        "a: b\r\n".repeat(10_000),
                        "")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Stream<byte[]> messageSeeds() {
        return Stream.of(
                        "\u0081\u0085\1\2\3\4iglhn", // a text of five characters, masked
                        "\u0082\u0080\0\0\0\0",
                        "\u0089\u0080\0\0\0\0\u0088\u0082\0\0\0\0\3\u00e8", // a ping and a close
                        "\u0001\u0081\0\0\0\0a\0\u0081\0\0\0\0b", // parts without an end
                        "\u0081\u00fe\u0004\u0001\0\0\0\0" + "a".repeat(1_025), // more than is taken
                        "\u0081\u00ff\u007f\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff",
                        "\u0081\5hello",
                        "\u00f1\u0080\0\0\0\0",
                        "")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Stream<byte[]> headerSeeds() {
        return Stream.of(
                        "\nBearer " + TOKEN + "\n",
                        PAGE + "\n\nemotion4j, token." + encoded(TOKEN),
                        "null\nbearer  " + TOKEN + " \n,,,",
                        "\nBearer\ntoken.,token.=,token.====",
                        "")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.getBytes(StandardCharsets.UTF_8));
    }

    /** With its hooks, a connection to anybody else is a finding. */
    private static void allowOurs() {
        if (Boolean.getBoolean("jazzer.hooks")) {
            int ours = server.address().getPort();
            BugDetectors.allowNetworkConnections((host, port) -> port == ours);
        }
    }

    /** What comes back until the server has hung up, which it does after the last byte at the latest. */
    private static String answer(Socket socket, byte[] sent) throws IOException {
        socket.setSoTimeout(ANSWER_MILLIS);
        try {
            OutputStream out = socket.getOutputStream();
            out.write(sent);
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException hungUp) {
            return "";
        }
    }

    private static void requireGoingOn() throws InterruptedException {
        String wanted = FrameJson.write(ReadingServerTest.result(1));
        server.publish(ReadingServerTest.result(1));
        assertThat(listener.messages.poll(ANSWER_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(wanted);
    }
}
