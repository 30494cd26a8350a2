package org.emotion4j.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.emotion4j.face.FaceQuality.Issue;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.frame.PixelFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaceQualityEstimatorTest {
    private static final int SIDE = 192;

    private final FaceQualityEstimator estimator = new FaceQualityEstimator();

    @Test
    void aLargeSharpWellLitFaceIsGood() {
        FaceQuality quality = assess(face(), 150, Optional.empty(), CropSpec.fer2013());
        assertThat(quality.issues()).isEmpty();
        assertThat(quality.isTrustworthy()).isTrue();
        assertThat(quality.overall()).isGreaterThan(0.9);
        assertThat(quality.headPose()).isEmpty();
        assertThat(quality.brightness()).isBetween(0.3, 0.7);
    }

    @Test
    void faceSizeIsTheSideOfTheTightCropInTheFrame() {
        // A cascade's box is the tight crop: the eyes lie almost alike in both.
        assertThat(assess(face(), 100, Optional.empty(), CropSpec.fer2013()).faceSize())
                .isEqualTo(100, within(1.0));
        CropSpec wide = CropSpec.of(96, 96, PixelFormat.RGB24).withMargin(0.25);
        assertThat(assess(face(), 100, Optional.empty(), wide).faceSize()).isEqualTo(100, within(1.0));
    }

    @Test
    void aFaceOfFewPixelsIsTooSmall() {
        FaceQuality quality = assess(face(), 14, Optional.empty(), CropSpec.fer2013());
        assertThat(quality.issues()).contains(Issue.TOO_SMALL);
        assertThat(quality.overall()).isLessThan(0.75);
    }

    @Test
    void aFaceOutOfFocusIsBlurred() {
        FaceQuality sharp = assess(face(), 150, Optional.empty(), CropSpec.fer2013());
        FaceQuality blurred = assess(outOfFocus(face()), 150, Optional.empty(), CropSpec.fer2013());
        assertThat(blurred.issues()).containsExactly(Issue.BLURRED);
        assertThat(blurred.sharpness()).isLessThan(sharp.sharpness() / 2);
        assertThat(blurred.overall()).isLessThan(sharp.overall());
    }

    @Test
    void lightIsJudgedByBrightnessAndContrast() {
        assertThat(lit(value -> value / 30).issues()).contains(Issue.TOO_DARK);
        assertThat(lit(value -> value / 4).issues()).contains(Issue.TOO_DARK);
        assertThat(lit(value -> value * 3 / 4).issues()).isEmpty();
        assertThat(lit(value -> Math.min(255, 235 + value / 12)).issues()).contains(Issue.TOO_BRIGHT);
        assertThat(lit(value -> 126 + value / 64).issues()).contains(Issue.LOW_CONTRAST);
        assertThat(lit(IntUnaryOperator.identity()).issues()).isEmpty();
    }

    @Test
    void aHeadInProfileIsTurnedAway() {
        Landmarks profile = Landmarks.of(Landmarks.Scheme.FIVE_POINTS, 60, 60, 75, 60, 95, 85, 62, 110, 72, 110);
        FaceQuality quality = assess(face(), 150, Optional.of(profile), CropSpec.fer2013());
        assertThat(quality.headPose())
                .hasValueSatisfying(pose -> assertThat(pose.yaw()).isGreaterThan(40));
        assertThat(quality.issues()).contains(Issue.TURNED_AWAY);
    }

    /** The limits are measured on crops of 48x48; a network with a larger crop must not find faces more blurred. */
    @Test
    void theDefaultNetworksCropIsJudgedLikeFer2013s() {
        CropSpec larger = CropSpec.of(56, 56, PixelFormat.GRAY8);
        for (byte[] pixels : new byte[][] {face(), outOfFocus(face())}) {
            FaceQuality usual = assess(pixels, 150, Optional.empty(), CropSpec.fer2013());
            FaceQuality other = assess(pixels, 150, Optional.empty(), larger);
            assertThat(other.sharpness()).isCloseTo(usual.sharpness(), withinPercentage(15));
            assertThat(other.contrast()).isCloseTo(usual.contrast(), withinPercentage(10));
            assertThat(other.overall()).isEqualTo(usual.overall(), within(0.06));
            assertThat(other.issues()).isEqualTo(usual.issues());
        }
    }

    @ParameterizedTest
    @CsvSource({"0,false", "-30,false", "50,false", "70,true", "-90,true", "180,true", "-130,true"})
    void aHeadThatIsRolledByMoreThanSixtyDegreesIsNotUpright(double degrees, boolean expected) {
        double[] points = {-20, -14, 20, -14, 0, 9, -16, 27, 16, 27};
        double cosine = Math.cos(Math.toRadians(degrees));
        double sine = Math.sin(Math.toRadians(degrees));
        double[] rolled = new double[points.length];
        for (int i = 0; i < points.length; i += 2) {
            rolled[i] = SIDE / 2.0 + cosine * points[i] - sine * points[i + 1];
            rolled[i + 1] = SIDE / 2.0 + sine * points[i] + cosine * points[i + 1];
        }
        FaceQuality quality = assess(
                face(), 100, Optional.of(Landmarks.of(Landmarks.Scheme.FIVE_POINTS, rolled)), CropSpec.fer2013());
        assertThat(quality.issues().contains(Issue.NOT_UPRIGHT)).isEqualTo(expected);
        assertThat(quality.isTrustworthy()).isNotEqualTo(expected);
    }

    @Test
    void whatTheDetectorIsNotSureOfIsNoGoodPictureOfAFace() {
        FaceQuality sure = assess(0.7);
        FaceQuality unsure = assess(0.43);
        assertThat(sure.issues()).isEmpty();
        assertThat(unsure.issues()).containsExactly(Issue.LOW_DETECTION_CONFIDENCE);
        assertThat(unsure.overall()).isCloseTo(0.48 * sure.overall(), within(0.02));
        assertThat(assess(0.6).issues()).isEmpty();
        assertThat(assess(0.599).isTrustworthy()).isFalse();
    }

    private FaceQuality assess(double confidence) {
        FaceCrop crop = FaceCrop.allocate(CropSpec.fer2013());
        DetectedFace face = new DetectedFace(new BoundingBox(21, 21, 150, 150), confidence);
        try (Frame frame = Frame.of(SIDE, SIDE, PixelFormat.GRAY8, face())) {
            new EyeFaceAligner(CropSpec.TIGHT_EYES).align(frame, face, crop);
            return estimator.assess(crop, face);
        }
    }

    @Property(tries = 60)
    void theOtherPixelFormatsAndSizesAreJudgedAlike(
            @ForAll @IntRange(min = 40, max = 128) int side, @ForAll PixelFormat format) {
        FaceQuality usual = assess(face(), 150, Optional.empty(), CropSpec.fer2013());
        FaceQuality other = assess(face(), 150, Optional.empty(), CropSpec.of(side, side, format));
        assertThat(other.brightness()).isEqualTo(usual.brightness(), within(0.03));
        assertThat(other.faceSize()).isEqualTo(usual.faceSize(), within(1e-6));
        assertThat(other.issues()).isEqualTo(usual.issues());
    }

    @Test
    void anEvenPictureIsJudgedToo() {
        FaceQuality quality = assess(new byte[SIDE * SIDE], 150, Optional.empty(), CropSpec.fer2013());
        assertThat(quality.sharpness()).isZero();
        assertThat(quality.issues()).contains(Issue.TOO_DARK, Issue.LOW_CONTRAST, Issue.BLURRED);
    }

    @Test
    void refusesAShareThatIsNone() {
        assertThatThrownBy(() -> new FaceQuality(1.1, 1, 1, 1, 1, Optional.empty(), Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("overall is 1.1, expected 0 to 1");
    }

    private FaceQuality lit(IntUnaryOperator light) {
        byte[] pixels = face();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) light.applyAsInt(pixels[i] & 0xff);
        }
        return assess(pixels, 150, Optional.empty(), CropSpec.fer2013());
    }

    private FaceQuality assess(byte[] pixels, double box, Optional<Landmarks> landmarks, CropSpec spec) {
        DetectedFace face =
                new DetectedFace(new BoundingBox((SIDE - box) / 2, (SIDE - box) / 2, box, box), 1, landmarks);
        FaceCrop crop = FaceCrop.allocate(spec);
        try (Frame frame = Frame.of(SIDE, SIDE, PixelFormat.GRAY8, pixels)) {
            new EyeFaceAligner(CropSpec.TIGHT_EYES).align(frame, face, crop);
            return estimator.assess(crop, face);
        }
    }

    /** Three times the mean of 13x13 pixels: nearly a Gaussian of 6.5 pixels, 2.1 of the crop. */
    private static byte[] outOfFocus(byte[] sharp) {
        byte[] from = sharp;
        for (int pass = 0; pass < 6; pass++) {
            int step = pass % 2 == 0 ? 1 : SIDE;
            byte[] to = new byte[from.length];
            for (int i = 0; i < from.length; i++) {
                int place = pass % 2 == 0 ? i % SIDE : i / SIDE;
                int sum = 0;
                for (int d = -6; d <= 6; d++) {
                    int there = Math.max(0, Math.min(SIDE - 1, place + d));
                    sum += from[i + (there - place) * step] & 0xff;
                }
                to[i] = (byte) (sum / 13);
            }
            from = to;
        }
        return from;
    }

    /** Coarse, middling and fine gray cells over one another, as strong as they are large: like a face's. */
    private static byte[] face() {
        byte[] coarse = cells(6);
        byte[] middling = cells(24);
        byte[] fine = cells(96);
        byte[] face = new byte[SIDE * SIDE];
        for (int i = 0; i < face.length; i++) {
            face[i] = (byte) ((5 * (coarse[i] & 0xff) + 2 * (middling[i] & 0xff) + (fine[i] & 0xff)) / 8);
        }
        return face;
    }

    /** Random gray cells, so many of them across the picture, with soft borders. */
    private static byte[] cells(int cells) {
        byte[] coarse = new byte[cells * cells];
        Random random = new Random(4);
        for (int i = 0; i < coarse.length; i++) {
            coarse[i] = (byte) (20 + random.nextInt(216));
        }
        FaceCrop target = FaceCrop.allocate(CropSpec.of(SIDE, SIDE, PixelFormat.GRAY8));
        try (Frame source = Frame.of(cells, cells, PixelFormat.GRAY8, coarse)) {
            ImageTransform.resize(source, target);
        }
        byte[] pixels = new byte[SIDE * SIDE];
        target.pixels().get(0, pixels);
        return pixels;
    }
}
