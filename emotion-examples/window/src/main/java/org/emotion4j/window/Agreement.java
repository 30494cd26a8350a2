package org.emotion4j.window;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.emotion4j.recording.Consent;
import org.emotion4j.recording.ConsentText;
import org.emotion4j.recording.SessionSignature;

/**
 * That somebody has agreed to a recording of one person. Immutable.
 *
 * @param at when
 * @param guardian whether a legal guardian did, for a person who cannot
 * @param text which text, and how it was signed; empty where a box was ticked and no text shown
 * @param signature what was signed on the screen; empty unless the text was
 */
record Agreement(Instant at, boolean guardian, Optional<ConsentText> text, Optional<SessionSignature> signature) {
    /** By a tick alone. */
    static Agreement ticked(Instant at) {
        return new Agreement(at, false, Optional.empty(), Optional.empty());
    }

    /** As it stands in a record. */
    Consent consent(String purpose, LocalDate until) {
        return new Consent(guardian ? Consent.LEGAL_GUARDIAN : Consent.PERSON_RECORDED, at, purpose, until, text);
    }
}
