package org.emotion4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.emotion4j.emotion.BrightnessClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BrightAreaDetector;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.InputCutOffException;
import org.emotion4j.frame.PassedOver;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.frame.PushFrameSource;
import org.emotion4j.frame.ScriptedFrameSource;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.recording.AnotherProgram;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionInfo;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.recording.SessionState;
import org.emotion4j.session.SessionEnd;
import org.emotion4j.session.UnreadInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A record says how its session ended and what of the input is not in it; only what was read whole is finished. */
@Timeout(120)
class SessionEndTest {
    @TempDir
    private Path folder;

    private final SessionFixture fixture = new SessionFixture();

    @Test
    void aRunToTheEndIsFinishedAndComplete() throws IOException {
        RunSummary summary = run(frames(3).build(), result -> {});
        assertThat(summary.end()).isEqualTo(SessionEnd.FINISHED);
        SessionInfo info = recorded(SessionState.FINISHED, SessionEnd.FINISHED);
        assertThat(info.isComplete()).isTrue();
        assertThat(info.reason()).isEmpty();
        assertThat(info.counters().orElseThrow().frames()).isEqualTo(3);
    }

    @Test
    void aSourceThatFailsIsNotFinished() throws IOException {
        assertThatThrownBy(() -> run(frames(9).breaksAt(3).build(), result -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("broke down");
        SessionInfo info = recorded(SessionState.STOPPED, SessionEnd.SOURCE_FAILED);
        assertThat(info.reason().orElseThrow()).contains("broke down at frame 3");
        assertThat(info.counters().orElseThrow().frames()).isEqualTo(3);
    }

    @Test
    void aListenerThatFailsIsNotFinished() throws IOException {
        assertThatThrownBy(() -> run(frames(9).build(), result -> {
                    throw new IllegalStateException("the chart is gone");
                }))
                .hasMessage("the chart is gone");
        assertThat(recorded(SessionState.STOPPED, SessionEnd.LISTENER_FAILED).reason())
                .contains("the chart is gone");
    }

    @Test
    void aListenerOfFailuresThatFailsIsNotFinished() throws IOException {
        EmotionPipeline pipeline = builder(frames(9).unreadableAt(1).build())
                .onFrameFailure(failure -> {
                    throw new IllegalStateException("no log");
                })
                .build();
        try (pipeline) {
            assertThatThrownBy(() -> pipeline.run(result -> {})).hasMessage("no log");
        }
        recorded(SessionState.STOPPED, SessionEnd.LISTENER_FAILED);
    }

    @Test
    void whereTheMemoryDoesNotSufficeTheRecordSaysSo() throws IOException {
        assertThatThrownBy(() -> run(frames(9).build(), result -> {
                    throw new OutOfMemoryError("scripted");
                }))
                .isInstanceOf(OutOfMemoryError.class);
        recorded(SessionState.STOPPED, SessionEnd.OUT_OF_MEMORY);
    }

    @Test
    void anErrorOfTheAnalysisIsNotFinished() throws IOException {
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                .source(frames(9).build())
                .detector(SessionFixture.ONE_FACE)
                .classifier(crop -> {
                    throw new NoClassDefFoundError("org/opencv/core/Mat");
                })
                .recorder(CsvSessionRecorder.create(folder))
                .build()) {
            assertThatThrownBy(() -> pipeline.run(result -> {})).isInstanceOf(NoClassDefFoundError.class);
        }
        recorded(SessionState.STOPPED, SessionEnd.ANALYSIS_FAILED);
    }

    @Test
    void anInterruptIsNotFinished() throws IOException {
        RunSummary summary;
        try {
            summary = run(frames(9).build(), result -> Thread.currentThread().interrupt());
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(summary.end()).isEqualTo(SessionEnd.INTERRUPTED);
        assertThat(recorded(SessionState.STOPPED, SessionEnd.INTERRUPTED)
                        .counters()
                        .orElseThrow()
                        .frames())
                .isEqualTo(1);
    }

    @Test
    void aPipelineThatIsClosedByItsListenerIsNotFinished() throws IOException {
        EmotionPipeline pipeline = builder(frames(9).build()).build();
        assertThatThrownBy(() -> pipeline.run(result -> pipeline.close())).isInstanceOf(RuntimeException.class);
        recorded(SessionState.STOPPED, SessionEnd.STOPPED);
    }

    @Test
    void picturesThatCannotBeReadAndFilesThatWerePassedOverAreCounted() throws IOException {
        FrameSource source = new Wrapped(frames(9).unreadableAt(2, 5, 6).build()) {
            @Override
            public List<PassedOver> passedOver() {
                return List.of(
                        new PassedOver("a.mov", "a video"),
                        new PassedOver("b.mov", "a video"),
                        new PassedOver("notes.txt", "a text file"));
            }
        };
        run(source, result -> {});
        SessionInfo info = recorded(SessionState.FINISHED, SessionEnd.FINISHED);
        assertThat(info.unread())
                .isEqualTo(new UnreadInput(3, 0, 0, 0, Duration.ZERO, Map.of("a video", 2, "a text file", 1)));
        assertThat(Files.readString(folder.resolve("session.json"))).contains("\"cutOffSeconds\": 0.000000");
        assertThat(info.unread().filesPassedOver()).isEqualTo(3);
        assertThat(info.isComplete()).isFalse();
    }

    @Test
    void anInputThatIsCutOffIsNotFinishedAndSaysHowMuchIsMissing() throws IOException {
        run(cutAfter(4), result -> {});
        SessionInfo info = recorded(SessionState.STOPPED, SessionEnd.CUT_INPUT);
        assertThat(info.unread().cutOff()).isEqualTo(Duration.ofMillis(2_130));
        assertThat(info.unread().unreadable()).as("the end is no picture").isZero();
        assertThat(info.reason().orElseThrow()).contains("clip.mp4");
    }

    @Test
    void ofASessionTheEndIsToldLikewise() throws Exception {
        try (EmotionPipeline pipeline = builder(cutAfter(4)).build();
                EmotionSession session = pipeline.start()) {
            assertThat(session.awaitCompletion().end()).isEqualTo(SessionEnd.CUT_INPUT);
        }
        recorded(SessionState.STOPPED, SessionEnd.CUT_INPUT);
    }

    @Test
    void aSessionWhoseSourceFailsIsNotFinished() throws Exception {
        try (EmotionPipeline pipeline = builder(frames(9).breaksAt(3).build()).build();
                EmotionSession session = pipeline.start()) {
            assertThatThrownBy(session::awaitCompletion).hasMessageContaining("broke down");
        }
        assertThat(recorded(SessionState.STOPPED, SessionEnd.SOURCE_FAILED)
                        .reason()
                        .orElseThrow())
                .contains("broke down");
    }

    @Test
    void aFileThatIsStoppedBeforeItsEndIsNotFinished() throws Exception {
        ConductedSource film = ConductedSource.file();
        try (EmotionPipeline pipeline = builder(film).build();
                EmotionSession session = pipeline.start(fixture.results::add)) {
            film.pictures(2);
            fixture.awaitResult();
            fixture.awaitResult();
            Thread stopping = new Thread(() -> session.stop(StopMode.DRAIN));
            stopping.start();
            awaitStopping(stopping);
            film.picture(100, 1);
            stopping.join();
            assertThat(session.completion()).isCompletedWithValueMatching(RunSummary::interrupted);
        }
        recorded(SessionState.STOPPED, SessionEnd.STOPPED);
    }

    @Test
    void aLiveSourceThatIsStoppedEndsAsItShould() throws Exception {
        ConductedSource camera = ConductedSource.live();
        try (EmotionPipeline pipeline = builder(camera).build();
                EmotionSession session = pipeline.start(fixture.results::add)) {
            camera.pictures(2);
            fixture.awaitResult();
            fixture.awaitResult();
            session.stop(StopMode.DRAIN);
        }
        recorded(SessionState.FINISHED, SessionEnd.LIVE_STOPPED);
    }

    /** Whether the capture has seen the end or not when it is stopped: the source had been told of it. */
    @Test
    void afterTheEndOfAPushSourceAStopIsNoInterruptAndReadsWhatWaits() throws Exception {
        for (int i = 0; i < 50; i++) {
            PushFrameSource push = PushFrameSource.builder()
                    .capacity(8)
                    .overflow(PushFrameSource.Overflow.BLOCK)
                    .build();
            try (EmotionPipeline pipeline = fixture.pipeline(push).build();
                    EmotionSession session = fixture.session(pipeline)
                            .overflow(OverflowPolicy.BLOCK)
                            .start();
                    Frame picture = Frame.of(32, 32, PixelFormat.GRAY8, new byte[32 * 32])) {
                for (int frame = 0; frame < 5; frame++) {
                    push.offer(picture, frame);
                }
                push.end();
                session.stop(StopMode.DRAIN);
                RunSummary summary = session.completion().get();
                assertThat(summary.interrupted()).isFalse();
                assertThat(summary.end()).isEqualTo(SessionEnd.FINISHED);
                assertThat(summary.framesAnalyzed()).isEqualTo(5);
            }
        }
    }

    @Test
    void whatThereWasNoTimeForIsInTheRecord() throws Exception {
        Gate analysis = new Gate();
        ConductedSource camera = ConductedSource.live();
        EmotionPipeline.Builder builder = fixture.pipeline(camera, frame -> {
                    analysis.pass();
                    return SessionFixture.ONE_FACE.detect(frame);
                })
                .recorder(CsvSessionRecorder.create(folder));
        try (EmotionPipeline pipeline = builder.build();
                EmotionSession session = fixture.session(pipeline).start(fixture.results::add)) {
            camera.picture(0, 0);
            analysis.awaitArrival();
            for (int i = 1; i < 10; i++) {
                camera.picture(33L * i, i);
            }
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> session.metrics().captured() == 10);
            analysis.open();
            camera.ends();
            session.awaitCompletion();
        }
        assertThat(SessionReader.readInfo(folder).unread().dropped()).isEqualTo(7);
    }

    @Test
    void aRecordThatIsClosedWithoutAnEndIsNotFinished() throws IOException {
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(folder)) {
            recorder.begin(builderWithoutRecorder(frames(1).build()).build().settings());
        }
        recorded(SessionState.STOPPED, SessionEnd.CLOSED_EARLY);
    }

