package org.emotion4j.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.recording.SessionArchive;
import org.emotion4j.recording.SessionState;

/** Takes recorded sessions over into the tables, as far as they may be read. */
final class SessionInputs {
    /** What stands for the models of a session that was recorded elsewhere. */
    static final String RECORDED = "recorded";

    private final JobSettings settings;
    private final TaskPlace place;

    SessionInputs(JobSettings settings, TaskPlace place) {
        this.settings = settings;
        this.place = place;
    }

    Outcome read(WorkItem item, StagedTables tables) throws IOException, InputException {
        try (LocalInput input = LocalInput.fetch(item, place)) {
            requireAllowed(input.path());
            if (item.isKnown(input.sha256(), RECORDED)) {
                return Outcome.notRead(item.path(), Status.UNCHANGED, "", input.sha256());
            }
            SessionTables session = open(item, input);
            String reason = whatIsMissing(session.summary());
            Status status = reason.isEmpty() ? Status.READ : Status.INCOMPLETE;
            session.writeUsable(
                    tables,
                    place.scratch(),
                    events -> new SessionCells.Origin(
                            item.path(),
                            "session",
                            status,
                            input.sha256(),
                            item.bytes(),
                            RECORDED,
                            "",
                            "",
                            1,
                            place.host(),
                            place.clock().instant(),
                            events));
            return new Outcome(
                    item.path(),
                    status,
                    reason,
                    input.sha256(),
                    session.summary().counters().frames(),
                    session.summary().counters().readings(),
                    0);
        }
    }

    private static SessionTables open(WorkItem item, LocalInput input) throws InputException {
        try {
            return SessionTables.of(item.path(), input.path());
        } catch (IOException | RuntimeException e) {
            throw new InputException(Status.FAILED, input.named(e, item), input.sha256(), e);
        }
    }

    private static String whatIsMissing(SessionSummary summary) {
        if (summary.info().state() == SessionState.RECORDING) {
            return "its recording was cut off; what is there was read";
        }
        long problems = summary.quality().problemCount();
        return problems == 0
                ? ""
                : problems + (problems == 1 ? " problem" : " problems") + " with its rows, the first: "
                        + summary.quality().problems().get(0).message();
    }

    /** A session is somebody's: without their consent, or past its day, it is left alone. */
    private void requireAllowed(Path folder) throws IOException, InputException {
        Optional<SessionArchive.Entry> found = SessionArchive.of(folder).sessions().stream()
                .filter(each -> each.folder().equals(folder) && each.name().equals("session"))
                .findFirst();
        if (found.isEmpty()) {
            throw InputException.failed("holds no session that can be read");
        }
        SessionArchive.Entry entry = found.get();
        if (entry.isPast(place.clock().instant())) {
            throw InputException.skipped("is past the day until which it may be kept, "
                    + entry.keepUntil().orElseThrow());
        }
        if (entry.keepUntil().isEmpty() && !settings.withoutConsent()) {
            throw InputException.skipped(
                    "has no consent in its session.json; --without-consent reads such sessions too");
        }
        if (SessionArchive.isBeingRecorded(folder)) {
            throw InputException.skipped("is being recorded now; the next run reads it");
        }
        if (entry.encrypted()) {
            throw InputException.skipped("is encrypted, and this job is given no keys: see docs/spark.md");
        }
    }
}
