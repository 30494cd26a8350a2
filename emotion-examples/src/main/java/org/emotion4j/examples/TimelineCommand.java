package org.emotion4j.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.emotion4j.analysis.EmotionTimeline;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.session.RecordedFrame;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what the face showed, interval by interval. */
@Command(
        name = "timeline",
        description =
                "Prints what the face showed that they are about, over time: start and end in seconds, readings, the predominant"
                        + " expression and the mean scores; CSV. An interval without readings is a gap and stays empty.")
final class TimelineCommand implements Callable<Integer> {
    @Mixin
    private final Console console = new Console();

    @Mixin
    private final Sessions sessions = new Sessions();

    @Mixin
    private final BaselineOption baseline = new BaselineOption();

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "1s",
            description = "Length of an interval: 500ms, 1s, 2m. Default: ${DEFAULT-VALUE}.")
    private Duration interval = EmotionTimeline.DEFAULT_INTERVAL;

    @Override
    public Integer call() throws IOException {
        console.out().println("session,start,end,readings,predominant," + String.join(",", Emotion.labels()));
        return sessions.eachRead("timeline", console, (path, reader) -> {
            EmotionTimeline.Builder timeline = EmotionTimeline.builder().interval(interval);
            UnaryOperator<RecordedFrame> change = baseline.of(path, () -> sessions.open(path, console));
            reader.forEachRemaining(frame -> change.apply(frame)
                    .subject()
                    .ifPresent(reading -> timeline.add(reading.mediaNanos(), reading.label(), reading.scores())));
            String id = reader.info().sessionId();
            for (EmotionTimeline.Interval part : intervals(path, timeline)) {
                console.out().println(id + "," + row(part));
            }
        });
    }

    private static List<EmotionTimeline.Interval> intervals(Path session, EmotionTimeline.Builder timeline) {
        try {
            return timeline.build().intervals();
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException(session + ": " + e.getMessage(), e);
        }
    }

    private static String row(EmotionTimeline.Interval part) {
        StringBuilder row = new StringBuilder(String.format(
                Locale.ROOT, "%.3f,%.3f,%d,", part.startNanos() / 1e9, part.endNanos() / 1e9, part.readings()));
        if (!part.isGap()) {
            row.append(part.predominant().map(Emotion::label).orElse(EmotionReading.NO_CLEAR_EXPRESSION));
        }
        for (Emotion emotion : Emotion.all()) {
            row.append(',');
            part.meanScores().ifPresent(scores -> row.append(String.format(Locale.ROOT, "%.5f", scores.get(emotion))));
        }
        return row.toString();
    }
}
