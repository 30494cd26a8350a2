package org.emotion4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.List;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.EyePositions;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.frame.PixelFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link FaceDetector} promises. Extend it for your own detector. */
public abstract class FaceDetectorContract {
    private FaceDetector detector = frame -> List.of();

    /** Made by JUnit, of the class that extends it. */
    protected FaceDetectorContract() {}

    /**
     * Makes the detector. The test closes it.
     *
     * @return a new detector
     */
    protected abstract FaceDetector createDetector();

    /**
     * Makes a picture in which the detector finds at least one face, better two of different size. The test closes it.
     *
     * @return a new frame, the same picture at every call
     */
    protected abstract Frame pictureWithFaces();

    /**
     * Makes a picture in which the detector finds nothing. The test closes it.
     *
     * @return a new frame; an even gray where this is not overridden
     */
    protected Frame pictureWithoutFace() {
        return even(320, 240, PixelFormat.BGR24, 90);
    }

    @BeforeEach
    void create() {
        detector = createDetector();
    }

    @AfterEach
    void close() {
        detector.close();
    }

    @Test
    void findsFaces() {
        try (Frame frame = pictureWithFaces()) {
            assertThat(detector.detect(frame)).isNotEmpty();
        }
    }

    @Test
    void aPictureWithoutAFaceIsANormalResult() {
        try (Frame frame = pictureWithoutFace()) {
            assertThat(detector.detect(frame)).isEmpty();
        }
    }

    /** Only of one that says so: each thread gets the faces of its own picture, whatever the others look at. */
    @Test
    void severalThreadsGetTheFacesOfOne() {
        assumeTrue(detector.isThreadSafe(), "it is used by one thread at a time");
        try (Frame faces = pictureWithFaces();
                Frame none = pictureWithoutFace()) {
            List<Frame> work = List.of(faces, none, faces, none);
            List<List<DetectedFace>> alone = work.stream().map(detector::detect).toList();
            List<List<List<DetectedFace>>> together = ManyThreads.ask(work, 10, detector::detect);
            for (int i = 0; i < work.size(); i++) {
                assertThat(together.get(i)).containsOnly(alone.get(i)).hasSize(10);
            }
        }
    }

    @Test
    void theLargestFaceComesFirst() {
        try (Frame frame = pictureWithFaces()) {
            assertThat(detector.detect(frame))
                    .isSortedAccordingTo(
                            (a, b) -> Double.compare(b.box().area(), a.box().area()));
        }
    }

    @Test
    void boxesOverlapThePicture() {
        try (Frame frame = pictureWithFaces()) {
            assertAllOverlap(detector.detect(frame), frame);
        }
    }

    @ParameterizedTest
    @EnumSource(PixelFormat.class)
    void readsEveryPixelFormat(PixelFormat format) {
        try (Frame frame = pictureWithFaces();
                Frame converted = converted(frame, format)) {
            assertThat(detector.detect(converted)).isNotEmpty();
        }
    }

    @Test
    void theOrderOfTheColorsMakesNoDifference() {
        try (Frame frame = pictureWithFaces();
                Frame bgr = converted(frame, PixelFormat.BGR24);
                Frame rgb = converted(frame, PixelFormat.RGB24)) {
            assertThat(detector.detect(rgb)).isEqualTo(detector.detect(bgr));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,3", "1,300", "300,1", "17,31", "101,64", "1280,37"})
    void readsAPictureOfAnySize(int width, int height) {
        for (PixelFormat format : PixelFormat.values()) {
            try (Frame frame = even(width, height, format, 90)) {
                assertAllOverlap(detector.detect(frame), frame);
            }
        }
    }

    @Test
    void theSamePictureGivesTheSameFacesWhateverCameBetween() {
        try (Frame frame = pictureWithFaces();
                Frame other = pictureWithoutFace();
                Frame small = even(33, 21, PixelFormat.GRAY8, 200)) {
            List<DetectedFace> first = detector.detect(frame);
            detector.detect(other);
            detector.detect(small);
            assertThat(detector.detect(frame)).isEqualTo(first);
        }
    }

    @Test
    void anAnswerStaysWhatItWas() {
        try (Frame frame = pictureWithFaces();
                Frame other = pictureWithoutFace()) {
            List<DetectedFace> answer = detector.detect(frame);
            List<DetectedFace> copy = List.copyOf(answer);
            detector.detect(other);
            assertThat(answer).isEqualTo(copy);
        }
    }

    @Test
    void leavesThePictureOpenAndAsItWas() {
        try (Frame frame = pictureWithFaces()) {
            byte[] before = bytes(frame);
            detector.detect(frame);
            assertThat(bytes(frame)).isEqualTo(before);
        }
    }

    @Test
    void eyesLieInTheBox() {
        EyePositions eyes = detector.eyesInBox();
        assertThat(List.of(eyes.leftX(), eyes.leftY(), eyes.rightX(), eyes.rightY()))
                .allSatisfy(fraction -> assertThat(fraction).isBetween(0.0, 1.0));
        assertThat(eyes.leftX()).isLessThan(eyes.rightX());
    }

    @Test
    void warmingUpChangesNoAnswer() {
        try (Frame frame = pictureWithFaces()) {
            List<DetectedFace> cold = detector.detect(frame);
            detector.warmUp();
            detector.warmUp();
            assertThat(detector.detect(frame)).isEqualTo(cold);
        }
    }

    @Test
    void saysWhatItIs() {
        assertThat(detector.metadata().name()).isNotBlank();
    }

    @Test
    void canBeClosedTwice() {
        detector.close();
        assertThatCode(detector::close).doesNotThrowAnyException();
    }

    private static void assertAllOverlap(List<DetectedFace> faces, Frame frame) {
        BoundingBox picture = new BoundingBox(0, 0, frame.width(), frame.height());
        assertThat(faces)
                .allSatisfy(face -> assertThat(face.box().intersection(picture)).isPositive());
    }

    private static Frame converted(Frame frame, PixelFormat format) {
        FrameBuffer buffer = FrameBuffer.standalone();
        buffer.reshape(frame.width(), frame.height(), format);
        ImageTransform.convert(frame, buffer);
        return buffer.toFrame();
    }

    private static Frame even(int width, int height, PixelFormat format, int value) {
        byte[] pixels = new byte[width * height * format.bytesPerPixel()];
        Arrays.fill(pixels, (byte) value);
        return Frame.of(width, height, format, pixels);
    }

    private static byte[] bytes(Frame frame) {
        byte[] bytes = new byte[frame.stride() * frame.height()];
        frame.pixels().get(0, bytes);
        return bytes;
    }
}
