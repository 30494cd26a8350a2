package org.emotion4j.cli.demo;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.emotion4j.chart.Portrait;
import org.emotion4j.chart.TimelineChart;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.ExitCode;
import org.emotion4j.cli.io.Json;
import org.emotion4j.cli.io.OutputFolder;
import org.emotion4j.cli.timeline.Charts;
import org.emotion4j.cli.timeline.TimelineCollector;
import org.emotion4j.opencv.Pictures;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.pipeline.RunSummary;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionMetadata;
import org.emotion4j.spi.Stages;
import org.emotion4j.stage.StageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The sample session: eight portraits through the default pipeline, with a record and a picture of it. */
@Command(
        name = "demo",
        description = {
            "Shows eight portraits, two seconds each, to the default pipeline; writes session.csv and timeline.png.",
            "A session that is in the folder already stays as it is; the new one then goes to DIR/session-2 and so on."
        })
public final class DemoCommand implements Callable<Integer> {
    private static final String SESSION = "demo";
    private static final Duration HOLD = Duration.ofSeconds(2);
    private static final Duration FRAME = Duration.ofMillis(100);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    @Mixin
    private final Console console = new Console();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "emotion4j-demo",
            description = "The folder for the results (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("emotion4j-demo");

    @Option(names = "--json", description = "Print one JSON array of the readings, and nothing else.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        OutputFolder folder = OutputFolder.forSession(out, false, console.err(), OutputFolder.TIMELINE_PNG);
        List<SamplePortrait> portraits = SamplePortrait.loadAll();
        Map<String, BufferedImage> images = new LinkedHashMap<>();
        for (SamplePortrait portrait : portraits) {
            images.put(portrait.name(), Pictures.toBufferedImage(portrait.picture()));
        }
        PortraitFrameSource source = new PortraitFrameSource(portraits, HOLD, FRAME);
        EmotionPipeline.Builder builder = EmotionPipeline.builder().source(source);
        Stages.defaultLandmarks().ifPresent(builder::landmarks);
        builder.onFrameFailure(failure ->
                console.err().println(failure.origin() + ": " + failure.cause().getMessage()));
        Map<String, EmotionReading> readings = new LinkedHashMap<>();
        TimelineCollector timeline = new TimelineCollector(FRAME.toNanos(), INTERVAL);
        SessionMetadata metadata = SessionMetadata.withoutConsent().withSessionId(SESSION);
        try (EmotionPipeline pipeline = builder.recorderFrom(
                        CsvSessionRecorder.builder(folder.path()).metadata(metadata))
                .build()) {
            RunSummary summary = pipeline.run(result -> {
                timeline.add(result);
                largest(result).ifPresent(reading -> readings.put(result.origin(), reading));
            });
            if (summary.framesFailed() > 0 || summary.recordingFailure().isPresent()) {
                throw new StageException("the sample session failed in " + summary.framesFailed() + " frames"
                        + summary.recordingFailure()
                                .map(cause -> "; the record: " + cause.getMessage())
                                .orElse(""));
            }
            draw(images, readings, timeline, Charts.describe(pipeline.settings()), folder);
        }
        print(images, readings, folder);
        return ExitCode.OK;
    }

    private static Optional<EmotionReading> largest(FrameResult result) {
        return result.readings().stream().findFirst();
    }

    private void draw(
            Map<String, BufferedImage> images,
            Map<String, EmotionReading> readings,
            TimelineCollector timeline,
            String stages,
            OutputFolder folder)
            throws IOException {
        TimelineChart chart = TimelineChart.of("Sample session: eight portraits, two seconds each", stages);
        long start = 0;
        for (Map.Entry<String, BufferedImage> entry : images.entrySet()) {
            Optional<EmotionReading> reading = Optional.ofNullable(readings.get(entry.getKey()));
            chart.add(new Portrait(
                    start,
                    start + HOLD.toNanos(),
                    entry.getKey(),
                    reading.map(DemoCommand::caption).orElse(FrameResult.NO_FACE),
                    reading.flatMap(EmotionReading::label),
                    reading.map(each -> each.face().box()),
                    entry.getValue()));
            start += HOLD.toNanos();
        }
        chart.add(timeline.subject("whoever is in sight"));
        Charts.write(chart, folder.file(OutputFolder.TIMELINE_PNG), console.err());
    }

    private static String caption(EmotionReading reading) {
        return reading.label()
                .map(label -> String.format(Locale.ROOT, "%s %.2f", label.label(), reading.confidence()))
                .orElse("no clear");
    }

    private void print(Map<String, BufferedImage> images, Map<String, EmotionReading> readings, OutputFolder folder) {
        List<PortraitJson> rows = new ArrayList<>();
        for (String name : images.keySet()) {
            rows.add(PortraitJson.of(name, Optional.ofNullable(readings.get(name))));
        }
        if (json) {
            console.out().println(Json.write(rows));
            return;
        }
        for (PortraitJson row : rows) {
            console.out().println(row.text());
        }
        console.out()
                .println(readings.size() + " of " + rows.size() + " portraits with a face; see "
                        + folder.file(OutputFolder.TIMELINE_PNG) + " and "
                        + folder.file(CsvSessionRecorder.FILE_NAME));
    }

    /** One portrait with its reading; label and confidence are null where no face was found. */
    private record PortraitJson(
            String portrait,
            boolean found,
            @Nullable String label,
            @Nullable Double confidence) {
        static PortraitJson of(String name, Optional<EmotionReading> reading) {
            return reading.map(each -> new PortraitJson(name, true, each.labelText(), (double) each.confidence()))
                    .orElseGet(() -> new PortraitJson(name, false, null, null));
        }

        String text() {
            return found
                    ? String.format(Locale.ROOT, "%-20s %-20s %.2f", portrait, label, confidence)
                    : String.format(Locale.ROOT, "%-20s %s", portrait, FrameResult.NO_FACE);
        }
    }
}
