package org.emotion4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionInfo;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.recording.SessionState;
import org.emotion4j.session.PipelineSettings;
import org.emotion4j.session.SessionEnd;
import org.emotion4j.session.SessionRecorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A camera is set up first, and recorded from then on; the recording may end before the session. */
@Timeout(300)
class MidSessionRecordingTest {
    @TempDir
    private Path folder;

    private final SessionFixture fixture = new SessionFixture();
    private final ConductedSource camera = ConductedSource.live();
    private final MemoryRecorder recorder = new MemoryRecorder();

    @Test
    void timesAndFramesCountFromTheMomentItBegins() throws Exception {
        try (EmotionPipeline pipeline = models().build();
                EmotionSession session = fixture.session(pipeline, camera).start(fixture.results::add)) {
            analyzed(1_000);
            analyzed(1_040);
            assertThat(session.startRecording(recorder)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1_040));
            session.mark("begins");
            analyzed(1_080);
            analyzed(1_120);
            session.mark("later");
            camera.ends();
            session.awaitCompletion();

            assertThat(recorder.indices()).containsExactly(0L, 1L);
            assertThat(recorder.results)
                    .extracting(result -> TimeUnit.NANOSECONDS.toMillis(result.mediaNanos()))
                    .containsExactly(40L, 80L);
            assertThat(recorder.results.get(0).readings().get(0).mediaNanos())
                    .isEqualTo(TimeUnit.MILLISECONDS.toNanos(40));
            assertThat(recorder.marks).containsExactly("0 begins", "80 later");
            assertThat(recorder.isClosed()).isTrue();
            assertThat(session.metrics().recorded()).isEqualTo(2);
            assertThat(session.metrics().processed()).isEqualTo(4);
        }
    }

    /** A smoother that goes on would tell the record what was shown before anybody agreed. */
    @Test
    void whatWasShownBeforeDoesNotShineThrough() throws Exception {
        AtomicReference<EmotionScores> shown = new AtomicReference<>(EmotionScores.certain(Emotion.HAPPY));
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                        .detector(SessionFixture.ONE_FACE)
                        .classifier(crop -> shown.get())
                        .closeAtShutdown(false)
                        .build();
                EmotionSession session = fixture.session(pipeline, camera).start(fixture.results::add)) {
            for (int i = 0; i < 10; i++) {
                analyzed(40L * i);
            }
            session.startRecording(recorder);
            shown.set(EmotionScores.certain(Emotion.NEUTRAL));
            analyzed(400);
            analyzed(440);
            camera.ends();
            session.awaitCompletion();
        }
        assertThat(recorder.results).hasSize(2).allSatisfy(result -> {
            EmotionReading reading = result.readings().get(0);
            assertThat(reading.scores()).isEqualTo(EmotionScores.certain(Emotion.NEUTRAL));
            assertThat(reading.label()).contains(Emotion.NEUTRAL);
            assertThat(reading.faceId()).isEqualTo(1);
        });
    }

    /** What waits for its analysis was captured before anybody asked to record. */
    @Test
    void whatWasCapturedBeforeIsNotInTheRecord() throws Exception {
        Gate analysis = new Gate();
        try (EmotionPipeline pipeline = fixture.models(frame -> {
                            analysis.pass();
                            return SessionFixture.ONE_FACE.detect(frame);
                        })
                        .build();
                EmotionSession session = fixture.session(pipeline, camera).start(fixture.results::add)) {
            camera.picture(0, 0);
            analysis.awaitArrival();
            camera.picture(40, 1);
            awaitRead();
            session.startRecording(recorder);
            analysis.open();
            fixture.awaitResult();
            fixture.awaitResult();
            analyzed(80);
            camera.ends();
            session.awaitCompletion();
        }
        assertThat(recorder.results)
                .extracting(result -> TimeUnit.NANOSECONDS.toMillis(result.mediaNanos()))
                .containsExactly(40L);
    }

    @Test
    void theRecordSaysHowItWasMadeAndThatItEndedWhileTheSessionGoesOn() throws Exception {
        try (EmotionPipeline pipeline = models().build();
                EmotionSession session = fixture.session(pipeline, camera).start(fixture.results::add)) {
            analyzed(1_000);
            session.startRecording(CsvSessionRecorder.create(folder));
            analyzed(1_040);
            session.stopRecording().get(2, TimeUnit.MINUTES);

            SessionInfo info = SessionReader.readInfo(folder);
            assertThat(info.state()).isEqualTo(SessionState.FINISHED);
            assertThat(info.end()).contains(SessionEnd.RECORDING_ENDED);
            assertThat(info.isComplete()).isTrue();
            assertThat(info.endInWords())
                    .isEqualTo("finished: the application ended the recording, and the session went on");
            assertThat(info.offset()).contains(Duration.ofSeconds(1));
            assertThat(Files.readString(folder.resolve("session.json"))).contains("\"offsetInSession\": 1.000000");
            assertThat(info.counters().orElseThrow().frames()).isEqualTo(1);
            PipelineSettings settings = info.metadata().pipeline().orElseThrow();
            assertThat(settings.option(PipelineSettings.MODE)).contains("session");
            assertThat(settings.stage("recorder").orElseThrow().name()).isEqualTo("csv");

            session.startRecording(recorder);
            analyzed(1_080);
            camera.ends();
            assertThat(session.awaitCompletion().framesAnalyzed()).isEqualTo(3);
            assertThat(recorder.indices()).containsExactly(0L);
        }
    }

    @Test
    void whatWasDroppedBeforeIsNotMissingInTheRecord() throws Exception {
        Gate analysis = new Gate();
        try (EmotionPipeline pipeline = fixture.models(frame -> {
                            analysis.pass();
                            return SessionFixture.ONE_FACE.detect(frame);
                        })
                        .build();
                EmotionSession session = fixture.session(pipeline, camera).start(fixture.results::add)) {
            camera.picture(0, 0);
            analysis.awaitArrival();
            for (int i = 1; i < 10; i++) {
                camera.picture(40L * i, i);
            }
            awaitRead();
            assertThat(session.metrics().dropped()).isEqualTo(7);
            session.startRecording(CsvSessionRecorder.create(folder));
            analysis.open();
            for (int i = 0; i < 3; i++) {
                fixture.awaitResult();
            }
            analyzed(400);
            camera.ends();
            assertThat(session.awaitCompletion().unread().dropped()).isEqualTo(7);
        }
        assertThat(SessionReader.readInfo(folder).unread().dropped()).isZero();
        assertThat(SessionReader.readInfo(folder).unread().unreadable()).isZero();
    }

    @Test
    void oneRecordingAtATimeAndNoneOfASessionThatHasEnded() throws Exception {
        try (EmotionPipeline pipeline = models().build();
                EmotionSession session = fixture.session(pipeline, camera).start(fixture.results::add)) {
            assertThatIllegalStateException()
                    .isThrownBy(session::stopRecording)
                    .withMessage("this session is not recording");
            session.startRecording(recorder);
            MemoryRecorder second = new MemoryRecorder();
            assertThatIllegalStateException()
                    .isThrownBy(() -> session.startRecording(second))
                    .withMessageContaining("recording already");
            assertThat(second.isClosed()).as("still the caller's").isFalse();
            camera.ends();
            session.awaitCompletion();
            assertThatIllegalStateException()
                    .isThrownBy(() -> session.startRecording(second))
                    .withMessageContaining("this session has ended");
            assertThatIllegalStateException()
                    .isThrownBy(session::stopRecording)
                    .withMessageContaining("this session has ended");
        }
        assertThat(recorder.isClosed()).isTrue();
    }

    @Test
    void aRecorderThatWasRefusedDoesNotPassForTheRecordOfAFinishedSession() throws Exception {
        try (EmotionPipeline pipeline = models().build();
                EmotionSession session = fixture.session(pipeline, camera).start(fixture.results::add)) {
            session.startRecording(recorder);
            try (CsvSessionRecorder second = CsvSessionRecorder.create(folder)) {
                assertThatIllegalStateException().isThrownBy(() -> session.startRecording(second));
            }
            assertThatIllegalStateException().isThrownBy(() -> session.startRecording(recorder));
            camera.ends();
            session.awaitCompletion();
        }
        SessionInfo info = SessionReader.readInfo(folder);
        assertThat(info.state()).isEqualTo(SessionState.STOPPED);
        assertThat(info.endInWords()).startsWith("stopped: no recording began: this session is recording already");
    }

    @Test
    void aRecorderThatWasRefusedRecordsTheNextTime() throws Exception {
        try (EmotionPipeline pipeline = models().build();
                EmotionSession session = fixture.session(pipeline, camera).start(fixture.results::add)) {
            session.startRecording(recorder);
            CsvSessionRecorder second = CsvSessionRecorder.create(folder);
            assertThatIllegalStateException().isThrownBy(() -> session.startRecording(second));
            session.stopRecording().get(2, TimeUnit.MINUTES);
            session.startRecording(second);
            analyzed(0);
            session.stopRecording().get(2, TimeUnit.MINUTES);
            camera.ends();
            session.awaitCompletion();
        }
        assertThat(SessionReader.readInfo(folder).isComplete()).isTrue();
    }

    @Test
    void aRecordThatCannotBeMadeClosesWhatTheChainHasOpened() throws Exception {
        CsvSessionRecorder.create(folder).close();
        try (EmotionPipeline pipeline = models().build()) {
            SessionBuilder live = pipeline.session(camera).recorderFrom(CsvSessionRecorder.builder(folder));
            assertThatThrownBy(live::start)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("holds a session already");
            assertThat(camera.isClosed()).isTrue();

            ConductedSource file = ConductedSource.live();
            SessionBuilder run = pipeline.session(file).recorderFrom(CsvSessionRecorder.builder(folder));
            assertThatThrownBy(() -> run.run(result -> {})).isInstanceOf(FileAlreadyExistsException.class);
            assertThat(file.isClosed()).isTrue();
        }
        ConductedSource source = ConductedSource.live();
        EmotionPipeline.Builder chain = models().source(source).recorderFrom(CsvSessionRecorder.builder(folder));
        assertThatThrownBy(chain::build).isInstanceOf(UncheckedIOException.class);
        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void aRecordThatIsMadeLastIsTheSessions() throws Exception {
        try (EmotionPipeline pipeline = models().build();
                EmotionSession session = pipeline.session(camera)
                        .recorderFrom(CsvSessionRecorder.builder(folder))
                        .start(fixture.results::add)) {
            analyzed(0);
            camera.ends();
            session.awaitCompletion();
        }
        SessionInfo info = SessionReader.readInfo(folder);
        assertThat(info.counters().orElseThrow().frames()).isEqualTo(1);
        assertThat(info.offset()).isEmpty();
    }

    @Test
    void aRecordIsMadeOnlyWhereItCanBegin() throws Exception {
        try (EmotionPipeline pipeline = models().build();
                EmotionSession session = fixture.session(pipeline, camera).start(fixture.results::add)) {
            Path second = folder.resolve("second");
            analyzed(1_000);
            assertThat(session.startRecordingFrom(CsvSessionRecorder.builder(folder)))
                    .isEqualTo(TimeUnit.MILLISECONDS.toNanos(1_000));
            assertThatIllegalStateException()
                    .isThrownBy(() -> session.startRecordingFrom(CsvSessionRecorder.builder(second)))
                    .withMessageContaining("recording already");
            assertThat(second).doesNotExist();
            analyzed(1_040);
            session.stopRecording().get(2, TimeUnit.MINUTES);
            assertThatThrownBy(() -> session.startRecordingFrom(CsvSessionRecorder.builder(folder)))
                    .isInstanceOf(FileAlreadyExistsException.class);
            camera.ends();
            session.awaitCompletion();
            assertThatIllegalStateException()
                    .isThrownBy(() -> session.startRecordingFrom(CsvSessionRecorder.builder(second)))
                    .withMessageContaining("has ended");
            assertThat(second).doesNotExist();
        }
        assertThat(SessionReader.readInfo(folder).counters().orElseThrow().frames())
                .isEqualTo(1);
    }

    @Test
    void aMadeRecorderThatIsRefusedIsClosed() throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        SessionRecorder refused = new SessionRecorder() {
            @Override
            public void record(FrameResult result) {}

            @Override
            public void begin(PipelineSettings settings) {
                throw new IllegalArgumentException("not these settings");
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };
        try (EmotionPipeline pipeline = models().build();
                EmotionSession session = fixture.session(pipeline, camera).start(fixture.results::add)) {
            assertThatThrownBy(() -> session.startRecordingFrom(() -> refused)).hasMessage("not these settings");
            assertThat(closed).isTrue();
            camera.ends();
            session.awaitCompletion();
        }
    }

    @Test
    void aRecordThatCannotBeginLeavesTheSessionAsItWas() throws Exception {
        SessionRecorder full = new SessionRecorder() {
            @Override
            public void record(FrameResult result) {}

            @Override
            public void begin(PipelineSettings settings) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        try (EmotionPipeline pipeline = models().build();
                EmotionSession session = fixture.session(pipeline, camera).start(fixture.results::add)) {
            assertThatThrownBy(() -> session.startRecording(full)).hasMessage("No space left on device");
            session.startRecording(recorder);
            analyzed(0);
            camera.ends();
            assertThat(session.awaitCompletion().recordingFailure()).isEmpty();
        }
        assertThat(recorder.results).hasSize(1);
    }

    @Test
    void aRecorderThatFailsIsToldAtOnceAndAtTheEnd() throws Exception {
        BlockingQueue<Exception> told = new LinkedBlockingQueue<>();
        MemoryRecorder small = new MemoryRecorder(1);
        try (EmotionPipeline pipeline = models().build();
                EmotionSession session = fixture.session(pipeline, camera)
                        .onRecordingFailure(told::add)
                        .start(fixture.results::add)) {
            session.startRecording(small);
            analyzed(0);
            analyzed(40);
            assertThat(SessionFixture.await(told, "failure")).hasMessage("No space left on device");
            CompletableFuture<Void> ended = session.stopRecording();
            assertThatThrownBy(() -> ended.get(2, TimeUnit.MINUTES)).hasMessageContaining("No space left");
            assertThat(small.isClosed()).isTrue();
            session.startRecording(recorder);
            analyzed(80);
            camera.ends();
            assertThat(session.awaitCompletion().recordingFailure()).isPresent();
        }
        assertThat(small.results).hasSize(1);
        assertThat(recorder.results).hasSize(1);
    }

    @Test
    void aSessionThatIsClosedEndsItsRecordAndClosesIt() throws Exception {
        try (EmotionPipeline pipeline = models().build();
                EmotionSession session = fixture.session(pipeline, camera).start(fixture.results::add)) {
            analyzed(0);
            session.startRecording(CsvSessionRecorder.create(folder));
            analyzed(40);
            session.stop(StopMode.DRAIN);
        }
        assertThat(SessionReader.readInfo(folder).end()).contains(SessionEnd.LIVE_STOPPED);
    }

    @Test
    void aRecordingThatBeginsDuringAPauseSaysSo() throws Exception {
        try (EmotionPipeline pipeline = models().build();
                EmotionSession session = fixture.session(pipeline, camera).start(fixture.results::add)) {
            analyzed(1_000);
            session.pause();
            session.startRecording(recorder);
            assertThat(recorder.awaitMark()).isEqualTo("0 pause");
            session.resume();
            assertThat(recorder.awaitMark()).isEqualTo("0 resume");
            analyzed(1_040);
            assertThat(recorder.marks).isEmpty();
        }
        assertThat(recorder.results).hasSize(1);
    }

    private EmotionPipeline.Builder models() {
        return fixture.models(SessionFixture.ONE_FACE);
    }

    private void analyzed(long mediaMillis) throws InterruptedException {
        camera.picture(mediaMillis, (int) (mediaMillis / 8));
        fixture.awaitResult();
    }

    /** Waits until the session has taken all pictures. */
    private void awaitRead() throws InterruptedException {
        Gate read = new Gate();
        camera.act(target -> {
            read.pass();
            throw new FrameUnreadableException("conducted", "is unreadable");
        });
        read.awaitArrival();
        read.open();
    }
}
