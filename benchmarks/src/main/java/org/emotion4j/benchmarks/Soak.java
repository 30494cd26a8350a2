package org.emotion4j.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.pipeline.EmotionSession;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.recording.CsvSessionRecorder;

/**
 * Runs the default pipeline over many frames in which faces come and go, and watches the memory of the process: resident
 * set, and what Native Memory Tracking commits. Exits with 1 where the resident set grows steadily by more than 3 % after the
 * first frames, or ends more than 9 % above. Steadily is three times the least growth from one quarter of the samples to the
 * next, by medians: a leak grows in all of them, and what the compiler needed once (20 MB and more, which the C library then
 * keeps) in one.
 *
 * <p>{@code java -Xms512m -Xmx512m -XX:+AlwaysPreTouch -XX:NativeMemoryTracking=summary -cp
 * benchmarks/target/benchmarks.jar org.emotion4j.benchmarks.Soak [--frames 100000] [--settle 5000] [--out FOLDER]
 * [--detector NAME] [--classifier NAME]}. The heap is fixed and touched, so that what grows is native. Needs
 * {@code /proc} (Linux).
 */
public final class Soak {
    private static final double MOST_STEADY_GROWTH = 0.03;
    private static final double MOST_GROWTH = 0.09;
    private static final int QUARTERS = 4;
    private static final int SAMPLES = 200;
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern COMMITTED = Pattern.compile("Total: .*?committed=(\\d+)KB");

    private final List<Sample> samples = new ArrayList<>();
    private final long every;

    private Soak(long every) {
        this.every = every;
    }

    /**
     * Runs the soak.
     *
     * @param args see above
     * @throws Exception if the session fails or the memory cannot be read
     */
    public static void main(String[] args) throws Exception {
        Options options = Options.of(args, List.of("frames", "settle", "out", "detector", "classifier"), List.of());
        long frames = options.number("frames", 100_000);
        long settle = options.number("settle", 5_000);
        Path out = Path.of(options.text("out", "benchmarks/target/soak"));
        Files.createDirectories(out);
        Soak soak = new Soak(Math.max(1, frames / SAMPLES));
        soak.run(options, frames);
        double growth = soak.growthAfter(settle);
        double steady = soak.steadyGrowthAfter(settle);
        soak.write(out);
        System.out.println(String.format(
                Locale.ROOT,
                "%d frames: resident set %.1f MB after %d frames, %.1f MB at the end: %+.2f %%, steadily %+.2f %%, %+.2f KB per 1,000 frames; %s",
                frames,
                soak.resident(settle) / 1024.0,
                settle,
                soak.samples.get(soak.samples.size() - 1).residentKb / 1024.0,
                100 * growth,
                100 * steady,
                soak.slopeAfter(settle),
                out));
        System.exit(steady <= MOST_STEADY_GROWTH && growth <= MOST_GROWTH ? 0 : 1);
    }

