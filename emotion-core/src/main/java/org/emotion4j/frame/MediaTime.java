package org.emotion4j.frame;

/**
 * The range of media time: where in a recording a picture was taken, in nanoseconds. A clock's time, as since 1970, lies
 * beyond it and is moved into it by whoever meets it first, so that records and timelines begin where the pictures do.
 */
public final class MediaTime {
    /** About 31 years; media time is from minus this to this. */
    public static final long MOST_NANOS = 1_000_000_000_000_000_000L;

    private MediaTime() {}

    /**
     * Tells whether a time may be media time.
     *
     * @param nanos in nanoseconds
     * @return whether it is at most {@link #MOST_NANOS} to either side of zero
     */
    public static boolean isInRange(long nanos) {
        return nanos >= -MOST_NANOS && nanos <= MOST_NANOS;
    }
}
