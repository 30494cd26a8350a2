package org.emotion4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.EyePositions;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.face.LandmarkDetector;
import org.emotion4j.face.Landmarks;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.frame.PixelFormat;
import org.junit.jupiter.api.Test;

/**
 * What every {@link LandmarkDetector} keeps. An integrator extends this class for a detector of his own.
 */
public abstract class LandmarkDetectorContract {
    /** Made by JUnit, of the class that extends it. */
    protected LandmarkDetectorContract() {}

    /**
     * Makes a detector.
     *
     * @return a new one; closed by the test
     */
    protected abstract LandmarkDetector createDetector();

    /**
     * Makes a picture.
     *
     * @return a colored one with an upright face; closed by the test
     */
    protected abstract Frame pictureWithFace();

    /**
     * Where the face is in that picture.
     *
     * @return its box, in pixels
     */
    protected abstract BoundingBox box();

    @Test
    void theEyesLieInTheUpperHalfOfTheBoxTheLeftOneToTheLeft() {
        try (LandmarkDetector detector = createDetector();
                Frame frame = pictureWithFace()) {
            EyePositions eyes = locate(detector, frame).eyes();
            assertThat(eyes.leftX()).isBetween(box().x(), box().centerX());
            assertThat(eyes.rightX()).isBetween(box().centerX(), box().right());
            assertThat(eyes.leftY()).isBetween(box().y(), box().centerY() + 0.1 * box().height());
            assertThat(eyes.rightY()).isBetween(box().y(), box().centerY() + 0.1 * box().height());
        }
    }

    @Test
    void thePointsAreThoseOfTheFrameWhateverItsSizeAndPixelFormat() {
        try (LandmarkDetector detector = createDetector();
                Frame frame = pictureWithFace();
                Frame large = copy(frame, 2 * frame.width(), 2 * frame.height(), PixelFormat.RGB24);
                Frame gray = copy(frame, frame.width(), frame.height(), PixelFormat.GRAY8)) {
            Landmarks points = locate(detector, frame);
            Landmarks doubled = detector.locate(
                            large,
                            face(new BoundingBox(2 * box().x(), 2 * box().y(), 2 * box().width(), 2 * box().height())))
                    .orElseThrow();
            Landmarks ofGray = detector.locate(gray, face(box())).orElseThrow();
            double tolerance = 0.05 * points.eyeDistance();
            for (int i = 0; i < points.size(); i++) {
                assertThat(doubled.x(i) / 2).isEqualTo(points.x(i), within(tolerance));
                assertThat(doubled.y(i) / 2).isEqualTo(points.y(i), within(tolerance));
                assertThat(ofGray.x(i)).isEqualTo(points.x(i), within(tolerance));
                assertThat(ofGray.y(i)).isEqualTo(points.y(i), within(tolerance));
            }
        }
    }

    @Test
    void theSameFaceHasTheSamePointsAgain() {
        try (LandmarkDetector detector = createDetector();
                Frame frame = pictureWithFace()) {
            Landmarks first = locate(detector, frame);
            detector.locate(frame, face(new BoundingBox(0, 0, 20, 20)));
            assertThat(locate(detector, frame)).isEqualTo(first);
        }
    }

    @Test
    void allFacesAtOnceAreTheSameAsOneAfterTheOther() {
        try (LandmarkDetector detector = createDetector();
                Frame frame = pictureWithFace()) {
            DetectedFace first = new DetectedFace(box(), 0.9);
            DetectedFace second =
                    new DetectedFace(new BoundingBox(box().x() + 2, box().y(), box().width(), box().height()), 0.8);
            List<DetectedFace> located = detector.locateAll(frame, List.of(first, second));
            assertThat(located).hasSize(2);
            assertThat(located.get(0).box()).isEqualTo(first.box());
            assertThat(located.get(1).confidence()).isEqualTo(0.8);
            assertThat(located.get(0).landmarks()).isEqualTo(detector.locate(frame, first));
            assertThat(located.get(1).landmarks()).isEqualTo(detector.locate(frame, second));
            assertThat(detector.locateAll(frame, List.of())).isEmpty();
        }
    }

    @Test
    void boxesOverTheBorderOutsideOrOfOddShapesAreAnsweredToo() {
        try (LandmarkDetector detector = createDetector();
                Frame frame = pictureWithFace()) {
            for (BoundingBox odd : List.of(
                    new BoundingBox(-50, -50, 100, 100),
                    new BoundingBox(-500, -500, 10, 10),
                    new BoundingBox(0, 0, 1, 1),
                    new BoundingBox(0, 0, 5_000, 3),
                    new BoundingBox(0, 0, 1e-300, 1e-300),
                    new BoundingBox(0, 0, 1e300, 1e300))) {
                Optional<Landmarks> landmarks = detector.locate(frame, face(odd));
                landmarks.ifPresent(points -> assertThatCode(points::eyes)
                        .as("eyes that an aligner can use")
                        .doesNotThrowAnyException());
            }
        }
    }

    @Test
    void leavesThePictureAsItIs() {
        try (LandmarkDetector detector = createDetector();
                Frame frame = pictureWithFace()) {
            ByteBuffer pixels = frame.pixels();
            byte[] before = new byte[pixels.capacity()];
            pixels.get(0, before);
            locate(detector, frame);
            byte[] after = new byte[pixels.capacity()];
            pixels.get(0, after);
            assertThat(after).isEqualTo(before);
        }
    }

    @Test
    void aClosedOneRefusesAndClosesAgainInPeace() {
        LandmarkDetector detector = createDetector();
        detector.warmUp();
        detector.close();
        detector.close();
        try (Frame frame = pictureWithFace()) {
            assertThatThrownBy(() -> detector.locate(frame, face(box()))).isInstanceOf(IllegalStateException.class);
        }
    }

    private Landmarks locate(LandmarkDetector detector, Frame frame) {
        return detector.locate(frame, face(box())).orElseThrow();
    }

    private static DetectedFace face(BoundingBox box) {
        return new DetectedFace(box, 1);
    }

    private static Frame copy(Frame frame, int width, int height, PixelFormat format) {
        FaceCrop scaled = FaceCrop.allocate(CropSpec.of(width, height, format));
        ImageTransform.resize(frame, scaled);
        byte[] bytes = new byte[scaled.pixels().capacity()];
        scaled.pixels().get(0, bytes);
        return Frame.of(width, height, format, bytes);
    }
}
