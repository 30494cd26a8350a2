package org.emotion4j.words;

import java.math.RoundingMode;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.reading.MediaClock;

/**
 * What figures and pages say, in one language: texts of the bundle {@code words}, and numbers and dates as the locale writes
 * them. Another language is another bundle, {@code words_qu.properties} for example, with the keys of
 * {@code words.properties}. Immutable.
 */
public final class Words {
    /** Where a figure is missing. */
    public static final String NONE = "–";

    private static final String BUNDLE = Words.class.getPackageName() + ".words";

    private final Locale locale;
    private final ResourceBundle bundle;

    private Words(Locale locale, ResourceBundle bundle) {
        this.locale = locale;
        this.bundle = bundle;
    }

    /**
     * Finds the texts of a language.
     *
     * @param locale the language; with a country, its numbers too
     * @return the texts
     * @throws IllegalArgumentException if there are none in this language
     */
    public static Words of(Locale locale) {
        if (!has(locale)) {
            throw new IllegalArgumentException("there are no texts in the language \"" + locale.toLanguageTag()
                    + "\"; en and es come with the library, others are found as words_" + locale.getLanguage()
                    + ".properties beside them");
        }
        return new Words(locale, ResourceBundle.getBundle(BUNDLE, locale));
    }

    /**
     * Tells whether there are texts in a language.
     *
     * @param locale the language
     * @return whether {@link #of} finds them
     */
    public static boolean has(Locale locale) {
        // a bundle of the machine's own language, or the English root, may come back instead
        return ResourceBundle.getBundle(BUNDLE, locale)
                .getLocale()
                .getLanguage()
                .equals(locale.getLanguage());
    }

    /**
     * Returns the English texts.
     *
     * @return what everybody gets who does not ask for a language
     */
    public static Words english() {
        return of(Locale.ENGLISH);
    }

    /**
     * Returns the language.
     *
     * @return as it was asked for
     */
    public Locale locale() {
        return locale;
    }

    /**
     * Returns a text with values filled in.
     *
     * @param key of the text
     * @param values for {@code {0}} and on
     * @return the text
     */
    public String say(String key, Object... values) {
        return new MessageFormat(bundle.getString(key), locale).format(values);
    }

    /**
     * Returns a text where there is one.
     *
     * @param key of the text
     * @param otherwise what is said where there is none
     * @return either
     */
    public String sayOr(String key, String otherwise) {
        try {
            return say(key);
        } catch (MissingResourceException e) {
            return otherwise;
        }
    }

    /**
     * Names an expression.
     *
     * @param emotion which
     * @return its name
     */
    public String of(Emotion emotion) {
        return say("emotion." + emotion.label());
    }

    /**
     * Names a label.
     *
     * @param label an expression; empty for no clear expression
     * @return its name
     */
    public String of(Optional<Emotion> label) {
        return label.map(this::of).orElseGet(() -> say("emotion.none"));
    }

    /**
     * Names several things.
     *
     * @param names in their order
     * @return for example {@code "angry, sad and neutral"}
     */
    public String list(List<String> names) {
        int last = names.size() - 1;
        return last < 1
                ? String.join("", names)
                : say("list.and", String.join(", ", names.subList(0, last)), names.get(last));
    }

    /**
     * Writes a number.
     *
     * @param value any; not a number is a dash
     * @param decimals how many, all of them written
     * @return for example {@code 12.40}
     */
    public String number(double value, int decimals) {
        return Double.isNaN(value) ? NONE : format(decimals).format(unsignedZero(value, decimals));
    }

    /** What is zero in so many decimals has no sign. */
    private static double unsignedZero(double value, int decimals) {
        return Math.abs(value) * Math.pow(10, decimals) < 0.5 ? 0 : value;
    }

    /**
     * Writes a number of things.
     *
     * @param count how many
     * @return for example {@code 4,733}
     */
    public String count(long count) {
        return format(0).format(count);
    }

    /**
     * Writes a difference with its sign.
     *
     * @param value any; not a number is a dash
     * @param decimals how many
     * @return for example {@code +1.5}
     */
    public String signed(double value, int decimals) {
        return (unsignedZero(value, decimals) > 0 ? "+" : "") + number(value, decimals);
    }

    /**
     * Writes a share in per cent with one decimal.
     *
     * @param share 0 to 1; not a number is a dash
     * @return for example {@code 40.1 %}
     */
    public String percent(double share) {
        return percent(share, 1);
    }

    /**
     * Writes a share in per cent.
     *
     * @param share 0 to 1; not a number is a dash
     * @param decimals how many
     * @return for example {@code 40 %}
     */
    public String percent(double share, int decimals) {
        return Double.isNaN(share) ? NONE : number(100 * share, decimals) + " %";
    }

    /**
     * Writes seconds with two decimals.
     *
     * @param nanos how long
     * @return for example {@code 0.48 s}
     */
    public String seconds(long nanos) {
        return number(nanos / 1e9, 2) + " s";
    }

    /**
     * Writes a place in a recording, to a tenth of a second.
     *
     * @param nanos media time
     * @return for example {@code 4:46.8}
     */
    public String clock(long nanos) {
        return MediaClock.clock(nanos, locale);
    }

    /**
     * Writes how long something is, the way places in a recording are written.
     *
     * @param length how long
     * @return for example {@code 4:46.8}
     */
    public String clock(Duration length) {
        return clock(length.toNanos());
    }

    /**
     * Writes a length for a sentence.
     *
     * @param length how long
     * @return for example {@code 10 seconds}
     */
    public String length(Duration length) {
        long seconds = length.toSeconds();
        if (length.toMillis() % 1000 != 0) {
            return say("length.milliseconds", length.toMillis());
        }
        if (seconds > 0 && seconds % 3600 == 0) {
            return say("length.hours", seconds / 3600);
        }
        return seconds > 0 && seconds % 60 == 0 ? say("length.minutes", seconds / 60) : say("length.seconds", seconds);
    }

    /**
     * Writes a day.
     *
     * @param day which
     * @return for example {@code November 2, 2026}
     */
    public String day(LocalDate day) {
        return DateTimeFormatter.ofPattern(bundle.getString("date.day"), locale).format(day);
    }

    /**
     * Writes the day of a moment, where this program runs.
     *
     * @param moment when
     * @return for example {@code November 2, 2026}
     */
    public String day(Instant moment) {
        return day(LocalDate.ofInstant(moment, ZoneId.systemDefault()));
    }

    /**
     * Writes a moment by the clock where this program runs, and says whose clock that is.
     *
     * @param moment when
     * @return for example {@code November 2, 2026, 04:00:00 (America/Lima, UTC-05:00)}
     */
    public String moment(Instant moment) {
        ZonedDateTime there = moment.atZone(ZoneId.systemDefault());
        String when = DateTimeFormatter.ofPattern(bundle.getString("date.moment"), locale)
                .format(there);
        String zone = there.getZone().getId();
        return zone.startsWith("UTC")
                ? say("date.inZone", when, zone)
                : say(
                        "date.inZoneOf",
                        when,
                        zone,
                        DateTimeFormatter.ofPattern("xxx", Locale.ROOT).format(there));
    }

    private NumberFormat format(int decimals) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format;
    }

    @Override
    public String toString() {
        return "Words[" + locale.toLanguageTag() + "]";
    }
}
