package org.emotion4j.report.internal;

/**
 * Where a time lies in a picture: left of the plot stand the names of its rows.
 *
 * @param width of the picture; the plot ends there
 * @param left where the plot begins
 */
record TimeScale(int width, int left, long fromNanos, long toNanos) {
    private static final int WIDE_NAMES = 136;
    private static final int NARROW_NAMES = 92;

    static TimeScale of(int width, long fromNanos, long toNanos) {
        return new TimeScale(width, width < Figure.WIDE ? NARROW_NAMES : WIDE_NAMES, fromNanos, toNanos);
    }

    double x(double nanos) {
        return left + (width - left) * (nanos - fromNanos) / (toNanos - fromNanos);
    }

    boolean isNarrow() {
        return width < Figure.WIDE;
    }

    boolean has(long nanos) {
        return nanos >= fromNanos && nanos <= toNanos;
    }

    /** Lines and times below a plot, at round times and no label twice. */
    void axis(Drawing.Builder drawing, double y) {
        for (TimeTicks.Tick tick : TimeTicks.of(fromNanos, toNanos, isNarrow() ? 4 : TimeTicks.MOST)) {
            double x = x(tick.nanos());
            String anchor = x < left + 14 ? "start" : x > width - 22 ? "end" : "middle";
            drawing.line("tick", x, y, x, y + 5).text("", anchor, x, y + 28, tick.label());
        }
    }
}
