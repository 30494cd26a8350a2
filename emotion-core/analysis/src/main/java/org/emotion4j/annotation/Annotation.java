package org.emotion4j.annotation;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A stretch of time and what was there. Immutable.
 *
 * @param startNanos its start, in nanoseconds of media time
 * @param endNanos its end, not before the start
 * @param label what was there, for example {@code "happy"}
 * @param value how strong it was at its most, 0 to 1 or degrees; empty where that means nothing
 */
public record Annotation(long startNanos, long endNanos, String label, OptionalDouble value) {
    /**
     * Requires an order in time.
     *
     * @param startNanos as {@link #startNanos()}
     * @param endNanos as {@link #endNanos()}
     * @param label as {@link #label()}
     * @param value as {@link #value()}
     * @throws IllegalArgumentException if it ends before it begins
     */
    public Annotation {
        if (endNanos < startNanos) {
            throw new IllegalArgumentException(
                    "the annotation \"" + label + "\" ends at " + endNanos + " ns, before its start at " + startNanos);
        }
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(value, "value");
    }
}
