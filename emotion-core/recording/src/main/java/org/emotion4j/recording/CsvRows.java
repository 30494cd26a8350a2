package org.emotion4j.recording;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.emotion.FacialMovements;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.face.HeadPose;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.jspecify.annotations.Nullable;

/** Turns results into the lines of {@code session.csv}; each row is one line. Confined to one thread. */
final class CsvRows {
    static final int SCORE_DIGITS = 5;
    private static final int MOVEMENT_DIGITS = 3;

    private static final String FORMAT_VERSION = Integer.toString(SessionInfo.FORMAT_VERSION);

    /** UTC, always with milliseconds. */
    private static final DateTimeFormatter WALL_TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

    /** Above it a product with the largest power is no longer exact in a long. */
    private static final double LARGEST = 1e12;

    private static final List<String> COLUMNS =
            RowColumn.columns().stream().map(RowColumn::name).toList();
    private static final List<String> REQUIRED = RowColumn.names(RowColumn.Part.FRAME, RowColumn.Part.FACE);
    private static final List<String> MOVEMENTS = RowColumn.names(RowColumn.Part.MOVEMENTS);
    private static final int QUALITIES =
            RowColumn.names(RowColumn.Part.QUALITY, RowColumn.Part.POSE).size();

    private final StringWriter text = new StringWriter();
    private final CsvWriter csv;
    private final List<String> row = new ArrayList<>();
    private @Nullable List<List<String>> collected;
    private final StringBuilder number = new StringBuilder();

    private final String sessionId;
    private long lastIndex = -1;
    private String lastTime = "";
    private final Set<Integer> ids = new HashSet<>();
    private final Set<Integer> lastIds = new HashSet<>();

    CsvRows(String sessionId) {
        this(sessionId, ',');
    }

    CsvRows(String sessionId, char separator) {
        this.sessionId = sessionId;
        this.csv = CsvWriter.builder()
                .fieldSeparator(separator)
                .lineDelimiter(LineDelimiter.LF)
                .build(text);
    }

    /** The columns of the first records; a reader needs them all. */
    static List<String> requiredColumns() {
        return REQUIRED;
    }

    /** The columns of what moves in a face. */
    static List<String> movementColumns() {
        return MOVEMENTS;
    }

    /** All columns. Those after the required ones came later: old records lack them, and old readers pass them over. */
    static List<String> columns() {
        return COLUMNS;
    }

