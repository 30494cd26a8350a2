package org.emotion4j.opencv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceQuality.Issue;
import org.emotion4j.face.Landmarks;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.reading.EmotionReading;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The demo's portraits with half of the face painted over. */
@Tag("native")
@Tag("slow")
class CoveredPortraitsTest {
    @Test
    void aPlainFaceIsNotCalledCovered() throws IOException {
        try (EmotionPipeline pipeline = pipeline()) {
            for (String name : Portraits.NAMES) {
                try (Frame frame = Portraits.frame(name)) {
                    assertThat(pipeline.analyze(frame).readings()).allSatisfy(reading -> assertThat(issues(reading))
                            .as(name)
                            .doesNotContain(Issue.LOWER_HALF_COVERED, Issue.UPPER_HALF_COVERED));
                }
            }
        }
    }

    @Test
    void mostMasksAndDarkGlassesAreNoticed() throws IOException {
        int masks = 0;
        int glasses = 0;
        int wrongHalf = 0;
        try (EmotionPipeline pipeline = pipeline()) {
            for (String name : Portraits.NAMES) {
                Set<Issue> masked = issues(pipeline, name, CoveredPortraitsTest::paintMask);
                Set<Issue> behindGlasses = issues(pipeline, name, CoveredPortraitsTest::paintDarkGlasses);
                masks += masked.contains(Issue.LOWER_HALF_COVERED) ? 1 : 0;
                glasses += behindGlasses.contains(Issue.UPPER_HALF_COVERED) ? 1 : 0;
                wrongHalf += masked.contains(Issue.UPPER_HALF_COVERED) ? 1 : 0;
                wrongHalf += behindGlasses.contains(Issue.LOWER_HALF_COVERED) ? 1 : 0;
            }
        }
        assertThat(masks).as("masks").isGreaterThan(Portraits.NAMES.size() / 2);
        assertThat(glasses).as("dark glasses").isGreaterThan(Portraits.NAMES.size() / 2);
        assertThat(wrongHalf).as("the other half").isLessThanOrEqualTo(1);
    }

    private interface Cover {
        void paint(FrameBuffer buffer, DetectedFace face, Landmarks points);
    }

    @Test
    void mostBarsAndBlocksOverTheEyesAreNoticed() throws IOException {
        int bars = 0;
        int blocks = 0;
        try (EmotionPipeline pipeline = pipeline()) {
            for (String name : Portraits.NAMES) {
                bars += issues(pipeline, name, CoveredPortraitsTest::paintBar).contains(Issue.UPPER_HALF_COVERED)
                        ? 1
                        : 0;
                blocks +=
                        issues(pipeline, name, CoveredPortraitsTest::paintBlock).contains(Issue.UPPER_HALF_COVERED)
                                ? 1
                                : 0;
            }
        }
        assertThat(bars).as("bars").isGreaterThan(Portraits.NAMES.size() / 2);
        assertThat(blocks).as("blocks").isGreaterThan(Portraits.NAMES.size() / 2);
    }

    /** As somebody draws it who does not want a person to be known. */
    private static void paintBar(FrameBuffer buffer, DetectedFace face, Landmarks points) {
        double apart = Math.hypot(points.x(1) - points.x(0), points.y(1) - points.y(0));
        double middle = (points.y(0) + points.y(1)) / 2;
        paint(
                buffer,
                0,
                (x, y) -> Math.abs(y - middle) <= 0.3 * apart
                        && x >= face.box().x()
                        && x <= face.box().right());
    }

    /** From the hair to below the eyes. */
    private static void paintBlock(FrameBuffer buffer, DetectedFace face, Landmarks points) {
        double apart = Math.hypot(points.x(1) - points.x(0), points.y(1) - points.y(0));
        double bottom = (points.y(0) + points.y(1)) / 2 + 0.35 * apart;
        paint(
                buffer,
                140,
                (x, y) -> y >= face.box().y() - 0.2 * apart
                        && y <= bottom
                        && x >= face.box().x()
                        && x <= face.box().right());
    }

    /** The issues of the largest face, which was found before half of it was painted over. */
    private static Set<Issue> issues(EmotionPipeline pipeline, String name, Cover cover) throws IOException {
        try (Frame plain = Portraits.frame(name);
                FrameBuffer buffer = FrameBuffer.standalone()) {
            DetectedFace face = pipeline.analyze(plain).readings().get(0).face();
            buffer.reshape(plain.width(), plain.height(), plain.format());
            ImageTransform.convert(plain, buffer);
            Landmarks points = face.landmarks().orElseThrow().toFivePoints();
            cover.paint(buffer, face, points);
            buffer.stamp(0);
            try (Frame painted = buffer.toFrame();
                    EmotionPipeline given = EmotionPipeline.builder()
                            .detector(frame -> List.of(face))
                            .classifier(OpenCvEmotionClassifier.bundled())
                            .build()) {
                return issues(given.analyze(painted).readings().get(0));
            }
        }
    }

    private static void paintMask(FrameBuffer buffer, DetectedFace face, Landmarks points) {
        double side = face.box().width();
        double top = (points.y(0) + points.y(1)) / 2 + 0.25 * side;
        paint(
                buffer,
                200,
                (x, y) -> y >= top
                        && y <= face.box().bottom() + 0.1 * side
                        && x >= face.box().x()
                        && x <= face.box().right());
    }

    private static void paintDarkGlasses(FrameBuffer buffer, DetectedFace face, Landmarks points) {
        double apart = Math.hypot(points.x(1) - points.x(0), points.y(1) - points.y(0));
        paint(
                buffer,
                25,
                (x, y) -> isGlass(x - points.x(0), y - points.y(0), apart)
                        || isGlass(x - points.x(1), y - points.y(1), apart));
    }

    private static boolean isGlass(double x, double y, double apart) {
        return Math.hypot(x / (0.46 * apart), y / (0.36 * apart)) <= 1;
    }

    private static void paint(FrameBuffer buffer, int gray, BiPredicate<Integer, Integer> where) {
        int step = buffer.format().bytesPerPixel();
        ByteBuffer pixels = buffer.pixels();
        for (int y = 0; y < buffer.height(); y++) {
            for (int x = 0; x < buffer.width(); x++) {
                for (int i = 0; i < step && where.test(x, y); i++) {
                    pixels.put(y * buffer.stride() + x * step + i, (byte) gray);
                }
            }
        }
    }

    private static EmotionPipeline pipeline() {
        return EmotionPipeline.builder()
                .detector(SingleShotFaceDetector.bundled())
                .classifier(OpenCvEmotionClassifier.bundled())
                .build();
    }

    private static Set<Issue> issues(EmotionReading reading) {
        return reading.quality().orElseThrow().issues();
    }
}
