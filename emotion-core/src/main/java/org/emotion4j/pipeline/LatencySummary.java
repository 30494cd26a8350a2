package org.emotion4j.pipeline;

import java.util.Locale;

/**
 * How long something took, over all times it was done. Percentiles are true to 1 %.
 *
 * @param count how often; with an expected interval, the frames that a late one kept from being taken are counted too
 * @param meanNanos the mean, in nanoseconds; 0 without any
 * @param p50Nanos the median
 * @param p95Nanos the 95th percentile
 * @param p99Nanos the 99th percentile
 * @param maxNanos the longest
 */
public record LatencySummary(long count, double meanNanos, long p50Nanos, long p95Nanos, long p99Nanos, long maxNanos) {
    /** Returns the numbers in one line, for example {@code "p50 4.10 ms, p95 …, p99 …, max …, 1000 times"}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "p50 %.2f ms, p95 %.2f ms, p99 %.2f ms, max %.2f ms, %d times",
                p50Nanos / 1e6,
                p95Nanos / 1e6,
                p99Nanos / 1e6,
                maxNanos / 1e6,
                count);
    }
}
