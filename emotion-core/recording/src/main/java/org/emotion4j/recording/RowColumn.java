package org.emotion4j.recording;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.FacialMovement;

/**
 * A column of {@code session.csv}: what its cells hold. The one list by which rows are looked at for damage, read by their names and
 * documented; {@code CsvRows} writes the cells in its order, and {@code RowParser} makes readings of them. What each means stands in
 * {@code docs/session-format.md}. A new column is a new {@link Part} at the end: in a part that is there, records of before would lack
 * it and be refused.
 *
 * @param name as in the header
 * @param part the columns that are there, and filled, together with it
 * @param decimals with how many a number is written, 0 of a whole one; {@link #TEXT} where the column holds none
 * @param least the least number
 * @param most the greatest number
 */
record RowColumn(String name, Part part, int decimals, double least, double most) {
    /** The decimals of a column without numbers. */
    static final int TEXT = -1;

    private static final int SCORE_DIGITS = 5;
    private static final int MOVEMENT_DIGITS = 3;

    private static final List<RowColumn> ALL = all();
    private static final Map<String, RowColumn> BY_NAME = byName();

    /** Columns that came together: a record has all of a part or, where it is older, none. */
    enum Part {
        /** Of the frame; in each row. */
        FRAME(0),
        /** Of a face; in each row that has one. */
        FACE(0),
        /** How good the picture of the face is: all of them or none in a row. */
        QUALITY(1),
        /** Where landmarks say that the head is turned to: all of them or none in a row. */
        POSE(1),
        /** Whom the session is about; in each row that has a face. */
        SUBJECT(2),
        /** Who else was there; in each row. */
        SIGHT(2),
        /** What moves in the face: all of them or none in a row. */
        MOVEMENTS(3);

        /** Parts of one generation came together; 0 are those that every record has. */
        private final int generation;

        Part(int generation) {
            this.generation = generation;
        }

        /** Tells whether its cells are empty in a row without a face. */
        boolean isOfFace() {
            return this != FRAME && this != SIGHT;
        }

        /** Tells whether a row with a face may have none of it. */
        boolean isOptional() {
            return this == QUALITY || this == POSE || this == MOVEMENTS;
        }
    }

    /** In the order in which they are written. */
    static List<RowColumn> columns() {
        return ALL;
    }

    static List<RowColumn> of(Part part) {
        return ALL.stream().filter(column -> column.part == part).toList();
    }

    /** All columns of the first generations, up to the newest of which a header has one. */
    static List<String> namesThatComeWith(List<String> header) {
        int newest = ALL.stream()
                .filter(column -> header.contains(column.name))
                .mapToInt(column -> column.part.generation)
                .max()
                .orElse(0);
        return ALL.stream()
                .filter(column -> column.part.generation <= newest)
                .map(RowColumn::name)
                .toList();
    }

    static Optional<RowColumn> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    boolean isNumber() {
        return decimals != TEXT;
    }

    /** Tells whether text may be the empty one also where its part is filled. */
    boolean mayBeEmptyText() {
        return name.equals("origin") || name.equals("quality_issues");
    }

    boolean isIn(double value) {
        return value >= least && value <= most;
    }

    /** Says which numbers it can hold, for example {@code "a number from 0 to 1"}. */
    String range() {
        return (decimals == 0 ? "a whole number from " : "a number from ") + text(least) + " to " + text(most);
    }

    static String text(double bound) {
        return bound == Math.rint(bound) && Math.abs(bound) < 1e15
                ? String.format(Locale.ROOT, "%,d", (long) bound)
                : Double.toString(bound);
    }

    private static List<RowColumn> all() {
        return Stream.of(frame(), face(), quality(), who(), movements())
                .flatMap(List::stream)
                .toList();
    }

