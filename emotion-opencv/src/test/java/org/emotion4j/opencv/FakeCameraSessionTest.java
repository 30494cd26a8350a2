package org.emotion4j.opencv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.opencv.fakecamera.FakeCamera;
import org.emotion4j.opencv.fakecamera.FakeFilm;
import org.emotion4j.opencv.fakecamera.WithFakeCamera;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.pipeline.EmotionSession;
import org.emotion4j.pipeline.OverflowPolicy;
import org.emotion4j.pipeline.ReconnectPolicy;
import org.emotion4j.pipeline.RunSummary;
import org.emotion4j.pipeline.SourceEvent;
import org.emotion4j.pipeline.SourceMonitoring;
import org.emotion4j.pipeline.StopMode;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.RecordedFrame;
import org.emotion4j.recording.SessionInfo;
import org.emotion4j.recording.SessionMarker;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.session.SessionEnd;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sessions before a camera that misbehaves, through OpenCV's own V4L2 backend, with their records. */
@Tag("native")
@ExtendWith(WithFakeCamera.class)
class FakeCameraSessionTest {
    private static final Path ROOT = Path.of(String.valueOf(System.getenv("FAKE_CAMERA_ROOT")));
    private static final long FRAME_NANOS = 33_333_000L;
    private static final ReconnectPolicy AT_ONCE =
            ReconnectPolicy.with(() -> CameraFrameSource.open(9)).withPauses(Duration.ZERO, Duration.ZERO);

    private final BlockingQueue<FrameResult> results = new LinkedBlockingQueue<>();
    private final BlockingQueue<SourceEvent> events = new LinkedBlockingQueue<>();
    private final AtomicLong time = new AtomicLong();
    private Path record;

    @Test
    void unpluggedInItsMiddleASessionFailsAndItsRecordIsKept(FakeCamera camera) throws Exception {
        try (EmotionPipeline pipeline = models();
                EmotionSession session = session(pipeline, camera, SourceMonitoring.forLive())) {
            give(camera, 5);
            camera.unplug();
            assertThat(next(events).kind()).isEqualTo(SourceEvent.Kind.FAILED);
            assertThatThrownBy(session::awaitCompletion)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("camera:9: gives no more pictures; it was unplugged");
        }
        camera.awaitClosed();
        SessionInfo info = SessionReader.readInfo(record);
        assertThat(info.end()).contains(SessionEnd.SOURCE_FAILED);
        assertThat(info.reason().orElseThrow()).contains("it was unplugged");
        assertThat(times()).containsExactly(0L, FRAME_NANOS, 2 * FRAME_NANOS, 3 * FRAME_NANOS, 4 * FRAME_NANOS);
    }

    @Test
    void pluggedInAgainItIsOpenedAnewAndTheGapStandsInTheRecord(FakeCamera camera) throws Exception {
        try (EmotionPipeline pipeline = models();
                EmotionSession session =
                        session(pipeline, camera, SourceMonitoring.forLive().withReconnect(AT_ONCE))) {
            give(camera, 3);
            camera.unplug();
            assertThat(next(events).kind()).isEqualTo(SourceEvent.Kind.FAILED);
            assertThat(next(events).message()).startsWith("attempt 1");
            camera.command("free");
            camera.plugIn();
            SourceEvent event = next(events);
            while (event.kind() != SourceEvent.Kind.RECONNECTED) {
                // until it was there again, attempts failed
                assertThat(event.kind()).isIn(SourceEvent.Kind.RECONNECTING, SourceEvent.Kind.FAILED);
                event = next(events);
            }
            next(results);
            stop(session, camera);
        }
        camera.awaitClosed();
        assertThat(SessionReader.readInfo(record).end()).contains(SessionEnd.LIVE_STOPPED);
        assertThat(times()).hasSizeGreaterThan(3).isSorted();
        assertThat(marks()).hasSize(2).first().asString().contains("gap begins: source failed");
    }

