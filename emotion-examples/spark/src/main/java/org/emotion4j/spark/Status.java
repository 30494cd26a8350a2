package org.emotion4j.spark;

import java.util.Arrays;
import java.util.Locale;

/** What became of an input. */
enum Status {
    /** Read to its end. */
    READ,
    /** Read, but a part of it is missing: the film is cut off, or frames could not be read. It has rows and a failure. */
    INCOMPLETE,
    /** Not read; the next run tries again. */
    FAILED,
    /** Not read, because it may not be. */
    SKIPPED,
    /** Read by an earlier run, and neither it nor models and settings have changed. */
    UNCHANGED,
    /** Not read yet: a film that is to be read in parts. Never in a table. */
    LONG;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Status of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    static boolean isWord(String word) {
        return Arrays.stream(values()).anyMatch(status -> status.word().equals(word));
    }

    /** Whether what earlier runs left of the input is to be replaced. */
    boolean isNews() {
        return this != UNCHANGED && this != LONG;
    }

    /** Whether there are rows of it in the readings. */
    boolean hasRows() {
        return this == READ || this == INCOMPLETE;
    }
}
