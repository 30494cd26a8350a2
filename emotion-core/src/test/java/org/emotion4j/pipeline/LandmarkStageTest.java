package org.emotion4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.emotion4j.emotion.BrightnessClassifier;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.BrightAreaDetector;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.face.HeadPose;
import org.emotion4j.face.LandmarkDetector;
import org.emotion4j.face.Landmarks;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.frame.ScriptedFrameSource;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.stage.StageException;
import org.junit.jupiter.api.Test;

/** A landmark detector between the face detector and the aligner. */
class LandmarkStageTest {
    /** The first face of a picture looks to the right; the second is not told. */
    private static final class FirstOnly implements LandmarkDetector {
        private int warmed;
        private boolean closed;

        @Override
        public Optional<Landmarks> locate(Frame frame, DetectedFace face) {
            if (face.box().width() < 30) {
                return Optional.empty();
            }
            double x = face.box().x();
            double y = face.box().y();
            return Optional.of(Landmarks.of(
                    Landmarks.Scheme.FIVE_POINTS,
                    x + 9,
                    y + 10,
                    x + 19,
                    y + 12,
                    x + 18,
                    y + 18,
                    x + 10,
                    y + 23,
                    x + 19,
                    y + 25));
        }

        @Override
        public void warmUp() {
            warmed++;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final FirstOnly landmarks = new FirstOnly();

    @Test
    void landmarksAndPoseOfEachFaceAreInItsReading() {
        try (EmotionPipeline pipeline = with(landmarks).build();
                Frame frame = twoSquares()) {
            List<EmotionReading> readings = pipeline.analyze(frame).readings();
            assertThat(readings.get(0).face().landmarks()).isPresent();
            assertThat(readings.get(0).headPose())
                    .hasValueSatisfying(pose -> assertThat(pose.yaw()).isBetween(10.0, 80.0));
            assertThat(readings.get(1).face().landmarks())
                    .as("as the detector gave it")
                    .isEmpty();
            assertThat(readings.get(1).headPose()).isEmpty();
        }
    }

    /** Networks of 68 points draw a profile as a face that is turned by some 30 degrees. */
    @Test
    void aProfileIsTurnedAwayThoughItsLandmarksSayLess() {
        for (boolean mirrored : new boolean[] {false, true}) {
            FaceDetector detector = frame -> List.of(
                    new DetectedFace(new BoundingBox(20, 20, 60, 60), 0.9, Optional.of(points(50, 52, 62, mirrored))));
            try (EmotionPipeline pipeline = EmotionPipeline.builder()
                            .detector(detector)
                            .landmarks((frame, face) -> Optional.of(points(36, 56, 50, mirrored)))
                            .classifier(new BrightnessClassifier())
                            .build();
                    Frame frame = twoSquares()) {
                EmotionReading reading = pipeline.analyze(frame).readings().get(0);
                assertThat(HeadPose.of(reading.face().landmarks().orElseThrow()))
                        .hasValueSatisfying(
                                pose -> assertThat(Math.abs(pose.yaw())).isLessThan(39));
                assertThat(reading.quality().orElseThrow().issues()).contains(FaceQuality.Issue.TURNED_AWAY);
                assertThat(reading.headPose()).hasValueSatisfying(pose -> assertThat(Math.abs(pose.yaw()))
                        .isGreaterThan(60));
            }
        }
    }

    /** Where the detector sees no profile, the landmarks that were located count. */
    @Test
    void ofATurnOfALittleTheLandmarksDecide() {
        FaceDetector detector = frame ->
                List.of(new DetectedFace(new BoundingBox(20, 20, 60, 60), 0.9, Optional.of(points(36, 56, 51, false))));
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                        .detector(detector)
                        .landmarks((frame, face) -> Optional.of(points(36, 56, 46, false)))
                        .classifier(new BrightnessClassifier())
                        .build();
                Frame frame = twoSquares()) {
            assertThat(pipeline.analyze(frame).readings().get(0).headPose())
                    .hasValueSatisfying(pose -> assertThat(Math.abs(pose.yaw())).isLessThan(5));
        }
    }