    /** The header: the names of the columns have nothing to quote. */
    static byte[] header() {
        return (String.join(",", columns()) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Returns all rows of a frame.
     *
     * @throws IllegalArgumentException if a reader would not take them, or could not tell them from the last frame's
     */
    byte[] of(FrameResult result) {
        RowBounds.require(result);
        String time = millis(result.mediaNanos());
        requireTellable(result, time);
        if (result.readings().isEmpty()) {
            addNoFace(result);
        }
        for (EmotionReading reading : result.readings()) {
            add(result, reading);
        }
        return taken();
    }

    /** A reader tells frames by number and time, and where these are the same by a face that comes again. */
    private void requireTellable(FrameResult result, String time) {
        if (result.index() < lastIndex) {
            throw new IllegalArgumentException("frame " + result.index() + " comes after frame " + lastIndex
                    + ", expected frames in the order of their numbers");
        }
        ids.clear();
        for (EmotionReading reading : result.readings()) {
            if (!ids.add(reading.faceId())) {
                throw new IllegalArgumentException("frame " + result.index() + " has face " + reading.faceId()
                        + " twice, expected an id of its own for each");
            }
        }
        if (result.index() == lastIndex
                && time.equals(lastTime)
                && !lastIds.isEmpty()
                && !ids.isEmpty()
                && !lastIds.contains(result.readings().get(0).faceId())) {
            throw new IllegalArgumentException("frame " + result.index() + " at " + time
                    + " ms was recorded already, with other faces; expected all faces of a frame together");
        }
        lastIndex = result.index();
        lastTime = time;
        lastIds.clear();
        lastIds.addAll(ids);
    }

    /** Returns a row of cells that were read. */
    String of(String[] cells) {
        csv.writeRecord(cells);
        return takenText();
    }

    /** Returns the cells of all rows of a frame, as {@link #of(FrameResult)} writes them. */
    List<List<String>> cells(FrameResult result) {
        List<List<String>> cells = new ArrayList<>();
        collected = cells;
        try {
            of(result);
        } finally {
            collected = null;
        }
        return cells;
    }

    private void rowDone() {
        if (row.size() != COLUMNS.size()) {
            throw new AssertionError("a row of " + row.size() + " cells for " + COLUMNS.size() + " columns");
        }
        if (collected == null) {
            csv.writeRecord(row);
        } else {
            collected.add(List.copyOf(row));
        }
    }

    private void addNoFace(FrameResult result) {
        start(result);
        addEmpty(6);
        row.add(CsvSessionRecorder.NONE);
        addEmpty(1 + 2 * EmotionScores.SIZE + QUALITIES + 1);
        row.add(Integer.toString(result.facesInSight()));
        addEmpty(MOVEMENTS.size());
        rowDone();
    }

    private void addEmpty(int cells) {
        for (int i = 0; i < cells; i++) {
            row.add("");
        }
    }

    private void add(FrameResult result, EmotionReading reading) {
        start(result);
        BoundingBox box = reading.face().box();
        row.add(Integer.toString(reading.faceId()));
        row.add(fixed(box.x(), 1));
        row.add(fixed(box.y(), 1));
        row.add(fixed(Math.max(RowBounds.LEAST_SIDE, box.width()), 1));
        row.add(fixed(Math.max(RowBounds.LEAST_SIDE, box.height()), 1));
        row.add(fixed(reading.face().confidence(), 4));
        row.add(reading.label().map(Emotion::label).orElse(CsvSessionRecorder.NONE));
        row.add(fixed(reading.confidence(), 4));
        add(reading.scores());
        add(reading.raw());
        add(reading.quality());
        row.add(result.subjectReading().filter(reading::equals).isPresent() ? "1" : "0");
        row.add(Integer.toString(result.facesInSight()));
        addMovements(reading.movements());
        rowDone();
    }

    private void addMovements(Optional<FacialMovements> seen) {
        if (seen.isEmpty()) {
            addEmpty(MOVEMENTS.size());
            return;
        }
        FacialMovements moving = seen.get();
        for (FacialMovement movement : FacialMovement.all()) {
            row.add(fixed(moving.intensity(movement), MOVEMENT_DIGITS));
        }
        row.add(fixed(moving.leftEyeClosed(), MOVEMENT_DIGITS));
        row.add(fixed(moving.rightEyeClosed(), MOVEMENT_DIGITS));
        row.add(fixed(moving.headPose().yaw(), 1));
        row.add(fixed(moving.headPose().pitch(), 1));
        row.add(fixed(moving.headPose().roll(), 1));
    }

    private void add(Optional<FaceQuality> quality) {
        if (quality.isEmpty()) {
            addEmpty(QUALITIES);
            return;
        }
        FaceQuality judged = quality.get();
        row.add(fixed(judged.overall(), 3));
        row.add(fixed(judged.faceSize(), 1));
        row.add(fixed(judged.sharpness(), 3));
        row.add(fixed(judged.brightness(), 3));
        row.add(fixed(judged.contrast(), 3));
        Optional<HeadPose> pose = judged.headPose();
        row.add(pose.map(angles -> fixed(angles.yaw(), 1)).orElse(""));
        row.add(pose.map(angles -> fixed(angles.pitch(), 1)).orElse(""));
        row.add(pose.map(angles -> fixed(angles.roll(), 1)).orElse(""));
        row.add(words(judged.issues()));
    }

    /** In the order in which they are declared, so that the same reading gives the same row. */
    private static String words(Set<FaceQuality.Issue> issues) {
        return issues.isEmpty()
                ? ""
                : issues.stream()
                        .sorted()
                        .map(issue -> issue.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" "));
    }

    /** UTC with milliseconds, for example {@code 2026-11-22T10:15:30.123Z}. */
    static String wallTime(Instant time) {
        return WALL_TIME.format(time);
    }

    private void start(FrameResult result) {
        row.clear();
        row.add(FORMAT_VERSION);
        row.add(sessionId);
        row.add(Long.toString(result.index()));
        row.add(millis(result.mediaNanos()));
        row.add(wallTime(result.wallTime()));
        row.add(Texts.onOneLine(result.origin()));
        row.add(result.discontinuity() ? "1" : "0");
    }

    private void add(EmotionScores scores) {
        for (int i = 0; i < EmotionScores.SIZE; i++) {
            row.add(fixed(scores.get(i), SCORE_DIGITS));
        }
    }

    private byte[] taken() {
        return takenText().getBytes(StandardCharsets.UTF_8);
    }

    private String takenText() {
        try {
            csv.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot be written to", e);
        }
        String lines = text.toString();
        text.getBuffer().setLength(0);
        return lines;
    }

    /** Formats nanoseconds as milliseconds with three decimals. */
    private String millis(long nanos) {
        long micros = Math.floorDiv(nanos, 1000) + (Math.floorMod(nanos, 1000) >= 500 ? 1 : 0);
        return scaled(micros, 3);
    }

    /** Formats with a dot and a fixed number of decimals; twenty times faster than a format string, and a row has 22. */
    private String fixed(double value, int digits) {
        if (Math.abs(value) >= LARGEST) {
            return new BigDecimal(value).setScale(digits, RoundingMode.HALF_UP).toPlainString();
        }
        return scaled(Math.round(value * POWERS[digits]), digits);
    }

    private String scaled(long value, int digits) {
        number.setLength(0);
        if (value < 0) {
            number.append('-');
        }
        long power = POWERS[digits];
        number.append(Math.abs(value / power)).append('.');
        String decimals = Long.toString(Math.abs(value % power));
        number.append("0".repeat(digits - decimals.length())).append(decimals);
        return number.toString();
    }
}
