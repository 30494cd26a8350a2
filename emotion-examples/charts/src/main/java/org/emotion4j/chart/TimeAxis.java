package org.emotion4j.chart;

import java.util.ArrayList;
import java.util.List;

/** From media time to pixels. */
final class TimeAxis {
    private static final long[] STEPS_MILLIS = {
        10,
        20,
        50,
        100,
        200,
        500,
        1_000,
        2_000,
        5_000,
        10_000,
        15_000,
        30_000,
        60_000,
        120_000,
        300_000,
        600_000,
        1_800_000,
        3_600_000,
        7_200_000,
        21_600_000,
        86_400_000
    };
    private static final int MAX_TICKS = 20;

    private final long start;
    private final long end;
    private final double left;
    private final double right;

    TimeAxis(long start, long end, double left, double right) {
        this.start = start;
        this.end = Math.max(end, start + 1);
        this.left = left;
        this.right = right;
    }

    double x(long nanos) {
        return left + (right - left) * (nanos - start) / (end - start);
    }

    /** Returns round times, at most twenty. */
    List<Long> ticks() {
        long step = STEPS_MILLIS[STEPS_MILLIS.length - 1];
        for (int i = STEPS_MILLIS.length - 1; i >= 0; i--) {
            if ((end - start) / (STEPS_MILLIS[i] * 1_000_000) <= MAX_TICKS) {
                step = STEPS_MILLIS[i];
            }
        }
        long stepNanos = step * 1_000_000;
        List<Long> ticks = new ArrayList<>();
        for (long tick = -Math.floorDiv(-start, stepNanos) * stepNanos; tick <= end; tick += stepNanos) {
            ticks.add(tick);
        }
        return ticks;
    }
}
