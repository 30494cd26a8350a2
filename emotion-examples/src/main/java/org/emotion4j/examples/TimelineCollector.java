package org.emotion4j.examples;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.emotion4j.analysis.EmotionTimeline;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.examples.chart.Lane;
import org.emotion4j.examples.chart.TimelineChart;
import org.emotion4j.examples.output.OutputFile;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;

/** Gathers the readings of a run into a timeline a face, and one of the face that it is about. */
final class TimelineCollector {
    private final long frameNanos;
    private final Duration interval;
    private final Map<Integer, Gathered> faces = new TreeMap<>();
    private final Gathered subject;

    TimelineCollector(long frameNanos, Duration interval) {
        this.frameNanos = frameNanos;
        this.interval = interval;
        this.subject = new Gathered();
    }

    void add(FrameResult result) {
        for (EmotionReading reading : result.readings()) {
            faces.computeIfAbsent(reading.faceId(), id -> new Gathered()).add(reading, result.discontinuity());
        }
        result.subjectReading().ifPresent(reading -> subject.add(reading, result.discontinuity()));
    }

    /**
     * Makes sure that everything gathered fits into timelines.
     *
     * @throws BadInputException if the interval is too short for the time that the readings span
     */
    void requireIntervals() {
        try {
            subject.timeline.build();
            faces.values().forEach(face -> face.timeline.build());
        } catch (IllegalStateException e) {
            throw new BadInputException("--interval: " + e.getMessage(), e);
        }
    }

    /** The timeline of the face that the run is about. */
    Lane subject(String name) {
        return subject.lane(name);
    }

    /** Adds the faces that were read most often to a chart, in order of their ids. */
    void drawInto(TimelineChart chart) {
        faces.entrySet().stream()
                .sorted(Comparator.comparingInt(face -> -face.getValue().moments.size()))
                .limit(TimelineChart.MAX_LANES)
                .sorted(Map.Entry.comparingByKey())
                .forEach(face -> chart.add(face.getValue().lane("face " + face.getKey())));
    }

    int faceCount() {
        return faces.size();
    }

    /** Says in a line a face which expressions it showed how often. */
    List<String> shares() {
        List<String> lines = new ArrayList<>();
        faces.forEach((id, gathered) -> lines.add("face " + id + ": " + shares(gathered.timeline.build())));
        return lines;
    }

    private static String shares(EmotionTimeline timeline) {
        List<String> shares = new ArrayList<>();
        Emotion.all().stream()
                .filter(emotion -> timeline.share(emotion) > 0)
                .sorted(Comparator.comparingDouble(emotion -> -timeline.share(emotion)))
                .forEach(emotion -> shares.add(emotion.label() + " " + percent(timeline.share(emotion))));
        if (timeline.noClearShare() > 0) {
            shares.add(EmotionReading.NO_CLEAR_EXPRESSION + " " + percent(timeline.noClearShare()));
        }
        return String.join(", ", shares) + " of " + timeline.readings() + " readings";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    /** Writes a row for each face and interval: times in seconds, the predominant expression, the mean scores. */
    void writeCsv(Path file) throws IOException {
        OutputFile.write(file, target -> {
            CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(target, StandardCharsets.UTF_8);
            List<String> header = new ArrayList<>(List.of("face", "start", "end", "readings", "expression", "share"));
            header.addAll(Emotion.labels());
            csv.writeRecord(header);
            faces.forEach((id, gathered) ->
                    gathered.timeline.build().intervals().forEach(each -> csv.writeRecord(row(id, each))));
            csv.flush();
        });
    }

    private static List<String> row(int face, EmotionTimeline.Interval interval) {
        List<String> row = new ArrayList<>();
        row.add(Integer.toString(face));
        row.add(decimal(interval.startNanos() / 1e9, 6));
        row.add(decimal(interval.endNanos() / 1e9, 6));
        row.add(Integer.toString(interval.readings()));
        row.add(interval.predominant()
                .map(Emotion::label)
                .orElse(interval.isGap() ? FrameResult.NO_FACE : EmotionReading.NO_CLEAR_EXPRESSION));
        row.add(decimal(interval.predominantShare(), 4));
        Optional<EmotionScores> mean = interval.meanScores();
        for (Emotion emotion : Emotion.all()) {
            row.add(mean.map(scores -> decimal(scores.get(emotion), 5)).orElse(""));
        }
        return row;
    }

    private static String decimal(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** The readings of one lane. */
    private final class Gathered {
        private final EmotionTimeline.Builder timeline =
                EmotionTimeline.builder().interval(interval);
        private final List<Lane.Moment> moments = new ArrayList<>();
        private int lastFace;

        void add(EmotionReading reading, boolean discontinuity) {
            timeline.add(reading.mediaNanos(), reading.label(), reading.scores());
            boolean gap = !moments.isEmpty()
                    && reading.mediaNanos() - moments.get(moments.size() - 1).untilNanos() > frameNanos / 2;
            moments.add(new Lane.Moment(
                    reading.mediaNanos(),
                    reading.mediaNanos() + frameNanos,
                    gap || discontinuity || reading.faceId() != lastFace,
                    reading.scores()));
            lastFace = reading.faceId();
        }

        Lane lane(String name) {
            return new Lane(name, timeline.build(), moments);
        }
    }
}
