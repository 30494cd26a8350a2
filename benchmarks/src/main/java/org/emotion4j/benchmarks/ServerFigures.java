package org.emotion4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.emotion4j.frame.Frame;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.pipeline.EmotionSession;
import org.emotion4j.pipeline.PipelineStep;
import org.emotion4j.pipeline.SessionMetrics;

/**
 * What one pipeline does in a server, without the web around it: pictures a second that one thread and several ask for; sessions
 * at once, each with what it read and dropped and how old a reading is; sessions opened and closed one after the other, with the
 * process's memory and the threads that are left.
 *
 * <p>{@code --requests 200 --threads 8 --sessions 10 --fps 10 --seconds 60 --churn 1000 --size 640x480 --detector NAME
 * --classifier NAME --pictures FOLDER}; a count of 0 leaves that part out.
 */
public final class ServerFigures {
    private static final List<String> OPTIONS = List.of(
            "requests", "threads", "sessions", "fps", "seconds", "churn", "size", "detector", "classifier", "pictures");
    private static final int PARTS = 5;

    private final EmotionPipeline pipeline;
    private final List<Frame> frames;

    private ServerFigures(EmotionPipeline pipeline, List<Frame> frames) {
        this.pipeline = pipeline;
        this.frames = frames;
    }

    /**
     * Prints the figures.
     *
     * @param args see above
     * @throws Exception if a request or a session fails
     */
    public static void main(String[] args) throws Exception {
        Options options = Options.of(args, OPTIONS, List.of());
        String detector = options.text("detector", BenchmarkInput.DEFAULT);
        List<Frame> frames = BenchmarkInput.foundFrames(
                detector,
                options.text("pictures", BenchmarkInput.DEFAULT),
                options.text("size", "640x480"),
                1,
                WholeFrameBenchmark.FRAMES);
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                .detector(BenchmarkInput.detector(detector))
                .classifier(BenchmarkInput.classifier(options.text("classifier", BenchmarkInput.DEFAULT)))
                .build()) {
            pipeline.warmUp();
            ServerFigures figures = new ServerFigures(pipeline, frames);
            figures.requests((int) options.number("requests", 200), (int) options.number("threads", 8));
            figures.sessions(
                    (int) options.number("sessions", 10), options.number("fps", 10), options.number("seconds", 60));
            figures.churn((int) options.number("churn", 1_000));
        }
    }

    private void requests(int count, int threads) throws Exception {
        if (count == 0) {
            return;
        }
        perSecond(count, 1); // warms up
        double one = perSecond(count, 1);
        double several = perSecond(count, threads);
        say(
                "%d requests: %.1f a second from 1 thread, %.1f from %d: %.2f times, %d processors",
                count,
                one,
                several,
                threads,
                several / one,
                Runtime.getRuntime().availableProcessors());
    }

    private double perSecond(int count, int threads) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        try {
            AtomicInteger next = new AtomicInteger();
            Callable<Integer> request = () -> {
                int found = pipeline.analyze(frames.get(next.getAndIncrement() % frames.size()))
                        .readings()
                        .size();
                if (found == 0) {
                    throw new IllegalStateException("a picture gave no reading: the timing would lie");
                }
                return found;
            };
            List<Callable<Integer>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(request);
            }
            long begun = System.nanoTime();
            for (Future<Integer> answer : callers.invokeAll(all)) {
                answer.get();
            }
            return count / ((System.nanoTime() - begun) / 1e9);
        } finally {
            callers.shutdown();
        }
    }

    private void sessions(int count, long fps, long seconds) throws Exception {
        if (count == 0) {
            return;
        }
        say("before %d sessions: %s", count, memory());
        List<EmotionSession> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            running.add(pipeline.session(LoopSource.live(frames, fps * seconds, fps))
                    .expectedInterval(Duration.ofNanos(1_000_000_000 / fps))
                    .start());
        }
        for (int part = 1; part < PARTS; part++) {
            Thread.sleep(seconds * 1_000 / PARTS);
            say("after %d s: %s", part * seconds / PARTS, memory());
        }
        for (EmotionSession session : running) {
            session.awaitCompletion();
            SessionMetrics metrics = session.metrics();
            say(
                    "%d pictures at %d a second: %d read, %d dropped (%.1f %%), capture to reading %s",
                    metrics.captured(),
                    fps,
                    metrics.processed(),
                    metrics.dropped(),
                    100.0 * metrics.dropped() / metrics.captured(),
                    metrics.latency(PipelineStep.LATENCY));
            session.close();
        }
    }

    private void churn(int count) throws Exception {
        for (int i = 1; i <= count; i++) {
            try (EmotionSession session =
                    pipeline.session(LoopSource.file(frames, 1)).start()) {
                session.awaitCompletion();
            }
            if (i % Math.max(1, count / PARTS) == 0) {
                long left = Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("emotion4j-"))
                        .count();
                say("%d sessions opened and closed: %s, %d threads left", i, memory(), left);
            }
        }
    }

    private static String memory() throws IOException {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        long heap = (runtime.totalMemory() - runtime.freeMemory()) / 1_000_000;
        return "heap " + heap + " MB" + resident();
    }

    /** As Linux says it; nothing elsewhere. */
    private static String resident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return "";
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> ", resident " + Long.parseLong(line.replaceAll("\\D", "")) / 1_000 + " MB")
                .findFirst()
                .orElse("");
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
