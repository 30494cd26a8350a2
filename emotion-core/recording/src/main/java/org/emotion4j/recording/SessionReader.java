package org.emotion4j.recording;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emotion4j.event.SessionEvent;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.recording.RowParser.BadRowException;
import org.emotion4j.recording.RowParser.Row;
import org.emotion4j.session.SessionEnd;
import org.jspecify.annotations.Nullable;

/**
 * Reads a session frame by frame, in the order in which it was recorded, without holding it in memory. Reading changes
 * nothing on the disk.
 *
 * <p>A session whose recording was cut off opens like any other: its torn last row is left out. A row that cannot be used
 * is left out too; {@link #problems()} says which and why. {@link #recover} tidies up a cut-off session for good.
 *
 * <p>Confined to one thread.
 */
public final class SessionReader implements Closeable {
    /** How many problems of rows are kept in words; more are counted only. */
    public static final int MAX_PROBLEMS = 100;

    private static final int MOST_NAMED = 5;

    private final Opening opening;
    private final SessionInfo info;
    private final @Nullable EncryptedRowsInput sealed;
    private final LineInput lines;
    private final List<SessionProblem> problems = new ArrayList<>();
    private final List<EmotionReading> readings = new ArrayList<>();
    private final RowCells cells = new RowCells();

    private @Nullable RowParser parser;
    private @Nullable Row ahead;
    private SessionCounters counters = SessionCounters.NONE;
    private @Nullable Consumer<String[]> onRow;
    private long line;
    private long problemCount;
    private long unusableRows;
    private boolean ended;

    /** Where the session's events and notes are. */
    private record Place(Path folder, Optional<SessionCipher> cipher) {}

    /** Rows that have been looked at and may be read, as often as wanted. */
    private record Opening(Path file, SessionInfo info, boolean beingRecorded, Rows rows, Optional<Place> place) {
        SessionReader reader() throws IOException {
            InputStream input = rows.open();
            try {
                return new SessionReader(this, input);
            } catch (IOException | RuntimeException e) {
                input.close();
                throw e;
            }
        }
    }

    private interface Rows {
        InputStream open() throws IOException;
    }

    private SessionReader(Opening opening, InputStream rows) throws IOException {
        this.opening = opening;
        this.info = opening.info();
        this.sealed = rows instanceof EncryptedRowsInput encrypted ? encrypted : null;
        this.lines = new LineInput(rows);
        readHeader();
        ahead = nextRow();
    }

    /**
     * Opens a session.
     *
     * @param path the session's folder, or a CSV with a session's columns
     * @return a reader before the first frame
     * @throws SessionDecryptionException if the session is encrypted
     * @throws SessionFormatException if there is no session, it is damaged, or of a newer format
     * @throws IOException if it cannot be read
     */
    public static SessionReader open(Path path) throws IOException {
        Objects.requireNonNull(path, "path");
        return open(path, Optional.empty());
    }

    /**
     * Opens a session, encrypted or not.
     *
     * @param path the session's folder, or a CSV with a session's columns
     * @param cipher with the key that it was recorded with
     * @return a reader before the first frame
     * @throws SessionDecryptionException if the key is another one, or the session was altered
     * @throws SessionFormatException if there is no session, it is damaged, or of a newer format
     * @throws IOException if it cannot be read
     */
    public static SessionReader open(Path path, SessionCipher cipher) throws IOException {
        return open(path, Optional.of(cipher));
    }

    /**
     * Opens the same session once more, for what has to be known before its first frame is used: a rest, for example. Rows that were
     * looked at for damage when it was opened are not looked at again.
     *
     * @return another reader before the first frame, to be closed by itself
     * @throws SessionDecryptionException if the session was altered
     * @throws IOException if it cannot be read
     */
    public SessionReader again() throws IOException {
        return opening.reader();
    }

    /**
     * Reads what {@code session.json} says, without the rows.
     *
     * @param folder the session's folder
     * @return the description
     * @throws SessionDecryptionException if the session is encrypted
     * @throws SessionFormatException if there is no session, it is damaged, or of a newer format
     * @throws IOException if it cannot be read
     */
    public static SessionInfo readInfo(Path folder) throws IOException {
        Objects.requireNonNull(folder, "folder");
        return readInfo(folder, Optional.empty());
    }

