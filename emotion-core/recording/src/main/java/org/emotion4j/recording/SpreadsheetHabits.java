package org.emotion4j.recording;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.emotion4j.file.FileKind;

/**
 * What spreadsheets do to a whole {@code session.csv} when they save it: told by name before a row of it is read, because row by
 * row it would look like a damaged file, or like a right one. Looks at the file's beginning, and then by {@link RowDamage} at what
 * was done to single cells.
 */
final class SpreadsheetHabits {
    private static final int HEAD = 1 << 18;
    private static final int KIND = 1 << 10;

    private static final String WHAT_TO_DO = "; read the file that was recorded, or save it as CSV in UTF-8 with commas"
            + " between cells, decimal points and line feeds";

    /**
     * How many times faster than the clock media time may go where it has lost its decimals. Files are analyzed some ten times
     * as fast as they were filmed, of one picture in several seconds some hundred times; thousandfold times of a
     * recording that was analyzed at a fifth of its speed are at this limit.
     */
    private static final long MOST_SPEED = 200;

    private static final long ONE_SECOND = 1_000;

    private SpreadsheetHabits() {}

    /**
     * Looks at a file.
     *
     * @param info what is known of the session besides its rows
     * @throws SessionFormatException if a spreadsheet has saved it in a way that is not read, or that is no longer true
     * @throws IOException if it cannot be read
     */
    static void refuse(Path csv, SessionInfo info) throws IOException {
        byte[] head;
        try (InputStream input = Files.newInputStream(csv)) {
            head = input.readNBytes(HEAD);
        }
        requireText(csv, head);
        if (isUtf16(head)) {
            throw refused(csv, "is text in UTF-16, as spreadsheets save it as \"Unicode text\", and not in UTF-8");
        }
        if (hasOnlyCarriageReturns(head)) {
            throw refused(
                    csv, "has its lines end with carriage returns alone, as spreadsheets save \"CSV (Macintosh)\"");
        }
        try (LineInput lines = new LineInput(new ByteArrayInputStream(head))) {
            if (!lines.next()) {
                return;
            }
            String first = withoutMark(lines.text());
            if (first.replace("\"", "").toLowerCase(Locale.ROOT).startsWith("sep=")) {
                throw new SessionFormatException(csv + " begins with the line \"" + Texts.onOneLine(first)
                        + "\", by which a spreadsheet tells itself how cells are separated"
                        + (first.contains(",") ? "; delete that line" : WHAT_TO_DO));
            }
            if (isThousandfold(lines, CsvLine.fields(first))) {
                throw new SessionFormatException(csv + ": media_time_ms has lost its three decimals and runs "
                        + MOST_SPEED + " and more times as fast as wall_time: a spreadsheet with a decimal comma"
                        + " took 40.000 for forty thousand, and every time is a thousandfold; read the file that was"
                        + " recorded, or import it with decimal points");
            }
        }
        RowDamage.refuse(csv, info);
    }

    /** What export makes for people and other programs is given back now and then. */
    private static void requireText(Path csv, byte[] head) throws SessionFormatException {
        FileKind kind = FileKind.of(ByteBuffer.wrap(head, 0, Math.min(head.length, KIND)));
        String text = new String(head, 0, Math.min(head.length, KIND), StandardCharsets.UTF_8).stripLeading();
        String found = null;
        if (kind == FileKind.ARCHIVE) {
            found = "a workbook or another archive, as export writes it with --format xlsx";
        } else if (text.startsWith("{") || text.startsWith("[")) {
            found = "JSON, as export and others write it";
        } else if (kind != FileKind.TEXT && kind != FileKind.EMPTY && kind != FileKind.UNKNOWN) {
            found = kind.words();
        }
        if (found != null) {
            throw new SessionFormatException(csv + " is " + found
                    + ", and not a CSV with a session's rows; give the session's folder, or its " + SessionFolder.ROWS);
        }
    }

    private static SessionFormatException refused(Path csv, String why) {
        return new SessionFormatException(csv + " " + why + WHAT_TO_DO);
    }

    /** Tells text in UTF-16 by its first two bytes. */
    static boolean isUtf16(byte[] head) {
        if (head.length < 2) {
            return false;
        }
        return hasUtf16Mark(head) || (head[0] == 0) != (head[1] == 0);
    }

    /** Tells it by its mark alone: zeros may be what a power cut left. */
    static boolean hasUtf16Mark(byte[] head) {
        if (head.length < 2) {
            return false;
        }
        int first = head[0] & 0xFF;
        int second = head[1] & 0xFF;
        return first == 0xFF && second == 0xFE || first == 0xFE && second == 0xFF;
    }

    private static boolean hasOnlyCarriageReturns(byte[] head) {
        boolean any = false;
        for (byte each : head) {
            if (each == '\n') {
                return false;
            }
            any |= each == '\r';
        }
        return any;
    }

    private static String withoutMark(String line) {
        return line.startsWith("\uFEFF") ? line.substring(1) : line;
    }

    /** A recorder writes 40.000; who takes the point for one of thousands saves 40000, and 66667 for 66.667. */
    private static boolean isThousandfold(LineInput lines, List<String> header) throws IOException {
        int time = header.indexOf("media_time_ms");
        int wall = header.indexOf("wall_time");
        int cut = header.indexOf("cut");
        if (time < 0 || wall < 0) {
            return false;
        }
        double media = 0;
        Duration clock = Duration.ZERO;
        double lastTime = Double.NaN;
        Instant lastWall = Instant.EPOCH;
        boolean sawMillis = false;
        while (lines.next() && lines.isTerminated()) {
            List<String> cells = CsvLine.fields(lines.text());
            if (cells.size() <= Math.max(time, wall)) {
                continue;
            }
            String cell = cells.get(time).strip();
            if (!isWhole(cell)) {
                return false;
            }
            Instant now;
            try {
                now = WallTimeCell.parse(cells.get(wall));
            } catch (DateTimeException e) {
                continue;
            }
            // A spreadsheet may have left whole seconds.
            sawMillis |= now.getNano() != 0;
            double at = Double.parseDouble(cell);
            boolean follows = cut < 0 || cells.size() <= cut || !cells.get(cut).equals("1");
            if (follows && at > lastTime) {
                media += at - lastTime;
                clock = clock.plus(Duration.between(lastWall, now).abs());
            }
            lastTime = at;
            lastWall = now;
        }
        return media > MOST_SPEED * (clock.toMillis() + (sawMillis ? 0 : ONE_SECOND));
    }

    private static boolean isWhole(String cell) {
        String digits = cell.startsWith("-") ? cell.substring(1) : cell;
        return !digits.isEmpty() && digits.length() < 16 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
