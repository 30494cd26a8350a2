package org.emotion4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
    void saysWhichWeightsItRuns() {
        try (DjlSingleShotFaceDetector detector = DjlSingleShotFaceDetector.bundled()) {
            assertThat(detector.metadata().name()).isEqualTo("single-shot");
            assertThat(detector.metadata().runtime().orElseThrow()).startsWith("DJL ");
            assertThat(detector.metadata().notes().orElseThrow()).contains("minFaceSize=auto", "scoreThreshold=0.");
        }
    }

    @Test
    void refusesADamagedFileAndOneOfAnotherNetwork() throws IOException {
        byte[] whole = Weights.get("single-shot-pytorch").bytes();
        Path cut = Files.write(folder.resolve("cut.pt"), Arrays.copyOf(whole, whole.length / 2));
        Path other = Files.write(
                folder.resolve("other.pt"), Weights.get("expression-pytorch").bytes());
        Path onnx = Files.write(folder.resolve("network.onnx"), new byte[] {8, 7, 18, 0});
        for (Path file : List.of(cut, other, onnx, folder.resolve("gone.pt"))) {
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
}
