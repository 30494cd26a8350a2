package org.emotion4j.report.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emotion4j.analysis.EmotionTimeline;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;

/**
 * Neighboring intervals that are drawn alike: one block instead of many, without seams.
 *
 * @param fromNanos where it begins, in nanoseconds of media time
 * @param toNanos where it ends
 * @param row of the seven expressions, then no clear expression, then no face; or -1 where nothing was recorded
 * @param strength how high it is drawn, up to 1
 */
public record TimelineSegment(long fromNanos, long toNanos, int row, double strength) {
    static final int NO_FACE = EmotionScores.SIZE + 1;

    /** Nothing was recorded. */
    static final int NOTHING = -1;

    /**
     * Joins intervals.
     *
     * @param timeline the intervals with a face
     * @param seen the numbers of those in which anything was recorded
     * @return blocks in the order of time
     */
    public static List<TimelineSegment> of(EmotionTimeline timeline, Set<Long> seen) {
        long length = timeline.intervalLength().toNanos();
        long from = seen.stream().mapToLong(Long::longValue).min().orElse(0);
        long to = seen.stream().mapToLong(Long::longValue).max().orElse(-1);
        List<EmotionTimeline.Interval> intervals = timeline.intervals();
        long first = intervals.isEmpty()
                ? Long.MAX_VALUE
                : Math.floorDiv(intervals.get(0).startNanos(), length);
        List<TimelineSegment> runs = new ArrayList<>();
        for (long index = from; index <= to; index++) {
            boolean inside = index >= first && index - first < intervals.size();
            TimelineSegment next;
            if (inside && !intervals.get((int) (index - first)).isGap()) {
                next = of(intervals.get((int) (index - first)));
            } else {
                next = seen.contains(index)
                        ? new TimelineSegment(index * length, (index + 1) * length, NO_FACE, 1)
                        : new TimelineSegment(index * length, (index + 1) * length, NOTHING, 1);
            }
            TimelineSegment last = runs.isEmpty() ? next : runs.get(runs.size() - 1);
            if (last != next && last.row == next.row && last.strength == next.strength) {
                runs.set(runs.size() - 1, new TimelineSegment(last.fromNanos, next.toNanos, last.row, last.strength));
            } else {
                runs.add(next);
            }
        }
        return runs;
    }

    private static TimelineSegment of(EmotionTimeline.Interval interval) {
        Optional<Emotion> predominant = interval.predominant();
        return new TimelineSegment(
                interval.startNanos(),
                interval.endNanos(),
                predominant.map(Emotion::ordinal).orElse(EmotionScores.SIZE),
                strength(interval.meanScores(), predominant));
    }

    /** How high an interval's block is drawn: four steps, by the mean score of its expression. */
    private static double strength(Optional<EmotionScores> mean, Optional<Emotion> predominant) {
        if (mean.isEmpty() || predominant.isEmpty()) {
            return 0.7;
        }
        float score = mean.get().get(predominant.get());
        return score >= 0.75 ? 1 : score >= 0.6 ? 0.85 : score >= 0.45 ? 0.7 : 0.55;
    }

    /** The class of the style sheet that its block has; empty where nothing was recorded. */
    String style() {
        return row == NOTHING ? "" : row == NO_FACE ? Palette.NO_FACE.style() : Palette.style(label());
    }

    /** What its block shows; empty for no clear expression, no face and nothing. */
    Optional<Emotion> label() {
        return row >= 0 && row < EmotionScores.SIZE ? Optional.of(Emotion.all().get(row)) : Optional.empty();
    }
}
