package org.emotion4j.cli.analyze;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.emotion4j.analysis.EmotionTimeline;
import org.emotion4j.cli.io.BadInputException;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.cli.io.ExitCode;
import org.emotion4j.cli.io.OutputFolder;
import org.emotion4j.cli.io.Progress;
import org.emotion4j.cli.io.UniqueNames;
import org.emotion4j.cli.options.ConsentOptions;
import org.emotion4j.cli.options.DurationConverter;
import org.emotion4j.cli.options.Inputs;
import org.emotion4j.cli.options.KeyFile;
import org.emotion4j.cli.options.ServeOption;
import org.emotion4j.cli.options.StageOptions;
import org.emotion4j.cli.options.SubjectConverter;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.MovingAverageSmoother;
import org.emotion4j.emotion.SubjectBaseline;
import org.emotion4j.emotion.TemporalSmoother;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.LandmarkDetector;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.opencv.FrameSources;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.pipeline.SessionBuilder;
import org.emotion4j.reading.SubjectRule;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionCipher;
import org.emotion4j.recording.SessionMetadata;
import org.emotion4j.stage.StageMetadata;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads the expressions in pictures, videos and before cameras, and keeps the record of each session. */
@Command(
        name = "analyze",
        description = {
            "Reads the expressions in pictures, in videos and before cameras, and writes session.csv and, where faces"
                    + " did something, events.csv; for videos,"
                    + " cameras and pictures with --fps also timeline.csv and timeline.png.",
            "All pictures together are one session; each video and each camera is one. Several are worked through one"
                    + " after the other, each with its record in a folder of its own name below --out.",
            "A session that is in the folder already stays as it is; the new one then goes to DIR/session-2, DIR/session-3"
                    + " and so on, with all its files.",
            "A picture that cannot be read is reported and skipped; the exit code is then 2."
        })
public final class AnalyzeCommand implements Callable<Integer> {
    private static final String RUNNING = "running";

    @Mixin
    private final Console console = new Console();

    @Mixin
    private final Inputs inputs = new Inputs();

    @Mixin
    private final StageOptions.DetectorOption detector = new StageOptions.DetectorOption();

    @Mixin
    private final StageOptions.ReadingLandmarksOption landmarks = new StageOptions.ReadingLandmarksOption();

    @Mixin
    private final StageOptions.ClassifierOption classifier = new StageOptions.ClassifierOption();

    @Mixin
    private final ConsentOptions consent = new ConsentOptions();

