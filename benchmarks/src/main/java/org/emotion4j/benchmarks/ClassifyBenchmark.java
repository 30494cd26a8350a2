package org.emotion4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.FaceCrop;
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

/** Scoring the faces of one frame in one batch. What the crops show does not change a network's time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(1)
public class ClassifyBenchmark {
    /** Faces in the batch. */
    @Param({"1", "4", "8"})
    public int faces = 1;

    /** A classifier's name (each run time has its own), name=model, or "default". */
    @Param("default")
    public String classifier = "default";

    private final List<FaceCrop> crops = new ArrayList<>();
    private @Nullable EmotionClassifier opened;

    /** Made by JMH. */
    public ClassifyBenchmark() {}

    /** Loads the classifier and fills the crops with noise. */
    @Setup(Level.Trial)
    public void open() {
        opened = BenchmarkInput.classifier(classifier);
        Random random = new Random(1);
        for (int i = 0; i < faces; i++) {
            FaceCrop crop = FaceCrop.allocate(opened.cropSpec());
            for (int b = 0; b < crop.pixels().capacity(); b++) {
                crop.pixels().put(b, (byte) random.nextInt());
            }
            crops.add(crop);
        }
        opened.warmUp();
    }

    /**
     * Scores all faces.
     *
     * @return their scores
     */
    @Benchmark
    public List<EmotionScores> classify() {
        return Objects.requireNonNull(opened).classifyAll(crops);
    }

    /** Closes the classifier. */
    @TearDown(Level.Trial)
    public void close() {
        Objects.requireNonNull(opened).close();
    }
}
