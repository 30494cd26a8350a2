package org.emotion4j.analysis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.reading.EmotionReading;

/**
 * Writes timelines as a table (CSV, RFC 4180, with line feeds): a row for each face and interval. Its columns are the session, the
 * face, start and end in seconds of media time, how many readings, the predominant expression, the share of the readings that
 * have it, and the mean scores. An interval without readings is a gap: its columns from the expression on stay empty.
 *
 * <p>Confined to one thread. Nothing is buffered.
 */
public final class TimelineCsv {
    private final Appendable target;

    /**
     * Writes the header.
     *
     * @param target where to; left open
     * @throws UncheckedIOException if it cannot be written
     */
    public TimelineCsv(Appendable target) {
        this.target = target;
        List<String> header =
                new ArrayList<>(List.of("session", "face", "start", "end", "readings", "expression", "share"));
        header.addAll(Emotion.labels());
        write(header);
    }

    /**
     * Adds the intervals of a face.
     *
     * @param session the session's id
     * @param face the face's id
     * @param timeline what it showed
     * @throws UncheckedIOException if they cannot be written
     */
    public void add(String session, int face, EmotionTimeline timeline) {
        for (EmotionTimeline.Interval interval : timeline.intervals()) {
            write(row(session, face, interval));
        }
    }

    private static List<String> row(String session, int face, EmotionTimeline.Interval interval) {
        List<String> row = new ArrayList<>();
        row.add(session);
        row.add(Integer.toString(face));
        row.add(decimal(interval.startNanos() / 1e9, 6));
        row.add(decimal(interval.endNanos() / 1e9, 6));
        row.add(Integer.toString(interval.readings()));
        String expression = interval.predominant().map(Emotion::label).orElse(EmotionReading.NO_CLEAR_EXPRESSION);
        row.add(interval.isGap() ? "" : expression);
        row.add(interval.isGap() ? "" : decimal(interval.predominantShare(), 4));
        Optional<EmotionScores> mean = interval.meanScores();
        for (Emotion emotion : Emotion.all()) {
            row.add(mean.map(scores -> decimal(scores.get(emotion), 5)).orElse(""));
        }
        return row;
    }

    private void write(List<String> row) {
        try {
            for (int i = 0; i < row.size(); i++) {
                target.append(i == 0 ? "" : ",").append(quoted(row.get(i)));
            }
            target.append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quoted(String value) {
        boolean plain = value.chars().noneMatch(each -> each == ',' || each == '"' || each == '\n' || each == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    private static String decimal(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