    /**
     * Tidies up a session whose recording was cut off: the torn last row is cut, and {@code session.json} gets the state
     * {@code recovered} and the counters. Nothing is done to a session that ended. Safe against a crash of its own.
     *
     * @param folder the session's folder
     * @return what was done
     * @throws SessionDecryptionException if the session is encrypted
     * @throws SessionFormatException if there is no session or it is damaged
     * @throws IOException if it is being recorded just now, or cannot be read or written
     */
    public static SessionRecovery recover(Path folder) throws IOException {
        return SessionRecovery.of(folder, Optional.empty(), DiskStorage.INSTANCE);
    }

    /**
     * Like {@link #recover(Path)}, for an encrypted session.
     *
     * @param folder the session's folder
     * @param cipher with the key that it was recorded with
     * @return what was done
     * @throws SessionDecryptionException if the key is another one, or the session was altered
     * @throws SessionFormatException if there is no session or it is damaged
     * @throws IOException if it is being recorded just now, or cannot be read or written
     */
    public static SessionRecovery recover(Path folder, SessionCipher cipher) throws IOException {
        return SessionRecovery.of(folder, Optional.of(cipher), DiskStorage.INSTANCE);
    }

    /**
     * Returns what is known of the session besides its rows.
     *
     * @return the content of {@code session.json}; of a CSV without one, nothing but the id {@code unknown}
     */
    public SessionInfo info() {
        return info;
    }

    /**
     * Returns where the rows are.
     *
     * @return the file that is read
     */
    public Path file() {
        return opening.file();
    }

    /**
     * Tells whether the session was cut off: begun, not ended, and nobody records it when it is opened.
     *
     * @return true if {@link #recover} has something to do
     */
    public boolean isUnfinished() {
        return info.state() == SessionState.RECORDING && !opening.beingRecorded();
    }

    /**
     * Tells whether somebody records this session when it is opened. What is read then is what there is so far.
     *
     * @return true while a recorder has it
     */
    public boolean isBeingRecorded() {
        return opening.beingRecorded();
    }

    /**
     * Reads the next frame.
     *
     * @return the frame, or empty after the last one
     * @throws SessionDecryptionException if the rest of an encrypted session was altered; what was returned before is as it was
     *     recorded
     * @throws IOException if the file cannot be read
     */
    public Optional<RecordedFrame> next() throws IOException {
        Row first = ahead;
        if (first == null) {
            end();
            return Optional.empty();
        }
        readings.clear();
        OptionalInt subject = OptionalInt.empty();
        Row row = first;
        while (row != null && row.frame() == first.frame() && row.mediaNanos() == first.mediaNanos()) {
            EmotionReading reading = row.reading();
            if (reading != null) {
                if (isRead(reading.faceId())) {
                    // The same face once more: another frame of the same number and time.
                    break;
                }
                readings.add(reading);
                if (subject.isEmpty() && (row.isSubject() || !knownParser().knowsSubject())) {
                    subject = OptionalInt.of(reading.faceId());
                }
            } else if (row != first) {
                break;
            }
            if (onRow != null) {
                onRow.accept(knownParser().cells());
            }
            row = nextRow();
            if (first.reading() == null) {
                break;
            }
        }
        ahead = row;
        counters = counters.plusFrame(readings.size());
        return Optional.of(new RecordedFrame(
                first.frame(),
                first.mediaNanos(),
                first.wallTime(),
                first.origin(),
                first.cut(),
                readings,
                subject,
                Math.max(first.facesInSight(), readings.size())));
    }

    private boolean isRead(int faceId) {
        for (EmotionReading reading : readings) {
            if (reading.faceId() == faceId) {
                return true;
            }
        }
        return false;
    }

    /**
     * Reads the events that were found while the session was recorded ({@link EventCsv}).
     *
     * @return in the order in which they were told, those of other faces included that are in the record; empty where none were
     *     written: of records from before they were, of one that was cut off, and of a file of rows alone. Where they are damaged
     *     that is a {@linkplain #problems() problem}
     * @throws SessionDecryptionException if they were altered
     * @throws IOException if they cannot be read
     */
    public Optional<List<SessionEvent>> events() throws IOException {
        if (opening.place().isEmpty()) {
            return Optional.empty();
        }
        Place of = opening.place().get();
        try {
            return EventLog.read(of.folder(), info, of.cipher());
        } catch (SessionDecryptionException e) {
            throw e;
        } catch (SessionFormatException e) {
            problem(0, e.getMessage() + "; events are found in the rows instead");
            return Optional.empty();
        }
    }

