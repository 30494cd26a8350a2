package org.emotion4j.report.internal;

import java.util.ArrayList;
import java.util.List;
import org.emotion4j.reading.MediaClock;

/** Where an axis of time has its labels: at round times, not too many, each label once. */
final class TimeTicks {
    static final int MOST = 9;
    private static final long SECOND = 1_000_000_000L;

    /** In nanoseconds; beyond the last, multiples of days. */
    private static final long[] STEPS = {
        SECOND / 10,
        SECOND / 5,
        SECOND / 2,
        SECOND,
        2 * SECOND,
        5 * SECOND,
        10 * SECOND,
        15 * SECOND,
        30 * SECOND,
        60 * SECOND,
        120 * SECOND,
        300 * SECOND,
        600 * SECOND,
        900 * SECOND,
        1_800 * SECOND,
        3_600 * SECOND,
        7_200 * SECOND,
        14_400 * SECOND,
        28_800 * SECOND,
        86_400 * SECOND
    };

    private TimeTicks() {}

    /** A time and what is written at it. */
    record Tick(long nanos, String label) {}

    static List<Tick> of(long fromNanos, long toNanos, int most) {
        long step = step(toNanos - fromNanos, most);
        List<Tick> ticks = new ArrayList<>();
        for (long time = -Math.floorDiv(-fromNanos, step) * step; time <= toNanos; time += step) {
            ticks.add(new Tick(time, label(time, step)));
        }
        return ticks;
    }

    private static long step(long span, int most) {
        for (long step : STEPS) {
            if (span / step < most) {
                return step;
            }
        }
        long day = STEPS[STEPS.length - 1];
        return (span / day / most + 1) * day;
    }

    private static String label(long nanos, long step) {
        return step < SECOND ? MediaClock.clock(nanos) : MediaClock.clockOfWholeSeconds(nanos);
    }
}
