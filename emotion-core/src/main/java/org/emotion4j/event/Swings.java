package org.emotion4j.event;

import java.util.Optional;

/**
 * Finds times in which a curve swings to and fro: a head that nods, a mouth that talks. A swing is the way from one turning point
 * to the next, of a least height and within a time; some of them in a row are an event.
 */
final class Swings {
    private final FacialEvent.Kind kind;
    private final double leastHeight;
    private final long longestNanos;
    private final int leastSwings;

    private boolean started;
    private boolean rising;
    private double turnValue;
    private long turnNanos;
    private double extreme;
    private long extremeNanos;

    private int swings;
    private long onset;
    private long apex;
    private long lastTurn;
    private double highest;

    Swings(FacialEvent.Kind kind, double leastHeight, long longestNanos, int leastSwings) {
        this.kind = kind;
        this.leastHeight = leastHeight;
        this.longestNanos = longestNanos;
        this.leastSwings = leastSwings;
    }

    /** Takes the next value; gives the event that ends because no further swing came in time. */
    Optional<FacialEvent> accept(long nanos, double value) {
        if (!started) {
            restart(nanos, value);
            return Optional.empty();
        }
        if (rising ? value >= extreme : value <= extreme) {
            extreme = value;
            extremeNanos = nanos;
        } else if (Math.abs(value - extreme) >= leastHeight) {
            Optional<FacialEvent> ended = turn(nanos, value);
            if (ended.isPresent()) {
                return ended;
            }
        }
        // a pause may drift to ever lower values, so the extreme alone does not tell that nothing comes
        boolean late = nanos - Math.max(lastTurn, extremeNanos) > longestNanos || nanos - turnNanos > 2 * longestNanos;
        return late && swings > 0 ? end() : Optional.empty();
    }

    Optional<FacialEvent> interrupt() {
        started = false;
        return end();
    }

    /** Since when there are enough swings in a row, if there are now. */
    Optional<Long> runningSince() {
        return swings >= leastSwings ? Optional.of(onset) : Optional.empty();
    }

    /** Until when the event that is under way has come for sure. */
    long runningUntil() {
        return Math.max(lastTurn, apex);
    }

    /** Until when all events are known: one that is told of later, or is under way, does not change what was before. */
    long settledUntil(long now) {
        if (!started) {
            return now;
        }
        if (swings > 0) {
            return swings < leastSwings ? onset : runningUntil();
        }
        boolean isSwing = Math.abs(extreme - turnValue) >= leastHeight && extremeNanos - turnNanos <= longestNanos;
        if (now - turnNanos <= longestNanos || isSwing && now - extremeNanos <= 2 * longestNanos) {
            return turnNanos;
        }
        return now - extremeNanos <= longestNanos ? extremeNanos : now;
    }

    private void restart(long nanos, double value) {
        started = true;
        rising = true;
        turnValue = value;
        turnNanos = nanos;
        extreme = value;
        extremeNanos = nanos;
        lastTurn = nanos;
        swings = 0;
    }

    /** The extreme was a turning point: the way to it is a swing if it was high and quick enough. */
    private Optional<FacialEvent> turn(long nanos, double value) {
        Optional<FacialEvent> ended = Optional.empty();
        double height = Math.abs(extreme - turnValue);
        boolean quick = extremeNanos - turnNanos <= longestNanos;
        if (height >= leastHeight && quick) {
            if (swings == 0) {
                onset = turnNanos;
                highest = 0;
            }
            swings++;
            if (height > highest) {
                highest = height;
                apex = extremeNanos;
            }
        } else if (height >= leastHeight) {
            ended = end();
        }
        lastTurn = extremeNanos;
        turnValue = extreme;
        turnNanos = extremeNanos;
        rising = value > extreme;
        extreme = value;
        extremeNanos = nanos;
        return ended;
    }

    private Optional<FacialEvent> end() {
        int had = swings;
        swings = 0;
        String name = kind.code().replace('-', ' ');
        return had < leastSwings
                ? Optional.empty()
                : Optional.of(FacialEvent.of(kind, name, onset, apex, Math.max(lastTurn, apex), highest, 0));
    }
}
