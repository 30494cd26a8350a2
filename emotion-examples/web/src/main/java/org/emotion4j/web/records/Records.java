package org.emotion4j.web.records;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emotion4j.recording.SessionArchive;
import org.emotion4j.recording.SessionInfo;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.web.WebProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The folder of recorded sessions. A session is found by its id among those that are there, and never by a path. */
@Component
final class Records {
    private final Path folder;
    private final Clock clock = Clock.systemUTC();

    Records(WebProperties properties) {
        this.folder = properties.records();
    }

    /**
     * One session of the list.
     *
     * @param session its id
     * @param state how far its record has come, as {@code sessions --json} says it
     * @param started when, or null where that is not known
     * @param person the pseudonym, or null
     * @param purpose what was agreed to, or null
     * @param keepUntil the last day on which it may be kept, or null
     * @param past whether that day is over
     */
    record Listed(
            String session,
            String state,
            @Nullable Instant started,
            @Nullable String person,
            @Nullable String purpose,
            @Nullable LocalDate keepUntil,
            boolean past) {}

    List<Listed> list() throws IOException {
        List<Listed> listed = new ArrayList<>();
        for (SessionArchive.Entry entry : entries()) {
            if (entry.sessionId().isPresent()) {
                listed.add(listed(entry, entry.sessionId().get()));
            }
        }
        return listed;
    }

    Optional<SessionArchive.Entry> find(String sessionId) throws IOException {
        return entries().stream()
                .filter(entry -> entry.sessionId().filter(sessionId::equals).isPresent())
                .findFirst();
    }

    private List<SessionArchive.Entry> entries() throws IOException {
        return Files.isDirectory(folder) ? SessionArchive.of(folder).sessions() : List.of();
    }

    private Listed listed(SessionArchive.Entry entry, String id) throws IOException {
        SessionInfo info = SessionReader.readInfo(entry.folder());
        return new Listed(
                id,
                entry.state().name().toLowerCase(Locale.ROOT),
                info.started().orElse(null),
                info.metadata().subjectId().orElse(null),
                info.metadata().consent().map(consent -> consent.purpose()).orElse(null),
                entry.keepUntil().orElse(null),
                entry.isPast(clock.instant()));
    }
}
