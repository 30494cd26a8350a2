package org.emotion4j.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.recording.SessionNote.Kind;
import org.emotion4j.stage.Experimental;

/**
 * What people add to a recorded session afterwards, in a file of its own beside the record, which is never touched: notes, later
 * markers, corrected labels, a questionnaire's figure. {@code notes.csv}, or {@code notes.csv.sealed} of an encrypted session, is
 * there once something was added; it is only ever added to, and erased with the session.
 *
 * <p>A note is on the disk when the call that adds it returns; after a power cut everything is there that had returned. Several
 * programs may add to one session at the same time: each waits for its turn. What cannot be written (a full disk) is taken back,
 * and nothing that was there before is lost.
 *
 * <p>Thread-safe.
 */
@Experimental
public final class SessionNotes {
    /** Until it is known how many there are before it. */
    private static final long UNNUMBERED = 1;

    private final Path folder;
    private final Optional<SessionCipher> cipher;
    private final Clock clock;
    private final SessionStorage storage;

    private SessionNotes(Path folder, Optional<SessionCipher> cipher, Clock clock, SessionStorage storage) {
        this.folder = folder;
        this.cipher = cipher;
        this.clock = clock;
        this.storage = storage;
    }

    /**
     * Returns the notes of a session.
     *
     * @param session its folder; nothing is read yet
     * @return its notes, dated by this machine's clock
     */
    public static SessionNotes of(Path session) {
        Objects.requireNonNull(session, "session");
        return new SessionNotes(session, Optional.empty(), Clock.systemUTC(), DiskStorage.INSTANCE);
    }

    /**
     * Returns the notes of an encrypted session, which are encrypted, too.
     *
     * @param session its folder; nothing is read yet
     * @param cipher with the key that it was recorded with
     * @return its notes, dated by this machine's clock
     */
    public static SessionNotes of(Path session, SessionCipher cipher) {
        return new SessionNotes(session, Optional.of(cipher), Clock.systemUTC(), DiskStorage.INSTANCE);
    }

    /**
     * Returns the names of the columns of {@code notes.csv}.
     *
     * @return the header, in order
     */
    public static List<String> columns() {
        return NoteCsv.columns();
    }

    /**
     * Dates notes by another clock.
     *
     * @param value the clock
     * @return the same notes with that clock
     */
    public SessionNotes withClock(Clock value) {
        return new SessionNotes(folder, cipher, value, storage);
    }

    SessionNotes with(SessionStorage disk) {
        return new SessionNotes(folder, cipher, clock, disk);
    }

    /**
     * What the notes of a session were when they were read. Immutable.
     *
     * @param all every note, in the order in which they were written, those included that were taken back
     * @param problems what could not be used of the file; it is left as it is
     */
    public record Content(List<SessionNote> all, List<SessionProblem> problems) {
        /** Nothing was added. */
        static final Content NONE = new Content(List.of(), List.of());

        /**
         * Copies the lists.
         *
         * @param all as {@link #all()}
         * @param problems as {@link #problems()}
         */
        public Content {
            all = List.copyOf(all);
            problems = List.copyOf(problems);
        }

        /**
         * Returns what holds.
         *
         * @return the notes that nobody has taken back, without what takes others back, in the order in which they were written
         */
        public List<SessionNote> current() {
            Set<Long> withdrawn = all.stream()
                    .filter(note -> note.kind() == Kind.WITHDRAWAL)
                    .map(note -> note.about().getAsLong())
                    .collect(Collectors.toSet());
            return all.stream()
                    .filter(note -> note.kind() != Kind.WITHDRAWAL && !withdrawn.contains(note.number()))
                    .toList();
        }

        /**
         * Returns what holds of one kind.
         *
         * @param kind which
         * @return in the order in which they were written
         */
        public List<SessionNote> current(Kind kind) {
            return current().stream().filter(note -> note.kind() == kind).toList();
        }

        /**
         * Returns the markers that were set later.
         *
         * @return as if they had been set while recording
         */
        public List<SessionMarker> markers() {
            return current().stream().flatMap(note -> note.marker().stream()).toList();
        }

        /**
         * Returns what people say a face showed. Where two speak of one moment, the one that was written later holds.
         *
         * @return stretches that do not overlap, in the order of time
         */
        public List<CorrectedLabel> correctedLabels() {
            List<CorrectedLabel> found = new ArrayList<>();
            for (SessionNote note : current(Kind.LABEL)) {
                CorrectedLabel later = new CorrectedLabel(
                        note.fromNanos().getAsLong(), note.toNanos().getAsLong(), note.label(), note.by());
                List<CorrectedLabel> left = new ArrayList<>();
                found.forEach(earlier -> left.addAll(earlier.without(later)));
                left.add(later);
                found = left;
            }
            found.sort((one, other) -> Long.compare(one.fromNanos(), other.fromNanos()));
            return List.copyOf(found);
        }
    }

