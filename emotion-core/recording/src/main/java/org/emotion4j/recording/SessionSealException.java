package org.emotion4j.recording;

/** An encrypted session does not open: no key, the wrong key, or it was altered. */
public class SessionSealException extends SessionFormatException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure without another behind it.
     *
     * @param message what was found and what to do
     */
    public SessionSealException(String message) {
        super(message);
    }

    /**
     * A failure that another one caused.
     *
     * @param message what was found and what to do
     * @param cause the other one
     */
    public SessionSealException(String message, Throwable cause) {
        super(message, cause);
    }
}
