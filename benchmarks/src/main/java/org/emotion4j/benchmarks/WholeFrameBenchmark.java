package org.emotion4j.benchmarks;

import java.util.List;
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

/** The whole frame: decoded pixels in, readings out, each frame detected and classified. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 5)
@Fork(1)
public class WholeFrameBenchmark {
    static final int FRAMES = 64;

    /** Columns and rows of a frame. */
    @Param({"640x480", "1280x720", "1920x1080"})
    public String size = "640x480";

    /** Faces in each frame. */
    @Param({"1", "4"})
    public int faces = 1;

    /** A face detector's name, name=model, or "default". */
    @Param("default")
    public String detector = "default";

    /** A classifier's name, name=model, or "default". */
    @Param("default")
    public String classifier = "default";

    /** A folder of pictures, or "default" for portraits that every machine has. */
    @Param("default")
    public String pictures = "default";

    private List<Frame> frames = List.of();
    private @Nullable EmotionPipeline pipeline;
    private int next;

    /** Made by JMH. */
    public WholeFrameBenchmark() {}

    /** Makes the frames and checks that each gives a reading for every face. */
    @Setup(Level.Trial)
    public void open() {
        frames = BenchmarkInput.foundFrames(detector, pictures, size, faces, FRAMES);
        EmotionPipeline opened = EmotionPipeline.builder()
                .detector(BenchmarkInput.detector(detector))
                .classifier(BenchmarkInput.classifier(classifier))
                .build();
        pipeline = opened;
        opened.warmUp();
        for (int i = 0; i < frames.size(); i++) {
            int found = opened.analyze(frames.get(i)).readings().size();
            if (found < (pictures.equals(BenchmarkInput.DEFAULT) ? faces : 1)) {
                throw new IllegalStateException(
                        "frame " + i + " gave " + found + " readings, expected " + faces + ": the timing would lie");
            }
        }
    }

    /**
     * Analyses the next frame.
     *
     * @return what was found
     */
    @Benchmark
    public FrameResult frame() {
        FrameResult result = Objects.requireNonNull(pipeline).analyze(frames.get(next));
        next = (next + 1) % frames.size();
        if (result.readings().isEmpty()) {
            throw new IllegalStateException("a frame without a reading");
        }
        return result;
    }

    /** Closes the pipeline and the frames. */
    @TearDown(Level.Trial)
    public void close() {
        Objects.requireNonNull(pipeline).close();
        frames.forEach(Frame::close);
    }
}
