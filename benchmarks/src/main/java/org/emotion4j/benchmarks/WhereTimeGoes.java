package org.emotion4j.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import jdk.jfr.Recording;
import org.emotion4j.frame.Frame;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.spi.Stages;

/**
 * Where the time of a frame goes: a table by stage, for several sizes and numbers of faces in turns, and a flame graph of the
 * same minute by Flight Recorder's samples of Java and native code.
 *
 * <p>{@code java -cp benchmarks/target/benchmarks.jar org.emotion4j.benchmarks.WhereTimeGoes [--seconds 60] [--out FOLDER]}. Prints
 * the table and writes {@code flame.svg} and {@code flame.jfr}.
 */
public final class WhereTimeGoes {
    private static final List<String> OPTIONS = List.of("seconds", "out");
    private static final List<String> SIZES = List.of("640x480", "1280x720", "1920x1080");
    private static final int[] FACES = {1, 4};
    private static final int FRAMES = 4;
    private static final int WARM_UP_ROUNDS = 15;

    private WhereTimeGoes() {}

    /**
     * Measures.
     *
     * @param args see above
     * @throws IOException if the pictures cannot be written
     */
    public static void main(String[] args) throws IOException {
        Options options = Options.of(args, OPTIONS, List.of());
        long seconds = options.number("seconds", 60);
        Path out = Files.createDirectories(Path.of(options.text("out", "benchmarks/target/where-time-goes")));
        List<Case> cases = new ArrayList<>();
        for (String size : SIZES) {
            for (int faces : FACES) {
                cases.add(new Case(size, faces, BenchmarkInput.foundFrames("default", "default", size, faces, FRAMES)));
            }
        }
        EmotionPipeline.Builder builder =
                EmotionPipeline.builder().detector(Stages.defaultDetector()).classifier(Stages.defaultClassifier());
        Stages.defaultLandmarks().ifPresent(builder::landmarks);
        try (EmotionPipeline pipeline = builder.build();
                Recording recording = new Recording()) {
            pipeline.warmUp();
            for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                cases.forEach(one -> one.analyze(pipeline));
            }
            cases.forEach(one -> one.timings.clear());
            for (String event : List.of("jdk.ExecutionSample", "jdk.NativeMethodSample")) {
                recording.enable(event).withPeriod(Duration.ofMillis(10));
            }
            recording.start();
            long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
            while (System.nanoTime() < end) {
                cases.forEach(one -> one.analyze(pipeline));
            }
            recording.stop();
            recording.dump(out.resolve("flame.jfr"));
        }
        cases.forEach(Case::close);
        print(System.out, cases);
        FlameGraph flames =
                FlameGraph.of(out.resolve("flame.jfr"), Thread.currentThread().getName(), "EmotionPipeline.analyze");
        Files.writeString(out.resolve("flame.svg"), flames.toSvg("Where the time of a frame goes"));
        System.out.println(out.resolve("flame.svg"));
    }

    private static void print(PrintStream out, List<Case> cases) {
        out.println("| frame | faces | detect | landmarks | align, quality | classify | whole frame | p99 |");
        out.println("|---|---|---|---|---|---|---|---|");
        for (Case one : cases) {
            out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |%n",
                    one.size,
                    one.faces,
                    one.millis(StageTimings::detectNanos, 0.5),
                    one.millis(StageTimings::landmarkNanos, 0.5),
                    one.millis(StageTimings::alignNanos, 0.5),
                    one.millis(StageTimings::classifyNanos, 0.5),
                    one.millis(StageTimings::totalNanos, 0.5),
                    one.millis(StageTimings::totalNanos, 0.99));
        }
    }

    /** Frames of one size with one number of faces, and how long their stages took. */
    private static final class Case {
        private final String size;
        private final int faces;
        private final List<Frame> frames;
        private final List<StageTimings> timings = new ArrayList<>();

        Case(String size, int faces, List<Frame> frames) {
            this.size = size;
            this.faces = faces;
            this.frames = frames;
        }

        /** Each frame twice: a change of size costs the first of them memory anew. */
        void analyze(EmotionPipeline pipeline) {
            for (int i = 0; i < 2 * frames.size(); i++) {
                timings.add(pipeline.analyze(frames.get(i % frames.size())).timings());
            }
        }

        double millis(ToLongFunction<StageTimings> stage, double quantile) {
            return PeerComparison.quantile(
                            timings.stream().mapToLong(stage).asDoubleStream().toArray(), quantile)
                    / 1e6;
        }

        void close() {
            frames.forEach(Frame::close);
        }
    }
}
