package org.emotion4j.recording;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has done to the numbers of one column: other things in their place, numbers out of their range, points that
 * were lost, digits that were rounded away.
 *
 * <p>A recorder writes each number with the decimals of its column. A cell that has them is believed as far as it is in the
 * column's range; the others are looked at. Spreadsheets leave out last zeros, by which nothing is lost, and every tenth number
 * or so has one: a file where most are missing was rounded. Confined to one thread.
 */
final class ColumnDamage {
    private static final Pattern PLAIN = Pattern.compile("[+-]?\\d{1,18}(\\.\\d*)?");
    private static final Pattern SCIENTIFIC = Pattern.compile("[+-]?\\d(\\.(\\d*))?[eE]([+-]?\\d{1,3})");
    private static final Pattern COMMA = Pattern.compile("[+-]?\\d*,\\d+");
    private static final Pattern THOUSANDS = Pattern.compile(
            "[+-]?\\d{1,3}(?:(?:,\\d{3})+\\.\\d*|(?:\\.\\d{3})+,\\d*|(?:[,.]\\d{3}){2,}"
                    + "|(?:['\u2019 \u00A0\u202F]\\d{3})+(?:[.,]\\d*)?)|[+-]?\\d+,[\\d,]*\\.\\d*|[+-]?\\d+\\.[\\d.]*,\\d*");
    private static final Pattern DATE =
            Pattern.compile("(?=.*\\d).*(?:\\p{L}{2,}|\\d[-/:.]\\s?\\d+[-/:.]|\\d[-/:]\\d).*");

    /** So many different numbers without their last digit, and none with it, are no accident: one in ten has a zero there. */
    private static final int NO_ACCIDENT = 5;

    /** Likewise where others have it. */
    private static final int NO_ACCIDENT_AMONG_OTHERS = 8;

    /** So many shares that are all 0 or 1 were rounded. */
    private static final int MANY = 20;

    private final RowColumn column;

    /** The column's bounds as {@link RowCells#fixed} reads numbers. */
    private final long least;

    private final long most;

    private final Set<String> withoutLastZeros = new HashSet<>();
    private long asRecorded;
    private long withTrailingZero;
    private long whole;
    private long largeWhole;
    private long shorter;
    private long longer;
    private long zeros;
    private long zerosWithPoint;
    private int mostDecimals;
    private long firstWholeLine;
    private long firstZeroLine;
    private long firstShorterLine;
    private long firstLongerLine;

    ColumnDamage(RowColumn column) {
        this.column = column;
        double power = Math.pow(10, column.decimals());
        this.least = Math.round(column.least() * power);
        this.most = Math.round(column.most() * power);
    }

    RowColumn column() {
        return column;
    }

    /** Tells whether a cell is a number with all decimals of its column. */
    boolean isAsRecorded(RowCells row, int cell) {
        return row.fixed(cell, column.decimals()) != RowCells.NOT_FIXED;
    }

    /**
     * Looks at a cell that is not empty.
     *
     * @throws DamageException if it holds no number that was recorded
     */
    void look(RowCells row, int index, long line) throws DamageException {
        long fixed = row.fixed(index, column.decimals());
        if (fixed != RowCells.NOT_FIXED) {
            asRecorded++;
            mostDecimals = Math.max(mostDecimals, column.decimals());
            withTrailingZero += column.decimals() > 0 && fixed % 10 == 0 ? 1 : 0;
            if (fixed < least || fixed > most) {
                throw outOfRange(row.text(index));
            }
            return;
        }
        String cell = row.text(index).strip();
        if (PLAIN.matcher(cell).matches() && column.decimals() > 0) {
            plain(cell, line);
            return;
        }
        var scientific = SCIENTIFIC.matcher(cell);
        if (scientific.matches()) {
            int digits = scientific.group(2) == null ? 0 : scientific.group(2).length();
            scientific(cell, digits, Integer.parseInt(scientific.group(3)), line);
            return;
        }
        throw refused(cell, whatSpreadsheetsMake(cell));
    }

    /** Null where a spreadsheet does not make that of a number. */
    private static @Nullable String whatSpreadsheetsMake(String cell) {
        if (COMMA.matcher(cell).matches()) {
            return "a number with a decimal comma, or one between thousands";
        }
        if (THOUSANDS.matcher(cell).matches()) {
            return "a number with signs between its thousands";
        }
        if (cell.startsWith("#")) {
            return "what a spreadsheet shows instead of a number";
        }
        if (cell.endsWith("%")) {
            return "a percentage";
        }
        return DATE.matcher(cell).matches() ? "a date or a time" : null;
    }

