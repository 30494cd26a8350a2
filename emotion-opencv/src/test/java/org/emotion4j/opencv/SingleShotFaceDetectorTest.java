package org.emotion4j.opencv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.Landmarks;
import org.emotion4j.frame.AffineTransform;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.spi.Weights;
import org.emotion4j.stage.StageException;
import org.emotion4j.testkit.FaceDetectorContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("native")
class SingleShotFaceDetectorTest {
    @TempDir
    Path folder;

    @Nested
    class Contract extends FaceDetectorContract {
        @Override
        protected FaceDetector createDetector() {
            return SingleShotFaceDetector.bundled();
        }

        @Override
        protected Frame pictureWithFaces() {
            return CascadeFaceDetectorTest.twoPortraits();
        }
    }

    /** OpenCV left something to chance where a map of the network is one column or row: see SingleShotDecoder. */
    @Test
    void narrowFramesGiveTheSameAnswerEachTime() {
        byte[] gray = new byte[17 * 31];
        new Random(1).nextBytes(gray);
        Set<String> answers = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            try (SingleShotFaceDetector detector = SingleShotFaceDetector.builder()
                            .minFaceSize(16)
                            .scoreThreshold(1e-6)
                            .build();
                    Frame frame = Frame.of(17, 31, PixelFormat.GRAY8, gray)) {
                answers.add(detector.detect(frame).toString());
            }
        }
        assertThat(answers).hasSize(1);
    }

    @Test
    void findsAllEightPortraitsWithTheirLandmarks() throws IOException {
        try (SingleShotFaceDetector detector = SingleShotFaceDetector.bundled()) {
            for (String name : Portraits.NAMES) {
                try (Frame frame = Portraits.frame(name)) {
                    assertThat(detector.detect(frame)).as(name).singleElement().satisfies(face -> assertUpright(face));
                }
            }
        }
    }

    @Test
    void findsTheSameFacesHoweverFarTheFrameIsReduced() {
        try (SingleShotFaceDetector near =
                        SingleShotFaceDetector.builder().minFaceSize(24).build();
                SingleShotFaceDetector far =
                        SingleShotFaceDetector.builder().minFaceSize(60).build();
                Frame frame = CascadeFaceDetectorTest.twoPortraits()) {
            DetectedFace a = near.detect(frame).get(0);
            DetectedFace b = far.detect(frame).get(0);
            assertThat(a.box().iou(b.box())).isGreaterThan(0.7);
            assertUpright(b);
        }
    }

    @Test
    void facesBelowTheSmallestOrTheScoreAreLeftOut() {
        try (SingleShotFaceDetector all = SingleShotFaceDetector.bundled();
                Frame frame = CascadeFaceDetectorTest.twoPortraits()) {
            List<DetectedFace> both = all.detect(frame);
            assertThat(both).hasSize(2);
            int between = (int) (1.4 * both.get(1).box().height());
            double lessSure = Math.min(both.get(0).confidence(), both.get(1).confidence());
            try (SingleShotFaceDetector large = SingleShotFaceDetector.builder()
                            .minFaceSize(between)
                            .build();
                    SingleShotFaceDetector sure = SingleShotFaceDetector.builder()
                            .scoreThreshold(lessSure + 1e-6)
                            .build()) {
                assertThat(large.detect(frame)).singleElement().satisfies(face -> assertThat(
                                face.box().iou(both.get(0).box()))
                        .isGreaterThan(0.7));
                assertThat(sure.detect(frame)).hasSizeLessThan(2);
            }
        }
    }

    @Test
    void aFaceOverTheBorderIsFoundWithTheBoxItWouldHave() throws IOException {
        try (SingleShotFaceDetector detector = SingleShotFaceDetector.bundled();
                Frame whole = Portraits.frame("user1-128x128.jpg")) {
            BoundingBox box = detector.detect(whole).get(0).box();
            int left = (int) (box.x() + 0.15 * box.width());
            try (Frame cut = cut(whole, left)) {
                assertThat(detector.detect(cut)).singleElement().satisfies(face -> {
                    assertThat(face.box().right()).isCloseTo(box.right() - left, within(0.2 * box.width()));
                    assertThat(face.box().bottom()).isCloseTo(box.bottom(), within(0.2 * box.height()));
                });
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"4000,20", "20,4000", "1,1", "23,23", "6000,4000"})
    void noiseOfAnyShapeIsSearchedInBoundedTimeAndMemory(int width, int height) {
        byte[] noise = new byte[3 * width * height];
        new Random(7).nextBytes(noise);
        try (SingleShotFaceDetector detector = SingleShotFaceDetector.builder()
                        .minFaceSize(1)
                        .scoreThreshold(1e-6)
                        .maxFaces(100)
                        .build();
                Frame frame = Frame.of(width, height, PixelFormat.BGR24, noise)) {
            List<DetectedFace> faces = detector.detect(frame);
            assertThat(faces).hasSizeLessThanOrEqualTo(100);
            BoundingBox picture = new BoundingBox(0, 0, width, height);
            assertThat(faces).allSatisfy(face -> assertThat(face.box().intersection(picture))
                    .isPositive());
        }
    }

    @Test
    void saysWhichWeightsItRuns() {
        try (SingleShotFaceDetector detector = SingleShotFaceDetector.bundled()) {
            assertThat(detector.metadata().name()).isEqualTo("single-shot");
            assertThat(detector.metadata().license()).hasValue("Apache-2.0");
            assertThat(detector.metadata().runtime()).hasValue("OpenCV 4.9.0 DNN cpu");
            assertThat(detector.metadata().notes().orElseThrow()).contains("minFaceSize=auto", "scoreThreshold=0.");
        }
    }

    @Test
    void weightsOfOnesOwnAreTakenFromAFile() throws IOException {
        Path file = Files.write(folder.resolve("own.onnx"), bundledWeights());
        try (SingleShotFaceDetector bundled =
                        SingleShotFaceDetector.builder().scoreThreshold(0.4).build();
                SingleShotFaceDetector own =
                        SingleShotFaceDetector.builder(file).build();
                Frame frame = CascadeFaceDetectorTest.twoPortraits()) {
            assertThat(own.detect(frame)).isEqualTo(bundled.detect(frame));
            assertThat(own.metadata().version()).hasValue("own.onnx");
            assertThat(own.metadata().sha256()).isEqualTo(bundled.metadata().sha256());
        }
    }

    @Test
    void refusesADamagedFileAndOneOfAnotherNetwork() throws IOException {
        byte[] whole = bundledWeights();
        Path cut = Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(whole, whole.length / 2));
        Path empty = Files.write(folder.resolve("empty.onnx"), new byte[0]);
        for (Path file : List.of(cut, empty, folder.resolve("gone.onnx"))) {
            assertThatThrownBy(() -> SingleShotFaceDetector.builder(file).build())
                    .isInstanceOf(StageException.class)
                    .hasMessageContaining(file.getFileName().toString());
        }
        Path other = Portraits.shared("reference-weights/yunet/yunet_s_640_640.onnx");
        assertThatThrownBy(() -> SingleShotFaceDetector.builder(other).build())
                .isInstanceOf(StageException.class)
                .hasMessageContaining("no single-shot face network")
                .hasMessageContaining("stride8");
    }

    @Test
    void refusesToDetectOnceClosed() {
        SingleShotFaceDetector detector = SingleShotFaceDetector.bundled();
        detector.close();
        try (Frame frame = Frame.of(32, 32, PixelFormat.GRAY8, new byte[32 * 32])) {
            assertThatThrownBy(() -> detector.detect(frame)).isInstanceOf(IllegalStateException.class);
        }
    }

    private static byte[] bundledWeights() {
        return Weights.get("single-shot").bytes();
    }

    /** The picture without its columns before {@code left}. */
    private static Frame cut(Frame whole, int left) {
        FrameBuffer buffer = FrameBuffer.standalone();
        buffer.reshape(whole.width() - left, whole.height(), whole.format());
        ImageTransform.warp(whole, new AffineTransform(1, 0, -left, 0, 1, 0), buffer);
        return buffer.toFrame();
    }

    private static void assertUpright(DetectedFace face) {
        Landmarks points = face.landmarks().orElseThrow();
        BoundingBox box = face.box();
        assertThat(points.scheme()).isEqualTo(Landmarks.Scheme.FIVE_POINTS);
        assertThat(points.x(0)).as("left eye left of the right eye").isLessThan(points.x(1));
        assertThat(points.x(3)).as("left mouth corner left of the right one").isLessThan(points.x(4));
        assertThat(Math.max(points.y(0), points.y(1)))
                .as("eyes above the mouth")
                .isLessThan(points.y(3));
        for (int i = 0; i < points.size(); i++) {
            assertThat(points.x(i)).isBetween(box.x() - 0.2 * box.width(), box.right() + 0.2 * box.width());
            assertThat(points.y(i)).isBetween(box.y(), box.bottom());
        }
    }
}
