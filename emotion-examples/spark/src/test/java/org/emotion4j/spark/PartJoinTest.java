package org.emotion4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emotion4j.recording.CsvSessionRecorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartJoinTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path folder;

    /** A row a second; the face's number as text, empty for none. */
    private static String row(long index, int second, String face, String x) {
        List<String> cells = new ArrayList<>();
        for (String column : CsvSessionRecorder.columns()) {
            cells.add(
                    switch (column) {
                        case "frame_index" -> Long.toString(index);
                        case "media_time_ms" -> String.format(Locale.ROOT, "%d.000", second * 1000);
                        case "face_id" -> face;
                        case "x" -> x;
                        default -> "";
                    });
        }
        return String.join(",", cells);
    }

    private Path part(String name, String... rows) throws IOException {
        return Files.writeString(
                folder.resolve(name),
                String.join(",", CsvSessionRecorder.columns()) + "\n" + String.join("\n", rows) + "\n");
    }

    private Optional<String> joined(Path one, Path other) throws IOException {
        return PartJoin.of(List.of(one, other), List.of(5 * SECOND), 2 * SECOND, folder.resolve("whole"));
    }

    private Path first() throws IOException {
        return part("one", row(0, 1, "1", "a"), row(1, 2, "4", "b"), row(2, 3, "4", "c"), row(3, 4, "4", "d"));
    }

    @Test
    void numbersOfFramesAndFacesGoOn() throws IOException {
        Path other = part(
                "other",
                row(0, 2, "1", "not the same yet"),
                row(1, 3, "2", "c"),
                row(2, 4, "2", "d"),
                row(3, 5, "2", "e"),
                row(4, 6, "", ""),
                row(5, 7, "2", "f"));
        assertThat(joined(first(), other)).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("whole")).stream().skip(1))
                .containsExactly(
                        row(0, 1, "1", "a"),
                        row(1, 2, "4", "b"),
                        row(2, 3, "4", "c"),
                        row(3, 4, "4", "d"),
                        row(4, 5, "4", "e"),
                        row(5, 6, "", ""),
                        row(6, 7, "4", "f"));
    }

    @Test
    void whatDiffersBeforeTheBorderIsNotJoined() throws IOException {
        Path other = part("other", row(1, 3, "2", "c"), row(2, 4, "2", "another"), row(3, 5, "2", "e"));
        assertThat(joined(first(), other)).hasValue("part 2: does not agree with the one before at 4000.000 ms");
    }

    @Test
    void aFrameMoreOrLessIsNotJoined() throws IOException {
        assertThat(joined(first(), part("less", row(1, 3, "2", "c"), row(3, 5, "2", "e"))))
                .isPresent();
        assertThat(joined(first(), part("gap", row(1, 3, "2", "c"), row(3, 4, "2", "d"), row(4, 5, "2", "e"))))
                .isPresent();
        assertThat(joined(
                        first(),
                        part(
                                "more",
                                row(1, 3, "2", "c"),
                                row(2, 4, "2", "d"),
                                row(2, 4, "2", "d"),
                                row(3, 5, "2", "e"))))
                .isPresent();
    }

    @Test
    void twoFacesAreNotOne() throws IOException {
        Path other = part("other", row(1, 3, "2", "c"), row(2, 4, "3", "d"), row(3, 5, "2", "e"));
        assertThat(joined(first(), other)).isPresent();
    }

    @Test
    void aFaceThatOnlyTheSecondKnowsIsNotJoined() throws IOException {
        Path other = part("other", row(1, 3, "2", "c"), row(2, 4, "2", "d"), row(3, 5, "2", "e"), row(4, 6, "3", "f"));
        assertThat(joined(first(), other)).hasValue("part 2: another face comes at 6000.000 ms");
    }

    @Test
    void withoutAFaceAtTheBorderNothingTellsWhoGoesOn() throws IOException {
        Path one = part("one", row(2, 3, "4", "c"), row(3, 4, "", ""));
        Path other = part("other", row(1, 3, "2", "c"), row(2, 4, "", ""), row(3, 5, "2", "e"));
        assertThat(joined(one, other)).hasValue("part 2: has no face at the border that the one before has too");
    }
}
