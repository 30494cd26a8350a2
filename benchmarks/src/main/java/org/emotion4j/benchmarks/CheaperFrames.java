package org.emotion4j.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceAligner;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.FivePointFaceAligner;
import org.emotion4j.face.ReducedFaceDetector;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.opencv.FrameSources;
import org.emotion4j.opencv.OpenCv;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.opencv.core.Core;

/**
 * Says of each option that makes frames cheaper what it saves on a video and what it costs: the same frames once by the full
 * pipeline and once with the option, reading against reading.
 *
 * <p>{@code java -cp benchmarks/target/benchmarks.jar org.emotion4j.benchmarks.CheaperFrames --video FILE [--frames 500]
 * [--detector NAME] [--classifier NAME]}
 *
 * <p>Time is processor time of the one thread that analyses, OpenCV's own threads switched off, so that what else runs on
 * the machine counts little. Two passes of the full pipeline, the first and the last, show how far the figures can be
 * trusted.
 */
public final class CheaperFrames {
    private static final List<String> OPTIONS = List.of("video", "frames", "detector", "classifier");
    private static final int WARM_UP = 50;
    private static final int BATCH = 4;
    private static final int CROPS = 64;

    private CheaperFrames() {}

    /**
     * Prints the table.
     *
     * @param args see above
     * @throws Exception if the video cannot be read
     */
    public static void main(String[] args) throws Exception {
        Options options = Options.of(args, OPTIONS, List.of());
        if (!options.has("video")) {
            System.err.println("--video FILE is missing; options: " + OPTIONS);
            System.exit(2);
        }
        OpenCv.load();
        Core.setNumThreads(1);
        long frames = options.number("frames", 500);
        int side = side(options);
        Map<String, Variant> variants = variants(side);
        pass(options, WARM_UP, new Variant(detector -> detector, builder -> builder));
        Pass full = pass(options, frames, new Variant(detector -> detector, builder -> builder));
        System.out.println("| option | time a frame, full = 1 | ms a frame (processor) | same label | difference of"
                + " scores | IoU of boxes | faces lost | faces more | one face with one id |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        System.out.println(row("full pipeline, " + full.results.size() + " frames", full, full));
        for (Map.Entry<String, Variant> variant : variants.entrySet()) {
            System.out.println(row(variant.getKey(), pass(options, frames, variant.getValue()), full));
        }
        System.out.println(row(
                "full pipeline again",
                pass(options, frames, new Variant(detector -> detector, builder -> builder)),
                full));
        System.out.println();
        System.out.println(batch(options));
        System.exit(0);
    }

    private static Map<String, Variant> variants(int side) {
        Map<String, Variant> variants = new LinkedHashMap<>();
        for (double share : new double[] {0.75, 0.5}) {
            int reduced = (int) Math.round(share * side);
            variants.put(
                    "`ReducedFaceDetector.of(detector, " + reduced + ")` of " + side,
                    new Variant(detector -> ReducedFaceDetector.of(detector, reduced), builder -> builder));
        }
        for (int every : new int[] {2, 3, 5, 10}) {
            variants.put(
                    "`detectEvery(" + every + ")`",
                    new Variant(detector -> detector, builder -> builder.detectEvery(every)));
        }
        for (int every : new int[] {5, 10, 30}) {
            variants.put(
                    "`detectEvery(" + every + ").followInCloseUps(true)`",
                    new Variant(detector -> detector, builder -> builder.detectEvery(every)
                            .followInCloseUps(true)));
        }
        for (double doubt : new double[] {0.03, 0.06}) {
            variants.put(
                    "`detectEvery(10).redetectWhenUncertain(" + doubt + ")`",
                    new Variant(detector -> detector, builder -> builder.detectEvery(10)
                            .redetectWhenUncertain(doubt)));
        }
        for (int difference : new int[] {1, 2, 4}) {
            variants.put(
                    "`skipUnchangedFrames(" + difference + ")`",
                    new Variant(detector -> detector, builder -> builder.skipUnchangedFrames(difference)));
        }
        return variants;
    }

    private static Pass pass(Options options, long frames, Variant variant) throws IOException {
        List<FrameResult> results = new ArrayList<>();
        try (MeteredSource source = new MeteredSource(FrameSources.parse(options.text("video", "")), frames);
                EmotionPipeline pipeline = variant.builder
                        .apply(EmotionPipeline.builder()
                                .source(source)
                                .detector(variant.detector.apply(
                                        BenchmarkInput.detector(options.text("detector", BenchmarkInput.DEFAULT))))
                                .classifier(
                                        BenchmarkInput.classifier(options.text("classifier", BenchmarkInput.DEFAULT))))
                        .build()) {
            pipeline.warmUp();
            pipeline.run(result -> {
                source.analyzed();
                results.add(result);
            });
            if (results.isEmpty()) {
                throw new IOException(options.text("video", "") + ": no frame in it");
            }
            return new Pass(results, source.nanos / 1e6 / results.size());
        }
    }

    private static String row(String name, Pass pass, Pass full) {
        Comparison comparison = new Comparison();
        for (int i = 0; i < Math.min(full.results.size(), pass.results.size()); i++) {
            comparison.add(full.results.get(i), pass.results.get(i));
        }
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.1f %% | %.4f | %.3f | %.1f %% | %.1f %% | %.1f %% |",
                name,
                pass.millis / full.millis,
                pass.millis,
                100.0 * comparison.sameLabel / comparison.pairs,
                comparison.difference / comparison.pairs,
                comparison.overlap / comparison.pairs,
                100.0 * comparison.lost / comparison.faces,
                100.0 * comparison.more / comparison.faces,
                100.0 * oneFaceWithOneId(pass.results));
    }

