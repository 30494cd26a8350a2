package org.emotion4j.window;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.emotion4j.recording.SessionMetadata;

/**
 * What is filled in before a session. Immutable.
 *
 * <p>Consent belongs to one person and one moment: another pseudonym takes it back.
 *
 * @param detector who finds the faces, by its provider's name
 * @param classifier who scores the expressions, by its provider's name
 * @param record whether the session is to be recorded; nothing below matters where it is not
 * @param person whom the session is about
 * @param companion who is recorded besides, with a record of their own; empty of a session of one person
 * @param purpose what the record is for
 * @param keepFor how long it may be kept
 */
record SessionForm(
        String detector,
        String classifier,
        boolean record,
        Party person,
        Optional<Party> companion,
        String purpose,
        Period keepFor) {
    private static final int PSEUDONYM_LENGTH = 8;

    /** What a recording needs. */
    enum Field {
        SUBJECT,
        CONSENT,
        PURPOSE,
        COMPANION;

        /** The key of what is said where it is missing. */
        String key() {
            return "missing." + name().toLowerCase(Locale.ROOT);
        }
    }

    static SessionForm blank(String detector, String classifier) {
        return new SessionForm(detector, classifier, false, Party.NOBODY, Optional.empty(), "", Period.ofYears(1));
    }

    /** Draws a pseudonym that is short enough to be written down. */
    static String newPseudonym() {
        return "P-" + SessionMetadata.newId().substring(0, PSEUDONYM_LENGTH);
    }

    SessionForm withStages(String newDetector, String newClassifier) {
        return new SessionForm(newDetector, newClassifier, record, person, companion, purpose, keepFor);
    }

    SessionForm withRecord(boolean value) {
        return new SessionForm(detector, classifier, value, person, companion, purpose, keepFor);
    }

    SessionForm withPerson(Party value) {
        return new SessionForm(detector, classifier, record, value, companion, purpose, keepFor);
    }

    /** Somebody is recorded besides, or nobody any longer. */
    SessionForm withCompanion(Optional<Party> value) {
        return new SessionForm(detector, classifier, record, person, value, purpose, keepFor);
    }

    /** Another pseudonym is another person, who has not agreed yet. */
    SessionForm withSubject(String value) {
        return withPerson(person.withSubject(value));
    }

    /** The person has agreed, or has not. */
    SessionForm withConsent(Optional<Agreement> value) {
        return withPerson(person.with(value));
    }

    /** For whoever comes next, who has neither a pseudonym nor agreed; purpose and time of keeping stay. */
    SessionForm forNextPerson() {
        return withPerson(Party.NOBODY).withCompanion(Optional.empty());
    }

    /** The pseudonym of whom the session is about. */
    String subject() {
        return person.subject();
    }

    /** Whether the person has agreed. */
    boolean consent() {
        return person.agreement().isPresent();
    }

    SessionForm withPurpose(String value) {
        return new SessionForm(detector, classifier, record, person, companion, value.strip(), keepFor);
    }

    SessionForm withKeepFor(Period value) {
        return new SessionForm(detector, classifier, record, person, companion, purpose, value);
    }

    /** What is missing or not right before the session can be recorded; nothing where it is not to be. */
    Set<Field> missing() {
        Set<Field> missing = EnumSet.noneOf(Field.class);
        if (!record) {
            return missing;
        }
        if (!person.hasPseudonym()) {
            missing.add(Field.SUBJECT);
        }
        if (!consent()) {
            missing.add(Field.CONSENT);
        }
        if (!hasPurpose()) {
            missing.add(Field.PURPOSE);
        }
        if (companion
                .filter(other -> !other.isReady() || other.subject().equals(subject()))
                .isPresent()) {
            missing.add(Field.COMPANION);
        }
        return missing;
    }

    /** Whether it is said what the record is for. */
    boolean hasPurpose() {
        return !purpose.isEmpty() && purpose.length() <= 1000;
    }

    /** The last day on which a record that begins now may be kept. */
    LocalDate keepUntil(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC).plus(keepFor);
    }

    /**
     * What a recording of one of them is begun with.
     *
     * @param whom the person, or the companion
     * @param now when it begins, from which the time of keeping counts
     * @throws IllegalStateException if the person has not agreed
     */
    SessionMetadata metadata(Party whom, Instant now) {
        Agreement agreed =
                whom.agreement().orElseThrow(() -> new IllegalStateException("nobody has agreed to be recorded"));
        return SessionMetadata.of(agreed.consent(purpose, keepUntil(now)))
                .withSubject(whom.subject())
                .withSetting("detector", detector)
                .withSetting("classifier", classifier);
    }
}
