package org.emotion4j.recording;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.emotion4j.emotion.Emotion;

/**
 * What somebody has done to single cells of {@code session.csv}: dates in a column, numbers that were rounded or lost their
 * point, rows in another order. Such a row would be left out or, worse, read; the figures of the others would be stated of
 * the whole. So the file is refused.
 *
 * <p>A recorder writes each number with the decimals of its column. A cell that has them is believed; the others are looked
 * at. A crash leaves rows that do not end, or have a hole or too few cells, at the end of a file: these are no evidence.
 */
final class RowDamage {
    private static final String WHAT_TO_DO = "; read the file that was recorded";

    private static final Pattern PLAIN = Pattern.compile("[+-]?\\d{1,18}(\\.\\d*)?");
    private static final Pattern SCIENTIFIC = Pattern.compile("[+-]?\\d(\\.(\\d*))?[eE]([+-]?\\d{1,3})");
    private static final Pattern COMMA = Pattern.compile("[+-]?\\d*,\\d+");
    private static final Pattern THOUSANDS =
            Pattern.compile("[+-]?\\d{1,3}(?:(?:,\\d{3})+\\.\\d*|(?:\\.\\d{3})+,\\d*|(?:[,.]\\d{3}){2,}"
                    + "|(?:['\u2019 \u00A0\u202F]\\d{3})+(?:[.,]\\d*)?)");
    private static final Pattern DATE =
            Pattern.compile("(?=.*\\d).*(?:\\p{L}{2,}|\\d[-/:.]\\s?\\d+[-/:.]|\\d[-/:]\\d).*");

    /** So many rows may be unusable in the same way before it is more than an accident. */
    private static final int ACCIDENTS = 2;

    private static final double ACCIDENTAL_SHARE = 0.01;

    /** So many unusable rows at the end may be what a crash left. */
    private static final int TORN_ROWS = 10;

    /** As {@code EmotionScores.of} takes them. */
    private static final double SUM_TOLERANCE = 0.001;

    private final Path csv;
    private final int width;
    private final Column[] columns;
    private final int frame;
    private final int session;
    private final int wallTime;
    private final int face;
    private final int cut;
    private final int time;
    private final int expression;
    private final int[][] scores;

    private final Map<String, Integer> unusable = new HashMap<>();
    private final Map<String, Integer> unusableAtTheEnd = new HashMap<>();
    private int unusableInARow;
    private long rows;
    private long faces;
    private long line = 1;
    private long lastFrame = -1;
    private String lastSession = "";
    private boolean lastTimeIsWhole;
    private double lastTime = Double.NaN;

    private RowDamage(Path csv, List<String> header) {
        this.csv = csv;
        this.width = header.size();
        this.columns = new Column[width];
        for (int i = 0; i < width; i++) {
            String name = header.get(i);
            int decimals = CsvRows.decimals(name);
            if (decimals >= 0 && header.indexOf(name) == i) {
                columns[i] = new Column(name, decimals);
            }
        }
        this.frame = header.indexOf("frame_index");
        this.session = header.indexOf("session_id");
        this.wallTime = header.indexOf("wall_time");
        this.face = header.indexOf("face_id");
        this.cut = header.indexOf("cut");
        this.time = header.indexOf("media_time_ms");
        this.expression = header.indexOf("expression");
        this.scores = new int[][] {
            Emotion.labels().stream().mapToInt(header::indexOf).toArray(),
            Emotion.labels().stream()
                    .mapToInt(label -> header.indexOf("raw_" + label))
                    .toArray()
        };
    }

    /** A column of numbers. */
    private static final class Column {
        final String name;
        final int decimals;
        final boolean isScore;
        final boolean isTime;
        final boolean isRequired;
        final double least;
        final double most;
        long asRecorded;
        long withTrailingZero;
        long whole;
        long largeWhole;
        int mostDecimals;
        long firstWholeLine;

