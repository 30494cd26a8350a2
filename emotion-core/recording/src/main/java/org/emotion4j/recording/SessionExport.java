package org.emotion4j.recording;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.event.SessionEvent;

/**
 * Hands sessions on in clear text: to the person they are about, or to another program. Rows keep every digit that was
 * recorded; what could not be read is left out, as {@link SessionReader} does.
 *
 * <p><b>CSV</b> has one header with the columns of {@link CsvSessionRecorder}, then the rows of each session; a session's
 * id stands in each row. Markers, consent and settings have no place in it. Text that begins with {@code =}, {@code +},
 * {@code -} or {@code @}, which spreadsheets take for a formula, has an apostrophe in front; {@code session.csv} itself has
 * it as it was. For spreadsheets see also {@link #csv(Writer, Locale)} and {@link SessionWorkbook}.
 *
 * <p><b>JSON</b> is one object a session, each on a line of its own: what {@code session.json} says, then {@code frames},
 * each with its {@code faces}, then {@code events}, with the keys of {@code events --json} (those of the record, or where it has none
 * those that its rows have), then {@code notes} ({@link SessionNotes}), then {@code problems}. Times are milliseconds of media time in frames and seconds in
 * markers and events.
 *
 * <p>What comes out of an encrypted session is not encrypted. A session is read frame by frame and never held in memory.
 * Confined to one thread.
 */
public final class SessionExport {
    private static final int FRAME = CsvRows.columns().indexOf("frame_index");
    private static final int TIME = CsvRows.columns().indexOf("media_time_ms");
    private static final int WALL_TIME = CsvRows.columns().indexOf("wall_time");
    private static final int ORIGIN = CsvRows.columns().indexOf("origin");
    private static final int CUT = CsvRows.columns().indexOf("cut");
    private static final int FACE = CsvRows.columns().indexOf("face_id");
    private static final int X = CsvRows.columns().indexOf("x");
    private static final int DETECTION = CsvRows.columns().indexOf("detection");
    private static final int EXPRESSION = CsvRows.columns().indexOf("expression");
    private static final int CONFIDENCE = CsvRows.columns().indexOf("confidence");
    private static final int SCORES = CONFIDENCE + 1;
    private static final int RAW = SCORES + Emotion.all().size();

    private static final Set<Integer> TEXT = Set.of(
            ORIGIN,
            EXPRESSION,
            CsvRows.columns().indexOf("session_id"),
            CsvRows.columns().indexOf("quality_issues"));

