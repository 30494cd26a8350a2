package org.emotion4j.examples;

/** A number with its noun, in English. */
final class Counted {
    private Counted() {}

    /** For example {@code "1 frame"} or {@code "0 frames"}; of nouns that take an s. */
    static String of(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
