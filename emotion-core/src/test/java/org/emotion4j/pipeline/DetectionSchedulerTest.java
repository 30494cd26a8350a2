package org.emotion4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.BrightAreaDetector;
import org.emotion4j.face.ReducedFaceDetector;
import org.emotion4j.frame.ScriptedFrameSource;
import org.emotion4j.reading.FrameResult;
import org.junit.jupiter.api.Test;

class DetectionSchedulerTest {
    private final List<FrameResult> results = new ArrayList<>();

    @Test
    void detectsInEveryNthFrameAndFollowsTheFaceInBetween() throws Exception {
        BrightAreaDetector detector = BrightAreaDetector.atFullSize();
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                .source(movingSquare(10).build())
                .detector(detector)
                .classifier(crop -> EmotionScores.uniform())
                .detectEvery(5)
                .build()) {
            pipeline.run(results::add);
        }
        assertThat(detector.calls()).isEqualTo(2);
        for (FrameResult result : results) {
            BoundingBox box = result.readings().get(0).face().box();
            assertThat(box.x()).as("frame %d", result.index()).isCloseTo(20 + 2 * result.index(), within(2.0));
            assertThat(result.readings().get(0).faceId()).isEqualTo(1);
        }
    }

    @Test
    void aFaceThatIsFollowedGoesOnAsFastAsItWent() throws Exception {
        BrightAreaDetector detector = BrightAreaDetector.atFullSize();
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                .source(ScriptedFrameSource.frames(6)
                        .size(400, 120)
                        .painted((index, canvas) -> canvas.fill(10).square(20 + index * (index + 3), 40, 48, 250))
                        .build())
                .detector(detector)
                .classifier(crop -> EmotionScores.uniform())
                .detectEvery(6)
                .build()) {
            pipeline.run(results::add);
        }
        assertThat(detector.calls()).isEqualTo(1);
        for (FrameResult result : results) {
            assertThat(result.readings().get(0).face().box().x())
                    .as("frame %d, up to a quarter of the face's width from the one before", result.index())
                    .isCloseTo(20 + result.index() * (result.index() + 3), within(3.0));
        }
    }

    @Test
    void detectsBeforeItsTurnWhenAFaceIsInDoubt() throws Exception {
        BrightAreaDetector detector = BrightAreaDetector.atFullSize();
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                .source(ScriptedFrameSource.frames(10)
                        .size(300, 120)
                        .painted((index, canvas) -> canvas.fill(10).square(index < 5 ? 20 : 180, 40, 48, 250))
                        .build())
                .detector(detector)
                .classifier(crop -> EmotionScores.uniform())
                .detectEvery(100)
                .redetectWhenUncertain(0.3)
                .build()) {
            pipeline.run(results::add);
        }
        assertThat(detector.calls()).isEqualTo(2);
        assertThat(results)
                .allSatisfy(result ->
                        assertThat(result.readings().get(0).face().box().x()).isEqualTo(result.index() < 5 ? 20 : 180));
    }

    @Test
    void detectsAnewBehindACut() throws Exception {
        BrightAreaDetector detector = BrightAreaDetector.atFullSize();
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                .source(movingSquare(4).discontinuityAt(2).build())
                .detector(detector)
                .classifier(crop -> EmotionScores.uniform())
                .detectEvery(100)
                .build()) {
            pipeline.run(results::add);
        }
        assertThat(detector.calls()).isEqualTo(2);
    }

    @Test
    void takesTheLastReadingForAFrameWithoutChange() throws Exception {
        AtomicInteger classified = new AtomicInteger();
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                .source(ScriptedFrameSource.frames(6)
                        .painted((index, canvas) -> canvas.fill(index < 3 ? 10 : 60))
                        .build())
                .detector(SessionFixture.ONE_FACE)
                .classifier(crop -> {
                    classified.incrementAndGet();
                    return EmotionScores.uniform();
                })
                .skipUnchangedFrames(2)
                .build()) {
            pipeline.run(results::add);
        }
        assertThat(classified).hasValue(2);
        assertThat(results).hasSize(6).allSatisfy(result -> assertThat(result.readings())
                .hasSize(1));
    }

    @Test
    void savesNothingUnlessAskedTo() throws Exception {
        BrightAreaDetector detector = BrightAreaDetector.atFullSize();
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                .source(movingSquare(10).build())
                .detector(detector)
                .classifier(crop -> EmotionScores.uniform())
                .build()) {
            pipeline.run(results::add);
        }
        assertThat(detector.calls()).isEqualTo(10);
    }

    @Test
    void aReducedPictureGivesBoxesOfTheFullOne() throws Exception {
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                .source(movingSquare(1).build())
                .detector(ReducedFaceDetector.of(BrightAreaDetector.atFullSize(), 80))
                .classifier(crop -> EmotionScores.uniform())
                .build()) {
            pipeline.run(results::add);
        }
        BoundingBox box = results.get(0).readings().get(0).face().box();
        assertThat(box).isEqualTo(new BoundingBox(20, 40, 48, 48));
    }

    @Test
    void refusesValuesOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmotionPipeline.builder().detectEvery(0))
                .withMessage("detectEvery is 0, expected 1 to 100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmotionPipeline.builder().redetectWhenUncertain(1.5))
                .withMessage("redetectWhenUncertain is 1.5, expected 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmotionPipeline.builder().skipUnchangedFrames(Double.NaN))
                .withMessage("skipUnchangedFrames is NaN, expected 0 to 255");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReducedFaceDetector.of(SessionFixture.ONE_FACE, 31))
                .withMessage("maxSide is 31, expected 32 to 10000");
    }

    private static ScriptedFrameSource.Builder movingSquare(int frames) {
        return ScriptedFrameSource.frames(frames).size(160, 120).painted((index, canvas) -> canvas.fill(10)
                .square(20 + 2 * index, 40, 48, 250));
    }
}
