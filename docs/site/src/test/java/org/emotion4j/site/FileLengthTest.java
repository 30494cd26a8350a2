package org.emotion4j.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No Java file but of tests is longer than four hundred lines without a reason, and each reason stands in {@code long-files.properties}. */
final class FileLengthTest {
    private static final int MOST_LINES = 400;
    private static final Path REPOSITORY = LinksTest.REPOSITORY;

    @Test
    void everyLongFileHasAReasonAndEveryReasonALongFile() throws IOException {
        Properties reasons = new Properties();
        try (var in = FileLengthTest.class.getResourceAsStream("long-files.properties")) {
            reasons.load(in);
        }
        assertThat(longFiles().keySet())
                .as(
                        "files of more than %d lines: split it, or give a reason in long-files.properties beside this test",
                        MOST_LINES)
                .containsExactlyInAnyOrderElementsOf(reasons.stringPropertyNames());
        assertThat(reasons.values())
                .allSatisfy(reason -> assertThat((String) reason).hasSizeGreaterThan(20));
    }

    private static Map<String, Long> longFiles() throws IOException {
        Map<String, Long> lines = new TreeMap<>();
        for (Path file : JavaFiles.of(REPOSITORY)) {
            if (isOfMain(file)) {
                try (Stream<String> all = Files.lines(file)) {
                    long count = all.count();
                    if (count > MOST_LINES) {
                        lines.put(file.getFileName().toString(), count);
                    }
                }
            }
        }
        return lines;
    }

    private static boolean isOfMain(Path path) {
        return path.toString().contains(Path.of("src", "main").toString());
    }
}
