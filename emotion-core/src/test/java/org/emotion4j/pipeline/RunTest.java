package org.emotion4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emotion4j.emotion.BrightnessClassifier;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.MovingAverageSmoother;
import org.emotion4j.emotion.SequenceClassifier;
import org.emotion4j.emotion.SubjectBaseline;
import org.emotion4j.emotion.TemporalSmoother;
import org.emotion4j.face.BrightAreaDetector;
import org.emotion4j.face.MotionFaceTracker;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.frame.ScriptedFrameSource;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.session.ListSessionRecorder;
import org.emotion4j.session.SessionRecorder;
import org.emotion4j.stage.StageException;
import org.junit.jupiter.api.Test;

/** A source worked through to its end. */
class RunTest {
    private static final EmotionScores HAPPY = EmotionScores.certain(Emotion.HAPPY);
    private static final EmotionScores SAD = EmotionScores.certain(Emotion.SAD);

    private final List<FrameResult> results = new ArrayList<>();
    private final List<FrameFailure> failures = new ArrayList<>();

    @Test
    void everyFrameGetsAResultInOrder() throws IOException {
        RunSummary summary = run(moving(3).build(), new BrightnessClassifier());
        assertThat(results).extracting(FrameResult::index).containsExactly(0L, 1L, 2L);
        assertThat(results).extracting(FrameResult::mediaNanos).containsExactly(0L, 100_000_000L, 200_000_000L);
        assertThat(results).extracting(FrameResult::origin).containsExactly("scripted-0", "scripted-1", "scripted-2");
        assertThat(summary).isEqualTo(new RunSummary(3, 0, 0, 3, false, Optional.empty()));
    }

    /** Of any source: what is recorded then is a recording that begins where its pictures do. */
    @Test
    void timesOfAClockBeginAtZeroAndAJumpToThemGoesOnFromTheLast() throws IOException {
        long clock = 1_790_000_000_000_000_000L;
        long[] times = {clock, clock + 40_000_000, 7, 50_000_007, Long.MAX_VALUE};
        int[] next = {0};
        FrameSource source = target -> {
            if (next[0] == times.length) {
                return false;
            }
            target.reshape(32, 32, PixelFormat.GRAY8);
            target.stamp(times[next[0]++]);
            return true;
        };
        run(source, new BrightnessClassifier());
        assertThat(results)
                .extracting(FrameResult::mediaNanos)
                .containsExactly(0L, 40_000_000L, 40_000_000L, 90_000_000L, 90_000_000L);
        assertThat(results).extracting(FrameResult::discontinuity).containsExactly(false, false, true, false, true);
    }

    @Test
    void aMovingFaceKeepsItsId() throws IOException {
        run(moving(10).build(), new BrightnessClassifier());
        assertThat(readings())
                .extracting(EmotionReading::faceId)
                .containsOnly(1)
                .hasSize(10);
    }

    @Test
    void scoresAreSmoothedAndTheRawOnesKept() throws IOException {
        run(moving(4).build(), SequenceClassifier.of(HAPPY, SAD));
        EmotionReading last = readings().get(3);
        assertThat(last.raw()).isEqualTo(SAD);
        assertThat(last.scores().get(Emotion.HAPPY)).isEqualTo(0.5f, within(1e-6f));
    }

    /** Forty seconds at ten pictures a second, of somebody who looks sad at rest. */
    @Test
    void aBaselineIsLearnedWhileTheSessionRuns() throws IOException {
        EmotionScores hanging = EmotionScores.of(0.02f, 0.02f, 0.02f, 0.01f, 0.53f, 0.01f, 0.39f);
        ScriptedFrameSource still = ScriptedFrameSource.frames(400)
                .painted((index, canvas) -> canvas.square(10, 10, 24, 240))
                .build();
        EmotionPipeline pipeline = builder(still, SequenceClassifier.of(hanging))
                .smoother(SubjectBaseline.running().before(TemporalSmoother.none()))
                .build();
        pipeline.run(results::add);
        assertThat(readings().get(0).label()).contains(Emotion.SAD);
        assertThat(readings().get(399).label()).contains(Emotion.NEUTRAL);
        assertThat(readings().get(399).raw()).isEqualTo(hanging);
        assertThat(pipeline.metadata().toString()).contains("RunningBaseline[memory=PT3M, one person]");
    }

    @Test
    void aLabelThatIsShownIsHeldAtALowerBar() throws IOException {
        EmotionScores below = EmotionScores.of(0.1f, 0.1f, 0.1f, 0.38f, 0.12f, 0.1f, 0.1f);
        EmotionPipeline pipeline = builder(moving(2).build(), SequenceClassifier.of(HAPPY, below))
                .smoother(TemporalSmoother.none())
                .build();
        pipeline.run(results::add);
        assertThat(readings().get(1).label()).contains(Emotion.HAPPY);
    }

