package org.emotion4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.emotion4j.emotion.BrightnessClassifier;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.LabelPolicy;
import org.emotion4j.emotion.TemporalSmoother;
import org.emotion4j.face.BrightAreaDetector;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.IouFaceTracker;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.ScriptedFrameSource;
import org.emotion4j.session.ListSessionRecorder;
import org.emotion4j.session.SessionRecorder;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EmotionPipelineBuilderTest {
    private final ScriptedFrameSource source = ScriptedFrameSource.frames(1).build();
    private final BrightAreaDetector detector = BrightAreaDetector.atFullSize();
    private final BrightnessClassifier classifier = new BrightnessClassifier();
    private final ListSessionRecorder recorder = ListSessionRecorder.create();

    @Test
    void closesEveryStageItWasGiven() {
        all().build().close();
        assertThat(source.isClosed()).isTrue();
        assertThat(detector.isClosed()).isTrue();
        assertThat(classifier.isClosed()).isTrue();
        assertThat(recorder.isClosed()).isTrue();
    }

    @Test
    void warmsUpDetectorAndClassifier() {
        List<String> warmed = new ArrayList<>();
        FaceDetector warmDetector = new FaceDetector() {
            @Override
            public List<DetectedFace> detect(Frame frame) {
                return List.of();
            }

            @Override
            public void warmUp() {
                warmed.add("detector");
            }
        };
        EmotionClassifier warmClassifier = new EmotionClassifier() {
            @Override
            public EmotionScores classify(FaceCrop crop) {
                return EmotionScores.uniform();
            }

            @Override
            public void warmUp() {
                warmed.add("classifier");
            }
        };
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                .detector(warmDetector)
                .classifier(warmClassifier)
                .build()) {
            pipeline.warmUp();
        }
        assertThat(warmed).containsExactly("detector", "classifier");
    }

    @Test
    void theFirstFailureIsToldEvenWhereClosingFailsToo() {
        EmotionPipeline.Builder builder = EmotionPipeline.builder().classifier(new EmotionClassifier() {
            @Override
            public EmotionScores classify(FaceCrop crop) {
                return EmotionScores.uniform();
            }

            @Override
            public void close() {
                throw new StageException("scripted: does not close");
            }
        });
        assertThatThrownBy(builder::build)
                .hasMessageContaining("add emotion-opencv")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .satisfies(suppressed -> assertThat(suppressed).hasMessage("scripted: does not close")));
    }

    @Test
    void leavesASharedClassifierOpen() {
        EmotionPipeline.builder()
                .detector(detector)
                .classifier(EmotionClassifier.shared(classifier))
                .build()
                .close();
        assertThat(classifier.isClosed()).isFalse();
    }

    @Test
    void closesTheOthersWhereOneFails() {
        FaceDetector stuck = new FaceDetector() {
            @Override
            public List<DetectedFace> detect(Frame frame) {
                return List.of();
            }

            @Override
            public void close() {
                throw new StageException("scripted: does not close");
            }
        };
        EmotionPipeline pipeline = EmotionPipeline.builder()
                .source(source)
                .detector(stuck)
                .classifier(classifier)
                .recorder(recorder)
                .build();
        assertThatThrownBy(pipeline::close).isInstanceOf(StageException.class).hasMessage("scripted: does not close");
        assertThat(source.isClosed()).isTrue();
        assertThat(classifier.isClosed()).isTrue();
        assertThat(recorder.isClosed()).isTrue();
        assertThatCode(pipeline::close).as("a second time").doesNotThrowAnyException();
    }

    @Test
    void describesItsStagesInTheOrderInWhichAFramePassesThem() {
        try (EmotionPipeline pipeline = all().build()) {
            assertThat(pipeline.metadata())
                    .extracting(StageMetadata::name)
                    .containsExactly(
                            "ScriptedFrameSource",
                            "BrightAreaDetector",
                            "FivePointFaceAligner",
                            "BrightnessClassifier",
                            "MotionFaceTracker",
                            "MovingAverageSmoother",
                            "ListSessionRecorder");
        }
    }

    @Test
    void withoutADetectorOnTheClassPathItSaysWhatToAddAndClosesWhatItWasGiven() {
        EmotionPipeline.Builder builder =
                EmotionPipeline.builder().source(source).classifier(classifier).recorder(recorder);
        assertThatThrownBy(builder::build)
                .isInstanceOf(StageException.class)
                .hasMessageContaining("add emotion-opencv");
        assertThat(source.isClosed()).isTrue();
        assertThat(classifier.isClosed()).isTrue();
        assertThat(recorder.isClosed()).isTrue();
    }

    @Test
    void buildsOnce() {
        EmotionPipeline.Builder builder = all();
        builder.build();
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("stages belong to one pipeline");
    }

    @ParameterizedTest
    @MethodSource("options")
    void refusesASecondSettingOfTheSamePart(Option option) {
        EmotionPipeline.Builder builder = EmotionPipeline.builder();
        option.set().accept(builder);
        assertThatThrownBy(() -> option.set().accept(builder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(option.name() + " was set already to ");
    }

    static Stream<Named<Option>> options() {
        return Stream.of(
                        new Option(
                                "source",
                                builder -> builder.source(
                                        ScriptedFrameSource.frames(1).build())),
                        new Option("detector", builder -> builder.detector(BrightAreaDetector.atFullSize())),
                        new Option("landmarks", builder -> builder.landmarks((frame, face) -> Optional.empty())),
                        new Option("aligner", builder -> builder.aligner((frame, face, target) -> {})),
                        new Option("classifier", builder -> builder.classifier(new BrightnessClassifier())),
                        new Option("tracker", builder -> builder.tracker(IouFaceTracker.ofDefaults())),
                        new Option("smoother", builder -> builder.smoother(TemporalSmoother.none())),
                        new Option("trackers", builder -> builder.trackers(IouFaceTracker::ofDefaults)),
                        new Option("smoothers", builder -> builder.smoothers(TemporalSmoother::none)),
                        new Option("labelPolicy", builder -> builder.labelPolicy(LabelPolicy.argmax())),
                        new Option("recorder", builder -> builder.recorder(SessionRecorder.none())),
                        new Option("onFrameFailure", builder -> builder.onFrameFailure(failure -> {})),
                        new Option("clock", builder -> builder.clock(Clock.systemUTC())),
                        new Option("ticker", builder -> builder.ticker(System::nanoTime)))
                .map(option -> Named.of(option.name(), option));
    }

    private EmotionPipeline.Builder all() {
        return EmotionPipeline.builder()
                .source(source)
                .detector(detector)
                .classifier(classifier)
                .recorder(recorder);
    }

    record Option(String name, Consumer<EmotionPipeline.Builder> set) {}
}
