package org.emotion4j.cli.sessions;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.emotion4j.analysis.EmotionTimeline;
import org.emotion4j.analysis.TimelineCsv;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.options.BaselineOption;
import org.emotion4j.cli.options.DurationConverter;
import org.emotion4j.cli.timeline.TimelineCollector;
import org.emotion4j.recording.RecordedFrame;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what the face showed, interval by interval. */
@Command(
        name = "timeline",
        description =
                "Prints what the face showed that they are about, over time, as analyze's timeline.csv has it: start"
                        + " and end in seconds, readings, the predominant expression with its share and the mean scores."
                        + " An interval without readings is a gap and stays empty; a face with another number starts"
                        + " afresh.")
public final class TimelineCommand implements Callable<Integer> {
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

    /** Its header waits for the first session that can be read. */
    private @Nullable TimelineCsv csv;

    @Override
    public Integer call() throws IOException {
        return sessions.eachRead("timeline", console, (path, reader) -> {
            TimelineCollector timeline = new TimelineCollector(0, interval);
            UnaryOperator<RecordedFrame> change = baseline.of(path, reader);
            long[] frames = new long[1];
            long[] cuts = new long[1];
            reader.forEachRemaining(frame -> {
                cuts[0] += frames[0]++ > 0 && frame.discontinuity() ? 1 : 0;
                change.apply(frame).subject().ifPresent(reading -> timeline.add(reading, frame.discontinuity()));
            });
            if (frames[0] > 1 && cuts[0] == frames[0] - 1) {
                console.err()
                        .println(path + ": these are " + frames[0]
                                + " pictures that do not follow from one another: their"
                                + " rows are no course over time; 'summary' counts them, 'report' lists each");
            }
            try {
                timeline.requireIntervals();
            } catch (IllegalStateException e) {
                throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
            }
            TimelineCsv begun = csv == null ? new TimelineCsv(console.out()) : csv;
            csv = begun;
            timeline.addTo(begun, reader.info().sessionId());
        });
    }
}