        Column(String name, int decimals) {
            this.name = name;
            this.decimals = decimals;
            this.isScore = decimals == CsvRows.SCORE_DIGITS;
            this.isTime = name.equals("media_time_ms");
            this.isRequired = CsvRows.requiredColumns().contains(name);
            boolean isAngle = name.equals("yaw") || name.equals("pitch") || name.equals("roll");
            boolean isShare = decimals >= 3 && !isTime && !name.equals("sharpness");
            this.least = isAngle ? -180 : isShare ? 0 : Double.NEGATIVE_INFINITY;
            this.most = isAngle ? 180 : isShare ? 1 : Double.POSITIVE_INFINITY;
        }
    }

    /**
     * Looks at all rows of a file.
     *
     * @throws SessionFormatException if cells were changed so that figures of the rest would be false
     * @throws IOException if it cannot be read
     */
    static void refuse(Path csv) throws IOException {
        try (InputStream input = Files.newInputStream(csv);
                LineInput lines = new LineInput(input)) {
            if (!lines.next() || !lines.isTerminated()) {
                return;
            }
            String first = lines.text();
            List<String> header = RowParser.split(first.startsWith("\uFEFF") ? first.substring(1) : first).stream()
                    .map(String::strip)
                    .toList();
            if (!header.containsAll(CsvRows.requiredColumns())) {
                return; // told by the reader
            }
            RowDamage damage = new RowDamage(csv, header);
            while (lines.next()) {
                damage.line++;
                if (lines.isTerminated() && !lines.hasHole()) {
                    damage.look(lines.text());
                }
            }
            damage.conclude();
        }
    }

    private void look(String row) throws SessionFormatException {
        if (row.isEmpty() || RowParser.isBlank(row)) {
            return;
        }
        rows++;
        String[] cells = RowParser.cells(row);
        if (cells.length <= face || (cells.length < width && !cells[face].isEmpty() && cells.length <= lastScore())) {
            cannotBeUsed("has too few cells");
            return;
        }
        if (hasMore(cells)) {
            cannotBeUsed("has more cells than columns, as commas in numbers make them");
            return;
        }
        boolean hasFace = !cells[face].isEmpty();
        boolean usable = true;
        boolean roundedScores = false;
        for (int i = 0; i < Math.min(width, cells.length); i++) {
            Column column = columns[i];
            if (column == null) {
                continue;
            }
            String cell = cells[i];
            if (isAsRecorded(cell, column.decimals)) {
                column.asRecorded++;
                column.mostDecimals = Math.max(column.mostDecimals, column.decimals);
                column.withTrailingZero += cell.charAt(cell.length() - 1) == '0' ? 1 : 0;
            } else if (!cell.isEmpty()) {
                usable &= isNumber(column, cell.strip());
                roundedScores |= column.isScore;
            } else if (hasFace && column.isRequired) {
                cannotBeUsed("has nothing in " + column.name);
                usable = false;
            }
        }
        String word = cells[expression];
        if (usable
                && !word.equals(CsvSessionRecorder.NONE)
                && Emotion.find(word).isEmpty()) {
            cannotBeUsed("has no expression in the column of that name");
            usable = false;
        }
        if (usable) {
            requireTime(cells[wallTime]);
            requireOrder(cells);
            faces += hasFace ? 1 : 0;
            if (hasFace && roundedScores) {
                requireWholeScores(cells);
            }
            unusableInARow = 0;
            unusableAtTheEnd.clear();
        }
    }

    private int lastScore() {
        int last = 0;
        for (int[] group : scores) {
            for (int column : group) {
                last = Math.max(last, column);
            }
        }
        return last;
    }