    /**
     * Reads what people have added to the session since ({@link SessionNotes}).
     *
     * @return what there is; nothing of a file of rows alone. Its problems are its own
     * @throws SessionDecryptionException if they were altered
     * @throws IOException if they cannot be read
     */
    public SessionNotes.Content notes() throws IOException {
        if (opening.place().isEmpty()) {
            return SessionNotes.Content.NONE;
        }
        Place of = opening.place().get();
        try {
            return SessionNotes.read(of.folder(), info, of.cipher());
        } catch (SessionDecryptionException e) {
            throw e;
        } catch (SessionFormatException e) {
            return new SessionNotes.Content(List.of(), List.of(new SessionProblem(0, String.valueOf(e.getMessage()))));
        }
    }

    /**
     * Returns the markers of the record and those that were set later.
     *
     * @return in the order of time
     * @throws IOException as {@link #notes()}
     */
    public List<SessionMarker> markers() throws IOException {
        return Stream.concat(info.markers().stream(), notes().markers().stream())
                .sorted(Comparator.comparingLong(SessionMarker::mediaNanos))
                .toList();
    }

    /**
     * Reads the remaining frames.
     *
     * @param action called with each, on this thread
     * @throws IOException as {@link #next()}
     */
    public void forEachRemaining(Consumer<? super RecordedFrame> action) throws IOException {
        for (Optional<RecordedFrame> frame = next(); frame.isPresent(); frame = next()) {
            action.accept(frame.get());
        }
    }

    /**
     * Returns how much was read so far.
     *
     * @return counters of the frames that {@link #next()} has returned
     */
    public SessionCounters counters() {
        return counters;
    }

    /**
     * Returns what could not be used so far: rows, the first {@value #MAX_PROBLEMS} of them, and what is wrong with the record as a
     * whole.
     *
     * @return an immutable list; complete once {@link #next()} has returned empty
     */
    public List<SessionProblem> problems() {
        return List.copyOf(problems);
    }

    /**
     * Returns how many problems there were, those beyond {@link #MAX_PROBLEMS} included.
     *
     * @return 0 or more
     */
    public long problemCount() {
        return problemCount;
    }

