package org.emotion4j.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.PixelFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A detector that finds a "face" (light from above) whichever way up, the surer the more upright it is. */
class UprightFacesTest {
    private static final int SIDE = 200;
    private static final BoundingBox BOX = new BoundingBox(60, 50, 80, 100);
    private static final long A_SECOND = 1_000_000_000L;

    private final LightFromAbove detector = new LightFromAbove();
    private final UprightFaces upright = new UprightFaces(detector);

    @ParameterizedTest
    @ValueSource(ints = {45, 60, 90, 120, 135, 180, 225, 270, 300, 315})
    void aTurnedFaceGetsLandmarksThatAreTurnedAsItIs(int degrees) {
        DetectedFace found = face(0.5);
        try (Frame frame = turned(degrees, 0)) {
            DetectedFace turned = upright.of(frame, List.of(found)).get(0);
            double roll =
                    HeadPose.of(turned.landmarks().orElseThrow()).orElseThrow().roll();
            assertThat(Math.abs(Math.IEEEremainder(roll - degrees, 360))).isLessThan(13);
            assertThat(turned.box().iou(found.box())).isGreaterThan(0.5);
            assertThat(turned.confidence()).isEqualTo(found.confidence());
            EyePositions eyes = turned.landmarks().get().eyes();
            assertThat((eyes.leftX() + eyes.rightX()) / 2).isCloseTo(BOX.centerX() + 10 * sine(degrees), within(4.0));
            assertThat((eyes.leftY() + eyes.rightY()) / 2).isCloseTo(BOX.centerY() - 10 * cosine(degrees), within(4.0));
        }
    }

    @Test
    void anUprightFaceInDoubtIsLookedAtOnceAndStaysWhatItIs() {
        DetectedFace found = face(0.5);
        try (Frame frame = turned(0, 0)) {
            assertThat(upright.of(frame, List.of(found)).get(0)).isSameAs(found);
        }
        assertThat(detector.closeUps).isEqualTo(1);
    }

    @Test
    void aFaceThatTheDetectorIsSureOfIsNotLookedAtAgain() {
        List<DetectedFace> found = List.of(face(0.84));
        try (Frame frame = turned(180, 0)) {
            assertThat(upright.of(frame, found)).isSameAs(found);
            assertThat(upright.next(frame, found)).isSameAs(found);
        }
        assertThat(detector.closeUps).isZero();
    }

    @Test
    void whereNoTurnIsClearlyBetterTheFaceStaysWhatItIs() {
        detector.least = 0.5;
        detector.steepness = 0.04;
        DetectedFace found = face(0.5);
        try (Frame frame = turned(180, 0)) {
            assertThat(upright.of(frame, List.of(found)).get(0)).isSameAs(found);
        }
    }

    @Test
    void theFacesOfADetectorWithoutCloseUpsStayWhatTheyAre() {
        DetectedFace found = face(0.5);
        FaceDetector plain = frame -> List.of(found);
        try (Frame frame = turned(180, 0)) {
            assertThat(new UprightFaces(plain).of(frame, List.of(found)).get(0)).isSameAs(found);
        }
    }

    @Test
    void inASessionAFaceInDoubtIsLookedAtEverySecond() {
        assertThat(closeUpsAt(0, 0)).isEqualTo(1);
        assertThat(closeUpsAt(0, A_SECOND - 1)).isZero();
        assertThat(closeUpsAt(0, A_SECOND)).isEqualTo(1);
        upright.reset();
        assertThat(closeUpsAt(0, A_SECOND + 1)).isEqualTo(1);
    }

    @Test
    void inASessionATurnedFaceHasOneCloseUpAFrameAndIsFoundUprightAgain() {
        assertThat(rollAt(180, 0)).isCloseTo(180, within(13.0));
        assertThat(closeUpsAt(180, 33_000_000)).isEqualTo(1);
        assertThat(rollAt(180, 66_000_000)).isCloseTo(180, within(13.0));
        assertThat(rollAt(0, A_SECOND)).isCloseTo(0, within(13.0));
    }

