package org.emotion4j.stage.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.emotion4j.stage.StageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsFileTest {
    @TempDir
    Path folder;

    @Test
    void givesTheBytes() throws IOException {
        Path file = Files.write(folder.resolve("net.onnx"), new byte[] {8, 7, 0, -1});
        assertThat(WeightsFile.read(file)).containsExactly(8, 7, 0, -1);
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        Path large = folder.resolve("large.onnx");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength((1L << 30) + 1);
        }
        assertRefused(folder.resolve("gone.onnx"), "no such weights file");
        assertRefused(folder, "a folder, expected a weights file");
        assertRefused(Files.createFile(folder.resolve("empty.onnx")), "empty (0 bytes)");
        assertRefused(large, "1073741825 bytes, expected at most 1073741824");
    }

    @Test
    void takesABoundOfTheCallers() throws IOException {
        Path file = Files.write(folder.resolve("net.onnx"), new byte[11]);
        assertThat(WeightsFile.read(file, 11)).hasSize(11);
        assertThatThrownBy(() -> WeightsFile.read(file, 10)).hasMessage(file + ": 11 bytes, expected at most 10");
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> WeightsFile.read(file))
                .isInstanceOf(StageException.class)
                .hasMessage(file + ": " + message);
    }
}
