package org.emotion4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.spi.Weights;
import org.emotion4j.stage.StageException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs no face; that it finds those of emotion-opencv's twin is tested where both are known, in the examples. */
@Tag("native")
class DjlSingleShotFaceDetectorTest {
    @TempDir
    Path folder;

    @Test
    void framesOfAnyShapeLeaveNoNativeMemoryBehind() {
        try (DjlSingleShotFaceDetector detector = DjlSingleShotFaceDetector.builder()
                .minFaceSize(24)
                .scoreThreshold(1e-6)
                .maxFaces(20)
                .build()) {
            int before = arrays(detector.scope());
            for (int[] size : new int[][] {{640, 480}, {2000, 20}, {20, 2000}, {1, 1}, {33, 47}}) {
                byte[] noise = new byte[3 * size[0] * size[1]];
                new Random(3).nextBytes(noise);
                try (Frame frame = Frame.of(size[0], size[1], PixelFormat.RGB24, noise)) {
                    assertThat(detector.detect(frame)).hasSizeLessThanOrEqualTo(20);
                }
            }
            assertThat(arrays(detector.scope())).isEqualTo(before);
        }
    }

    @Test
    void onOnnxRuntimeFramesOfAnyShapeGiveTheFacesOfPyTorch() {
        try (DjlSingleShotFaceDetector onnx = sensitive().onnxRuntime().build();
                DjlSingleShotFaceDetector pyTorch = sensitive().build()) {
            for (int[] size : new int[][] {{640, 480}, {20, 2000}, {640, 480}, {1, 1}, {33, 47}, {33, 47}}) {
                byte[] noise = new byte[3 * size[0] * size[1]];
                new Random(size[0]).nextBytes(noise);
                try (Frame frame = Frame.of(size[0], size[1], PixelFormat.RGB24, noise)) {
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
    void onOnnxRuntimeItSaysSoAndHasNoDevices() {
        try (DjlSingleShotFaceDetector detector =
                DjlSingleShotFaceDetector.builder().onnxRuntime().build()) {
            assertThat(detector.metadata().name()).isEqualTo("single-shot");
            assertThat(detector.metadata().runtime().orElseThrow()).startsWith("ONNX Runtime ");
            assertThat(detector.metadata().sha256()).isPresent();
        }
        assertThatThrownBy(() -> DjlSingleShotFaceDetector.builder()
                        .onnxRuntime()
                        .device("gpu")
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ONNX Runtime computes on the CPU");
    }

    private static DjlSingleShotFaceDetector.Builder sensitive() {
        return DjlSingleShotFaceDetector.builder()
                .minFaceSize(24)
                .scoreThreshold(1e-3)
                .maxFaces(20);
    }

    @Test
    void saysWhichWeightsItRuns() {
        try (DjlSingleShotFaceDetector detector = DjlSingleShotFaceDetector.bundled()) {
            assertThat(detector.metadata().name()).isEqualTo("single-shot");
            assertThat(detector.metadata().runtime().orElseThrow()).startsWith("DJL ");
            assertThat(detector.metadata().notes().orElseThrow()).contains("minFaceSize=auto", "scoreThreshold=0.");
        }
    }

    @Test
    void refusesADamagedFileAndOneOfAnotherNetwork() throws IOException {
        byte[] whole = resource("single-shot/single-shot.pt");
        Path cut = Files.write(folder.resolve("cut.pt"), Arrays.copyOf(whole, whole.length / 2));
        Path other = Files.write(folder.resolve("other.pt"), resource("expression/expression.pt"));
        byte[] onnx = resource("single-shot-onnxruntime/single-shot.onnx");
        Path cutOnnx = Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(onnx, onnx.length / 2));
        Path otherOnnx = Files.write(folder.resolve("other.onnx"), resource("expression-onnxruntime/expression.onnx"));
        for (Path file : List.of(cut, other, cutOnnx, otherOnnx, folder.resolve("gone.pt"))) {
            assertThatThrownBy(() -> DjlSingleShotFaceDetector.builder(file).build())
                    .isInstanceOf(StageException.class)
                    .hasMessageContaining(file.getFileName().toString());
        }
    }

    @Test
    void refusesADeviceThatIsNotThereAndASettingMadeTwice() {
        DjlSingleShotFaceDetector.Builder builder = DjlSingleShotFaceDetector.builder();
        assertThatThrownBy(() -> builder.device("abacus").build()).hasMessageStartingWith("device is \"abacus\"");
        assertThatThrownBy(() -> builder.device("cpu")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesToDetectOnceClosed() {
        DjlSingleShotFaceDetector detector = DjlSingleShotFaceDetector.bundled();
        detector.close();
        try (Frame frame = Frame.of(32, 32, PixelFormat.GRAY8, new byte[32 * 32])) {
            assertThatThrownBy(() -> detector.detect(frame)).isInstanceOf(IllegalStateException.class);
        }
    }

    private static int arrays(NDManager manager) {
        return manager.getManagedArrays().size();
    }

    private static byte[] resource(String name) throws IOException {
        int onnx = name.indexOf("-onnxruntime/");
        if (onnx > 0) {
            return Weights.get(name.substring(0, onnx)).bytes();
        }
        try (InputStream in = DjlSingleShotFaceDetector.class.getResourceAsStream(name)) {
            return in == null ? new byte[0] : in.readAllBytes();
        }
    }
}
