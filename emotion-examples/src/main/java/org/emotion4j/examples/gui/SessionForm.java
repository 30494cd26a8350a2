package org.emotion4j.examples.gui;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.emotion4j.session.Consent;
import org.emotion4j.session.SessionMetadata;

/**
 * What is filled in before a session. Immutable.
 *
 * @param detector who finds the faces, by its provider's name
 * @param classifier who scores the expressions, by its provider's name
 * @param record whether the session is to be recorded; nothing below matters where it is not
 * @param subject the pseudonym of the person
 * @param consent whether the person has agreed
 * @param purpose what the record is for
 * @param keepFor how long it may be kept
 */
record SessionForm(
        String detector,
        String classifier,
        boolean record,
        String subject,
        boolean consent,
        String purpose,
        Period keepFor) {
    private static final int PSEUDONYM_LENGTH = 8;

    /** What a recording needs. */
    enum Field {
        SUBJECT,
        CONSENT,
        PURPOSE;

        /** The key of what is said where it is missing. */
        String key() {
            return "missing." + name().toLowerCase(Locale.ROOT);
        }
    }

    static SessionForm blank(String detector, String classifier) {
        return new SessionForm(detector, classifier, false, "", false, "", Period.ofYears(1));
    }

    /** Draws a pseudonym that is short enough to be written down. */
    static String newPseudonym() {
        return "P-" + SessionMetadata.newId().substring(0, PSEUDONYM_LENGTH);
    }

    SessionForm withStages(String newDetector, String newClassifier) {
        return new SessionForm(newDetector, newClassifier, record, subject, consent, purpose, keepFor);
    }

    SessionForm withRecord(boolean value) {
        return new SessionForm(detector, classifier, value, subject, consent, purpose, keepFor);
    }

    SessionForm withSubject(String value) {
        return new SessionForm(detector, classifier, record, value.strip(), consent, purpose, keepFor);
    }

    SessionForm withConsent(boolean value) {
        return new SessionForm(detector, classifier, record, subject, value, purpose, keepFor);
    }

    SessionForm withPurpose(String value) {
        return new SessionForm(detector, classifier, record, subject, consent, value.strip(), keepFor);
    }

    SessionForm withKeepFor(Period value) {
        return new SessionForm(detector, classifier, record, subject, consent, purpose, value);
    }

    /** What is missing or not right before the session can be recorded; nothing where it is not to be. */
    Set<Field> missing() {
        Set<Field> missing = EnumSet.noneOf(Field.class);
        if (!record) {
            return missing;
        }
        if (!isPseudonym(subject)) {
            missing.add(Field.SUBJECT);
        }
        if (!consent) {
            missing.add(Field.CONSENT);
        }
        if (purpose.isEmpty() || purpose.length() > 1000) {
            missing.add(Field.PURPOSE);
        }
        return missing;
    }

    private static boolean isPseudonym(String text) {
        try {
            return !SessionMetadata.withoutConsent()
                    .withSubject(text)
                    .subjectId()
                    .isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** What a recording is begun with. */
    SessionMetadata metadata(Instant now) {
        LocalDate until = LocalDate.ofInstant(now, ZoneOffset.UTC).plus(keepFor);
        return SessionMetadata.of(new Consent(Consent.PERSON_RECORDED, now, purpose, until))
                .withSubject(subject)
                .withSetting("detector", detector)
                .withSetting("classifier", classifier);
    }
}
