package org.emotion4j.recording;

import java.io.IOException;

/** A session is being recorded, or erased, by this or another program just now. Nothing was changed; it can be tried again later. */
public class SessionInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * A session that is in use.
     *
     * @param message which, and what to do
     */
    public SessionInUseException(String message) {
        super(message);
    }
}
