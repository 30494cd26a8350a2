package org.emotion4j.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.emotion4j.frame.AffineTransform;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.PixelFormat;
import org.junit.jupiter.api.Test;

class FivePointFaceAlignerTest {
    private static final FivePointFaceAligner ALIGNER = new FivePointFaceAligner(FaceAligner.EYES_IN_SQUARE_BOX);

    /** The median five points of FER2013, in pixels of its pictures. */
    private static final double[] FER2013 = {15.07, 17.95, 32.93, 17.95, 24, 28.46, 16.94, 36.38, 31.06, 36.38};

    @Test
    void aFaceThatLiesAsFer2013sStaysAsItIs() {
        AffineTransform map = mapOf(FER2013, new BoundingBox(0, 0, 48, 48), CropSpec.fer2013());
        assertThat(map.m00()).isEqualTo(1, within(0.005));
        assertThat(map.m10()).isEqualTo(0, within(1e-9));
        assertThat(map.m02()).isEqualTo(0, within(0.2));
        assertThat(map.m12()).isEqualTo(0, within(0.2));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aFaceIsTurnedUprightWhateverItsSizeAndPlace(
            @ForAll @DoubleRange(min = 0.5, max = 8) double scale,
            @ForAll @DoubleRange(min = -1.2, max = 1.2) double angle,
            @ForAll @DoubleRange(min = -50, max = 250) double x,
            @ForAll @DoubleRange(min = -50, max = 250) double y) {
        double a = scale * Math.cos(angle);
        double b = scale * Math.sin(angle);
        double[] points = new double[10];
        for (int i = 0; i < 10; i += 2) {
            points[i] = a * FER2013[i] - b * FER2013[i + 1] + x;
            points[i + 1] = b * FER2013[i] + a * FER2013[i + 1] + y;
        }
        AffineTransform straight = mapOf(FER2013, new BoundingBox(0, 0, 48, 48), CropSpec.fer2013());
        AffineTransform map = mapOf(points, new BoundingBox(x, y, 48 * scale, 48 * scale), CropSpec.fer2013());
        for (int i = 0; i < 10; i += 2) {
            assertThat(map.applyX(points[i], points[i + 1]))
                    .isEqualTo(straight.applyX(FER2013[i], FER2013[i + 1]), within(1e-6));
            assertThat(map.applyY(points[i], points[i + 1]))
                    .isEqualTo(straight.applyY(FER2013[i], FER2013[i + 1]), within(1e-6));
        }
    }

    @Test
    void the68PointsCountAsTheFiveAmongThem() {
        double[] points = new double[136];
        Arrays.fill(points, 777);
        put(points, 36, 42, FER2013[0], FER2013[1]);
        put(points, 42, 48, FER2013[2], FER2013[3]);
        put(points, 30, 31, FER2013[4], FER2013[5]);
        put(points, 48, 49, FER2013[6], FER2013[7]);
        put(points, 54, 55, FER2013[8], FER2013[9]);
        BoundingBox box = new BoundingBox(0, 0, 48, 48);
        AffineTransform by68 = mapOf(Landmarks.of(Landmarks.Scheme.IBUG_68, points), box, CropSpec.fer2013());
        AffineTransform byFive = mapOf(FER2013, box, CropSpec.fer2013());
        assertThat(by68.m00()).isEqualTo(byFive.m00(), within(1e-9));
        assertThat(by68.m02()).isEqualTo(byFive.m02(), within(1e-9));
        assertThat(by68.m12()).isEqualTo(byFive.m12(), within(1e-9));
    }

    @Test
    void withoutLandmarksItCutsAsByTheEyesOfTheBox() {
        DetectedFace face = new DetectedFace(new BoundingBox(20, 30, 100, 90), 1);
        assertThat(mapOf(face, ALIGNER))
                .usingRecursiveComparison()
                .withEqualsForType((a, b) -> Math.abs(a - b) < 1e-9, Double.class)
                .isEqualTo(mapOf(face, new EyeFaceAligner(FaceAligner.EYES_IN_SQUARE_BOX)));
    }

    @Test
    void aProfileIsCutByItsBox() {
        BoundingBox box = new BoundingBox(20, 30, 100, 100);
        Landmarks profile = Landmarks.of(Landmarks.Scheme.FIVE_POINTS, 100, 70, 108, 70, 120, 90, 102, 110, 106, 110);
        Landmarks oneEye = Landmarks.of(Landmarks.Scheme.FIVE_POINTS, 100, 70, 100, 70, 120, 90, 102, 110, 106, 110);
        AffineTransform byBox = mapOf(new DetectedFace(box, 1), ALIGNER);
        assertThat(mapOf(profile, box, CropSpec.fer2013())).isEqualTo(byBox);
        assertThat(mapOf(oneEye, box, CropSpec.fer2013())).isEqualTo(byBox);
    }

    /** One point that is far off shifts the crop a little; by the eyes alone it would decide. */
    @Test
    void oneWrongEyeDoesNotDecide() {
        double[] wrong = FER2013.clone();
        wrong[0] -= 8;
        BoundingBox box = new BoundingBox(0, 0, 48, 48);
        assertThat(mapOf(wrong, box, CropSpec.fer2013()).m00()).isBetween(0.75, 1.0);
        assertThat(new EyePositions(wrong[0], wrong[1], wrong[2], wrong[3]).distance() / 17.86)
                .isGreaterThan(1.4);
    }

    private static AffineTransform mapOf(double[] five, BoundingBox box, CropSpec spec) {
        return mapOf(Landmarks.of(Landmarks.Scheme.FIVE_POINTS, five), box, spec);
    }

    private static AffineTransform mapOf(Landmarks landmarks, BoundingBox box, CropSpec spec) {
        FaceCrop crop = FaceCrop.allocate(spec);
        try (Frame frame = Frame.of(160, 160, PixelFormat.GRAY8, new byte[160 * 160])) {
            ALIGNER.align(frame, new DetectedFace(box, 1, Optional.of(landmarks)), crop);
        }
        return crop.fromFrame();
    }

    private static AffineTransform mapOf(DetectedFace face, FaceAligner aligner) {
        FaceCrop crop = FaceCrop.allocate(CropSpec.fer2013());
        try (Frame frame = Frame.of(160, 160, PixelFormat.GRAY8, new byte[160 * 160])) {
            aligner.align(frame, face, crop);
        }
        return crop.fromFrame();
    }

    private static void put(double[] points, int from, int to, double x, double y) {
        for (int i = from; i < to; i++) {
            points[2 * i] = x;
            points[2 * i + 1] = y;
        }
    }
}
