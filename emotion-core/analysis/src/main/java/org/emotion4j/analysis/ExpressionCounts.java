package org.emotion4j.analysis;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;

/**
 * In how many frames a face showed what: the figures for pictures that are no film, where time means nothing. The
 * face counts that the session is about. Immutable.
 *
 * @param expressions the frames of each of the seven; all seven are there
 * @param noClear the frames with a face and without a clear expression
 * @param noFace the frames without a face
 */
public record ExpressionCounts(Map<Emotion, Long> expressions, long noClear, long noFace) {
    /**
     * Copies the map.
     *
     * @param expressions as {@link #expressions()}
     * @param noClear as {@link #noClear()}
     * @param noFace as {@link #noFace()}
     */
    public ExpressionCounts {
        expressions = Map.copyOf(expressions);
    }

    /**
     * Returns the frames of one expression.
     *
     * @param emotion the expression
     * @return 0 or more
     */
    public long count(Emotion emotion) {
        return expressions.getOrDefault(emotion, 0L);
    }

    /**
     * Returns the frames with a face.
     *
     * @return expressions and no clear expression together
     */
    public long withFace() {
        return expressions.values().stream().mapToLong(Long::longValue).sum() + noClear;
    }

    /**
     * Returns an expression's share of the frames with a face.
     *
     * @param emotion the expression
     * @return 0 to 1; {@code NaN} where there was no face
     */
    public double share(Emotion emotion) {
        return (double) count(emotion) / withFace();
    }

    /**
     * Says what was shown more often than anything else.
     *
     * @return what leads, and whether it is most
     */
    public Predominance predominance() {
        return Predominance.of(expressions, noClear);
    }

    /**
     * Returns shares of the frames with a face that add up to one hundred.
     *
     * @param decimals of the percentages, 0 to 6
     * @return eight percentages: the seven expressions in class order, then no clear expression; {@code NaN} without a face
     */
    public double[] percents(int decimals) {
        long[] parts = new long[Emotion.all().size() + 1];
        Emotion.all().forEach(emotion -> parts[emotion.ordinal()] = count(emotion));
        parts[parts.length - 1] = noClear;
        return Shares.percents(parts, decimals);
    }

    /** Counts. Confined to one thread. */
    static final class Tally {
        private final Map<Emotion, Long> expressions = new EnumMap<>(Emotion.class);
        private long noClear;
        private long noFace;

        Tally() {
            Emotion.all().forEach(emotion -> expressions.put(emotion, 0L));
        }

        void add(Optional<Emotion> label) {
            label.ifPresentOrElse(emotion -> expressions.merge(emotion, 1L, Long::sum), () -> noClear++);
        }

        void addNoFace() {
            noFace++;
        }

        ExpressionCounts counts() {
            return new ExpressionCounts(expressions, noClear, noFace);
        }
    }
}
