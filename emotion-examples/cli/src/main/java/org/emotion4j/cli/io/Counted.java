package org.emotion4j.cli.io;

/** A number with its noun, in English. */
public final class Counted {
    private Counted() {}

    /** For example {@code "1 frame"} or {@code "0 frames"}; of nouns that take an s. */
    public static String of(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
