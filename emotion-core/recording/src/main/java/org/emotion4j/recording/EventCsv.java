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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.event.SessionEvent;

/**
 * The rows of {@code events.csv}: what faces did in a session, an event a row, in the order in which they were told. UTF-8, comma
 * separated, with one header line, lines ending with LF and decimal points, as {@code session.csv}.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><th>column</th><th>meaning</th></tr>
 * <tr><td>{@code format_version}</td><td>{@value SessionInfo#FORMAT_VERSION}</td></tr>
 * <tr><td>{@code session_id}</td><td>the session's id</td></tr>
 * <tr><td>{@code kind}</td><td>{@code expression}, {@code movement}, {@code blink}, {@code eyes-closed}, {@code nod},
 * {@code head-shake}, {@code talking}</td></tr>
 * <tr><td>{@code name}</td><td>the expression, the movement ({@code AU12}), or the kind in words</td></tr>
 * <tr><td>{@code face_id}</td><td>id of the face</td></tr>
 * <tr><td>{@code subject}</td><td>1 where the session was about this face, else 0</td></tr>
 * <tr><td>{@code onset_ms, apex_ms, offset_ms}</td><td>when it began, was strongest and ended: media time in milliseconds, three
 * decimals</td></tr>
 * <tr><td>{@code peak, rest}</td><td>the value at the apex, and what the person's was before: a score or an intensity of 0 to 1;
 * degrees of nods and shakes</td></tr>
 * <tr><td>{@code brief}</td><td>1 where it is shorter than half a second and its end was seen,
 * else 0</td></tr>
 * <tr><td>{@code while_talking}</td><td>1 where speech explains an expression, 0 where it does not, empty where that is not
 * known</td></tr>
 * </table>
 */
public final class EventCsv {
    private static final List<String> COLUMNS = List.of(
            "format_version",
            "session_id",
            "kind",
            "name",
            "face_id",
            "subject",
            "onset_ms",
            "apex_ms",
            "offset_ms",
            "peak",
            "rest",
            "brief",
            "while_talking");
    private static final int VALUE_DIGITS = 5;

    private EventCsv() {}

    /**
     * Returns the names of the columns.
     *
     * @return the header, in order
     */
    public static List<String> columns() {
        return COLUMNS;
    }

    /**
     * Returns the header.
     *
     * @return one line with its end
     */
    public static String header() {
        return String.join(",", COLUMNS) + "\n";
    }

    /**
     * Returns the row of an event.
     *
     * @param sessionId the session's id
     * @param found the event
     * @return one line with its end
     */
    public static String row(String sessionId, SessionEvent found) {
        return row(sessionId, found, Function.identity());
    }

    /**
     * Returns the row of an event for another program, in which text may mean something: a spreadsheet takes {@code =} for a
     * formula.
     *
     * @param sessionId the session's id
     * @param found the event
     * @param harmless what is done to cells of text
     * @return one line with its end
     */
    public static String row(String sessionId, SessionEvent found, Function<String, String> harmless) {
        StringWriter line = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(line)) {
            csv.writeRecord(cells(sessionId, found, harmless));
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot be written to", e);
        }
        return line.toString();
    }

    /** Returns the cells of an event, one for each of {@link #columns()}. */
    static List<String> cells(String sessionId, SessionEvent found, Function<String, String> harmless) {
        FacialEvent event = found.event();
        return List.of(
                Integer.toString(SessionInfo.FORMAT_VERSION),
                harmless.apply(sessionId),
                event.kind().code(),
                harmless.apply(Texts.onOneLine(event.name())),
                Integer.toString(found.faceId()),
                found.ofSubject() ? "1" : "0",
                millis(event.onsetNanos()),
                millis(event.apexNanos()),
                millis(event.offsetNanos()),
                value(event.peak()),
                value(event.rest()),
                event.isBrief() ? "1" : "0",
                event.isTalkingKnown() ? event.isWhileTalking() ? "1" : "0" : "");
    }

    private static String millis(long nanos) {
        return BigDecimal.valueOf(nanos, 6).setScale(3, RoundingMode.HALF_UP).toPlainString();
    }

    private static String value(double value) {
        return BigDecimal.valueOf(value)
                .setScale(VALUE_DIGITS, RoundingMode.HALF_UP)
                .toPlainString();
    }

    /**
     * Reads the events of one session.
     *
     * @throws SessionFormatException if it is not what was written
     */
    static List<SessionEvent> read(String text, String sessionId) throws SessionFormatException {
        List<SessionEvent> events = new ArrayList<>();
        if (!text.startsWith(header())) {
            throw new SessionFormatException("has no header of events");
        }
        if (!text.endsWith("\n")) {
            throw new SessionFormatException("its last row is torn");
        }
        try (CsvReader<CsvRecord> rows = CsvReader.builder().ofCsvRecord(text)) {
            for (CsvRecord row : rows) {
                if (row.getStartingLineNumber() > 1) {
                    events.add(event(row, sessionId));
                }
            }
        } catch (CsvParseException | IOException e) {
            throw new SessionFormatException("cannot be read: " + e.getMessage(), e);
        }
        return List.copyOf(events);
    }

    private static SessionEvent event(CsvRecord row, String sessionId) throws SessionFormatException {
        String where = "line " + row.getStartingLineNumber();
        if (row.getFieldCount() < COLUMNS.size()) {
            throw new SessionFormatException(where + " has too few cells");
        }
        if (!Objects.equals(row.getField(1), sessionId)) {
            throw new SessionFormatException(where + " is of another session, " + row.getField(1));
        }
        FacialEvent.Kind kind = FacialEvent.Kind.ofCode(row.getField(2))
                .orElseThrow(() -> new SessionFormatException(where + " has an unknown kind, " + row.getField(2)));
        try {
            FacialEvent event = FacialEvent.of(
                    kind,
                    row.getField(3),
                    Decimals.millis(row.getField(6)),
                    Decimals.millis(row.getField(7)),
                    Decimals.millis(row.getField(8)),
                    Double.parseDouble(row.getField(9)),
                    Double.parseDouble(row.getField(10)));
            FacialEvent ended = row.getField(11).equals("0") ? event.withEndUnseen() : event;
            String talking = row.getField(12);
            return new SessionEvent(
                    Integer.parseInt(row.getField(4)),
                    row.getField(5).equals("1"),
                    talking.isEmpty() ? ended : ended.withTalking(talking.equals("1")));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new SessionFormatException(where + " cannot be used: " + e.getMessage(), e);
        }
    }
}
