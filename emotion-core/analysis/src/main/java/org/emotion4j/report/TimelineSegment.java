package org.emotion4j.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emotion4j.analysis.EmotionTimeline;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;

/**
 * Neighbouring intervals that are drawn alike: one block instead of many, without seams.
 *
 * @param row of the seven expressions, then no clear expression, then no face; or {@link #NOTHING}
 */
record TimelineSegment(long fromNanos, long toNanos, int row, String color, double strength) {
    static final int NO_FACE = EmotionScores.SIZE + 1;

    /** Nothing was recorded. */
    static final int NOTHING = -1;

    /** Joins intervals; {@code seen} has the numbers of those in which anything was recorded. */
    static List<TimelineSegment> of(EmotionTimeline timeline, Set<Long> seen) {
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
                        ? new TimelineSegment(index * length, (index + 1) * length, NO_FACE, "#999999", 1)
                        : new TimelineSegment(index * length, (index + 1) * length, NOTHING, "#ffffff", 1);
            }
            TimelineSegment last = runs.isEmpty() ? next : runs.get(runs.size() - 1);
            if (last != next && last.row == next.row && last.strength == next.strength) {
                runs.set(
                        runs.size() - 1,
                        new TimelineSegment(last.fromNanos, next.toNanos, last.row, last.color, last.strength));
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
                Html.color(predominant),
                Page.strength(interval.meanScores(), predominant));
    }
}
