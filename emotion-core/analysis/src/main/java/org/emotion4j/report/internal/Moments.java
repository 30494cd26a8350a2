package org.emotion4j.report.internal;

import java.util.Comparator;
import java.util.List;
import org.emotion4j.analysis.MarkedMoments;
import org.emotion4j.analysis.SessionEvents;
import org.emotion4j.event.FacialEvent;

/**
 * A session's most marked moments, as a page shows them.
 *
 * @param moments in the order of time
 * @param alike how many more rose as far, in tenths of a percent, as the least of these: a choice among equals is none
 */
record Moments(List<FacialEvent> moments, long alike) {
    static Moments of(SessionEvents events) {
        List<FacialEvent> all = MarkedMoments.of(events, Integer.MAX_VALUE);
        List<FacialEvent> first = all.subList(0, Math.min(MarkedMoments.DEFAULT_COUNT, all.size()));
        long alike = all.stream()
                .skip(first.size())
                .filter(event -> tenths(event) == tenths(first.get(first.size() - 1)))
                .count();
        return new Moments(
                first.stream()
                        .sorted(Comparator.comparingLong(FacialEvent::apexNanos))
                        .toList(),
                alike);
    }

    private static long tenths(FacialEvent event) {
        return Math.round(1000 * MarkedMoments.rise(event));
    }
}
