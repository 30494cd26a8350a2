package org.emotion4j.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.emotion4j.emotion.MovingAverageSmoother;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The program: {@code archive INPUT_GLOB OUT_DIR}, or the main class for {@code spark-submit}. */
@Command(
        name = "archive",
        mixinStandardHelpOptions = true,
        description = {
            "Reads films, pictures and recorded sessions into four tables below OUT_DIR: readings, events, sessions, failures.",
            "A second run into the same folder reads only what is new, changed or failed. Films that cannot be read, and sessions"
                    + " that may not be, are rows in failures; the exit code is then 2. See docs/spark.md."
        })
public final class ArchiveJob implements Callable<Integer> {
    private static final int FAILURE = 1;
    private static final int BAD_INPUT = 2;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "2..*",
            paramLabel = "INPUT_GLOB... OUT_DIR",
            hideParamSyntax = true,
            description =
                    "Films, pictures, session folders, folders of them, and globs of all these, on any file system that"
                            + " Hadoop knows (/data/*.mp4, hdfs://…, s3a://…); the last is the folder for the tables.")
    private List<String> places = List.of();

    @Option(
            names = "--master",
            paramLabel = "URL",
            description =
                    "Spark's master: local[2], spark://HOST:7077 …; by default what spark-submit was given, else local[*].")
    private Optional<String> master = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "parquet|csv",
            defaultValue = "parquet",
            description = "How tables are written (default: ${DEFAULT-VALUE}).")
    private String format = "parquet";

    @Option(
            names = "--window",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "1s",
            description = "Scores are smoothed over this much media time (default: ${DEFAULT-VALUE}).")
    private Duration window = MovingAverageSmoother.DEFAULT_WINDOW;

    @Option(names = "--fps", paramLabel = "N", description = "Of a film at most N frames a second are read.")
    private Optional<Double> framesPerSecond = Optional.empty();

    @Option(names = "--all-faces", description = "Store what all faces show, each under its number.")
    private boolean allFaces;

    @Option(names = "--detector", paramLabel = "NAME[=MODEL]", description = "Who finds faces, as in analyze.")
    private Optional<String> detector = Optional.empty();

    @Option(
            names = "--landmarks",
            paramLabel = "NAME[=MODEL]|none",
            description = "Who finds landmarks, as in analyze.")
    private Optional<String> landmarks = Optional.empty();

    @Option(
            names = "--classifier",
            paramLabel = "NAME[=MODEL]",
            description = "Who scores expressions, as in analyze; a MODEL lies at the same place on every machine.")
    private Optional<String> classifier = Optional.empty();

    @Option(
            names = "--time-limit",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "What takes longer is given up and a row in failures; by default ten minutes and ten times the film's"
                            + " length.")
    private Optional<Duration> timeLimit = Optional.empty();

    @Option(
            names = "--split",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "Films of more than one and a half times this length are read in parts of about it, by several tasks at"
                            + " the same time; not with --fps. By default none is.")
    private Optional<Duration> split = Optional.empty();

    @Option(
            names = "--without-consent",
            description = "Also read sessions whose session.json has no consent, because it is kept elsewhere.")
    private boolean withoutConsent;

    @Option(
            names = "--forget",
            description =
                    "Take out of the tables what earlier runs have read and this one is not given: sessions that were erased,"
                            + " films that were deleted. Give all inputs then.")
    private boolean forget;

    @Option(
            names = "--clusters",
            paramLabel = "N|auto",
            description =
                    "Also find N clusters in the readings of all inputs, of this run and earlier ones, into the folder"
                            + " clusters; auto takes the number from 2 to 7 with the best silhouette.")
    private Optional<String> clusters = Optional.empty();

    @Option(
            names = "--conf",
            paramLabel = "NAME=VALUE",
            description = "A setting of Spark, as spark-submit takes it; may be given several times.")
    private Map<String, String> configuration = new LinkedHashMap<>();

    @Option(names = "--jars", hidden = true, description = "What executors are sent where spark-submit does not do it.")
    private String jars = "";

    /**
     * Runs the job and ends the process with its exit code: 0, or 2 where an input was not read, 1 where the job failed.
     *
     * @param args as {@code --help} says
     */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command with its exit codes. */
    static CommandLine commandLine() {
        return new CommandLine(new ArchiveJob()).setExecutionExceptionHandler((failure, command, parsed) -> {
            Throwable root = root(failure);
            boolean bad = root instanceof BadInputException;
            if (ShutdownHookManager.get().isShutdownInProgress()) {
                return FAILURE; // somebody has stopped it, and that was told
            }
            command.getErr().println("archive: " + (bad ? root.getMessage() : Reasons.of(root)));
            if (!bad && !(root instanceof IOException)) {
                failure.printStackTrace(command.getErr());
            }
            return bad ? BAD_INPUT : FAILURE;
        });
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure.getCause();
        return (failure instanceof SparkException || failure instanceof FSError) && cause != null
                ? root(cause)
                : failure;
    }

    @Override
    public Integer call() throws IOException {
        List<String> inputs = places.subList(0, places.size() - 1);
        TableFormat tables = tableFormat();
        ReadingSettings reading = reading();
        int wanted = wantedClusters();
        try (JavaSparkContext spark = new JavaSparkContext(sparkConf())) {
            JobSettings settings = new JobSettings(
                    reading,
                    tables,
                    outFolder(spark),
                    timeLimit.orElse(null),
                    split.orElse(null),
                    withoutConsent,
                    forget);
            CommandLine command = commandSpec().commandLine();
            Report report = new ArchiveRun(spark, settings, runName(), command.getErr()::println).run(inputs);
            report.remarks().forEach(command.getErr()::println);
            command.getOut()
                    .println(report.describe(InputListing.shown(new org.apache.hadoop.fs.Path(settings.out()))));
            if (clusters.isPresent()) {
                command.getOut().println(clustered(settings, wanted).describe());
            }
            command.getOut().flush();
            return report.isClean() ? 0 : BAD_INPUT;
        }
    }

    private static ArchiveClusters clustered(JobSettings settings, int wanted) {
        SparkSession session = SparkSession.builder().getOrCreate();
        String readings = settings.out() + "/" + Table.READINGS.folder();
        ArchiveClusters found =
                ArchiveClusters.of(ArchiveClusters.scores(session, readings, settings.format()), wanted);
        found.write(session, settings.out() + "/clusters", settings.format());
        return found;
    }

    /** 0 for auto. */
    private int wantedClusters() {
        String asked = clusters.orElse("auto");
        if (asked.equals("auto")) {
            return 0;
        }
        try {
            int count = Integer.parseInt(asked);
            if (count >= 2 && count <= 50) {
                return count;
            }
        } catch (NumberFormatException e) {
            // told below, as any other number is
        }
        throw usage("--clusters is \"" + asked + "\", expected auto or a whole number from 2 to 50");
    }

    private String outFolder(JavaSparkContext spark) {
        String out = places.get(places.size() - 1);
        try {
            org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(out);
            return path.getFileSystem(spark.hadoopConfiguration())
                    .makeQualified(path)
                    .toString();
        } catch (IOException | RuntimeException e) {
            throw new BadInputException("OUT_DIR \"" + out + "\": " + Reasons.ofFileSystem(e), e);
        }
    }

    private TableFormat tableFormat() {
        return Arrays.stream(TableFormat.values())
                .filter(value -> value.name().equalsIgnoreCase(format))
                .findFirst()
                .orElseThrow(() -> usage("--format is \"" + format + "\", expected parquet or csv"));
    }

    private ReadingSettings reading() {
        if (framesPerSecond.isPresent() && !(framesPerSecond.get() > 0 && framesPerSecond.get() <= 1_000)) {
            throw usage("--fps is " + framesPerSecond.get() + ", expected above 0 to 1000");
        }
        ReadingSettings reading = new ReadingSettings(
                window,
                framesPerSecond.orElse(0.0),
                allFaces,
                detector.orElse(null),
                landmarks.orElse(null),
                classifier.orElse(null));
        try {
            reading.smoother();
        } catch (IllegalArgumentException e) {
            throw usage("--window: " + e.getMessage());
        }
        Duration margin = FilmPart.margin(reading);
        if (split.isPresent() && split.get().compareTo(margin) < 0) {
            throw usage("--split is " + split.get().toSeconds() + " s, expected " + margin.toSeconds()
                    + " s or more: so much is read twice at each border");
        }
        if (split.isPresent() && (framesPerSecond.isPresent() || allFaces)) {
            throw usage("--split follows one face through every frame: give it, or --fps and --all-faces");
        }
        return reading;
    }

    private ParameterException usage(String message) {
        return new ParameterException(commandSpec().commandLine(), message);
    }

    private CommandSpec commandSpec() {
        CommandSpec known = spec;
        if (known == null) {
            throw new IllegalStateException("run as a command");
        }
        return known;
    }

    private SparkConf sparkConf() {
        SparkConf conf = new SparkConf();
        configuration.forEach(conf::set);
        master.ifPresent(conf::setMaster);
        conf.setIfMissing("spark.master", "local[*]");
        conf.setIfMissing("spark.app.name", "Emotion4J archive");
        // An input that crashes its process is known after its third death, and a group may hold several.
        conf.setIfMissing("spark.task.maxFailures", "16");
        // Readings are as private as the faces: their owner alone may read them, unless somebody says otherwise.
        conf.setIfMissing("spark.hadoop.fs.permissions.umask-mode", "077");
        if (conf.get("spark.master").startsWith("local")) {
            conf.setIfMissing("spark.ui.enabled", "false");
            conf.setIfMissing("spark.sql.shuffle.partitions", "8");
            conf.setIfMissing("spark.driver.host", "localhost");
            conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
            return conf;
        }
        ExecutorCores.bound(conf);
        // Daemons are often started without a locale, and Java then cannot open names with letters beyond ASCII.
        conf.setIfMissing("spark.executorEnv.LC_ALL", "C.UTF-8");
        if (!jars.isEmpty()) {
            conf.setIfMissing("spark.jars", String.join(",", sent()));
        }
        return conf;
    }

    /** The jars in the places of --jars, which are files and folders. */
    private List<String> sent() {
        List<String> all = new ArrayList<>();
        for (String place : jars.split(File.pathSeparator)) {
            File[] inFolder = new File(place).listFiles((folder, file) -> file.endsWith(".jar"));
            if (inFolder == null) {
                all.add(Path.of(place).toUri().toString());
            } else {
                Arrays.stream(inFolder)
                        .map(file -> file.toURI().toString())
                        .sorted()
                        .forEach(all::add);
            }
        }
        return all;
    }

    private static String runName() {
        String time = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(Instant.now());
        return time + "-" + UUID.randomUUID().toString().substring(0, 8);
    }
}
