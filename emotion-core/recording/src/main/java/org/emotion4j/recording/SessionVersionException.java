package org.emotion4j.recording;

/** A session was recorded by a newer Emotion4J, in a format that this one does not know. */
public class SessionVersionException extends SessionFormatException {
    private static final long serialVersionUID = 1L;

    /**
     * A session of a newer format.
     *
     * @param message which version was found, which are known, and what to do
     */
    public SessionVersionException(String message) {
        super(message);
    }
}
