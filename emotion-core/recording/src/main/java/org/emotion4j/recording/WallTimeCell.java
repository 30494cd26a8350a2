package org.emotion4j.recording;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the cells of {@code wall_time}. A record has thirty a second, and those of one minute begin alike: of the later ones the
 * seconds alone are read. Confined to one thread.
 */
final class WallTimeCell {
    /** A time as spreadsheets show it: they leave out the T and the Z. It is UTC, as what was recorded. */
    private static final Pattern SHOWN_TIME =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d)(?:[.,](\\d{1,9}))?Z?");

    private static final int SECONDS = "2026-11-22T10:15:".length();
    private static final int POINT = SECONDS + 2;
    private static final int ZONE = POINT + 4;

    private static final int SECONDS_A_MINUTE = 60;

    /** What cells of the minute begin with that was read last; no cell has it before. */
    private String minute = "none";

    private long minuteSecond;

    /**
     * Reads a cell as it was recorded, or as a spreadsheet shows it.
     *
     * @throws DateTimeException if it is no time
     */
    static Instant parse(String cell) {
        Matcher shown = SHOWN_TIME.matcher(cell);
        if (!shown.matches()) {
            return Instant.parse(cell);
        }
        String fraction = shown.group(3) == null ? "" : "." + shown.group(3);
        return Instant.parse(shown.group(1) + "T" + shown.group(2) + fraction + "Z");
    }

    /**
     * Reads the cell of the next row: the same as {@link #parse}, and sooner.
     *
     * @throws DateTimeException if it is no time
     */
    Instant read(String cell) {
        if (cell.length() == ZONE + 1
                && cell.startsWith(minute)
                && cell.charAt(POINT) == '.'
                && cell.charAt(ZONE) == 'Z') {
            int seconds = number(cell, SECONDS, POINT);
            int millis = number(cell, POINT + 1, ZONE);
            if (seconds >= 0 && seconds < SECONDS_A_MINUTE && millis >= 0) {
                return Instant.ofEpochSecond(minuteSecond + seconds, millis * 1_000_000L);
            }
        }
        Instant time = parse(cell);
        // As it would be recorded: 24:00 and leap seconds are times too, and seconds cannot be added to them.
        if (cell.length() == ZONE + 1 && cell.equals(CsvRows.wallTime(time))) {
            minute = cell.substring(0, SECONDS);
            minuteSecond = Math.floorDiv(time.getEpochSecond(), SECONDS_A_MINUTE) * SECONDS_A_MINUTE;
        }
        return time;
    }

    /** Returns -1 where there is something else than digits. */
    private static int number(String cell, int begin, int end) {
        int value = 0;
        for (int i = begin; i < end; i++) {
            char c = cell.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = 10 * value + (c - '0');
        }
        return value;
    }
}
