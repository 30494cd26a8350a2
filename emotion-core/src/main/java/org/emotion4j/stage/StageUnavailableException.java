package org.emotion4j.stage;

/**
 * What computes a stage is not on this machine or does not run here: a native library that is missing, or is there and does
 * not load. Another stage for the same task may run all the same, so a default goes over to the next one.
 */
public final class StageUnavailableException extends StageException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message what does not run, why, and what to do about it
     * @param cause what the loader said
     */
    public StageUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
