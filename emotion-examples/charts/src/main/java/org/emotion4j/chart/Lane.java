package org.emotion4j.chart;

import java.util.List;
import org.emotion4j.analysis.EmotionTimeline;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.event.FacialEvent;

/**
 * What a chart shows of one face, or of whoever is the largest in the picture.
 *
 * @param name for example {@code "face 1"}
 * @param timeline the predominant expression of each interval
 * @param moments the smoothed scores in the order of time
 * @param events what the face did
 */
public record Lane(String name, EmotionTimeline timeline, List<Moment> moments, List<FacialEvent> events) {
    /** Copies the lists. */
    public Lane {
        moments = List.copyOf(moments);
        events = List.copyOf(events);
    }

    /**
     * What a chart shows of a face of which nobody looked for events.
     *
     * @param name for example {@code "face 1"}
     * @param timeline the predominant expression of each interval
     * @param moments the smoothed scores in the order of time
     */
    public Lane(String name, EmotionTimeline timeline, List<Moment> moments) {
        this(name, timeline, moments, List.of());
    }

    /**
     * The scores of one frame.
     *
     * @param mediaNanos when
     * @param untilNanos until when they stand: the time of the next frame
     * @param startsAfresh whether no line leads here from the moment before: another person, a cut, a gap
     * @param scores the smoothed scores
     */
    public record Moment(long mediaNanos, long untilNanos, boolean startsAfresh, EmotionScores scores) {}
}