    /** Eyes, nose and mouth of a face of 60 pixels at (20, 20), by where they are from left to right. */
    private static Landmarks points(double left, double right, double nose, boolean mirrored) {
        double[] xs = {left, right, nose, left + 1, right - 1};
        if (mirrored) {
            xs = new double[] {100 - right, 100 - left, 100 - nose, 101 - right, 99 - left};
        }
        return Landmarks.of(Landmarks.Scheme.FIVE_POINTS, xs[0], 42, xs[1], 42, xs[2], 54, xs[3], 66, xs[4], 66);
    }

    @Test
    void everyReadingKnowsItsQuality() throws IOException {
        List<FrameResult> results = new ArrayList<>();
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                .source(ScriptedFrameSource.frames(2)
                        .painted((index, canvas) -> canvas.square(4, 10, 24, 240))
                        .build())
                .detector(BrightAreaDetector.atFullSize())
                .classifier(new BrightnessClassifier())
                .build()) {
            pipeline.run(results::add);
        }
        assertThat(results.stream().flatMap(result -> result.readings().stream()))
                .isNotEmpty()
                .allSatisfy(reading -> assertThat(reading.quality())
                        .map(FaceQuality::faceSize)
                        .hasValueSatisfying(size -> assertThat(size)
                                .isBetween(
                                        0.7 * reading.face().box().width(),
                                        1.3 * reading.face().box().width())));
    }

    @Test
    void itsTimeIsAStepOfItsOwn() {
        AtomicLong ticks = new AtomicLong();
        try (EmotionPipeline pipeline =
                        with(landmarks).ticker(() -> ticks.getAndAdd(10)).build();
                Frame frame = twoSquares()) {
            assertThat(pipeline.analyze(frame).timings()).isEqualTo(new StageTimings(10, 10, 10, 10, 40));
        }
    }

    @Test
    void isWarmedUpDescribedAndClosedWithTheOthers() {
        EmotionPipeline pipeline = with(landmarks).build();
        pipeline.warmUp();
        assertThat(landmarks.warmed).isEqualTo(1);
        assertThat(pipeline.metadata()).extracting("name").startsWith("BrightAreaDetector", "FirstOnly");
        pipeline.close();
        assertThat(landmarks.closed).isTrue();
    }

    @Test
    void oneThatLosesFacesFails() {
        LandmarkDetector forgetful = new LandmarkDetector() {
            @Override
            public Optional<Landmarks> locate(Frame frame, DetectedFace face) {
                return Optional.empty();
            }

            @Override
            public List<DetectedFace> locateAll(Frame frame, List<DetectedFace> faces) {
                return faces.subList(0, 1);
            }
        };
        try (EmotionPipeline pipeline = with(forgetful).build();
                Frame frame = twoSquares()) {
            assertThatThrownBy(() -> pipeline.analyze(frame))
                    .isInstanceOf(StageException.class)
                    .hasMessageEndingWith("gave 1 faces for 2");
        }
    }

    private static EmotionPipeline.Builder with(LandmarkDetector landmarks) {
        return EmotionPipeline.builder()
                .detector(BrightAreaDetector.atFullSize())
                .landmarks(landmarks)
                .classifier(new BrightnessClassifier());
    }

    /** White squares of 16 and of 30 pixels on black. */
    private static Frame twoSquares() {
        byte[] pixels = new byte[120 * 80];
        for (int y = 0; y < 30; y++) {
            Arrays.fill(pixels, (20 + y) * 120 + 60, (20 + y) * 120 + 90, (byte) 255);
        }
        for (int y = 0; y < 16; y++) {
            Arrays.fill(pixels, (10 + y) * 120 + 8, (10 + y) * 120 + 24, (byte) 255);
        }
        return Frame.of(120, 80, PixelFormat.GRAY8, pixels);
    }
}
