package org.emotion4j.recording;

import java.time.Instant;
import java.util.regex.Pattern;
import org.emotion4j.session.SessionRecorder;

/**
 * A moment that somebody marked while recording, for example {@code "exposure begins"}.
 *
 * @param mediaNanos when, in nanoseconds of media time
 * @param wallTime when, by the clock
 * @param text what for, 1 to 500 characters on one line
 */
public record SessionMarker(long mediaNanos, Instant wallTime, String text) {
    /** The longest text. */
    public static final int MAX_TEXT = 500;

    private static final Pattern GAP = Pattern.compile("gap begins: source .*|gap of \\S+ ends");

    /**
     * Checks the text; line breaks in it become blanks.
     *
     * @param mediaNanos as {@link #mediaNanos()}
     * @param wallTime as {@link #wallTime()}
     * @param text as {@link #text()}
     * @throws IllegalArgumentException if the text is blank or too long
     */
    public SessionMarker {
        text = Texts.checked("marker", Texts.onOneLine(text), MAX_TEXT);
    }

    /**
     * Tells whether the session set it by itself: where it was held and went on, or where its source had a gap. Such a marker
     * is no topic, and begins no stretch. It is told by its text, so what somebody marks {@code "pause"} counts as one.
     *
     * @return false of what somebody marked
     */
    public boolean isOwn() {
        return text.equals(SessionRecorder.PAUSE)
                || text.equals(SessionRecorder.RESUME)
                || GAP.matcher(text).matches();
    }
}