    private void run(Options options, long count) throws Exception {
        List<Frame> frames = comingAndGoing();
        Path record = Files.createTempDirectory("emotion4j-soak");
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                        .source(LoopSource.file(frames, count))
                        .detector(BenchmarkInput.detector(options.text("detector", BenchmarkInput.DEFAULT)))
                        .classifier(BenchmarkInput.classifier(options.text("classifier", BenchmarkInput.DEFAULT)))
                        .recorder(CsvSessionRecorder.create(record))
                        .build();
                EmotionSession session = pipeline.start(this::sample)) {
            session.awaitCompletion();
        } finally {
            delete(record);
        }
    }

    /** No face, one, four, at changing places: 96 frames. */
    private static List<Frame> comingAndGoing() {
        List<Frame> frames = new ArrayList<>();
        List<Frame> one = PortraitFrames.draw(640, 480, 1, 32, 1);
        List<Frame> four = PortraitFrames.draw(640, 480, 4, 32, 2);
        for (int i = 0; i < 32; i++) {
            frames.add(Frame.of(640, 480, PixelFormat.BGR24, new byte[640 * 480 * 3]));
            frames.add(one.get(i));
            frames.add(four.get(i));
        }
        return frames;
    }

    private void sample(FrameResult result) {
        if (result.index() % every == 0) {
            samples.add(new Sample(result.index(), residentKb(), committedKb()));
        }
    }

    private long resident(long frame) {
        return samples.stream()
                .filter(sample -> sample.frame >= frame)
                .findFirst()
                .orElse(samples.get(0))
                .residentKb;
    }

    private double growthAfter(long settle) {
        double before = resident(settle);
        return (samples.get(samples.size() - 1).residentKb - before) / before;
    }

    private double steadyGrowthAfter(long settle) {
        return steadyGrowth(samples.stream()
                .filter(sample -> sample.frame >= settle)
                .mapToLong(Sample::residentKb)
                .toArray());
    }

    /** What a series grows by, if it grew in all of its quarters as in the one in which it grew the least. */
    static double steadyGrowth(long[] series) {
        double[] medians = new double[QUARTERS];
        for (int i = 0; i < QUARTERS; i++) {
            long[] quarter =
                    Arrays.copyOfRange(series, series.length * i / QUARTERS, series.length * (i + 1) / QUARTERS);
            if (quarter.length == 0) {
                return 0;
            }
            Arrays.sort(quarter);
            medians[i] = quarter[quarter.length / 2];
        }
        double least = Double.MAX_VALUE;
        for (int i = 1; i < QUARTERS; i++) {
            least = Math.min(least, medians[i] - medians[i - 1]);
        }
        return (QUARTERS - 1) * least / medians[0];
    }

    /** Least squares over the samples after the settling, in KB per 1,000 frames. */
    private double slopeAfter(long settle) {
        List<Sample> settled =
                samples.stream().filter(sample -> sample.frame >= settle).toList();
        double meanX = settled.stream().mapToLong(Sample::frame).average().orElse(0);
        double meanY = settled.stream().mapToLong(Sample::residentKb).average().orElse(0);
        double xy = 0;
        double xx = 0;
        for (Sample sample : settled) {
            xy += (sample.frame - meanX) * (sample.residentKb - meanY);
            xx += (sample.frame - meanX) * (sample.frame - meanX);
        }
        return xx == 0 ? 0 : 1000 * xy / xx;
    }

    private void write(Path out) throws IOException {
        List<String> rows = new ArrayList<>(List.of("frame,resident_kb,nmt_committed_kb"));
        for (Sample sample : samples) {
            rows.add(sample.frame + "," + sample.residentKb + ","
                    + (sample.committedKb.isPresent() ? sample.committedKb.getAsLong() : ""));
        }
        Files.write(out.resolve("soak.csv"), rows);
        Files.writeString(
                out.resolve("soak.svg"),
                Svg.line(
                        "Resident set over a session, MB",
                        samples.stream().mapToDouble(Sample::frame).toArray(),
                        samples.stream()
                                .mapToDouble(sample -> sample.residentKb / 1024.0)
                                .toArray()));
    }

    private static long residentKb() {
        try {
            Matcher matcher = RESIDENT.matcher(Files.readString(Path.of("/proc/self/status")));
            return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
        } catch (IOException e) {
            throw new IllegalStateException("the soak reads /proc/self/status, which is not here", e);
        }
    }

    /** What Native Memory Tracking has committed; empty where it is not switched on. */
    private static OptionalLong committedKb() {
        try {
            Object answer = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "vmNativeMemory",
                            new Object[] {new String[] {"summary"}},
                            new String[] {String[].class.getName()});
            Matcher matcher = COMMITTED.matcher(
                    Optional.ofNullable(answer).map(Object::toString).orElse(""));
            return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
        } catch (JMException e) {
            return OptionalLong.empty();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private record Sample(long frame, long residentKb, OptionalLong committedKb) {}
}
