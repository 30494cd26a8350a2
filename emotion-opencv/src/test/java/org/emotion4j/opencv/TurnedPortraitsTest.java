package org.emotion4j.opencv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceQuality.Issue;
import org.emotion4j.face.HeadPose;
import org.emotion4j.face.UprightFaces;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.reading.EmotionReading;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo's portraits upright, on their side and upside down. */
@Tag("native")
@Tag("slow")
class TurnedPortraitsTest {
    @Test
    void noUprightPortraitIsTakenForTurned() throws IOException {
        try (EmotionPipeline pipeline = pipeline().build()) {
            for (String name : Portraits.NAMES) {
                assertThat(readings(pipeline, name, 0)).isNotEmpty().allSatisfy(reading -> assertThat(
                                reading.quality().orElseThrow().issues())
                        .as(name)
                        .doesNotContain(Issue.NOT_UPRIGHT));
            }
        }
    }

    @Test
    void noPortraitUpsideDownIsReadAsIfItWereUpright() throws IOException {
        int turned = 0;
        int right = 0;
        try (EmotionPipeline pipeline = pipeline().build()) {
            for (String name : Portraits.NAMES) {
                for (EmotionReading reading : readings(pipeline, name, 2)) {
                    assertThat(reading.quality().orElseThrow().isTrustworthy())
                            .as(name + ": " + reading)
                            .isFalse();
                    if (reading.quality().orElseThrow().issues().contains(Issue.NOT_UPRIGHT)) {
                        turned++;
                        right += reading.raw().top().equals(uprightLabel(pipeline, name)) ? 1 : 0;
                    }
                }
            }
        }
        assertThat(turned).isPositive();
        assertThat((double) right / turned).isGreaterThanOrEqualTo(0.5);
    }

    /** Most faces on their side are not found in the first place; these are given. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void theLandmarksOfAFaceAreTurnedAsTheFaceIs(int quarters) throws IOException {
        int right = 0;
        try (SingleShotFaceDetector detector = SingleShotFaceDetector.bundled()) {
            for (String name : Portraits.NAMES) {
                try (Frame upright = Portraits.frame(name);
                        FrameBuffer buffer = FrameBuffer.standalone()) {
                    DetectedFace face = detector.detect(upright).get(0);
                    turn(upright, quarters, buffer);
                    try (Frame frame = buffer.toFrame()) {
                        DetectedFace doubtful = new DetectedFace(turned(face.box(), upright, quarters), 0.5);
                        DetectedFace turned = new UprightFaces(detector)
                                .of(frame, List.of(doubtful))
                                .get(0);
                        double roll = turned.landmarks()
                                .flatMap(HeadPose::of)
                                .map(HeadPose::roll)
                                .orElse(0.0);
                        right += Math.abs(Math.IEEEremainder(roll - 90 * quarters, 360)) < 25 ? 1 : 0;
                    }
                }
            }
        }
        assertThat(right).isGreaterThanOrEqualTo(Portraits.NAMES.size() - 1);
    }

    private static BoundingBox turned(BoundingBox box, Frame in, int quarters) {
        double x = box.x();
        double y = box.y();
        return switch (quarters) {
            case 0 -> box;
            case 1 -> new BoundingBox(in.height() - box.bottom(), x, box.height(), box.width());
            case 2 -> new BoundingBox(in.width() - box.right(), in.height() - box.bottom(), box.width(), box.height());
            default -> new BoundingBox(y, in.width() - box.right(), box.height(), box.width());
        };
    }

    @Test
    void aWholeVideoUpsideDownIsReadAsTheUprightOneAndMarked() throws IOException {
        String name = Portraits.NAMES.get(1);
        List<EmotionReading> readings = new ArrayList<>();
        try (EmotionPipeline pipeline = pipeline().source(new Still(name, 2, 5)).build()) {
            Emotion upright = uprightLabel(pipeline, name);
            pipeline.run(result -> readings.addAll(result.readings()));
            assertThat(readings).hasSize(5).allSatisfy(reading -> {
                assertThat(reading.quality().orElseThrow().issues()).contains(Issue.NOT_UPRIGHT);
                assertThat(Math.abs(reading.headPose().orElseThrow().roll())).isGreaterThan(150);
                assertThat(reading.raw().top()).isEqualTo(upright);
            });
            assertThat(readings).extracting(EmotionReading::faceId).containsOnly(1);
        }
    }

    private static Emotion uprightLabel(EmotionPipeline pipeline, String name) throws IOException {
        return readings(pipeline, name, 0).get(0).raw().top();
    }

    private static List<EmotionReading> readings(EmotionPipeline pipeline, String name, int quarters)
            throws IOException {
        try (Frame upright = Portraits.frame(name);
                FrameBuffer buffer = FrameBuffer.standalone()) {
            turn(upright, quarters, buffer);
            try (Frame frame = buffer.toFrame()) {
                return pipeline.analyze(frame).readings();
            }
        }
    }

    private static EmotionPipeline.Builder pipeline() {
        return EmotionPipeline.builder()
                .detector(SingleShotFaceDetector.bundled())
                .classifier(OpenCvEmotionClassifier.bundled())
                .closeAtShutdown(false);
    }

    /** Turns a picture by quarters of a circle. */
    private static void turn(Frame from, int quarters, FrameBuffer to) {
        int width = quarters % 2 == 0 ? from.width() : from.height();
        int height = quarters % 2 == 0 ? from.height() : from.width();
        var pixels = to.reshape(width, height, from.format());
        int bytes = from.format().bytesPerPixel();
        for (int y = 0; y < from.height(); y++) {
            for (int x = 0; x < from.width(); x++) {
                int atX = new int[] {x, from.height() - 1 - y, from.width() - 1 - x, y}[quarters];
                int atY = new int[] {y, x, from.height() - 1 - y, from.width() - 1 - x}[quarters];
                for (int i = 0; i < bytes; i++) {
                    pixels.put((atY * width + atX) * bytes + i, from.pixels().get(y * from.stride() + x * bytes + i));
                }
            }
        }
    }

    /** So many frames of one portrait. */
    private static final class Still implements FrameSource {
        private final String name;
        private final int quarters;
        private final int frames;
        private int next;

        Still(String name, int quarters, int frames) {
            this.name = name;
            this.quarters = quarters;
            this.frames = frames;
        }

        @Override
        public boolean read(FrameBuffer target) throws IOException {
            if (next == frames) {
                return false;
            }
            try (Frame upright = Portraits.frame(name)) {
                turn(upright, quarters, target);
            }
            target.stamp(next++ * 40_000_000L);
            return true;
        }
    }
}
