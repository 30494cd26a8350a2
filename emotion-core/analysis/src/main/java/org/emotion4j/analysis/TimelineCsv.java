package org.emotion4j.cli.timeline;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emotion4j.analysis.EmotionTimeline;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.reading.EmotionReading;

/**
 * Timelines as CSV: what {@code analyze} writes and {@code timeline} prints. A row for each face and interval: the session,
 * the face, start and end in seconds of media time, how many readings, the predominant expression, the share of the readings
 * that have it, and the mean scores. An interval without readings is a gap: its columns from the expression on stay empty.
 */
public final class TimelineCsv {
    private final CsvWriter csv;

    /** Writes the header. */
    public TimelineCsv(Writer target) {
        csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).bufferSize(0).build(target);
        List<String> header =
                new ArrayList<>(List.of("session", "face", "start", "end", "readings", "expression", "share"));
        header.addAll(Emotion.labels());
        csv.writeRecord(header);
    }

    /** Adds the intervals of a face. */
    void add(String session, int face, EmotionTimeline timeline) {
        for (EmotionTimeline.Interval interval : timeline.intervals()) {
            csv.writeRecord(row(session, face, interval));
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

    private static String decimal(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
