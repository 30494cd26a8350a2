package org.emotion4j.benchmarks;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceAligner;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.face.FivePointFaceAligner;
import org.emotion4j.face.Landmarks;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.PixelFormat;
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

/** Cutting one face out of a color frame into the default classifier's crop of 56x56 gray. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class AlignBenchmark {
    /** The side of the face's box, in pixels. */
    @Param({"48", "200", "400", "900"})
    public int side = 200;

    private @Nullable Frame frame;
    private final FaceAligner aligner = new FivePointFaceAligner(FaceAligner.EYES_IN_SQUARE_BOX);
    private @Nullable DetectedFace face;
    private final FaceCrop crop = FaceCrop.allocate(CropSpec.of(56, 56, PixelFormat.GRAY8));

    /** Made by JMH. */
    public AlignBenchmark() {}

    /** Draws a frame. */
    @Setup(Level.Trial)
    public void open() {
        List<Frame> frames = BenchmarkInput.frames(BenchmarkInput.DEFAULT, "1920x1080", 1, 1);
        frame = frames.get(0);
        BoundingBox box = new BoundingBox(100.3, 50.7, side, side);
        face = new DetectedFace(box, 1, Optional.of(points(box)));
    }

    /** Eyes, nose and mouth where an upright face has them. */
    private static Landmarks points(BoundingBox box) {
        double[] fractions = {0.31, 0.37, 0.69, 0.37, 0.5, 0.59, 0.35, 0.76, 0.65, 0.76};
        double[] points = new double[fractions.length];
        for (int i = 0; i < points.length; i += 2) {
            points[i] = box.x() + fractions[i] * box.width();
            points[i + 1] = box.y() + fractions[i + 1] * box.height();
        }
        return Landmarks.of(Landmarks.Scheme.FIVE_POINTS, points);
    }

    /**
     * Cuts the face out.
     *
     * @return the crop
     */
    @Benchmark
    public FaceCrop align() {
        aligner.align(Objects.requireNonNull(frame), Objects.requireNonNull(face), crop);
        return crop;
    }

    /** Closes the frame. */
    @TearDown(Level.Trial)
    public void close() {
        Objects.requireNonNull(frame).close();
    }
}
