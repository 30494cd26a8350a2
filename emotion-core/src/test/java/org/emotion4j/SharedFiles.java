package org.emotion4j;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Pictures and films beside the repository, for the tests of all modules. */
public final class SharedFiles {
    private SharedFiles() {}

    /** Returns a file beside the repository, and skips the test where it is absent. */
    public static Path at(String path) {
        Path root = Path.of("").toAbsolutePath();
        while (root != null && !Files.exists(root.resolve(".ci"))) {
            root = root.getParent();
        }
        Path file = root == null ? Path.of(path) : root.resolveSibling("shared").resolve(path);
        assumeTrue(Files.exists(file), "skipped: ../shared/" + path + " is not at hand");
        return file;
    }
}
