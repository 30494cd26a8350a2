package org.emotion4j.analysis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.reading.EmotionReading;
import org.jspecify.annotations.Nullable;

/**
 * What one face showed over time: its readings gathered into intervals of equal length, each with the mean scores and the
 * predominant expression. Where a session has several faces, each has a timeline of its own. Immutable and thread-safe;
 * its {@link Builder} is confined to one thread.
 *
 * <p>Intervals start at whole multiples of their length in media time and run without a break from the one of the first
 * reading to the one of the last: an interval without readings is there and empty, never filled in from its neighbors.
 */
public final class EmotionTimeline {
    /** The length of an interval where none is set. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);

    /** The most intervals that a timeline may have: eleven days of seconds. */
    public static final int MAX_INTERVALS = 1_000_000;

    private final Duration intervalLength;
    private final List<Interval> intervals;
    private final long[] labels;
    private final long noClear;

    private EmotionTimeline(Duration intervalLength, List<Interval> intervals, long[] labels, long noClear) {
        this.intervalLength = intervalLength;
        this.intervals = intervals;
        this.labels = labels;
        this.noClear = noClear;
    }

    /**
     * Starts an empty timeline.
     *
     * @return a builder that takes one reading after another
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the length of the intervals.
     *
     * @return one second where the builder was told nothing
     */
    public Duration intervalLength() {
        return intervalLength;
    }

    /**
     * Returns the intervals in the order of time.
     *
     * @return an immutable list without gaps; empty where there was no reading
     */
    public List<Interval> intervals() {
        return intervals;
    }

    /**
     * Returns the number of readings in all intervals.
     *
     * @return 0 or more
     */
    public long readings() {
        long readings = noClear;
        for (long label : labels) {
            readings += label;
        }
        return readings;
    }

    /**
     * Returns the share of the readings that had an expression as their label.
     *
     * @param emotion the expression
     * @return 0 to 1; {@code NaN} where there was no reading
     */
    public double share(Emotion emotion) {
        return (double) labels[emotion.ordinal()] / readings();
    }

    /**
     * Returns the share of the readings without a clear expression.
     *
     * @return 0 to 1; {@code NaN} where there was no reading
     */
    public double noClearShare() {
        return (double) noClear / readings();
    }

    @Override
    public String toString() {
        return "EmotionTimeline[interval=" + intervalLength + ", intervals=" + intervals.size() + ", readings="
                + readings() + "]";
    }

    /**
     * The readings of one interval {@code [startNanos, endNanos)}.
     *
     * @param startNanos its start in nanoseconds of media time
     * @param endNanos its end, which belongs to the next interval
     * @param readings how many readings it has; 0 in a gap
     * @param meanScores the mean of their scores; empty in a gap
     * @param predominant the label that most of them have; of equally frequent ones the one with the higher mean score,
     *     then the first in class order. Empty in a gap, and where readings without a clear expression outnumber those
     *     of every label
     * @param predominantShare the share of the readings that have the predominant label, or, where there is none, of those
     *     without a clear expression; 0 in a gap
     */
    public record Interval(
            long startNanos,
            long endNanos,
            int readings,
            Optional<EmotionScores> meanScores,
            Optional<Emotion> predominant,
            double predominantShare) {
        /**
         * Tells whether nothing was read in this interval.
         *
         * @return true in a gap
         */
        public boolean isGap() {
            return readings == 0;
        }
    }

    /**
     * Takes the readings of one face. Keeps sums for each interval and no readings, so that it does not matter how many there
     * are of them. Confined to one thread.
     */
    public static final class Builder {
        private final TreeMap<Long, Tally> tallies = new TreeMap<>();
        private @Nullable Duration interval;
        private long first;
        private long last;

        private Builder() {}

        /**
         * Sets the length of the intervals; one second otherwise.
         *
         * @param length above zero and at most one day
         * @return this
         * @throws IllegalArgumentException if the length is out of its range
         * @throws IllegalStateException if it was set before, or a reading was added already
         */
        public Builder interval(Duration length) {
            if (interval != null) {
                throw new IllegalStateException("interval was already set to " + interval);
            }
            if (!tallies.isEmpty() || spansTooMuch()) {
                throw new IllegalStateException("interval was set after the first reading, expected before");
            }
            if (length.isZero() || length.isNegative() || length.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException("interval is " + length + ", expected above PT0S and at most P1D");
            }
            interval = length;
            return this;
        }

