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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Pictures a second of one pipeline that one thread or two threads ask. Where both stages are thread-safe (on ONNX
 * Runtime) two threads should do twice as much on two cores; on OpenCV, whose stages take one thread after the other
 * and spread over the cores themselves, about as much.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 5)
@Fork(1)
public class AnalyzeThreadsBenchmark {
    /** Made by JMH. */
    public AnalyzeThreadsBenchmark() {}

    /** The models, one set for all threads. */
    @State(Scope.Benchmark)
    public static class Shared {
        /** Columns and rows of a picture. */
        @Param("640x480")
        public String size = "640x480";

        /** Faces in each picture. */
        @Param("1")
        public int faces = 1;

        /** A face detector's name, name=model, or "default". */
        @Param({"single-shot", "single-shot-onnxruntime"})
        public String detector = "single-shot-onnxruntime";

        /** A classifier's name, name=model, or "default". */
        @Param({"expression", "expression-onnxruntime"})
        public String classifier = "expression-onnxruntime";

        private List<Frame> frames = List.of();
        private @Nullable EmotionPipeline pipeline;

        /** Made by JMH. */
        public Shared() {}

        /** Loads the models and checks that each picture gives a reading for every face. */
        @Setup(Level.Trial)
        public void open() {
            frames = BenchmarkInput.foundFrames(
                    detector, BenchmarkInput.DEFAULT, size, faces, WholeFrameBenchmark.FRAMES);
            EmotionPipeline opened = EmotionPipeline.builder()
                    .detector(BenchmarkInput.detector(detector))
                    .classifier(BenchmarkInput.classifier(classifier))
                    .build();
            pipeline = opened;
            opened.warmUp();
            for (Frame frame : frames) {
                int found = opened.analyze(frame).readings().size();
                if (found < faces) {
                    throw new IllegalStateException(
                            "a picture gave " + found + " readings, expected " + faces + ": the timing would lie");
                }
            }
        }

        /** Closes the pipeline and the pictures. */
        @TearDown(Level.Trial)
        public void close() {
            Objects.requireNonNull(pipeline).close();
            frames.forEach(Frame::close);
        }
    }

    /** Where a thread is in the pictures. */
    @State(Scope.Thread)
    public static class Place {
        private int next;

        /** Made by JMH. */
        public Place() {}
    }

    /**
     * Asked by one thread.
     *
     * @param shared the models
     * @param place where this thread is
     * @return what was found
     */
    @Benchmark
    @Threads(1)
    public FrameResult oneThread(Shared shared, Place place) {
        return next(shared, place);
    }

    /**
     * Asked by two threads.
     *
     * @param shared the models
     * @param place where this thread is
     * @return what was found
     */
    @Benchmark
    @Threads(2)
    public FrameResult twoThreads(Shared shared, Place place) {
        return next(shared, place);
    }

    private static FrameResult next(Shared shared, Place place) {
        place.next = (place.next + 1) % shared.frames.size();
        return Objects.requireNonNull(shared.pipeline).analyze(shared.frames.get(place.next));
    }
}