    @Test
    void afterSoManyAttemptsAsWereSetItEndsWithTheLastFailure(FakeCamera camera) throws Exception {
        try (EmotionPipeline pipeline = models();
                EmotionSession session =
                        session(pipeline, camera, SourceMonitoring.forLive().withReconnect(AT_ONCE.withAttempts(3)))) {
            give(camera, 1);
            camera.unplug();
            assertThatThrownBy(session::awaitCompletion)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("/dev/video9: there is no such camera");
        }
        assertThat(events.stream().filter(event -> event.kind() == SourceEvent.Kind.RECONNECTING))
                .hasSize(3);
        camera.awaitClosed();
        assertThat(times()).hasSize(1);
    }

    @Test
    void aFrozenPictureIsNoticedAndNotAnalyzedAndAnotherOneEndsIt(FakeCamera camera) throws Exception {
        // The clock is turned while a read waits, which the watchdog would rightly call a hanging one.
        SourceMonitoring freezesOnly = SourceMonitoring.forLive().withStalledAfter(Duration.ofHours(1));
        try (EmotionPipeline pipeline = models();
                EmotionSession session = session(pipeline, camera, freezesOnly)) {
            give(camera, 2);
            camera.command("freeze on");
            give(camera, 1);
            time.addAndGet(Duration.ofSeconds(11).toNanos());
            camera.give(1); // the same picture, eleven seconds after
            SourceEvent frozen = next(events);
            assertThat(frozen.kind()).isEqualTo(SourceEvent.Kind.FROZEN);
            assertThat(frozen.message()).isEqualTo("the same picture for 11.0 s");
            camera.give(1);
            camera.command("freeze off");
            camera.give(2);
            assertThat(next(events).kind()).isEqualTo(SourceEvent.Kind.RESUMED);
            assertThat(next(results).mediaNanos()).isEqualTo(6 * FRAME_NANOS);
            stop(session, camera);
        }
        assertThat(marks()).hasSize(2).first().asString().contains("gap begins: source frozen");
    }

    @Test
    void aReadThatDoesNotComeBackIsNoticedAndThePictureThatComesAfterAllIsTaken(FakeCamera camera) throws Exception {
        try (EmotionPipeline pipeline = models();
                EmotionSession session = session(pipeline, camera, SourceMonitoring.forLive())) {
            give(camera, 1);
            camera.awaitSomebodyWaiting();
            time.addAndGet(Duration.ofSeconds(6).toNanos());
            SourceEvent stalled = next(events);
            assertThat(stalled.kind()).isEqualTo(SourceEvent.Kind.STALLED);
            assertThat(stalled.message()).isEqualTo("no picture for 6.0 s");
            camera.command("elapse 6000000");
            camera.give(1);
            assertThat(next(events).message()).isEqualTo("pictures come again after 6.03 s");
            assertThat(next(results).mediaNanos()).isEqualTo(6_000_000_000L + FRAME_NANOS);
            stop(session, camera);
        }
    }

    @Test
    void aReadThatHangsIsLeftBehindAndTheCameraOpenedAnewOnceItIsFree(FakeCamera camera) throws Exception {
        try (EmotionPipeline pipeline = models();
                EmotionSession session =
                        session(pipeline, camera, SourceMonitoring.forLive().withReconnect(AT_ONCE))) {
            give(camera, 1);
            camera.awaitSomebodyWaiting();
            time.addAndGet(Duration.ofSeconds(6).toNanos());
            assertThat(next(events).kind()).isEqualTo(SourceEvent.Kind.STALLED);
            assertThat(next(events).kind()).isEqualTo(SourceEvent.Kind.ABANDONED);
            assertThat(next(events).kind()).isEqualTo(SourceEvent.Kind.RECONNECTING);
            // The thread in the driver still has the camera: until it comes back, each attempt finds it busy.
            SourceEvent busy = next(events);
            assertThat(busy.kind()).isEqualTo(SourceEvent.Kind.FAILED);
            assertThat(busy.message()).contains("another program uses the camera");
            camera.command("free");
            List<SourceEvent.Kind> kinds = new ArrayList<>();
            while (!kinds.contains(SourceEvent.Kind.RETURNED) || !kinds.contains(SourceEvent.Kind.RECONNECTED)) {
                kinds.add(next(events).kind());
            }
            next(results);
            stop(session, camera);
            assertThat(session.metrics().abandonedThreads()).isOne();
        }
        camera.awaitClosed();
    }

