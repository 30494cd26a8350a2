package org.emotion4j.emotion;

import java.time.Duration;

/** The range of times that a smoother accepts. */
final class SmoothingTime {
    private static final Duration LONGEST = Duration.ofHours(1);

    private SmoothingTime() {}

    static Duration checked(String option, Duration value) {
        if (value.isZero() || value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    option + " is " + value + ", expected above PT0S and at most " + LONGEST);
        }
        return value;
    }
}
