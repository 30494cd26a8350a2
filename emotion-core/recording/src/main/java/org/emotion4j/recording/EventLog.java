package org.emotion4j.recording;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.emotion4j.event.EventDetector;
import org.emotion4j.event.EventFinder;
import org.emotion4j.event.SessionEvent;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.session.SessionEnd;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The growing file of events beside the rows, begun with the first one. Events can be found in the rows again, so what fails here
 * costs the record nothing: the file is given up, and taken away where that is possible.
 */
final class EventLog implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

    private final SessionStorage storage;
    private final Path folder;
    private final Path file;
    private final String sessionId;
    private final Optional<SessionCipher> cipher;
    private EventFinder finder = EventFinder.ofDefaults();
    private boolean isNamed;
    private boolean over;
    private @Nullable RowLog log;
    private boolean folderIsNews;

    EventLog(SessionStorage storage, Path folder, String sessionId, Optional<SessionCipher> cipher) {
        this.storage = storage;
        this.folder = folder;
        this.file = folder.resolve(SessionFolder.events(cipher.isPresent()));
        this.sessionId = sessionId;
        this.cipher = cipher;
        if (Files.exists(file)) {
            over = true;
            LOG.warn("{} is there already and not a session's; events are not written", file);
        }
    }

    /** Finds events otherwise. What was found is written even if it is nothing: no other rules would say the same. */
    synchronized void detectWith(Supplier<? extends EventDetector> detectors) {
        finder = EventFinder.with(detectors);
        isNamed = true;
    }

    /** Writes no events. */
    synchronized void giveUp() {
        over = true;
    }

    synchronized void add(FrameResult result) {
        attempt(() -> write(finder.accept(result)));
    }

    /** Closes the events that are under way. */
    synchronized void end() {
        attempt(() -> {
            write(finder.end());
            if (isNamed && log == null) {
                begun();
            }
        });
    }

    synchronized void flush() {
        attempt(() -> {
            if (log != null) {
                log.flush();
            }
        });
    }

    /** Forces what was flushed, while others may add. */
    void force() {
        RowLog written;
        boolean isNew;
        synchronized (this) {
            written = over ? null : log;
            isNew = folderIsNews;
            folderIsNews = false;
        }
        if (written == null) {
            return;
        }
        try {
            written.force();
            if (isNew) {
                storage.forceFolder(folder);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (log != null) {
            log.close();
        }
    }

    private void write(List<SessionEvent> found) throws IOException {
        if (found.isEmpty()) {
            return;
        }
        RowLog to = log == null ? begun() : log;
        StringBuilder rows = new StringBuilder();
        found.forEach(event -> rows.append(EventCsv.row(sessionId, event)));
        to.append(rows.toString().getBytes(StandardCharsets.UTF_8));
    }

    private RowLog begun() throws IOException {
        RowLog begun = RowLog.create(storage, file, cipher.map(given -> RecordEncryption.ofEvents(given, sessionId)));
        log = begun;
        folderIsNews = true;
        begun.append(EventCsv.header().getBytes(StandardCharsets.UTF_8));
        return begun;
    }

    private void attempt(Attempt attempt) {
        if (over) {
            return;
        }
        try {
            attempt.run();
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    /** A part shall not pass for the whole. */
    private synchronized void fail(Exception cause) {
        over = true;
        LOG.error("events are not written any longer, the record goes on without {}: {}", file, cause.getMessage());
        LOG.debug("events have failed", cause);
        try {
            if (log != null) {
                log.close();
                log = null;
                storage.delete(file);
            }
        } catch (IOException e) {
            LOG.warn("{} is not whole and could not be removed", file, e);
        }
    }

    private interface Attempt {
        void run() throws IOException;
    }

    /**
     * Reads the events that were written while a session was recorded.
     *
     * @return empty where none were written, or not until its end
     * @throws SessionFormatException if they are damaged
     */
    static Optional<List<SessionEvent>> read(Path folder, SessionInfo info, Optional<SessionCipher> cipher)
            throws IOException {
        Path file = folder.resolve(SessionFolder.events(info.encrypted()));
        if (!isWhole(info) || !Files.exists(file)) {
            return Optional.empty();
        }
        byte[] bytes;
        if (info.encrypted()) {
            try (EncryptedRowsInput sealed = new EncryptedRowsInput(
                    file, RecordEncryption.ofEvents(cipher.orElseThrow(), info.sessionId()), false)) {
                bytes = sealed.readAllBytes();
            }
        } else {
            bytes = Files.readAllBytes(file);
        }
        try {
            return Optional.of(EventCsv.read(new String(bytes, StandardCharsets.UTF_8), info.sessionId()));
        } catch (SessionFormatException e) {
            throw new SessionFormatException(file + " " + e.getMessage(), e);
        }
    }

    private static boolean isWhole(SessionInfo info) {
        return switch (info.state()) {
            case FINISHED, STOPPED ->
                info.end().filter(how -> how != SessionEnd.RECORDING_FAILED).isPresent();
            case RECOVERED -> isByTheLibrarysRules(info);
            default -> false;
        };
    }

    private static boolean isByTheLibrarysRules(SessionInfo info) {
        return info.metadata()
                .pipeline()
                .flatMap(pipeline -> pipeline.option("eventDetectors"))
                .isEmpty();
    }

    /**
     * Puts events in place of those that had been written until a recording was cut off. What was found by other rules than the
     * library's stays as it is.
     */
    static void replace(
            SessionStorage storage,
            Path folder,
            SessionInfo info,
            Optional<SessionCipher> cipher,
            List<SessionEvent> events)
            throws IOException {
        if (!isByTheLibrarysRules(info)) {
            return;
        }
        Path file = folder.resolve(SessionFolder.events(info.encrypted()));
        if (events.isEmpty()) {
            storage.delete(file);
            return;
        }
        StringBuilder text = new StringBuilder(EventCsv.header());
        events.forEach(event -> text.append(EventCsv.row(info.sessionId(), event)));
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        try {
            SessionFolder.replace(
                    storage,
                    file,
                    info.encrypted()
                            ? RecordEncryption.ofEvents(cipher.orElseThrow(), info.sessionId())
                                    .sealRows(bytes, 0)
                            : bytes);
        } catch (GeneralSecurityException e) {
            throw new IOException("the events could not be encrypted: " + e.getMessage(), e);
        }
    }
}
