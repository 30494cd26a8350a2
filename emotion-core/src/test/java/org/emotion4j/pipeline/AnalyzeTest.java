package org.emotion4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.emotion4j.emotion.BrightnessClassifier;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.IntegratorClassifier;
import org.emotion4j.emotion.LabelPolicy;
import org.emotion4j.emotion.SequenceClassifier;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.BrightAreaDetector;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.stage.StageException;
import org.junit.jupiter.api.Test;

/** One picture, no state. */
class AnalyzeTest {
    private static final EmotionScores UNSURE = EmotionScores.uniform();
    private static final EmotionScores HAPPY = EmotionScores.certain(Emotion.HAPPY);

    @Test
    void givesAReadingForEachFaceTheLargestFirst() {
        try (EmotionPipeline pipeline = with(new BrightnessClassifier());
                Frame frame = twoSquares()) {
            FrameResult result = pipeline.analyze(frame);
            assertThat(result.readings()).extracting(EmotionReading::faceId).containsExactly(1, 2);
            assertThat(result.readings())
                    .extracting(reading -> reading.face().box())
                    .containsExactly(new BoundingBox(60, 20, 30, 30), new BoundingBox(8, 10, 16, 16));
            assertThat(result.readings()).extracting(EmotionReading::label).allSatisfy(label -> assertThat(label)
                    .contains(Emotion.HAPPY));
        }
    }

    @Test
    void scoresAreNotSmoothed() {
        try (EmotionPipeline pipeline = with(SequenceClassifier.of(HAPPY, UNSURE));
                Frame frame = oneSquare()) {
            pipeline.analyze(frame);
            EmotionReading second = pipeline.analyze(frame).readings().get(0);
            assertThat(second.raw()).isEqualTo(UNSURE);
            assertThat(second.scores()).isEqualTo(UNSURE);
        }
    }

    @Test
    void aLabelDoesNotLingerFromTheCallBefore() {
        EmotionScores below = EmotionScores.of(0.1f, 0.1f, 0.1f, 0.38f, 0.12f, 0.1f, 0.1f);
        try (EmotionPipeline pipeline = with(SequenceClassifier.of(HAPPY, below));
                Frame frame = oneSquare()) {
            assertThat(pipeline.analyze(frame).readings().get(0).label()).contains(Emotion.HAPPY);
            assertThat(pipeline.analyze(frame).readings().get(0).label()).isEmpty();
        }
    }

    @Test
    void aPictureWithoutAFaceIsANormalResult() {
        try (EmotionPipeline pipeline = with(new BrightnessClassifier());
                Frame frame = Frame.of(9, 7, PixelFormat.RGB24, new byte[9 * 7 * 3])) {
            FrameResult result = pipeline.analyze(frame);
            assertThat(result.readings()).isEmpty();
            assertThat(result.width()).isEqualTo(9);
            assertThat(result.height()).isEqualTo(7);
        }
    }

    @Test
    void cutsTheCropThatTheClassifierWants() {
        try (EmotionPipeline pipeline = with(new IntegratorClassifier());
                Frame frame = oneSquare()) {
            assertThat(pipeline.cropSpec().width()).isEqualTo(112);
            assertThat(pipeline.analyze(frame).readings()).hasSize(1);
        }
    }

    @Test
    void leavesTheFrameOpen() {
        try (EmotionPipeline pipeline = with(new BrightnessClassifier());
                Frame frame = oneSquare()) {
            pipeline.analyze(frame);
            assertThat(frame.pixels()).isNotNull();
        }
    }

    @Test
    void wallTimeAndDurationsAreThoseOfTheInjectedClocks() {
        Instant now = Instant.parse("2026-03-04T05:06:07Z");
        AtomicLong ticks = new AtomicLong();
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                        .detector(BrightAreaDetector.atFullSize())
                        .classifier(new BrightnessClassifier())
                        .clock(Clock.fixed(now, ZoneOffset.UTC))
                        .ticker(() -> ticks.getAndAdd(10))
                        .build();
                Frame frame = oneSquare()) {
            FrameResult result = pipeline.analyze(frame);
            assertThat(result.wallTime()).isEqualTo(now);
            assertThat(result.timings()).isEqualTo(new StageTimings(10, 10, 10, 30));
        }
    }

    @Test
    void theLabelIsTheChosenPolicys() {
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                        .detector(BrightAreaDetector.atFullSize())
                        .classifier(SequenceClassifier.of(UNSURE))
                        .labelPolicy(LabelPolicy.argmax())
                        .build();
                Frame frame = oneSquare()) {
            assertThat(pipeline.analyze(frame).readings().get(0).label()).contains(Emotion.ANGRY);
        }
    }

    @Test
    void aClassifierThatAnswersForAnotherNumberOfFacesFails() {
        EmotionClassifier forgetful = new EmotionClassifier() {
            @Override
            public EmotionScores classify(FaceCrop crop) {
                return UNSURE;
            }

            @Override
            public List<EmotionScores> classifyAll(List<FaceCrop> crops) {
                return List.of(UNSURE);
            }
        };
        try (EmotionPipeline pipeline = with(forgetful);
                Frame frame = twoSquares()) {
            assertThatThrownBy(() -> pipeline.analyze(frame))
                    .isInstanceOf(StageException.class)
                    .hasMessageEndingWith("gave 1 scores for 2 faces");
        }
    }

    @Test
    void refusesAClosedFrame() {
        Frame frame = oneSquare();
        frame.close();
        try (EmotionPipeline pipeline = with(new BrightnessClassifier())) {
            assertThatThrownBy(() -> pipeline.analyze(frame)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void refusesAFrameOnceThePipelineIsClosed() {
        EmotionPipeline pipeline = with(new BrightnessClassifier());
        pipeline.close();
        try (Frame frame = oneSquare()) {
            assertThatThrownBy(() -> pipeline.analyze(frame))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("this pipeline was closed");
        }
    }

    private static EmotionPipeline with(EmotionClassifier classifier) {
        return EmotionPipeline.builder()
                .detector(BrightAreaDetector.atFullSize())
                .classifier(classifier)
                .build();
    }

    private static Frame oneSquare() {
        byte[] pixels = new byte[120 * 80];
        square(pixels, 60, 20, 30);
        return Frame.of(120, 80, PixelFormat.GRAY8, pixels);
    }

    private static Frame twoSquares() {
        byte[] pixels = new byte[120 * 80];
        square(pixels, 8, 10, 16);
        square(pixels, 60, 20, 30);
        return Frame.of(120, 80, PixelFormat.GRAY8, pixels);
    }

    private static void square(byte[] pixels, int x, int y, int side) {
        for (int row = y; row < y + side; row++) {
            Arrays.fill(pixels, row * 120 + x, row * 120 + x + side, (byte) 240);
        }
    }
}
