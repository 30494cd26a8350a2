package org.emotion4j.web.access;

import java.util.function.LongSupplier;

/** A bucket that fills with time and that each request takes one from. Thread-safe. */
public final class RateLimit {
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final int burst;
    private final LongSupplier nanos;
    private double left;
    private long filledAt;

    /**
     * Begins with a full bucket.
     *
     * @param perSecond how fast it fills, above 0
     * @param burst how many it holds, 1 or more
     * @param nanos a ticker
     */
    public RateLimit(double perSecond, int burst, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanos = nanos;
        this.left = burst;
        this.filledAt = nanos.getAsLong();
    }

    /**
     * Takes one.
     *
     * @return false where there is none
     */
    public synchronized boolean take() {
        long now = nanos.getAsLong();
        left = Math.min(burst, left + (now - filledAt) / NANOS * perSecond);
        filledAt = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }

    /** How long until there is one, in whole seconds. */
    synchronized long secondsUntilNext() {
        return Math.max(1, (long) Math.ceil((1 - left) / perSecond));
    }
}
