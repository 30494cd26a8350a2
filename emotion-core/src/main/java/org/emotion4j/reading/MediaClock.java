package org.emotion4j.reading;

import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;

/** How media time is written for people: one way on pages, in summaries and in windows. */
public final class MediaClock {
    private MediaClock() {}

    /**
     * Writes a time as pages, summaries and windows do, rounded to a tenth of a second.
     *
     * @param nanos a place in a recording, in nanoseconds
     * @return minutes and seconds, with hours where there are any: {@code 0:05.3}, {@code 4:59.9}, {@code 1:02:03.0}
     */
    public static String clock(long nanos) {
        return clock(nanos, Locale.ROOT);
    }

    /**
     * Writes a time with the decimal separator of a language.
     *
     * @param nanos a place in a recording, in nanoseconds
     * @param locale the language
     * @return as {@link #clock(long)}, in Spanish {@code 0:05,3}
     */
    public static String clock(long nanos, Locale locale) {
        long tenths = Math.round(Math.abs(nanos / 1e8));
        return (nanos < 0 && tenths > 0 ? "-" : "")
                + clockOfSeconds(tenths / 10)
                + DecimalFormatSymbols.getInstance(locale).getDecimalSeparator()
                + Character.forDigit((int) (tenths % 10), 10);
    }

    /**
     * Writes a length of time the way places in a recording are written.
     *
     * @param length of at most 292 years to either side
     * @return as {@link #clock(long)}
     * @throws ArithmeticException if it is longer
     */
    public static String clock(Duration length) {
        return clock(length.toNanos());
    }

    /**
     * Writes a time in whole seconds, for a clock that runs and for the axis of a picture.
     *
     * @param nanos a place in a recording, in nanoseconds; what is begun of a second does not count
     * @return minutes and seconds, with hours where there are any: {@code 0:05}, {@code 4:59}, {@code 1:02:03}
     */
    public static String clockOfWholeSeconds(long nanos) {
        long seconds = Math.abs(nanos / 1_000_000_000L);
        return (nanos < 0 && seconds > 0 ? "-" : "") + clockOfSeconds(seconds);
    }

    private static String clockOfSeconds(long seconds) {
        return seconds < 3_600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    }
}
