package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
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
        assertRefused(file, "wall_time is \"02.01.2026 03:04\"", "for example 2026-11-22T");
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
        assertRefused(file, "line 2: media_time_ms is \"0,000\"", "decimal comma");
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

    /** Each is done to one column or some cells alone; the other rows would still give figures. */
    @ParameterizedTest
    @CsvSource({
        "'x', '^(\\d+)\\.\\d$', '0$1. Mai', a date or a time",
        "'y', '^(\\d+)\\.\\d$', '$1-Jan', a date or a time",
        "'yaw', '^-?(\\d+)\\.\\d$', '01.0$1.2026', a date or a time",
        "'yaw', '^-?(\\d+)\\.\\d$', '462$1', lost its decimal point",
        "'quality', '^0\\.(\\d{3})$', '$1', one of thousands",
        "'brightness', '^0\\.(\\d\\d)\\d$', '$1 %', a percentage",
        "'sharpness', '^(\\d)\\.(\\d+)$', '$1$2', lost its decimal point",
        "'confidence', '^0\\.', '0/', a date or a time",
        "'detection', '^0.*', '####', shows instead of a number",
        "'happy', '^0\\.(.*)$', '\"0,$1\"', a decimal comma",
        "'raw_sad', '^0\\.(\\d\\d).*$', '0.$1', a spreadsheet has rounded them",
        "'sad', '^.*$', '0.5', a spreadsheet has rounded them",
        "'media_time_ms', '^(\\d)(\\d+)\\.(\\d+)$', '\"$1,$2.$3\"', signs between its thousands",
        "'media_time_ms', '^(\\d)(\\d)\\d+\\.\\d+$', '$1.$2E+03', scientific notation",
        "'media_time_ms', '^(\\d{2,3})\\.(\\d+)$', '$1$2', have lost their decimal point",
        "'wall_time', '^.*:(\\d\\d:\\d\\d\\.\\d).*$', '$1', for example 2026-11-22T",
        "'expression', '^(...).*$', '$1', no crash leaves that",
    })
    void whatWasDoneToSomeCellsIsRefusedByName(String column, String cell, String saved, String why)
            throws IOException {
        int number = CsvSessionRecorder.columns().indexOf(column);
        List<String> rows = new ArrayList<>();
        for (String line : recorded(60)) {
            String[] cells = line.split(",", -1);
            if (!rows.isEmpty()) {
                cells[number] = cells[number].replaceFirst(cell, saved);
            }
            rows.add(String.join(",", cells));
        }
        assertRefused(write(rows), why.contains("no crash") ? "rows of" : column, why);
    }

    /** A decimal comma without quotes moves all cells behind it to the right. */
    @Test
    void cellsThatMovedAreRefused() throws IOException {
        int number = CsvSessionRecorder.columns().indexOf("happy");
        List<String> rows = new ArrayList<>();
        for (String line : recorded(60)) {
            String[] cells = line.split(",", -1);
            cells[number] = cells[number].replaceFirst("^0\\.", "0,");
            rows.add(String.join(",", cells));
        }
        assertRefused(write(rows), "a spreadsheet");
    }

    @Test
    void scoresThatAreWholeNumbersAreRefused() throws IOException {
        List<String> rows = new ArrayList<>();
        for (String line : recorded(20)) {
            String[] cells = line.split(",", -1);
            for (int i = 15; i < 29 && !rows.isEmpty() && !cells[7].isEmpty(); i++) {
                cells[i] = i == 16 || i == 24 ? "1" : "0";
            }
            rows.add(String.join(",", cells));
        }
        assertRefused(write(rows), "scores have two decimals at most");
    }

    /** Numbers that lost their last zeros, as most spreadsheets save them, and small ones that most write with an E. */
    @Test
    void numbersWithoutTheirLastZerosAreRead() throws IOException {
        List<RecordedFrame> asRecorded = read(write(recorded(60)));
        List<String> rows = new ArrayList<>();
        for (String line : recorded(60)) {
            rows.add(line.replaceAll("(?<=,)(-?\\d+)\\.0+(?=,)", "$1")
                    .replaceAll("(?<=,)(-?\\d+\\.\\d*[1-9])0+(?=,)", "$1")
                    .replaceAll("(?<=,)0\\.0000(\\d)(?=,)", "$1.0E-05"));
        }
        assertThat(read(write(rows))).isEqualTo(asRecorded);
    }

    @Test
    void rowsThatWereSortedByAnotherColumnAreRefused() throws IOException {
        List<String> rows = new ArrayList<>(recorded(60));
        String header = rows.remove(0);
        rows.sort(Comparator.comparing((String row) -> row.split(",", -1)[13]));
        rows.add(0, header);
        assertRefused(write(rows), "sorted by another column", "Sort them by frame_index");
        rows.remove(0);
        rows.sort(Comparator.comparingInt(row -> Integer.parseInt(row.split(",", -1)[2])));
        rows.add(0, header);
        assertThat(read(write(rows))).hasSize(60);
    }

    @Test
    void rowsOfSeveralSessionsAreRefused() throws IOException {
        List<String> rows = new ArrayList<>(lines);
        lines.stream()
                .skip(1)
                .map(line -> line.replaceFirst("^1,[^,]*", "1,another"))
                .forEach(rows::add);
        assertRefused(write(rows), "the row is of session \"another\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,se", "1,session,9,\u0000\u0000\n", "1,a,12\n1,a\n,,\nxxxxxxx\n1,b"})
    void rowsThatACrashToreAtTheEndAreLeftOut(String torn) throws IOException {
        Path file = write(lines);
        Files.writeString(file, torn, StandardOpenOption.APPEND);
        try (SessionReader reader = SessionReader.open(file)) {
            reader.forEachRemaining(frame -> {});
            assertThat(reader.counters().frames()).isEqualTo(FRAMES);
            assertThat(reader.problemCount()).isPositive();
        }
    }

    private static void assertRefused(Path file, String... words) {
        assertThatThrownBy(() -> SessionReader.open(file))
                .isInstanceOf(SessionFormatException.class)
                .hasMessageContaining("saved.csv")
                .hasMessageContainingAll(words);
    }

    private List<String> recorded(int frames) throws IOException {
        Path session = folder.resolve("longer-" + frames);
        if (!Files.exists(session)) {
            try (CsvSessionRecorder recorder = CsvSessionRecorder.create(session)) {
                for (int i = 0; i < frames; i++) {
                    recorder.record(SampleFrames.frame(i));
                }
            }
        }
        return Files.readAllLines(session.resolve("session.csv")).stream()
                .map(line -> line.replace("\"clip, \"\"one\"\".avi\"", "clip.avi"))
                .toList();
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
