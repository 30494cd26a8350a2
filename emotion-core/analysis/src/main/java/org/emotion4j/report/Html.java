package org.emotion4j.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.recording.WallTime;

/** Text, numbers and colours of a page. */
final class Html {
    private Html() {}

    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    static String format(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }

    static String percent(double share) {
        return Double.isNaN(share) ? "–" : format("%.1f %%", 100 * share);
    }

    static String number(double value, int decimals) {
        return Double.isNaN(value) ? "–" : format("%." + decimals + "f", value);
    }

    /** Formats a length for a sentence: {@code 1 second}, {@code 10 seconds}, {@code 2 minutes}, {@code 500 milliseconds}. */
    static String describe(Duration length) {
        long millis = length.toMillis();
        if (millis % 1000 != 0) {
            return counted(millis, "millisecond");
        }
        long seconds = length.toSeconds();
        if (seconds % 3600 == 0 && seconds > 0) {
            return counted(seconds / 3600, "hour");
        }
        return seconds % 60 == 0 && seconds > 0 ? counted(seconds / 60, "minute") : counted(seconds, "second");
    }

    static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** {@code once}, {@code twice}, {@code 3 times}. */
    static String times(long count) {
        return count == 1 ? "once" : count == 2 ? "twice" : count + " times";
    }

    /** Settings are kept as a program writes them; a length of time reads better in words. */
    static String setting(String value) {
        try {
            return value.startsWith("PT") ? describe(Duration.parse(value)) : value;
        } catch (DateTimeParseException e) {
            return value;
        }
    }

    /** A moment where this program runs, with its zone: {@code 2026-11-02 04:00:00 -05:00 (America/Lima)}. */
    static String moment(Instant instant) {
        return WallTime.describe(instant, ZoneId.systemDefault());
    }

    /** The day of a moment where this program runs: {@code 2026-11-02}. */
    static String day(Instant instant) {
        return WallTime.day(instant, ZoneId.systemDefault()).toString();
    }

    /** Okabe and Ito's colours, which the colour-blind can tell apart; the same as in our pictures. */
    static String color(Optional<Emotion> label) {
        return label.map(emotion -> switch (emotion) {
                    case ANGRY -> "#D55E00";
                    case DISGUST -> "#009E73";
                    case FEAR -> "#CC79A7";
                    case HAPPY -> "#F0E442";
                    case SAD -> "#0072B2";
                    case SURPRISE -> "#56B4E9";
                    case NEUTRAL -> "#C8C8C8";
                })
                .orElse("#666666");
    }
}
