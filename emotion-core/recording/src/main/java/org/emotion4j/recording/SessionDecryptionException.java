package org.emotion4j.recording;

/** An encrypted session does not open: no key, the wrong key, or it was altered. */
public class SessionDecryptionException extends SessionFormatException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure without another behind it.
     *
     * @param message what was found and what to do
     */
    public SessionDecryptionException(String message) {
        super(message);
    }

    /**
     * A failure that another one caused.
     *
     * @param message what was found and what to do
     * @param cause the other one
     */
    public SessionDecryptionException(String message, Throwable cause) {
        super(message, cause);
    }
}
