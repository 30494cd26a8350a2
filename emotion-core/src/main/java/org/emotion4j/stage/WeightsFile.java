package org.emotion4j.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file with a network's weights into memory, whatever their format. */
public final class WeightsFile {
    private static final int MAX_BYTES = 1 << 30;

    private WeightsFile() {}

    /**
     * Reads the whole file.
     *
     * @param file which; at most 1 GiB
     * @return its bytes, at least one
     * @throws StageException if there is no such file, it is empty, too large or cannot be read; the message starts with
     *     the file's name
     */
    public static byte[] read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new StageException(file + ": no such weights file");
            }
            long size = Files.size(file);
            if (size == 0) {
                throw new StageException(file + ": empty (0 bytes)");
            }
            if (size > MAX_BYTES) {
                throw new StageException(file + ": " + size + " bytes, expected at most " + MAX_BYTES);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new StageException(file + ": not readable: " + e.getMessage(), e);
        }
    }
}
