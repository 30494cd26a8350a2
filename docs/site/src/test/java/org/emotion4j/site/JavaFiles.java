package org.emotion4j.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Java files of a repository that somebody wrote. */
final class JavaFiles {
    private JavaFiles() {}

    /** All of them, of programs and of tests, without what a build has made. */
    static List<Path> of(Path repository) throws IOException {
        try (Stream<Path> files = Files.walk(repository)) {
            return files.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !isBuilt(repository.relativize(path)))
                    .toList();
        }
    }

    private static boolean isBuilt(Path path) {
        for (Path part : path) {
            if (part.toString().equals("target") || part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }
}
