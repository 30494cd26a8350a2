package org.emotion4j.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What spreadsheets do to a session's rows is read, or refused by its name. */
class SpreadsheetTest {
    private static final int FRAMES = 12;

    @TempDir
    private Path folder;

    private List<String> lines = List.of();

    @BeforeEach
    void record() throws IOException {
        Path session = folder.resolve("session");
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(session)) {
            for (int i = 0; i < FRAMES; i++) {
                recorder.record(SampleFrames.frame(i));
            }
        }
        lines = Files.readAllLines(session.resolve("session.csv")).stream()
                .map(line -> line.replace("\"clip, \"\"one\"\".avi\"", "clip.avi"))
                .toList();
    }

    @Test
    void emptyCellsThatWereTrimmedAtTheEndOfARowAreEmpty() throws IOException {
        assertThat(saved(line -> line.replaceFirst(",+$", ""))).hasSize(FRAMES);
    }

    @Test
    void emptyCellsThatWereAddedAtTheEndOfARowAreNothing() throws IOException {
        assertThat(saved(line -> line + ",,,")).hasSize(FRAMES);
    }

    @Test
    void aRowThatWasEmptiedIsPassedOver() throws IOException {
        List<String> with = new ArrayList<>(lines);
        with.add(3, ",".repeat(37));
        assertThat(read(write(with))).hasSize(FRAMES);
    }

    @Test
    void aRowThatEndsWithinItsScoresIsLeftOut() throws IOException {
        List<String> with = new ArrayList<>(lines);
        with.set(3, with.get(3).substring(0, 120));
        Path file = write(with);
        try (SessionReader reader = SessionReader.open(file)) {
            reader.forEachRemaining(frame -> {});
            assertThat(reader.problemCount()).isEqualTo(1);
            assertThat(reader.problems().get(0).line()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"$1 $2", "$1 $2Z", "$1T$2"})
    void aTimeAsSpreadsheetsShowItIsTheSameTime(String shown) throws IOException {
        List<RecordedFrame> frames =
                saved(line -> line.replaceFirst("(\\d{4}-\\d\\d-\\d\\d)T(\\d\\d:\\d\\d:\\d\\d\\.\\d{3})Z", shown));
        assertThat(frames).hasSize(FRAMES);
        assertThat(frames.get(5).wallTime()).isEqualTo(SampleFrames.frame(5).wallTime());
    }

    @Test
    void aTimeOfAnotherFormIsToldWithAnExample() throws IOException {
        Path file = write(lines.stream()
                .map(line -> line.replaceFirst("2026-01-02T[^,]*", "02.01.2026 03:04"))
                .toList());
        assertThat(onlyProblem(file)).contains("wall_time is \"02.01.2026 03:04\"", "for example 2026-11-22T");
    }

    @Test
    void semicolonsAreRefusedByName() throws IOException {
        Path file = write(lines.stream()
                .map(line -> line.replace(',', ';').replace('.', ','))
                .toList());
        assertThatThrownBy(() -> SessionReader.open(file))
                .isInstanceOf(SessionFormatException.class)
                .hasMessageContaining("separated by semicolons")
                .hasMessageNotContaining("missing");
    }

    @Test
    void tabsAreRefusedByName() throws IOException {
        Path file = write(lines.stream().map(line -> line.replace(',', '\t')).toList());
        assertThatThrownBy(() -> SessionReader.open(file)).hasMessageContaining("separated by tabs");
    }

    @Test
    void decimalCommasAreTold() throws IOException {
        Path file = write(lines.stream()
                .map(line -> line.replaceAll(",(-?\\d+)\\.(\\d+)", ",\"$1,$2\""))
                .toList());
        assertThat(onlyProblem(file)).contains("media_time_ms is \"", "decimal comma");
    }

    private static String onlyProblem(Path file) throws IOException {
        try (SessionReader reader = SessionReader.open(file)) {
            reader.forEachRemaining(frame -> {});
            assertThat(reader.counters().frames()).isZero();
            return reader.problems().stream()
                    .map(SessionProblem::toString)
                    .collect(Collectors.joining("\n"))
                    .lines()
                    .findFirst()
                    .orElseThrow();
        }
    }

    private List<RecordedFrame> saved(UnaryOperator<String> change) throws IOException {
        List<String> changed = new ArrayList<>();
        for (String line : lines) {
            changed.add(changed.isEmpty() ? line : change.apply(line));
        }
        return read(write(changed));
    }

    private static List<RecordedFrame> read(Path file) throws IOException {
        List<RecordedFrame> frames = new ArrayList<>();
        try (SessionReader reader = SessionReader.open(file)) {
            reader.forEachRemaining(frames::add);
            assertThat(reader.problems()).isEmpty();
        }
        return frames;
    }

    private Path write(List<String> content) throws IOException {
        return Files.write(folder.resolve("saved.csv"), content);
    }
}
