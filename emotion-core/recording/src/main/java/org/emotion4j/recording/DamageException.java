package org.emotion4j.recording;

/** Something in the rows that no recorder writes and no crash leaves. The message says which cell and what it holds. */
final class DamageException extends Exception {
    private static final long serialVersionUID = 1L;

    DamageException(String message) {
        super(message);
    }
}
