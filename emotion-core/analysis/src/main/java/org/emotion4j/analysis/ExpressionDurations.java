package org.emotion4j.analysis;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.emotion4j.emotion.Affect;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.reading.EmotionReading;

/**
 * For how long a face showed what. Immutable.
 *
 * @param expressions the time of each of the seven; all seven are there
 * @param noClear the time with a face and without a clear expression
 * @param noFace the time without a face
 * @param meanScores the mean of the smoothed scores, weighted with time; empty where there was no face for any time
 * @param affect the mean valence and arousal of what had a label, weighted with time, derived from the scores; empty where
 *     nothing had one. Where there is no clear expression there is no point
 * @param poor the part of the time with a face in which something was wrong with its picture; see
 *     {@link org.emotion4j.face.FaceQuality.Issue}. It is in the times of the expressions too
 * @param movement how much the raw scores moved, whatever the label: their standard deviation over time, all seven together;
 *     0 of a face that is read the same all the time, about 0.7 of one that changes between two certain answers; {@code NaN}
 *     without a face
 */
public record ExpressionDurations(
        Map<Emotion, Duration> expressions,
        Duration noClear,
        Duration noFace,
        Optional<EmotionScores> meanScores,
        Optional<Affect> affect,
        Duration poor,
        double movement) {
    /**
     * Copies the map.
     *
     * @param expressions as {@link #expressions()}
     * @param noClear as {@link #noClear()}
     * @param noFace as {@link #noFace()}
     * @param meanScores as {@link #meanScores()}
     * @param affect as {@link #affect()}
     * @param poor as {@link #poor()}
     * @param movement as {@link #movement()}
     */
    public ExpressionDurations {
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
     * Returns the time in which a face could be read well.
     *
     * @return the time with a face without that of poor pictures
     */
    public Duration readable() {
        return withFace().minus(poor);
    }

    /**
     * Says what was shown more than anything else.
     *
     * @return what leads, and whether it is most
     */
    public Predominance predominance() {
        Map<Emotion, Long> nanos = new EnumMap<>(Emotion.class);
        Emotion.all().forEach(emotion -> nanos.put(emotion, time(emotion).toNanos()));
        return Predominance.of(nanos, noClear.toNanos());
    }

    /**
     * Says in a few words what was shown more than anything else.
     *
     * @return as {@link Predominance#describe()}, and {@code "nothing recorded"} where there was no time at all, which is
     *     another thing than no face
     */
    public String describe() {
        return total().isZero() ? "nothing recorded" : predominance().describe();
    }

    /**
     * Returns the expression that was shown longest; that need not be for most of the time.
     *
     * @return empty where several were shown equally long, where no clear expression led, and where there was no face; see
     *     {@link #predominance()}
     */
    public Optional<Emotion> predominant() {
        return predominance().expression();
    }

    /**
     * Returns shares of the time with a face that add up to one hundred.
     *
     * @param decimals of the percentages, 0 to 6
     * @return eight percentages: the seven expressions in class order, then no clear expression; {@code NaN} without a face
     */
    public double[] percents(int decimals) {
        long[] parts = new long[EmotionScores.SIZE + 1];
        Emotion.all()
                .forEach(emotion -> parts[emotion.ordinal()] = time(emotion).toNanos());
        parts[EmotionScores.SIZE] = noClear.toNanos();
        return Shares.percents(parts, decimals);
    }

    /** Sums up. Confined to one thread. */
    static final class Tally {
        private final long[] nanos = new long[EmotionScores.SIZE];
        private final double[] sums = new double[EmotionScores.SIZE];
        private final double[] rawSums = new double[EmotionScores.SIZE];
        private double rawSquares;
        private double valence;
        private double arousal;
        private double labeled;
        private long poor;
        private long noClear;
        private long noFace;

        void addNoFace(long duration) {
            noFace += duration;
        }

        void add(EmotionReading reading, long duration) {
            Optional<Emotion> label = reading.label();
            EmotionScores scores = reading.scores();
            poor += reading.isReadable() ? 0 : duration;
            for (int i = 0; i < rawSums.length; i++) {
                double raw = reading.raw().get(i);
                rawSums[i] += raw * duration;
                rawSquares += raw * raw * duration;
            }
            if (label.isPresent()) {
                nanos[label.get().ordinal()] += duration;
                Affect place = Affect.of(scores);
                valence += place.valence() * duration;
                arousal += place.arousal() * duration;
                labeled += duration;
            } else {
                noClear += duration;
            }
            for (int i = 0; i < sums.length; i++) {
                sums[i] += scores.get(i) * (double) duration;
            }
        }

        ExpressionDurations times() {
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
            return new ExpressionDurations(
                    expressions,
                    Duration.ofNanos(noClear),
                    Duration.ofNanos(noFace),
                    total > 0 ? Optional.of(EmotionScores.ofWeights(mean)) : Optional.empty(),
                    labeled > 0 ? Optional.of(new Affect(valence / labeled, arousal / labeled)) : Optional.empty(),
                    Duration.ofNanos(poor),
                    movement());
        }

        private double movement() {
            long time = noClear;
            for (long part : nanos) {
                time += part;
            }
            double variance = rawSquares / time;
            for (double sum : rawSums) {
                variance -= sum / time * (sum / time);
            }
            return time == 0 ? Double.NaN : Math.sqrt(Math.max(0, variance));
        }
    }
}
