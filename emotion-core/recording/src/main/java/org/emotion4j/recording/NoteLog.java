package org.emotion4j.recording;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emotion4j.recording.SessionNotes.Content;
import org.jspecify.annotations.Nullable;

/** The file of notes as it is when nobody else has it: what is in it, and where the next note goes. */
final class NoteLog {
    private final Path file;
    private final String sessionId;
    private final @Nullable RecordEncryption sealing;
    private final List<SessionNote> notes = new ArrayList<>();
    private final Set<Long> numbers = new HashSet<>();
    private final List<SessionProblem> problems = new ArrayList<>();

    /** Where the last whole row, or sealed message, ends. */
    private long wholeBytes;

    private long messages;
    private long rows;
    private boolean hasHeader;

    private NoteLog(Path file, String sessionId, @Nullable RecordEncryption sealing) {
        this.file = file;
        this.sessionId = sessionId;
        this.sealing = sealing;
    }

    static NoteLog of(Path file, byte[] content, SessionInfo info, Optional<SessionCipher> cipher) throws IOException {
        if (!info.encrypted()) {
            NoteLog log = new NoteLog(file, info.sessionId(), null);
            log.read(content);
            return log;
        }
        RecordEncryption sealing = RecordEncryption.ofNotes(cipher.orElseThrow(), info.sessionId());
        NoteLog log = new NoteLog(file, info.sessionId(), sealing);
        try (EncryptedRowsInput sealed = new EncryptedRowsInput(file, content, sealing, true)) {
            log.read(sealed.readAllBytes());
            log.messages = sealed.messages();
            log.wholeBytes = sealed.openedBytes();
            if (sealed.tornBytes() > 0) {
                log.problems.add(new SessionProblem(
                        0, "the last " + sealed.tornBytes() + " bytes of " + file + " are no whole note"));
            }
        }
        return log;
    }

    /** A row that is torn or has a hole never reached the disk as a whole: it is behind all that was promised. */
    private void read(byte[] text) throws IOException {
        if (SpreadsheetHabits.hasUtf16Mark(text)) {
            throw new SessionFormatException(
                    file + " is text in UTF-16, as spreadsheets save it as \"Unicode text\"; save it as CSV in UTF-8");
        }
        long end = 0;
        List<SessionProblem> torn = new ArrayList<>();
        try (LineInput lines = new LineInput(new ByteArrayInputStream(text))) {
            for (long line = 1; lines.next(); line++) {
                end += lines.bytes().length;
                if (!lines.isTerminated() || lines.hasHole()) {
                    torn.add(new SessionProblem(line, "the row never reached the disk as a whole and was left out"));
                    continue;
                }
                problems.addAll(torn);
                torn.clear();
                if (line == 1) {
                    requireHeader(lines.text());
                    hasHeader = true;
                } else {
                    rows++;
                    note(line, lines.text());
                }
                wholeBytes = end;
            }
        }
        problems.addAll(torn);
    }

    /** As a spreadsheet has saved it, too. */
    private void requireHeader(String line) throws SessionFormatException {
        List<String> names = RowParser.header(line);
        int width = NoteCsv.columns().size();
        if (names.size() >= width && names.subList(0, width).equals(NoteCsv.columns())) {
            return;
        }
        try {
            RowParser.requireCommas(line, "written_at");
        } catch (SessionFormatException e) {
            throw new SessionFormatException(file + ": " + e.getMessage(), e);
        }
        throw new SessionFormatException(file + " holds no notes of Emotion4J; move it away to add some");
    }

    private void note(long line, String row) {
        if (CsvLine.isBlank(row)) {
            return;
        }
        try {
            SessionNote read = NoteCsv.read(row, sessionId);
            if (!numbers.add(read.number())) {
                throw new DamageException("number " + read.number() + " is there already");
            }
            notes.add(read);
        } catch (DamageException e) {
            problems.add(new SessionProblem(line, "of " + file.getFileName() + ": " + e.getMessage()));
        }
    }

    /** In the order in which they were written, whatever the rows were sorted by since: the later one of two holds. */
    Content content() {
        return new Content(
                notes.stream()
                        .sorted(Comparator.comparingLong(SessionNote::number))
                        .toList(),
                problems);
    }

    /** Rows that cannot be read count as well, so that no number is there twice. */
    long nextNumber() {
        return Math.max(
                        rows,
                        notes.stream().mapToLong(SessionNote::number).max().orElse(0))
                + 1;
    }

    /** Whether there is no note yet, and the file's name may not be on the disk. */
    boolean isNew() {
        return rows == 0;
    }

    /** Puts a note behind the last whole one; one that cannot be written is taken back. */
    void append(SessionStorage.SharedFile target, SessionNote note) throws IOException, GeneralSecurityException {
        String text = (hasHeader ? "" : NoteCsv.header()) + NoteCsv.row(sessionId, note);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] written = sealing == null ? bytes : sealing.sealRows(bytes, messages);
        target.truncate(wholeBytes);
        try {
            target.append(written);
            target.force();
        } catch (IOException e) {
            try {
                target.truncate(wholeBytes);
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }
}