    @Test
    void aFrameWithoutAFaceIsCounted() throws IOException {
        FrameSource source = ScriptedFrameSource.frames(3)
                .painted((index, canvas) -> {
                    if (index != 1) {
                        canvas.square(10, 10, 20, 240);
                    }
                })
                .build();
        RunSummary summary = run(source, new BrightnessClassifier());
        assertThat(summary.framesWithoutFace()).isEqualTo(1);
        assertThat(summary.framesAnalyzed()).isEqualTo(3);
        assertThat(results.get(1).readings()).isEmpty();
    }

    @Test
    void afterADiscontinuityAllStartsAfresh() throws IOException {
        run(still(3).discontinuityAt(2).build(), SequenceClassifier.of(HAPPY, HAPPY, SAD));
        EmotionReading fresh = readings().get(2);
        assertThat(results.get(2).discontinuity()).isTrue();
        assertThat(fresh.faceId()).as("a new face, in the same place").isEqualTo(2);
        assertThat(fresh.scores()).as("not smoothed with the scene before").isEqualTo(SAD);
        assertThat(fresh.label()).contains(Emotion.SAD);
    }

    @Test
    void whatASmootherKnowsOfALostFaceIsForgotten() throws IOException {
        List<Integer> forgotten = new ArrayList<>();
        TemporalSmoother smoother = new TemporalSmoother() {
            @Override
            public EmotionScores smooth(int faceId, long mediaNanos, EmotionScores raw) {
                return raw;
            }

            @Override
            public void forget(int faceId) {
                forgotten.add(faceId);
            }
        };
        FrameSource source = ScriptedFrameSource.frames(10)
                .painted((index, canvas) -> {
                    if (index == 0) {
                        canvas.square(10, 10, 20, 240);
                    }
                })
                .build();
        builder(source, new BrightnessClassifier())
                .smoother(smoother)
                .tracker(MotionFaceTracker.of(Duration.ofMillis(500), 0))
                .build()
                .run(results::add);
        assertThat(forgotten).containsExactly(1);
    }

    @Test
    void anUnreadableFrameIsReportedCountedAndSkipped() throws IOException {
        RunSummary summary = run(still(3).unreadableAt(1).build(), new BrightnessClassifier());
        assertThat(summary.framesAnalyzed()).isEqualTo(2);
        assertThat(summary.framesFailed()).isEqualTo(1);
        assertThat(results).extracting(FrameResult::index).containsExactly(0L, 2L);
        assertThat(failures).singleElement().satisfies(failure -> {
            assertThat(failure.index()).isEqualTo(1);
            assertThat(failure.origin()).isEqualTo("scripted-1");
            assertThat(failure.cause()).isInstanceOf(FrameUnreadableException.class);
        });
    }

    @Test
    void aStageThatFailsAtOneFrameCostsThatFrameOnly() throws IOException {
        EmotionClassifier failing = failingAtSecondCall();
        RunSummary summary = run(still(3).build(), failing);
        assertThat(summary.framesAnalyzed()).isEqualTo(2);
        assertThat(failures).singleElement().satisfies(failure -> {
            assertThat(failure.index()).isEqualTo(1);
            assertThat(failure.origin()).isEqualTo("scripted-1");
            assertThat(failure.cause()).hasMessage("scripted: engine hiccup");
        });
    }

    @Test
    void aFailedFrameThatBeganASceneStillStartsItAfresh() throws IOException {
        EmotionClassifier failing = failingAtSecondCall();
        run(still(3).discontinuityAt(1).build(), failing);
        assertThat(readings()).extracting(EmotionReading::faceId).containsExactly(1, 2);
    }

    @Test
    void aSourceThatBreaksDownEndsTheRunAndKeepsTheRecord() {
        ListSessionRecorder recorder = ListSessionRecorder.create();
        EmotionPipeline pipeline = builder(still(5).breaksAt(2).build(), new BrightnessClassifier())
                .recorder(recorder)
                .build();
        assertThatThrownBy(() -> pipeline.run(results::add))
                .isInstanceOf(IOException.class)
                .hasMessage("scripted source broke down at frame 2");
        assertThat(recorder.results())
                .isEqualTo(results.stream().map(FrameResult::ofSubject).toList())
                .hasSize(2);
    }

