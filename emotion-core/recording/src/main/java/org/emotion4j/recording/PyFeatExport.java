package org.emotion4j.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.stage.Experimental;

/**
 * Hands sessions on as a CSV with the column names of py-feat, so that scripts and notebooks that were written for its results read
 * ours: a row a face and frame, and one with empty cells for a frame without a face.
 *
 * <p>{@code frame}; {@code approx_time}, minutes and seconds of media time; {@code FaceRectX} to {@code FaceRectHeight}, pixels;
 * {@code FaceScore}, the detector's; {@code Pitch}, {@code Roll}, {@code Yaw}, degrees, with the signs of {@code head_pitch} and its
 * like; {@code AU01} to {@code AU26}, those that the record has, and {@code AU43}, the mean of both closed eyes, 0 to 1;
 * {@code anger} to {@code neutral}, the scores of this frame alone, since py-feat smooths nothing; {@code input}, the file;
 * {@code Identity}, the tracker's number, which recognizes nobody. Numbers are those of {@code session.csv}. There are no landmarks.
 *
 * <p>What comes out of an encrypted session is not encrypted. Confined to one thread.
 */
@Experimental
public final class PyFeatExport {
    private static final String TIME = "approx_time";
    private static final String EYES = "AU43";
    private static final String INPUT = "input";

    private static final Map<Emotion, String> EMOTIONS = Map.of(
            Emotion.ANGRY, "anger",
            Emotion.DISGUST, "disgust",
            Emotion.FEAR, "fear",
            Emotion.HAPPY, "happiness",
            Emotion.SAD, "sadness",
            Emotion.SURPRISE, "surprise",
            Emotion.NEUTRAL, "neutral");

    /** Ours by theirs; the empty string where it is made of something else. */
    private static final Map<String, String> COLUMNS = columns();

    private static final Map<String, Integer> PLACES = IntStream.range(
                    0, CsvRows.columns().size())
            .boxed()
            .collect(Collectors.toUnmodifiableMap(CsvRows.columns()::get, place -> place));

    private final Writer target;

    private PyFeatExport(Writer target) {
        this.target = target;
    }

    /**
     * Begins a CSV.
     *
     * @param target where to; the header is written at once. Left open
     * @return an export that takes sessions
     * @throws IOException if it cannot be written
     */
    public static PyFeatExport of(Writer target) throws IOException {
        target.write(String.join(",", COLUMNS.keySet()) + "\n");
        return new PyFeatExport(target);
    }

    /**
     * Reads a session to its end and writes it.
     *
     * @param session a reader before its first frame; left open
     * @return this export
     * @throws IOException if it cannot be read or written
     */
    public PyFeatExport add(SessionReader session) throws IOException {
        try {
            session.onRow(this::write);
            session.forEachRemaining(frame -> {});
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        target.flush();
        return this;
    }

    private void write(String[] cells) {
        List<String> row = new ArrayList<>();
        COLUMNS.forEach((theirs, ours) -> row.add(
                switch (theirs) {
                    case TIME -> time(cell(cells, ours));
                    case EYES -> mean(cell(cells, "left_eye_closed"), cell(cells, "right_eye_closed"));
                    case INPUT -> quoted(SessionExport.harmless(cell(cells, ours)));
                    default -> cell(cells, ours);
                }));
        try {
            target.write(String.join(",", row) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String cell(String[] cells, String column) {
        return cells[Objects.requireNonNull(PLACES.get(column), column)];
    }

    /** As py-feat has it; the exact time is that of the frame. */
    private static String time(String millis) {
        long seconds = decimal(millis).movePointLeft(3).longValue();
        String sign = seconds < 0 ? "-" : "";
        return String.format(Locale.ROOT, "%s%02d:%02d", sign, Math.abs(seconds) / 60, Math.abs(seconds) % 60);
    }

    private static String mean(String left, String right) {
        return left.isEmpty()
                ? ""
                : decimal(left)
                        .add(decimal(right))
                        .divide(BigDecimal.valueOf(2), 4, RoundingMode.HALF_UP)
                        .toPlainString();
    }

    /** What somebody has changed may be a number for Java alone, such as {@code 1d}, or have an exponent of any size. */
    private static BigDecimal decimal(String cell) {
        try {
            return Decimals.parse(cell);
        } catch (NumberFormatException e) {
            return BigDecimal.valueOf(Double.parseDouble(cell));
        }
    }

    private static String quoted(String text) {
        return text.matches("[^\",\\r\\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    private static Map<String, String> columns() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("frame", "frame_index");
        names.put(TIME, "media_time_ms");
        names.put("FaceRectX", "x");
        names.put("FaceRectY", "y");
        names.put("FaceRectWidth", "width");
        names.put("FaceRectHeight", "height");
        names.put("FaceScore", "detection");
        names.put("Pitch", "head_pitch");
        names.put("Roll", "head_roll");
        names.put("Yaw", "head_yaw");
        for (FacialMovement movement : FacialMovement.all()) {
            names.put(String.format(Locale.ROOT, "AU%02d", movement.actionUnit()), movement.code());
        }
        names.put(EYES, "");
        Emotion.all().forEach(emotion -> names.put(EMOTIONS.get(emotion), "raw_" + emotion.label()));
        names.put(INPUT, "origin");
        names.put("Identity", "face_id");
        return names;
    }

    @Override
    public String toString() {
        return "PyFeatExport[" + COLUMNS.size() + " columns]";
    }
}
