package org.emotion4j.pipeline;

import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.MediaTime;

/**
 * The media time of a session: puts the timestamps of a source in order. A time that goes backwards is a discontinuity that the source did not mention;
 * a source that was opened anew counts from zero again, so its times are moved behind those before. The times of a clock
 * (beyond {@link MediaTime#MOST_NANOS}) begin at zero. Confined to one
 * thread at a time; the count may be read by any.
 */
final class MediaTimeline {
    private boolean begun;
    private boolean reopened;
    private long offset;
    private volatile long last;
    private long lastTick;
    private volatile long unordered;

    /** The next picture comes from a source that was opened anew. */
    void reopen() {
        reopened = begun;
    }

    /**
     * Stamps a buffer that a source has filled.
     *
     * @param tick when it was filled, in nanoseconds of a ticker
     */
    void accept(FrameBuffer buffer, long tick) {
        if (reopened) {
            offset = last + (tick - lastTick) - buffer.mediaNanos();
            reopened = false;
            buffer.markDiscontinuity();
        }
        long time = buffer.mediaNanos() + offset;
        if (!MediaTime.isInRange(time)) {
            // A clock's time. What follows by the same clock is moved by as much; the sum may overflow on its way.
            time = begun ? last : 0;
            offset = time - buffer.mediaNanos();
            if (begun) {
                buffer.markDiscontinuity();
            }
        }
        if (begun && time <= last && !buffer.discontinuity()) {
            unordered++;
            if (time < last) {
                buffer.markDiscontinuity();
            }
        }
        buffer.stamp(time);
        begun = true;
        last = time;
        lastTick = tick;
    }

    /** The time of the last picture. */
    long last() {
        return last;
    }

    /** How many times repeated or went backwards. */
    long unordered() {
        return unordered;
    }
}