    private static List<RowColumn> frame() {
        return List.of(
                number("format_version", Part.FRAME, 0, 1, Integer.MAX_VALUE),
                text("session_id", Part.FRAME),
                number("frame_index", Part.FRAME, 0, 0, Long.MAX_VALUE),
                number("media_time_ms", Part.FRAME, 3, -RowBounds.MOST_MILLIS, RowBounds.MOST_MILLIS),
                text("wall_time", Part.FRAME),
                text("origin", Part.FRAME),
                number("cut", Part.FRAME, 0, 0, 1));
    }

    private static List<RowColumn> face() {
        return Stream.concat(
                        Stream.of(
                                number("face_id", Part.FACE, 0, 0, Integer.MAX_VALUE),
                                number("x", Part.FACE, 1, -RowBounds.MOST_PIXELS, RowBounds.MOST_PIXELS),
                                number("y", Part.FACE, 1, -RowBounds.MOST_PIXELS, RowBounds.MOST_PIXELS),
                                number("width", Part.FACE, 1, RowBounds.LEAST_SIDE, RowBounds.MOST_PIXELS),
                                number("height", Part.FACE, 1, RowBounds.LEAST_SIDE, RowBounds.MOST_PIXELS),
                                number("detection", Part.FACE, 4, 0, 1),
                                text("expression", Part.FRAME),
                                number("confidence", Part.FACE, 4, 0, 1)),
                        Stream.of("", "raw_")
                                .flatMap(prefix -> Emotion.labels().stream().map(label -> prefix + label))
                                .map(name -> number(name, Part.FACE, SCORE_DIGITS, 0, 1)))
                .toList();
    }

    private static List<RowColumn> quality() {
        return List.of(
                number("quality", Part.QUALITY, 3, 0, 1),
                number("face_size", Part.QUALITY, 1, 0, RowBounds.MOST_MEASURE),
                number("sharpness", Part.QUALITY, 3, 0, RowBounds.MOST_MEASURE),
                number("brightness", Part.QUALITY, 3, 0, 1),
                number("contrast", Part.QUALITY, 3, 0, 1),
                number("yaw", Part.POSE, 1, -90, 90),
                number("pitch", Part.POSE, 1, -90, 90),
                number("roll", Part.POSE, 1, -180, 180),
                text("quality_issues", Part.QUALITY));
    }

    private static List<RowColumn> who() {
        return List.of(
                number("subject", Part.SUBJECT, 0, 0, 1),
                number("faces_in_sight", Part.SIGHT, 0, 0, Integer.MAX_VALUE));
    }

    /** Of the eyes first the one at the picture's left; the pose is the expression network's, without landmarks. */
    private static List<RowColumn> movements() {
        Stream<RowColumn> shares = Stream.concat(
                        FacialMovement.all().stream().map(FacialMovement::code),
                        Stream.of("left_eye_closed", "right_eye_closed"))
                .map(name -> number(name, Part.MOVEMENTS, MOVEMENT_DIGITS, 0, 1));
        Stream<RowColumn> pose = Stream.of(
                number("head_yaw", Part.MOVEMENTS, 1, -90, 90),
                number("head_pitch", Part.MOVEMENTS, 1, -90, 90),
                number("head_roll", Part.MOVEMENTS, 1, -180, 180));
        return Stream.concat(shares, pose).toList();
    }

    private static RowColumn number(String name, Part part, int decimals, double least, double most) {
        return new RowColumn(name, part, decimals, least, most);
    }

    private static RowColumn text(String name, Part part) {
        return new RowColumn(name, part, TEXT, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    private static Map<String, RowColumn> byName() {
        Map<String, RowColumn> found = new LinkedHashMap<>();
        ALL.forEach(column -> found.put(column.name, column));
        return found;
    }

    /** The names of the columns of some parts. */
    static List<String> names(Part... parts) {
        List<Part> wanted = Arrays.asList(parts);
        return ALL.stream()
                .filter(column -> wanted.contains(column.part))
                .map(RowColumn::name)
                .toList();
    }
}
