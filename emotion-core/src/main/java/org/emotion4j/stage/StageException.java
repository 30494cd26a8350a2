package org.emotion4j.stage;

/**
 * A stage could not do its work: weights that are damaged or of another network, native code that does not load, an
 * engine that fails. The message says what was asked, what was found and what to do.
 */
public class StageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure without another behind it.
     *
     * @param message what happened and what to do
     */
    public StageException(String message) {
        super(message);
    }

    /**
     * A failure that another one caused.
     *
     * @param message what happened and what to do
     * @param cause the other one
     */
    public StageException(String message, Throwable cause) {
        super(message, cause);
    }
}
