package org.emotion4j.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.emotion4j.NeedsLoopback;
import org.emotion4j.cli.demo.SamplePortrait;
import org.emotion4j.ffmpeg.NetworkFrameSource;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.pipeline.EmotionSession;
import org.emotion4j.pipeline.ReconnectPolicy;
import org.emotion4j.pipeline.SourceMonitoring;
import org.emotion4j.pipeline.StopMode;
import org.emotion4j.reading.EmotionReading;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("native")
@NeedsLoopback
@Timeout(120)
final class NetworkGuideTest {
    private static final int PICTURES = 20;

    @Test
    void aCameraThatHangsUpIsOpenedAnew() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        BlockingQueue<Integer> readIn = new LinkedBlockingQueue<>();
        View view = readings -> {
            if (!readings.isEmpty()) {
                readIn.add(calls.get());
            }
        };
        try (ServerSocket camera = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
                EmotionPipeline models = EmotionPipeline.withDefaults()) {
            Thread server = new Thread(() -> serve(camera, calls));
            server.setDaemon(true);
            server.start();
            URI address = URI.create("http://127.0.0.1:" + camera.getLocalPort() + "/video");
            // guide:begin
            SourceMonitoring watched = SourceMonitoring.forLive()
                    .withReconnect(ReconnectPolicy.with(() -> NetworkFrameSource.open(address)));
            EmotionSession session = models.session(NetworkFrameSource.open(address))
                    .watch(watched)
                    .start(result -> view.show(result.readings()));
            // guide:end
            while (readIn.take() < 2) {
                assertThat(session.completion().toCompletableFuture()).isNotDone();
            }
            session.stop(StopMode.DISCARD);
        }
    }

    /** A few pictures a call, then the camera hangs up. */
    private static void serve(ServerSocket camera, AtomicInteger calls) {
        while (!camera.isClosed()) {
            try (Socket socket = camera.accept()) {
                byte[] jpeg = SamplePortrait.encoded(SamplePortrait.NAMES.get(0));
                calls.incrementAndGet();
                OutputStream out = socket.getOutputStream();
                out.write("HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=next\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
                for (int i = 0; i < PICTURES; i++) {
                    out.write(("--next\r\nContent-Type: image/jpeg\r\nContent-Length: " + jpeg.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
                    out.write(jpeg);
                    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                }
                out.flush();
            } catch (IOException e) {
                // The reader has gone, or the test is over.
            }
        }
    }

    private interface View {
        void show(List<EmotionReading> readings);
    }
}
