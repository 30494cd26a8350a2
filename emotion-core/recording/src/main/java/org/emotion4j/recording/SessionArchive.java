package org.emotion4j.recording;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Retention: the sessions that lie side by side in a folder, which there are, which are past their date, and how to erase one.
 * No key is needed for any of it. Holds nothing; thread-safe.
 */
public final class SessionArchive {
    /** What the files of a folder's own session begin with. */
    private static final String OWN = "session";

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
     * @param name what its files begin with: {@code session}, or {@code session-1} … of one that a former version set aside
     * @param sessionId its id; empty where there is no readable {@code session.json}
     * @param state how far its record has come
     * @param encrypted whether its rows are encrypted
     * @param keepUntil the last day on which it may be kept; empty where no consent was given
     * @param problem why its {@code session.json} could not be read, where that is so
     */
    public record Entry(
            Path folder,
            String name,
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
     * Lists the sessions in the folder's folders and in the folder itself, with the {@linkplain #freeFolder later ones} in the
     * folders of those ({@code session-2} …). Folders that are no session are passed over, and so are other people's files of
     * such names; a session whose {@code session.json} cannot be read is listed with its problem, so that it is not forgotten.
     *
     * @return the entries, by name of their folder; in one folder its own session first
     * @throws IOException if the folder cannot be read
     */
    public List<Entry> sessions() throws IOException {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder, Files::isDirectory)) {
            children.forEach(folders::add);
        }
        folders.sort(null);
        List<Path> places = new ArrayList<>(List.of(folder));
        for (Path child : folders) {
            places.add(child);
            places.addAll(SessionFolder.later(child));
        }
        List<Entry> entries = new ArrayList<>();
        for (Path place : places) {
            Set<String> suffixes =
                    new TreeSet<>(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
            for (Path file : filesToErase(place)) {
                if (SessionFolder.isRecord(file)) {
                    suffixes.add(SessionFolder.suffix(file));
                }
            }
            for (String suffix : suffixes) {
                entries.add(entry(place, suffix));
            }
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
     * Tells whether a recorder, of this program or another one, has a folder now.
     *
     * @param folder a folder
     * @return true while it is being recorded into; false where it does not exist
     * @throws IOException if it cannot be told
     */
    public static boolean isBeingRecorded(Path folder) throws IOException {
        return Files.isDirectory(folder) && DiskStorage.INSTANCE.isLocked(folder);
    }

    /**
     * Says where a new session can be recorded so that nothing in a folder is touched: in the folder itself, or where that
     * holds a session already, or what was made from one, in its folder {@code session-2}, {@code session-3} …, the first
     * that is not there. Makes nothing.
     *
     * @param folder a folder; it need not exist
     * @return a folder without a session
     * @throws FileAlreadyExistsException if it is being recorded into now, or if a name that a session needs is taken by a
     *     file that is not Emotion4J's
     * @throws IOException if it cannot be read
     */
    public static Path freeFolder(Path folder) throws IOException {
        if (isBeingRecorded(folder)) {
            throw new FileAlreadyExistsException(
                    folder.toString(), null, "is being recorded into by another session; choose another folder");
        }
        return SessionFolder.free(folder);
    }

    /**
     * Lists the later sessions in a session's folder, which {@link #freeFolder} gave.
     *
     * @param folder a session's folder
     * @return its folders {@code session-2} … that hold a session, by their number
     * @throws IOException if it cannot be read
     */
    public static List<Path> laterSessions(Path folder) throws IOException {
        List<Path> later = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            for (Path child : SessionFolder.later(folder)) {
                if (isSession(child)) {
                    later.add(child);
                }
            }
        }
        return List.copyOf(later);
    }

    /**
     * Finds the record of the other person of a session of two ({@link SessionMetadata#companion()}).
     *
     * @param session a session's folder
     * @param cipher with the key that it was recorded with, where it is encrypted
     * @return the folder beside it that holds the record which it names; empty where it names none, and where that was erased or moved
     * @throws SessionDecryptionException if the session is encrypted and no key, or another one, was given
     * @throws IOException if the session cannot be read
     */
    public static Optional<Path> companion(Path session, Optional<SessionCipher> cipher) throws IOException {
        if (!Files.exists(session.resolve(SessionFolder.JSON))) {
            return Optional.empty();
        }
        Optional<SessionMetadata.Companion> named =
                SessionReader.readInfo(session, cipher).metadata().companion();
        if (named.isEmpty()) {
            return Optional.empty();
        }
        Path other = session.resolveSibling(named.get().folder());
        Path json = other.resolve(SessionFolder.JSON);
        if (!Files.exists(json)) {
            return Optional.empty();
        }
        try {
            String found = SessionJson.readVisible(Files.readAllBytes(json)).sessionId();
            return found.equals(named.get().sessionId()) ? Optional.of(other) : Optional.empty();
        } catch (SessionFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * Tells whether a folder holds a session, or one that was set aside: whether there is anything to {@link #erase(Path)}.
     *
     * @param folder a folder
     * @return true if one of its files is, by name and content, a session's rows or description; false where there is no
     *     such folder
     * @throws IOException if it cannot be read
     */
    public static boolean isSession(Path folder) throws IOException {
        return Files.isDirectory(folder) && filesToErase(folder).stream().anyMatch(SessionFolder::isRecord);
    }

    /**
     * Tells whether a file is part of a session, or was made from one by Emotion4J, judged by its name and its content.
     *
     * @param file the file
     * @return true for {@code session.csv}, {@code session.csv.sealed}, {@code session.json}, {@code events.csv},
     *     {@code events.csv.sealed}, {@code notes.csv}, {@code notes.csv.sealed}, {@code signature.svg},
     *     {@code signature.svg.sealed}, {@code timeline.csv}, {@code timeline.png},
     *     {@code report.html} and {@code clusters.png} that hold what their names say; false for anything else, also for a page that was changed since, and where there is no such file
     * @throws IOException if it cannot be read
     */
    public static boolean isOwn(Path file) throws IOException {
        return SessionFolder.isOwn(file);
    }

    /**
     * Erases what was recorded into a folder for good: the session, {@linkplain #laterSessions later ones} in its folders,
     * earlier ones that former versions set aside there ({@code session-1.csv} …), what was added to them
     * ({@code notes.csv}, {@code notes.csv.sealed}), the {@linkplain SessionSignature signature}, and what was made from them
     * ({@code events.csv}, {@code events.csv.sealed}, {@code timeline.csv}, {@code timeline.png}, {@code clusters.png},
     * {@code report.html}). These files are known by their names and by their
     * content: rows or a description are enough to know a session, and the other of the two then goes with it even where
     * it is damaged; a picture or a page has to be as Emotion4J made it. They are overwritten with zeros, forced to disk
     * and deleted, the rows before the descriptions and {@code session.json} last, so that an erasure that was cut off can
     * be seen and repeated. Other files are not touched, whatever they are called, nor are links, and the folder goes if it
     * is empty then.
     *
     * <p>Copies are out of reach: those in backups, and the old blocks that flash disks and some file systems keep when
     * data is overwritten. Where that matters, record encrypted and destroy the key.
     *
     * @param session the session's folder; one that only holds sessions set aside will do
     * @return the files that are left in the folder
     * @throws SessionFormatException if the folder is no session
     * @throws IOException if it or a later one in it is being recorded just now, or a file cannot be erased
     */
    public static List<Path> erase(Path session) throws IOException {
        if (isSession(session)) {
            List<Path> later = laterSessions(session);
            for (Path each : later) {
                if (isBeingRecorded(each)) {
                    throw recorded(each);
                }
            }
            for (Path each : later) {
                erase(each, file -> true);
            }
        }
        return erase(session, file -> true);
    }

    private static IOException recorded(Path session) {
        return new SessionInUseException(session + " is being recorded into; stop that recording first");
    }

    /**
     * Erases one session and what was made from it, as {@link #erase(Path)} does, and leaves others in its folder alone.
     *
     * @param session what {@link #sessions()} or {@link #past} listed
     * @return the files that are left in the folder
     * @throws SessionFormatException if it is not there any more
     * @throws IOException if its folder is being recorded into just now, or a file cannot be erased
     */
    public static List<Path> erase(Entry session) throws IOException {
        String suffix = session.name().substring(OWN.length());
        return erase(session.folder(), file -> SessionFolder.suffix(file).equals(suffix));
    }

    private static List<Path> erase(Path session, Predicate<Path> meant) throws IOException {
        if (Files.isDirectory(session) && filesToErase(session).isEmpty()) {
            SessionFormatException none = SessionReader.noSession(session);
            throw new SessionFormatException(none.getMessage() + "; nothing was erased", none);
        }
        if (!Files.isDirectory(session)
                || filesToErase(session).stream().filter(meant).noneMatch(SessionFolder::isRecord)) {
            throw new SessionFormatException(session + " is no session: it has no " + SessionFolder.JSON + " and no "
                    + SessionFolder.ROWS + " of Emotion4J's; nothing was erased");
        }
        Closeable lock = DiskStorage.INSTANCE.lock(session).orElseThrow(() -> recorded(session));
        try (lock) {
            for (Path file : filesToErase(session)) {
                if (meant.test(file)) {
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

    /** What is made from a record goes before it, so that the folder is a session's until nothing of it is left. */
    private static List<Path> filesToErase(Path session) throws IOException {
        List<Path> records = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        Set<String> own = new TreeSet<>();
        try (DirectoryStream<Path> children =
                Files.newDirectoryStream(session, child -> Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS))) {
            for (Path child : children) {
                if (SessionFolder.isRecord(child)) {
                    records.add(child);
                    if (SessionFolder.isErasable(child)) {
                        own.add(SessionFolder.suffix(child));
                    }
                } else if (SessionFolder.isProduct(child) && SessionFolder.isErasable(child)) {
                    files.add(child);
                }
            }
        }
        records.stream()
                .filter(file -> own.contains(SessionFolder.suffix(file)))
                .forEach(files::add);
        files.sort(Comparator.comparingInt(SessionArchive::turn).thenComparing(Comparator.naturalOrder()));
        return files;
    }

    private static int turn(Path file) {
        if (SessionFolder.isProduct(file)) {
            return 0;
        }
        if (file.endsWith(SessionFolder.JSON)) {
            return 3;
        }
        return String.valueOf(file.getFileName()).contains(".json") ? 2 : 1;
    }

    private static Entry entry(Path place, String suffix) throws IOException {
        String name = OWN + suffix;
        Path json = place.resolve(name + ".json");
        if (Files.exists(json)) {
            try {
                SessionJson.Visible visible = SessionJson.readVisible(Files.readAllBytes(json));
                return new Entry(
                        place,
                        name,
                        Optional.of(visible.sessionId()),
                        visible.state(),
                        visible.encrypted(),
                        visible.keepUntil(),
                        Optional.empty());
            } catch (SessionFormatException e) {
                return unreadable(place, name, json + ": " + e.getMessage());
            }
        }
        return unreadable(place, name, json + " is missing");
    }

    private static Entry unreadable(Path place, String name, String problem) {
        return new Entry(
                place,
                name,
                Optional.empty(),
                SessionState.UNDESCRIBED,
                Files.exists(place.resolve(name + ".csv.sealed")),
                Optional.empty(),
                Optional.of(problem));
    }

    private static void overwrite(Path file) throws IOException {
        if (SessionFolder.isNotes(file)) {
            // Whoever is writing a note now has it in before this; whoever comes later finds the session being erased.
            try (DiskStorage.SharedDiskFile notes = DiskStorage.INSTANCE.share(file)) {
                notes.blank();
            }
        } else {
            try (RandomAccessFile target = new RandomAccessFile(file.toFile(), "rw")) {
                DiskStorage.blank(target);
            }
        }
    }
}
