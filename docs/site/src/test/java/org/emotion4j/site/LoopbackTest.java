package org.emotion4j.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What talks to itself over the network is skipped where there is none, not even to itself: {@code unshare --net mvn verify} passes. */
final class LoopbackTest {
    private static final Path REPOSITORY = LinksTest.REPOSITORY;

    /** What opens a connection, or starts what does. */
    private static final Pattern TALKS = Pattern.compile(
            "\\b(SparkConf\\(|JavaSparkContext\\(|ReadingServer\\.|HttpClient\\.new|new (Server)?Socket\\(|LoopbackServer[.(]|Service\\.(start|shared)\\()");

    @Test
    void testsThatTalkToThemselvesSayThatTheyNeedTo() throws IOException {
        List<Path> talking = JavaFiles.of(REPOSITORY).stream()
                .filter(file -> file.toString().endsWith("Test.java"))
                .filter(file -> TALKS.matcher(text(file)).find())
                .toList();
        assertThat(talking).hasSizeGreaterThan(10);
        assertThat(talking.stream().filter(file -> !text(file).contains("@NeedsLoopback")))
                .as("tests without @NeedsLoopback")
                .isEmpty();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
