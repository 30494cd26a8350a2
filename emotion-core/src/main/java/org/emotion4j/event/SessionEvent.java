package org.emotion4j.event;

import java.util.Objects;

/**
 * An event in a session: what a face did, and whose face. Immutable.
 *
 * @param faceId the face's id in the session
 * @param ofSubject whether the session was about this face then
 * @param event what it did
 */
public record SessionEvent(int faceId, boolean ofSubject, FacialEvent event) {
    /**
     * Requires an event.
     *
     * @param faceId as {@link #faceId()}
     * @param ofSubject as {@link #ofSubject()}
     * @param event as {@link #event()}
     */
    public SessionEvent {
        Objects.requireNonNull(event, "event");
    }

    /** Returns the event in one line, for example {@code "face 1: happy 1.20 to 2.85 s, peak 0.93 at 1.60 s"}. */
    @Override
    public String toString() {
        return "face " + faceId + ": " + event;
    }
}