    private boolean hasMore(String[] cells) {
        for (int i = width; i < cells.length; i++) {
            if (!cells[i].isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAsRecorded(String cell, int decimals) {
        int length = cell.length();
        int from = length > 0 && cell.charAt(0) == '-' ? 1 : 0;
        int point = decimals == 0 ? length : length - decimals - 1;
        if (point <= from || (decimals > 0 && cell.charAt(point) != '.')) {
            return false;
        }
        for (int i = from; i < length; i++) {
            char c = cell.charAt(i);
            if (i != point && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    /** Counts a number that is not as recorded; refuses what spreadsheets make of one. */
    private boolean isNumber(Column column, String cell) throws SessionFormatException {
        var scientific = SCIENTIFIC.matcher(cell);
        if (PLAIN.matcher(cell).matches() && column.decimals > 0) {
            return isPlain(column, cell);
        }
        if (scientific.matches()) {
            int given = scientific.group(2) == null ? 0 : scientific.group(2).length();
            if (!column.isScore && Integer.parseInt(scientific.group(3)) > given) {
                throw refused(column, cell, "a number in scientific notation, which leaves out its last digits");
            }
            column.mostDecimals = Math.max(column.mostDecimals, given - Integer.parseInt(scientific.group(3)));
            return true;
        }
        if (COMMA.matcher(cell).matches()) {
            throw refused(column, cell, "a number with a decimal comma, or one between thousands");
        }
        if (THOUSANDS.matcher(cell).matches()) {
            throw refused(column, cell, "a number with signs between its thousands");
        }
        if (cell.startsWith("#")) {
            throw refused(column, cell, "what a spreadsheet shows instead of a number");
        }
        if (cell.endsWith("%")) {
            throw refused(column, cell, "a percentage");
        }
        if (DATE.matcher(cell).matches()) {
            throw refused(column, cell, "a date or a time");
        }
        cannotBeUsed("has no number in " + column.name);
        return false;
    }

    private boolean isPlain(Column column, String cell) throws SessionFormatException {
        double value = Double.parseDouble(cell);
        int point = cell.indexOf('.');
        column.mostDecimals = Math.max(column.mostDecimals, point < 0 ? 0 : cell.length() - point - 1);
        if (point >= 0 || value == 0) {
            return true;
        }
        if (value < column.least || value > column.most) {
            throw refused(
                    column,
                    cell,
                    "a number that has lost its decimal point; a spreadsheet with a decimal comma may have taken it for"
                            + " one of thousands, or the number for a date");
        }
        column.whole++;
        column.largeWhole += Math.abs(value) >= 100 ? 1 : 0;
        column.firstWholeLine = column.firstWholeLine == 0 ? line : column.firstWholeLine;
        return true;
    }

    private void requireTime(String cell) throws SessionFormatException {
        if (cell.length() == 24 && cell.charAt(10) == 'T' && cell.charAt(23) == 'Z') {
            return;
        }
        try {
            RowParser.wallTime(cell);
        } catch (DateTimeException e) {
            throw new SessionFormatException(csv + ", line " + line + ": wall_time is \"" + Texts.onOneLine(cell)
                    + "\", expected for example 2026-11-22T10:15:30.123Z: a spreadsheet may have saved it as it shows"
                    + " times" + WHAT_TO_DO);
        }
    }

    /** Figures are made of times from one frame to the next. */
    private void requireOrder(String[] cells) throws SessionFormatException {
        if (!lastSession.isEmpty() && !cells[session].equals(lastSession)) {
            throw new SessionFormatException(csv + ", line " + line + ": the row is of session \""
                    + Texts.onOneLine(cells[session]) + "\" and the one before of \"" + Texts.onOneLine(lastSession)
                    + "\"; give a file with the rows of one session, as it was recorded");
        }
        lastSession = cells[session];
        long now = whole(cells[frame]);
        if (now >= 0 && now < lastFrame) {
            throw new SessionFormatException(csv + ", line " + line + ": frame " + now + " comes after frame "
                    + lastFrame + ": the rows were sorted by another column, and times cannot be told from them. Sort"
                    + " them by frame_index, or read the file that was recorded");
        }
        lastFrame = Math.max(now, lastFrame);
        String cell = cells[time];
        boolean isWhole = cell.indexOf('.') < 0;
        double at = Double.parseDouble(cell);
        if (lastTimeIsWhole && !isWhole && at < lastTime && !cells[cut].equals("1")) {
            throw new SessionFormatException(csv + ", line " + line + ": media_time_ms is " + cell + " after "
                    + Math.round(lastTime) + ": times before it have lost their decimal point, as a spreadsheet with a"
                    + " decimal comma takes it for one of thousands" + WHAT_TO_DO);
        }
        lastTimeIsWhole = isWhole;
        lastTime = at;
    }

    private static long whole(String cell) {
        try {
            return Long.parseLong(cell);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void requireWholeScores(String[] cells) throws SessionFormatException {
        for (int[] group : scores) {
            double sum = 0;
            for (int column : group) {
                sum += Double.parseDouble(cells[column]);
            }
            if (Math.abs(sum - 1) > SUM_TOLERANCE && isRounded(group, cells)) {
                throw new SessionFormatException(String.format(
                        Locale.ROOT,
                        "%s, line %d: %s, and the scores that it belongs to add up to %.3f instead of 1: a spreadsheet has"
                                + " rounded them%s",
                        csv,
                        line,
                        notAsRecorded(group, cells),
                        sum,
                        WHAT_TO_DO));
            }
        }
    }

    private boolean isRounded(int[] group, String[] cells) {
        return Arrays.stream(group).anyMatch(i -> !isAsRecorded(cells[i], CsvRows.SCORE_DIGITS));
    }

    private String notAsRecorded(int[] group, String[] cells) {
        for (int i : group) {
            Column column = columns[i];
            if (column != null && !isAsRecorded(cells[i], column.decimals)) {
                return column.name + " is \"" + cells[i] + "\" without its " + column.decimals + " decimals";
            }
        }
        throw new IllegalArgumentException("no score was rounded");
    }

    private void cannotBeUsed(String why) {
        unusableInARow++;
        unusable.merge(why, 1, Integer::sum);
        unusableAtTheEnd.merge(why, 1, Integer::sum);
    }

    private void conclude() throws SessionFormatException {
        for (Column column : columns) {
            if (column != null) {
                conclude(column);
            }
        }
        for (Map.Entry<String, Integer> each : unusable.entrySet()) {
            int torn = unusableInARow <= TORN_ROWS ? unusableAtTheEnd.getOrDefault(each.getKey(), 0) : 0;
            int count = each.getValue() - torn;
            if (count > ACCIDENTS && count >= ACCIDENTAL_SHARE * rows) {
                throw new SessionFormatException(csv + ": each of " + count + " rows of " + rows + " " + each.getKey()
                        + ": no crash leaves that, another program has changed the file" + WHAT_TO_DO);
            }
        }
    }

    private void conclude(Column column) throws SessionFormatException {
        boolean mixed = column.whole > 0 && column.withTrailingZero > 0 && column.decimals > 0;
        boolean allWhole = column.decimals == 3
                && !column.isTime
                && column.asRecorded == 0
                && column.mostDecimals == 0
                && column.largeWhole > 0;
        if (mixed || allWhole) {
            throw new SessionFormatException(csv + ", line " + column.firstWholeLine + ": " + column.name
                    + " has lost its decimal point" + (mixed ? " here, and kept it in other rows" : "")
                    + ": a spreadsheet may have taken it for one of thousands, or the number for a date" + WHAT_TO_DO);
        }
        if (column.isScore && faces > ACCIDENTS && column.asRecorded == 0 && mostDecimalsOfScores() <= 2) {
            throw new SessionFormatException(csv + ": scores have two decimals at most and were recorded with "
                    + CsvRows.SCORE_DIGITS + ": a spreadsheet has rounded them" + WHAT_TO_DO);
        }
    }

    private int mostDecimalsOfScores() {
        int most = 0;
        for (Column column : columns) {
            most = column != null && column.isScore ? Math.max(most, column.mostDecimals) : most;
        }
        return most;
    }

    private SessionFormatException refused(Column column, String cell, String what) {
        return new SessionFormatException(csv + ", line " + line + ": " + column.name + " is \"" + Texts.onOneLine(cell)
                + "\", " + what + ": a spreadsheet has saved it so" + WHAT_TO_DO);
    }
}
