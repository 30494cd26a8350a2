package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Cells that are read where they are say what the library's own classes make of their text, to the last bit. */
class RowCellsTest {
    @Property
    void aNumberIsThatOfParseDouble(@ForAll("numbers") String cell) {
        assertThat(outcome(() -> Double.doubleToRawLongBits(row("x," + cell).number(1))))
                .isEqualTo(outcome(() -> Double.doubleToRawLongBits(Double.parseDouble(cell))));
    }

    @Property
    void aWholeNumberIsThatOfParseLong(@ForAll("numbers") String cell) {
        assertThat(outcome(() -> row("x," + cell).whole(1))).isEqualTo(outcome(() -> Long.parseLong(cell)));
    }

    @Property
    void aNumberWithItsDecimalsIsReadWithoutItsPoint(
            @ForAll("numbers") String cell, @ForAll @IntRange(max = 5) int decimals) {
        String form = "-?\\d+" + (decimals == 0 ? "" : "\\.\\d{" + decimals + "}");

        long expected = cell.matches(form)
                ? new BigDecimal(cell)
                        .movePointRight(decimals)
                        .min(BigDecimal.valueOf(Long.MAX_VALUE))
                        .max(BigDecimal.valueOf(-Long.MAX_VALUE))
                        .longValueExact()
                : RowCells.NOT_FIXED;

        assertThat(row(cell).fixed(0, decimals)).isEqualTo(expected);
    }

    @Example
    void theLargestLongsAreReadToTheirLastDigit() {
        assertThat(row("9223372036854775800").fixed(0, 0)).isEqualTo(9_223_372_036_854_775_800L);
        assertThat(row("-922337203685477580.6").fixed(0, 1)).isEqualTo(-9_223_372_036_854_775_806L);
        assertThat(row("9223372036854775808").fixed(0, 0)).isEqualTo(Long.MAX_VALUE);
    }

    @Property
    void cellsAreWhatSplittingTheTextGives(@ForAll("lines") String line) {
        List<String> expected = line.contains("\"") ? CsvLine.fields(line) : List.of(line.split(",", -1));

        RowCells row = row(line);

        assertThat(IntStream.range(0, row.size()).mapToObj(row::text)).isEqualTo(expected);
        assertThat(IntStream.range(0, row.size()).mapToObj(row::isEmpty))
                .isEqualTo(expected.stream().map(String::isEmpty).toList());
        assertThat(row.isBlank()).isEqualTo(CsvLine.isBlank(line));
    }

    @Property
    void aCellSaysAWordWhereItsTextDoes(@ForAll("words") String cell, @ForAll("words") String word) {
        RowCells row = row("1," + cell);

        assertThat(row.is(1, word)).isEqualTo(cell.equals(word));
        assertThat(row.indexIn(List.of("happy", word), 1))
                .isEqualTo(List.of("happy", word).indexOf(cell));
        assertThat(row.contains(1, 'a')).isEqualTo(cell.contains("a"));
    }

    @Example
    void aCellBehindTheLastOneIsEmpty() {
        RowCells row = row("1,2");

        assertThat(row.isEmpty(2)).isTrue();
        assertThat(row.text(2)).isEmpty();
        assertThat(row.is(2, "")).isTrue();
        assertThat(row.fixed(2, 0)).isEqualTo(RowCells.NOT_FIXED);
    }

    @Example
    void aRowIsFilledAnewWhateverWasInItBefore() {
        RowCells row = row("\"a,b\"," + ",".repeat(200) + "c");
        byte[] next = "1.5,2".getBytes(StandardCharsets.UTF_8);

        row.take(next, 0, next.length);

        assertThat(row.size()).isEqualTo(2);
        assertThat(row.number(0)).isEqualTo(1.5);
        assertThat(row.isEmpty(2)).isTrue();
    }

    @Property
    void aTimeIsTheSameAfterOthersAsAlone(@ForAll("times") List<String> cells) {
        WallTimeCell cell = new WallTimeCell();

        for (String each : cells) {
            assertThat(outcome(() -> cell.read(each))).isEqualTo(outcome(() -> WallTimeCell.parse(each)));
        }
    }

    @Provide
    static Arbitrary<String> numbers() {
        Arbitrary<String> digits = Arbitraries.strings().numeric().ofMaxLength(20);
        Arbitrary<String> signs = Arbitraries.of("", "", "", "-", "+", "--", " ");
        Arbitrary<String> points = Arbitraries.of(".", ".", ".", "", "..", "e", "E-");
        return Arbitraries.oneOf(
                signs.flatMap(sign -> digits.flatMap(
                        whole -> points.flatMap(point -> digits.map(decimals -> sign + whole + point + decimals)))),
                Arbitraries.longs().map(String::valueOf),
                Arbitraries.doubles().map(String::valueOf),
                Arbitraries.strings()
                        .withChars("0123456789.-+eEdfxpNaIity \u0665\u00e9")
                        .ofMaxLength(24),
                Arbitraries.of(
                        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "0.1", "-0.0", ""));
    }

    @Provide
    static Arbitrary<String> lines() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("ab1, \u00e9\u2003").ofMaxLength(100),
                Arbitraries.strings().withChars("a1,\"\u00e9 ").ofMaxLength(12),
                Arbitraries.of("film\"s", "a,\"b,c\",d", "\"a\"\"b\",1", "\"\"", ",,,", "\"\",,"));
    }

    @Provide
    static Arbitrary<String> words() {
        return Arbitraries.oneOf(
                Arbitraries.of("happy", "happ", "happyy", "", "none", "ni\u00f1o", "ni\u00f1a"),
                Arbitraries.strings().withChars("ha\u00e9").ofMaxLength(4));
    }

    /** Of few minutes, so that many follow one of the same, with seconds that there are and others. */
    @Provide
    static Arbitrary<List<String>> times() {
        Arbitrary<String> minutes = Arbitraries.of(
                "2026-11-09T09:00:",
                "2026-11-09T24:00:",
                "2026-12-31T23:59:",
                "2026-11-09 09:00:",
                "2026-02-30T09:00:");
        Arbitrary<String> seconds = Arbitraries.of("00", "01", "59", "60", "61", "3", "\u0661\u0661");
        Arbitrary<String> rests = Arbitraries.of(".000Z", ".001Z", ".999Z", ",500Z", "Z", ".5Z", ".123", "", ".12xZ");
        return minutes.flatMap(minute -> seconds.flatMap(second -> rests.map(rest -> minute + second + rest)))
                .list()
                .ofMinSize(2)
                .ofMaxSize(6);
    }

    private static RowCells row(String line) {
        byte[] around = ("1," + line + ",2").getBytes(StandardCharsets.UTF_8);
        RowCells row = new RowCells();
        row.take(around, 2, around.length - 2);
        return row;
    }

    /** What a call gives, or that it gives nothing. */
    private static Object outcome(Supplier<?> call) {
        try {
            return call.get();
        } catch (NumberFormatException | DateTimeException e) {
            return "none";
        }
    }
}
