package org.emotion4j.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.Landmarks;
import org.emotion4j.frame.Frame;
import org.emotion4j.spi.Stages;
import org.emotion4j.testkit.FaceDetectorContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same weights give the same faces, whoever computes them; and the other two keep what detectors promise. */
@Tag("native")
class SingleShotRunTimesTest {
    private static final double PIXEL = 1;
    private static final double SCORE = 1e-3;

    private abstract static class RunTimeContract extends FaceDetectorContract {
        private final String name;

        RunTimeContract(String name) {
            this.name = name;
        }

        @Override
        protected FaceDetector createDetector() {
            return Stages.detector(name);
        }

        @Override
        protected Frame pictureWithFaces() {
            return Portraits.frame("user1-128x128.jpg");
        }
    }

    @Nested
    class InPyTorch extends RunTimeContract {
        InPyTorch() {
            super("single-shot-djl");
        }
    }

    @Nested
    class OnOnnxRuntime extends RunTimeContract {
        OnOnnxRuntime() {
            super("single-shot-onnxruntime");
        }
    }

    @Nested
    class InEightBits extends RunTimeContract {
        InEightBits() {
            super("single-shot-int8-onnxruntime");
        }
    }

    /** Landmarks are within a thirtieth of the face's width then. */
    @ParameterizedTest
    @MethodSource("pictures")
    void inEightBitsTheFacesAreNearlyTheSame(String name) {
        try (FaceDetector floats = Stages.detector("single-shot-onnxruntime");
                FaceDetector eight = Stages.detector("single-shot-int8-onnxruntime");
                Frame frame = Portraits.frame(name)) {
            List<DetectedFace> expected = floats.detect(frame);
            List<DetectedFace> found = eight.detect(frame);
            assertThat(found).hasSameSizeAs(expected);
            for (int i = 0; i < found.size(); i++) {
                BoundingBox box = expected.get(i).box();
                assertThat(found.get(i).confidence()).isEqualTo(expected.get(i).confidence(), within(0.05));
                assertThat(found.get(i).box().iou(box)).isGreaterThan(0.9);
                Landmarks here = found.get(i).landmarks().orElseThrow();
                Landmarks there = expected.get(i).landmarks().orElseThrow();
                for (int point = 0; point < there.size(); point++) {
                    assertThat(Math.hypot(here.x(point) - there.x(point), here.y(point) - there.y(point)))
                            .isLessThan(box.width() / 30);
                }
            }
        }
    }

    static List<String> pictures() {
        return Portraits.NAMES;
    }

    static Stream<Arguments> picturesAndRunTimes() {
        return Portraits.NAMES.stream().flatMap(name -> Stream.of("single-shot-djl", "single-shot-onnxruntime")
                .map(runTime -> Arguments.of(name, runTime)));
    }

    @ParameterizedTest
    @MethodSource("picturesAndRunTimes")
    void theFacesAreThoseOfOpenCv(String name, String runTime) {
        try (FaceDetector openCv = Stages.detector("single-shot");
                FaceDetector other = Stages.detector(runTime);
                Frame frame = Portraits.frame(name)) {
            List<DetectedFace> expected = openCv.detect(frame);
            List<DetectedFace> found = other.detect(frame);
            assertThat(expected).isNotEmpty();
            assertThat(found).hasSameSizeAs(expected);
            for (int i = 0; i < found.size(); i++) {
                assertThat(found.get(i).confidence()).isEqualTo(expected.get(i).confidence(), within(SCORE));
                assertNear(found.get(i).box(), expected.get(i).box());
                assertNear(
                        found.get(i).landmarks().orElseThrow(),
                        expected.get(i).landmarks().orElseThrow());
            }
        }
    }

    private static void assertNear(BoundingBox found, BoundingBox expected) {
        assertThat(found.x()).isEqualTo(expected.x(), within(PIXEL));
        assertThat(found.y()).isEqualTo(expected.y(), within(PIXEL));
        assertThat(found.right()).isEqualTo(expected.right(), within(PIXEL));
        assertThat(found.bottom()).isEqualTo(expected.bottom(), within(PIXEL));
    }

    private static void assertNear(Landmarks found, Landmarks expected) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.x(i)).isEqualTo(expected.x(i), within(PIXEL));
            assertThat(found.y(i)).isEqualTo(expected.y(i), within(PIXEL));
        }
    }
}
