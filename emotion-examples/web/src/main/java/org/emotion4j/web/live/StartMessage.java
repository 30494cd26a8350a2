package org.emotion4j.web.live;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import org.emotion4j.recording.Consent;
import org.emotion4j.recording.SessionMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The first message of a page.
 *
 * @param consent whether the person before the camera has agreed to being read; without it nothing is
 * @param record what they agreed to be kept of it; null for nothing
 */
record StartMessage(boolean consent, @Nullable Keep record) implements LiveMessage {
    /**
     * What may be kept: numbers and words, never a picture.
     *
     * @param purpose for what
     * @param keepUntil the last day
     * @param person a pseudonym; null or blank for none
     */
    record Keep(
            @Nullable String purpose,
            @Nullable LocalDate keepUntil,
            @Nullable String person) {}

    /**
     * Makes the metadata of the record that was agreed to.
     *
     * @return empty where nothing is to be recorded
     * @throws IllegalArgumentException if something is missing or is not as it has to be
     */
    Optional<SessionMetadata> metadata(Clock clock) {
        Keep keep = record;
        if (keep == null) {
            return Optional.empty();
        }
        if (keep.purpose == null || keep.keepUntil == null) {
            throw new IllegalArgumentException(
                    "a record wants a purpose and keepUntil, the last day on which it may be kept");
        }
        SessionMetadata metadata =
                SessionMetadata.of(new Consent(Consent.PERSON_RECORDED, clock.instant(), keep.purpose, keep.keepUntil));
        return Optional.of(
                keep.person == null || keep.person.isBlank() ? metadata : metadata.withSubject(keep.person.strip()));
    }
}
