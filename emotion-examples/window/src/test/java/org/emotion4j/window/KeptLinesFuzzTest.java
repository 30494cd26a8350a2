package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.emotion4j.pipeline.EmotionSession;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever somebody has made of the files by which the window remembers, it begins with what can be read, and keeps that as it
 * is. Runs the seeds; the profile {@code fuzz} makes more of them.
 */
final class KeptLinesFuzzTest {
    @TempDir
    static Path folder;

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void recent(byte[] text) throws IOException {
        KeptLines kept = new KeptLines(folder, "recent.txt");
        Files.write(folder.resolve("recent.txt"), text);
        assertThat(RecentFiles.read(kept)).hasSizeLessThanOrEqualTo(kept.read().size());
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void markers(byte[] text) throws IOException {
        Files.write(folder.resolve("markers.txt"), text);
        MarkerPresets presets = MarkerPresets.in(folder);
        assertThat(presets.texts())
                .hasSizeLessThanOrEqualTo(MarkerPresets.MOST)
                .allMatch(each -> !each.isBlank() && each.length() <= EmotionSession.MAX_MARK_LENGTH);
        presets.keepIn(folder);
        assertThat(MarkerPresets.in(folder)).isEqualTo(presets);
        assertThat(MarkerPresets.of(presets.lines())).isEqualTo(presets);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void sections(byte[] text) throws IOException {
        Files.write(folder.resolve("sections.txt"), text);
        assertThat(Sections.read(new KeptLines(folder, "sections.txt")))
                .hasSizeLessThanOrEqualTo(Sections.Kind.values().length);
    }

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "/a/film.mp4\nC:\\films\\b.mp4\n\u0000\nfile:///c",
                        "rest\n\n  about the mother  \nüber\r\n\uD83D\uDE00" + "\uD83D\uDE00".repeat(1_000),
                        "x" + "\uD83D\uDE00".repeat(1_000),
                        "analysis open\noutput closed\nanalysis \nanalysis",
                        "\uFEFF\uFEFF\u2028\u0085\u00a0",
                        "")
                .flatMap(text ->
                        Stream.of(text.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