    @Test
    void aTurnedFaceThatOneCloseUpDoesNotShowIsTurnedAllTheSame() {
        assertThat(rollAt(180, 0)).isCloseTo(180, within(13.0));
        detector.blind = true;
        assertThat(rollAt(180, 33_000_000)).isCloseTo(180, within(13.0));
    }

    @Test
    void oneThreadAsksADetectorThatIsNotThreadSafeAndAnyNumberGivesTheSame() {
        List<DetectedFace> found = List.of(face(0.5));
        try (Frame frame = turned(90, 0)) {
            DetectedFace alone = upright.of(frame, found).get(0);
            assertThat(detector.threads).containsExactly(Thread.currentThread());
            detector.threadSafe = true;
            assertThat(upright.of(frame, found).get(0)).isEqualTo(alone);
        }
    }

    private int closeUpsAt(int degrees, long mediaNanos) {
        int before = detector.closeUps;
        rollAt(degrees, mediaNanos);
        return detector.closeUps - before;
    }

    /** Without the sign: upside down is as far to the left as to the right. */
    private double rollAt(int degrees, long mediaNanos) {
        try (Frame frame = turned(degrees, mediaNanos)) {
            DetectedFace face = upright.next(frame, List.of(face(0.5))).get(0);
            return Math.abs(
                    HeadPose.of(face.landmarks().orElseThrow()).orElseThrow().roll());
        }
    }

    private static DetectedFace face(double confidence) {
        return new DetectedFace(BOX, confidence, Optional.of(points(BOX.centerX(), BOX.centerY(), 1)));
    }

    /** Eyes ten pixels above the middle. */
    private static Landmarks points(double x, double y, double scale) {
        double[] points = {-16, -10, 16, -10, 0, 8, -12, 23, 12, 23};
        for (int i = 0; i < points.length; i += 2) {
            points[i] = x + scale * points[i];
            points[i + 1] = y + scale * points[i + 1];
        }
        return Landmarks.of(Landmarks.Scheme.FIVE_POINTS, points);
    }

    /** Light from above, turned clockwise. */
    private static Frame turned(int degrees, long mediaNanos) {
        FrameBuffer buffer = FrameBuffer.standalone();
        var pixels = buffer.reshape(SIDE, SIDE, PixelFormat.GRAY8);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                double up = (x - BOX.centerX()) * sine(degrees) - (y - BOX.centerY()) * cosine(degrees);
                pixels.put(y * SIDE + x, (byte) Math.max(0, Math.min(255, 128 + up)));
            }
        }
        buffer.stamp(mediaNanos);
        return buffer.toFrame();
    }

    private static double sine(int degrees) {
        return Math.sin(Math.toRadians(degrees));
    }

    private static double cosine(int degrees) {
        return Math.cos(Math.toRadians(degrees));
    }

    private static final class LightFromAbove implements FaceDetector {
        private int closeUps;
        private double least;
        private double steepness = 0.9;
        private boolean blind;
        private boolean threadSafe;
        private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

        @Override
        public boolean isThreadSafe() {
            return threadSafe;
        }

        @Override
        public List<DetectedFace> detect(Frame frame) {
            throw new AssertionError("it is asked for close-ups alone");
        }

        @Override
        public Optional<DetectedFace> detectCloseUp(Frame closeUp) {
            synchronized (this) {
                closeUps++;
            }
            threads.add(Thread.currentThread());
            if (blind) {
                return Optional.empty();
            }
            double across = 0;
            double up = 0;
            double middle = (closeUp.width() - 1) / 2.0;
            for (int y = 0; y < closeUp.height(); y++) {
                for (int x = 0; x < closeUp.width(); x++) {
                    int value = closeUp.pixels().get(y * closeUp.stride() + x) & 0xff;
                    across += (x - middle) * value;
                    up += (middle - y) * value;
                }
            }
            double confidence = Math.max(0, least + steepness * up / Math.hypot(across, up));
            double scale = closeUp.width() / (1.6 * BOX.height());
            return Optional.of(new DetectedFace(
                    new BoundingBox(middle - 20, middle - 25, 40, 50),
                    confidence,
                    Optional.of(points(middle, middle, scale))));
        }
    }
}
