package org.emotion4j.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FaceAnswers;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.emotion.internal.FaceOutputs;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.event.FacialEventDetector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What facial movements and events cost a frame of one face beside the network, which gives expressions and movements in one
 * pass: putting together what it said, and looking for events in it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MovementsBenchmark {
    private static final int FRAMES = 1 << 14;
    private static final long FRAME_NANOS = 33_333_333L;

    private final FaceOutputs outputs =
            new FaceOutputs(List.of(FaceOutputs.UNITS, FaceOutputs.POSE, FaceOutputs.EYES, FaceOutputs.COVERED));
    private final FaceOutputs none = new FaceOutputs(List.of());
    private final FaceAnswers[] faces = new FaceAnswers[FRAMES];
    private final Map<String, float[]> numbers = Map.of(
            FaceOutputs.UNITS, new float[FacialMovement.COUNT],
            FaceOutputs.POSE, new float[] {10, -5, 2},
            FaceOutputs.EYES, new float[] {0.1f, 0.1f},
            FaceOutputs.COVERED, new float[] {0, 0});
    private final List<EmotionScores> scores = List.of(EmotionScores.uniform());
    private FacialEventDetector events = new FacialEventDetector();
    private int frame;
    private long nanos;

    /** Made by JMH. */
    public MovementsBenchmark() {}

    /** Makes nine minutes of a face whose movements come and go every few seconds, each at its own pace, with noise. */
    @Setup(Level.Trial)
    public void open() {
        Random random = new Random(1);
        for (int i = 0; i < FRAMES; i++) {
            float[] units = new float[FacialMovement.COUNT];
            for (int unit = 0; unit < units.length; unit++) {
                units[unit] = wave(i, 60 + 17 * unit, random);
            }
            float closed = i % 120 < 6 ? 0.9f : 0.1f;
            float[] weights = new float[EmotionScores.SIZE];
            for (int label = 0; label < weights.length; label++) {
                weights[label] = 0.05f + wave(i, 90 + 31 * label, random);
            }
            faces[i] = outputs.answers(
                            "benchmark",
                            List.of(EmotionScores.ofWeights(weights)),
                            Map.of(
                                    FaceOutputs.UNITS, units,
                                    FaceOutputs.POSE, new float[] {10 * wave(i, 75, random), 0, 0},
                                    FaceOutputs.EYES, new float[] {closed, closed},
                                    FaceOutputs.COVERED, new float[] {0, 0}))
                    .get(0);
        }
    }

    private static float wave(int frame, int period, Random random) {
        double up = Math.max(0, Math.sin(2 * Math.PI * frame / period));
        return (float) Math.max(0, Math.min(1, 0.8 * up + 0.02 * random.nextGaussian() + 0.05));
    }

    /**
     * Puts together what a network said, without movements: what is there in any case.
     *
     * @return the answers of one face
     */
    @Benchmark
    public List<FaceAnswers> scoresAlone() {
        return none.answers("benchmark", scores, numbers);
    }

    /**
     * Puts together what a network said, with movements, pose, eyes and what is hidden.
     *
     * @return the answers of one face
     */
    @Benchmark
    public List<FaceAnswers> withMovements() {
        return outputs.answers("benchmark", scores, numbers);
    }

    /**
     * Looks for events in the next frame.
     *
     * @return those that end with it
     */
    @Benchmark
    public List<FacialEvent> events() {
        FaceAnswers face = faces[frame];
        nanos += FRAME_NANOS;
        frame = (frame + 1) % FRAMES;
        return events.accept(nanos, face.scores(), face.movements());
    }

    /** Begins with a face that nobody has seen. */
    @Setup(Level.Iteration)
    public void forget() {
        events = new FacialEventDetector();
        frame = 0;
        nanos = 0;
    }

    /**
     * The same with expressions alone.
     *
     * @return those that end with it
     */
    @Benchmark
    public List<FacialEvent> eventsOfExpressionsAlone() {
        FaceAnswers face = faces[frame];
        nanos += FRAME_NANOS;
        frame = (frame + 1) % FRAMES;
        return events.accept(nanos, face.scores(), Optional.empty());
    }
}
