package org.emotion4j.recording;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.emotion.FacialMovements;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.face.HeadPose;
import org.emotion4j.reading.EmotionReading;
import org.jspecify.annotations.Nullable;

/** Turns lines of {@code session.csv} back into readings. Columns are found by name. Confined to one thread. */
final class RowParser {
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?[\\d.]*,\\d+");

    private static final Pattern THOUSANDS = Pattern.compile("\\d{2,15}");

    private static final List<String> RECORDED = CsvRows.columns();

    /** The place of a column that a record from before it does not have. */
    private static final int ABSENT = -1;

    private final Map<String, Integer> columns;
    private final int width;
    private final int lastRequired;
    private final int version;
    private final int frame;
    private final int time;
    private final int wallTime;
    private final int origin;
    private final int cut;
    private final int face;
    private final int detection;
    private final int expression;
    private final int[] scores;
    private final int[] raw;
    private final String[] boxNames = {"x", "y", "width", "height"};
    private final int[] boxColumns = new int[4];
    private final int[] qualities;
    private final int[] angles;
    private final int issues;
    private final int subject;
    private final int inSight;
    private final int[] movements;
    private final float[] intensities = new float[FacialMovement.COUNT];
    private final float[] values = new float[EmotionScores.SIZE];
    private final @Nullable RowColumn[] bounds;
    private final WallTimeCell times = new WallTimeCell();
    private RowCells row = new RowCells();
    private String lastOrigin = "";

    /** One row. The reading is missing where there was no face. */
    record Row(
            long frame,
            long mediaNanos,
            Instant wallTime,
            String origin,
            boolean cut,
            @Nullable EmotionReading reading,
            boolean isSubject,
            int facesInSight) {
        /** The number of faces where the record does not tell it. */
        static final int UNKNOWN = -1;
    }

    /** A row that cannot be used; the message says which cell and why. */
    static final class BadRowException extends Exception {
        private static final long serialVersionUID = 1L;

        BadRowException(String message) {
            super(message);
        }
    }

    private RowParser(Map<String, Integer> columns, int width) {
        this.columns = columns;
        this.width = width;
        this.bounds = new RowColumn[width];
        columns.forEach((name, i) -> bounds[i] = RowColumn.find(name).orElse(null));
        this.lastRequired =
                CsvRows.requiredColumns().stream().mapToInt(this::column).max().orElseThrow();
        this.version = column("format_version");
        this.frame = column("frame_index");
        this.time = column("media_time_ms");
        this.wallTime = column("wall_time");
        this.origin = column("origin");
        this.cut = column("cut");
        this.face = column("face_id");
        this.detection = column("detection");
        this.expression = column("expression");
        this.scores = Emotion.labels().stream().mapToInt(this::column).toArray();
        this.raw = Emotion.labels().stream()
                .mapToInt(label -> column("raw_" + label))
                .toArray();
        for (int i = 0; i < boxColumns.length; i++) {
            boxColumns[i] = column(boxNames[i]);
        }
        this.qualities = Stream.of("quality", "face_size", "sharpness", "brightness", "contrast")
                .mapToInt(this::laterColumn)
                .toArray();
        this.angles =
                Stream.of("yaw", "pitch", "roll").mapToInt(this::laterColumn).toArray();
        this.issues = laterColumn("quality_issues");
        this.subject = laterColumn("subject");
        this.inSight = laterColumn("faces_in_sight");
        this.movements =
                CsvRows.movementColumns().stream().mapToInt(this::laterColumn).toArray();
    }

