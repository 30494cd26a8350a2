package org.emotion4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.BrightAreaDetector;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.Landmarks;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.ScriptedFrameSource;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.junit.jupiter.api.Test;

/** Faces that are followed by their detector in close-ups, and when the whole frame is looked at again. */
class CloseUpTrackerTest {
    private final SquareDetector detector = new SquareDetector();
    private final List<FrameResult> results = new ArrayList<>();

    @Test
    void aFaceThatMovesAndGrowsHasItsDetectorsBoxInEachFrame() throws IOException {
        run(ScriptedFrameSource.frames(12).size(400, 300).painted((index, canvas) -> canvas.fill(10)
                .square(40 + 6 * index, 60 + 2 * index, 40 + 4 * index, 250)));
        assertThat(detector.wholeFrames).isEqualTo(2);
        assertThat(results).hasSize(12).allSatisfy(result -> {
            BoundingBox box = only(result).face().box();
            assertThat(box.x()).isCloseTo(40 + 6 * result.index(), within(1.0));
            assertThat(box.y()).isCloseTo(60 + 2 * result.index(), within(1.0));
            assertThat(box.width()).isCloseTo(40 + 4 * result.index(), within(2.0));
            assertThat(only(result).faceId()).isEqualTo(1);
        });
    }

    @Test
    void ofALargeFaceTheCloseUpIsReducedAndItsBoxIsInPixelsOfTheFrame() throws IOException {
        run(ScriptedFrameSource.frames(5).size(900, 700).painted((index, canvas) -> canvas.fill(10)
                .square(200 + 8 * index, 100, 480, 250)));
        assertThat(detector.wholeFrames).isEqualTo(1);
        assertThat(detector.largestCloseUp).isLessThanOrEqualTo(192);
        assertThat(results).allSatisfy(result -> {
            BoundingBox box = only(result).face().box();
            assertThat(box.x()).isCloseTo(200 + 8 * result.index(), within(6.0));
            assertThat(box.width()).isCloseTo(480, within(12.0));
            Landmarks points = only(result).face().landmarks().orElseThrow();
            assertThat(points.x(0)).isCloseTo(box.x() + 0.3 * box.width(), within(1e-6));
        });
    }

    @Test
    void aFaceAtTheBorderOfTheFrameIsFollowed() throws IOException {
        run(ScriptedFrameSource.frames(6).size(300, 200).painted((index, canvas) -> canvas.fill(10)
                .square(0, 40 + 2 * index, 60, 250)));
        assertThat(detector.wholeFrames).isEqualTo(1);
        assertThat(results)
                .allSatisfy(result ->
                        assertThat(only(result).face().box().y()).isCloseTo(40 + 2 * result.index(), within(1.0)));
    }

    @Test
    void aFaceThatVanishesIsLookedForInTheWholeFrameAtOnce() throws IOException {
        run(ScriptedFrameSource.frames(8).size(400, 200).painted((index, canvas) -> canvas.fill(10)
                .square(index < 3 ? 40 : 300, 60, 48, 250)));
        assertThat(detector.wholeFrames).isEqualTo(2);
        assertThat(results)
                .allSatisfy(result -> assertThat(only(result).face().box().x())
                        .isCloseTo(result.index() < 3 ? 40 : 300, within(1.0)));
    }

