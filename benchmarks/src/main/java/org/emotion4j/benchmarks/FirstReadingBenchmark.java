package org.emotion4j.benchmarks;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.emotion4j.frame.Frame;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.reading.FrameResult;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The first reading of a new virtual machine: loading native code and weights, {@code build()}, and one cold frame. Each
 * figure is of a virtual machine of its own; the disk is warm from the second on.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(value = 5, warmups = 1)
public class FirstReadingBenchmark {
    /** A face detector's name, name=model, or "default". */
    @Param("default")
    public String detector = "default";

    /** A classifier's name, name=model, or "default". */
    @Param("default")
    public String classifier = "default";

    /** The seed of a frame in which the default detector finds the face. */
    private static final long FOUND = 2;

    private @Nullable Frame frame;
    private @Nullable EmotionPipeline pipeline;

    /** Made by JMH. */
    public FirstReadingBenchmark() {}

    /** Draws a frame. */
    @Setup(Level.Trial)
    public void open() {
        frame = PortraitFrames.draw(640, 480, 1, 1, FOUND).get(0);
    }

    /**
     * Builds the pipeline and analyses the frame.
     *
     * @return the first result
     */
    @Benchmark
    public FrameResult buildAndAnalyze() {
        EmotionPipeline built = EmotionPipeline.builder()
                .detector(BenchmarkInput.detector(detector))
                .classifier(BenchmarkInput.classifier(classifier))
                .build();
        pipeline = built;
        FrameResult result = built.analyze(Objects.requireNonNull(frame));
        if (result.readings().isEmpty()) {
            throw new IllegalStateException("the first frame gave no reading");
        }
        return result;
    }

    /** Closes the pipeline. */
    @TearDown(Level.Trial)
    public void close() {
        Objects.requireNonNull(pipeline).close();
        Objects.requireNonNull(frame).close();
    }
}
