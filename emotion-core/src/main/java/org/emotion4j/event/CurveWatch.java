package org.emotion4j.event;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Finds events in one curve of 0 to 1. The person's rest is the median of the last half minute, which stands still
 * during an event. An event starts where the curve rises above rest by three times its usual deviation, and by a least
 * rise, and ends where it falls below half of that and on to rest. Its onset and offset are where the curve leaves and
 * comes back to a tenth of the way from rest to peak, between two frames by interpolation.
 */
final class CurveWatch {
    private static final long WINDOW_NANOS = 30_000_000_000L;
    /** The curve's own past that an onset may be looked for in. */
    private static final long PAST_NANOS = 3_000_000_000L;
    /** What lasts longer has become the new rest. */
    private static final long LONGEST_NANOS = 30_000_000_000L;

    /** A curve that stays a little above rest has ended after this time. */
    private static final long SETTLED_NANOS = 400_000_000L;

    private static final int LEAST_REST = 5;
    private static final double START = 3;
    private static final double END = 1.5;
    private static final double EDGE = 0.1;

    private final FacialEvent.Kind kind;
    private final String name;
    private final double leastRise;
    private final long leastNanos;
    private final RunningMedian rest = new RunningMedian(WINDOW_NANOS);
    private final Deque<Sample> past = new ArrayDeque<>();

    private boolean running;
    private boolean falling;
    private long fallingSince;
    private double restBefore;
    private double deviation;
    private Sample apex = new Sample(0, 0);

    CurveWatch(FacialEvent.Kind kind, String name, double leastRise, long leastNanos) {
        this.kind = kind;
        this.name = name;
        this.leastRise = leastRise;
        this.leastNanos = leastNanos;
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
            if (value > restBefore + Math.max(END * deviation, leastRise / 2)) {
                falling = false;
            } else if (!falling) {
                falling = true;
                fallingSince = nanos;
            }
            if (falling && (value <= edge() || nanos - fallingSince >= SETTLED_NANOS)) {
                ended = end();
            } else if (nanos - past.getFirst().nanos > LONGEST_NANOS) {
                ended = end();
                rest.clear();
            }
        } else if (rest.count() >= LEAST_REST && value >= rest.median() + Math.max(START * rest.spread(), leastRise)) {
            running = true;
            falling = false;
            restBefore = rest.median();
            deviation = rest.spread();
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

    private void forget(long nanos) {
        while (!running && nanos - past.getFirst().nanos > PAST_NANOS) {
            past.removeFirst();
        }
    }

    private Optional<FacialEvent> end() {
        running = false;
        double edge = edge();
        long onset = past.getFirst().nanos;
        long offset = past.getLast().nanos;
        Sample before = past.getFirst();
        boolean passed = false;
        for (Sample sample : past) {
            if (sample.nanos <= apex.nanos) {
                if (before.value < edge && sample.value >= edge) {
                    onset = crossing(before, sample, edge);
                } else if (sample.value < edge) {
                    onset = sample.nanos;
                }
            } else if (!passed && sample.value <= edge) {
                offset = crossing(before, sample, edge);
                passed = true;
            }
            before = sample;
        }
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

    private double edge() {
        return restBefore + Math.max(deviation, EDGE * (apex.value - restBefore));
    }

    private static long crossing(Sample a, Sample b, double level) {
        double share = (level - a.value) / (b.value - a.value);
        return a.nanos + Math.round(share * (b.nanos - a.nanos));
    }

    private record Sample(long nanos, double value) {}
}
