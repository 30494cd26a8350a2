package org.emotion4j.recording;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.stage.Experimental;

/**
 * Something that somebody added to a recorded session afterwards: a note, a later marker, a corrected label, a questionnaire's
 * figure, or that one of these is taken back. Immutable.
 *
 * @param number counts a session's notes, 1 or more
 * @param kind what it is
 * @param by who wrote it, 1 to 100 characters on one line
 * @param writtenAt when it was written, to the millisecond
 * @param fromNanos the moment, or where the stretch begins, in nanoseconds of media time, to the microsecond; empty where it is
 *     about the session as a whole
 * @param toNanos where the stretch ends; empty of a moment
 * @param label what the face showed instead, of a correction; empty of one says that there was no clear expression
 * @param value a questionnaire's figure
 * @param about the number of the note that is taken back
 * @param text what was written: a questionnaire's name, a marker's text; may be the empty string of corrections and of what takes
 *     a note back
 */
@Experimental
public record SessionNote(
        long number,
        Kind kind,
        String by,
        Instant writtenAt,
        OptionalLong fromNanos,
        OptionalLong toNanos,
        Optional<Emotion> label,
        OptionalDouble value,
        OptionalLong about,
        String text) {
    /** The longest text of a note. */
    public static final int MAX_TEXT = 2_000;

    /** The longest name of whoever writes. */
    public static final int MAX_NAME = 100;

    /** What somebody adds to a session. */
    public enum Kind {
        /** A note on a moment, a stretch or the session. */
        NOTE,
        /** A marker that was set after the session: it begins a stretch as one that was set in it. */
        MARKER,
        /** The label of a stretch as a person sees it. */
        LABEL,
        /** The figure of a questionnaire that belongs to the session. */
        FIGURE,
        /** Takes an earlier one back. */
        WITHDRAWAL;

        /**
         * Returns the kind as the file has it.
         *
         * @return for example {@code "note"}
         */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Kind> ofCode(String code) {
            for (Kind kind : values()) {
                if (kind.code().equals(code)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * Checks that the note has what its kind needs and nothing else; line breaks in texts become blanks.
     *
     * @param number as {@link #number()}
     * @param kind as {@link #kind()}
     * @param by as {@link #by()}
     * @param writtenAt as {@link #writtenAt()}
     * @param fromNanos as {@link #fromNanos()}
     * @param toNanos as {@link #toNanos()}
     * @param label as {@link #label()}
     * @param value as {@link #value()}
     * @param about as {@link #about()}
     * @param text as {@link #text()}
     * @throws IllegalArgumentException if it has not, a text is too long, or the stretch has no length
     */
    public SessionNote {
        Objects.requireNonNull(kind, "kind");
        by = Texts.checked("the name of whoever writes", Texts.onOneLine(by), MAX_NAME);
        text = Texts.onOneLine(text).strip();
        boolean needsText = kind == Kind.NOTE || kind == Kind.MARKER || kind == Kind.FIGURE;
        if (needsText || !text.isEmpty()) {
            text = Texts.checked(kind.code(), text, kind == Kind.MARKER ? SessionMarker.MAX_TEXT : MAX_TEXT);
        }
        require(number > 0, kind, "a number above 0");
        require(kind != Kind.MARKER || fromNanos.isPresent(), kind, "a moment");
        require(kind != Kind.LABEL || toNanos.isPresent(), kind, "a stretch of time");
        require(kind != Kind.MARKER || toNanos.isEmpty(), kind, "one moment and no stretch");
        require(isTimed(kind) || fromNanos.isEmpty(), kind, "no time in the session");
        require(toNanos.isEmpty() || fromNanos.isPresent(), kind, "a stretch that begins");
        require(
                toNanos.isEmpty() || toNanos.getAsLong() > fromNanos.getAsLong(),
                kind,
                "a stretch that ends after it begins");
        require(kind == Kind.LABEL || label.isEmpty(), kind, "no label");
        require((kind == Kind.FIGURE) == value.isPresent(), kind, "a value where it is a figure, and nowhere else");
        require(value.isEmpty() || Double.isFinite(value.getAsDouble()), kind, "a finite value");
        require((kind == Kind.WITHDRAWAL) == about.isPresent(), kind, "the number of the note that it takes back");
    }

    private static boolean isTimed(Kind kind) {
        return kind == Kind.NOTE || kind == Kind.MARKER || kind == Kind.LABEL;
    }

    private static void require(boolean holds, Kind kind, String expected) {
        if (!holds) {
            throw new IllegalArgumentException("a " + kind.code() + " needs " + expected);
        }
    }

    SessionNote withNumber(long value) {
        return new SessionNote(value, kind, by, writtenAt, fromNanos, toNanos, label, this.value, about, text);
    }

    /**
     * Returns a later marker as one that was set while recording.
     *
     * @return the marker; empty of anything else
     */
    public Optional<SessionMarker> marker() {
        return kind == Kind.MARKER
                ? Optional.of(new SessionMarker(fromNanos.getAsLong(), writtenAt, text))
                : Optional.empty();
    }
}
