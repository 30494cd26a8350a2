package org.emotion4j.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.TemporalSmoother;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.pipeline.EmotionSession;
import org.emotion4j.pipeline.RunSummary;
import org.emotion4j.reading.FrameResult;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the pipeline itself costs: stages that do nothing, one face a frame. With {@code -prof gc} also what it allocates
 * ({@code gc.alloc.rate.norm}, bytes a frame).
 */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class NoOpPipelineBenchmark {
    private static final int FRAMES = 10_000;

    private @Nullable EmotionPipeline pipeline;
    private @Nullable Frame frame;

    /** Made by JMH. */
    public NoOpPipelineBenchmark() {}

    /** Makes a pipeline of stages that do nothing. */
    @Setup(Level.Trial)
    public void open() {
        frame = Frame.of(64, 48, PixelFormat.GRAY8, new byte[64 * 48]);
        pipeline = EmotionPipeline.builder()
                .source(new EmptyFrames())
                .detector(new FixedFace()::faces)
                .aligner((picture, face, crop) -> {})
                .classifier(crop -> EmotionScores.uniform())
                .smoother(TemporalSmoother.none())
                .build();
    }

    /**
     * One frame: {@link EmotionPipeline#analyze}.
     *
     * @return the result
     */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    public FrameResult analyze() {
        return Objects.requireNonNull(pipeline).analyze(Objects.requireNonNull(frame));
    }

    /**
     * One frame of a run on the caller's thread: reading, tracking and label included.
     *
     * @return the summary
     * @throws IOException never
     */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OperationsPerInvocation(FRAMES)
    public RunSummary run() throws IOException {
        return Objects.requireNonNull(pipeline).run(result -> {});
    }

    /**
     * One frame of a session: through its queues and threads.
     *
     * @return the summary
     * @throws Exception never
     */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OperationsPerInvocation(FRAMES)
    public RunSummary session() throws Exception {
        try (EmotionSession session = Objects.requireNonNull(pipeline).start()) {
            return session.awaitCompletion();
        }
    }

    /** Closes the pipeline. */
    @TearDown(Level.Trial)
    public void close() {
        Objects.requireNonNull(pipeline).close();
        Objects.requireNonNull(frame).close();
    }

    /** One face that stays where it is. */
    private static final class FixedFace {
        private final List<DetectedFace> faces = List.of(new DetectedFace(new BoundingBox(8, 8, 32, 32), 1));

        List<DetectedFace> faces(Frame frame) {
            return faces;
        }
    }

    /** Frames that nobody has to fill; after the last it begins again. */
    private static final class EmptyFrames implements FrameSource {
        private int given;

        @Override
        public boolean read(FrameBuffer target) {
            if (given == FRAMES) {
                given = 0;
                return false;
            }
            target.reshape(64, 48, PixelFormat.GRAY8);
            target.stamp(given++ * 33_333_333L);
            return true;
        }
    }
}
