package org.emotion4j.benchmarks;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.ExponentialSmoother;
import org.emotion4j.emotion.MovingAverageSmoother;
import org.emotion4j.emotion.TemporalSmoother;
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
import org.openjdk.jmh.annotations.Warmup;

/** Steadying the scores of one face at 30 frames a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class SmoothBenchmark {
    /** Which smoother: the mean over one second, or exponential with half a second. */
    @Param({"mean", "exponential"})
    public String smoother = "mean";

    private TemporalSmoother opened = TemporalSmoother.none();
    private final EmotionScores[] scores = new EmotionScores[64];
    private long frame;

    /** Made by JMH. */
    public SmoothBenchmark() {}

    /** Makes the smoother and some scores. */
    @Setup(Level.Trial)
    public void open() {
        opened = smoother.equals("mean")
                ? MovingAverageSmoother.ofDefaults()
                : ExponentialSmoother.withTimeConstant(Duration.ofMillis(500));
        Random random = new Random(1);
        for (int i = 0; i < scores.length; i++) {
            float[] weights = new float[EmotionScores.SIZE];
            for (int j = 0; j < weights.length; j++) {
                weights[j] = 0.01f + random.nextFloat();
            }
            scores[i] = EmotionScores.ofWeights(weights);
        }
    }

    /**
     * Adds a reading.
     *
     * @return the smoothed one
     */
    @Benchmark
    public EmotionScores smooth() {
        frame++;
        return opened.smooth(1, frame * 33_333_333L, scores[(int) (frame % scores.length)]);
    }
}
