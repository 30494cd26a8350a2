package org.emotion4j.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import org.emotion4j.frame.FrameSource;

/**
 * How a source that misbehaves is opened anew: with exponential backoff, pauses that double from attempt to attempt, until a
 * picture comes.
 * Immutable; thread-safe if the opener is.
 *
 * @param opener opens the source; called on a capture thread of the session, which closes what it gives
 * @param firstPause the pause before the first attempt, 0 to 1 h
 * @param longestPause the pause that the doubling stops at, {@code firstPause} to 1 h
 * @param attempts how many attempts in a row may fail before the session ends with the last failure, 1 or more; empty for
 *     any number
 */
public record ReconnectPolicy(Opener opener, Duration firstPause, Duration longestPause, OptionalInt attempts) {
    private static final Duration LONGEST = Duration.ofHours(1);

    /**
     * Checks the ranges.
     *
     * @param opener as {@link #opener()}
     * @param firstPause as {@link #firstPause()}
     * @param longestPause as {@link #longestPause()}
     * @param attempts as {@link #attempts()}
     * @throws IllegalArgumentException if a value is out of its range
     */
    public ReconnectPolicy {
        if (firstPause.isNegative() || firstPause.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("firstPause is " + firstPause + ", expected PT0S to " + LONGEST);
        }
        if (longestPause.compareTo(firstPause) < 0 || longestPause.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "longestPause is " + longestPause + ", expected firstPause, " + firstPause + ", to " + LONGEST);
        }
        if (attempts.isPresent() && attempts.getAsInt() < 1) {
            throw new IllegalArgumentException("attempts is " + attempts.getAsInt() + ", expected 1 or more");
        }
    }

    /**
     * Opens the source anew after 1 s, 2 s, 4 s and so on to 30 s, for as long as it takes.
     *
     * @param opener opens the source
     * @return the default
     */
    public static ReconnectPolicy with(Opener opener) {
        return new ReconnectPolicy(opener, Duration.ofSeconds(1), Duration.ofSeconds(30), OptionalInt.empty());
    }

    /**
     * Sets the pauses.
     *
     * @param first before the first attempt, 0 to 1 h
     * @param longest where the doubling stops, {@code first} to 1 h
     * @return a copy with them
     * @throws IllegalArgumentException if a value is out of its range
     */
    public ReconnectPolicy withPauses(Duration first, Duration longest) {
        return new ReconnectPolicy(opener, first, longest, attempts);
    }

    /**
     * Limits the attempts.
     *
     * @param value how many in a row, 1 or more
     * @return a copy with the limit
     * @throws IllegalArgumentException if the value is out of its range
     */
    public ReconnectPolicy withAttempts(int value) {
        return new ReconnectPolicy(opener, firstPause, longestPause, OptionalInt.of(value));
    }

    /**
     * Tells how long the pause before an attempt is.
     *
     * @param attempt 1 for the first after a picture came
     * @return {@code firstPause} doubled {@code attempt - 1} times, at most {@code longestPause}
     */
    public Duration pauseBefore(int attempt) {
        Duration pause = firstPause;
        for (int i = 1; i < attempt && !pause.isZero() && pause.compareTo(longestPause) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longestPause) > 0 ? longestPause : pause;
    }

    /** Returns pauses and attempts in one line; who opens the source is code. */
    @Override
    public String toString() {
        return "after " + firstPause + " to " + longestPause + ", "
                + (attempts.isPresent() ? "at most " + attempts.getAsInt() + " in a row" : "any number");
    }

    boolean allows(int attempt) {
        return attempts.isEmpty() || attempt <= attempts.getAsInt();
    }

    /** Opens a source. */
    @FunctionalInterface
    public interface Opener {
        /**
         * Opens the source. May take its time; a call that does not return is abandoned like a read.
         *
         * @return a new source
         * @throws IOException if it cannot be opened now; it is tried again after a longer pause
         */
        FrameSource open() throws IOException;
    }
}
