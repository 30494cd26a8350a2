package org.emotion4j.recording;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Hands sessions on as a workbook for spreadsheets (Office Open XML, {@code .xlsx}). Cells have types, so that no language's
 * commas and points can change a number and no text can become a formula: numbers are numbers with the digits that were
 * recorded, wall times are dates and times in UTC, everything else is text. The sheet {@code readings} holds the readings of
 * all sessions below one header, whose columns are those of {@link CsvSessionRecorder}; what does not fit goes on in further
 * sheets. The last sheet, {@code events}, has what faces did, with the columns of {@link EventCsv}: as recorded, or found in
 * the readings of a session that has none. Times are milliseconds of media time. What could not be read is left out, as
 * {@link SessionReader} does; markers, consent and settings have no place in it.
 *
 * <p>What comes out of an encrypted session is not encrypted. A session is read frame by frame; of it only events are held in
 * memory.
 * Confined to one thread.
 */
public final class SessionWorkbook implements Closeable {
    /** What a sheet holds, in rows with its header. */
    private static final int SHEET_ROWS = 1_048_576;

    /** What a cell holds, in characters. */
    private static final int CELL_LENGTH = 32_767;

    private static final Set<String> TEXT =
            Set.of("session_id", "origin", "expression", "quality_issues", "kind", "name");
    private static final String WALL_TIME = "wall_time";
    private static final String READINGS = "readings";
    private static final String EVENTS = "events";

    /** Day 0 of spreadsheets, right for all days after February 1900. */
    private static final Instant DAY_0 = Instant.parse("1899-12-30T00:00:00Z");

    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
    private static final String TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    private final ZipOutputStream zip;
    private final Writer text;
    private final int sheetRows;
    private final List<String> sheets = new ArrayList<>();
    private final List<List<String>> events = new ArrayList<>();
    private List<String> columns = List.of();
    private int rows;
    private boolean closed;

