package org.emotion4j.cli.sessions;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.emotion4j.analysis.SessionEvents;
import org.emotion4j.cli.io.Counted;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.event.FacialEvent.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What the events of a session add up to, with the keys of {@code summary --json}. Numbers are null where nobody told, or where
 * there is nothing to divide by.
 *
 * @param followed for how many seconds the face could be followed
 * @param framesPerSecond meanwhile
 * @param expressions how many there were
 * @param briefExpressions shorter than half a second
 * @param whileTalking that speech explains
 * @param movements facial movements
 * @param blinks both eyes closed for at most half a second
 * @param blinksPerMinute of the time in which the face could be followed
 * @param blinkSeconds their mean length
 * @param eyesClosed how often both eyes were closed for longer
 * @param closedShare for how much of the time the eyes were closed, blinks included
 * @param nods how often the head was nodded
 * @param headShakes how often it was shaken
 * @param talking how many whiles of talking there were
 * @param talkingSeconds how long they were together
 */
record EventFigures(
        double followed,
        double framesPerSecond,
        int expressions,
        int briefExpressions,
        @Nullable Integer whileTalking,
        @Nullable Integer movements,
        @Nullable Integer blinks,
        double blinksPerMinute,
        double blinkSeconds,
        @Nullable Integer eyesClosed,
        double closedShare,
        @Nullable Integer nods,
        @Nullable Integer headShakes,
        @Nullable Integer talking,
        double talkingSeconds) {
    /** Below it most blinks fall between two frames. */
    static final double LEAST_FOR_BLINKS = 10;

    /** So long a face is followed for blinks a minute. */
    private static final long LEAST_FOR_RATE = 10_000_000_000L;

    static EventFigures of(SessionEvents events) {
        boolean knows = events.knowsMovements();
        List<FacialEvent> expressions = events.events(Kind.EXPRESSION);
        boolean rated = knows && canRateBlinks(events) && events.followedNanos() >= LEAST_FOR_RATE;
        return new EventFigures(
                events.followedNanos() / 1e9,
                events.framesPerSecond(),
                expressions.size(),
                (int) expressions.stream().filter(FacialEvent::isBrief).count(),
                knows
                        ? (Integer) (int) expressions.stream()
                                .filter(FacialEvent::isWhileTalking)
                                .count()
                        : null,
                count(events, Kind.MOVEMENT),
                count(events, Kind.BLINK),
                rated ? events.perMinute(Kind.BLINK) : Double.NaN,
                events.meanSeconds(Kind.BLINK),
                count(events, Kind.EYES_CLOSED),
                events.closedShare(),
                count(events, Kind.NOD),
                count(events, Kind.HEAD_SHAKE),
                count(events, Kind.TALKING),
                knows
                        ? events.events(Kind.TALKING).stream()
                                .mapToDouble(event -> event.durationNanos() / 1e9)
                                .sum()
                        : Double.NaN);
    }

    private static boolean canRateBlinks(SessionEvents events) {
        return events.framesPerSecond() >= LEAST_FOR_BLINKS;
    }

    private static @Nullable Integer count(SessionEvents events, Kind kind) {
        return events.knowsMovements() ? events.events(kind).size() : null;
    }

    /** What could be looked for, and how often blinks came where that can be said. */
    String describeFollowed() {
        if (followed == 0) {
            return "No two frames with the face are within half a second: pictures, and films of fewer frames, have no events.";
        }
        String seconds = String.format(
                Locale.ROOT,
                "The face could be followed for %.1f seconds, at %.0f frames a second",
                followed,
                framesPerSecond);
        if (blinks == null) {
            return seconds + ". No frame has all movements: expressions alone could be looked for.";
        }
        if (framesPerSecond < LEAST_FOR_BLINKS) {
            return seconds + ": blinks are missed at that.";
        }
        return Double.isNaN(blinksPerMinute)
                ? seconds + ": too short for blinks a minute."
                : String.format(Locale.ROOT, "%s: %.1f blinks a minute.", seconds, blinksPerMinute);
    }

    /** For a summary: how many of what, a line a matter; none where the face could not be followed. */
    List<String> describe() {
        if (followed == 0) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("events: " + Counted.of(expressions, "expression") + inBrackets()
                + (movements == null ? "" : ", " + Counted.of(movements, "movement"))
                + (nods == null || nods == 0 ? "" : ", " + Counted.of(nods, "nod"))
                + (headShakes == null || headShakes == 0 ? "" : ", " + Counted.of(headShakes, "head shake"))
                + (talking == null || talking == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                ", %s of talking (%.0f s)",
                                Counted.of(talking, "while"),
                                talkingSeconds)));
        if (blinks != null) {
            lines.add(eyes());
        }
        if (briefExpressions > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "brief: %s under half a second, of fewer than %.0f frames at %.0f a second;"
                            + " nothing is promised about micro-expressions",
                    Counted.of(briefExpressions, "expression"),
                    Math.ceil(framesPerSecond / 2),
                    framesPerSecond));
        }
        return lines;
    }

    private String inBrackets() {
        List<String> parts = new ArrayList<>();
        if (briefExpressions > 0) {
            parts.add(briefExpressions + " brief");
        }
        if (whileTalking != null && whileTalking > 0) {
            parts.add(whileTalking + " while talking");
        }
        return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
    }

    private String eyes() {
        if (framesPerSecond < LEAST_FOR_BLINKS) {
            return String.format(Locale.ROOT, "blinks are missed at %.0f frames a second", framesPerSecond);
        }
        return Counted.of(blinks == null ? 0 : blinks, "blink")
                + (Double.isNaN(blinksPerMinute) ? "" : String.format(Locale.ROOT, ", %.1f a minute", blinksPerMinute))
                + (Double.isNaN(blinkSeconds) ? "" : String.format(Locale.ROOT, ", %.2f s on average", blinkSeconds))
                + (eyesClosed == null || eyesClosed == 0
                        ? ""
                        : "; eyes closed for longer " + Counted.of(eyesClosed, "time"))
                + String.format(Locale.ROOT, "; closed %.1f %% of the time", 100 * closedShare);
    }
}
