package org.emotion4j.session;

/** How a session came to its end. */
public enum SessionEnd {
    /** The source was read to its end. Single pictures of it may not have been readable: see {@link UnreadInput}. */
    FINISHED("the input was read to its end", true),
    /** A live source, which has no end of its own, was stopped. */
    LIVE_STOPPED("the live source was stopped by its user", true),
    /** The application ended the recording, and not the session. */
    RECORDING_ENDED("the application ended the recording, and the session went on", true),
    /** A file was stopped before its end. */
    STOPPED("stopped by its user before the input's end", false),
    /** The thread was interrupted, or the program was ended (SIGINT, SIGTERM), before the end. */
    INTERRUPTED("interrupted before the input's end", false),
    /** The input was read to where it ends, and it should have gone on. */
    CUT_INPUT("the input is cut off", false),
    /** The source failed. */
    SOURCE_FAILED("the source failed", false),
    /** The caller's own listener failed and so ended the run. */
    LISTENER_FAILED("a listener failed", false),
    /** The memory did not suffice. */
    OUT_OF_MEMORY("the memory did not suffice", false),
    /** A stage broke down in a way that no further frame could be analyzed. */
    ANALYSIS_FAILED("the analysis failed", false),
    /** Rows could no longer be written, for example on a full disk. */
    RECORDING_FAILED("the record could not be written further", false),
    /** The session that was to be recorded did not take the recorder. */
    NOT_BEGUN("no recording began", false),
    /** The record was closed while its run was going on, so nobody said how that ended. */
    CLOSED_EARLY("the record was closed before the run had ended", false);

    private final String words;
    private final boolean regular;

    SessionEnd(String words, boolean regular) {
        this.words = words;
        this.regular = regular;
    }

    /**
     * Tells whether the session ended as it should; a record then says that it is finished.
     *
     * @return false where something of the input was left that was meant to be read
     */
    public boolean isRegular() {
        return regular;
    }

    /**
     * Says it in English.
     *
     * @return for example {@code "stopped by its user before the input's end"}
     */
    public String describe() {
        return words;
    }
}
