package org.emotion4j.stage.internal;

import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks for builders, all in the same words: an option is set once, and a number has a range. */
public final class BuilderOptions {
    private BuilderOptions() {}

    /**
     * Checks that an option is set for the first time.
     *
     * @param <T> of what type it is
     * @param option its name
     * @param set what it was set to before, or null
     * @param value what it is set to now
     * @return the value
     * @throws IllegalStateException if it was set before
     */
    public static <T> T once(String option, @Nullable Object set, T value) {
        requireUnset(option, set);
        return Objects.requireNonNull(value, option);
    }

    /**
     * Checks that an option, or one that excludes it, was not set.
     *
     * @param option its name
     * @param set what it was set to before, or null
     * @throws IllegalStateException if it was set before
     */
    public static void requireUnset(String option, @Nullable Object set) {
        if (set != null) {
            throw new IllegalStateException(option + " was set already to " + set);
        }
    }

    /**
     * Checks that an option is set for the first time, by its name, and remembers it.
     *
     * @param names of all that were set; the option is added
     * @param option its name
     * @throws IllegalStateException if it was set before
     */
    public static void once(Collection<String> names, String option) {
        if (names.contains(option)) {
            throw new IllegalStateException(option + " was set already");
        }
        names.add(option);
    }

    /**
     * Checks a whole number.
     *
     * @param option its name
     * @param value what it is to be
     * @param least the smallest that it may be
     * @param most the largest that it may be
     * @return the value
     * @throws IllegalArgumentException if it is out of its range
     */
    public static int range(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + " is " + value + ", expected " + least + " to " + most);
        }
        return value;
    }
}
