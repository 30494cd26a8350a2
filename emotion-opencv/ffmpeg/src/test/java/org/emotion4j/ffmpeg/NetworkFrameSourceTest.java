package org.emotion4j.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.emotion4j.NeedsLoopback;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.frame.InputCutOffException;
import org.emotion4j.frame.PixelFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cameras and films of servers that the test itself is. */
@Tag("native")
@NeedsLoopback
@Timeout(120)
final class NetworkFrameSourceTest {
    private static final Duration SOON = Duration.ofMillis(400);
    private static final int FRAMES = 50;

    @TempDir
    static Path folder;

    private static byte[] film;

    @BeforeAll
    static void write() throws IOException {
        film = Files.readAllBytes(Clip.of(FRAMES).indexFirst().write(folder.resolve("film.mp4")));
    }

    @Test
    void aFilmOnAServerIsReadToItsEndWithItsOwnTimes() throws IOException {
        try (LoopbackServer server = new LoopbackServer((head, out) -> file(out, film, film.length));
                NetworkFrameSource source = NetworkFrameSource.open(server.at("http", "/film.mp4"))) {
            assertThat(source.isLive()).isFalse();
            assertThat(source.endTime()).isPresent();
            List<Long> times = times(source);
            List<Long> own = new ArrayList<>();
            try (VideoFrameSource same = VideoFrameSource.open(folder.resolve("film.mp4"))) {
                FrameBuffer frame = FrameBuffer.standalone();
                while (same.read(frame)) {
                    own.add(frame.mediaNanos());
                }
            }
            assertThat(times).isEqualTo(own).hasSize(FRAMES);
        }
    }

    @Test
    void aFilmWhoseConnectionBreaksIsNoWholeFilm() throws IOException {
        try (LoopbackServer server = new LoopbackServer((head, out) -> file(out, film, film.length * 2 / 3));
                NetworkFrameSource source = NetworkFrameSource.open(server.at("http", "/film.mp4"))) {
            List<FrameUnreadableException> damaged = new ArrayList<>();
            assertThatThrownBy(() -> {
                        while (true) {
                            try {
                                times(source);
                                return;
                            } catch (InputCutOffException e) {
                                throw e;
                            } catch (FrameUnreadableException e) {
                                damaged.add(e); // what the break tore
                            }
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThat(damaged).hasSizeLessThan(3);
        }
    }

    @Test
    void aMotionJpegCameraIsLiveAndItsTimesAreThoseOfArrival() throws IOException {
        AtomicLong now = new AtomicLong(7_000);
        try (LoopbackServer server = new LoopbackServer((head, out) -> multipart(out, 20));
                NetworkFrameSource source = NetworkFrameSource.builder(server.at("http", "/video"))
                        .clock(() -> now.getAndAdd(40_000_000))
                        .open()) {
            assertThat(source.isLive()).isTrue();
            for (int i = 0; i < 10; i++) {
                FrameBuffer frame = FrameBuffer.standalone();
                assertThat(source.read(frame)).isTrue();
                assertThat(frame.mediaNanos()).isEqualTo(i * 40_000_000L);
                assertThat(frame.discontinuity()).isEqualTo(i == 0);
                assertThat(frame.width()).isEqualTo(64);
                assertThat(frame.format()).isEqualTo(PixelFormat.BGR24);
            }
            assertThatThrownBy(() -> times(source))
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching(".*: the connection was (closed|lost).*");
            assertThat(source.read(FrameBuffer.standalone())).isFalse();
        }
    }

    @Test
    void aCameraThatSpeaksRtspIsRead() throws IOException {
        byte[] transport = Files.readAllBytes(
                Clip.of(100).encoder("libopenh264").keyFrameEvery(5).write(folder.resolve("camera.ts")));
        try (LoopbackServer server = new LoopbackServer((head, out) -> rtsp(head, out, transport));
                NetworkFrameSource source = NetworkFrameSource.open(server.at("rtsp", "/live"))) {
            assertThat(source.isLive()).isTrue();
            FrameBuffer frame = FrameBuffer.standalone();
            long last = -1;
            for (int i = 0; i < 20; i++) {
                assertThat(source.read(frame)).isTrue();
                assertThat(frame.mediaNanos()).isGreaterThan(last);
                last = frame.mediaNanos();
            }
            assertThat(frame.width()).isEqualTo(64);
            assertThat(server.asked()).anyMatch(line -> line.startsWith("PLAY "));
        }
    }

    @Test
    void whoDoesNotAnswerIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            for (String scheme : List.of("http", "rtsp")) {
                assertThatThrownBy(() -> NetworkFrameSource.builder(
                                        URI.create(scheme + "://127.0.0.1:" + silent.getLocalPort() + "/"))
                                .connectTimeout(SOON)
                                .open())
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("nothing came within 0.4 s");
            }
        }
    }

    @Test
    void aCameraThatFallsSilentIsGivenUpAndCanBeOpenedAnew() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (LoopbackServer server = new LoopbackServer((head, out) -> {
            multipart(out, 12);
            await(over);
            return false;
        })) {
            NetworkFrameSource.Builder camera =
                    NetworkFrameSource.builder(server.at("http", "/")).readTimeout(SOON);
            for (int attempt = 0; attempt < 2; attempt++) {
                try (NetworkFrameSource source = camera.open()) {
                    assertThat(source.read(FrameBuffer.standalone())).isTrue();
                    assertThatThrownBy(() -> times(source)).hasMessageContaining("nothing came within 0.4 s");
                }
            }
        } finally {
            over.countDown();
        }
    }