    @Test
    void brokenPicturesAreCountedAndTheSessionGoesOn(FakeCamera camera) throws Exception {
        RunSummary summary;
        try (EmotionPipeline pipeline = models();
                EmotionSession session = session(pipeline, camera, SourceMonitoring.forLive(), "MJPG")) {
            give(camera, 2);
            camera.command("damage 2 truncated");
            camera.give(2);
            give(camera, 1);
            stop(session, camera);
            summary = session.awaitCompletion();
        }
        assertThat(summary.framesFailed()).isEqualTo(2);
        assertThat(SessionReader.readInfo(record).unread().unreadable()).isEqualTo(2);
        assertThat(times()).startsWith(0L, FRAME_NANOS, 4 * FRAME_NANOS);
    }

    @Test
    void aCameraWhosePicturesAreAllBrokenEndsTheSession(FakeCamera camera) throws Exception {
        try (EmotionPipeline pipeline = models();
                EmotionSession session =
                        session(pipeline, camera, SourceMonitoring.forLive().withErrorsInRow(5), "MJPG")) {
            give(camera, 2);
            camera.command("damage 1000 truncated");
            camera.command("free");
            assertThat(next(events).kind()).isEqualTo(SourceEvent.Kind.FAILING);
            assertThatThrownBy(session::awaitCompletion).hasMessageContaining("5 pictures in a row could not be read");
        }
        camera.awaitClosed();
        assertThat(times()).hasSize(2);
    }

    private EmotionPipeline models() {
        return EmotionPipeline.builder()
                .detector(frame -> List.of(new DetectedFace(new BoundingBox(10, 10, 60, 60), 1)))
                .classifier(crop -> EmotionScores.uniform())
                .ticker(time::get)
                .closeAtShutdown(false)
                .build();
    }

    private EmotionSession session(EmotionPipeline pipeline, FakeCamera camera, SourceMonitoring watch)
            throws Exception {
        return session(pipeline, camera, watch, "YUYV");
    }

    /** A session whose camera gives pictures on command only, and which loses none. */
    private EmotionSession session(EmotionPipeline pipeline, FakeCamera camera, SourceMonitoring watch, String format)
            throws Exception {
        camera.modes(format + ":320x240@30");
        FakeFilm.write(ROOT, format + "-320x240", 32);
        record = Files.createTempDirectory("record");
        CameraFrameSource source = CameraFrameSource.open(9);
        camera.give(0);
        return pipeline.session(source)
                .recorder(CsvSessionRecorder.create(record))
                .overflow(OverflowPolicy.BLOCK)
                .stopWithin(Duration.ofMinutes(2))
                .watch(watch)
                .onSourceEvent(events::add)
                .start(results::add);
    }

    /** Gives pictures, each when the one before has been analyzed. */
    private void give(FakeCamera camera, int pictures) throws Exception {
        for (int i = 0; i < pictures; i++) {
            camera.give(1);
            next(results);
        }
    }

    /** A read that waits in the driver cannot be interrupted: it ends with a picture. */
    private static void stop(EmotionSession session, FakeCamera camera) throws IOException {
        camera.command("free");
        session.stop(StopMode.DRAIN);
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(2, TimeUnit.MINUTES);
        assertThat(next).as("what the session tells").isNotNull();
        return next;
    }

    private List<Long> times() throws IOException {
        List<Long> times = new ArrayList<>();
        try (SessionReader reader = SessionReader.open(record)) {
            for (var frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                times.add(frame.map(RecordedFrame::mediaNanos).orElseThrow());
            }
            assertThat(reader.problemCount()).isZero();
        }
        return times;
    }

    private List<SessionMarker> marks() throws IOException {
        try (SessionReader reader = SessionReader.open(record)) {
            return reader.markers();
        }
    }
}
