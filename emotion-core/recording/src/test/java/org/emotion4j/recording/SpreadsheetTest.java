package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
    void textInUtf16IsRefusedByName(String charset) throws IOException {
        Path file = Files.write(
                folder.resolve("saved.csv"), (String.join("\r\n", lines) + "\r\n").getBytes(Charset.forName(charset)));
        assertThatThrownBy(() -> SessionReader.open(file))
                .isInstanceOf(SessionFormatException.class)
                .hasMessageContainingAll("saved.csv", "UTF-16", "save it as CSV in UTF-8");
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 20_000})
    void carriageReturnsAloneAreRefusedByName(int rows) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            text.append(lines.get(i % lines.size())).append('\r');
        }
        Path file = Files.writeString(folder.resolve("saved.csv"), text);
        assertThatThrownBy(() -> SessionReader.open(file))
                .isInstanceOf(SessionFormatException.class)
                .hasMessageContainingAll("carriage returns alone", "Macintosh", "line feeds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sep=,", "sep=;", "SEP=;", "\"sep=;\"", "\uFEFFsep=,"})
    void aLineThatNamesTheSeparatorIsRefusedByName(String line) throws IOException {
        List<String> with = new ArrayList<>(lines);
        with.add(0, line);
        Path file = write(with);
        assertThatThrownBy(() -> SessionReader.open(file))
                .isInstanceOf(SessionFormatException.class)
                .hasMessageContaining("begins with the line \"")
                .hasMessageContaining(line.contains(",") ? "delete that line" : "save it as CSV in UTF-8 with commas");
    }

    @Test
    void whatASpreadsheetMadeUnreadableIsNotTidiedUpAndSoLost() throws IOException {
        Path session = folder.resolve("session");
        Path json = session.resolve("session.json");
        Files.writeString(
                json, Files.readString(json).replaceFirst("\"state\": *\"finished\"", "\"state\": \"recording\""));
        byte[] saved = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_16LE);
        Files.write(session.resolve("session.csv"), saved);
        assertThatThrownBy(() -> SessionReader.recover(session)).hasMessageContaining("UTF-16");
        assertThat(session.resolve("session.csv")).hasBinaryContent(saved);
    }

    /** As LibreOffice saves what it imported in a German locale: points of three decimals are gone, all others are texts. */
    @ParameterizedTest
    @CsvSource({"4, false", "4, true", "14, false", "190, false"})
    void thousandfoldTimesAreRefusedByName(int milliseconds, boolean withoutMillis) throws IOException {
        Path file = write(analyzed(milliseconds, cell -> cell.replace(".", ""), withoutMillis));
        assertThatThrownBy(() -> SessionReader.open(file))
                .isInstanceOf(SessionFormatException.class)
                .hasMessageContainingAll("saved.csv", "media_time_ms", "thousandfold", "decimal points");
    }

    /** Other spreadsheets drop zeros: 40.000 becomes 40. */
    @ParameterizedTest
    @CsvSource({"4, false", "4, true", "14, false", "190, false"})
    void timesWithoutTheirZerosAreRead(int milliseconds, boolean withoutMillis) throws IOException {
        List<String> saved = analyzed(milliseconds, cell -> cell.substring(0, cell.indexOf('.')), withoutMillis);
        assertThat(read(write(saved))).hasSize(FRAMES);
    }

    @Test
    void aShareThatBecameThousandfoldIsTold() throws IOException {
        Path file = write(lines.stream()
                .map(line -> line.replaceFirst(",0\\.(\\d{3}),", ",$1,"))
                .toList());
        try (SessionReader reader = SessionReader.open(file)) {
            reader.forEachRemaining(frame -> {});
            assertThat(reader.problems()).isNotEmpty().allSatisfy(problem -> assertThat(problem.message())
                    .contains("may have taken its point for one of thousands"));
        }
    }

    /** The session with its times 40 ms apart and changed, analyzed at a frame in so many milliseconds. */
    private List<String> analyzed(int milliseconds, UnaryOperator<String> change, boolean withoutMillis) {
        List<String> rows = new ArrayList<>();
        Instant start = Instant.parse("2026-01-02T03:04:05.006Z");
        for (String line : lines) {
            String[] cells = line.split(",", -1);
            if (!rows.isEmpty()) {
                int number = Integer.parseInt(cells[2]);
                cells[3] = change.apply(40 * number + ".000");
                cells[4] = start.plusMillis((long) milliseconds * number).toString();
                cells[4] = withoutMillis ? cells[4].substring(0, 19).replace('T', ' ') : cells[4];
                cells[6] = number == 0 ? "1" : "0";
            }
            rows.add(String.join(",", cells));
        }
        return rows;
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
