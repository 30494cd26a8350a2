package org.emotion4j.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code session.json} says. Immutable.
 *
 * @param formatVersion the version of the folder's format; 0 where there is no {@code session.json}
 * @param state how far the record has come
 * @param encrypted whether the rows are encrypted
 * @param metadata what the recording was begun with
 * @param versions what it ran on: {@code emotion4j}, {@code java}, {@code os}
 * @param started when it began; empty where there is no {@code session.json}
 * @param ended when it ended; empty while it has not
 * @param reason why it stopped early, where it did
 * @param markers the marked moments, in the order in which they were set
 * @param counters how much was recorded; empty while it has not ended
 * @param subject which face it is about; empty in records from before that was decided, where the largest face counts
 */
public record SessionInfo(
        int formatVersion,
        SessionState state,
        boolean encrypted,
        SessionMetadata metadata,
        Map<String, String> versions,
        Optional<Instant> started,
        Optional<Instant> ended,
        Optional<String> reason,
        List<SessionMarker> markers,
        Optional<SessionCounters> counters,
        Optional<RecordedSubject> subject) {
    /** The version that this library writes, and the newest that it reads. */
    public static final int FORMAT_VERSION = 1;

    /** Copies the collections. */
    public SessionInfo {
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
        markers = List.copyOf(markers);
    }

    static SessionInfo begun(SessionMetadata metadata, boolean encrypted, Map<String, String> versions, Instant now) {
        return new SessionInfo(
                FORMAT_VERSION,
                SessionState.RECORDING,
                encrypted,
                metadata,
                versions,
                Optional.of(now),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    static SessionInfo undescribed() {
        SessionMetadata metadata =
                new SessionMetadata("unknown", Optional.empty(), Optional.empty(), List.of(), Map.of());
        return new SessionInfo(
                0,
                SessionState.UNDESCRIBED,
                false,
                metadata,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Returns the session's id.
     *
     * @return the id of the metadata
     */
    public String sessionId() {
        return metadata.sessionId();
    }

    SessionInfo with(SessionMetadata value) {
        return new SessionInfo(
                formatVersion, state, encrypted, value, versions, started, ended, reason, markers, counters, subject);
    }

    SessionInfo with(SessionMarker marker) {
        List<SessionMarker> all = new ArrayList<>(markers);
        all.add(marker);
        return new SessionInfo(
                formatVersion, state, encrypted, metadata, versions, started, ended, reason, all, counters, subject);
    }

    SessionInfo ended(SessionState how, Optional<Instant> when, Optional<String> why, SessionCounters what) {
        return new SessionInfo(
                formatVersion,
                how,
                encrypted,
                metadata,
                versions,
                started,
                when,
                why,
                markers,
                Optional.of(what),
                subject);
    }

    SessionInfo with(Optional<RecordedSubject> value) {
        return value.equals(subject)
                ? this
                : new SessionInfo(
                        formatVersion,
                        state,
                        encrypted,
                        metadata,
                        versions,
                        started,
                        ended,
                        reason,
                        markers,
                        counters,
                        value);
    }
}