    @Test
    void aSourceThatThrowsEndsTheRunAndTheNextIsNotRefused() {
        FrameSource broken = target -> {
            throw new IllegalStateException("scripted: source bug");
        };
        EmotionPipeline pipeline = builder(broken, new BrightnessClassifier()).build();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> pipeline.run(results::add)).hasMessage("scripted: source bug");
        }
    }

    @Test
    void theRecorderHearsOfAFrameBeforeTheListener() throws IOException {
        List<String> heard = new ArrayList<>();
        SessionRecorder recorder = result -> heard.add("recorder " + result.index());
        builder(still(2).build(), new BrightnessClassifier())
                .recorder(recorder)
                .build()
                .run(result -> heard.add("listener " + result.index()));
        assertThat(heard).containsExactly("recorder 0", "listener 0", "recorder 1", "listener 1");
    }

    @Test
    void aRecorderThatFailsIsReportedAndNotAskedAgain() throws IOException {
        ListSessionRecorder recorder = ListSessionRecorder.failingAt(1);
        RunSummary summary = builder(still(4).build(), new BrightnessClassifier())
                .recorder(recorder)
                .build()
                .run(results::add);
        assertThat(summary.recordingFailure())
                .hasValueSatisfying(failure -> assertThat(failure).hasMessage("scripted: disk full"));
        assertThat(recorder.calls()).isEqualTo(2);
        assertThat(recorder.results()).hasSize(1);
        assertThat(results).as("the session goes on").hasSize(4);
    }

    @Test
    void whatAListenerThrowsReachesTheCaller() {
        EmotionPipeline pipeline =
                builder(still(3).build(), new BrightnessClassifier()).build();
        assertThatThrownBy(() -> pipeline.run(result -> {
                    throw new IllegalStateException("chart is gone");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("chart is gone");
    }

    @Test
    void afterAListenerThrewTheRestCanBeRun() throws IOException {
        EmotionPipeline pipeline =
                builder(still(3).build(), new BrightnessClassifier()).build();
        assertThatThrownBy(() -> pipeline.run(result -> {
            throw new IllegalStateException("once");
        }));
        assertThat(pipeline.run(results::add).framesAnalyzed()).isEqualTo(2);
        assertThat(readings())
                .extracting(EmotionReading::faceId)
                .as("a run starts afresh")
                .containsOnly(2);
    }

    @Test
    void anInterruptEndsTheRunAfterTheFrameAndStaysSet() throws IOException {
        EmotionPipeline pipeline =
                builder(still(5).build(), new BrightnessClassifier()).build();
        RunSummary summary = pipeline.run(result -> {
            results.add(result);
            if (result.index() == 1) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(summary.interrupted()).isTrue();
        assertThat(results).hasSize(2);
    }

    @Test
    void aRunWithinARunIsRefused() throws IOException {
        EmotionPipeline pipeline =
                builder(still(1).build(), new BrightnessClassifier()).build();
        pipeline.run(result -> assertThatThrownBy(() -> pipeline.run(results::add))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("running already"));
    }

    @Test
    void withoutASourceThereIsNothingToRun() {
        EmotionPipeline pipeline = EmotionPipeline.builder()
                .detector(BrightAreaDetector.atFullSize())
                .classifier(new BrightnessClassifier())
                .build();
        assertThatThrownBy(() -> pipeline.run(results::add))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no source");
    }

    @Test
    void closingThePipelineFromTheListenerEndsTheRun() {
        EmotionPipeline pipeline =
                builder(still(3).build(), new BrightnessClassifier()).build();
        assertThatThrownBy(() -> pipeline.run(result -> {
                    results.add(result);
                    pipeline.close();
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was closed");
        assertThat(results).hasSize(1);
    }

    @Test
    void analyzingAPictureMeanwhileLeavesTheRunAlone() throws IOException {
        EmotionPipeline pipeline = builder(still(3).build(), SequenceClassifier.of(HAPPY, SAD))
                .smoother(MovingAverageSmoother.over(Duration.ofSeconds(1)))
                .build();
        try (Frame other = Frame.of(2, 2, PixelFormat.GRAY8, new byte[4])) {
            pipeline.run(result -> {
                results.add(result);
                pipeline.analyze(other);
            });
        }
        assertThat(readings()).extracting(EmotionReading::faceId).containsOnly(1);
        assertThat(readings().get(2).scores().get(Emotion.HAPPY)).isEqualTo(2f / 3, within(1e-6f));
    }

    private RunSummary run(FrameSource source, EmotionClassifier classifier) throws IOException {
        try (EmotionPipeline pipeline = builder(source, classifier).build()) {
            return pipeline.run(results::add);
        }
    }

    private EmotionPipeline.Builder builder(FrameSource source, EmotionClassifier classifier) {
        return EmotionPipeline.builder()
                .source(source)
                .detector(BrightAreaDetector.atFullSize())
                .classifier(classifier)
                .onFrameFailure(failures::add);
    }

    private List<EmotionReading> readings() {
        return results.stream().flatMap(result -> result.readings().stream()).toList();
    }

    private static ScriptedFrameSource.Builder still(int frames) {
        return ScriptedFrameSource.frames(frames).painted((index, canvas) -> canvas.square(20, 10, 24, 240));
    }

    private static ScriptedFrameSource.Builder moving(int frames) {
        return ScriptedFrameSource.frames(frames).painted((index, canvas) -> canvas.square(4 + 3 * index, 10, 24, 240));
    }

    private static EmotionClassifier failingAtSecondCall() {
        int[] calls = {0};
        return crop -> {
            if (++calls[0] == 2) {
                throw new StageException("scripted: engine hiccup");
            }
            return HAPPY;
        };
    }
}