    private SessionWorkbook(OutputStream target, int sheetRows) throws IOException {
        this.zip = new ZipOutputStream(target, StandardCharsets.UTF_8);
        this.text = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8));
        this.sheetRows = sheetRows;
        beginSheet(READINGS, CsvRows.columns());
    }

    /**
     * Begins a workbook.
     *
     * @param target where to; {@link #close} ends the workbook and leaves it open
     * @return a workbook that takes sessions
     * @throws IOException if it cannot be written
     */
    public static SessionWorkbook of(OutputStream target) throws IOException {
        return of(target, SHEET_ROWS);
    }

    static SessionWorkbook of(OutputStream target, int sheetRows) throws IOException {
        return new SessionWorkbook(target, sheetRows);
    }

    /**
     * Reads a session to its end and writes it.
     *
     * @param session a reader before its first frame; left open
     * @return this workbook
     * @throws IOException if it cannot be read or written
     * @throws IllegalStateException if this workbook was closed
     */
    public SessionWorkbook add(SessionReader session) throws IOException {
        if (closed) {
            throw new IllegalStateException("the workbook was closed");
        }
        session.onRow(cells -> {
            try {
                row(READINGS, Arrays.asList(cells));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try {
            FramesAndEvents.read(session, frame -> {})
                    .forEach(event ->
                            events.add(EventCsv.cells(session.info().sessionId(), event, Function.identity())));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return this;
    }

    /**
     * Ends the workbook, without which no program can read it. The stream stays open.
     *
     * @throws IOException if it cannot be written
     */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        endSheet();
        beginSheet(EVENTS, EventCsv.columns());
        for (List<String> event : events) {
            row(EVENTS, event);
        }
        endSheet();
        parts();
        zip.finish();
    }

    private void row(String sheet, List<String> cells) throws IOException {
        if (rows == sheetRows) {
            endSheet();
            beginSheet(sheet, columns);
        }
        rows++;
        text.write("<row r=\"" + rows + "\">");
        for (int column = 0; column < cells.size(); column++) {
            cell(column, columns.get(column), cells.get(column));
        }
        text.write("</row>\n");
    }

    private void cell(int column, String name, String value) throws IOException {
        if (value.isEmpty()) {
            return;
        }
        String place = "<c r=\"" + letters(column) + rows + "\"";
        if (name.equals(WALL_TIME)) {
            Optional<Instant> shown = shown(value);
            if (shown.isPresent()) {
                text.write(place + " s=\"1\"><v>" + day(shown.get()) + "</v></c>");
            } else {
                text(place, value);
            }
            return;
        }
        if (!TEXT.contains(name)) {
            try {
                text.write(place + "><v>" + new BigDecimal(value) + "</v></c>");
                return;
            } catch (NumberFormatException e) {
                text(place, value);
                return;
            }
        }
        text(place, value);
    }

    private void text(String place, String value) throws IOException {
        text.write(place + " t=\"inlineStr\"><is><t xml:space=\"preserve\">" + escaped(value) + "</t></is></c>");
    }

    /** A time that spreadsheets know; a foreign table may have anything, and a changed one any year. */
    private static Optional<Instant> shown(String value) {
        try {
            return Optional.of(Instant.parse(value)).filter(time -> time.isAfter(DAY_0) && time.isBefore(YEAR_10000));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Days, with the milliseconds that were recorded. */
    private static BigDecimal day(Instant time) {
        return BigDecimal.valueOf(Duration.between(DAY_0, time).toMillis())
                .divide(BigDecimal.valueOf(Duration.ofDays(1).toMillis()), 11, RoundingMode.HALF_UP);
    }

    private void beginSheet(String name, List<String> header) throws IOException {
        long before = sheets.stream().filter(each -> each.startsWith(name)).count();
        sheets.add(before == 0 ? name : name + " " + (before + 1));
        columns = header;
        rows = 1;
        entry("xl/worksheets/sheet" + sheets.size() + ".xml");
        text.write(HEAD + "<worksheet xmlns=\"" + MAIN + "\"><sheetViews><sheetView workbookViewId=\"0\">"
                + "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"
                + "</sheetView></sheetViews>");
        int wallTime = columns.indexOf(WALL_TIME) + 1;
        if (wallTime > 0) {
            text.write("<cols><col min=\"" + wallTime + "\" max=\"" + wallTime
                    + "\" width=\"23\" customWidth=\"1\"/></cols>");
        }
        text.write("<sheetData>\n<row r=\"1\">");
        for (int column = 0; column < columns.size(); column++) {
            text("<c r=\"" + letters(column) + "1\"", columns.get(column));
        }
        text.write("</row>\n");
    }

    private void endSheet() throws IOException {
        text.write("</sheetData></worksheet>\n");
        text.flush();
        zip.closeEntry();
    }

    private void parts() throws IOException {
        StringBuilder types = new StringBuilder();
        StringBuilder names = new StringBuilder();
        StringBuilder links = new StringBuilder();
        for (int sheet = 1; sheet <= sheets.size(); sheet++) {
            types.append("<Override PartName=\"/xl/worksheets/sheet" + sheet + ".xml\" ContentType=\"" + TYPES
                    + "worksheet+xml\"/>");
            names.append("<sheet name=\"" + sheets.get(sheet - 1) + "\" sheetId=\"" + sheet + "\" r:id=\"rId" + sheet
                    + "\"/>");
            links.append(link(sheet, OFFICE + "/worksheet", "worksheets/sheet" + sheet + ".xml"));
        }
        part(
                "xl/workbook.xml",
                "<workbook xmlns=\"" + MAIN + "\" xmlns:r=\"" + OFFICE + "\"><sheets>" + names
                        + "</sheets></workbook>");
        part(
                "xl/_rels/workbook.xml.rels",
                "<Relationships xmlns=\"" + PACKAGE + "relationships\">" + links
                        + link(sheets.size() + 1, OFFICE + "/styles", "styles.xml") + "</Relationships>");
        part(
                "xl/styles.xml",
                "<styleSheet xmlns=\"" + MAIN + "\"><numFmts count=\"1\"><numFmt numFmtId=\"164\""
                        + " formatCode=\"yyyy\\-mm\\-dd\\ hh:mm:ss.000\"/></numFmts>"
                        + "<fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
                        + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
                        + "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
                        + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
                        + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"
                        + "</cellStyleXfs><cellXfs count=\"2\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\""
                        + " borderId=\"0\" xfId=\"0\"/><xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\""
                        + " xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>");
        part(
                "_rels/.rels",
                "<Relationships xmlns=\"" + PACKAGE + "relationships\">"
                        + link(1, OFFICE + "/officeDocument", "xl/workbook.xml") + "</Relationships>");
        part(
                "[Content_Types].xml",
                "<Types xmlns=\"" + PACKAGE + "content-types\"><Default Extension=\"rels\" ContentType=\""
                        + "application/vnd.openxmlformats-package.relationships+xml\"/>"
                        + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" + TYPES + "sheet.main+xml\"/>"
                        + "<Override PartName=\"/xl/styles.xml\" ContentType=\"" + TYPES + "styles+xml\"/>" + types
                        + "</Types>");
    }

    private static String link(int number, String type, String target) {
        return "<Relationship Id=\"rId" + number + "\" Type=\"" + type + "\" Target=\"" + target + "\"/>";
    }

    private void part(String name, String xml) throws IOException {
        entry(name);
        text.write(HEAD + xml + "\n");
        text.flush();
        zip.closeEntry();
    }

    private void entry(String name) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
    }

    /** A to Z, AA … */
    private static String letters(int column) {
        String last = String.valueOf((char) ('A' + column % 26));
        return column < 26 ? last : letters(column / 26 - 1) + last;
    }

    /** XML has no control characters; what is longer than a cell is cut. */
    private static String escaped(String value) {
        StringBuilder escaped = new StringBuilder();
        value.codePoints().limit(CELL_LENGTH).forEach(each -> {
            switch (each) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                default -> {
                    boolean isAllowed = each >= ' ' && each != 0xFFFE && each != 0xFFFF && !isSurrogate(each);
                    escaped.appendCodePoint(isAllowed || each == '\t' ? each : 0xFFFD);
                }
            }
        });
        return escaped.toString();
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
