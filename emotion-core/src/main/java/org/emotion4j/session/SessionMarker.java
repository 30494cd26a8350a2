package org.emotion4j.session;

import java.time.Instant;

/**
 * A moment that somebody marked while recording, for example {@code "exposure begins"}.
 *
 * @param mediaNanos when, in nanoseconds of media time
 * @param wallTime when, by the clock
 * @param text what for, 1 to 500 characters on one line
 */
public record SessionMarker(long mediaNanos, Instant wallTime, String text) {
    /**
     * Checks the text; line breaks in it become blanks.
     *
     * @throws IllegalArgumentException if the text is blank or too long
     */
    public SessionMarker {
        text = Texts.checked("marker", Texts.onOneLine(text), 500);
    }
}
