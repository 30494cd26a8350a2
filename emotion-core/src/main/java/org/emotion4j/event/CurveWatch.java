package org.emotion4j.event;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds events in one curve of 0 to 1. The person's rest is the median of the last half minute, which stands still
 * during an event, or one that is known. An event starts where the curve rises above rest by three times its usual deviation, and by a least
 * rise, and ends where it falls below half of that and on to rest. Its onset and offset are where the curve's log-odds leave and
 * come back to a tenth of the way from rest to peak, between two frames by interpolation: a probability stays near 0 for the first
 * third of a movement, its log-odds rise with it. Where that is not asked for, they are at 15 % of the way of the value
 * itself: a lid goes down and up at once, and what it does near rest is not seen for sure.
 */
final class CurveWatch {
    private static final long WINDOW_NANOS = 30_000_000_000L;
    /** The curve's own past that an onset may be looked for in. */
    private static final long PAST_NANOS = 3_000_000_000L;
    /** What lasts longer has become the new rest. */
    private static final long LONGEST_NANOS = 30_000_000_000L;

    /** Above a rest that is known an event ends after this time, and another one begins. */
    private static final long LONGEST_ABOVE_KNOWN_NANOS = 600_000_000_000L;

    /** A curve that stays a little above rest has ended after this time. */
    private static final long SETTLED_NANOS = 400_000_000L;

    /** A curve that takes longer from half way to rest did not end there. */
    private static final long LINGERING_NANOS = 300_000_000L;

    /** A curve that takes longer from rest to half way did not begin there: movements take a second at most. */
    private static final long CREEPING_NANOS = 1_000_000_000L;

    private static final int LEAST_REST = 5;
    private static final double START = 3;
    private static final double END = 1.5;
    private static final double EDGE = 0.1;
    /** The same on the value itself. */
    private static final double PLAIN_EDGE = 0.15;
    /** What an edge is above rest at least, in usual deviations. */
    private static final double EDGE_SPREADS = 3;
    /** Log-odds are taken of no less than this and no more than its complement. */
    private static final double LEAST_ODDS = 0.002;
    /** What is never seen as having left rest. */
    private static final double LEAST_NOISE = 0.008;

    private final FacialEvent.Kind kind;
    private final String name;
    private final double leastRise;
    private final long leastNanos;
    private final boolean byOdds;
    private final FacialRest.@Nullable Level known;
    private final RunningMedian rest = new RunningMedian(WINDOW_NANOS);
    private final Deque<Sample> past = new ArrayDeque<>();

    private boolean running;
    private boolean falling;
    private long fallingSince;
    private double restBefore;
    private double deviation;
    private Sample apex = new Sample(0, 0);

    /** Has the edges of its events in log-odds. */
    static CurveWatch byOdds(
            FacialEvent.Kind kind, String name, double leastRise, long leastNanos, Optional<FacialRest.Level> known) {
        return new CurveWatch(kind, name, leastRise, leastNanos, true, known);
    }

    /** Has the edges of its events in the value itself. */
    static CurveWatch plain(
            FacialEvent.Kind kind, String name, double leastRise, long leastNanos, Optional<FacialRest.Level> known) {
        return new CurveWatch(kind, name, leastRise, leastNanos, false, known);
    }

    private CurveWatch(
            FacialEvent.Kind kind,
            String name,
            double leastRise,
            long leastNanos,
            boolean byOdds,
            Optional<FacialRest.Level> known) {
        this.kind = kind;
        this.name = name;
        this.leastRise = leastRise;
        this.leastNanos = leastNanos;
        this.byOdds = byOdds;
        this.known = known.orElse(null);
    }

    /** Takes the next value; gives the event that it ends. */
    Optional<FacialEvent> accept(long nanos, double value) {
        Sample now = new Sample(nanos, value);
        Optional<FacialEvent> ended = Optional.empty();
        past.addLast(now);
        if (running) {
            if (value > apex.value) {
                apex = now;
            }
            if (value > half()) {
                falling = false;
            } else if (!falling) {
                falling = true;
                fallingSince = nanos;
            }
            if (falling && (scaled(value) <= edge() || nanos - fallingSince >= SETTLED_NANOS)) {
                ended = end();
            } else if (nanos - past.getFirst().nanos > (known == null ? LONGEST_NANOS : LONGEST_ABOVE_KNOWN_NANOS)) {
                ended = end();
                rest.clear();
            }
        } else if (isRestKnown() && value >= median() + Math.max(START * spread(), leastRise)) {
            running = true;
            falling = false;
            restBefore = median();
            deviation = spread();
            apex = now;
        } else {
            rest.add(nanos, value);
        }
        forget(nanos);
        return ended;
    }

