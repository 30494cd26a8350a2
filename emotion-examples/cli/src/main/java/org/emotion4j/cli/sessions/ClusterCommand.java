package org.emotion4j.cli.sessions;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.emotion4j.analysis.EmotionClusters;
import org.emotion4j.analysis.PrincipalComponents;
import org.emotion4j.chart.ClusterChart;
import org.emotion4j.chart.TimelineChart;
import org.emotion4j.cli.io.BadInputException;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.Counted;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.cli.io.ExitCode;
import org.emotion4j.cli.io.Json;
import org.emotion4j.cli.io.Progress;
import org.emotion4j.cli.options.BaselineOption;
import org.emotion4j.cli.options.StageOptions;
import org.emotion4j.cli.timeline.Charts;
import org.emotion4j.djl.data.FaceDataException;
import org.emotion4j.djl.data.Fer2013;
import org.emotion4j.djl.data.LabeledFace;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.file.internal.OutputFile;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.recording.RecordedFrame;
import org.emotion4j.stage.StageMetadata;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds patterns that recur, and draws them. */
@Command(
        name = "cluster",
        description = {
            "Finds patterns that recur in recorded sessions (the smoothed scores of the face that they are about), or"
                    + " in the scores that a network gives FER2013's pictures, by k-means++, and draws them in the plane"
                    + " of their first two principal components.",
            "Several sessions are clustered together."
        })
public final class ClusterCommand implements Callable<Integer> {
    private static final int BATCH = 64;

    @Mixin
    private final Console console = new Console();

    @Mixin
    private final SessionAccess access = new SessionAccess();

    @Parameters(paramLabel = "SESSION", arity = "0..*", description = "Folder of a session, or a CSV with its columns.")
    private List<Path> sessions = List.of();

    @Mixin
    private final BaselineOption baseline = new BaselineOption();

    @Mixin
    private final StageOptions.ClassifierOption classifier = new StageOptions.ClassifierOption();

    @Option(
            names = "--fer2013",
            paramLabel = "DIR",
            description = "Instead of sessions: the folder with the standard fer2013.csv, scored by --classifier.")
    private Optional<Path> fer2013 = Optional.empty();

    @Option(
            names = "--split",
            paramLabel = "NAME",
            description = "Of FER2013 only Training, PublicTest or PrivateTest; all of it otherwise.")
    private Optional<String> split = Optional.empty();

