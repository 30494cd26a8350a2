package org.emotion4j.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.emotion4j.frame.AffineTransform;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.PixelFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EyeFaceAlignerTest {
    private static final EyeFaceAligner ALIGNER = new EyeFaceAligner(EyePositions.level(0.30, 0.38));

    @Property(edgeCases = EdgeCasesMode.NONE)
    void eyesLandWhereTheSpecSays(
            @ForAll @DoubleRange(min = 20, max = 80) double x,
            @ForAll @DoubleRange(min = 20, max = 80) double y,
            @ForAll @DoubleRange(min = 5, max = 60) double distance,
            @ForAll @DoubleRange(min = -1, max = 1) double angle,
            @ForAll @DoubleRange(min = 0, max = 2) double margin) {
        double x2 = x + distance * Math.cos(angle);
        double y2 = y + distance * Math.sin(angle);
        CropSpec spec = CropSpec.of(64, 48, PixelFormat.GRAY8).withMargin(margin);
        FaceCrop crop = FaceCrop.allocate(spec);
        try (Frame frame = blackFrame(100, 100)) {
            ALIGNER.align(frame, faceWithEyes(x, y, x2, y2), crop);
        }
        AffineTransform map = crop.fromFrame();
        EyePositions wanted = spec.eyesInPixels();
        assertThat(map.applyX(x, y)).isEqualTo(wanted.leftX(), within(1e-6));
        assertThat(map.applyY(x, y)).isEqualTo(wanted.leftY(), within(1e-6));
        assertThat(map.applyX(x2, y2)).isEqualTo(wanted.rightX(), within(1e-6));
        assertThat(map.applyY(x2, y2)).isEqualTo(wanted.rightY(), within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(ints = {90, 180, 270})
    void aFaceInProfileThatIsNotUprightIsCutOutByItsBoxTurnedAsItsLandmarksAre(int degrees) {
        double cosine = Math.cos(Math.toRadians(degrees));
        double sine = Math.sin(Math.toRadians(degrees));
        double[] profile = {2, -10, 4, -10, 8, 0, 2, 12, 4, 12};
        double[] points = new double[profile.length];
        for (int i = 0; i < points.length; i += 2) {
            points[i] = 50 + cosine * profile[i] - sine * profile[i + 1];
            points[i + 1] = 60 + sine * profile[i] + cosine * profile[i + 1];
        }
        boolean onItsSide = degrees != 180;
        BoundingBox box = onItsSide ? new BoundingBox(25, 40, 50, 40) : new BoundingBox(30, 35, 40, 50);
        DetectedFace face = new DetectedFace(box, 1, Optional.of(Landmarks.of(Landmarks.Scheme.FIVE_POINTS, points)));
        EyePositions eyes = EyePositions.level(0.25, 0.4).within(face);
        assertThat(eyes.leftX()).isCloseTo(50 + cosine * -10 - sine * -5, within(1e-9));
        assertThat(eyes.leftY()).isCloseTo(60 + sine * -10 + cosine * -5, within(1e-9));
        assertThat(eyes.rightX()).isCloseTo(50 + cosine * 10 - sine * -5, within(1e-9));
        assertThat(eyes.rightY()).isCloseTo(60 + sine * 10 + cosine * -5, within(1e-9));
    }

    @Test
    void whatLiesAtAnEyeComesToLieAtTheEyeOfTheCrop() {
        byte[] pixels = new byte[200 * 200];
        paint(pixels, 200, 60, 80);
        paint(pixels, 200, 100, 100);
        CropSpec spec = CropSpec.of(48, 48, PixelFormat.GRAY8);
        FaceCrop crop = FaceCrop.allocate(spec);
        try (Frame frame = Frame.of(200, 200, PixelFormat.GRAY8, pixels)) {
            ALIGNER.align(frame, faceWithEyes(60, 80, 100, 100), crop);
        }
        EyePositions eyes = spec.eyesInPixels();
        assertThat(value(crop, eyes.leftX(), eyes.leftY())).isGreaterThan(200);
        assertThat(value(crop, eyes.rightX(), eyes.rightY())).isGreaterThan(200);
        assertThat(value(crop, (eyes.leftX() + eyes.rightX()) / 2, eyes.leftY()))
                .as("between the eyes")
                .isLessThan(50);
    }

    @Test
    void withoutLandmarksTheEyesAreEstimatedFromTheBox() {
        FaceCrop crop = FaceCrop.allocate(CropSpec.fer2013());
        try (Frame frame = blackFrame(200, 200)) {
            ALIGNER.align(frame, new DetectedFace(new BoundingBox(50, 50, 100, 100), 1), crop);
        }
        EyePositions eyes = CropSpec.fer2013().eyesInPixels();
        assertThat(crop.fromFrame().applyX(80, 88)).isEqualTo(eyes.leftX(), within(1e-9));
        assertThat(crop.fromFrame().applyY(80, 88)).isEqualTo(eyes.leftY(), within(1e-9));
        assertThat(crop.fromFrame().m01()).as("not turned").isZero();
    }

    @Test
    void theEyesOfABoxAreThoseOfItsDetector() {
        FaceDetector detector = new FaceDetector() {
            @Override
            public List<DetectedFace> detect(Frame frame) {
                return List.of();
            }

            @Override
            public EyePositions eyesInBox() {
                return EyePositions.level(0.2, 0.5);
            }
        };
        assertThat(EyeFaceAligner.forFacesOf(detector).eyesInBox()).isEqualTo(EyePositions.level(0.2, 0.5));
    }

    @Test
    void aFaceOverTheBorderIsFilledFromIt() {
        FaceCrop crop = FaceCrop.allocate(CropSpec.fer2013());
        byte[] pixels = new byte[30 * 30];
        Arrays.fill(pixels, (byte) 77);
        try (Frame frame = Frame.of(30, 30, PixelFormat.GRAY8, pixels)) {
            ALIGNER.align(frame, new DetectedFace(new BoundingBox(-40, -40, 60, 60), 1), crop);
        }
        for (int i = 0; i < crop.pixels().capacity(); i++) {
            assertThat(crop.pixels().get(i)).isEqualTo((byte) 77);
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aProfileIsCutByItsBox(@ForAll @DoubleRange(min = 0, max = 0.19) double distance) {
        BoundingBox box = new BoundingBox(50, 50, 100, 100);
        Landmarks landmarks = Landmarks.of(
                Landmarks.Scheme.FIVE_POINTS, 120, 90, 120 + 100 * distance, 92, 140, 110, 125, 130, 130, 130);
        FaceCrop byBox = FaceCrop.allocate(CropSpec.fer2013());
        FaceCrop profile = FaceCrop.allocate(CropSpec.fer2013());
        try (Frame frame = blackFrame(200, 200)) {
            ALIGNER.align(frame, new DetectedFace(box, 1), byBox);
            ALIGNER.align(frame, new DetectedFace(box, 1, Optional.of(landmarks)), profile);
        }
        assertThat(profile.fromFrame()).isEqualTo(byBox.fromFrame());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aHeadThatTurnsIsNotCutInJumps(@ForAll @DoubleRange(min = 0.05, max = 0.6) double distance) {
        assertThat(scaleWithEyesApart(distance + 0.001)).isEqualTo(scaleWithEyesApart(distance), within(0.02));
    }

    private static double scaleWithEyesApart(double distance) {
        BoundingBox box = new BoundingBox(50, 50, 100, 100);
        double half = 50 * distance;
        Landmarks landmarks =
                Landmarks.of(Landmarks.Scheme.FIVE_POINTS, 100 - half, 88, 100 + half, 88, 100, 110, 90, 130, 110, 130);
        FaceCrop crop = FaceCrop.allocate(CropSpec.fer2013());
        try (Frame frame = blackFrame(200, 200)) {
            ALIGNER.align(frame, new DetectedFace(box, 1, Optional.of(landmarks)), crop);
        }
        return crop.fromFrame().m00();
    }

    @Test
    void aMarginShowsMoreOfThePicture() {
        DetectedFace face = new DetectedFace(new BoundingBox(50, 50, 100, 100), 1);
        FaceCrop tight = FaceCrop.allocate(CropSpec.fer2013());
        FaceCrop wide = FaceCrop.allocate(CropSpec.fer2013().withMargin(0.5));
        try (Frame frame = blackFrame(200, 200)) {
            ALIGNER.align(frame, face, tight);
            ALIGNER.align(frame, face, wide);
        }
        assertThat(wide.fromFrame().m00()).isEqualTo(tight.fromFrame().m00() / 2, within(1e-9));
    }

    private static DetectedFace faceWithEyes(double x1, double y1, double x2, double y2) {
        Landmarks landmarks = Landmarks.of(Landmarks.Scheme.FIVE_POINTS, x1, y1, x2, y2, 0, 0, 0, 0, 0, 0);
        return new DetectedFace(new BoundingBox(0, 0, 10, 10), 1, Optional.of(landmarks));
    }

    private static Frame blackFrame(int width, int height) {
        return Frame.of(width, height, PixelFormat.GRAY8, new byte[width * height]);
    }

    /** A bright spot of 9x9 about a point between four pixels. */
    private static void paint(byte[] pixels, int width, int x, int y) {
        for (int dy = -4; dy <= 4; dy++) {
            for (int dx = -4; dx <= 4; dx++) {
                pixels[(y + dy) * width + x + dx] = (byte) 255;
            }
        }
    }

    private static int value(FaceCrop crop, double x, double y) {
        return crop.pixels().get((int) y * crop.stride() + (int) x) & 0xff;
    }
}
