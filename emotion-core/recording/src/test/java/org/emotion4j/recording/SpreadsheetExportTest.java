package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.NumberFormat;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.event.SessionEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What comes out for spreadsheets is what was recorded, whatever language they speak. */
final class SpreadsheetExportTest {
    private static final int FRAMES = 12;
    private static final List<String> TEXT =
            List.of("session_id", "origin", "expression", "quality_issues", "wall_time");

    @TempDir
    Path folder;

    private List<String[]> recorded = new ArrayList<>();
    private Path session;

    @BeforeEach
    void record() throws IOException {
        session = folder.resolve("session");
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(session)) {
            for (int i = 0; i < FRAMES; i++) {
                recorder.record(SampleFrames.frame(i));
            }
        }
        recorded = rows(session);
    }

    @Test
    void aGermanSpreadsheetReadsTheNumbersThatWereRecorded() throws IOException, ParseException {
        List<String> lines = csv(session, Locale.GERMANY).lines().toList();
        assertThat(lines.get(0)).startsWith("\uFEFFformat_version;session_id;");
        DecimalFormat german = (DecimalFormat) NumberFormat.getInstance(Locale.GERMANY);
        german.setParseBigDecimal(true);
        for (int row = 0; row < recorded.size(); row++) {
            String[] cells = lines.get(row + 1).split(";", -1);
            assertThat(cells).hasSameSizeAs(CsvRows.columns());
            for (int column = 0; column < cells.length; column++) {
                String was = recorded.get(row)[column];
                if (!TEXT.contains(CsvRows.columns().get(column)) && !was.isEmpty()) {
                    assertThat((BigDecimal) german.parse(cells[column])).isEqualByComparingTo(was);
                }
            }
        }
    }

    @Test
    void whereTheDecimalMarkIsAPointTheCommaSeparates() throws IOException {
        assertThat(csv(session, Locale.US)).startsWith("\uFEFFformat_version,session_id,");
        assertThat(csv(session, Locale.FRANCE)).startsWith("\uFEFFformat_version;session_id;");
    }

    @Test
    void textThatWouldBeAFormulaIsMadeHarmlessInCsv() throws IOException {
        for (String begin : List.of("=", "+", "-", "@", "\uFF1D")) {
            Path table = table(begin + "HYPERLINK(1)");
            StringWriter plain = new StringWriter();
            try (SessionReader reader = SessionReader.open(table)) {
                SessionExport.csv(plain).add(reader);
            }
            assertThat(plain.toString()).contains(",'" + begin + "HYPERLINK(1),");
            assertThat(csv(table, Locale.GERMANY)).contains(";'" + begin + "HYPERLINK(1);");
        }
        assertThat(csv(table("a=b.jpg"), Locale.GERMANY)).contains(";a=b.jpg;");
    }

    @Test
    void aWorkbookHasTypedCells() throws Exception {
        Map<String, Document> parts = workbook(session, 1_000);
        assertThat(parts.keySet())
                .containsExactlyInAnyOrder(
                        "[Content_Types].xml",
                        "_rels/.rels",
                        "xl/workbook.xml",
                        "xl/_rels/workbook.xml.rels",
                        "xl/styles.xml",
                        "xl/worksheets/sheet1.xml",
                        "xl/worksheets/sheet2.xml");
        NodeList rows = parts.get("xl/worksheets/sheet1.xml").getElementsByTagName("row");
        assertThat(rows.getLength()).isEqualTo(recorded.size() + 1);
        for (int row = 0; row < recorded.size(); row++) {
            Map<String, Element> cells = cells((Element) rows.item(row + 1));
            for (int column = 0; column < CsvRows.columns().size(); column++) {
                String was = recorded.get(row)[column];
                String name = CsvRows.columns().get(column);
                Element cell = cells.get(name);
                if (was.isEmpty()) {
                    assertThat(cell).isNull();
                } else if (name.equals("wall_time")) {
                    assertThat(cell.getAttribute("s")).isEqualTo("1");
                } else if (TEXT.contains(name)) {
                    assertThat(cell.getAttribute("t")).isEqualTo("inlineStr");
                    assertThat(cell.getTextContent()).isEqualTo(was);
                } else {
                    assertThat(cell.getAttribute("t")).isEmpty();
                    assertThat(new BigDecimal(cell.getTextContent())).isEqualByComparingTo(was);
                }
            }
        }
    }

    /** 2026-11-28 is day 46354 of spreadsheets; noon and 1.5 s are 0.5 and 1.5 of 86,400. */
    @Test
    void aWallTimeIsADayWithItsFraction() throws Exception {
        Path table = table("clip");
        Files.writeString(
                table,
                Files.readString(table).replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]*Z", "2026-11-28T12:00:01.500Z"));
        Element row = (Element) workbook(table, 1_000)
                .get("xl/worksheets/sheet1.xml")
                .getElementsByTagName("row")
                .item(1);
        assertThat(new BigDecimal(cells(row).get("wall_time").getTextContent()).doubleValue())
                .isEqualTo(46354.5 + 1.5 / 86_400, within(1e-9));
    }

    @Test
    void textStaysTextInAWorkbookAndLosesNothingButControlCharacters() throws Exception {
        Element row = (Element) workbook(table("=1+1 <&> ä 😀\u0007"), 1_000)
                .get("xl/worksheets/sheet1.xml")
                .getElementsByTagName("row")
                .item(1);
        Element cell = cells(row).get("origin");
        assertThat(cell.getAttribute("t")).isEqualTo("inlineStr");
        assertThat(cell.getTextContent()).startsWith("=1+1 <&> ä 😀").doesNotContain("\u0007");
    }

    @Test
    void whatDoesNotFitIntoASheetGoesOnInTheNext() throws Exception {
        Map<String, Document> parts = workbook(session, 5);
        int sheets = (recorded.size() + 3) / 4;
        int rows = 0;
        for (int sheet = 1; sheet <= sheets; sheet++) {
            rows += parts.get("xl/worksheets/sheet" + sheet + ".xml")
                            .getElementsByTagName("row")
                            .getLength()
                    - 1;
        }
        assertThat(rows).isEqualTo(recorded.size());
        assertThat(sheets(parts))
                .hasSize(sheets + 1)
                .startsWith("readings", "readings 2")
                .endsWith("events");
    }

    @Test
    void eventsHaveASheetOfTheirOwn() throws Exception {
        FacialEvent smile = FacialEvent.of(
                FacialEvent.Kind.EXPRESSION, "happy", 1_200_000_000L, 1_600_000_000L, 2_850_000_000L, 0.93, 0.02);
        Files.writeString(
                session.resolve("events.csv"),
                EventCsv.header() + EventCsv.row(idOf(session), new SessionEvent(1, true, smile)));
        Map<String, Document> parts = workbook(session, 1_000);
        assertThat(sheets(parts)).containsExactly("readings", "events");
        NodeList rows = parts.get("xl/worksheets/sheet2.xml").getElementsByTagName("row");
        assertThat(rows.getLength()).isEqualTo(2);
        Map<String, Element> cells = cells((Element) rows.item(1), EventCsv.columns());
        assertThat(cells.get("name").getAttribute("t")).isEqualTo("inlineStr");
        assertThat(cells.get("name").getTextContent()).isEqualTo("happy");
        assertThat(cells.get("onset_ms").getAttribute("t")).isEmpty();
        assertThat(cells.get("onset_ms").getTextContent()).isEqualTo("1200.000");
        assertThat(cells.get("peak").getTextContent()).isEqualTo("0.93000");
        assertThat(cells.get("while_talking")).isNull();
    }

    private static String idOf(Path session) throws IOException {
        try (SessionReader reader = SessionReader.open(session)) {
            return reader.info().sessionId();
        }
    }

    private static List<String> sheets(Map<String, Document> parts) {
        NodeList sheets = parts.get("xl/workbook.xml").getElementsByTagName("sheet");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < sheets.getLength(); i++) {
            names.add(((Element) sheets.item(i)).getAttribute("name"));
        }
        return names;
    }

    /** A session as a table of its own, with another origin. */
    private Path table(String origin) throws IOException {
        Path table = folder.resolve("table.csv");
        List<String> lines = Files.readAllLines(session.resolve("session.csv"));
        String name = SampleFrames.frame(0).origin();
        String quoted = "\"" + name.replace("\"", "\"\"") + "\"";
        return Files.write(
                table,
                lines.stream()
                        .map(line -> line.replace(quoted, origin).replace("," + name + ",", "," + origin + ","))
                        .toList());
    }

    private static String csv(Path session, Locale locale) throws IOException {
        StringWriter text = new StringWriter();
        try (SessionReader reader = SessionReader.open(session)) {
            SessionExport.csv(text, locale).add(reader);
        }
        return text.toString();
    }

    private static List<String[]> rows(Path session) throws IOException {
        List<String[]> rows = new ArrayList<>();
        try (SessionReader reader = SessionReader.open(session)) {
            reader.onRow(cells -> rows.add(cells.clone()));
            reader.forEachRemaining(frame -> {});
        }
        return rows;
    }

    private static Map<String, Document> workbook(Path session, int sheetRows) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (SessionReader reader = SessionReader.open(session);
                SessionWorkbook workbook = SessionWorkbook.of(bytes, sheetRows)) {
            workbook.add(reader);
        }
        Map<String, Document> parts = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(
                        entry.getName(),
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(new ByteArrayInputStream(zip.readAllBytes())));
            }
        }
        return parts;
    }

    /** The cells of a row by the names of their columns, told by their letters. */
    private static Map<String, Element> cells(Element row) {
        return cells(row, CsvRows.columns());
    }

    private static Map<String, Element> cells(Element row, List<String> columns) {
        Map<String, Element> cells = new HashMap<>();
        NodeList listed = row.getElementsByTagName("c");
        for (int i = 0; i < listed.getLength(); i++) {
            Element cell = (Element) listed.item(i);
            int column = 0;
            for (char letter : cell.getAttribute("r").replaceAll("\\d", "").toCharArray()) {
                column = 26 * column + letter - 'A' + 1;
            }
            cells.put(columns.get(column - 1), cell);
        }
        return cells;
    }
}
