package org.emotion4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emotion4j.emotion.BrightnessClassifier;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.LabelPolicy;
import org.emotion4j.emotion.TemporalSmoother;
import org.emotion4j.face.BrightAreaDetector;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.ScriptedFrameSource;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.session.ListSessionRecorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is told at the door, before anything is analyzed or recorded. */
@SuppressWarnings("NullAway")
class PipelineDoorsTest {
    @TempDir
    private Path folder;

    @Test
    void aListenerThatIsNullIsRefusedBeforeAnythingIsAnalyzed() {
        ListSessionRecorder recorder = ListSessionRecorder.create();
        ScriptedFrameSource source = ScriptedFrameSource.frames(3).build();
        try (EmotionPipeline pipeline = builder(source).recorder(recorder).build()) {
            assertThatNullPointerException()
                    .isThrownBy(() -> pipeline.run(null))
                    .withMessage("listener");
            assertThatNullPointerException()
                    .isThrownBy(() -> pipeline.start(null))
                    .withMessage("listener");
        }
        assertThat(source.framesAsked()).isZero();
        assertThat(recorder.results()).isEmpty();
    }

    @Test
    void nullIsToldByTheNameOfTheArgument() {
        try (EmotionPipeline pipeline =
                builder(ScriptedFrameSource.frames(1).build()).build()) {
            assertThatNullPointerException()
                    .isThrownBy(() -> pipeline.analyze(null))
                    .withMessage("frame");
        }
        assertThatNullPointerException()
                .isThrownBy(() -> EmotionPipeline.builder().smoother(null))
                .withMessage("smoother");
        assertThatNullPointerException()
                .isThrownBy(() -> CsvSessionRecorder.builder(null))
                .withMessage("folder");
        assertThatNullPointerException()
                .isThrownBy(() -> CsvSessionRecorder.builder(folder).metadata(null))
                .withMessage("metadata");
        assertThatNullPointerException()
                .isThrownBy(() -> SessionReader.open(null))
                .withMessage("path");
    }

    @Test
    void aSourceThatWasReadToItsEndIsNotRunAgain() throws IOException {
        try (EmotionPipeline pipeline =
                builder(ScriptedFrameSource.frames(2).build()).build()) {
            pipeline.run(result -> {});
            assertThatThrownBy(() -> pipeline.run(result -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("read to its end");
            assertThatThrownBy(pipeline::start).hasMessageContaining("read to its end");
        }
    }

    @Test
    void aRunThatWasInterruptedMayGoOn() throws IOException {
        List<Long> times = new ArrayList<>();
        try (EmotionPipeline pipeline =
                builder(ScriptedFrameSource.frames(3).build()).build()) {
            pipeline.run(result -> {
                times.add(result.mediaNanos());
                Thread.currentThread().interrupt();
            });
            assertThat(Thread.interrupted()).isTrue();
            pipeline.run(result -> times.add(result.mediaNanos()));
        }
        assertThat(times).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void aStageThatGivesNullIsNamed() throws IOException {
        assertThat(failureOf(
                        EmotionPipeline.builder().detector(new NullDetector()).classifier(new BrightnessClassifier())))
                .contains("NullDetector gave null in place of faces");
        assertThat(failureOf(EmotionPipeline.builder()
                        .detector(SessionFixture.ONE_FACE)
                        .classifier(new NullClassifier())))
                .contains("NullClassifier gave null in place of scores");
        assertThat(failureOf(plain().smoother(new NullSmoother()))).contains("NullSmoother gave null");
        assertThat(failureOf(plain().labelPolicy(new NullPolicy()))).contains("NullPolicy gave null");
    }

    @Test
    void aFileInPlaceOfAFolderIsToldAsSuch() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "mine");
        assertThatThrownBy(() -> CsvSessionRecorder.create(file))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("is a file; give the folder");
        assertThat(file).hasContent("mine");
    }

    private static String failureOf(EmotionPipeline.Builder builder) throws IOException {
        List<String> messages = new ArrayList<>();
        List<FrameResult> results = new ArrayList<>();
        try (EmotionPipeline pipeline = builder.source(
                        ScriptedFrameSource.frames(1).build())
                .onFrameFailure(failure -> messages.add(failure.cause().getMessage()))
                .build()) {
            pipeline.run(results::add);
        }
        assertThat(results).isEmpty();
        return String.join("\n", messages);
    }

    private static EmotionPipeline.Builder plain() {
        return EmotionPipeline.builder().detector(SessionFixture.ONE_FACE).classifier(crop -> EmotionScores.uniform());
    }

    private static EmotionPipeline.Builder builder(ScriptedFrameSource source) {
        return EmotionPipeline.builder()
                .source(source)
                .detector(BrightAreaDetector.atFullSize())
                .classifier(new BrightnessClassifier());
    }

    private static final class NullDetector implements FaceDetector {
        @Override
        public List<DetectedFace> detect(Frame frame) {
            return null;
        }
    }

    private static final class NullClassifier implements EmotionClassifier {
        @Override
        public EmotionScores classify(FaceCrop crop) {
            return null;
        }

        @Override
        public List<EmotionScores> classifyAll(List<FaceCrop> crops) {
            return null;
        }
    }

    private static final class NullSmoother implements TemporalSmoother {
        @Override
        public EmotionScores smooth(int faceId, long mediaNanos, EmotionScores raw) {
            return null;
        }
    }

    private static final class NullPolicy implements LabelPolicy {
        @Override
        public Optional<Emotion> decide(EmotionScores scores, Optional<Emotion> previous) {
            return null;
        }
    }
}
