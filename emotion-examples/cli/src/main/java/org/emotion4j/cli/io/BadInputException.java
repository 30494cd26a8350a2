package org.emotion4j.cli.io;

/** What the user gave cannot be used. The message names it and the cause; the exit code is 2. */
public final class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadInputException(String message) {
        super(message);
    }

    public BadInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
