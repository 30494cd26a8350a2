package org.emotion4j.stage.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.emotion4j.stage.StageException;

/** Reads a file with a network's weights into memory, whatever their format. */
public final class WeightsFile {
    private static final int MAX_BYTES = 1 << 30;

    private WeightsFile() {}

    /**
     * Reads the whole file, of at most 1 GiB.
     *
     * @param file which
     * @return its bytes, at least one
     * @throws StageException if there is no such file, it is empty, too large or cannot be read; the message starts with
     *     the file's name
     */
    public static byte[] read(Path file) {
        return read(file, MAX_BYTES);
    }

    /**
     * Reads the whole file.
     *
     * @param file which
     * @param maxBytes what is too large to be what is expected
     * @return its bytes, at least one
     * @throws StageException if there is no such file, it is empty, too large or cannot be read; the message starts with
     *     the file's name
     */
    public static byte[] read(Path file, int maxBytes) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new StageException(file
                        + (Files.isDirectory(file) ? ": a folder, expected a weights file" : ": no such weights file"));
            }
            long size = Files.size(file);
            if (size == 0) {
                throw new StageException(file + ": empty (0 bytes)");
            }
            if (size > maxBytes) {
                throw new StageException(file + ": " + size + " bytes, expected at most " + maxBytes);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new StageException(file + ": not readable: " + e.getMessage(), e);
        }
    }
}