    /** Reads a header line; columns may be in any order, and others between them. */
    static RowParser of(String header) throws SessionFormatException {
        List<String> names = header(header);
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            if (columns.putIfAbsent(names.get(i), i) != null
                    && RowColumn.find(names.get(i)).isPresent()) {
                throw new SessionFormatException(
                        "its header has the column " + names.get(i) + " twice, and which was recorded cannot be told");
            }
        }
        List<String> missing = RowSense.missing(names);
        if (!missing.isEmpty()) {
            requireCommas(header, "frame_index", "media_time_ms");
            throw missing(header, names, missing);
        }
        return new RowParser(columns, names.size());
    }

    /** The names of the columns, as far as a first line has any. */
    static List<String> header(String line) {
        return CsvLine.fields(line.startsWith("\uFEFF") ? line.substring(1) : line).stream()
                .map(String::strip)
                .toList();
    }

    /** Tells whether rows below this header can be read. */
    static boolean isComplete(List<String> header) {
        return RowSense.missing(header).isEmpty();
    }

    private static SessionFormatException missing(String line, List<String> names, List<String> missing) {
        boolean hasFirstColumns = missing.stream().noneMatch(CsvRows.requiredColumns()::contains);
        if (!hasFirstColumns) {
            String shown = line.length() > 120 ? line.substring(0, 120) + "…" : line;
            return new SessionFormatException("its first line is \"" + Texts.onOneLine(shown)
                    + "\", expected a header with the columns of a session; missing: " + missing);
        }
        List<String> others = names.stream()
                .filter(name -> RowColumn.find(name).isEmpty())
                .map(Texts::onOneLine)
                .toList();
        return new SessionFormatException("its header has not the columns " + missing
                + " that were recorded together with others which it has: they were deleted or renamed"
                + (others.isEmpty() ? "" : " (it has " + others + ", which are not known)")
                + "; read the file that was recorded");
    }

    static boolean isOfANewerFormat(RowCells row, int version) {
        try {
            return row.whole(version) > SessionInfo.FORMAT_VERSION;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Spreadsheets of countries with a decimal comma separate cells by semicolons; others by tabs. */
    static void requireCommas(String header, String... expected) throws SessionFormatException {
        for (String[] other : new String[][] {{";", "semicolons"}, {"\t", "tabs"}}) {
            List<String> names = new ArrayList<>();
            for (String name : header.replace("\"", "").split(other[0], -1)) {
                names.add(name.strip());
            }
            if (names.size() > 1 && Stream.of(expected).anyMatch(names::contains)) {
                throw new SessionFormatException("its columns are separated by " + other[1]
                        + ", as a spreadsheet saves them where numbers have a decimal comma, and not by commas; read the"
                        + " file that was recorded, or save it with commas between cells and decimal points");
            }
        }
    }

    /** Reads a row. {@link #cells()} are its cells until they are filled anew. */
    Row parse(RowCells cells) throws BadRowException {
        row = cells;
        requireWidth();
        try {
            requireKnownVersion();
            long nanos = Math.round(number(time) * 1e3) * 1000;
            if (!row.is(origin, lastOrigin)) {
                lastOrigin = row.text(origin);
            }
            return new Row(
                    whole(frame),
                    nanos,
                    times.read(row.text(wallTime)),
                    lastOrigin,
                    flag(cut),
                    hasFace() ? reading(nanos) : null,
                    subject != ABSENT && !row.isEmpty(subject) && flag(subject),
                    facesInSight());
        } catch (DateTimeException e) {
            throw new BadRowException(
                    "wall_time is \"" + row.text(wallTime) + "\", expected for example 2026-11-22T10:15:30.123Z");
        } catch (IllegalArgumentException e) {
            throw new BadRowException(String.valueOf(e.getMessage()));
        }
    }

    /** Returns the cells of the row that was parsed last, in the order of a recorder's columns. */
    String[] cells() {
        String[] ordered = new String[RECORDED.size()];
        for (int i = 0; i < ordered.length; i++) {
            int column = columns.getOrDefault(RECORDED.get(i), ABSENT);
            ordered[i] = column == ABSENT ? "" : row.text(column);
        }
        return ordered;
    }

    /** Whether rows say which face the session is about. */
    boolean knowsSubject() {
        return subject != ABSENT;
    }

    private int facesInSight() throws BadRowException {
        return inSight == ABSENT || row.isEmpty(inSight)
                ? Row.UNKNOWN
                : (int) Math.min(whole(inSight), Integer.MAX_VALUE);
    }

    private void requireKnownVersion() throws BadRowException {
        long found = whole(version);
        if (found > SessionInfo.FORMAT_VERSION) {
            throw new BadRowException("format_version is " + found + ", this Emotion4J reads up to "
                    + SessionInfo.FORMAT_VERSION + "; use a newer one");
        }
    }

    /** A frame without a face has no id, and no expression. */
    private boolean hasFace() throws BadRowException {
        if (!row.isEmpty(face)) {
            return true;
        }
        if (!row.is(expression, CsvSessionRecorder.NONE)) {
            throw new BadRowException("face_id is empty, expected the expression \"" + CsvSessionRecorder.NONE
                    + "\" without a face, found \"" + row.text(expression) + "\"");
        }
        return false;
    }

    private EmotionReading reading(long nanos) throws BadRowException {
        Optional<Emotion> label = label();
        BoundingBox where = new BoundingBox(
                number(boxColumns[0]), number(boxColumns[1]), number(boxColumns[2]), number(boxColumns[3]));
        long id = whole(face);
        if (id > Integer.MAX_VALUE) {
            throw new BadRowException("face_id is " + id + ", expected at most " + Integer.MAX_VALUE);
        }
        DetectedFace detected = new DetectedFace(where, number(detection));
        return new EmotionReading(
                (int) id, nanos, detected, scores(raw), scores(scores), label, quality(), movements());
    }

    /** A record from before, or of a face that nobody judged, has none. */
    private Optional<FaceQuality> quality() throws BadRowException {
        if (!isFilled(qualities)) {
            return Optional.empty();
        }
        return Optional.of(new FaceQuality(
                number(qualities[0]),
                number(qualities[1]),
                number(qualities[2]),
                number(qualities[3]),
                number(qualities[4]),
                headPose(),
                issues()));
    }

    /** A record from before, or of a classifier that does not tell, has none. */
    private Optional<FacialMovements> movements() throws BadRowException {
        if (!isFilled(movements)) {
            return Optional.empty();
        }
        for (int i = 0; i < intensities.length; i++) {
            intensities[i] = (float) number(movements[i]);
        }
        int next = intensities.length;
        return Optional.of(FacialMovements.of(
                intensities,
                number(movements[next]),
                number(movements[next + 1]),
                new HeadPose(number(movements[next + 2]), number(movements[next + 3]), number(movements[next + 4]))));
    }

    private Optional<HeadPose> headPose() throws BadRowException {
        return isFilled(angles)
                ? Optional.of(new HeadPose(number(angles[0]), number(angles[1]), number(angles[2])))
                : Optional.empty();
    }

    /** Columns that are filled together: all of them or none. */
    private boolean isFilled(int[] together) throws BadRowException {
        int empty = ABSENT;
        int filled = ABSENT;
        for (int column : together) {
            if (column == ABSENT) {
                return false;
            }
            if (row.isEmpty(column)) {
                empty = column;
            } else {
                filled = column;
            }
        }
        if (empty != ABSENT && filled != ABSENT) {
            throw new BadRowException(name(empty) + " is empty, and " + name(filled) + " is not");
        }
        return filled != ABSENT;
    }

    /** Words of a newer version are passed over: the others still hold. */
    private Set<FaceQuality.Issue> issues() {
        String words = row.text(issues);
        if (words.isEmpty()) {
            return Set.of();
        }
        Set<FaceQuality.Issue> found = EnumSet.noneOf(FaceQuality.Issue.class);
        for (FaceQuality.Issue issue : FaceQuality.Issue.values()) {
            if ((" " + words + " ").contains(" " + issue.name().toLowerCase(Locale.ROOT) + " ")) {
                found.add(issue);
            }
        }
        return found;
    }

    private Optional<Emotion> label() throws BadRowException {
        int found = row.indexIn(Emotion.labels(), expression);
        if (found < 0) {
            if (row.is(expression, CsvSessionRecorder.NONE)) {
                return Optional.empty();
            }
            throw new BadRowException("expression is \"" + row.text(expression) + "\", expected one of "
                    + Emotion.labels() + " or \"" + CsvSessionRecorder.NONE + "\"");
        }
        return Optional.of(Emotion.all().get(found));
    }

    private EmotionScores scores(int[] where) throws BadRowException {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) number(where[i]);
        }
        return EmotionScores.of(values);
    }

    private double number(int column) throws BadRowException {
        RowColumn bound = bounds[column];
        try {
            double value = row.number(column);
            if (bound.isIn(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, with the name of the column
        }
        String cell = row.text(column);
        throw new BadRowException(name(column) + " is \"" + cell + "\", "
                + (DECIMAL_COMMA.matcher(cell).matches()
                        ? "a number with a decimal comma; expected a decimal point, as in 0.5"
                        : "expected a number from " + bound.least() + " to " + bound.most()
                                + hint(cell, bound.most())));
    }

    /** Where a spreadsheet took 0.888 for eight hundred and eighty-eight. */
    private static String hint(String cell, double most) {
        return THOUSANDS.matcher(cell).matches() && Double.parseDouble(cell) <= 1_000 * most
                ? "; a spreadsheet with a decimal comma may have taken its point for one of thousands"
                : "";
    }

    private boolean flag(int column) throws BadRowException {
        return number(column) == 1;
    }

    private long whole(int column) throws BadRowException {
        try {
            long value = row.whole(column);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, with the name of the column
        }
        throw new BadRowException(
                name(column) + " is \"" + row.text(column) + "\", expected a whole number of 0 or more");
    }

    private String name(int column) {
        return columns.entrySet().stream()
                .filter(entry -> entry.getValue() == column)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private void requireWidth() throws BadRowException {
        if (row.size() == 0) {
            throw new BadRowException("its quotes do not match");
        }
        int count = row.size();
        while (count > width && row.isEmpty(count - 1)) {
            count--;
        }
        if (count > width || isShort(count)) {
            throw new BadRowException("it has " + count + " cells, expected " + width);
        }
    }

    /** Spreadsheets leave out empty cells at the end of a row; one that cannot have been empty was cut off. */
    private boolean isShort(int count) {
        if (count >= width) {
            return false;
        }
        if (count <= face || count <= expression) {
            return true;
        }
        return !row.isEmpty(face) && count <= lastRequired;
    }

    private int laterColumn(String name) {
        return columns.getOrDefault(name, ABSENT);
    }

    private int column(String name) {
        Integer index = columns.get(name);
        if (index == null) {
            throw new IllegalArgumentException("no column " + name);
        }
        return index;
    }
}