    @Test
    void anInterruptEndsAReadThatWaits() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (LoopbackServer server = new LoopbackServer((head, out) -> {
                    multipart(out, 12);
                    await(over);
                    return false;
                });
                NetworkFrameSource source = NetworkFrameSource.open(server.at("http", "/"))) {
            source.read(FrameBuffer.standalone());
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> times(source)).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            over.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"file:///etc/passwd", "concat:a|b", "ftp://host/a.mp4", "udp://host:1", "http:///a", "film.mp4"})
    void otherAddressesAreRefusedBeforeAnythingIsOpened(String address) {
        assertThatThrownBy(() -> NetworkFrameSource.builder(new URI(address.replace("|", "%7C"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected rtsp, http or https");
    }

    @Test
    void aPlayListOpensNothing() throws IOException {
        Path secret = Files.write(folder.resolve("secret.ts"), film);
        for (String list : List.of(
                "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:" + secret + "\n#EXT-X-ENDLIST\n",
                "ffconcat version 1.0\nfile 'file:" + secret + "'\n",
                "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 33\n")) {
            byte[] content = LoopbackServer.ascii(list);
            try (LoopbackServer server = new LoopbackServer((head, out) -> file(out, content, content.length))) {
                assertThatThrownBy(() -> NetworkFrameSource.open(server.at("http", "/list.m3u8")))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("it is not opened");
                assertThat(server.asked()).allMatch(line -> line.startsWith("GET /list.m3u8"));
            }
        }
    }

    @Test
    void aRedirectionIsNotFollowed() throws IOException {
        AtomicInteger followed = new AtomicInteger();
        try (LoopbackServer other = new LoopbackServer((head, out) -> {
                    followed.incrementAndGet();
                    return file(out, film, film.length);
                });
                LoopbackServer server = new LoopbackServer((head, out) -> {
                    out.write(LoopbackServer.ascii("HTTP/1.1 302 Found\r\nLocation: " + other.at("http", "/film.mp4")
                            + "\r\nContent-Length: 0\r\n\r\n"));
                    out.flush();
                    return false;
                })) {
            assertThatThrownBy(() -> NetworkFrameSource.open(server.at("http", "/")))
                    .isInstanceOf(IOException.class);
            assertThat(followed.get()).isZero();
        }
    }

    @Test
    void aCertificateThatNobodySignedIsRefused() throws Exception {
        Path keys = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance(keys.toFile(), "changeit".toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        AtomicInteger asked = new AtomicInteger();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.close();
        });
        server.start();
        try {
            assertThatThrownBy(() -> NetworkFrameSource.open(URI.create(
                            "https://127.0.0.1:" + server.getAddress().getPort() + "/film.mp4")))
                    .isInstanceOf(IOException.class);
            assertThat(asked.get()).isZero();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void nobodyIsToldAPassword() throws IOException {
        try (LoopbackServer server = new LoopbackServer((head, out) -> file(out, film, film.length))) {
            int port = server.at("http", "/").getPort();
            URI secret = URI.create("http://admin:hunter2@127.0.0.1:" + port + "/film.mp4?token=hunter2#hunter2");
            try (NetworkFrameSource source = NetworkFrameSource.open(secret)) {
                FrameBuffer frame = FrameBuffer.standalone();
                source.read(frame);
                assertThat(List.of(
                                frame.toFrame().origin(),
                                source.toString(),
                                source.metadata().toString(),
                                NetworkFrameSource.builder(secret).toString()))
                        .noneMatch(text -> text.contains("hunter2") || text.contains("admin"))
                        .allMatch(text -> text.contains("127.0.0.1:" + port + "/film.mp4"));
            }
            assertThat(NetworkFrameSource.name(URI.create("rtsp://camera/user=a_password=hunter2_channel=1")))
                    .isEqualTo("rtsp://camera");
        }
        int closed;
        try (ServerSocket soon = new ServerSocket(0)) {
            closed = soon.getLocalPort();
        }
        assertThatThrownBy(() ->
                        NetworkFrameSource.open(URI.create("http://admin:hunter2@127.0.0.1:" + closed + "/?hunter2")))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("hunter2");
    }

    private static List<Long> times(NetworkFrameSource source) throws IOException {
        List<Long> times = new ArrayList<>();
        FrameBuffer frame = FrameBuffer.standalone();
        while (source.read(frame)) {
            times.add(frame.mediaNanos());
        }
        return times;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As much of a file as there is, whatever was promised. */
    private static boolean file(OutputStream out, byte[] content, int sent) throws IOException {
        out.write(LoopbackServer.ascii("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: "
                + content.length + "\r\nConnection: close\r\n\r\n"));
        out.write(content, 0, sent);
        out.flush();
        return false;
    }

    /** What a network camera sends to whoever asks for its video. */
    private static boolean multipart(OutputStream out, int pictures) throws IOException {
        out.write(LoopbackServer.ascii(
                "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=next\r\n\r\n"));
        for (int i = 0; i < pictures; i++) {
            byte[] jpeg = jpeg(i);
            out.write(LoopbackServer.ascii(
                    "--next\r\nContent-Type: image/jpeg\r\nContent-Length: " + jpeg.length + "\r\n\r\n"));
            out.write(jpeg);
            out.write(LoopbackServer.ascii("\r\n"));
            out.flush();
        }
        return false;
    }

    private static byte[] jpeg(int index) throws IOException {
        BufferedImage picture = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 48; y++) {
            for (int x = 0; x < 64; x++) {
                picture.setRGB(x, y, 0x010101 * ((x * 3 + index * 5) & 0xFF));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpeg", out);
        return out.toByteArray();
    }

    /** A camera that speaks as much RTSP as a player needs: a transport stream in RTP, within the connection (RFC 2326, 2250). */
    private static boolean rtsp(List<String> head, OutputStream out, byte[] transport) throws IOException {
        String method = head.get(0).split(" ")[0];
        String address = head.get(0).split(" ")[1];
        String number = head.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("cseq:"))
                .findFirst()
                .orElse("CSeq: 0");
        String begin = "RTSP/1.0 200 OK\r\n" + number + "\r\n";
        switch (method) {
            case "OPTIONS" ->
                out.write(LoopbackServer.ascii(begin + "Public: DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n"));
            case "DESCRIBE" -> {
                String sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=camera\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                        + "m=video 0 RTP/AVP 33\r\na=control:" + address + "/track\r\n";
                out.write(LoopbackServer.ascii(begin + "Content-Type: application/sdp\r\nContent-Base: " + address
                        + "/\r\nContent-Length: " + sdp.length() + "\r\n\r\n" + sdp));
            }
            case "SETUP" ->
                out.write(LoopbackServer.ascii(
                        begin + "Session: 1\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n"));
            case "PLAY" -> {
                out.write(LoopbackServer.ascii(begin + "Session: 1\r\n\r\n"));
                packets(out, transport);
            }
            default -> out.write(LoopbackServer.ascii(begin + "\r\n"));
        }
        out.flush();
        return !method.equals("TEARDOWN");
    }

    private static void packets(OutputStream out, byte[] transport) throws IOException {
        int size = 7 * 188;
        for (int at = 0, sequence = 0; at < transport.length; at += size, sequence++) {
            byte[] payload = Arrays.copyOfRange(transport, at, Math.min(transport.length, at + size));
            ByteBuffer header = ByteBuffer.allocate(16);
            header.put((byte) '$').put((byte) 0).putShort((short) (12 + payload.length));
            header.put((byte) 0x80)
                    .put((byte) 33)
                    .putShort((short) sequence)
                    .putInt(sequence * 3_000)
                    .putInt(1);
            out.write(header.array());
            out.write(payload);
        }
    }
}