    /** The share of the frames with exactly one face that has the id which is the most frequent in such frames. */
    private static double oneFaceWithOneId(List<FrameResult> results) {
        Map<Integer, Long> frames = new LinkedHashMap<>();
        for (FrameResult result : results) {
            if (result.readings().size() == 1) {
                frames.merge(result.readings().get(0).faceId(), 1L, Long::sum);
            }
        }
        return frames.values().stream().mapToLong(Long::longValue).max().orElse(0) / (double) results.size();
    }

    /** What one batch of several faces saves, and whether it changes their scores. */
    private static String batch(Options options) throws IOException {
        List<FaceCrop> crops = new ArrayList<>();
        try (FaceDetector detector = BenchmarkInput.detector(options.text("detector", BenchmarkInput.DEFAULT));
                EmotionClassifier classifier =
                        BenchmarkInput.classifier(options.text("classifier", BenchmarkInput.DEFAULT));
                FrameSource source = FrameSources.parse(options.text("video", ""))) {
            FaceAligner aligner = FivePointFaceAligner.forFacesOf(detector);
            FrameBuffer buffer = FrameBuffer.standalone();
            while (crops.size() < CROPS && source.read(buffer)) {
                try (Frame frame = buffer.toFrame()) {
                    for (DetectedFace face : detector.detect(frame)) {
                        FaceCrop crop = FaceCrop.allocate(classifier.cropSpec());
                        aligner.align(frame, face, crop);
                        crops.add(crop);
                    }
                }
                buffer = FrameBuffer.standalone();
            }
            classifier.warmUp();
            double single = Double.MAX_VALUE;
            double together = Double.MAX_VALUE;
            double difference = 0;
            for (int round = 0; round < 5; round++) {
                long start = cpuNanos();
                List<EmotionScores> alone = new ArrayList<>();
                for (FaceCrop crop : crops) {
                    alone.add(classifier.classify(crop));
                }
                single = Math.min(single, (cpuNanos() - start) / 1e6 / crops.size());
                start = cpuNanos();
                List<EmotionScores> batched = new ArrayList<>();
                for (int i = 0; i < crops.size(); i += BATCH) {
                    batched.addAll(classifier.classifyAll(crops.subList(i, Math.min(i + BATCH, crops.size()))));
                }
                together = Math.min(together, (cpuNanos() - start) / 1e6 / crops.size());
                for (int i = 0; i < crops.size(); i++) {
                    difference = Math.max(difference, difference(alone.get(i), batched.get(i)));
                }
            }
            return String.format(
                    Locale.ROOT,
                    "%d faces in one batch: %.2f ms a face, alone %.2f ms (ratio %.2f); largest difference of scores %.1e",
                    BATCH,
                    together,
                    single,
                    together / single,
                    difference);
        }
    }

    private static int side(Options options) throws IOException {
        FrameBuffer buffer = FrameBuffer.standalone();
        try (FrameSource source = FrameSources.parse(options.text("video", ""))) {
            if (!source.read(buffer)) {
                throw new IOException(options.text("video", "") + ": no frame in it");
            }
            try (Frame frame = buffer.toFrame()) {
                return Math.max(frame.width(), frame.height());
            }
        }
    }

    private static double difference(EmotionScores a, EmotionScores b) {
        double sum = 0;
        for (Emotion emotion : Emotion.all()) {
            sum += Math.abs(a.get(emotion) - b.get(emotion));
        }
        return sum / EmotionScores.SIZE;
    }

    private static long cpuNanos() {
        return Cpu.THREADS.getCurrentThreadCpuTime();
    }

    private static final class Cpu {
        static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    }

    /** One way to set up a pipeline. */
    private record Variant(UnaryOperator<FaceDetector> detector, UnaryOperator<EmotionPipeline.Builder> builder) {}

    private record Pass(List<FrameResult> results, double millis) {}

    /** Ends after a number of frames, and adds up what its thread does between a frame and its result. */
    private static final class MeteredSource implements FrameSource {
        private final FrameSource source;
        private final long frames;
        private long read;
        private long since;
        private long nanos;

        MeteredSource(FrameSource source, long frames) {
            this.source = source;
            this.frames = frames;
        }

        @Override
        public boolean read(FrameBuffer target) throws IOException {
            boolean more = read++ < frames && source.read(target);
            since = cpuNanos();
            return more;
        }

        void analyzed() {
            nanos += cpuNanos() - since;
        }

        @Override
        public void close() {
            source.close();
        }
    }

    /** Readings with the option against readings of the full pipeline. */
    private static final class Comparison {
        private long faces;
        private long pairs;
        private long lost;
        private long more;
        private long sameLabel;
        private double difference;
        private double overlap;

        void add(FrameResult full, FrameResult cheap) {
            List<EmotionReading> free = new ArrayList<>(cheap.readings());
            for (EmotionReading reading : full.readings()) {
                faces++;
                BoundingBox box = reading.face().box();
                Optional<EmotionReading> twin = free.stream()
                        .filter(other -> box.intersection(other.face().box()) > 0)
                        .max(Comparator.comparingDouble(
                                other -> box.iou(other.face().box())));
                if (twin.isEmpty()) {
                    lost++;
                } else {
                    free.remove(twin.get());
                    pairs++;
                    sameLabel += reading.label().equals(twin.get().label()) ? 1 : 0;
                    difference += CheaperFrames.difference(
                            reading.scores(), twin.get().scores());
                    overlap += box.iou(twin.get().face().box());
                }
            }
            more += free.size();
        }
    }
}
