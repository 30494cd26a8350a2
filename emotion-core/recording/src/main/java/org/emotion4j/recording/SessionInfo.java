package org.emotion4j.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emotion4j.session.SessionEnd;
import org.emotion4j.session.UnreadInput;

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
 * @param reason why it stopped early, where it did, in words
 * @param markers the marked moments, in the order in which they were set
 * @param counters how much was recorded; empty while it has not ended
 * @param subject which face it is about; empty in records from before that was decided, where the largest face counts
 * @param end how it ended; empty while it has not, and in records from before that was kept
 * @param unread what there was of the input and is not in the record, as far as that is known
 * @param offset how long the session had gone on when this record began, in its media time; empty of a record of a whole
 *     session, and in records from before that was kept
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
        Optional<RecordedSubject> subject,
        Optional<SessionEnd> end,
        UnreadInput unread,
        Optional<Duration> offset) {
    /** The version that this library writes, and the newest that it reads. */
    public static final int FORMAT_VERSION = 1;

    /** Copies the collections. */
    public SessionInfo {
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
        markers = List.copyOf(markers);
    }

    /**
     * Describes the record of a whole session.
     *
     * @param formatVersion the version of the folder's format
     * @param state how far the record has come
     * @param encrypted whether the rows are encrypted
     * @param metadata what the recording was begun with
     * @param versions what it ran on
     * @param started when it began
     * @param ended when it ended
     * @param reason why it stopped early, where it did, in words
     * @param markers the marked moments
     * @param counters how much was recorded
     * @param subject which face it is about
     * @param end how it ended
     * @param unread what is not in the record
     */
    public SessionInfo(
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
            Optional<RecordedSubject> subject,
            Optional<SessionEnd> end,
            UnreadInput unread) {
        this(
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
                subject,
                end,
                unread,
                Optional.empty());
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
                Optional.empty(),
                Optional.empty(),
                UnreadInput.NONE);
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
                Optional.empty(),
                Optional.empty(),
                UnreadInput.NONE);
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
                formatVersion,
                state,
                encrypted,
                value,
                versions,
                started,
                ended,
                reason,
                markers,
                counters,
                subject,
                end,
                unread,
                offset);
    }

    SessionInfo with(SessionMarker marker) {
        List<SessionMarker> all = new ArrayList<>(markers);
        all.add(marker);
        return new SessionInfo(
                formatVersion,
                state,
                encrypted,
                metadata,
                versions,
                started,
                ended,
                reason,
                all,
                counters,
                subject,
                end,
                unread,
                offset);
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
                        value,
                        end,
                        unread,
                        offset);
    }

    SessionInfo with(Duration begunAfter) {
        return new SessionInfo(
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
                subject,
                end,
                unread,
                Optional.of(begunAfter));
    }

    /**
     * Tells whether all of the input is in the record, as far as is known.
     *
     * @return whether it ended as it should and nothing was left out, also where the application ended it before the
     *     session; true for a record from before that was kept which
     *     says {@link SessionState#FINISHED}
     */
    public boolean isComplete() {
        return state == SessionState.FINISHED && unread.isNone();
    }

    /**
     * Says in English how it ended, in a word or a sentence for people.
     *
     * @return for example {@code "finished"}, or {@code "stopped: the source failed: disk fell off"}
     */
    public String endInWords() {
        StringBuilder words = new StringBuilder(state.word());
        end.filter(how -> how != SessionEnd.FINISHED)
                .ifPresent(how -> words.append(": ").append(how.inWords()));
        reason.ifPresent(why -> words.append(": ").append(why));
        return words.toString();
    }

    SessionInfo ended(
            SessionState how,
            SessionEnd because,
            Optional<Instant> when,
            Optional<String> why,
            UnreadInput left,
            SessionCounters what) {
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
                subject,
                Optional.of(because),
                left,
                offset);
    }

    /** Ended by nobody: found so later. */
    SessionInfo recovered(Optional<Instant> when, String why, SessionCounters what) {
        return new SessionInfo(
                formatVersion,
                SessionState.RECOVERED,
                encrypted,
                metadata,
                versions,
                started,
                when,
                Optional.of(why),
                markers,
                Optional.of(what),
                subject,
                Optional.empty(),
                unread,
                offset);
    }
}
