package org.emotion4j.recording;

import java.util.Locale;

/** How far a session's record has come. */
public enum SessionState {
    /**
     * Begun and not ended: it is being recorded now, or the recording program died.
     * {@link SessionReader#isUnfinished()} tells which.
     */
    RECORDING,
    /** Ended as it should: the input was read to its end, or a live source was stopped. */
    FINISHED,
    /**
     * Ended early: {@link SessionInfo#end()} says how, for example because it was stopped, a file is cut off, the source or
     * a listener failed, or rows could no longer be written.
     */
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