    /**
     * What a person says a face showed in a stretch of a session. Immutable.
     *
     * @param fromNanos where it begins, in nanoseconds of media time
     * @param toNanos where it ends; that moment does not belong to it
     * @param label what it showed; empty where that was nothing clear
     * @param by who says so
     */
    public record CorrectedLabel(long fromNanos, long toNanos, Optional<Emotion> label, String by) {
        /**
         * Tells whether a moment belongs to it.
         *
         * @param mediaNanos in nanoseconds of media time
         * @return true from its beginning on and before its end
         */
        public boolean covers(long mediaNanos) {
            return fromNanos <= mediaNanos && mediaNanos < toNanos;
        }

        private List<CorrectedLabel> without(CorrectedLabel other) {
            List<CorrectedLabel> left = new ArrayList<>();
            if (fromNanos < Math.min(toNanos, other.fromNanos)) {
                left.add(new CorrectedLabel(fromNanos, Math.min(toNanos, other.fromNanos), label, by));
            }
            if (Math.max(fromNanos, other.toNanos) < toNanos) {
                left.add(new CorrectedLabel(Math.max(fromNanos, other.toNanos), toNanos, label, by));
            }
            return left;
        }
    }

    /**
     * Reads the notes.
     *
     * @return what there is; nothing where nobody has added anything
     * @throws SessionDecryptionException if the session is encrypted and no key, or another one, was given, or its notes were altered
     * @throws SessionFormatException if there is no session or it is damaged
     * @throws IOException if it cannot be read
     */
    public Content read() throws IOException {
        return read(folder, info(), cipher);
    }

    /** Reads the notes of a session whose description is known. */
    static Content read(Path folder, SessionInfo info, Optional<SessionCipher> cipher) throws IOException {
        Path file = folder.resolve(SessionFolder.notes(info.encrypted()));
        try {
            return NoteLog.of(file, DiskStorage.readShared(file), info, cipher).content();
        } catch (NoSuchFileException e) {
            return Content.NONE;
        }
    }

    /**
     * Adds a note on the session as a whole.
     *
     * @param by who writes, 1 to {@value SessionNote#MAX_NAME} characters
     * @param text 1 to {@value SessionNote#MAX_TEXT} characters; line breaks become blanks
     * @return the note as it was written
     * @throws IllegalArgumentException if a text is blank or too long
     * @throws IOException as {@link #correct}
     */
    public SessionNote note(String by, String text) throws IOException {
        return add(of(Kind.NOTE, by, OptionalLong.empty(), OptionalLong.empty(), text));
    }

    /**
     * Adds a note on a moment.
     *
     * @param by who writes, 1 to {@value SessionNote#MAX_NAME} characters
     * @param mediaNanos the moment, in nanoseconds of media time
     * @param text 1 to {@value SessionNote#MAX_TEXT} characters; line breaks become blanks
     * @return the note as it was written
     * @throws IllegalArgumentException if a text is blank or too long
     * @throws IOException as {@link #correct}
     */
    public SessionNote note(String by, long mediaNanos, String text) throws IOException {
        return add(of(Kind.NOTE, by, at(mediaNanos), OptionalLong.empty(), text));
    }

    /**
     * Adds a note on a stretch.
     *
     * @param by who writes, 1 to {@value SessionNote#MAX_NAME} characters
     * @param fromNanos where the stretch begins, in nanoseconds of media time
     * @param toNanos where it ends, after its beginning
     * @param text 1 to {@value SessionNote#MAX_TEXT} characters; line breaks become blanks
     * @return the note as it was written
     * @throws IllegalArgumentException if a text is blank or too long, or the stretch has no length
     * @throws IOException as {@link #correct}
     */
    public SessionNote note(String by, long fromNanos, long toNanos, String text) throws IOException {
        return add(of(Kind.NOTE, by, at(fromNanos), at(toNanos), text));
    }

    /**
     * Marks a moment afterwards: it begins a stretch as a marker does that was set while recording.
     *
     * @param by who marks, 1 to {@value SessionNote#MAX_NAME} characters
     * @param mediaNanos the moment, in nanoseconds of media time
     * @param text what for, 1 to {@value SessionMarker#MAX_TEXT} characters; line breaks become blanks
     * @return the note as it was written
     * @throws IllegalArgumentException if a text is blank or too long
     * @throws IOException as {@link #correct}
     */
    public SessionNote mark(String by, long mediaNanos, String text) throws IOException {
        return add(of(Kind.MARKER, by, at(mediaNanos), OptionalLong.empty(), text));
    }

