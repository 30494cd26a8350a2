package org.emotion4j.analysis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.recording.SessionReader;

/**
 * The moments of a session that are worth looking at first: where an expression rose highest above what is usual for the face.
 * What speech explains does not count, and of expressions that follow closely upon each other only the highest does, so that one
 * laugh is one moment. An expression that stays fainter than one has to be to be named ({@link #LEAST_PEAK}) is an event, and no
 * moment: a blink, for example, may look a little sad beside a face that is neutral all the while.
 */
public final class MarkedMoments {
    /** How many there are where nobody asks for more or fewer. */
    public static final int DEFAULT_COUNT = 5;

    /** The score that a moment has at its apex at least: that from which on a label names an expression. */
    public static final double LEAST_PEAK = BriefMoment.LEAST_SCORE;

    /** Two moments are at least so far apart, from apex to apex. */
    public static final Duration LEAST_DISTANCE = Duration.ofSeconds(3);

    /** By how far it rose; of two that rose as far the longer one, then the earlier one. */
    private static final Comparator<FacialEvent> MOST_MARKED_FIRST = Comparator.comparingDouble(
                    (FacialEvent event) -> -rise(event))
            .thenComparingLong(event -> -event.durationNanos())
            .thenComparingLong(FacialEvent::apexNanos);

    private MarkedMoments() {}

    /**
     * Reads a session to its end and finds its five most marked moments.
     *
     * @param session a reader before its first frame; left open
     * @return the most marked one first; fewer where there are fewer
     * @throws IOException if it cannot be read
     */
    public static List<FacialEvent> of(SessionReader session) throws IOException {
        return of(SessionEvents.of(session), DEFAULT_COUNT);
    }

    /**
     * Finds the most marked moments among the events of a session.
     *
     * @param events of the session
     * @param most how many at most, 1 or more
     * @return the most marked one first; fewer where there are fewer
     * @throws IllegalArgumentException if none is asked for
     */
    public static List<FacialEvent> of(SessionEvents events, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("asked for " + most + " moments, expected 1 or more");
        }
        List<FacialEvent> found = new ArrayList<>();
        events.events(FacialEvent.Kind.EXPRESSION).stream()
                .filter(event -> !event.isWhileTalking() && event.peak() >= LEAST_PEAK)
                .sorted(MOST_MARKED_FIRST)
                .filter(event -> found.size() < most && found.stream().noneMatch(other -> isClose(event, other)))
                .forEach(found::add);
        return List.copyOf(found);
    }

    /**
     * Returns how far an event rose above what is usual for the face, by which moments are ranked.
     *
     * @param event an expression
     * @return 0 to 1
     */
    public static double rise(FacialEvent event) {
        return Math.max(0, event.peak() - event.rest());
    }

    private static boolean isClose(FacialEvent one, FacialEvent other) {
        return Math.abs(one.apexNanos() - other.apexNanos()) < LEAST_DISTANCE.toNanos();
    }
}
