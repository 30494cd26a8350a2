package org.emotion4j.opencv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.stage.StageException;
import org.emotion4j.testkit.FaceDetectorContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("native")
class YuNetFaceDetectorTest {
    private static final String MODEL = "reference-weights/yunet/yunet_s_640_640.onnx";

    @TempDir
    Path folder;

    @Nested
    class Contract extends FaceDetectorContract {
        @Override
        protected FaceDetector createDetector() {
            return YuNetFaceDetector.load(Portraits.shared(MODEL));
        }

        @Override
        protected Frame pictureWithFaces() {
            return CascadeFaceDetectorTest.twoPortraits();
        }
    }

    @Test
    void findsAllEightPortraitsWithTheirLandmarks() throws IOException {
        try (YuNetFaceDetector detector = YuNetFaceDetector.load(Portraits.shared(MODEL))) {
            for (String name : Portraits.NAMES) {
                try (Frame frame = Portraits.frame(name)) {
                    assertThat(detector.detect(frame)).as(name).singleElement().satisfies(face -> {
                        assertThat(face.confidence()).isBetween(0.7, 1.0);
                        assertUpright(face);
                    });
                }
            }
        }
    }

    @Test
    void boxAndLandmarksAreInPixelsOfTheFrameHoweverSmallTheInput() throws IOException {
        Path model = Portraits.shared(MODEL);
        try (YuNetFaceDetector full = YuNetFaceDetector.load(model);
                YuNetFaceDetector small =
                        YuNetFaceDetector.builder(model).maxInputSide(160).build();
                Frame frame = CascadeFaceDetectorTest.twoPortraits()) {
            DetectedFace a = full.detect(frame).get(0);
            DetectedFace b = small.detect(frame).get(0);
            assertThat(a.box().iou(b.box())).isGreaterThan(0.7);
            assertUpright(b);
        }
    }

    /** OpenCV left something to chance where a map of the network is one column or row: see SingleShotDecoder. */
    @ParameterizedTest
    @CsvSource({"17,31", "1280,37", "20,500"})
    void narrowFramesGiveTheSameAnswerEachTime(int width, int height) {
        Path model = Portraits.shared(MODEL);
        byte[] gray = new byte[width * height];
        new Random(1).nextBytes(gray);
        Set<String> answers = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            try (YuNetFaceDetector detector = YuNetFaceDetector.builder(model)
                            .scoreThreshold(1e-6)
                            .build();
                    Frame frame = Frame.of(width, height, PixelFormat.GRAY8, gray)) {
                answers.add(detector.detect(frame).toString());
            }
        }
        assertThat(answers).hasSize(1);
    }

    @Test
    void facesBelowTheSmallestOrTheScoreAreLeftOut() throws IOException {
        Path model = Portraits.shared(MODEL);
        try (YuNetFaceDetector large =
                        YuNetFaceDetector.builder(model).minFaceSize(120).build();
                YuNetFaceDetector sure =
                        YuNetFaceDetector.builder(model).scoreThreshold(0.99).build();
                Frame frame = Portraits.frame("user1-128x128.jpg")) {
            assertThat(large.detect(frame)).isEmpty();
            assertThat(sure.detect(frame)).isEmpty();
        }
    }

    @Test
    void refusesADamagedFileAndOneOfAnotherNetwork() throws IOException {
        byte[] whole = Files.readAllBytes(Portraits.shared(MODEL));
        Path cut = Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(whole, whole.length / 2));
        Path other = Portraits.shared("reference-weights/landmarks68/faceapi_face_landmark_68_model.onnx");
        for (Path file : List.of(cut, other)) {
            assertThatThrownBy(() -> YuNetFaceDetector.load(file))
                    .isInstanceOf(StageException.class)
                    .hasMessageContaining(file.getFileName().toString())
                    .hasMessageContaining("expected face_detection_yunet_2023mar.onnx");
        }
    }

    @Test
    void refusesAFileThatIsNoModel() throws IOException {
        Path text = Files.writeString(folder.resolve("text.onnx"), "no network");
        Path empty = Files.write(folder.resolve("empty.onnx"), new byte[0]);
        for (Path file : List.of(text, empty, folder.resolve("gone.onnx"))) {
            assertThatThrownBy(() -> YuNetFaceDetector.load(file))
                    .isInstanceOf(StageException.class)
                    .hasMessageContaining(file.getFileName().toString());
        }
    }

    @Test
    void refusesSettingsOutOfRangeOrTwice() {
        YuNetFaceDetector.Builder builder = YuNetFaceDetector.builder(folder.resolve("any.onnx"));
        assertThatThrownBy(() -> builder.scoreThreshold(1)).hasMessageContaining("scoreThreshold is 1.0");
        assertThatThrownBy(() -> builder.scoreThreshold(0.5)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> builder.nmsThreshold(0)).hasMessageContaining("nmsThreshold is 0.0");
        assertThatThrownBy(() -> builder.maxInputSide(8))
                .hasMessageContaining("maxInputSide is 8, expected 32 to 4096");
        assertThatThrownBy(() -> builder.minFaceSize(0)).hasMessageContaining("minFaceSize is 0");
    }

    @Test
    void refusesToDetectOnceClosed() {
        YuNetFaceDetector detector = YuNetFaceDetector.load(Portraits.shared(MODEL));
        detector.close();
        try (Frame frame = Frame.of(32, 32, PixelFormat.GRAY8, new byte[32 * 32])) {
            assertThatThrownBy(() -> detector.detect(frame)).isInstanceOf(IllegalStateException.class);
        }
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
