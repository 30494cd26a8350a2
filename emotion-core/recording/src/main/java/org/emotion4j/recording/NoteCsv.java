package org.emotion4j.recording;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.emotion4j.emotion.Emotion;

/**
 * The rows of {@code notes.csv}: what was added to a session afterwards, a note a row, in the order in which they were written.
 * UTF-8, comma separated, with one header line, lines ending with LF and decimal points, as {@code session.csv}.
 */
final class NoteCsv {
    private static final List<String> COLUMNS = List.of(
            "format_version",
            "session_id",
            "number",
            "kind",
            "by",
            "written_at",
            "from_ms",
            "to_ms",
            "label",
            "value",
            "about",
            "text");

    /** Of a session's notes; the next one has a number as well. */
    private static final long MOST = 1_000_000_000;

    private NoteCsv() {}

    static List<String> columns() {
        return COLUMNS;
    }

    static String header() {
        return String.join(",", COLUMNS) + "\n";
    }

    static String row(String sessionId, SessionNote note) {
        StringWriter line = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(line)) {
            csv.writeRecord(List.of(
                    Integer.toString(SessionInfo.FORMAT_VERSION),
                    sessionId,
                    Long.toString(note.number()),
                    note.kind().code(),
                    note.by(),
                    note.writtenAt().toString(),
                    millis(note.fromNanos()),
                    millis(note.toNanos()),
                    note.kind() == SessionNote.Kind.LABEL
                            ? note.label().map(Emotion::label).orElse(CsvSessionRecorder.NONE)
                            : "",
                    note.value().isPresent() ? plain(note.value().getAsDouble()) : "",
                    note.about().isPresent() ? Long.toString(note.about().getAsLong()) : "",
                    note.text()));
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot be written to", e);
        }
        return line.toString();
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static String millis(OptionalLong nanos) {
        return nanos.isEmpty()
                ? ""
                : BigDecimal.valueOf(nanos.getAsLong(), 6)
                        .setScale(3, RoundingMode.HALF_UP)
                        .toPlainString();
    }

    /** Cuts a note to what its row holds. */
    static Instant toMillis(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Rounds to the microsecond, as the row does. */
    static long toMicros(long nanos) {
        return Math.floorDiv(nanos + 500, 1000) * 1000;
    }

    /**
     * Reads a row.
     *
     * @throws DamageException if it is not what was written
     */
    static SessionNote read(String line, String sessionId) throws DamageException {
        List<String> row = cells(line);
        if (number(row, 2) > MOST) {
            throw new DamageException("its number is " + row.get(2) + ", expected 1 to " + MOST);
        }
        long version = number(row, 0);
        if (version > SessionInfo.FORMAT_VERSION) {
            throw new DamageException("it is of format version " + version + ", this library reads up to "
                    + SessionInfo.FORMAT_VERSION + "; a newer one wrote it");
        }
        if (!row.get(1).equals(sessionId)) {
            throw new DamageException("it is of another session, " + row.get(1));
        }
        SessionNote.Kind kind = SessionNote.Kind.ofCode(row.get(3))
                .orElseThrow(() -> new DamageException("its kind is \"" + row.get(3) + "\", which is none"));
        if (kind == SessionNote.Kind.LABEL && row.get(8).isEmpty()) {
            throw new DamageException(
                    "it has nothing in label, expected an expression or \"" + CsvSessionRecorder.NONE + "\"");
        }
        try {
            return new SessionNote(
                    number(row, 2),
                    kind,
                    row.get(4),
                    WallTimeCell.parse(row.get(5)),
                    nanos(row.get(6)),
                    nanos(row.get(7)),
                    label(row.get(8)),
                    row.get(9).isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(row.get(9))),
                    row.get(10).isEmpty() ? OptionalLong.empty() : OptionalLong.of(number(row, 10)),
                    row.get(11));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new DamageException("it cannot be used: " + e.getMessage());
        }
    }

    /** Spreadsheets leave out empty cells at the end of a row; what every note has is before that. */
    private static List<String> cells(String line) throws DamageException {
        try (CsvReader<CsvRecord> rows = CsvReader.builder().ofCsvRecord(line)) {
            Iterator<CsvRecord> found = rows.iterator();
            List<String> cells = found.hasNext() ? new ArrayList<>(found.next().getFields()) : new ArrayList<>();
            if (cells.size() <= COLUMNS.indexOf("written_at")) {
                throw new DamageException("it has " + cells.size() + " cells, expected " + COLUMNS.size());
            }
            while (cells.size() < COLUMNS.size()) {
                cells.add("");
            }
            return cells;
        } catch (CsvParseException | IOException e) {
            throw new DamageException("it cannot be read: " + e.getMessage());
        }
    }

    private static Optional<Emotion> label(String cell) throws DamageException {
        if (cell.isEmpty() || cell.equals(CsvSessionRecorder.NONE)) {
            return Optional.empty();
        }
        return Optional.of(Emotion.find(cell)
                .orElseThrow(() -> new DamageException("its label is \"" + cell + "\", which is no expression")));
    }

    private static long number(List<String> row, int cell) throws DamageException {
        try {
            return Long.parseLong(row.get(cell));
        } catch (NumberFormatException e) {
            throw new DamageException(
                    "its " + COLUMNS.get(cell) + " is \"" + row.get(cell) + "\", expected a whole number");
        }
    }

    private static OptionalLong nanos(String millis) {
        return millis.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Decimals.millis(millis));
    }
}
