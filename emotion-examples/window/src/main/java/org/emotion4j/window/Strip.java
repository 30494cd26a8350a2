package org.emotion4j.window;

import java.util.List;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;

/**
 * What a timeline shows. Times are nanoseconds since the session began. Immutable.
 *
 * @param curve the predominant expression and the seven scores
 * @param markers what was marked
 * @param events what the face did
 * @param corrections labels as a person sees them
 * @param moments the most marked moments, the most marked one first
 */
record Strip(
        ExpressionTrack.Curve curve,
        List<LiveView.Marker> markers,
        List<EventTrack.Mark> events,
        List<Correction> corrections,
        List<Long> moments) {
    static final Strip EMPTY = live(ExpressionTrack.Curve.EMPTY, List.of(), List.of());

    Strip {
        markers = List.copyOf(markers);
        events = List.copyOf(events);
        corrections = List.copyOf(corrections);
        moments = List.copyOf(moments);
    }

    /**
     * What the face showed in a stretch, as a person sees it.
     *
     * @param fromNanos where it begins
     * @param toNanos where it ends
     * @param label empty for no clear expression
     */
    record Correction(long fromNanos, long toNanos, Optional<Emotion> label) {}

    /** Of a session that is going on. */
    static Strip live(ExpressionTrack.Curve curve, List<LiveView.Marker> markers, List<EventTrack.Mark> events) {
        return new Strip(curve, markers, events, List.of(), List.of());
    }

    /** Whether it looks as another one does: what grows has grown, or what people added has changed. */
    boolean looksLike(Strip other) {
        return curve.endNanos() == other.curve.endNanos()
                && curve.bins().size() == other.curve.bins().size()
                && markers.equals(other.markers)
                && events.size() == other.events.size()
                && corrections.equals(other.corrections)
                && moments.equals(other.moments);
    }
}
