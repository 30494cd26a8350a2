package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.ThresholdLabelPolicy;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.session.PipelineSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever column of {@code session.csv} is changed, in one row or in all, is not read as if nothing had happened. */
class ChangedCellsTest {
    private static final int FRAMES = 60;
    private static final List<String> COLUMNS = CsvSessionRecorder.columns();

    @TempDir
    private Path folder;

    private final List<String[]> rows = new ArrayList<>();

    @BeforeEach
    void record() throws IOException {
        Path session = folder.resolve("session");
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(session)) {
            for (int i = 0; i < FRAMES; i++) {
                recorder.record(SampleFrames.frame(i));
            }
        }
        Files.readAllLines(session.resolve("session.csv")).stream()
                .map(line -> line.replace("\"clip, \"\"one\"\".avi\"", "clip.avi"))
                .map(line -> line.split(",", -1))
                .forEach(rows::add);
    }

    static List<RowColumn> columns() {
        return RowColumn.columns();
    }

    static Stream<RowColumn> numbers() {
        return columns().stream().filter(RowColumn::isNumber);
    }

    static Stream<RowColumn> decimals() {
        return numbers().filter(column -> column.decimals() > 0);
    }

    static Stream<RowColumn> roundable() {
        return decimals()
                .filter(column -> column.decimals() > 1 && !column.name().equals("media_time_ms"));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void oneCellThatHoldsNoNumberIsNamed(RowColumn column) {
        for (String other : List.of("-", "NaN", "Infinity", "-Infinity", "x", "1.0f", "0x1", "?", "null", "n/a")) {
            assertRefused(changed(fullRow(), column, cell -> other), column.name());
        }
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void oneCellOutOfItsRangeIsNamed(RowColumn column) {
        for (double other : new double[] {column.most() * 1.01 + 1, column.least() - 1}) {
            String cell = new BigDecimal(other)
                    .setScale(column.decimals(), RoundingMode.HALF_UP)
                    .toPlainString();
            if (cell.length() < 18 && !(column.name().equals("format_version") && other > 1)) {
                assertRefused(changed(fullRow(), column, was -> cell), column.name());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("columns")
    void oneCellThatWasEmptiedIsNamed(RowColumn column) {
        if (!column.mayBeEmptyText()) {
            assertRefused(changed(fullRow(), column, cell -> ""), column.name());
        }
    }

    @ParameterizedTest
    @MethodSource("columns")
    void aColumnThatWasDeletedOrRenamedIsNamed(RowColumn column) {
        int index = COLUMNS.indexOf(column.name());
        List<String> deleted = rows.stream()
                .map(row -> Stream.concat(Arrays.stream(row, 0, index), Arrays.stream(row, index + 1, row.length)))
                .map(cells -> String.join(",", cells.toList()))
                .toList();
        List<String> renamed = new ArrayList<>(lines());
        renamed.set(0, renamed.get(0).replaceFirst("\\b" + column.name() + "\\b", "other"));
        assertRefused(deleted, "[" + column.name() + "]");
        assertRefused(renamed, "[" + column.name() + "]");
        if (column.part().isOfFace() && column.part() != RowColumn.Part.FACE) {
            assertRefused(renamed, "it has [other], which are not known");
        }
    }

    @ParameterizedTest
    @MethodSource("columns")
    void aColumnThatIsThereTwiceIsNamed(RowColumn column) {
        List<String> twice = rows.stream()
                .map(row -> String.join(",", row) + "," + row[COLUMNS.indexOf(column.name())])
                .toList();
        assertRefused(twice, "the column " + column.name() + " twice");
    }

    @ParameterizedTest
    @MethodSource("decimals")
    void pointsThatWereLostInAllRowsAreNamed(RowColumn column) {
        assertRefused(
                changed(column, cell -> cell.replace(".", "")),
                column.name().equals("media_time_ms") ? "" : column.name());
        if (column.least() == -column.most() && column.most() <= 180) {
            assertRefused(changed(column, cell -> cell.replace(".", "") + "45"), column.name());
        }
    }

    @ParameterizedTest
    @MethodSource("roundable")
    void numbersThatWereRoundedAreNamed(RowColumn column) {
        for (int digits = 0; digits < column.decimals(); digits++) {
            int left = digits;
            UnaryOperator<String> rounding = cell -> rounded(cell, left);
            assertAll(
                    () -> assertRefused(changed(column, rounding), "a"),
                    () -> assertRefused(changed(fullRow(), column, rounding), "a"));
        }
    }

    /** As spreadsheets save a file in which somebody rounded a column: last zeros are missing everywhere. */
    @ParameterizedTest
    @MethodSource("roundable")
    void numbersThatWereRoundedAreToldFromThoseWithoutTheirLastZeros(RowColumn column) throws IOException {
        for (String[] row : rows.subList(1, rows.size())) {
            for (int i = 0; i < row.length; i++) {
                if (RowColumn.find(COLUMNS.get(i)).orElseThrow().decimals() > 0 && !row[i].isEmpty()) {
                    row[i] = withoutZeros(row[i]);
                }
            }
        }
        assertThat(read(lines())).isEqualTo(FRAMES);
        assertRefused(changed(column, cell -> withoutZeros(rounded(cell, column.decimals() - 1))), column.name());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5, 20, FRAMES})
    void aRowWhoseCellsMovedIsRefused(int number) {
        String[] row = rows.get(number);
        for (int i = 0; i < row.length; i++) {
            List<String> left = new ArrayList<>(List.of(row));
            left.remove(i);
            left.add("");
            List<String> right = new ArrayList<>(List.of(row));
            right.add(i, "");
            for (List<String> moved : List.of(left, right)) {
                List<String> lines = new ArrayList<>(lines());
                lines.set(number, String.join(",", moved));
                if (!withoutEnd(moved).equals(withoutEnd(List.of(row)))) {
                    assertRefused(lines, "line " + (number + 1) + ": ");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Happy", "joy", "mad", "glücklich", "happy ", "contempt", "NONE", "0"})
    void anExpressionInOtherWordsIsNamed(String word) {
        assertRefused(changed(fullRow(), column("expression"), cell -> word), "expression is \"" + word + "\"");
    }

    @Test
    void anExpressionThatItsConfidenceDoesNotBelongToIsNamed() {
        for (String word : Emotion.labels()) {
            if (!rows.get(fullRow())[COLUMNS.indexOf("expression")].equals(word)) {
                assertRefused(
                        changed(fullRow(), column("expression"), cell -> word),
                        "line " + (fullRow() + 1) + ": expression is \"" + word + "\"",
                        "one of them was changed");
            }
        }
    }

    /** Recorders before 28 November 2026 wrote what a camera's clock said. */
    @Test
    void aClocksTimeIsToldAsThat() {
        assertRefused(changed(1, column("media_time_ms"), cell -> "1790000000000.000"), "it is a clock's time");
    }

    @Test
    void aCutIsZeroOrOne() {
        assertRefused(
                changed(fullRow(), column("cut"), cell -> "2"), "cut is \"2\", expected a whole number from 0 to 1");
        assertRefused(changed(fullRow(), column("cut"), cell -> "TRUE"), "cut is \"TRUE\"");
    }

    @Test
    void zerosBeforeANumberDoNotHideThatItIsOutOfItsRange() {
        assertRefused(
                changed(fullRow(), column("detection"), cell -> "07.5000"),
                "detection is \"07.5000\", expected a number from 0 to 1");
    }

    @Test
    void aFrameNumberThatNoRecorderCountsToIsNamed() {
        assertRefused(
                changed(FRAMES, column("frame_index"), cell -> "9223372036854775808"),
                "frame_index is \"9223372036854775808\"");
    }

    /** By the label policy that the record names, with what the last label was taken into account. */
    @Test
    void anExpressionThatTheLabelPolicyDoesNotGiveIsNamed() throws IOException {
        Path session = folder.resolve("labeled");
        ThresholdLabelPolicy policy = ThresholdLabelPolicy.ofDefaults();
        PipelineSettings settings =
                new PipelineSettings(List.of(new PipelineSettings.Part("labelPolicy", policy.metadata())), Map.of());
        try (CsvSessionRecorder recorder = CsvSessionRecorder.builder(session)
                .metadata(SessionMetadata.withoutConsent().withPipeline(settings))
                .create()) {
            Optional<Emotion> label = Optional.empty();
            float[] happy = {0.3f, 0.39999f, 0.40001f, 0.41f, 0.5f, 0.41f, 0.36f, 0.34f, 0.2f};
            for (int i = 0; i < happy.length; i++) {
                EmotionScores scores = scores(happy[i]);
                label = policy.decide(scores, label);
                EmotionReading reading = new EmotionReading(
                        1,
                        i * 40_000_000L,
                        new DetectedFace(new BoundingBox(1, 2, 3, 4), 0.5),
                        scores,
                        scores,
                        label,
                        Optional.empty());
                recorder.record(SampleFrames.frame(i, i * 40_000_000L, List.of(reading)));
            }
        }
        Path csv = session.resolve("session.csv");
        String recorded = Files.readString(csv);
        try (SessionReader reader = SessionReader.open(session)) {
            reader.forEachRemaining(frame -> {});
            assertThat(reader.problems()).isEmpty();
        }
        assertThat(recorded).contains(",happy,0.5000,", ",none,0.3000,");
        for (String[] change :
                new String[][] {{",happy,0.5000,", ",none,0.5000,"}, {",none,0.3000,", ",happy,0.3000,"}}) {
            Files.writeString(csv, recorded.replace(change[0], change[1]));
            assertThatThrownBy(() -> SessionReader.open(session))
                    .isInstanceOf(SessionFormatException.class)
                    .hasMessageContaining("which the label policy of session.json")
                    .hasMessageContaining("the word was changed");
        }
    }

    @Test
    void rowsOfAnotherSessionThanDescribedAreRefused() throws IOException {
        Path other = folder.resolve("other");
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(other)) {
            recorder.record(SampleFrames.frame(0));
        }
        Path rowsOfOther = other.resolve("session.csv");
        Files.copy(
                folder.resolve("session/session.csv"), rowsOfOther, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> SessionReader.open(other))
                .isInstanceOf(SessionFormatException.class)
                .hasMessageContaining("session.json describes");
    }

    private static EmotionScores scores(float happy) {
        float[] values = new float[EmotionScores.SIZE];
        Arrays.fill(values, (1 - happy) / (EmotionScores.SIZE - 1));
        values[Emotion.HAPPY.ordinal()] = happy;
        return EmotionScores.of(values);
    }

    /** The first row in which no cell is empty but, it may be, words. */
    private int fullRow() {
        for (int i = 1; i < rows.size(); i++) {
            String[] row = rows.get(i);
            if (columns().stream()
                    .filter(column -> !column.mayBeEmptyText())
                    .noneMatch(column -> row[COLUMNS.indexOf(column.name())].isEmpty())) {
                return i;
            }
        }
        throw new AssertionError("no row has all");
    }

    private static RowColumn column(String name) {
        return RowColumn.find(name).orElseThrow();
    }

    private static String rounded(String cell, int digits) {
        return new BigDecimal(cell).setScale(digits, RoundingMode.HALF_UP).toPlainString();
    }

    private static String withoutZeros(String cell) {
        String plain = new BigDecimal(cell).stripTrailingZeros().toPlainString();
        return plain.equals("-0") ? "0" : plain;
    }

    private static List<String> withoutEnd(List<String> cells) {
        int end = cells.size();
        while (end > 0 && cells.get(end - 1).isEmpty()) {
            end--;
        }
        return cells.subList(0, end);
    }

    private List<String> lines() {
        return rows.stream().map(row -> String.join(",", row)).toList();
    }

    private List<String> changed(RowColumn column, UnaryOperator<String> change) {
        int index = COLUMNS.indexOf(column.name());
        List<String> lines = new ArrayList<>();
        for (String[] row : rows) {
            String[] cells = row.clone();
            if (!lines.isEmpty() && !cells[index].isEmpty()) {
                cells[index] = change.apply(cells[index]);
            }
            lines.add(String.join(",", cells));
        }
        return lines;
    }

    private List<String> changed(int number, RowColumn column, UnaryOperator<String> change) {
        List<String> lines = new ArrayList<>(lines());
        String[] cells = rows.get(number).clone();
        int index = COLUMNS.indexOf(column.name());
        cells[index] = change.apply(cells[index]);
        lines.set(number, String.join(",", cells));
        return lines;
    }

    private void assertRefused(List<String> lines, String... words) {
        assertThatThrownBy(() -> read(lines))
                .isInstanceOf(SessionFormatException.class)
                .hasMessageContaining("saved.csv")
                .hasMessageContainingAll(words);
    }

    private int read(List<String> lines) throws IOException {
        Path file = Files.write(folder.resolve("saved.csv"), lines);
        try (SessionReader reader = SessionReader.open(file)) {
            reader.forEachRemaining(frame -> {});
            assertThat(reader.problems()).isEmpty();
            return (int) reader.counters().frames();
        }
    }
}