    private void plain(String cell, long line) throws DamageException {
        double value = Double.parseDouble(cell);
        int point = cell.indexOf('.');
        count(point < 0 ? 0 : cell.length() - point - 1, line);
        if (value == 0) {
            if (point >= 0) {
                zerosWithPoint++;
                return;
            }
            zeros++;
            firstZeroLine = firstZeroLine == 0 ? line : firstZeroLine;
            return;
        }
        if (point >= 0) {
            requireInRange(cell);
            if (cell.length() - point - 1 < column.decimals()) {
                shorter(cell, line);
            }
            return;
        }
        if (!column.isIn(value)) {
            throw refused(
                    cell,
                    "a number that has lost its decimal point; a spreadsheet with a decimal comma may have taken it for"
                            + " one of thousands, or the number for a date");
        }
        whole++;
        largeWhole += Math.abs(value) >= 100 ? 1 : 0;
        firstWholeLine = firstWholeLine == 0 ? line : firstWholeLine;
    }

    private void scientific(String cell, int digits, int exponent, long line) throws DamageException {
        if (column.decimals() == 0 || (column.decimals() < CsvRows.SCORE_DIGITS && exponent > digits)) {
            throw refused(cell, "a number in scientific notation, which leaves out its last digits");
        }
        count(digits - exponent, line);
        requireInRange(cell);
    }

    private void count(int decimals, long line) {
        mostDecimals = Math.max(mostDecimals, decimals);
        if (decimals > column.decimals()) {
            longer++;
            firstLongerLine = firstLongerLine == 0 ? line : firstLongerLine;
        }
    }

    private void shorter(String cell, long line) {
        shorter++;
        firstShorterLine = firstShorterLine == 0 ? line : firstShorterLine;
        if (withoutLastZeros.size() < NO_ACCIDENT_AMONG_OTHERS) {
            withoutLastZeros.add(cell);
        }
    }

    private void requireInRange(String cell) throws DamageException {
        if (!column.isIn(Double.parseDouble(cell))) {
            throw outOfRange(cell);
        }
    }

    private DamageException outOfRange(String cell) {
        return new DamageException(column.name() + " is \"" + Texts.onOneLine(cell) + "\", expected " + column.range()
                + ": "
                + (isTime()
                        ? "it is a clock's time and not the time within the recording"
                        : "no recorder writes that, another program has changed the file"));
    }

    private DamageException refused(String cell, @Nullable String what) {
        return new DamageException(column.name() + " is \"" + Texts.onOneLine(cell) + "\", "
                + (what == null
                        ? "expected " + column.range()
                                + ": no recorder writes that, another program has changed the file"
                        : what + ": a spreadsheet has saved it so"));
    }

    private boolean isTime() {
        return column.name().equals("media_time_ms");
    }

    boolean isScore() {
        return column.decimals() == CsvRows.SCORE_DIGITS;
    }

    long asRecorded() {
        return asRecorded;
    }

    int mostDecimals() {
        return mostDecimals;
    }

    /** How many numbers have kept a last zero, which spreadsheets leave out; of a time it says nothing of other columns. */
    long keptZeros() {
        return isTime() || column.decimals() == 0 ? 0 : withTrailingZero;
    }

    /** How many cells have other decimals than were written. */
    long otherwise() {
        return whole + shorter + longer + zeros + zerosWithPoint;
    }

    /** The first cell that has more decimals than are written; 0 where none has. */
    long firstLongerLine() {
        return firstLongerLine;
    }

    /**
     * Looks at the column as a whole.
     *
     * @param zerosKept whether other columns show that no last zeros were left out
     * @param secondZerosKept likewise, of numbers with two decimals and more
     * @throws DamageException if numbers lost their point or were rounded
     */
    void conclude(boolean zerosKept, boolean secondZerosKept) throws DamageException {
        boolean mixed = whole > 0 && withTrailingZero > 0 && column.decimals() > 0;
        boolean allWhole =
                column.decimals() == 3 && !isTime() && asRecorded == 0 && mostDecimals == 0 && largeWhole > 0;
        boolean unlikeOthers = whole + zeros > 0 && zerosKept && !isTime() && column.decimals() > 0;
        if (mixed || allWhole || unlikeOthers) {
            throw new DamageException("line " + (whole > 0 ? firstWholeLine : firstZeroLine) + ": " + column.name()
                    + " has lost its decimal point"
                    + (mixed
                            ? " here, and kept it in other rows"
                            : unlikeOthers ? ", and other columns have kept theirs" : "")
                    + ": a spreadsheet may have taken it for one of thousands, or the number for a date");
        }
        if (isRounded(secondZerosKept)) {
            throw new DamageException("line " + Math.max(firstShorterLine, firstWholeLine) + ": " + column.name()
                    + " has not the " + column.decimals()
                    + " decimals that it was recorded with: a spreadsheet has rounded"
                    + " it");
        }
    }

    private boolean isRounded(boolean secondZerosKept) {
        if (column.decimals() < 2 || isTime()) {
            return false;
        }
        int different = withoutLastZeros.size();
        boolean amongZeros = shorter + zerosWithPoint > 0 && secondZerosKept;
        boolean everywhere = asRecorded == 0 && different >= NO_ACCIDENT;
        boolean mostly = different >= NO_ACCIDENT_AMONG_OTHERS && shorter > asRecorded;
        boolean toWhole = column.most() == 1 && mostDecimals == 0 && whole > 0 && whole + zeros >= MANY;
        return amongZeros || everywhere || mostly || toWhole;
    }
}
