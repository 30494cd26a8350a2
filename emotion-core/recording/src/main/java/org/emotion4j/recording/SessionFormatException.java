package org.emotion4j.recording;

import java.io.IOException;

/** A folder or file is not a session that this library can read. The message says what was found and what to do. */
public class SessionFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure without another behind it.
     *
     * @param message what was expected, what was found and what to do
     */
    public SessionFormatException(String message) {
        super(message);
    }

    /**
     * A failure that another one caused.
     *
     * @param message what was expected, what was found and what to do
     * @param cause the other one
     */
    public SessionFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
