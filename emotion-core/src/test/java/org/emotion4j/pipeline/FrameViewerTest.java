package org.emotion4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.awaitility.Awaitility;
import org.emotion4j.frame.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class FrameViewerTest {
    private final SessionFixture fixture = new SessionFixture();
    private final ConductedSource camera = ConductedSource.live();

    @Test
    void isShownACopyThatIsValidDuringTheCallOnly() throws Exception {
        BlockingQueue<Integer> colors = new LinkedBlockingQueue<>();
        BlockingQueue<Frame> kept = new LinkedBlockingQueue<>();
        try (EmotionPipeline pipeline = fixture.pipeline(camera).build();
                EmotionSession session = fixture.session(pipeline)
                        .preview(frame -> {
                            kept.add(frame);
                            colors.add(frame.pixels().get(0) & 0xff); // what the test waits for comes last
                        })
                        .start()) {
            camera.picture(0, 77).ends();
            session.awaitCompletion();
            assertThat(SessionFixture.await(colors, "picture")).isEqualTo(77);
        }
        Frame frame = kept.remove();
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !isOpen(frame));
        assertThatIllegalStateException().isThrownBy(frame::pixels).withMessageContaining("closed");
    }

    @Test
    void aBusyViewerMissesPicturesAndHoldsNobodyUp() throws Exception {
        Gate viewing = new Gate();
        List<Long> shown = new CopyOnWriteArrayList<>();
        try (EmotionPipeline pipeline = fixture.pipeline(camera).build();
                EmotionSession session = fixture.session(pipeline)
                        .preview(frame -> {
                            shown.add(frame.mediaNanos() / 1_000_000);
                            viewing.pass();
                        })
                        .start(fixture.results::add)) {
            camera.picture(0, 0);
            viewing.awaitArrival();
            for (int i = 1; i <= 20; i++) {
                fixture.awaitResult();
                camera.picture(33L * i, i);
            }
            fixture.awaitResult();
            camera.ends();
            session.awaitCompletion();
            viewing.open();

            assertThat(shown).containsExactly(0L);
            assertThat(session.metrics().previewsSkipped()).isEqualTo(20);
            assertThat(session.metrics().processed()).isEqualTo(21);
        }
    }

    @Test
    void aViewerThatThrowsIsCountedAndShownTheNext() throws Exception {
        Gate viewing = new Gate();
        try (EmotionPipeline pipeline = fixture.pipeline(camera).build();
                EmotionSession session = fixture.session(pipeline)
                        .preview(frame -> {
                            viewing.pass();
                            throw new IllegalStateException("the window is gone");
                        })
                        .start(fixture.results::add)) {
            viewing.open();
            camera.picture(0, 0);
            viewing.awaitArrival();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> session.metrics().viewerFailures() >= 1);
            int more = 0;
            while (session.metrics().viewerFailures() < 2) {
                camera.picture(33L * ++more, more);
                fixture.awaitResult();
            }
            camera.ends();
            assertThat(session.awaitCompletion().framesFailed()).isZero();
        }
    }

    private static boolean isOpen(Frame frame) {
        try {
            frame.width();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
