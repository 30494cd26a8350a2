package org.emotion4j.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
 * @param length from the first frame to the end of the latest one, in media time; empty while it has not ended, of pictures that
 *     do not follow from one another, and in records from before that was kept
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
        Optional<Duration> offset,
        Optional<Duration> length) {
    /** The version that this library writes, and the newest that it reads. */
    public static final int FORMAT_VERSION = 1;

    /**
     * Copies the collections.
     *
     * @param formatVersion as {@link #formatVersion()}
     * @param state as {@link #state()}
     * @param encrypted as {@link #encrypted()}
     * @param metadata as {@link #metadata()}
     * @param versions as {@link #versions()}
     * @param started as {@link #started()}
     * @param ended as {@link #ended()}
     * @param reason as {@link #reason()}
     * @param markers as {@link #markers()}
     * @param counters as {@link #counters()}
     * @param subject as {@link #subject()}
     * @param end as {@link #end()}
     * @param unread as {@link #unread()}
     * @param offset as {@link #offset()}
     * @param length as {@link #length()}
     */
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
                Optional.empty(),
                Optional.empty(),
                UnreadInput.NONE,
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
                Optional.empty(),
                Optional.empty(),
                UnreadInput.NONE,
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
        return changed(draft -> draft.metadata = value);
    }

    SessionInfo with(SessionMarker marker) {
        List<SessionMarker> all = new ArrayList<>(markers);
        all.add(marker);
        return changed(draft -> draft.markers = all);
    }

    SessionInfo with(Optional<RecordedSubject> value) {
        return value.equals(subject) ? this : changed(draft -> draft.subject = value);
    }

    SessionInfo with(Duration begunAfter) {
        return changed(draft -> draft.offset = Optional.of(begunAfter));
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
                .ifPresent(how -> words.append(": ").append(how.describe()));
        reason.ifPresent(why -> words.append(": ").append(why));
        return words.toString();
    }

    SessionInfo ended(
            SessionState how,
            SessionEnd because,
            Optional<Instant> when,
            Optional<String> why,
            UnreadInput left,
            SessionCounters what,
            Optional<Duration> lasted) {
        return changed(draft -> {
            draft.state = how;
            draft.ended = when;
            draft.reason = why;
            draft.counters = Optional.of(what);
            draft.end = Optional.of(because);
            draft.unread = left;
            draft.length = lasted;
        });
    }

    /** Ended by nobody: found so later. */
    SessionInfo recovered(Optional<Instant> when, String why, SessionCounters what, Optional<Duration> lasted) {
        return changed(draft -> {
            draft.state = SessionState.RECOVERED;
            draft.ended = when;
            draft.reason = Optional.of(why);
            draft.counters = Optional.of(what);
            draft.end = Optional.empty();
            draft.length = lasted;
        });
    }

    private SessionInfo changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new SessionInfo(
                formatVersion,
                draft.state,
                encrypted,
                draft.metadata,
                versions,
                started,
                draft.ended,
                draft.reason,
                draft.markers,
                draft.counters,
                draft.subject,
                draft.end,
                draft.unread,
                draft.offset,
                draft.length);
    }

    /** What may change while a session is recorded, and when it ends. */
    private static final class Draft {
        private SessionState state;
        private SessionMetadata metadata;
        private Optional<Instant> ended;
        private Optional<String> reason;
        private List<SessionMarker> markers;
        private Optional<SessionCounters> counters;
        private Optional<RecordedSubject> subject;
        private Optional<SessionEnd> end;
        private UnreadInput unread;
        private Optional<Duration> offset;
        private Optional<Duration> length;

        Draft(SessionInfo from) {
            state = from.state;
            metadata = from.metadata;
            ended = from.ended;
            reason = from.reason;
            markers = from.markers;
            counters = from.counters;
            subject = from.subject;
            end = from.end;
            unread = from.unread;
            offset = from.offset;
            length = from.length;
        }
    }
}
