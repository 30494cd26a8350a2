package org.emotion4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.LandmarkDetector;
import org.emotion4j.frame.Frame;
import org.emotion4j.spi.Stages;
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

/** Finding the landmarks of faces that a detector has found already: crop, network, points. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(1)
public class LandmarksBenchmark {
    /** Columns and rows of a frame. */
    @Param("640x480")
    public String size = "640x480";

    /** Faces in each frame. */
    @Param({"1", "4"})
    public int faces = 1;

    /** Who found the faces: a detector's name, name=model, or "default". */
    @Param("default")
    public String detector = "default";

    /** A landmark detector's name or name=model. */
    @Param("landmarks-onnxruntime")
    public String landmarks = "landmarks-onnxruntime";

    private final List<List<DetectedFace>> found = new ArrayList<>();
    private List<Frame> frames = List.of();
    private @Nullable LandmarkDetector opened;
    private int next;

    /** Made by JMH. */
    public LandmarksBenchmark() {}

    /** Makes the frames and finds their faces. */
    @Setup(Level.Trial)
    public void open() {
        frames = BenchmarkInput.foundFrames(detector, BenchmarkInput.DEFAULT, size, faces, WholeFrameBenchmark.FRAMES);
        try (FaceDetector eye = BenchmarkInput.detector(detector)) {
            frames.forEach(frame -> found.add(eye.detect(frame)));
        }
        opened = Stages.landmarkDetector(landmarks);
        opened.warmUp();
    }

    /**
     * Finds the landmarks of the next frame's faces.
     *
     * @return the faces with them
     */
    @Benchmark
    public List<DetectedFace> locate() {
        next = (next + 1) % frames.size();
        return Objects.requireNonNull(opened).locateAll(frames.get(next), found.get(next));
    }

    /** Closes the detector and the frames. */
    @TearDown(Level.Trial)
    public void close() {
        Objects.requireNonNull(opened).close();
        frames.forEach(Frame::close);
    }
}
