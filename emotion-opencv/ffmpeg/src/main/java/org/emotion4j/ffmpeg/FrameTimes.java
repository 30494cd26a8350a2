package org.emotion4j.ffmpeg;

/**
 * The times of pictures in the order in which the decoder gives them. Each has its own, from its packet; where a file's
 * own times do not go on, those at which its packets are decoded take their place, if these do. FFmpeg's own choice
 * ({@code best_effort_timestamp}) counts pictures that are out of order because of damage, too, and is wrong to the end of
 * the file after one of them. Not thread-safe.
 */
final class FrameTimes {
    /** Stands for a time that is not there: FFmpeg's {@code AV_NOPTS_VALUE}. */
    static final long NONE = Long.MIN_VALUE;

    /** No codec here puts more pictures before one that comes earlier in the file. */
    private static final int MOST_REORDERED = 16;

    private long lastShown = NONE;
    private long lastDecoded = NONE;
    private long faultyShown;
    private long faultyDecoded;

    private long lastOwn = NONE;
    private long last = NONE;
    private long latest = NONE;
    private int repetitions;

    /**
     * The time of a picture that is given: its own, or one that goes on where its own does not.
     *
     * @param shown when it is shown, in nanoseconds, or {@link #NONE}
     * @param decoded when its packet is decoded, or {@link #NONE}
     * @param duration how long it is shown, above 0
     * @return later than all that were given before
     */
    long give(long shown, long decoded, long duration) {
        if (decoded != NONE) {
            faultyDecoded += decoded <= lastDecoded ? 1 : 0;
            lastDecoded = decoded;
        }
        if (shown != NONE) {
            faultyShown += shown <= lastShown ? 1 : 0;
            lastShown = shown;
        }
        last = goingOn(own(shown, decoded), duration);
        latest = Math.max(latest, last);
        return last;
    }

    private long goingOn(long own, long duration) {
        if (own == NONE || last == NONE) {
            lastOwn = own;
            return own == NONE ? following(duration) : own;
        }
        boolean repeats = lastOwn != NONE && own <= lastOwn && lastOwn - own <= MOST_REORDERED * duration;
        if (own <= last && repeats) {
            // Less than a picture's length, however many there are: the next one comes at its own time again.
            repetitions++;
            return last + Math.max(1, duration >> Math.min(repetitions, Long.SIZE - 2));
        }
        repetitions = 0;
        lastOwn = own;
        // Else another film follows, whose times begin again, or the first pictures had none.
        return own > last ? own : latest + duration;
    }

    /**
     * The time of a picture that is not given. It moves those that follow only if it has none of its own.
     *
     * @param shown as for {@link #give}
     * @param decoded as for {@link #give}
     * @param duration as for {@link #give}
     */
    long refuse(long shown, long decoded, long duration) {
        long own = own(shown, decoded);
        if (own == NONE) {
            last = following(duration);
            own = last;
        }
        latest = Math.max(latest, own);
        return own;
    }

    /** Whether a picture comes after ones that are shown later than it. */
    boolean isLate(long shown, long decoded) {
        long own = own(shown, decoded);
        return own != NONE && last != NONE && own < last;
    }

    private long own(long shown, long decoded) {
        boolean byDecoding = decoded != NONE && faultyShown > faultyDecoded;
        return shown == NONE || byDecoding ? decoded : shown;
    }

    private long following(long duration) {
        return last == NONE ? 0 : last + duration;
    }

    /** The time of the latest picture, or {@link #NONE}. */
    long latest() {
        return latest;
    }

    /** Forgets all, because the file is read on at another place. */
    void reset() {
        lastShown = NONE;
        lastDecoded = NONE;
        faultyShown = 0;
        faultyDecoded = 0;
        lastOwn = NONE;
        last = NONE;
        latest = NONE;
        repetitions = 0;
    }
}
