package org.emotion4j.window;

/** How far the window's session has come. */
enum Phase {
    /** No source is chosen. */
    IDLE,
    /** The source and the models are being opened. */
    OPENING,
    /** The source is there, its picture is shown, and nothing is counted or recorded. */
    READY,
    /** The session is being begun; nothing can be changed any longer. */
    STARTING,
    /** The session is going on. */
    RUNNING,
    /** The session is held. */
    PAUSED,
    /** The session is being ended. */
    STOPPING,
    /** The session has ended, and its summary is there. */
    STOPPED,
    /** The source could not be opened or was lost. */
    FAILED;

    /** Whether another source or another model can be chosen now. */
    boolean canOpen() {
        return this == IDLE || this == READY || this == STOPPED || this == FAILED || this == OPENING;
    }

    boolean isGoingOn() {
        return this == RUNNING || this == PAUSED;
    }

    /** Whether a session has been and can be looked back on. */
    boolean hasEnded() {
        return this == STOPPED || this == FAILED;
    }
}
