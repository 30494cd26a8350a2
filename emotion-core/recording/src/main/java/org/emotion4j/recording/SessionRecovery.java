package org.emotion4j.recording;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emotion4j.event.EventFinder;
import org.emotion4j.event.SessionEvent;

/**
 * What {@link SessionReader#recover} did.
 *
 * @param needed whether the session had been cut off; false where it had ended and was left as it is
 * @param counters how much the session holds
 * @param bytesCut how many bytes of torn rows were cut
 */
public record SessionRecovery(boolean needed, SessionCounters counters, long bytesCut) {
    private static final int PORTION = 1 << 16;

    static SessionRecovery of(Path folder, Optional<SessionCipher> cipher, SessionStorage storage) throws IOException {
        if (!Files.exists(folder.resolve(SessionFolder.JSON)) && !Files.exists(folder.resolve(SessionFolder.ROWS))) {
            throw SessionReader.noSession(folder);
        }
        if (!Files.exists(folder.resolve(SessionFolder.JSON))) {
            throw new SessionFormatException(folder + " has no " + SessionFolder.JSON
                    + ": nothing tells how its recording ended; a CSV alone can be read as it is");
        }
        Closeable lock = storage.lock(folder)
                .orElseThrow(() -> new SessionInUseException(
                        folder + " is being recorded into; stop that recording, or wait for its end"));
        try (lock) {
            SessionInfo info = SessionReader.readInfo(folder, cipher);
            storage.delete(SessionFolder.temporary(folder.resolve(SessionFolder.JSON)));
            if (info.state() != SessionState.RECORDING) {
                return new SessionRecovery(false, info.counters().orElse(SessionCounters.NONE), 0);
            }
            Path file = folder.resolve(SessionFolder.rows(info.encrypted()));
            if (!info.encrypted() && Files.exists(file)) {
                SpreadsheetHabits.refuse(file, info);
            }
            long before = Files.exists(file) ? Files.size(file) : 0;
            // All that may be refused comes before the first change.
            WhatIsThere found = WhatIsThere.read(folder, cipher);
            tidy(file, found.wholeBytes(), info, cipher, storage);
            long cut = Math.max(0, before - Files.size(file));
            describe(found, folder, info, cipher, storage, cut);
            return new SessionRecovery(true, found.counters(), cut);
        }
    }

    /** Writes the whole rows anew and puts that file in place of the torn one. */
    private static void tidy(
            Path file, long wholeBytes, SessionInfo info, Optional<SessionCipher> cipher, SessionStorage storage)
            throws IOException {
        Path next = SessionFolder.temporary(file);
        storage.delete(next);
        try (SessionStorage.AppendFile target = storage.createNew(next)) {
            long copied = 0;
            if (Files.exists(file)) {
                copied = info.encrypted() ? copyMessages(file, wholeBytes, target) : copyLines(file, target);
            }
            if (copied == 0) {
                target.append(emptySession(info, cipher));
            }
            target.force();
        } catch (IOException e) {
            storage.delete(next);
            throw e;
        }
        storage.rename(next, file);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            storage.forceFolder(folder);
        }
    }

    private static long copyLines(Path file, SessionStorage.AppendFile target) throws IOException {
        ByteArrayOutputStream portion = new ByteArrayOutputStream(2 * PORTION);
        long copied = 0;
        try (LineInput lines = new LineInput(Files.newInputStream(file))) {
            while (lines.next()) {
                if (lines.isTerminated() && !lines.hasHole()) {
                    portion.writeBytes(lines.bytes());
                }
                if (portion.size() >= PORTION) {
                    copied += portion.size();
                    target.append(portion.toByteArray());
                    portion.reset();
                }
            }
        }
        target.append(portion.toByteArray());
        return copied + portion.size();
    }

    /** Messages are copied as they are: nothing is opened into the new file. */
    private static long copyMessages(Path file, long whole, SessionStorage.AppendFile target) throws IOException {
        try (InputStream input = new BufferedInputStream(Files.newInputStream(file))) {
            for (long left = whole; left > 0; left -= PORTION) {
                target.append(input.readNBytes((int) Math.min(PORTION, left)));
            }
        }
        return whole;
    }

    private static byte[] emptySession(SessionInfo info, Optional<SessionCipher> cipher) throws IOException {
        byte[] header = CsvRows.header();
        if (!info.encrypted()) {
            return header;
        }
        try {
            return new RecordEncryption(cipher.orElseThrow(), info.sessionId()).sealRows(header, 0);
        } catch (GeneralSecurityException e) {
            throw new IOException("the header could not be encrypted: " + e.getMessage(), e);
        }
    }

    private static void describe(
            WhatIsThere found,
            Path folder,
            SessionInfo info,
            Optional<SessionCipher> cipher,
            SessionStorage storage,
            long cut)
            throws IOException {
        EventLog.replace(storage, folder, info, cipher, found.events());
        SessionInfo recovered = info.recovered(
                found.last(),
                "the recording was cut off; " + cut + " bytes of torn rows were cut",
                found.counters(),
                found.length());
        try {
            SessionFolder.replace(storage, folder.resolve(SessionFolder.JSON), SessionJson.write(recovered, cipher));
        } catch (GeneralSecurityException e) {
            throw new IOException("session.json could not be encrypted: " + e.getMessage(), e);
        }
    }

    /** What the whole rows say that {@code session.json} does not yet, and of a sealed file how far its whole messages go. */
    private record WhatIsThere(
            SessionCounters counters,
            long wholeBytes,
            Optional<Instant> last,
            Optional<Duration> length,
            List<SessionEvent> events) {
        static WhatIsThere read(Path folder, Optional<SessionCipher> cipher) throws IOException {
            Optional<Instant> last = Optional.empty();
            MediaLength length = new MediaLength();
            EventFinder finder = EventFinder.ofDefaults();
            List<SessionEvent> events = new ArrayList<>();
            try (SessionReader reader = SessionReader.open(folder, cipher)) {
                for (Optional<RecordedFrame> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                    last = frame.map(RecordedFrame::wallTime);
                    length.add(frame.get().mediaNanos(), frame.get().discontinuity());
                    events.addAll(frame.get().events(finder));
                }
                events.addAll(finder.end());
                return new WhatIsThere(reader.counters(), reader.openedBytes(), last, length.length(), events);
            }
        }
    }
}
