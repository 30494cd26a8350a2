package org.emotion4j.window;

import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.reading.MediaClock;

/** What the window says, in one language. Immutable. */
final class Texts {
    /** The languages that there are texts in, the first for everybody else. */
    static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.forLanguageTag("es"));

    private final Locale locale;
    private final ResourceBundle bundle;

    private Texts(Locale locale) {
        this.locale = locale;
        this.bundle = ResourceBundle.getBundle(
                Texts.class.getPackageName() + ".texts",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_DEFAULT));
    }

    /** Returns the texts of a language or, where there are none in it, the English ones. */
    static Texts of(Locale wanted) {
        return new Texts(LANGUAGES.stream()
                .filter(each -> each.getLanguage().equals(wanted.getLanguage()))
                .findFirst()
                .orElse(LANGUAGES.get(0)));
    }

    Locale locale() {
        return locale;
    }

    /** Returns a text; the markers of its mnemonic are taken out. */
    String get(String key) {
        return raw(key).replaceFirst("&(?=\\S)", "");
    }

    /** Returns a text where there is one, else something else. */
    String getOr(String key, String otherwise) {
        return bundle.containsKey(key) ? get(key) : otherwise;
    }

    /** Returns a text with values filled in; a day is written out as it is in this language. */
    String get(String key, Object... values) {
        Object[] written = Arrays.stream(values)
                .map(value -> value instanceof LocalDate day ? date(day) : value)
                .toArray();
        return new MessageFormat(raw(key), locale).format(written);
    }

    /** The letter behind the ampersand, for the keyboard. */
    Optional<Character> mnemonic(String key) {
        String text = raw(key);
        int at = text.indexOf('&');
        return at < 0 || at + 1 == text.length() || Character.isWhitespace(text.charAt(at + 1))
                ? Optional.empty()
                : Optional.of(Character.toUpperCase(text.charAt(at + 1)));
    }

    String of(Emotion emotion) {
        return get("emotion." + emotion.label());
    }

    /** Returns the name of an expression, or "no clear expression". */
    String of(Optional<Emotion> label) {
        return label.map(this::of).orElseGet(() -> get("emotion.none"));
    }

    /** Returns names one after the other, for example {@code angry, sad and neutral}. */
    String list(List<String> names) {
        int last = names.size() - 1;
        return last < 1
                ? String.join("", names)
                : get("list.and", String.join(", ", names.subList(0, last)), names.get(last));
    }

    /** Returns a day, for example {@code 28 Nov 2027}. */
    String date(LocalDate day) {
        return DateTimeFormatter.ofPattern("d MMM yyyy", locale).format(day);
    }

    /** Returns a moment by the clock of a place, for example {@code 28 Nov 2027, 15:04}. */
    String moment(Instant moment, ZoneId zone) {
        return DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", locale).format(moment.atZone(zone));
    }

    /** Returns a number with as many decimals as it has, two at most. */
    String plain(double value) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(2);
        return format.format(value);
    }

    /** Returns a share in per cent. */
    String percent(double share) {
        NumberFormat format = NumberFormat.getPercentInstance(locale);
        return format.format(share);
    }

    /** Returns a number with one decimal. */
    String number(double value) {
        return number(value, 1);
    }

    /** Returns a number with so many decimals. */
    String number(double value, int decimals) {
        return String.format(locale, "%." + decimals + "f", value);
    }

    /** Returns a place in a recording, to a tenth of a second. */
    String place(long nanos) {
        return MediaClock.clock(nanos, locale);
    }

    /** Returns a length the way places in a recording are written. */
    String place(Duration length) {
        return place(length.toNanos());
    }

    /** Returns a time of a session that goes on, in whole seconds. */
    static String clock(long nanos) {
        return MediaClock.clockOfWholeSeconds(nanos);
    }

    private String raw(String key) {
        return bundle.getString(key);
    }
}
