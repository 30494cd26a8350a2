package org.emotion4j.window;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.emotion4j.recording.SessionArchive;
import org.emotion4j.recording.SessionCipher;
import org.emotion4j.recording.SessionInfo;
import org.emotion4j.recording.SessionNote;
import org.emotion4j.recording.SessionNotes;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.recording.SessionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A recorded session as the list of people has it, read without its rows. Immutable.
 *
 * @param entry where it is, and what can be told without a key
 * @param subject the person's pseudonym; empty where there is none, or the key is missing
 * @param started when recording began
 * @param length how long it is in media time; of unrelated pictures, and of records from before that was kept, how long recording
 *     took by the clock; empty where nobody wrote its end down
 * @param figure the questionnaire's figure that holds
 * @param readable whether its description could be read
 */
record SessionListing(
        SessionArchive.Entry entry,
        Optional<String> subject,
        Optional<Instant> started,
        Optional<Duration> length,
        Optional<SessionNote> figure,
        boolean readable) {
    private static final Logger LOG = LoggerFactory.getLogger(SessionListing.class);

    /**
     * Lists the sessions below a folder.
     *
     * @return by pseudonym, those without one last; of one person the latest first
     * @throws IOException if the folder cannot be read
     */
    static List<SessionListing> in(Path folder, Optional<SessionCipher> cipher) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<SessionListing> found = new ArrayList<>();
        for (SessionArchive.Entry entry : SessionArchive.of(folder).sessions()) {
            found.add(of(entry, cipher));
        }
        found.sort(Comparator.comparing((SessionListing each) -> each.subject().isEmpty())
                .thenComparing(each -> each.subject().orElse(""))
                .thenComparing(each -> each.started().orElse(Instant.EPOCH), Comparator.reverseOrder()));
        return List.copyOf(found);
    }

    private static SessionListing of(SessionArchive.Entry entry, Optional<SessionCipher> cipher) {
        boolean closed = entry.problem().isPresent() || !isOwn(entry) || entry.encrypted() && cipher.isEmpty();
        if (closed) {
            return unreadable(entry);
        }
        try {
            SessionNotes notes;
            SessionInfo info;
            if (entry.encrypted()) {
                notes = SessionNotes.of(entry.folder(), cipher.orElseThrow());
                info = info(entry.folder(), cipher.orElseThrow());
            } else {
                notes = SessionNotes.of(entry.folder());
                info = SessionReader.readInfo(entry.folder());
            }
            List<SessionNote> figures = notes.read().current(SessionNote.Kind.FIGURE);
            return new SessionListing(
                    entry,
                    info.metadata().subjectId(),
                    info.started(),
                    length(info),
                    figures.isEmpty() ? Optional.empty() : Optional.of(figures.get(figures.size() - 1)),
                    true);
        } catch (IOException e) {
            LOG.warn("{}: {}", entry.folder(), e.getMessage());
            return unreadable(entry);
        }
    }

    /** What a former version set aside beside another session cannot be opened by its folder. */
    private static boolean isOwn(SessionArchive.Entry entry) {
        return entry.name().equals("session");
    }

    private static SessionInfo info(Path folder, SessionCipher cipher) throws IOException {
        try (SessionReader reader = SessionReader.open(folder, cipher)) {
            return reader.info();
        }
    }

    private static Optional<Duration> length(SessionInfo info) {
        return info.length()
                .or(() -> info.started().flatMap(from -> info.ended().map(to -> Duration.between(from, to))));
    }

    private static SessionListing unreadable(SessionArchive.Entry entry) {
        return new SessionListing(entry, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    Path folder() {
        return entry.folder();
    }

    /** The last day on which it may be kept. */
    Optional<LocalDate> keepUntil() {
        return entry.keepUntil();
    }

    /** Whether it should have been erased by now. */
    boolean isPast(Instant now) {
        return entry.isPast(now);
    }

    /** Whether it can be looked at, and noted on. */
    boolean canBeOpened() {
        return readable && entry.state() != SessionState.UNDESCRIBED;
    }
}
