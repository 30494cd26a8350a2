package org.emotion4j.window;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.emotion4j.recording.Consent;
import org.emotion4j.recording.SessionMetadata;

/**
 * What is filled in before a session. Immutable.
 *
 * <p>Consent belongs to one person and one moment: another pseudonym takes it back.
 *
 * @param detector who finds the faces, by its provider's name
 * @param classifier who scores the expressions, by its provider's name
 * @param record whether the session is to be recorded; nothing below matters where it is not
 * @param subject the pseudonym of the person
 * @param agreedAt when the person agreed, which is when the box was ticked; empty where the person has not
 * @param purpose what the record is for
 * @param keepFor how long it may be kept
 */
record SessionForm(
        String detector,
        String classifier,
        boolean record,
        String subject,
        Optional<Instant> agreedAt,
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
        return new SessionForm(detector, classifier, false, "", Optional.empty(), "", Period.ofYears(1));
    }

    /** Draws a pseudonym that is short enough to be written down. */
    static String newPseudonym() {
        return "P-" + SessionMetadata.newId().substring(0, PSEUDONYM_LENGTH);
    }

    SessionForm withStages(String newDetector, String newClassifier) {
        return new SessionForm(newDetector, newClassifier, record, subject, agreedAt, purpose, keepFor);
    }

    SessionForm withRecord(boolean value) {
        return new SessionForm(detector, classifier, value, subject, agreedAt, purpose, keepFor);
    }

    /** Another pseudonym is another person, who has not agreed yet. */
    SessionForm withSubject(String value) {
        String stripped = value.strip();
        Optional<Instant> agreed = stripped.equals(subject) ? agreedAt : Optional.empty();
        return new SessionForm(detector, classifier, record, stripped, agreed, purpose, keepFor);
    }

    /** The person has agreed at this moment, or not at all. */
    SessionForm withConsent(Optional<Instant> value) {
        return new SessionForm(detector, classifier, record, subject, value, purpose, keepFor);
    }

    /** For whoever comes next, who has neither a pseudonym nor agreed; purpose and time of keeping stay. */
    SessionForm forNextPerson() {
        return withSubject("").withConsent(Optional.empty());
    }

    /** Whether the person has agreed. */
    boolean consent() {
        return agreedAt.isPresent();
    }

    SessionForm withPurpose(String value) {
        return new SessionForm(detector, classifier, record, subject, agreedAt, value.strip(), keepFor);
    }

    SessionForm withKeepFor(Period value) {
        return new SessionForm(detector, classifier, record, subject, agreedAt, purpose, value);
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
        if (!consent()) {
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

    /**
     * What a recording is begun with.
     *
     * @param now when it begins, from which the time of keeping counts
     * @throws IllegalStateException if the person has not agreed
     */
    SessionMetadata metadata(Instant now) {
        Instant agreed = agreedAt.orElseThrow(() -> new IllegalStateException("nobody has agreed to be recorded"));
        LocalDate until = LocalDate.ofInstant(now, ZoneOffset.UTC).plus(keepFor);
        return SessionMetadata.of(new Consent(Consent.PERSON_RECORDED, agreed, purpose, until))
                .withSubject(subject)
                .withSetting("detector", detector)
                .withSetting("classifier", classifier);
    }
}