    @Test
    void aProgramThatIsEndedInTheMiddleLeavesARecordThatSaysSo() throws Exception {
        Process process = AnotherProgram.start(Endless.class, folder);
        assumeTrue(process.supportsNormalTermination(), "this system ends programs by force only");
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < 20; i++) {
                assertThat(output.readLine()).isNotNull();
            }
            process.toHandle().destroy();
            while (output.readLine() != null) {
                // to its end
            }
        }
        process.waitFor();
        SessionInfo info = recorded(SessionState.STOPPED, SessionEnd.INTERRUPTED);
        assertThat(info.counters().orElseThrow().frames()).isGreaterThanOrEqualTo(20);
        try (SessionReader reader = SessionReader.open(folder)) {
            reader.forEachRemaining(frame -> {});
            assertThat(reader.problemCount()).isZero();
        }
    }

    /** A program that analyses for ever. */
    static final class Endless {
        private Endless() {}

        public static void main(String[] arguments) throws IOException {
            FrameSource endless = target -> {
                target.reshape(32, 32, PixelFormat.GRAY8);
                return true;
            };
            try (EmotionPipeline pipeline = EmotionPipeline.builder()
                    .source(endless)
                    .detector(SessionFixture.ONE_FACE)
                    .classifier(crop -> EmotionScores.uniform())
                    .recorder(CsvSessionRecorder.create(Path.of(arguments[0])))
                    .build()) {
                pipeline.run(result -> System.out.println(result.index()));
            }
        }
    }

    /** Stopping asks the capture first and then waits. */
    private static void awaitStopping(Thread stopping) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> stopping.getState() == Thread.State.TIMED_WAITING);
    }

    private SessionInfo recorded(SessionState state, SessionEnd end) throws IOException {
        SessionInfo info = SessionReader.readInfo(folder);
        assertThat(info.end()).contains(end);
        assertThat(info.state()).isEqualTo(state);
        return info;
    }

    private RunSummary run(FrameSource source, Consumer<FrameResult> listener) throws IOException {
        try (EmotionPipeline pipeline = builder(source).build()) {
            return pipeline.run(listener);
        }
    }

    private EmotionPipeline.Builder builder(FrameSource source) throws IOException {
        return builderWithoutRecorder(source).recorder(CsvSessionRecorder.create(folder));
    }

    private static EmotionPipeline.Builder builderWithoutRecorder(FrameSource source) {
        return EmotionPipeline.builder()
                .source(source)
                .detector(BrightAreaDetector.atFullSize())
                .classifier(new BrightnessClassifier());
    }

    private static ScriptedFrameSource.Builder frames(int count) {
        return ScriptedFrameSource.frames(count);
    }

    private static FrameSource cutAfter(int count) {
        return new Wrapped(frames(count).build()) {
            private boolean told;

            @Override
            public boolean read(FrameBuffer target) throws IOException {
                if (super.read(target)) {
                    return true;
                }
                if (!told) {
                    told = true;
                    throw new InputCutOffException(
                            "clip.mp4",
                            "the file was cut off",
                            Duration.ofMillis(870),
                            Optional.of(Duration.ofSeconds(3)));
                }
                return false;
            }
        };
    }

    /** A source that differs from another in one thing. */
    private static class Wrapped implements FrameSource {
        private final FrameSource source;

        Wrapped(FrameSource source) {
            this.source = source;
        }

        @Override
        public boolean read(FrameBuffer target) throws IOException {
            return source.read(target);
        }
    }
}
