package org.emotion4j.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.emotion4j.djl.DjlSingleShotFaceDetector;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.spi.Stages;
import org.emotion4j.spi.Weights;
import org.emotion4j.stage.StageException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs no face; that it finds those of OpenCV is in {@link SingleShotRunTimesTest}. */
@Tag("native")
final class OnnxRuntimeFaceDetectorTest {
    @TempDir
    Path folder;

    @Test
    void framesOfAnyShapeGiveTheFacesOfPyTorch() {
        try (OnnxRuntimeFaceDetector onnx = OnnxRuntimeFaceDetector.builder()
                        .minFaceSize(24)
                        .scoreThreshold(1e-3)
                        .maxFaces(20)
                        .build();
                DjlSingleShotFaceDetector pyTorch = DjlSingleShotFaceDetector.builder()
                        .minFaceSize(24)
                        .scoreThreshold(1e-3)
                        .maxFaces(20)
                        .build()) {
            for (int[] size : new int[][] {{640, 480}, {20, 2000}, {640, 480}, {1, 1}, {33, 47}, {33, 47}}) {
                try (Frame frame = noise(size[0], size[1])) {
                    List<DetectedFace> expected = pyTorch.detect(frame);
                    List<DetectedFace> found = onnx.detect(frame);
                    assertThat(found).hasSameSizeAs(expected);
                    for (int i = 0; i < found.size(); i++) {
                        assertThat(found.get(i).confidence())
                                .isCloseTo(expected.get(i).confidence(), within(1e-4));
                        assertThat(found.get(i).box().x())
                                .isCloseTo(expected.get(i).box().x(), within(0.1));
                    }
                }
            }
        }
    }

    @Test
    void isTheDefaultAndSaysWhichWeightsItRuns() {
        try (FaceDetector detector = Stages.defaultDetector()) {
            assertThat(detector).isInstanceOf(OnnxRuntimeFaceDetector.class);
            assertThat(detector.metadata().name()).isEqualTo("single-shot-int8");
            assertThat(detector.metadata().runtime().orElseThrow()).startsWith("ONNX Runtime ");
            assertThat(detector.metadata().sha256()).isPresent();
            assertThat(detector.metadata().notes().orElseThrow()).contains("minFaceSize=auto", "scoreThreshold=0.");
        }
    }

    @Test
    void refusesADamagedFileAndOneOfAnotherNetwork() throws IOException {
        byte[] whole = Weights.get("single-shot").bytes();
        Path cut = Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(whole, whole.length / 2));
        Path other = Files.write(
                folder.resolve("other.onnx"), Weights.get("expression").bytes());
        for (Path file : List.of(cut, other, folder.resolve("gone.onnx"))) {
            assertThatThrownBy(() -> OnnxRuntimeFaceDetector.builder(file).build())
                    .isInstanceOf(StageException.class)
                    .hasMessageContaining(file.getFileName().toString());
        }
    }

    @Test
    void refusesToDetectOnceClosed() {
        OnnxRuntimeFaceDetector detector = OnnxRuntimeFaceDetector.bundled();
        detector.close();
        try (Frame frame = noise(32, 32)) {
            assertThatIllegalStateException().isThrownBy(() -> detector.detect(frame));
        }
    }

    private static Frame noise(int width, int height) {
        byte[] noise = new byte[3 * width * height];
        new Random(width).nextBytes(noise);
        return Frame.of(width, height, PixelFormat.RGB24, noise);
    }
}
