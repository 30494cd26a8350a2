package org.emotion4j.opencv;

/**
 * Reads codes of Lempel, Ziv and Welch as GIF and TIFF write them, and counts what they stand for without making it. Codes
 * that were changed stand for strings of another length, or for strings that are not known yet.
 */
final class LzwStrings {
    /** What a code source returns at the end of its data. */
    static final int NO_MORE = -1;

    private static final int MAX_BITS = 12;

    private final int literals;
    private final int firstBits;

    /** TIFF makes codes longer one code before it has to (TIFF 6.0, section 13). */
    private final int early;

    private final int[] lengths = new int[1 << MAX_BITS];

    private LzwStrings(int literalBits, int early) {
        this.literals = 1 << literalBits;
        this.firstBits = literalBits + 1;
        this.early = early;
    }

    static LzwStrings ofTiff() {
        return new LzwStrings(8, 1);
    }

    static LzwStrings ofGif(int literalBits) {
        return new LzwStrings(literalBits, 0);
    }

    /** Where codes come from. */
    interface Codes {
        /** Returns the next code of so many bits, or {@link #NO_MORE}. */
        int next(int bits);
    }

    /**
     * Counts.
     *
     * @param expected how many bytes or samples there have to be
     * @return how many there are before the end code, the end of the data, or a code that cannot be; reading stops once
     *     there are as many as expected
     */
    long count(Codes codes, long expected) {
        long count = 0;
        int bits = firstBits;
        int free = literals + 2;
        int before = NO_MORE;
        while (count < expected) {
            int code = codes.next(bits);
            if (code == literals) {
                bits = firstBits;
                free = literals + 2;
                before = NO_MORE;
                continue;
            } else if (code == NO_MORE || code == literals + 1) {
                return count;
            }
            if (before == NO_MORE ? code >= literals : code > free || code == free && free == lengths.length) {
                return count;
            }
            int length = code < literals ? 1 : code == free ? length(before) + 1 : lengths[code];
            count += length;
            if (before != NO_MORE && free < lengths.length) {
                lengths[free++] = length(before) + 1;
                if (free + early >= 1 << bits && bits < MAX_BITS) {
                    bits++;
                }
            }
            before = code;
        }
        return count;
    }

    private int length(int code) {
        return code < literals ? 1 : lengths[code];
    }
}