    @Test
    void aFaceThatComesIsFoundAtTheNextTurn() throws IOException {
        run(ScriptedFrameSource.frames(12).size(400, 200).painted((index, canvas) -> {
            canvas.fill(10).square(40, 60, 48, 250);
            if (index >= 3) {
                canvas.square(300, 60, 48, 250);
            }
        }));
        assertThat(results.stream().map(result -> result.readings().size()))
                .containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2);
    }

    @Test
    void facesThatMeetAreToldApartInTheWholeFrame() throws IOException {
        run(ScriptedFrameSource.frames(4).size(400, 200).painted((index, canvas) -> canvas.fill(10)
                .square(40 + 8 * index, 60, 40, 250)
                .square(100 - 4 * index, 60, 40, 250)));
        // from the third frame on they touch: a single bright area, of which each close-up would give a face
        assertThat(detector.wholeFrames).isEqualTo(2);
        assertThat(results.stream().map(result -> result.readings().size())).containsExactly(2, 2, 1, 1);
    }

    @Test
    void withADetectorThatGivesNoCloseUpsEveryFrameIsDetected() throws IOException {
        BrightAreaDetector plain = BrightAreaDetector.atFullSize();
        try (EmotionPipeline pipeline = builder(plain)
                .source(ScriptedFrameSource.frames(5)
                        .size(400, 200)
                        .painted((index, canvas) -> canvas.fill(10).square(40 + 9 * index, 60, 48, 250))
                        .build())
                .build()) {
            pipeline.run(results::add);
        }
        assertThat(plain.calls()).isEqualTo(5);
        assertThat(results)
                .allSatisfy(result -> assertThat(only(result).face().box().x()).isEqualTo(40 + 9 * result.index()));
    }

    @Test
    void aDetectorThatBecomesUnsureSeesTheWholeFrame() throws IOException {
        detector.confidenceInCloseUps = 0.6;
        UnaryOperator<EmotionPipeline.Builder> doubtful = builder -> builder.redetectWhenUncertain(0.3);
        run(still(4), doubtful);
        assertThat(detector.wholeFrames).isEqualTo(4);
    }

    @Test
    void withoutThatLimitItMayBeUnsure() throws IOException {
        detector.confidenceInCloseUps = 0.6;
        run(still(4));
        assertThat(detector.wholeFrames).isEqualTo(1);
    }

    @Test
    void behindACutTheWholeFrameIsLookedAt() throws IOException {
        run(still(6).discontinuityAt(2));
        assertThat(detector.wholeFrames).isEqualTo(2);
    }

    @Test
    void meansNothingWhereEveryFrameIsDetected() {
        assertThatIllegalStateException()
                .isThrownBy(() -> EmotionPipeline.builder()
                        .detector(detector)
                        .classifier(crop -> EmotionScores.uniform())
                        .followInCloseUps(true)
                        .build())
                .withMessageContaining("set detectEvery too");
    }

    private static ScriptedFrameSource.Builder still(int frames) {
        return ScriptedFrameSource.frames(frames).size(300, 200).painted((index, canvas) -> canvas.fill(10)
                .square(100, 60, 50, 250));
    }

    private void run(ScriptedFrameSource.Builder frames) throws IOException {
        run(frames, builder -> builder);
    }

    private void run(ScriptedFrameSource.Builder frames, UnaryOperator<EmotionPipeline.Builder> more)
            throws IOException {
        try (EmotionPipeline pipeline =
                more.apply(builder(detector).source(frames.build())).build()) {
            pipeline.run(results::add);
        }
    }

    private static EmotionPipeline.Builder builder(FaceDetector detector) {
        return EmotionPipeline.builder()
                .detector(detector)
                .classifier(crop -> EmotionScores.uniform())
                .detectEvery(10)
                .followInCloseUps(true)
                .closeAtShutdown(false);
    }

    private static EmotionReading only(FrameResult result) {
        assertThat(result.readings()).as("frame %d", result.index()).hasSize(1);
        return result.readings().get(0);
    }

    /** Bright areas, with points, in whole frames and in close-ups. */
    private static final class SquareDetector implements FaceDetector {
        private final BrightAreaDetector areas = BrightAreaDetector.atFullSize();
        private double confidenceInCloseUps = 1;
        private int wholeFrames;
        private int largestCloseUp;

        @Override
        public List<DetectedFace> detect(Frame frame) {
            wholeFrames++;
            return areas.detect(frame).stream()
                    .map(face -> withPoints(face.box(), 1))
                    .toList();
        }

        @Override
        public Optional<DetectedFace> detectCloseUp(Frame closeUp) {
            largestCloseUp = Math.max(largestCloseUp, closeUp.width());
            double middle = closeUp.width() / 2.0;
            return areas.detect(closeUp).stream()
                    .filter(face ->
                            Math.hypot(face.box().centerX() - middle, face.box().centerY() - middle)
                                    < 0.2 * closeUp.width())
                    .findFirst()
                    .map(face -> withPoints(face.box(), confidenceInCloseUps));
        }

        private static DetectedFace withPoints(BoundingBox box, double confidence) {
            double[] points = new double[10];
            for (int i = 0; i < 5; i++) {
                points[2 * i] = box.x() + (0.3 + 0.1 * i) * box.width();
                points[2 * i + 1] = box.y() + 0.5 * box.height();
            }
            return new DetectedFace(box, confidence, Optional.of(Landmarks.of(Landmarks.Scheme.FIVE_POINTS, points)));
        }
    }
}