    /**
     * Returns how many rows could not be used so far; the other problems are about the record as a whole.
     *
     * @return 0 to {@link #problemCount()}
     */
    public long unusableRows() {
        return unusableRows;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    @Override
    public String toString() {
        return "SessionReader[file=" + file() + ", state=" + info.state() + "]";
    }

    /**
     * Hears of each row when its frame is read: its cells as they were recorded, in the order of
     * {@link CsvSessionRecorder#columns()}.
     */
    void onRow(Consumer<String[]> listener) {
        onRow = listener;
    }

    private RowParser knownParser() {
        return Objects.requireNonNull(parser, "a row without a parser");
    }

    /** Returns how many bytes of a sealed file belong to whole messages; known at the end. */
    long openedBytes() {
        return sealed == null ? 0 : sealed.openedBytes();
    }

    /**
     * Opens a session, with a key where there is one.
     *
     * @param path the session's folder, or a CSV with a session's columns
     * @param cipher with the key that it was recorded with; empty of one that is not encrypted
     * @return a reader before the first frame
     * @throws SessionDecryptionException if the key is missing or another one, or the session was altered
     * @throws SessionFormatException if there is no session, it is damaged, or of a newer format
     * @throws IOException if it cannot be read
     */
    public static SessionReader open(Path path, Optional<SessionCipher> cipher) throws IOException {
        if (Files.isRegularFile(path)) {
            return undescribed(path);
        }
        Path json = path.resolve(SessionFolder.JSON);
        Path csv = path.resolve(SessionFolder.ROWS);
        if (!Files.exists(json)) {
            if (Files.exists(csv)) {
                return undescribed(csv);
            }
            throw noSession(path);
        }
        boolean beingRecorded = DiskStorage.INSTANCE.isLocked(path);
        SessionInfo info = readInfo(path, cipher);
        Path file = path.resolve(SessionFolder.rows(info.encrypted()));
        if (!Files.exists(file)) {
            return new Opening(file, info, beingRecorded, InputStream::nullInputStream, Optional.empty()).reader();
        }
        Optional<Place> place = Optional.of(new Place(path, cipher));
        if (!info.encrypted()) {
            SpreadsheetHabits.refuse(file, info);
            return new Opening(file, info, beingRecorded, () -> Files.newInputStream(file), place).reader();
        }
        boolean mayBeTorn = info.state() == SessionState.RECORDING
                || (info.state() == SessionState.STOPPED
                        && info.end().orElse(SessionEnd.RECORDING_FAILED) == SessionEnd.RECORDING_FAILED);
        RecordEncryption sealing = new RecordEncryption(cipher.orElseThrow(), info.sessionId());
        return new Opening(file, info, beingRecorded, () -> new EncryptedRowsInput(file, sealing, mayBeTorn), place)
                .reader();
    }

    /** Says that a folder is none, and which there are in it. */
    static SessionFormatException noSession(Path path) throws IOException {
        List<Path> within = new ArrayList<>();
        if (Files.isDirectory(path)) {
            SessionArchive.of(path).sessions().forEach(entry -> within.add(entry.folder()));
        }
        String first = within.stream().limit(MOST_NAMED).map(Path::toString).collect(Collectors.joining(", "));
        return new SessionFormatException(path + " is no session: it has neither " + SessionFolder.JSON + " nor "
                + SessionFolder.ROWS
                + (within.isEmpty()
                        ? "; give the folder that a recorder was given"
                        : "; sessions are in it, give these: " + first
                                + (within.size() > MOST_NAMED
                                        ? " and " + (within.size() - MOST_NAMED) + " more"
                                        : "")));
    }

    static SessionInfo readInfo(Path folder, Optional<SessionCipher> cipher) throws IOException {
        Path json = folder.resolve(SessionFolder.JSON);
        byte[] bytes = Files.readAllBytes(json);
        try {
            return SessionJson.read(bytes, cipher);
        } catch (SessionDecryptionException e) {
            throw new SessionDecryptionException(json + ": " + e.getMessage(), e);
        } catch (SessionFormatException e) {
            throw new SessionFormatException(
                    json + ": " + e.getMessage() + ". The rows may be whole: open "
                            + folder.resolve(SessionFolder.ROWS),
                    e);
        }
    }

    private static SessionReader undescribed(Path csv) throws IOException {
        SpreadsheetHabits.refuse(csv, SessionInfo.undescribed());
        return new Opening(csv, SessionInfo.undescribed(), false, () -> Files.newInputStream(csv), Optional.empty())
                .reader();
    }

    /** A header may be missing where the recording was cut off before it was begun, and nowhere else. */
    private void readHeader() throws IOException {
        boolean any = lines.next();
        line++;
        if (any && lines.isTerminated()) {
            try {
                parser = RowParser.of(lines.text());
            } catch (SessionFormatException e) {
                throw new SessionFormatException(file() + ": " + e.getMessage(), e);
            }
        } else if (info.state() == SessionState.UNDESCRIBED) {
            throw new SessionFormatException(file() + " is no session: it has no header line");
        } else {
            problem(0, "the recording was cut off before its first row");
        }
    }

    private @Nullable Row nextRow() throws IOException {
        RowParser rows = parser;
        if (rows == null) {
            return null;
        }
        while (lines.next()) {
            line++;
            if (!lines.isTerminated()) {
                problem(line, "the last row is torn and was left out");
            } else if (lines.hasHole()) {
                problem(line, "the row has bytes that never reached the disk and was left out");
            } else {
                lines.splitInto(cells);
                if (cells.isBlank()) {
                    continue;
                }
                try {
                    return rows.parse(cells);
                } catch (BadRowException e) {
                    problem(line, e.getMessage() + "; the row was left out");
                }
            }
        }
        return null;
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        if (sealed != null && sealed.tornBytes() > 0) {
            problem(0, "the last " + sealed.tornBytes() + " bytes are no whole message and were left out");
        }
        info.counters().filter(counted -> !counted.equals(counters)).ifPresent(counted -> {
            problem(
                    0,
                    "session.json counts " + counted.frames() + " frames with " + counted.readings()
                            + " readings, but " + counters.frames() + " with " + counters.readings()
                            + " could be read: rows are missing or were added");
        });
    }

    private void problem(long where, @Nullable String message) {
        problemCount++;
        unusableRows += where > 0 ? 1 : 0;
        if (where == 0 || unusableRows <= MAX_PROBLEMS) {
            problems.add(new SessionProblem(where, String.valueOf(message)));
        }
    }
}