    /** Ends at the last value: the face is gone, or turned away. What is usual for the person stays known. */
    Optional<FacialEvent> interrupt() {
        Optional<FacialEvent> ended = running ? end() : Optional.empty();
        past.clear();
        return ended;
    }

    private boolean isRestKnown() {
        return known != null || rest.count() >= LEAST_REST;
    }

    private double median() {
        return known == null ? rest.median() : known.median();
    }

    private double spread() {
        return known == null ? rest.spread() : known.spread();
    }

    private void forget(long nanos) {
        while (!running && nanos - past.getFirst().nanos > PAST_NANOS) {
            past.removeFirst();
        }
    }

    private Optional<FacialEvent> end() {
        running = false;
        long onset = onset();
        long offset = offset();
        Sample last = past.getLast();
        past.clear();
        past.addLast(last);
        return offset - onset < leastNanos
                ? Optional.empty()
                : Optional.of(FacialEvent.of(
                        kind,
                        name,
                        Math.min(onset, apex.nanos),
                        apex.nanos,
                        Math.max(offset, apex.nanos),
                        apex.value,
                        restBefore));
    }

    /** Since when an event is under way, as far as can be told by now, if one is. */
    Optional<Long> runningSince() {
        return running ? Optional.of(onset()) : Optional.empty();
    }

    /** The highest value of the event that is under way. */
    double peak() {
        return apex.value;
    }

    /**
     * Where the curve was last at the edge before the apex. One that stays a little above rest for long, before it rises in
     * earnest, began where it rose.
     */
    private long onset() {
        long onset = lastBelow(edge());
        return byOdds && lastBelow(scaled(half())) - onset > CREEPING_NANOS ? lastBelow(scaled(plainEdge())) : onset;
    }

    /** Where the curve came from below a level for the last time before the apex; its beginning where it did not. */
    private long lastBelow(double level) {
        Sample before = past.getFirst();
        long onset = before.nanos;
        for (Sample sample : past) {
            if (sample.nanos > apex.nanos) {
                break;
            }
            double value = scaled(sample.value);
            if (value < level) {
                onset = sample.nanos;
            } else if (scaled(before.value) < level) {
                onset = crossing(before, sample, level);
            }
            before = sample;
        }
        return onset;
    }

    /** Where it is at the edge for the first time after it; a curve that stays a little above has ended when it fell. */
    private long offset() {
        double edge = edge();
        Sample before = past.getFirst();
        for (Sample sample : past) {
            if (falling && sample.nanos > fallingSince + LINGERING_NANOS) {
                return fallingSince;
            }
            if (sample.nanos > apex.nanos && scaled(sample.value) <= edge) {
                return crossing(before, sample, edge);
            }
            before = sample;
        }
        return before.nanos;
    }

    /** What an event that is under way stays above. */
    private double half() {
        return restBefore + Math.max(END * deviation, leastRise / 2);
    }

    /** What is seen as having left rest. */
    private double noise() {
        return restBefore + Math.max(EDGE_SPREADS * deviation, LEAST_NOISE);
    }

    private double plainEdge() {
        return Math.max(noise(), restBefore + PLAIN_EDGE * (apex.value - restBefore));
    }

    private double edge() {
        double low = scaled(restBefore);
        double noise = scaled(noise());
        return Math.max(noise, low + (byOdds ? EDGE : PLAIN_EDGE) * (scaled(apex.value) - low));
    }

    private double scaled(double value) {
        return byOdds ? logOdds(value) : value;
    }

    private static double logOdds(double share) {
        double bounded = Math.max(LEAST_ODDS, Math.min(1 - LEAST_ODDS, share));
        return Math.log(bounded / (1 - bounded));
    }

    private long crossing(Sample a, Sample b, double level) {
        double from = scaled(a.value);
        double to = scaled(b.value);
        double share = from == to ? 1 : (level - from) / (to - from);
        return a.nanos + Math.round(Math.max(0, Math.min(1, share)) * (b.nanos - a.nanos));
    }

    private record Sample(long nanos, double value) {}
}