        /**
         * Adds a reading. The order does not matter.
         *
         * @param mediaNanos when, in nanoseconds of media time
         * @param label the expression that the reading was called by, or empty for "no clear expression"
         * @param scores the smoothed scores
         * @return this
         */
        public Builder add(long mediaNanos, Optional<Emotion> label, EmotionScores scores) {
            long index = Math.floorDiv(mediaNanos, length().toNanos());
            boolean any = !tallies.isEmpty() || spansTooMuch();
            first = any ? Math.min(first, index) : index;
            last = any ? Math.max(last, index) : index;
            if (spansTooMuch()) {
                // there will be no timeline: what an endless source adds from here on is not kept
                tallies.clear();
            } else {
                tallies.computeIfAbsent(index, key -> new Tally()).add(label, scores);
            }
            return this;
        }

        /**
         * Adds a reading with its time, its label and its smoothed scores. The order does not matter.
         *
         * @param reading a reading of the timeline's face; whose it is, is not checked
         * @return this
         */
        public Builder add(EmotionReading reading) {
            return add(reading.mediaNanos(), reading.label(), reading.scores());
        }

        /**
         * Gathers what was added so far.
         *
         * @return the timeline
         * @throws IllegalStateException if first and last reading are more than {@link #MAX_INTERVALS} intervals apart
         */
        public EmotionTimeline build() {
            if (spansTooMuch()) {
                throw new IllegalStateException("readings span " + (last - first + 1) + " intervals of " + length()
                        + ", expected at most " + MAX_INTERVALS + "; set a longer interval");
            }
            Tally all = new Tally();
            tallies.values().forEach(all::add);
            return new EmotionTimeline(length(), intervals(length(), tallies), all.labels, all.noClear);
        }

        private Duration length() {
            return interval == null ? DEFAULT_INTERVAL : interval;
        }

        private boolean spansTooMuch() {
            return last - first >= MAX_INTERVALS;
        }

        private static List<Interval> intervals(Duration length, TreeMap<Long, Tally> tallies) {
            if (tallies.isEmpty()) {
                return List.of();
            }
            long first = tallies.firstKey();
            long last = tallies.lastKey();
            Tally gap = new Tally();
            List<Interval> intervals = new ArrayList<>();
            for (long index = first; index <= last; index++) {
                long start = index * length.toNanos();
                intervals.add(tallies.getOrDefault(index, gap).interval(start, start + length.toNanos()));
            }
            return List.copyOf(intervals);
        }
    }

    /** Counts and sums of some readings. */
    private static final class Tally {
        private final double[] sums = new double[EmotionScores.SIZE];
        private final long[] labels = new long[EmotionScores.SIZE];
        private long noClear;
        private int readings;

        void add(Optional<Emotion> label, EmotionScores scores) {
            readings++;
            for (int i = 0; i < sums.length; i++) {
                sums[i] += scores.get(i);
            }
            label.ifPresentOrElse(each -> labels[each.ordinal()]++, () -> noClear++);
        }

        void add(Tally other) {
            for (int i = 0; i < labels.length; i++) {
                labels[i] += other.labels[i];
            }
            noClear += other.noClear;
        }

        Interval interval(long start, long end) {
            if (readings == 0) {
                return new Interval(start, end, 0, Optional.empty(), Optional.empty(), 0);
            }
            Optional<Emotion> predominant = predominant();
            double share = predominant
                    .map(emotion -> (double) labels[emotion.ordinal()] / readings)
                    .orElse((double) noClear / readings);
            return new Interval(start, end, readings, Optional.of(mean()), predominant, share);
        }

        private Optional<Emotion> predominant() {
            return Emotion.all().stream()
                    .filter(emotion -> labels[emotion.ordinal()] > 0 && labels[emotion.ordinal()] >= noClear)
                    .max(Comparator.<Emotion>comparingLong(emotion -> labels[emotion.ordinal()])
                            .thenComparingDouble(emotion -> sums[emotion.ordinal()])
                            .thenComparing(
                                    Comparator.comparingInt(Emotion::ordinal).reversed()));
        }

        private EmotionScores mean() {
            float[] mean = new float[sums.length];
            for (int i = 0; i < mean.length; i++) {
                mean[i] = (float) (sums[i] / readings);
            }
            return EmotionScores.ofWeights(mean);
        }
    }
}