    private static final int MOVEMENTS =
            CsvRows.columns().indexOf(CsvRows.movementColumns().get(0));
    private static final int QUALITY = CsvRows.columns().indexOf("quality");
    private static final int SUBJECT = CsvRows.columns().indexOf("subject");
    private static final int IN_SIGHT = CsvRows.columns().indexOf("faces_in_sight");
    private static final int ISSUES = CsvRows.columns().indexOf("quality_issues");
    private static final List<String> QUALITY_NAMES =
            List.of("faceSize", "sharpness", "brightness", "contrast", "yaw", "pitch", "roll");
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d+)?");

    private final Writer target;
    private final boolean json;
    private final char separator;
    private final char point;

    private SessionExport(Writer target, boolean json, char separator, char point) {
        this.target = target;
        this.json = json;
        this.separator = separator;
        this.point = point;
    }

    /**
     * Begins a CSV.
     *
     * @param target where to; the header is written at once. Left open
     * @return an export that takes sessions
     * @throws IOException if it cannot be written
     */
    public static SessionExport csv(Writer target) throws IOException {
        target.write(String.join(",", CsvRows.columns()) + "\n");
        return new SessionExport(target, false, ',', '.');
    }

    /**
     * Begins a CSV as spreadsheets in a language expect it: where the decimal mark is a comma, cells are separated by
     * semicolons; a byte order mark tells them that it is UTF-8. Without it such a spreadsheet takes {@code 40.000}
     * milliseconds for forty thousand.
     *
     * @param target where to; the header is written at once. Left open
     * @param locale whose decimal mark the numbers have
     * @return an export that takes sessions
     * @throws IOException if it cannot be written
     */
    public static SessionExport csv(Writer target, Locale locale) throws IOException {
        char point = DecimalFormatSymbols.getInstance(locale).getDecimalSeparator() == ',' ? ',' : '.';
        char separator = point == ',' ? ';' : ',';
        target.write("\uFEFF" + String.join(String.valueOf(separator), CsvRows.columns()) + "\n");
        return new SessionExport(target, false, separator, point);
    }

    /**
     * Begins lines of JSON.
     *
     * @param target where to; left open
     * @return an export that takes sessions
     */
    public static SessionExport json(Writer target) {
        return new SessionExport(target, true, ',', '.');
    }

    /**
     * Reads a session to its end and writes it.
     *
     * @param session a reader before its first frame; left open
     * @return this export
     * @throws IOException if it cannot be read or written
     */
    public SessionExport add(SessionReader session) throws IOException {
        try {
            if (json) {
                writeJson(session);
            } else {
                CsvRows rows = new CsvRows(session.info().sessionId(), separator);
                session.onRow(cells -> write(rows.of(harmless(cells))));
                session.forEachRemaining(frame -> {});
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        target.flush();
        return this;
    }

    /**
     * Numbers with the decimal mark that was asked for, and text that no spreadsheet takes for a formula.
     */
    private String[] harmless(String[] cells) {
        String[] written = cells.clone();
        for (int column = 0; column < written.length; column++) {
            String cell = written[column];
            if (TEXT.contains(column)) {
                written[column] = harmless(cell);
            } else if (point != '.' && column != WALL_TIME) {
                written[column] = cell.replace('.', point);
            }
        }
        return written;
    }

    /**
     * Puts an apostrophe before text that a spreadsheet would take for a formula: a file can be called {@code =HYPERLINK(…).jpg}, and
     * a spreadsheet would run that. Also where it begins with the wide letters of Chinese and Japanese, which spreadsheets take for the
     * narrow ones. Not for numbers, of which some begin with a minus.
     *
     * @param text of a cell
     * @return the text, with an apostrophe in front where it begins as formulas do
     */
    public static String harmless(String text) {
        return !text.isEmpty() && "=+-@\t\r\uFF1D\uFF0B\uFF0D\uFF20".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private void write(String text) {
        try {
            target.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeJson(SessionReader session) throws IOException {
        JsonWriter out = new JsonWriter(target);
        out.setFormattingStyle(FormattingStyle.COMPACT);
        out.setHtmlSafe(false);
        out.beginObject();
        for (Map.Entry<String, String> member :
                SessionJson.members(session.info()).entrySet()) {
            out.name(member.getKey()).jsonValue(member.getValue());
        }
        out.name("frames").beginArray();
        List<List<String>> faces = new ArrayList<>();
        session.onRow(cells -> faces.add(List.of(cells)));
        List<SessionEvent> events = FramesAndEvents.read(session, next -> {
            frame(out, faces);
            faces.clear();
        });
        out.endArray();
        out.name("events").beginArray();
        for (SessionEvent event : events) {
            event(out, event);
        }
        out.endArray();
        SessionNotes.Content notes = session.notes();
        out.name("notes").beginArray();
        for (SessionNote note : notes.all()) {
            note(out, note);
        }
        out.endArray();
        out.name("problemCount").value(session.problemCount() + notes.problems().size());
        out.name("problems").beginArray();
        for (SessionProblem problem : session.problems()) {
            out.value(problem.toString());
        }
        for (SessionProblem problem : notes.problems()) {
            out.value("notes: " + problem);
        }
        out.endArray().endObject();
        out.flush();
        target.write('\n');
    }

    private static void event(JsonWriter out, SessionEvent found) throws IOException {
        FacialEvent event = found.event();
        out.beginObject();
        out.name("kind").value(event.kind().code());
        out.name("name").value(event.name());
        out.name("face").value(found.faceId());
        out.name("subject").value(found.ofSubject());
        out.name("onset").value(rounded(event.onsetNanos() / 1e9));
        out.name("apex").value(rounded(event.apexNanos() / 1e9));
        out.name("offset").value(rounded(event.offsetNanos() / 1e9));
        out.name("peak").value(rounded(event.peak()));
        out.name("rest").value(rounded(event.rest()));
        out.name("brief").value(event.isBrief());
        out.name("whileTalking");
        if (event.isTalkingKnown()) {
            out.value(event.isWhileTalking());
        } else {
            out.nullValue();
        }
        out.endObject();
    }

    private static void note(JsonWriter out, SessionNote note) throws IOException {
        out.beginObject();
        out.name("number").value(note.number());
        out.name("kind").value(note.kind().code());
        out.name("by").value(note.by());
        out.name("writtenAt").value(note.writtenAt().toString());
        if (note.fromNanos().isPresent()) {
            out.name("from").value(rounded(note.fromNanos().getAsLong() / 1e9));
        }
        if (note.toNanos().isPresent()) {
            out.name("to").value(rounded(note.toNanos().getAsLong() / 1e9));
        }
        if (note.kind() == SessionNote.Kind.LABEL) {
            out.name("label").value(note.label().map(Emotion::label).orElse(CsvSessionRecorder.NONE));
        }
        if (note.value().isPresent()) {
            out.name("value").value(note.value().getAsDouble());
        }
        if (note.about().isPresent()) {
            out.name("about").value(note.about().getAsLong());
        }
        if (!note.text().isEmpty()) {
            out.name("text").value(note.text());
        }
        out.endObject();
    }

    private static double rounded(double value) {
        return Math.round(value * 1e6) / 1e6;
    }

    /** One frame, of its rows. */
    static void frame(JsonWriter out, List<List<String>> rows) throws IOException {
        List<String> first = rows.get(0);
        out.beginObject();
        number(out, "frame", first.get(FRAME));
        number(out, "mediaTimeMs", first.get(TIME));
        out.name("wallTime").value(first.get(WALL_TIME));
        out.name("origin").value(first.get(ORIGIN));
        out.name("cut").value(first.get(CUT).equals("1"));
        if (!first.get(IN_SIGHT).isEmpty()) {
            number(out, "facesInSight", first.get(IN_SIGHT));
        }
        out.name("faces").beginArray();
        for (List<String> row : rows) {
            if (!row.get(FACE).isEmpty()) {
                face(out, row);
            }
        }
        out.endArray().endObject();
    }

    private static void face(JsonWriter out, List<String> row) throws IOException {
        out.beginObject();
        number(out, "id", row.get(FACE));
        if (!row.get(SUBJECT).isEmpty()) {
            out.name("subject").value(row.get(SUBJECT).equals("1"));
        }
        out.name("box").beginObject();
        for (int i = 0; i < 4; i++) {
            number(out, CsvRows.columns().get(X + i), row.get(X + i));
        }
        out.endObject();
        number(out, "detection", row.get(DETECTION));
        out.name("expression").value(row.get(EXPRESSION));
        number(out, "confidence", row.get(CONFIDENCE));
        scores(out, "scores", row, SCORES);
        scores(out, "raw", row, RAW);
        if (!row.get(QUALITY).isEmpty()) {
            quality(out, row);
        }
        if (row.subList(MOVEMENTS, MOVEMENTS + CsvRows.movementColumns().size()).stream()
                .noneMatch(String::isEmpty)) {
            movements(out, row);
        }
        out.endObject();
    }

    /** With the keys of {@code analyze --movements --json}. */
    private static void movements(JsonWriter out, List<String> row) throws IOException {
        out.name("movements").beginObject();
        for (FacialMovement movement : FacialMovement.all()) {
            number(out, movement.code(), row.get(MOVEMENTS + movement.ordinal()));
        }
        out.endObject();
        int eyes = MOVEMENTS + FacialMovement.COUNT;
        double closed = (Double.parseDouble(row.get(eyes)) + Double.parseDouble(row.get(eyes + 1))) / 2;
        out.name("eyesClosed").value(Math.round(closed * 1e4) / 1e4);
        number(out, "yaw", row.get(eyes + 2));
        number(out, "pitch", row.get(eyes + 3));
        number(out, "roll", row.get(eyes + 4));
    }

    private static void quality(JsonWriter out, List<String> row) throws IOException {
        out.name("quality").beginObject();
        number(out, "overall", row.get(QUALITY));
        for (int i = QUALITY + 1; i < ISSUES; i++) {
            if (!row.get(i).isEmpty()) {
                number(out, QUALITY_NAMES.get(i - QUALITY - 1), row.get(i));
            }
        }
        out.name("issues").beginArray();
        for (String issue : row.get(ISSUES).split(" ")) {
            if (!issue.isEmpty()) {
                out.value(issue);
            }
        }
        out.endArray().endObject();
    }

    private static void scores(JsonWriter out, String name, List<String> row, int from) throws IOException {
        out.name(name).beginObject();
        for (int i = 0; i < Emotion.all().size(); i++) {
            number(out, Emotion.labels().get(i), row.get(from + i));
        }
        out.endObject();
    }

    /** Digits as they were recorded. A foreign CSV may write numbers as Java reads them and JSON does not. */
    private static void number(JsonWriter out, String name, String cell) throws IOException {
        out.name(name);
        if (NUMBER.matcher(cell).matches()) {
            out.jsonValue(cell);
        } else {
            out.value(Double.parseDouble(cell));
        }
    }
}