    /**
     * Says what the face showed in a stretch, as a person sees it. The record keeps what was read; a later correction of the same
     * stretch takes the place of an earlier one.
     *
     * @param by who says so, 1 to {@value SessionNote#MAX_NAME} characters
     * @param fromNanos where the stretch begins, in nanoseconds of media time
     * @param toNanos where it ends, after its beginning
     * @param label what it showed; empty for no clear expression
     * @return the note as it was written
     * @throws IllegalArgumentException if a text is blank or too long, or the stretch has no length
     * @throws SessionDecryptionException if the session is encrypted and no key, or another one, was given
     * @throws SessionFormatException if there is no session, it is damaged, or what is called {@code notes.csv} there is none
     * @throws IOException if the session is being recorded or erased just now, or the note cannot be written; nothing is lost that
     *     was there before
     */
    public SessionNote correct(String by, long fromNanos, long toNanos, Optional<Emotion> label) throws IOException {
        return add(new SessionNote(
                UNNUMBERED,
                Kind.LABEL,
                by,
                NoteCsv.toMillis(clock.instant()),
                at(fromNanos),
                at(toNanos),
                label,
                OptionalDouble.empty(),
                OptionalLong.empty(),
                ""));
    }

    /**
     * Adds the figure of a questionnaire. The last one that was added and not taken back is the session's.
     *
     * @param by who writes, 1 to {@value SessionNote#MAX_NAME} characters
     * @param questionnaire its name, for example {@code "PHQ-9"}
     * @param value the figure, finite
     * @return the note as it was written
     * @throws IllegalArgumentException if a text is blank or too long, or the figure is not finite
     * @throws IOException as {@link #correct}
     */
    public SessionNote figure(String by, String questionnaire, double value) throws IOException {
        return add(new SessionNote(
                UNNUMBERED,
                Kind.FIGURE,
                by,
                NoteCsv.toMillis(clock.instant()),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                OptionalDouble.of(value),
                OptionalLong.empty(),
                questionnaire));
    }

    /**
     * Takes a note back. It stays in the file, and holds no longer.
     *
     * @param by who takes it back, 1 to {@value SessionNote#MAX_NAME} characters
     * @param number the note's
     * @return what takes it back, as it was written
     * @throws IllegalArgumentException if there is no such note, or it takes one back itself
     * @throws IOException as {@link #correct}
     */
    public SessionNote withdraw(String by, long number) throws IOException {
        boolean there =
                read().all().stream().anyMatch(note -> note.number() == number && note.kind() != Kind.WITHDRAWAL);
        if (!there) {
            throw new IllegalArgumentException("there is no note " + number + " of " + folder + " to take back");
        }
        return add(new SessionNote(
                UNNUMBERED,
                Kind.WITHDRAWAL,
                by,
                NoteCsv.toMillis(clock.instant()),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalLong.of(number),
                ""));
    }

    @Override
    public String toString() {
        return "SessionNotes[folder=" + folder + ", encrypted=" + cipher.isPresent() + "]";
    }

    private SessionNote of(Kind kind, String by, OptionalLong from, OptionalLong to, String text) {
        return new SessionNote(
                UNNUMBERED,
                kind,
                by,
                NoteCsv.toMillis(clock.instant()),
                from,
                to,
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalLong.empty(),
                text);
    }

    private static OptionalLong at(long nanos) {
        return OptionalLong.of(NoteCsv.toMicros(nanos));
    }

    private SessionInfo info() throws IOException {
        if (!Files.exists(folder.resolve(SessionFolder.JSON))) {
            throw SessionReader.noSession(folder);
        }
        return SessionReader.readInfo(folder, cipher);
    }

    private SessionNote add(SessionNote unnumbered) throws IOException {
        SessionInfo info = info();
        Path file = folder.resolve(SessionFolder.notes(info.encrypted()));
        requireFree();
        try (SessionStorage.SharedFile shared = storage.share(file)) {
            // An erasure may have begun while this waited for its turn.
            requireFree();
            NoteLog log = NoteLog.of(file, shared.content(), info, cipher);
            SessionNote note = unnumbered.withNumber(log.nextNumber());
            log.append(shared, note);
            if (log.isNew()) {
                storage.forceFolder(folder);
            }
            return note;
        } catch (GeneralSecurityException e) {
            throw new IOException("the note could not be encrypted: " + e.getMessage(), e);
        }
    }

    private void requireFree() throws IOException {
        if (!Files.exists(folder.resolve(SessionFolder.JSON))) {
            throw SessionReader.noSession(folder);
        }
        if (DiskStorage.INSTANCE.isLocked(folder)) {
            throw new SessionInUseException(
                    folder + " is being recorded or erased just now; add to it when that is over");
        }
    }
}
