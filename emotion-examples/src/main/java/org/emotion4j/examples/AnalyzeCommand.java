package org.emotion4j.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.MovingAverageSmoother;
import org.emotion4j.examples.chart.TimelineChart;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.opencv.PictureFrameSource;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.pipeline.FrameFailure;
import org.emotion4j.pipeline.RunSummary;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.session.CsvSessionRecorder;
import org.emotion4j.session.SessionMetadata;
import org.emotion4j.stage.StageMetadata;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads the expressions in pictures and keeps the record of the session. */
@Command(
        name = "analyze",
        description = {
            "Reads the expressions in pictures and writes session.csv; with --fps also timeline.csv and timeline.png.",
            "A record that is in the folder already is kept as session-1.csv and so on.",
            "A picture that cannot be read is reported and skipped; the exit code is then 2."
        })
final class AnalyzeCommand implements Callable<Integer> {
    @Mixin
    private final Console console = new Console();

    @Mixin
    private final Inputs inputs = new Inputs();

    @Mixin
    private final StageOptions.DetectorOption detector = new StageOptions.DetectorOption();

    @Mixin
    private final StageOptions.ClassifierOption classifier = new StageOptions.ClassifierOption();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder for the results.")
    private Path out = Path.of("");

    @Option(
            names = "--window",
            paramLabel = "TIME",
            defaultValue = "1s",
            converter = DurationConverter.class,
            description = "Scores are smoothed over this much media time (default: ${DEFAULT-VALUE}).")
    private Duration window = MovingAverageSmoother.DEFAULT_WINDOW;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "1s",
            converter = DurationConverter.class,
            description = "The timeline has one entry for each of these (default: ${DEFAULT-VALUE}).")
    private Duration interval = Duration.ofSeconds(1);

    @Option(
            names = "--fps",
            paramLabel = "N",
            description = "The pictures are a recording with N pictures a second; without it they are unrelated.")
    private Optional<Double> framesPerSecond = Optional.empty();

    @Option(
            names = "--session",
            paramLabel = "ID",
            description = "The session's name in the record; by default one that the same input always gets.")
    private Optional<String> session = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object a reading, and nothing else.")
    private boolean json;

    private int unreadable;
    private int failed;

    @Override
    public Integer call() throws IOException {
        MovingAverageSmoother smoother = smoother();
        requireRange();
        PictureFrameSource source = inputs.open(framesPerSecond, console.err());
        OutputFolder folder = OutputFolder.at(out);
        FaceDetector faces = detector.create();
        EmotionClassifier expressions = classifier.create();
        SessionMetadata metadata = metadata(source.files(), faces.metadata(), expressions.metadata());
        folder.setEarlierSessionAside(console.err());
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                        .source(source)
                        .detector(faces)
                        .classifier(expressions)
                        .smoother(smoother)
                        .onFrameFailure(this::report)
                        .recorder(CsvSessionRecorder.create(folder.path(), metadata))
                        .build();
                Progress progress = printsLines()
                        ? Progress.silent()
                        : Progress.of("analyze", source.files().size())) {
            pipeline.warmUp();
            TimelineCollector timeline = new TimelineCollector(frameNanos(), interval);
            RunSummary summary = pipeline.run(result -> {
                progress.step();
                timeline.add(result);
                print(result);
            });
            if (framesPerSecond.isPresent()) {
                timeline.writeCsv(folder.file(OutputFolder.TIMELINE_CSV));
                draw(timeline, summary, pipeline.metadata(), folder.file(OutputFolder.TIMELINE_PNG));
            }
            conclude(summary, timeline, folder);
            return exitCode(summary);
        }
    }

    private SessionMetadata metadata(List<Path> files, StageMetadata faces, StageMetadata expressions)
            throws IOException {
        String fps = framesPerSecond.map(Object::toString).orElse("none");
        String id =
                session.isPresent() ? session.get() : SessionNames.of(files, List.of(faces, expressions, window, fps));
        try {
            return SessionMetadata.withoutConsent()
                    .withSessionId(id)
                    .withSetting("window", window.toString())
                    .withSetting("fps", fps);
        } catch (IllegalArgumentException e) {
            throw console.usage("--session: " + e.getMessage());
        }
    }

    private MovingAverageSmoother smoother() {
        try {
            return MovingAverageSmoother.over(window);
        } catch (IllegalArgumentException e) {
            throw console.usage("--window: " + e.getMessage());
        }
    }

    private void requireRange() {
        if (framesPerSecond.isPresent() && !(framesPerSecond.get() > 0 && framesPerSecond.get() <= 1_000)) {
            throw console.usage("--fps is " + framesPerSecond.get() + ", expected above 0 to 1000");
        }
        if (interval.compareTo(Duration.ofDays(1)) > 0) {
            throw console.usage("--interval is longer than a day");
        }
    }

    private long frameNanos() {
        return framesPerSecond.map(fps -> Math.round(1e9 / fps)).orElse(1_000_000_000L);
    }

    private void report(FrameFailure failure) {
        if (failure.cause() instanceof FrameUnreadableException) {
            unreadable++;
            console.err().println(failure.cause().getMessage());
        } else {
            failed++;
            console.err().println(failure.origin() + ": could not be analysed: " + failure.cause());
        }
    }

    private void print(FrameResult result) {
        if (json) {
            for (EmotionReading reading : result.readings()) {
                console.out().println(Json.write(ReadingJson.of(result, reading)));
            }
        } else if (framesPerSecond.isEmpty()) {
            printLines(result);
        }
    }

    private boolean printsLines() {
        return json || framesPerSecond.isEmpty();
    }

    private void printLines(FrameResult result) {
        if (result.readings().isEmpty()) {
            console.out().println(result.origin() + "  " + FrameResult.NO_FACE);
        }
        for (EmotionReading reading : result.readings()) {
            console.out()
                    .println(String.format(
                            Locale.ROOT,
                            "%s  face %d: %s %.2f",
                            result.origin(),
                            reading.faceId(),
                            reading.labelText(),
                            reading.confidence()));
        }
    }

    private void draw(TimelineCollector timeline, RunSummary summary, List<StageMetadata> stages, Path file)
            throws IOException {
        String title = String.format(
                Locale.ROOT,
                "%d frames, %d with a face%s",
                summary.framesAnalyzed(),
                summary.framesAnalyzed() - summary.framesWithoutFace(),
                timeline.faceCount() > TimelineChart.MAX_LANES
                        ? "; the " + TimelineChart.MAX_LANES + " most frequent of " + timeline.faceCount() + " faces"
                        : "");
        TimelineChart chart = TimelineChart.of(title, Charts.describe(stages));
        timeline.drawInto(chart);
        Charts.write(chart, file, console.err());
    }

    private void conclude(RunSummary summary, TimelineCollector timeline, OutputFolder folder) {
        summary.recordingFailure().ifPresent(cause -> console.err()
                .println("the record ends early, " + folder.file(CsvSessionRecorder.FILE_NAME) + ": "
                        + cause.getMessage()));
        if (json) {
            return;
        }
        if (framesPerSecond.isPresent()) {
            timeline.shares().forEach(console.out()::println);
        }
        console.out()
                .println(summary.framesAnalyzed() + " pictures, "
                        + (summary.framesAnalyzed() - summary.framesWithoutFace()) + " with a face, "
                        + summary.readings() + " readings, " + summary.framesFailed() + " not read; see "
                        + folder.file(CsvSessionRecorder.FILE_NAME));
    }

    private int exitCode(RunSummary summary) {
        if (failed > 0 || summary.recordingFailure().isPresent()) {
            return EmotionCli.FAILURE;
        }
        return unreadable > 0 ? EmotionCli.BAD_INPUT : inputs.exitCode();
    }
}
