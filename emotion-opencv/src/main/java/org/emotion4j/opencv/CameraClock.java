package org.emotion4j.opencv;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The media times of a camera's pictures: when the driver says that they were taken or, where it does not say or what it
 * says cannot be, when they were handed over. A picture may have waited in the driver for as long as nobody read. Confined
 * to one thread at a time.
 */
final class CameraClock {
    /** So much later than the steady clock, no picture was taken; a driver's clock that was set jumps by more. */
    private static final long MOST_AHEAD = 10_000_000_000L;

    private final LongSupplier ticker;
    private boolean driverIsBelieved;
    private boolean begun;
    private long firstTick;
    private long firstStamp;
    private long lastStamp;
    private long last;

    /**
     * Makes a clock.
     *
     * @param ticker the caller's, which then alone counts, or null
     */
    CameraClock(@Nullable LongSupplier ticker) {
        this.ticker = ticker == null ? System::nanoTime : ticker;
        this.driverIsBelieved = ticker == null;
    }

    /** Tells when a picture is handed over: now. */
    long tick() {
        return ticker.getAsLong();
    }

    /** Tells whether a picture was given a time already. */
    boolean begun() {
        return begun;
    }

    /**
     * Gives the next picture its time.
     *
     * @param tick when it was handed over
     * @param stamp when it was taken by the driver's clock, in nanoseconds, or 0 where the driver does not say
     * @return nanoseconds since the first picture, never fewer than before
     */
    long mediaNanos(long tick, long stamp) {
        if (!begun) {
            begun = true;
            firstTick = tick;
            firstStamp = stamp;
            driverIsBelieved &= stamp > 0;
        } else {
            driverIsBelieved &= stamp > lastStamp && stamp - firstStamp <= tick - firstTick + MOST_AHEAD;
        }
        lastStamp = stamp;
        last = Math.max(last, driverIsBelieved ? stamp - firstStamp : tick - firstTick);
        return last;
    }
}
