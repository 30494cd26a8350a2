package org.emotion4j.recording;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The cells of one row, where they lie in the bytes of its line: numbers are read there, and text is made only of cells whose text
 * is asked for. A session of two hours has twelve million cells, and nearly all are asked for their number. A cell behind the last
 * one is empty: spreadsheets leave out empty cells at the end of a row. Filled anew for each row. Confined to one thread.
 */
final class RowCells {
    /** What {@link #fixed} says of a cell that is something else. */
    static final long NOT_FIXED = Long.MIN_VALUE;

    /** Of whole numbers with so many digits each is a double, and so are these powers: the quotient of two is the nearest double. */
    private static final int EXACT_DIGITS = 15;

    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14
    };

    /** Up to this one more digit makes a long. */
    private static final long MOST_BEFORE_A_DIGIT = Long.MAX_VALUE / 10 - 1;

    private byte[] line = new byte[0];
    private int lineFrom;
    private int lineTo;

    private byte[] bytes = line;

    /** Where each cell begins; a byte before that the one before it ends. One more than there are cells. */
    private int[] starts = new int[64];

    private int size;

    /**
     * Takes a line in the place of the one before. Its bytes are not copied.
     *
     * @param begin its first byte
     * @param end behind its last one, without the line break
     */
    void take(byte[] source, int begin, int end) {
        line = source;
        lineFrom = begin;
        lineTo = end;
        bytes = source;
        int count = 0;
        starts[0] = begin;
        for (int i = begin; i < end; i++) {
            byte each = source[i];
            if (each > ',') {
                continue; // digits, points, letters: nearly all are
            }
            if (each == ',') {
                count++;
                if (count + 1 == starts.length) {
                    starts = Arrays.copyOf(starts, 2 * count);
                }
                starts[count] = i + 1;
            } else if (each == '"') {
                takeQuoted();
                return;
            }
        }
        size = count + 1;
        starts[size] = end + 1;
    }

    private void takeQuoted() {
        List<String> fields = CsvLine.fields(line());
        ByteArrayOutputStream unquoted = new ByteArrayOutputStream(lineTo - lineFrom);
        size = fields.size();
        starts = new int[Math.max(starts.length, size + 2)];
        for (int i = 0; i < size; i++) {
            unquoted.writeBytes(fields.get(i).getBytes(StandardCharsets.UTF_8));
            unquoted.write(',');
            starts[i + 1] = unquoted.size();
        }
        bytes = unquoted.toByteArray();
    }

    /** Returns how many cells the row has; none where its quotes do not match. */
    int size() {
        return size;
    }

    /** Tells a line without a character. */
    boolean isEmptyLine() {
        return lineFrom == lineTo;
    }

    /** Tells a row that a spreadsheet left where somebody emptied it. */
    boolean isBlank() {
        return lineFrom < lineTo && line[lineFrom] <= ',' && CsvLine.isBlank(line());
    }

    boolean isEmpty(int cell) {
        return length(cell) == 0;
    }

    String text(int cell) {
        return cell >= size ? "" : new String(bytes, starts[cell], length(cell), StandardCharsets.UTF_8);
    }

    /** Tells whether a cell says a word, exactly. */
    boolean is(int cell, String word) {
        int length = length(cell);
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c >= 0x80) {
                return text(cell).equals(word);
            }
            if (i >= length || bytes[starts[cell] + i] != c) {
                return false;
            }
        }
        return length == word.length();
    }

    /** Returns which of some words a cell says, and -1 where it says none of them. */
    int indexIn(List<String> words, int cell) {
        for (int i = 0; i < words.size(); i++) {
            if (is(cell, words.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** Tells whether a character of ASCII is in a cell. */
    boolean contains(int cell, char wanted) {
        for (int i = 0; i < length(cell); i++) {
            if (bytes[starts[cell] + i] == wanted) {
                return true;
            }
        }
        return false;
    }

    /**
     * Reads a number with a set count of decimals, and nothing before its digits but a minus sign.
     *
     * @param decimals how many digits there have to be behind the point; 0 without a point
     * @return the number without its point: 1234 of 12.34. Of what is beyond that the greatest or least long;
     *     {@link #NOT_FIXED} where the cell is something else
     */
    long fixed(int cell, int decimals) {
        int length = length(cell);
        if (length == 0) {
            return NOT_FIXED;
        }
        int end = starts[cell] + length;
        boolean negative = bytes[starts[cell]] == '-';
        int start = negative ? starts[cell] + 1 : starts[cell];
        int point = decimals == 0 ? end : end - decimals - 1;
        if (point <= start) {
            return NOT_FIXED;
        }
        long value = 0;
        for (int i = start; i < end; i++) {
            int digit = bytes[i] - '0';
            if (i == point) {
                if (bytes[i] != '.') {
                    return NOT_FIXED;
                }
            } else if (digit < 0 || digit > 9) {
                return NOT_FIXED;
            } else {
                value = value > MOST_BEFORE_A_DIGIT ? longest(value, digit) : 10 * value + digit;
            }
        }
        return negative ? -value : value;
    }

    /** Another digit, where it may be one too many. */
    private static long longest(long value, int digit) {
        return value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : 10 * value + digit;
    }

    /**
     * Reads a number, exactly as {@link Double#parseDouble} does.
     *
     * @throws NumberFormatException if it is none
     */
    double number(int cell) {
        int length = length(cell);
        if (length == 0 || length > EXACT_DIGITS) {
            return Double.parseDouble(text(cell));
        }
        int end = starts[cell] + length;
        boolean negative = bytes[starts[cell]] == '-';
        long digits = 0;
        int count = 0;
        int point = -1;
        for (int i = negative ? starts[cell] + 1 : starts[cell]; i < end; i++) {
            int digit = bytes[i] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = 10 * digits + digit;
                count++;
            } else if (bytes[i] == '.' && point < 0) {
                point = i;
            } else {
                return Double.parseDouble(text(cell));
            }
        }
        if (count == 0) {
            return Double.parseDouble(text(cell));
        }
        double value = point < 0 ? digits : digits / POWERS[end - 1 - point];
        return negative ? -value : value;
    }

    /**
     * Reads a whole number, exactly as {@link Long#parseLong(String)} does.
     *
     * @throws NumberFormatException if it is none
     */
    long whole(int cell) {
        long value = fixed(cell, 0);
        return value == NOT_FIXED || Math.abs(value) > MOST_BEFORE_A_DIGIT ? Long.parseLong(text(cell)) : value;
    }

    private String line() {
        return new String(line, lineFrom, lineTo - lineFrom, StandardCharsets.UTF_8);
    }

    private int length(int cell) {
        return cell >= size ? 0 : starts[cell + 1] - 1 - starts[cell];
    }
}