    @Mixin
    private final ServeOption serve = new ServeOption();

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
            description = "Of a video at most N frames a second are read; a camera is asked for N. Pictures are a"
                    + " recording with N pictures a second; without it they are unrelated.")
    private Optional<Double> framesPerSecond = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Leave out what comes before this time of a video.")
    private Optional<Duration> from = Optional.empty();

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Leave out what comes at or after this time of a video.")
    private Optional<Duration> to = Optional.empty();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Stop a camera after this time; without it, it runs until the program is ended.")
    private Optional<Duration> limit = Optional.empty();

    @Option(
            names = "--allow-network",
            description =
                    "Also open addresses of network cameras and films: rtsp:, http:, https:. Without it nothing here"
                            + " touches the network.")
    private boolean network;

    @Option(names = "--mirror", description = "Swap left and right of a camera's pictures.")
    private boolean mirror;

    @Option(
            names = "--face",
            paramLabel = "largest|N|X,Y",
            converter = SubjectConverter.class,
            defaultValue = "largest",
            description =
                    "Whom the record is about, where several faces are in the picture: the largest when the first is"
                            + " found, face number N, or the face at a place, as shares of the picture's width and height"
                            + " (default: ${DEFAULT-VALUE}). It stays that face.")
    private SubjectRule face = SubjectRule.largestFace();

    @Option(
            names = "--all-faces",
            description =
                    "Store what all faces show, each under its number; without it, others are counted only. Ask them"
                            + " first.")
    private boolean allFaces;

    @Option(
            names = "--session",
            paramLabel = "ID",
            description = "The session's name in the record, of several sessions followed by -1, -2 …; by default one"
                    + " that the same input always gets; a camera and an encrypted record a new one each time.")
    private Optional<String> session = Optional.empty();

    @Option(
            names = "--baseline",
            paramLabel = "running",
            description =
                    "Learn what the person's face shows at rest, and take it out before smoothing and labeling. For"
                            + " recordings of one person; noted in the record.")
    private Optional<String> baseline = Optional.empty();

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Encrypt the record with the key in this file, as 'new-key' makes it. timeline.csv and"
                    + " timeline.png are not written then: they would tell the same.")
    private Optional<Path> key = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object a reading, and nothing else.")
    private boolean json;

    @Option(
            names = "--movements",
            description = "With --json: also what moves in the face (action units, closed eyes, head pose).")
    private boolean movements;

    @Override
    public Integer call() throws IOException {
        smoother();
        requireRange();
        consent.require(console, Instant.now());
        if (movements && !json) {
            throw console.usage("--movements belongs to --json");
        }
        key.ifPresent(KeyFile::read);
        if (key.isEmpty()) {
            OutputFolder.requireNothingEncrypted(out);
        }
        try (serve) {
            serve.open(console);
            return analyze();
        }
    }

    private int analyze() throws IOException {
        List<Inputs.Recording> recordings = inputs.recordings(sources(), framesPerSecond, console.err());
        if (recordings.size() == 1) {
            return single(recordings.get(0));
        }
        UniqueNames names = new UniqueNames();
        int exitCode = ExitCode.OK;
        boolean any = false;
        int number = 0;
        try (Models models = new Models()) {
            for (Inputs.Recording recording : recordings) {
                Path folder = out.resolve(names.stemOf(recording.name()));
                try {
                    FrameSource source = open(models, recording);
                    any = true;
                    exitCode = worse(exitCode, analyze(models, recording, source, folder, "-" + ++number));
                } catch (IOException e) {
                    console.err().println(ErrorMessages.withFile(e));
                    exitCode = ExitCode.FAILURE;
                } catch (BadInputException e) {
                    console.err().println(ErrorMessages.message(e));
                    exitCode = worse(exitCode, ExitCode.BAD_INPUT);
                }
            }
        }
        if (!any) {
            throw new BadInputException("nothing to work on");
        }
        return worse(exitCode, inputs.exitCode());
    }

    private AnalyzeRun.Printing printing() {
        if (!json) {
            return AnalyzeRun.Printing.TEXT;
        }
        return movements ? AnalyzeRun.Printing.JSON_WITH_MOVEMENTS : AnalyzeRun.Printing.JSON;
    }

    private int single(Inputs.Recording recording) throws IOException {
        try (Models models = new Models()) {
            return worse(analyze(models, recording, open(models, recording), out, ""), inputs.exitCode());
        }
    }

    private FrameSources sources() {
        FrameSources.Builder sources = FrameSources.builder();
        framesPerSecond.ifPresent(sources::framesPerSecond);
        from.ifPresent(sources::from);
        to.ifPresent(sources::to);
        if (mirror) {
            sources.mirrored();
        }
        if (network) {
            sources.allowNetwork();
        }
        return sources.build();
    }

    private FrameSource open(Models models, Inputs.Recording recording) {
        if (recording.isCamera()) {
            models.pipeline(); // before: the first pictures would be as old as that takes
        }
        try {
            FrameSource source = recording.open();
            return source.isLive() && limit.isPresent() ? new LimitedSource(source, limit.get()) : source;
        } catch (IOException e) {
            throw new BadInputException(ErrorMessages.withFile(e), e);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(ErrorMessages.message(e), e);
        }
    }

    /** One set for all inputs, loaded when the first of them is there. */
    private final class Models implements AutoCloseable {
        private final List<StageMetadata> stages = new ArrayList<>();
        private @Nullable EmotionPipeline pipeline;

        EmotionPipeline pipeline() {
            EmotionPipeline loaded = pipeline;
            if (loaded == null) {
                loaded = load();
                pipeline = loaded;
                loaded.warmUp();
            }
            return loaded;
        }

        private EmotionPipeline load() {
            FaceDetector faces = detector.create();
            Optional<LandmarkDetector> points = landmarks.create();
            EmotionClassifier expressions = classifier.create();
            stages.addAll(List.of(faces.metadata(), expressions.metadata()));
            points.map(LandmarkDetector::metadata).ifPresent(stages::add);
            EmotionPipeline.Builder builder = EmotionPipeline.builder()
                    .detector(faces)
                    .classifier(expressions)
                    .smoothers(AnalyzeCommand.this::smoother);
            points.ifPresent(builder::landmarks);
            return builder.build();
        }

        @Override
        public void close() {
            if (pipeline != null) {
                pipeline.close();
            }
        }
    }

    private int analyze(Models models, Inputs.Recording recording, FrameSource source, Path folder, String number)
            throws IOException {
        try (source) {
            requireIntervals(source);
            EmotionPipeline pipeline = models.pipeline();
            if (source.isLive() && !consent.hasConsent()) {
                console.err()
                        .println("recorded without a consent: the record has no day until which it may be kept; see"
                                + " --purpose and --keep-until");
            }
            OutputFolder results = recording.isSequence() && key.isEmpty()
                    ? OutputFolder.forSession(
                            folder,
                            key.isPresent(),
                            console.err(),
                            OutputFolder.TIMELINE_CSV,
                            OutputFolder.TIMELINE_PNG)
                    : OutputFolder.forSession(folder, key.isPresent(), console.err());
            SessionMetadata metadata = metadata(source.files(), number, models.stages);
            Optional<SessionCipher> cipher = key.map(KeyFile::read);
            AnalyzeRun recorded = new AnalyzeRun(
                    console,
                    printing(),
                    recording.isSequence(),
                    cipher,
                    allFaces,
                    metadata.sessionId(),
                    frameNanos(source),
                    interval,
                    results,
                    serve::publish);
            SessionBuilder described = pipeline.session(source)
                    .subject(face)
                    .storeOthers(allFaces)
                    .onFrameFailure(recorded::report)
                    .recorder(recorder(results.path(), metadata, cipher));
            return recorded.run(described, pipeline.settings(), recording.name(), expectedFrames(source));
        }
    }

    private CsvSessionRecorder recorder(Path folder, SessionMetadata metadata, Optional<SessionCipher> cipher)
            throws IOException {
        CsvSessionRecorder.Builder builder = CsvSessionRecorder.builder(folder).metadata(metadata);
        cipher.ifPresent(builder::encryption);
        return builder.create();
    }

    private SessionMetadata metadata(List<Path> files, String number, List<StageMetadata> stages) throws IOException {
        String fps = framesPerSecond.map(Object::toString).orElse("none");
        SessionMetadata metadata = SessionMetadata.withoutConsent();
        try {
            if (session.isPresent()) {
                metadata = metadata.withSessionId(session.get() + number);
            } else if (!files.isEmpty() && key.isEmpty()) {
                // of an encrypted record the id stands in clear: it must not tell which files went in
                List<Object> settings = new ArrayList<>(stages);
                settings.addAll(List.of(window, fps));
                from.ifPresent(settings::add);
                to.ifPresent(settings::add);
                baseline.ifPresent(settings::add);
                if (!face.isLargestFace()) {
                    settings.add("face " + face);
                }
                if (allFaces) {
                    settings.add("all faces");
                }
                metadata = metadata.withSessionId(SessionNames.of(files, settings));
            }
            metadata = consent.addTo(metadata, Instant.now());
            metadata = metadata.withSetting("window", window.toString()).withSetting("fps", fps);
            return baseline.isPresent() ? metadata.withSetting("baseline", baseline.get()) : metadata;
        } catch (IllegalArgumentException e) {
            throw console.usage("--session: " + e.getMessage());
        }
    }

    /** For the progress bar: counted, or the time at the rate. */
    private long expectedFrames(FrameSource source) {
        if (source.frameCount().isPresent() || source.endTime().isEmpty()) {
            return source.frameCount().orElse(Progress.UNKNOWN);
        }
        Duration length = source.endTime().get().minus(from.orElse(Duration.ZERO));
        return Math.max(0, length.toNanos()) / frameNanos(source);
    }

    private long frameNanos(FrameSource source) {
        double rate = source.frameRate().orElseGet(() -> framesPerSecond.orElse(source.isLive() ? 30.0 : 1.0));
        return Math.max(1, Math.round(1e9 / rate));
    }

    private TemporalSmoother smoother() {
        if (baseline.isPresent() && !baseline.get().equals(RUNNING)) {
            throw console.usage("--baseline is \"" + baseline.get() + "\", expected " + RUNNING
                    + "; a marked rest can be taken out of the record afterwards, with 'report --baseline'");
        }
        try {
            TemporalSmoother average = MovingAverageSmoother.over(window);
            return baseline.isPresent() ? SubjectBaseline.running().before(average) : average;
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
        if (from.isPresent() && to.isPresent() && from.get().compareTo(to.get()) >= 0) {
            throw console.usage("--to is not after --from");
        }
    }

    /** Where the end is known, what would not fit into a timeline is told before the work and not after it. */
    private void requireIntervals(FrameSource source) {
        Duration start = from.orElse(Duration.ZERO);
        Optional<Duration> length = source.endTime().map(end -> end.minus(start));
        if (length.isPresent() && length.get().dividedBy(interval) >= EmotionTimeline.MAX_INTERVALS) {
            throw new BadInputException("--interval: " + length.get().toSeconds() + " s are "
                    + length.get().dividedBy(interval) + " intervals, expected at most "
                    + EmotionTimeline.MAX_INTERVALS + "; set a longer interval");
        }
    }

    /** Failure over bad input over fine. */
    private static int worse(int one, int other) {
        return one == ExitCode.FAILURE || other == ExitCode.FAILURE ? ExitCode.FAILURE : Math.max(one, other);
    }
}
