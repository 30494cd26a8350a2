package org.emotion4j.analysis;

import java.util.Arrays;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;

/**
 * How often one face's label changed from one expression to another; "no clear expression" is one of the eight. A time
 * without a face, a gap, and a cut in the picture are no change: what comes after them begins anew. Immutable.
 */
public final class Transitions {
    private static final int NO_CLEAR = EmotionScores.SIZE;

    private final long[][] counts;

    private Transitions(long[][] counts) {
        this.counts = counts;
    }

    /**
     * Returns how often one label followed directly upon another.
     *
     * @param from the expression before; empty for "no clear expression"
     * @param to the expression after; empty for "no clear expression"
     * @return 0 or more; 0 where both are the same
     */
    public long count(Optional<Emotion> from, Optional<Emotion> to) {
        return counts[index(from)][index(to)];
    }

    /**
     * Returns the number of changes of any kind.
     *
     * @return 0 or more
     */
    public long total() {
        return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Transitions transitions && Arrays.deepEquals(counts, transitions.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(counts);
    }

    @Override
    public String toString() {
        return "Transitions[total=" + total() + "]";
    }

    private static int index(Optional<Emotion> label) {
        return label.map(Emotion::ordinal).orElse(NO_CLEAR);
    }

    /** Counts. Confined to one thread. */
    static final class Tally {
        private final long[][] counts = new long[NO_CLEAR + 1][NO_CLEAR + 1];
        private int last = -1;

        void add(Optional<Emotion> label) {
            int next = index(label);
            if (last >= 0 && last != next) {
                counts[last][next]++;
            }
            last = next;
        }

        void interrupt() {
            last = -1;
        }

        Transitions transitions() {
            return new Transitions(Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new));
        }
    }
}
