package org.emotion4j.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.emotion4j.frame.Frame;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.pipeline.EmotionSession;
import org.emotion4j.pipeline.PipelineStep;
import org.emotion4j.pipeline.SessionMetrics;

/**
 * Runs the default pipeline as a live session at 30 frames a second and says how many frames it had no time for. Exits
 * with 1 when that is 1 % or more.
 *
 * <p>{@code java -cp benchmarks/target/benchmarks.jar org.emotion4j.benchmarks.LiveSessionCheck [--seconds 60] [--fps 30]
 * [--size 640x480] [--faces 1] [--detector NAME] [--classifier NAME] [--pictures FOLDER]}
 */
public final class LiveSessionCheck {
    private static final List<String> OPTIONS =
            List.of("seconds", "fps", "size", "faces", "detector", "classifier", "pictures");

    private LiveSessionCheck() {}

    /**
     * Runs the session.
     *
     * @param args see above
     * @throws Exception if the session fails
     */
    public static void main(String[] args) throws Exception {
        Options options = Options.of(args, OPTIONS, List.of());
        long fps = options.number("fps", 30);
        SessionMetrics metrics = measure(options, fps, options.number("seconds", 60) * fps);
        double dropped = 100.0 * metrics.dropped() / metrics.captured();
        System.out.println(String.format(
                Locale.ROOT,
                "%d frames at %d a second: %d processed, %d dropped (%.2f %%)%nlatency, capture to reading: %s%nwhole frame: %s",
                metrics.captured(),
                fps,
                metrics.processed(),
                metrics.dropped(),
                dropped,
                metrics.latency(PipelineStep.LATENCY),
                metrics.latency(PipelineStep.FRAME)));
        System.exit(dropped < 1 ? 0 : 1);
    }

    private static SessionMetrics measure(Options options, long fps, long count) throws Exception {
        List<Frame> frames = BenchmarkInput.foundFrames(
                options.text("detector", BenchmarkInput.DEFAULT),
                options.text("pictures", BenchmarkInput.DEFAULT),
                options.text("size", "640x480"),
                (int) options.number("faces", 1),
                WholeFrameBenchmark.FRAMES);
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                .source(LoopSource.live(frames, count, fps))
                .detector(BenchmarkInput.detector(options.text("detector", BenchmarkInput.DEFAULT)))
                .classifier(BenchmarkInput.classifier(options.text("classifier", BenchmarkInput.DEFAULT)))
                .build()) {
            pipeline.warmUp();
            for (Frame frame : frames) {
                pipeline.analyze(frame);
            }
            try (EmotionSession session = pipeline.session()
                    .expectedInterval(Duration.ofNanos(1_000_000_000 / fps))
                    .start()) {
                session.awaitCompletion();
                return session.metrics();
            }
        }
    }
}
