package org.emotion4j.opencv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceQuality.Issue;
import org.emotion4j.face.Landmarks;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.reading.EmotionReading;
import org.junit.jupiter.api.Test;

/** The demo's portraits with half of the face painted over. */
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
    void mostMasksAndBarsOverTheEyesAreNoticed() throws IOException {
        int masks = 0;
        int bars = 0;
        int wrongHalf = 0;
        try (EmotionPipeline pipeline = pipeline()) {
            for (String name : Portraits.NAMES) {
                Set<Issue> masked = issues(pipeline, name, true);
                Set<Issue> barred = issues(pipeline, name, false);
                masks += masked.contains(Issue.LOWER_HALF_COVERED) ? 1 : 0;
                bars += barred.contains(Issue.UPPER_HALF_COVERED) ? 1 : 0;
                wrongHalf += masked.contains(Issue.UPPER_HALF_COVERED) ? 1 : 0;
                wrongHalf += barred.contains(Issue.LOWER_HALF_COVERED) ? 1 : 0;
            }
        }
        assertThat(masks).as("masks").isGreaterThan(Portraits.NAMES.size() / 2);
        assertThat(bars).as("bars over the eyes").isGreaterThan(Portraits.NAMES.size() / 2);
        assertThat(wrongHalf).as("the other half").isLessThanOrEqualTo(Portraits.NAMES.size() / 4);
    }

    /** The issues of the largest face, which was found before half of it was painted over. */
    private static Set<Issue> issues(EmotionPipeline pipeline, String name, boolean lower) throws IOException {
        try (Frame plain = Portraits.frame(name);
                FrameBuffer buffer = FrameBuffer.standalone()) {
            DetectedFace face = pipeline.analyze(plain).readings().get(0).face();
            buffer.reshape(plain.width(), plain.height(), plain.format());
            ImageTransform.convert(plain, buffer);
            paint(buffer, face, lower);
            buffer.stamp(0);
            try (Frame painted = buffer.toFrame();
                    EmotionPipeline given = EmotionPipeline.builder()
                            .detector(frame -> List.of(face))
                            .classifier(DnnEmotionClassifier.bundled())
                            .build()) {
                return issues(given.analyze(painted).readings().get(0));
            }
        }
    }

    private static void paint(FrameBuffer buffer, DetectedFace face, boolean lower) {
        Landmarks points = face.landmarks().orElseThrow().toFivePoints();
        double eyes = (points.y(0) + points.y(1)) / 2;
        double side = face.box().width();
        double top = lower ? eyes + 0.25 * side : eyes - 0.2 * side;
        double bottom = lower ? face.box().bottom() + 0.1 * side : eyes + 0.17 * side;
        int left = (int) Math.max(0, face.box().x());
        int right = (int) Math.min(buffer.width(), face.box().right());
        int step = buffer.format().bytesPerPixel();
        ByteBuffer pixels = buffer.pixels();
        for (int y = (int) Math.max(0, top); y < Math.min(buffer.height(), bottom); y++) {
            for (int i = left * step; i < right * step; i++) {
                pixels.put(y * buffer.stride() + i, (byte) (lower ? 200 : 25));
            }
        }
    }

    private static EmotionPipeline pipeline() {
        return EmotionPipeline.builder()
                .detector(SingleShotFaceDetector.bundled())
                .classifier(DnnEmotionClassifier.bundled())
                .build();
    }

    private static Set<Issue> issues(EmotionReading reading) {
        return reading.quality().orElseThrow().issues();
    }
}
