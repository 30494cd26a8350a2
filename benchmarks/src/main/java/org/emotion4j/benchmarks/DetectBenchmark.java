package org.emotion4j.benchmarks;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.frame.Frame;
import org.emotion4j.opencv.OpenCv;
import org.jspecify.annotations.Nullable;
import org.opencv.core.Core;
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

/** Finding the faces. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(1)
public class DetectBenchmark {
    /** Columns and rows of a frame. */
    @Param({"640x480", "1280x720", "1920x1080"})
    public String size = "640x480";

    /** Faces in each frame. */
    @Param({"1", "4"})
    public int faces = 1;

    /** A face detector's name, name=model, or "default". */
    @Param("default")
    public String detector = "default";

    /** A folder of pictures, or "default" for portraits that every machine has. */
    @Param("default")
    public String pictures = "default";

    /** Height in pixels of the smallest face that is looked for, or "default" for the detector's own. */
    @Param("default")
    public String smallest = "default";

    /** How many threads OpenCV has, in a detector that it computes. */
    @Param("1")
    public int threads = 1;

    private List<Frame> frames = List.of();
    private @Nullable FaceDetector opened;
    private int next;

    /** Made by JMH. */
    public DetectBenchmark() {}

    /** Makes the frames and the detector. */
    @Setup(Level.Trial)
    public void open() {
        frames = BenchmarkInput.frames(pictures, size, faces, WholeFrameBenchmark.FRAMES);
        opened = BenchmarkInput.detector(detector, smallest);
        OpenCv.load();
        Core.setNumThreads(threads);
        opened.warmUp();
    }

    /**
     * Looks at the next frame.
     *
     * @return the faces
     */
    @Benchmark
    public List<DetectedFace> detect() {
        next = (next + 1) % frames.size();
        return Objects.requireNonNull(opened).detect(frames.get(next));
    }

    /** Closes the detector and the frames. */
    @TearDown(Level.Trial)
    public void close() {
        Objects.requireNonNull(opened).close();
        frames.forEach(Frame::close);
    }
}
