package org.emotion4j.spark;

/** What the user gave cannot be used. The message names it and the cause; the exit code is 2. */
final class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadInputException(String message) {
        super(message);
    }

    BadInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