    @Option(
            names = "--k",
            paramLabel = "N|auto",
            defaultValue = "auto",
            description = "How many clusters, 1 to 50; auto takes the number from 2 to 7 with the best silhouette"
                    + " (default: ${DEFAULT-VALUE}).")
    private String clusters = "auto";

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the random starts (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--out", paramLabel = "FILE.png", description = "Draw the clusters into this picture.")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object, and nothing else.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (fer2013.isPresent() != sessions.isEmpty()) {
            throw console.usage("name sessions, or give --fer2013 DIR");
        }
        if (split.isPresent() && fer2013.isEmpty()) {
            throw console.usage("--split belongs to --fer2013");
        }
        if (out.isPresent()) {
            OutputFile.requireFree(out.get());
        }
        EmotionClusters.Builder builder = builder();
        List<EmotionScores> readings = new ArrayList<>();
        String what;
        int exitCode = ExitCode.OK;
        if (fer2013.isPresent()) {
            what = scored(readings);
        } else {
            AtomicInteger read = new AtomicInteger();
            exitCode = access.eachRead(sessions, "cluster", console, (path, reader) -> {
                UnaryOperator<RecordedFrame> change = baseline.of(path, reader);
                read.incrementAndGet();
                reader.forEachRemaining(
                        frame -> change.apply(frame).subject().ifPresent(reading -> readings.add(reading.scores())));
            });
            if (read.get() == 0) {
                return exitCode; // each has said why not
            }
            int count = sessions.size();
            if (readings.isEmpty()) {
                throw new BadInputException((count == 1 ? sessions.get(0) + ": no" : "no")
                        + " face was read in " + (count == 1 ? "it" : "any of the sessions")
                        + ", so there is nothing to cluster");
            }
            what = count == 1 ? String.valueOf(sessions.get(0).normalize().getFileName()) : count + " sessions";
        }
        EmotionClusters found;
        try {
            found = builder.cluster(readings);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(what + ": " + ErrorMessages.message(e), e);
        }
        if (out.isPresent()) {
            draw(what, readings, found, out.get());
        }
        console.out()
                .println(json ? Json.write(ClustersJson.of(readings.size(), found)) : text(readings.size(), found));
        return exitCode;
    }

    private EmotionClusters.Builder builder() {
        EmotionClusters.Builder builder = EmotionClusters.builder().seed(seed);
        if (clusters.equals("auto")) {
            return builder;
        }
        try {
            return builder.clusters(Integer.parseInt(clusters));
        } catch (IllegalArgumentException e) {
            throw console.usage("--k is \"" + clusters + "\", expected auto or a whole number from 1 to 50");
        }
    }

    private String scored(List<EmotionScores> readings) throws IOException {
        List<LabeledFace> faces = faces();
        try (EmotionClassifier scorer = classifier.create();
                Progress progress = Progress.of("cluster", faces.size())) {
            List<FaceCrop> crops = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                crops.add(FaceCrop.allocate(scorer.cropSpec()));
            }
            for (int from = 0; from < faces.size(); from += BATCH) {
                int count = Math.min(BATCH, faces.size() - from);
                for (int i = 0; i < count; i++) {
                    try (Frame frame = Frame.of(
                            LabeledFace.SIDE,
                            LabeledFace.SIDE,
                            PixelFormat.GRAY8,
                            faces.get(from + i).toArray())) {
                        ImageTransform.resize(frame, crops.get(i));
                    }
                    progress.step();
                }
                readings.addAll(scorer.classifyAll(crops.subList(0, count)));
            }
            StageMetadata metadata = scorer.metadata();
            return "FER2013" + split.map(name -> " " + name).orElse("") + ", scored by " + metadata.name()
                    + metadata.version().map(version -> " " + version).orElse("");
        }
    }

    private List<LabeledFace> faces() throws IOException {
        try {
            Fer2013 data = Fer2013.read(fer2013.orElseThrow());
            return split.isPresent() ? data.split(Fer2013.Split.parse(split.get())) : data.faces();
        } catch (FaceDataException e) {
            throw new BadInputException(ErrorMessages.message(e), e);
        } catch (IllegalArgumentException e) {
            throw console.usage("--split: " + e.getMessage());
        }
    }

    private void draw(String what, List<EmotionScores> readings, EmotionClusters found, Path file) {
        String title = String.format(
                Locale.ROOT,
                "%s: %,d reading%s in %s, silhouette %.2f",
                what,
                readings.size(),
                readings.size() == 1 ? "" : "s",
                Counted.of(found.clusters().size(), "cluster"),
                found.silhouette());
        try {
            OutputFile.write(file, ClusterChart.of(title, readings, found).png());
        } catch (IOException e) {
            throw ErrorMessages.notWritten(file, e);
        }
        if (!TimelineChart.hasWriting()) {
            console.err().println(file + ": " + Charts.NO_FONTS);
        }
    }

    private static String text(int readings, EmotionClusters found) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s, %s, silhouette %.3f, inertia %.2f%n",
                Counted.of(readings, "reading"),
                Counted.of(found.clusters().size(), "cluster"),
                found.silhouette(),
                found.inertia()));
        for (int i = 0; i < 2; i++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s component: %.1f %% of the variance; %s%n",
                    i == 0 ? "first" : "second",
                    100 * found.components().share(i),
                    found.components().describe(i)));
        }
        for (int i = 0; i < found.clusters().size(); i++) {
            EmotionClusters.Cluster cluster = found.clusters().get(i);
            text.append(String.format(
                    Locale.ROOT,
                    "%3d  %6d reading%s  %5.1f %%  center at (%.3f, %.3f)  %s%n",
                    i + 1,
                    cluster.size(),
                    cluster.size() == 1 ? " " : "s",
                    100.0 * cluster.size() / readings,
                    found.components().project(cluster.center(), 0),
                    found.components().project(cluster.center(), 1),
                    cluster.describe()));
        }
        return text.toString().stripTrailing();
    }

    /** The same for programs. */
    private record ClustersJson(
            int readings,
            int k,
            double silhouette,
            double inertia,
            List<ComponentJson> components,
            List<ClusterJson> clusters) {
        static ClustersJson of(int readings, EmotionClusters found) {
            PrincipalComponents plane = found.components();
            List<ComponentJson> components = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Map<String, Double> loadings = new LinkedHashMap<>();
                for (Emotion emotion : Emotion.all()) {
                    loadings.put(emotion.label(), plane.loadings(i)[emotion.ordinal()]);
                }
                components.add(new ComponentJson(plane.share(i), plane.describe(i), loadings));
            }
            return new ClustersJson(
                    readings,
                    found.clusters().size(),
                    found.silhouette(),
                    found.inertia(),
                    components,
                    found.clusters().stream()
                            .map(cluster -> ClusterJson.of(cluster, readings, plane))
                            .toList());
        }
    }

    private record ComponentJson(double varianceShare, String meaning, Map<String, Double> loadings) {}

    private record ClusterJson(
            int size, double share, String meaning, Map<String, Float> center, double first, double second) {
        static ClusterJson of(EmotionClusters.Cluster cluster, int readings, PrincipalComponents plane) {
            Map<String, Float> center = new LinkedHashMap<>();
            Emotion.all()
                    .forEach(emotion ->
                            center.put(emotion.label(), cluster.center().get(emotion)));
            return new ClusterJson(
                    cluster.size(),
                    (double) cluster.size() / readings,
                    cluster.describe(),
                    center,
                    plane.project(cluster.center(), 0),
                    plane.project(cluster.center(), 1));
        }
    }
}
