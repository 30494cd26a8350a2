package org.emotion4j.cli.timeline;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.emotion4j.analysis.EmotionTimeline;
import org.emotion4j.analysis.Shares;
import org.emotion4j.analysis.TimelineCsv;
import org.emotion4j.chart.Lane;
import org.emotion4j.chart.TimelineChart;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.event.SessionEvent;
import org.emotion4j.file.internal.OutputFile;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.recording.RecordedFrame;

/** Gathers the readings of a run into a timeline a face, and one of the face that it is about. */
public final class TimelineCollector {
    /** The most points of a curve: five times as many as a chart has columns. */
    static final int MAX_MOMENTS = 8_192;

    private final long frameNanos;
    private final Duration interval;
    private final Map<Integer, Gathered> faces = new TreeMap<>();
    private final Gathered subject;

    public TimelineCollector(long frameNanos, Duration interval) {
        this.frameNanos = frameNanos;
        this.interval = interval;
        this.subject = new Gathered();
    }

    public void add(FrameResult result) {
        for (EmotionReading reading : result.readings()) {
            add(reading, result.discontinuity());
        }
        result.subjectReading().ifPresent(reading -> subject.add(reading, result.discontinuity()));
    }

    /** Adds what a face did, which its lane shows. */
    public void add(SessionEvent event) {
        faces.computeIfAbsent(event.faceId(), id -> new Gathered()).events.add(event.event());
        if (event.ofSubject()) {
            subject.events.add(event.event());
        }
    }

    /** Adds what a record has of a frame. */
    public void add(RecordedFrame frame) {
        for (EmotionReading reading : frame.readings()) {
            add(reading, frame.discontinuity());
        }
        frame.subject().ifPresent(reading -> subject.add(reading, frame.discontinuity()));
    }

    /** Adds a reading to its face's timeline alone. */
    public void add(EmotionReading reading, boolean discontinuity) {
        faces.computeIfAbsent(reading.faceId(), id -> new Gathered()).add(reading, discontinuity);
    }

    /**
     * Makes sure that everything gathered fits into timelines.
     *
     * @throws IllegalStateException if the interval is too short for the time that the readings span
     */
    public void requireIntervals() {
        subject.timeline.build();
        faces.values().forEach(face -> face.timeline.build());
    }

    /** The timeline of the face that the run is about. */
    public Lane subject(String name) {
        return subject.lane(name);
    }

    /** Adds the faces that were read most often to a chart, in order of their ids. */
    public void drawInto(TimelineChart chart) {
        faces.entrySet().stream()
                .sorted(Comparator.comparingLong(face -> -face.getValue().readings))
                .limit(TimelineChart.MAX_LANES)
                .sorted(Map.Entry.comparingByKey())
                .forEach(face -> chart.add(face.getValue().lane("face " + face.getKey())));
    }

    public int faceCount() {
        return faces.size();
    }

    /** Says in a line a face which expressions it showed how often. */
    public List<String> shares() {
        List<String> lines = new ArrayList<>();
        faces.forEach((id, gathered) -> lines.add("face " + id + ": " + shares(gathered.timeline.build())));
        return lines;
    }

    private static String shares(EmotionTimeline timeline) {
        long[] readings = new long[EmotionScores.SIZE + 1];
        Emotion.all().forEach(emotion -> readings[emotion.ordinal()] = count(timeline, timeline.share(emotion)));
        readings[EmotionScores.SIZE] = count(timeline, timeline.noClearShare());
        double[] percents = Shares.percents(readings, 0);
        List<String> shares = new ArrayList<>();
        Emotion.all().stream()
                .filter(emotion -> readings[emotion.ordinal()] > 0)
                .sorted(Comparator.comparingLong(emotion -> -readings[emotion.ordinal()]))
                .forEach(emotion -> shares.add(emotion.label() + " " + percent(percents[emotion.ordinal()])));
        if (readings[EmotionScores.SIZE] > 0) {
            shares.add(EmotionReading.NO_CLEAR_EXPRESSION + " " + percent(percents[EmotionScores.SIZE]));
        }
        return String.join(", ", shares) + " of " + timeline.readings()
                + (timeline.readings() == 1 ? " reading" : " readings");
    }

    private static long count(EmotionTimeline timeline, double share) {
        return Math.round(share * timeline.readings());
    }

    private static String percent(double percent) {
        return String.format(Locale.ROOT, "%.0f %%", percent);
    }

    /** Writes a row for each face and interval into a new file. */
    public void writeCsv(Path file, String session) throws IOException {
        OutputFile.write(file, target -> {
            Writer writer = new OutputStreamWriter(target, StandardCharsets.UTF_8);
            addTo(new TimelineCsv(writer), session);
            writer.flush();
        });
    }

    /** Adds the rows of each face. */
    public void addTo(TimelineCsv csv, String session) {
        faces.forEach((id, gathered) -> csv.add(session, id, gathered.timeline.build()));
    }

    /**
     * The readings of one lane: sums for each interval, and a curve of at most {@link #MAX_MOMENTS} points, however long the
     * source runs.
     */
    private final class Gathered {
        private final EmotionTimeline.Builder timeline =
                EmotionTimeline.builder().interval(interval);
        private final List<Lane.Moment> moments = new ArrayList<>();
        private final List<FacialEvent> events = new ArrayList<>();
        /** How many readings a moment stands for, and how many the last one has so far. */
        private int stride = 1;

        private int inLast;
        private long readings;
        private int lastFace;

        public void add(EmotionReading reading, boolean discontinuity) {
            readings++;
            timeline.add(reading.mediaNanos(), reading.label(), reading.scores());
            boolean gap = !moments.isEmpty()
                    && reading.mediaNanos() - moments.get(moments.size() - 1).untilNanos() > frameNanos / 2;
            Lane.Moment moment = new Lane.Moment(
                    reading.mediaNanos(),
                    reading.mediaNanos() + frameNanos,
                    gap || discontinuity || reading.faceId() != lastFace,
                    reading.scores());
            lastFace = reading.faceId();
            if (inLast < stride && !moments.isEmpty() && !moment.startsAfresh()) {
                int last = moments.size() - 1;
                moments.set(last, joined(moments.get(last), inLast, moment, 1));
                inLast++;
                return;
            }
            if (moments.size() == MAX_MOMENTS) {
                halve();
            }
            moments.add(moment);
            inLast = 1;
        }

        /** Every two become one: far finer still than a chart is wide. */
        private void halve() {
            int kept = 0;
            for (int i = 0; i + 1 < moments.size(); i += 2) {
                moments.set(kept++, joined(moments.get(i), 1, moments.get(i + 1), 1));
            }
            moments.subList(kept, moments.size()).clear();
            stride = Math.min(2 * stride, 1 << 30);
        }

        private Lane.Moment joined(Lane.Moment one, int ones, Lane.Moment other, int others) {
            float[] mean = new float[EmotionScores.SIZE];
            for (int i = 0; i < mean.length; i++) {
                mean[i] = (ones * one.scores().get(i) + others * other.scores().get(i)) / (ones + others);
            }
            return new Lane.Moment(
                    one.mediaNanos(), other.untilNanos(), one.startsAfresh(), EmotionScores.ofWeights(mean));
        }

        Lane lane(String name) {
            return new Lane(name, timeline.build(), moments, events);
        }
    }
}
