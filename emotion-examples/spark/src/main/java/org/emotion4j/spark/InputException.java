package org.emotion4j.spark;

import org.jspecify.annotations.Nullable;

/** An input that is not read; the message says why. */
final class InputException extends Exception {
    private static final long serialVersionUID = 1L;
    private final Status status;
    private final String sha256;

    /**
     * Says it.
     *
     * @param status what becomes of the input
     * @param sha256 of its content; empty where that is not known
     */
    InputException(Status status, String message, String sha256, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.sha256 = sha256;
    }

    static InputException failed(String message) {
        return new InputException(Status.FAILED, message, "", null);
    }

    static InputException skipped(String message) {
        return new InputException(Status.SKIPPED, message, "", null);
    }

    Outcome outcome(WorkItem item) {
        return Outcome.notRead(item.path(), status, Reasons.of(this), sha256);
    }
}
