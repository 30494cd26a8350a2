package org.emotion4j.window;

import java.util.Optional;
import org.emotion4j.recording.SessionMetadata;

/**
 * Somebody who is recorded: a pseudonym, and whether this person has agreed. Another pseudonym is another person, who has not. Immutable.
 *
 * @param subject the pseudonym; empty before it is filled in
 * @param agreement that the person has agreed; empty where the person has not
 */
record Party(String subject, Optional<Agreement> agreement) {
    static final Party NOBODY = new Party("", Optional.empty());

    Party withSubject(String value) {
        String stripped = value.strip();
        return new Party(stripped, stripped.equals(subject) ? agreement : Optional.empty());
    }

    Party with(Optional<Agreement> value) {
        return new Party(subject, value);
    }

    /** Whether the pseudonym can stand in a record. */
    boolean hasPseudonym() {
        try {
            return SessionMetadata.withoutConsent()
                    .withSubject(subject)
                    .subjectId()
                    .isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether there is nothing more to ask. */
    boolean isReady() {
        return hasPseudonym() && agreement.isPresent();
    }
}
