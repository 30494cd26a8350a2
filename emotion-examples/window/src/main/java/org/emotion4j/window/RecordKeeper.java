package org.emotion4j.window;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emotion4j.file.internal.OutputFile;
import org.emotion4j.pipeline.FaceFollower;
import org.emotion4j.recording.PairRecorder;
import org.emotion4j.recording.SessionArchive;
import org.emotion4j.recording.SessionInfo;
import org.emotion4j.recording.SessionMetadata;
import org.emotion4j.recording.SessionMetadata.Companion;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.recording.SessionState;
import org.emotion4j.report.SessionReport;
import org.emotion4j.session.SessionRecorder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins records, looks for them, completes and erases them. For the worker alone: all of it takes its time. */
final class RecordKeeper {
    /** The name of the report in a session's folder. */
    static final String REPORT = "report.html";

    private static final Logger LOG = LoggerFactory.getLogger(RecordKeeper.class);
    private static final DateTimeFormatter FOLDER_NAME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final int ID_LENGTH = 8;

    private final Platform surroundings;
    private final Path sessions;

    RecordKeeper(Platform surroundings, Path sessions) {
        this.surroundings = surroundings;
        this.sessions = sessions;
    }

    /**
     * A record that has begun.
     *
     * @param recorder what keeps it: of two people both
     * @param stored where it is
     */
    record Begun(SessionRecorder recorder, Presentation.Stored stored) {}

    /**
     * Begins the record of a session, of two people two of them, with what was signed. Where one cannot be begun there is none.
     *
     * @param other follows the companion's face, where there is one
     */
    Begun begin(SessionForm form, Optional<FaceFollower> other) throws IOException {
        Instant now = surroundings.clock().instant();
        SessionMetadata own = form.metadata(form.person(), now);
        Path folder = folder(now, own);
        if (form.companion().isEmpty() || other.isEmpty()) {
            SessionRecorder recorder = begin(folder, own, form.person());
            return new Begun(recorder, new Presentation.Stored(folder, form.keepUntil(now), Optional.empty()));
        }
        Party companion = form.companion().get();
        SessionMetadata others = form.metadata(companion, now);
        Path second = folder(now, others);
        SessionRecorder first =
                begin(folder, own.withCompanion(new Companion(others.sessionId(), name(second))), form.person());
        try {
            SessionRecorder recorder =
                    begin(second, others.withCompanion(new Companion(own.sessionId(), name(folder))), companion);
            return new Begun(
                    PairRecorder.of(first, recorder, other.get()::about),
                    new Presentation.Stored(folder, form.keepUntil(now), Optional.of(second)));
        } catch (IOException | RuntimeException e) {
            discard(first, List.of(folder), e);
            throw e;
        }
    }

    private Path folder(Instant now, SessionMetadata metadata) {
        return sessions.resolve(
                FOLDER_NAME.format(now) + "-" + metadata.sessionId().substring(0, ID_LENGTH));
    }

    private static String name(Path folder) {
        return String.valueOf(folder.getFileName());
    }

    private SessionRecorder begin(Path folder, SessionMetadata metadata, Party whom) throws IOException {
        SessionRecorder recorder = surroundings.record(folder, metadata);
        try {
            if (whom.agreement().isPresent()
                    && whom.agreement().get().signature().isPresent()) {
                surroundings.sign(folder, whom.agreement().get().signature().get());
            }
            return recorder;
        } catch (IOException | RuntimeException e) {
            discard(recorder, List.of(folder), e);
            throw e;
        }
    }

    /** A record in which nothing is yet does not stay behind. */
    static void discard(SessionRecorder recorder, List<Path> folders, Exception why) {
        try {
            recorder.close();
            for (Path folder : folders) {
                SessionArchive.erase(folder);
            }
        } catch (IOException | RuntimeException e) {
            why.addSuppressed(e);
        }
    }

    /** On which day a pseudonym was recorded last; empty where it never was. */
    Optional<LocalDate> lastRecorded(String subject) throws IOException {
        Optional<Instant> last = Optional.empty();
        if (!Files.isDirectory(sessions)) {
            return Optional.empty();
        }
        for (SessionArchive.Entry entry : SessionArchive.of(sessions).sessions()) {
            Optional<SessionInfo> info =
                    entry.encrypted() || entry.problem().isPresent() ? Optional.empty() : described(entry.folder());
            Optional<Instant> started = info.filter(each ->
                            each.metadata().subjectId().filter(subject::equals).isPresent())
                    .map(each -> each.started().orElse(Instant.EPOCH));
            if (started.isPresent() && (last.isEmpty() || started.get().isAfter(last.get()))) {
                last = started;
            }
        }
        return last.map(each -> LocalDate.ofInstant(each, ZoneId.systemDefault()));
    }

    private static Optional<SessionInfo> described(Path session) {
        try {
            return Optional.of(SessionReader.readInfo(session));
        } catch (IOException e) {
            LOG.warn("{}: {}", session, e.getMessage());
            return Optional.empty();
        }
    }

    /** Those that were cut off and are not being recorded now. */
    List<Path> unfinished() throws IOException {
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(sessions)) {
            return found;
        }
        for (SessionArchive.Entry entry : SessionArchive.of(sessions).sessions()) {
            if (entry.state() == SessionState.RECORDING && !entry.encrypted() && isUnfinished(entry.folder())) {
                found.add(entry.folder());
            }
        }
        return found;
    }

    private static boolean isUnfinished(Path session) {
        try (SessionReader reader = SessionReader.open(session)) {
            return reader.isUnfinished() && !reader.isBeingRecorded();
        } catch (IOException e) {
            LOG.warn("{}: {}", session, e.getMessage());
            return false;
        }
    }

    /** Completes what was cut off; returns how many frames there are. */
    static long recover(List<Path> cut) throws IOException {
        long frames = 0;
        for (Path each : cut) {
            frames += SessionReader.recover(each).counters().frames();
        }
        return frames;
    }

    /** Erases the record of a session, of two people both; returns the files that are left. */
    static List<Path> erase(Presentation.Stored record) throws IOException {
        List<Path> left = new ArrayList<>();
        for (Path folder : record.folders()) {
            // What an erasure that was cut off has erased already is no reason to leave the other one.
            if (Files.exists(folder)) {
                left.addAll(SessionArchive.erase(folder));
            }
        }
        return left;
    }

    /** Writes the report of a session into its folder. */
    static Path report(Path session, Locale language) throws IOException {
        Path page = session.resolve(REPORT);
        OutputFile.writePage(
                page, SessionReport.of(session).withLanguage(language).toHtml());
        return page;
    }
}
