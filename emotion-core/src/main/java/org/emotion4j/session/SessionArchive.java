package org.emotion4j.session;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sessions that lie side by side in a folder: which there are, which are past their date, and how to be rid of one.
 * No key is needed for any of it. Holds nothing; thread-safe.
 */
public final class SessionArchive {
    private final Path folder;

    private SessionArchive(Path folder) {
        this.folder = folder;
    }

    /**
     * Looks at a folder.
     *
     * @param folder a folder of session folders
     * @return the archive; nothing is read yet
     */
    public static SessionArchive of(Path folder) {
        return new SessionArchive(folder);
    }

    /**
     * One session, as far as can be told without a key.
     *
     * @param folder where it is
     * @param sessionId its id; empty where there is no readable {@code session.json}
     * @param state how far its record has come
     * @param encrypted whether its rows are encrypted
     * @param keepUntil the last day on which it may be kept; empty where no consent was given
     * @param problem why its {@code session.json} could not be read, where that is so
     */
    public record Entry(
            Path folder,
            Optional<String> sessionId,
            SessionState state,
            boolean encrypted,
            Optional<LocalDate> keepUntil,
            Optional<String> problem) {
        /**
         * Tells whether the session should have been erased.
         *
         * @param now the time to judge by
         * @return true once its last day is over in UTC; false where it has no date
         */
        public boolean isPast(Instant now) {
            return keepUntil.filter(date -> Consent.isPast(date, now)).isPresent();
        }
    }

    /**
     * Lists the sessions. Folders that are no session are passed over; a session whose {@code session.json} cannot be read
     * is listed with its problem, so that it is not forgotten.
     *
     * @return the entries, by name of their folder
     * @throws IOException if the folder cannot be read
     */
    public List<Entry> sessions() throws IOException {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder, Files::isDirectory)) {
            children.forEach(folders::add);
        }
        folders.sort(null);
        List<Entry> entries = new ArrayList<>();
        for (Path child : folders) {
            entry(child).ifPresent(entries::add);
        }
        return List.copyOf(entries);
    }

    /**
     * Lists the sessions that should have been erased.
     *
     * @param now the time to judge by
     * @return those whose last day is over
     * @throws IOException if the folder cannot be read
     */
    public List<Entry> past(Instant now) throws IOException {
        return sessions().stream().filter(entry -> entry.isPast(now)).toList();
    }

    /**
     * Erases a session for good: its files are overwritten with zeros, forced to disk and deleted, the rows first and
     * {@code session.json} last, so that an erasure that was cut off can be seen and repeated. Other files of the folder
     * (a report, a picture) are not touched, and the folder goes if it is empty then.
     *
     * <p>Copies are out of reach: those in backups, and the old blocks that flash disks and some file systems keep when
     * data is overwritten. Where that matters, record encrypted and destroy the key.
     *
     * @param session the session's folder
     * @return the files that are left in the folder
     * @throws SessionFormatException if the folder is no session
     * @throws IOException if it is being recorded just now, or a file cannot be erased
     */
    public static List<Path> erase(Path session) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name : List.of(SessionFolder.ROWS, SessionFolder.SEALED_ROWS, SessionFolder.JSON)) {
            files.add(SessionFolder.temporary(session.resolve(name)));
            files.add(session.resolve(name));
        }
        if (files.stream().noneMatch(Files::exists)) {
            throw new SessionFormatException(session + " is no session: it has neither " + SessionFolder.JSON + " nor "
                    + SessionFolder.ROWS + "; nothing was erased");
        }
        Closeable lock = DiskStorage.INSTANCE
                .lock(session)
                .orElseThrow(() -> new IOException(session + " is being recorded into; stop that recording first"));
        try (lock) {
            for (Path file : files) {
                if (Files.exists(file)) {
                    overwrite(file);
                    Files.delete(file);
                }
            }
            DiskStorage.INSTANCE.forceFolder(session);
        }
        List<Path> left = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(session)) {
            children.forEach(left::add);
        }
        left.sort(null);
        if (left.isEmpty()) {
            Files.delete(session);
        }
        return List.copyOf(left);
    }

    private static Optional<Entry> entry(Path child) throws IOException {
        Path json = child.resolve(SessionFolder.JSON);
        if (Files.exists(json)) {
            try {
                SessionJson.Visible visible = SessionJson.readVisible(Files.readAllBytes(json));
                return Optional.of(new Entry(
                        child,
                        Optional.of(visible.sessionId()),
                        visible.state(),
                        visible.encrypted(),
                        visible.keepUntil(),
                        Optional.empty()));
            } catch (SessionFormatException e) {
                return Optional.of(unreadable(child, json + ": " + e.getMessage()));
            }
        }
        if (Files.exists(child.resolve(SessionFolder.ROWS)) || Files.exists(child.resolve(SessionFolder.SEALED_ROWS))) {
            return Optional.of(unreadable(child, json + " is missing"));
        }
        return Optional.empty();
    }

    private static Entry unreadable(Path child, String problem) {
        boolean encrypted = Files.exists(child.resolve(SessionFolder.SEALED_ROWS));
        return new Entry(
                child, Optional.empty(), SessionState.UNDESCRIBED, encrypted, Optional.empty(), Optional.of(problem));
    }

    private static void overwrite(Path file) throws IOException {
        byte[] zeros = new byte[1 << 16];
        try (RandomAccessFile target = new RandomAccessFile(file.toFile(), "rw")) {
            for (long left = target.length(); left > 0; left -= zeros.length) {
                target.write(zeros, 0, (int) Math.min(zeros.length, left));
            }
            target.getFD().sync();
        }
    }
}
