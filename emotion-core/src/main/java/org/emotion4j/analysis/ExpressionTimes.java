package org.emotion4j.analysis;

import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.emotion4j.emotion.Affect;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;

/**
 * For how long a face showed what. Immutable.
 *
 * @param expressions the time of each of the seven; all seven are there
 * @param noClear the time with a face and without a clear expression
 * @param noFace the time without a face
 * @param meanScores the mean of the smoothed scores, weighted with time; empty where there was no face for any time
 */
public record ExpressionTimes(
        Map<Emotion, Duration> expressions, Duration noClear, Duration noFace, Optional<EmotionScores> meanScores) {
    /** Copies the map. */
    public ExpressionTimes {
        expressions = Map.copyOf(expressions);
    }

    /**
     * Returns the time of one expression.
     *
     * @param emotion the expression
     * @return its time
     */
    public Duration time(Emotion emotion) {
        return expressions.getOrDefault(emotion, Duration.ZERO);
    }

    /**
     * Returns the time with a face.
     *
     * @return expressions and no clear expression together
     */
    public Duration withFace() {
        return expressions.values().stream().reduce(noClear, Duration::plus);
    }

    /**
     * Returns the time with and without a face.
     *
     * @return all of it
     */
    public Duration total() {
        return withFace().plus(noFace);
    }

    /**
     * Returns an expression's share of the time with a face.
     *
     * @param emotion the expression
     * @return 0 to 1; {@code NaN} where there was no face
     */
    public double share(Emotion emotion) {
        return (double) time(emotion).toNanos() / withFace().toNanos();
    }

    /**
     * Returns the share of the time with a face that had no clear expression.
     *
     * @return 0 to 1; {@code NaN} where there was no face
     */
    public double noClearShare() {
        return (double) noClear.toNanos() / withFace().toNanos();
    }

    /**
     * Returns the expression that was shown longest.
     *
     * @return of equally long ones the first in class order; empty where none was shown
     */
    public Optional<Emotion> predominant() {
        return Emotion.all().stream()
                .filter(emotion -> !time(emotion).isZero())
                .max(Comparator.<Emotion, Duration>comparing(this::time)
                        .thenComparing(Comparator.comparingInt(Emotion::ordinal).reversed()));
    }

    /**
     * Returns the mean valence and arousal, derived from the mean scores.
     *
     * @return empty where there was no face
     */
    public Optional<Affect> affect() {
        return meanScores.map(Affect::of);
    }

    /** Sums up. Confined to one thread. */
    static final class Tally {
        private final long[] nanos = new long[EmotionScores.SIZE];
        private final double[] sums = new double[EmotionScores.SIZE];
        private long noClear;
        private long noFace;

        void addNoFace(long duration) {
            noFace += duration;
        }

        void add(Optional<Emotion> label, EmotionScores scores, long duration) {
            if (label.isPresent()) {
                nanos[label.get().ordinal()] += duration;
            } else {
                noClear += duration;
            }
            for (int i = 0; i < sums.length; i++) {
                sums[i] += scores.get(i) * (double) duration;
            }
        }

        ExpressionTimes times() {
            Map<Emotion, Duration> expressions = new EnumMap<>(Emotion.class);
            double total = 0;
            float[] mean = new float[sums.length];
            for (Emotion emotion : Emotion.all()) {
                expressions.put(emotion, Duration.ofNanos(nanos[emotion.ordinal()]));
                total += sums[emotion.ordinal()];
            }
            for (int i = 0; i < mean.length && total > 0; i++) {
                mean[i] = (float) (sums[i] / total);
            }
            return new ExpressionTimes(
                    expressions,
                    Duration.ofNanos(noClear),
                    Duration.ofNanos(noFace),
                    total > 0 ? Optional.of(EmotionScores.ofWeights(mean)) : Optional.empty());
        }
    }
}
