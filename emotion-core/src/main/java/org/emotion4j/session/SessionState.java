package org.emotion4j.session;

import java.util.Locale;

/** How far a session's record has come. */
public enum SessionState {
    /**
     * Begun and not ended: it is being recorded now, or the recording program died.
     * {@link SessionReader#isUnfinished()} tells which.
     */
    RECORDING,
    /** Ended as it should. */
    FINISHED,
    /** Ended early because rows could no longer be written, for example on a full disk. */
    STOPPED,
    /** The recording program died; {@link SessionReader#recover} has tidied up what reached the disk. */
    RECOVERED,
    /** A CSV without a {@code session.json}: nothing is known but its rows. */
    UNDESCRIBED;

    /** Returns the word used in {@code session.json}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
