package org.emotion4j.recording;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Who agreed to being recorded, when, for what and until when. No name is needed: {@code "the person recorded"} or
 * {@code "legal guardian"} says enough, and the paper with the signature stays where it is. Immutable.
 *
 * <p>A record of what was agreed, not a proof of it, and no legal advice.
 *
 * @param agreedBy in which role, 1 to 200 characters
 * @param agreedAt when
 * @param purpose for what, 1 to 1000 characters, for example {@code "therapy follow-up, not shared"}
 * @param keepUntil the last day (in UTC) on which the session may be kept
 * @param text which text was agreed to, and how; empty where nobody noted that
 */
public record Consent(
        String agreedBy, Instant agreedAt, String purpose, LocalDate keepUntil, Optional<ConsentText> text) {
    /** The role of the person whose face is recorded. */
    public static final String PERSON_RECORDED = "the person recorded";

    /** The role of somebody who agrees for a person who cannot. */
    public static final String LEGAL_GUARDIAN = "legal guardian";

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    /**
     * Checks the values.
     *
     * @param agreedBy as {@link #agreedBy()}
     * @param agreedAt as {@link #agreedAt()}
     * @param purpose as {@link #purpose()}
     * @param keepUntil as {@link #keepUntil()}
     * @param text as {@link #text()}
     * @throws IllegalArgumentException if a text is blank or too long, or the last day lies before the agreement
     */
    public Consent {
        agreedBy = Texts.checked("agreedBy", agreedBy, 200);
        purpose = Texts.checked("purpose", purpose, 1000);
        LocalDate agreedOn = agreedAt.atZone(ZoneOffset.UTC).toLocalDate();
        if (keepUntil.isBefore(agreedOn)) {
            throw new IllegalArgumentException(
                    "keepUntil is " + keepUntil + ", expected the day of the agreement, " + agreedOn + ", or later");
        }
    }

    /**
     * A consent of which nobody noted by which text it was given.
     *
     * @param agreedBy in which role, 1 to 200 characters
     * @param agreedAt when
     * @param purpose for what, 1 to 1000 characters
     * @param keepUntil the last day (in UTC) on which the session may be kept
     * @throws IllegalArgumentException if a text is blank or too long, or the last day lies before the agreement
     */
    public Consent(String agreedBy, Instant agreedAt, String purpose, LocalDate keepUntil) {
        this(agreedBy, agreedAt, purpose, keepUntil, Optional.empty());
    }

    /**
     * Notes which text was agreed to.
     *
     * @param value the text's hash and version, and how it was agreed to
     * @return a copy with it
     */
    public Consent withText(ConsentText value) {
        return new Consent(agreedBy, agreedAt, purpose, keepUntil, Optional.of(value));
    }

    /**
     * Tells whether it is dated in the future, which nobody can have agreed in; five minutes are forgiven, by which clocks may
     * differ.
     *
     * @param now the time to judge by
     * @return true if it was given more than five minutes after that
     */
    public boolean isAhead(Instant now) {
        return agreedAt.isAfter(now.plus(CLOCKS_DIFFER));
    }

    /**
     * Tells whether the session should have been erased.
     *
     * @param now the time to judge by
     * @return true once the last day is over in UTC
     */
    public boolean isPast(Instant now) {
        return isPast(keepUntil, now);
    }

    static boolean isPast(LocalDate keepUntil, Instant now) {
        return now.atZone(ZoneOffset.UTC).toLocalDate().isAfter(keepUntil);
    }
}
