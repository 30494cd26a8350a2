package org.emotion4j.recording;

import static org.emotion4j.stage.internal.BuilderOptions.requireUnset;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.emotion4j.event.EventDetector;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.session.PipelineSettings;
import org.emotion4j.session.SessionEnd;
import org.emotion4j.session.SessionRecorder;
import org.emotion4j.session.UnreadInput;
import org.emotion4j.stage.StageMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a session in a folder: every reading as a row of {@code session.csv}, what faces did as rows of {@code events.csv}
 * ({@link EventCsv}; there is none where they did nothing), everything else in {@code session.json}.
 *
 * <p>The CSV is UTF-8, comma separated, with one header line, lines ending with LF and decimal points. Each row is one
 * line. A frame without a face is a row without a face id, so that its time is not lost. The same results and session id
 * give the same bytes.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><th>column</th><th>meaning</th></tr>
 * <tr><td>{@code format_version}</td><td>{@value SessionInfo#FORMAT_VERSION}</td></tr>
 * <tr><td>{@code session_id}</td><td>the session's id, as in {@code session.json}</td></tr>
 * <tr><td>{@code frame_index}</td><td>number of the frame, from 0</td></tr>
 * <tr><td>{@code media_time_ms}</td><td>media time in milliseconds, three decimals</td></tr>
 * <tr><td>{@code wall_time}</td><td>when it was analyzed, UTC, ISO 8601 with milliseconds</td></tr>
 * <tr><td>{@code origin}</td><td>file or device</td></tr>
 * <tr><td>{@code cut}</td><td>1 where the frame does not follow from the one before, else 0</td></tr>
 * <tr><td>{@code face_id}</td><td>id of the face; empty where no face was found</td></tr>
 * <tr><td>{@code x, y, width, height}</td><td>its box in pixels of the frame</td></tr>
 * <tr><td>{@code detection}</td><td>the detector's confidence, 0 to 1</td></tr>
 * <tr><td>{@code expression}</td><td>one of the seven; {@code none} if there is no clear one, or no face</td></tr>
 * <tr><td>{@code confidence}</td><td>of the smoothed score, 0 to 1</td></tr>
 * <tr><td>{@code angry … neutral}</td><td>smoothed scores</td></tr>
 * <tr><td>{@code raw_angry … raw_neutral}</td><td>scores of the frame alone</td></tr>
 * <tr><td>{@code quality}</td><td>how good the picture of the face is, 0 to 1 ({@link org.emotion4j.face.FaceQuality});
 * this and the columns after it are empty where nobody judged it, and missing in records from before they were added</td></tr>
 * <tr><td>{@code face_size, sharpness, brightness, contrast}</td><td>what that is made of</td></tr>
 * <tr><td>{@code yaw, pitch, roll}</td><td>where the head is turned to, in degrees; empty without landmarks</td></tr>
 * <tr><td>{@code quality_issues}</td><td>what is wrong with the picture, in words with a blank between them</td></tr>
 * <tr><td>{@code subject}</td><td>1 in the row of the face that the session is about, 0 in another face's, empty without
 * a face; this and the column after it are missing in records from before they were added: there the largest face, which
 * comes first, counts</td></tr>
 * <tr><td>{@code faces_in_sight}</td><td>how many faces were in the picture, those included that are not recorded</td></tr>
 * <tr><td>{@code AU1 … AU26}</td><td>how much each {@link org.emotion4j.emotion.FacialMovement} is seen, 0 to 1; this and the
 * columns after it are empty where the classifier does not tell, and missing in records from before they were added</td></tr>
 * <tr><td>{@code left_eye_closed, right_eye_closed}</td><td>0 open to 1 closed, first the eye at the left of the picture</td></tr>
 * <tr><td>{@code head_yaw, head_pitch, head_roll}</td><td>where the head is turned to, in degrees, by the expression network;
 * also without landmarks</td></tr>
 * </table>
 *
 * <p>Columns may come after these in later versions; readers find them by name.
 *
 * <p><b>What survives.</b> A frame's rows are handed to the operating system before {@link #record} returns: if the
 * process dies, they stay. No row waits longer than {@link Builder#forceEvery} (one second) to be forced to disk, by a
 * daemon thread, so that a frame does not wait for the disk: if the power goes, what is older stays.
 * {@link #forcedFrames()} tells how far that is. {@code session.json} is replaced in one step, and a marker is on the disk
 * when {@link #mark} returns. {@link SessionReader} reads a session that was cut off.
 *
 * <p><b>Encrypted</b> with {@link Builder#encryption}, the rows that are forced together become one authenticated message of
 * {@code session.csv.sealed}, events likewise of {@code events.csv.sealed}. Until then they are in memory only: a process that dies loses what was not forced yet. No
 * other file ever holds them.
 *
 * <p><b>A disk that is full</b>, or fails otherwise, ends the record and not the session: the half-written row is taken
 * back, {@code session.json} says {@code stopped} and why if it still can, and {@link #record} throws, once and then at
 * every call.
 *
 * <p>Thread-safe.
 */
public final class CsvSessionRecorder implements SessionRecorder {
    /** The name of the file with the rows in the session's folder. */
    public static final String FILE_NAME = "session.csv";

    /** The name of the file with everything else. */
    public static final String INFO_FILE_NAME = "session.json";

    /** The expression of a row without a clear one, or without a face. */
    public static final String NONE = "none";

    /** How long a row waits for the disk at most, where nothing else is set. */
    public static final Duration DEFAULT_FORCE_INTERVAL = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(SessionRecorder.class);

    private final Path folder;
    private final Path file;
    private final Optional<SessionCipher> cipher;
    private final Duration forceInterval;
    private final Clock clock;
    private final SessionStorage storage;
    private final ForceTimer timer;
    private final Closeable folderLock;
    private final RowLog log;
    private final EventLog events;
    private final CsvRows rows;

    /** Held while forcing and while session.json is replaced; always taken before the monitor, which guards the rest. */
    private final ReentrantLock disk = new ReentrantLock();

    private SessionInfo info;
    private final RecordedSubject.Log subjects = new RecordedSubject.Log();
    private boolean subjectIsNews;
    private SessionCounters counters = SessionCounters.NONE;
    private SessionCounters written = SessionCounters.NONE;
    private final MediaLength length = new MediaLength();
    private long forcedFrames;
    private @Nullable Ending ending;
    private boolean begun;
    private boolean timerSet;
    private boolean closed;
    private boolean failureReported;
    private @Nullable IOException failure;

    private CsvSessionRecorder(
            Builder builder, Path file, SessionStorage storage, Closeable folderLock, RowLog log, SessionInfo info) {
        this.folder = builder.folder;
        this.file = file;
        this.cipher = Optional.ofNullable(builder.cipher);
        this.forceInterval = builder.forceInterval == null ? DEFAULT_FORCE_INTERVAL : builder.forceInterval;
        this.clock = builder.clock == null ? Clock.systemUTC() : builder.clock;
        this.timer = builder.timer == null ? ForceTimer.onThread() : builder.timer;
        this.storage = storage;
        this.folderLock = folderLock;
        this.log = log;
        this.info = info;
        this.rows = new CsvRows(info.sessionId());
        this.events = new EventLog(storage, folder, info.sessionId(), cipher);
        if (builder.withoutEvents) {
            events.giveUp();
        }
    }

    /**
     * Starts a record without a consent; for recordings of people give {@linkplain #create(Path, SessionMetadata) one}.
     *
     * @param folder where to; created if it does not exist
     * @return a new recorder, its header forced to disk
     * @throws FileAlreadyExistsException if the folder holds a session already, or is a file; it is left as it is
     * @throws IOException if the files cannot be written
     */
    public static CsvSessionRecorder create(Path folder) throws IOException {
        return builder(folder).create();
    }

    /**
     * Starts a record.
     *
     * @param folder where to; created if it does not exist
     * @param metadata ids, consent and settings
     * @return a new recorder, its header forced to disk
     * @throws FileAlreadyExistsException if the folder holds a session already; it is left as it is
     * @throws IOException if the files cannot be written
     */
    public static CsvSessionRecorder create(Path folder, SessionMetadata metadata) throws IOException {
        return builder(folder).metadata(metadata).create();
    }

    /**
     * Starts to describe a recorder.
     *
     * @param folder where to; created if it does not exist
     * @return a builder with nothing set
     */
    public static Builder builder(Path folder) {
        return new Builder(folder);
    }

    /**
     * Returns the names of the columns.
     *
     * @return the header, in order
     */
    public static List<String> columns() {
        return CsvRows.columns();
    }

    /**
     * Returns where the rows are.
     *
     * @return {@code session.csv}, or {@code session.csv.sealed} of an encrypted session
     */
    public Path file() {
        return file;
    }

    /**
     * Returns the session's folder.
     *
     * @return the folder that was given
     */
    public Path folder() {
        return folder;
    }

    /**
     * Returns the session's id.
     *
     * @return the id in its metadata
     */
    public synchronized String sessionId() {
        return info.sessionId();
    }

    /**
     * Returns how many frames would be there after a power cut now.
     *
     * @return 0 to the number of recorded frames
     */
    public synchronized long forcedFrames() {
        return forcedFrames;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the frame has a value that a reader would not take (a time beyond about 31 years, a
     *     box of a thousand million pixels, no number), or is the one before once more; it is not recorded, and the
     *     record goes on
     */
    @Override
    public void record(FrameResult result) throws IOException {
        try {
            append(result);
        } catch (WriteFailure e) {
            throw stopped(e.cause());
        }
        if (forceInterval.isZero()) {
            force();
        }
    }

    /**
     * Forces everything recorded so far to disk now.
     *
     * @throws IOException if that fails; recording has stopped then
     * @throws IllegalStateException if this recorder was closed
     */
    public void force() throws IOException {
        disk.lock();
        try {
            synchronized (this) {
                requireRecording();
            }
            forceRows();
        } finally {
            disk.unlock();
        }
    }

    /** Notes what computes the readings in {@code session.json}. */
    @Override
    public void begin(List<StageMetadata> stages) throws IOException {
        update(current -> current.with(current.metadata().withStages(stages)));
    }

    /** Finds the events of {@code events.csv} otherwise. */
    @Override
    public synchronized void detectEventsWith(Supplier<? extends EventDetector> detectors) {
        events.detectWith(detectors);
    }

    /**
     * Notes how the pipeline is composed and set in {@code session.json}. From then on the record is whole only once
     * {@link #end} was called.
     */
    @Override
    public void begin(PipelineSettings pipeline) throws IOException {
        synchronized (this) {
            begun = true;
            ending = null;
        }
        update(current -> current.with(current.metadata().withPipeline(pipeline)));
    }

    /** Notes in {@code session.json} where in the session the record begins. */
    @Override
    public void beginWithin(Duration offset) throws IOException {
        update(current -> current.with(offset));
    }

    /**
     * Marks a moment in {@code session.json}; it is on the disk when the call returns.
     *
     * @param mediaNanos when, in nanoseconds of media time
     * @param text what for, 1 to 500 characters; line breaks become blanks
     * @throws IOException if it cannot be written; recording has stopped then
     * @throws IllegalArgumentException if the text is blank or too long
     * @throws IllegalStateException if this recorder was closed
     */
    @Override
    public void mark(long mediaNanos, String text) throws IOException {
        SessionMarker marker = new SessionMarker(mediaNanos, clock.instant(), text);
        update(current -> current.with(marker));
    }

    /**
     * Notes how the run ended; {@link #close()} writes it into {@code session.json}. A second call does nothing, nor does one
     * after {@link #close()}, nor that a recording has {@linkplain SessionEnd#NOT_BEGUN not begun} where there are frames.
     */
    @Override
    public synchronized void end(SessionEnd how, Optional<String> reason, UnreadInput unread) {
        boolean hasBegun = counters.frames() > 0;
        if (ending == null && !(how == SessionEnd.NOT_BEGUN && hasBegun)) {
            ending = new Ending(how, reason, unread);
        }
    }

    @Override
    public StageMetadata metadata() {
        return StageMetadata.named("csv")
                .withVersion(Integer.toString(SessionInfo.FORMAT_VERSION))
                .withNotes(cipher.isPresent() ? "encrypted" : "not encrypted")
                .withSetting("forceEvery", forceInterval.isZero() ? "row" : forceInterval)
                .withSetting("encrypted", cipher.isPresent());
    }

    /**
     * Forces the last rows, writes {@code session.json} with the counters and how the session ended, and ends the record.
     * Where nobody {@linkplain #end said} how, it is finished if rows were recorded by hand, and
     * {@link SessionEnd#CLOSED_EARLY} if a pipeline had begun. A second call does nothing.
     *
     * @throws UncheckedIOException if that fails, unless {@link #record} has said so already; what was forced stays
     */
    @Override
    public void close() {
        disk.lock();
        try {
            synchronized (this) {
                if (closed) {
                    return;
                }
            }
            timer.close();
            try {
                if (!hasFailed()) {
                    finish();
                }
            } finally {
                release();
            }
            IOException unreported = unreported();
            if (unreported != null) {
                throw new UncheckedIOException(unreported.getMessage(), unreported);
            }
        } finally {
            disk.unlock();
        }
    }

    @Override
    public String toString() {
        return "CsvSessionRecorder[folder=" + folder + ", forceEvery="
                + (forceInterval.isZero() ? "row" : forceInterval) + ", encrypted=" + cipher.isPresent() + "]";
    }

    /** Writes a first session.json and the header, so that a session is one from the start. */
    private static CsvSessionRecorder begun(Builder builder) throws IOException {
        SessionStorage storage = builder.storage == null ? DiskStorage.INSTANCE : builder.storage;
        Optional<SessionCipher> cipher = Optional.ofNullable(builder.cipher);
        Clock clock = builder.clock == null ? Clock.systemUTC() : builder.clock;
        Path folder = builder.folder;
        Optional.ofNullable(builder.metadata)
                .flatMap(SessionMetadata::consent)
                .filter(consent -> consent.isAhead(clock.instant()))
                .ifPresent(consent -> {
                    throw new IllegalArgumentException("the consent is dated " + consent.agreedAt()
                            + ", expected a time up to now, " + clock.instant());
                });
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new FileAlreadyExistsException(
                    folder.toString(), null, "is a file; give the folder that the session is to be kept in");
        }
        storage.createFolder(folder);
        Closeable folderLock = storage.lock(folder)
                .orElseThrow(() -> new FileAlreadyExistsException(
                        folder.toString(), null, "is being recorded into by another session; choose another folder"));
        try {
            for (String name : SessionFolder.ofARecord()) {
                if (SessionFolder.isTaken(folder.resolve(name))) {
                    throw new FileAlreadyExistsException(
                            folder.resolve(name).toString(),
                            null,
                            "the folder holds a session already; choose another folder, for example the one that"
                                    + " SessionArchive.freeFolder gives, or erase that session");
                }
            }
            SessionMetadata metadata = builder.metadata == null ? SessionMetadata.withoutConsent() : builder.metadata;
            SessionInfo info = SessionInfo.begun(metadata, cipher.isPresent(), versions(), clock.instant());
            SessionFolder.replaceForNow(storage, folder.resolve(SessionFolder.JSON), json(info, cipher));
            Path file = folder.resolve(SessionFolder.rows(cipher.isPresent()));
            RowLog log = RowLog.create(
                    storage, file, cipher.map(given -> new RecordEncryption(given, metadata.sessionId())));
            try {
                CsvSessionRecorder recorder = new CsvSessionRecorder(builder, file, storage, folderLock, log, info);
                log.append(CsvRows.header());
                log.flush();
                log.force();
                storage.forceFolder(folder);
                return recorder;
            } catch (IOException | RuntimeException e) {
                log.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            folderLock.close();
            throw e;
        }
    }

    private static Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("emotion4j", ownVersion());
        versions.put("java", Runtime.version().toString());
        versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return versions;
    }

    /** A module has no manifest's entries, but its own version; classes in a folder have neither. */
    private static String ownVersion() {
        Class<?> self = CsvSessionRecorder.class;
        return Optional.ofNullable(self.getPackage().getImplementationVersion())
                .or(() -> Optional.ofNullable(self.getModule().getDescriptor()).flatMap(ModuleDescriptor::rawVersion))
                .orElse("development");
    }

    private static byte[] json(SessionInfo info, Optional<SessionCipher> cipher) throws IOException {
        try {
            return SessionJson.write(info, cipher);
        } catch (GeneralSecurityException e) {
            throw new IOException("session.json could not be encrypted: " + e.getMessage(), e);
        }
    }

    private synchronized void append(FrameResult result) throws IOException, WriteFailure {
        requireRecording();
        try {
            log.append(rows.of(result));
        } catch (IOException e) {
            throw new WriteFailure(e);
        }
        events.add(result);
        if (ending != null && ending.how() == SessionEnd.NOT_BEGUN) {
            ending = null;
        }
        subjectIsNews |= subjects.add(result);
        counters = counters.plusFrame(result.readings().size());
        length.add(result.mediaNanos(), result.discontinuity());
        if (cipher.isEmpty()) {
            written = counters;
        }
        if (!forceInterval.isZero() && !timerSet) {
            timerSet = true;
            timer.after(forceInterval, this::forceOnTimer);
        }
    }

    private void update(UnaryOperator<SessionInfo> change) throws IOException {
        disk.lock();
        try {
            SessionInfo next;
            synchronized (this) {
                requireRecording();
                next = change.apply(info).with(subjects.recorded());
            }
            try {
                SessionFolder.replaceForNow(storage, folder.resolve(SessionFolder.JSON), json(next, cipher));
            } catch (IOException e) {
                throw stopped(e);
            }
            synchronized (this) {
                info = next;
            }
        } finally {
            disk.unlock();
        }
    }

    private void forceOnTimer() {
        disk.lock();
        try {
            if (!isClosed() && !hasFailed()) {
                forceRows();
            }
        } catch (IOException e) {
            LOG.error("{}", e.getMessage());
            LOG.debug("the record has failed", e);
            synchronized (this) {
                failureReported = false;
            }
        } finally {
            disk.unlock();
        }
    }

    /** Needs {@link #disk}. The monitor is free while the disk works, so that recording goes on. */
    private void forceRows() throws IOException {
        long frames;
        boolean news;
        SessionInfo known;
        try {
            synchronized (this) {
                timerSet = false;
                frames = counters.frames();
                log.flush();
                events.flush();
                written = counters;
                news = subjectIsNews;
                subjectIsNews = false;
                known = info.with(subjects.recorded());
            }
            log.force();
            events.force();
            if (news) {
                SessionFolder.replaceForNow(storage, folder.resolve(SessionFolder.JSON), json(known, cipher));
            }
        } catch (IOException e) {
            throw stopped(e);
        }
        synchronized (this) {
            forcedFrames = frames;
        }
    }

    private void finish() {
        try {
            events.end();
            forceRows();
            SessionInfo ended;
            synchronized (this) {
                Ending how = howItEnded();
                ended = info.with(subjects.recorded())
                        .ended(
                                how.how().isRegular() ? SessionState.FINISHED : SessionState.STOPPED,
                                how.how(),
                                Optional.of(clock.instant()),
                                how.reason(),
                                how.unread(),
                                counters,
                                length.length());
            }
            SessionFolder.replace(storage, folder.resolve(SessionFolder.JSON), json(ended, cipher));
        } catch (IOException e) {
            IOException stopped = hasFailed() ? e : stopped(e);
            LOG.debug("the record ended with a failure", stopped);
            synchronized (this) {
                failureReported = false;
            }
        }
    }

    /** Ends recording and says so, in session.json too if the disk still takes it. */
    private IOException stopped(IOException cause) {
        IOException stopped;
        SessionInfo ended;
        synchronized (this) {
            stopped = new IOException(
                    "recording session " + info.sessionId() + " stopped after " + written.frames() + " frames: "
                            + cause.getMessage() + "; what was recorded stays readable in " + folder
                            + ". Free the disk and start a new session to record on",
                    cause);
            failure = stopped;
            failureReported = true;
            ended = info.with(subjects.recorded())
                    .ended(
                            SessionState.STOPPED,
                            SessionEnd.RECORDING_FAILED,
                            Optional.of(clock.instant()),
                            Optional.of(String.valueOf(cause.getMessage())),
                            ending == null ? UnreadInput.NONE : ending.unread(),
                            written,
                            written.equals(counters) ? length.length() : Optional.empty());
        }
        disk.lock();
        try {
            log.force();
            SessionFolder.replace(storage, folder.resolve(SessionFolder.JSON), json(ended, cipher));
        } catch (IOException e) {
            stopped.addSuppressed(e);
        } finally {
            disk.unlock();
        }
        return stopped;
    }

    private Ending howItEnded() {
        if (ending != null) {
            return ending;
        }
        return new Ending(begun ? SessionEnd.CLOSED_EARLY : SessionEnd.FINISHED, Optional.empty(), UnreadInput.NONE);
    }

    private void release() {
        synchronized (this) {
            closed = true;
        }
        try {
            try (folderLock;
                    events) {
                log.close();
            }
        } catch (IOException e) {
            synchronized (this) {
                if (failure == null) {
                    failure = new IOException("the record " + file + " could not be closed: " + e.getMessage(), e);
                }
            }
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized boolean hasFailed() {
        return failure != null;
    }

    private synchronized @Nullable IOException unreported() {
        return failureReported ? null : failure;
    }

    private void requireRecording() throws IOException {
        if (closed) {
            throw new IllegalStateException("the record " + file + " was closed");
        }
        if (failure != null) {
            failureReported = true;
            throw new IOException(failure.getMessage(), failure);
        }
    }

    private record Ending(SessionEnd how, Optional<String> reason, UnreadInput unread) {}

    /** A row that could not be written, told apart from a record that has stopped before. */
    private static final class WriteFailure extends Exception {
        private static final long serialVersionUID = 1L;
        private final IOException cause;

        WriteFailure(IOException cause) {
            super(cause);
            this.cause = cause;
        }

        IOException cause() {
            return cause;
        }
    }

    /**
     * Describes a recorder. Each part can be set once; a part that is not set has the default named at its setter.
     * Confined to one thread.
     */
    public static final class Builder implements Factory {
        private final Path folder;
        private @Nullable SessionMetadata metadata;
        private @Nullable Duration forceInterval;
        private boolean withoutEvents;
        private @Nullable SessionCipher cipher;
        private @Nullable Clock clock;
        private @Nullable SessionStorage storage;
        private @Nullable ForceTimer timer;

        private Builder(Path folder) {
            this.folder = Objects.requireNonNull(folder, "folder");
        }

        /**
         * Sets ids, consent and settings. Default: a new session id and no consent.
         *
         * @param value what the recording is begun with
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder metadata(SessionMetadata value) {
            requireUnset("metadata", metadata);
            metadata = Objects.requireNonNull(value, "metadata");
            return this;
        }

        /**
         * Sets how long a row waits for the disk at most. Default: one second.
         *
         * @param value above zero and at most one minute
         * @return this builder
         * @throws IllegalArgumentException if the value is out of its range
         * @throws IllegalStateException if it was set already
         */
        public Builder forceEvery(Duration value) {
            requireUnset("forceEvery", forceInterval);
            if (value.isZero() || value.isNegative() || value.compareTo(Duration.ofMinutes(1)) > 0) {
                throw new IllegalArgumentException("forceEvery is " + value
                        + ", expected above PT0S and at most PT1M; for every row use" + " forceEveryRow()");
            }
            forceInterval = value;
            return this;
        }

        /**
         * Forces the rows of each frame before {@link CsvSessionRecorder#record} returns. Every frame waits for the disk.
         *
         * @return this builder
         * @throws IllegalStateException if an interval was set already
         */
        public Builder forceEveryRow() {
            requireUnset("forceEvery", forceInterval);
            forceInterval = Duration.ZERO;
            return this;
        }

        /**
         * Writes no {@code events.csv}. Default: it is written; what faces did can be found in the rows in any case.
         *
         * @return this builder
         */
        public Builder withoutEvents() {
            withoutEvents = true;
            return this;
        }

        /**
         * Encrypts the record. Default: it is not encrypted.
         *
         * @param value with a key that the caller keeps, somewhere else than the session
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder encryption(SessionCipher value) {
            requireUnset("encryption", cipher);
            cipher = Objects.requireNonNull(value, "encryption");
            return this;
        }

        /**
         * Sets the clock for the wall times in {@code session.json}. Default: the system's, in UTC.
         *
         * @param value the clock
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder clock(Clock value) {
            requireUnset("clock", clock);
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        Builder storage(SessionStorage value) {
            storage = value;
            return this;
        }

        Builder timer(ForceTimer value) {
            timer = value;
            return this;
        }

        /**
         * Starts the record.
         *
         * @return a new recorder, its header forced to disk
         * @throws FileAlreadyExistsException if the folder holds a session already; it is left as it is
         * @throws IOException if the files cannot be written
         * @throws IllegalArgumentException if the consent is {@linkplain Consent#isAhead dated in the future}; nothing is
         *     written then
         */
        @Override
        public CsvSessionRecorder create() throws IOException {
            return begun(this);
        }
    }
}
