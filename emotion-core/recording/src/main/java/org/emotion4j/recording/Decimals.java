package org.emotion4j.recording;

import java.math.BigDecimal;

/** Decimal numbers of files, exactly. */
final class Decimals {
    /** More than any number of ours has; {@link BigDecimal} takes the square of it. */
    private static final int LONGEST = 64;

    /** Beyond all doubles. Where {@code 1e600000000} is made a whole number, each of its digits is written out. */
    private static final int MOST_PLACES = 400;

    private Decimals() {}

    /**
     * Reads a number.
     *
     * @throws NumberFormatException if it is none, or none that a record can have
     */
    static BigDecimal parse(String text) {
        if (text.length() > LONGEST) {
            throw new NumberFormatException("a number of " + text.length() + " characters");
        }
        BigDecimal value = new BigDecimal(text);
        if (Math.abs((long) value.scale()) > MOST_PLACES) {
            throw new NumberFormatException(text + " is too large or too small");
        }
        return value;
    }

    /**
     * Reads a time of milliseconds.
     *
     * @return nanoseconds
     * @throws NumberFormatException as {@link #parse}
     * @throws ArithmeticException if it has parts of a nanosecond, or is more than a long holds
     */
    static long millis(String text) {
        return parse(text).movePointRight(6).longValueExact();
    }
}
