package org.emotion4j.spark;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.emotion4j.analysis.SessionEvents;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.event.SessionEvent;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.EventCsv;
import org.emotion4j.recording.SessionExport;
import org.emotion4j.recording.SessionInfo;
import org.emotion4j.recording.SessionReader;

/** A recorded session as rows of the tables: summed up and looked through by the library, its own rows taken over as they are. */
final class SessionTables {
    private static final List<String> RECORDED = CsvSessionRecorder.columns();

    private final String path;
    private final Path session;
    private final SessionSummary summary;
    private final List<SessionEvent> events;

    private SessionTables(String path, Path session, SessionSummary summary, List<SessionEvent> events) {
        this.path = path;
        this.session = session;
        this.summary = summary;
        this.events = events;
    }

    /**
     * Reads a session to its end; nothing is written yet.
     *
     * @param path the input's name in the tables
     * @param session its folder
     */
    static SessionTables of(String path, Path session) throws IOException {
        try (SessionReader reader = SessionReader.open(session)) {
            SessionEvents.Collector collector = SessionEvents.collector(reader);
            SessionSummary summary = SessionSummary.of(reader, collector);
            return new SessionTables(path, session, summary, collector.events().ofAllFaces());
        }
    }

    /**
     * Reads the rows of a film that was read in parts.
     *
     * @param rows a file with all of them
     * @param first the folder of the first part's record, which says what read it
     */
    static SessionTables ofRows(String path, Path rows, Path first) throws IOException {
        SessionTables all = of(path, rows);
        SessionSummary sum = all.summary;
        return new SessionTables(
                path,
                rows,
                new SessionSummary(
                        ofWhole(SessionReader.readInfo(first), sum),
                        sum.counters(),
                        sum.firstNanos(),
                        sum.lastNanos(),
                        sum.times(),
                        sum.frames(),
                        sum.gaps(),
                        sum.transitions(),
                        sum.stretches(),
                        sum.quality(),
                        sum.briefMoments(),
                        sum.spells()),
                all.events);
    }

    /** What the first part's description says, of as much as all parts have. */
    private static SessionInfo ofWhole(SessionInfo first, SessionSummary all) {
        return new SessionInfo(
                first.formatVersion(),
                first.state(),
                first.encrypted(),
                first.metadata(),
                first.versions(),
                first.started(),
                first.ended(),
                first.reason(),
                first.markers(),
                Optional.of(all.counters()),
                first.subject(),
                first.end(),
                first.unread(),
                first.offset(),
                all.isPictures() ? Optional.empty() : Optional.of(all.length()));
    }

    SessionSummary summary() {
        return summary;
    }

    /** Writes all rows; the record is one of our own, so that its file holds nothing but whole rows. */
    void write(StagedTables tables, Function<Integer, SessionCells.Origin> origin) throws IOException {
        writeReadings(tables, Files.isDirectory(session) ? session.resolve(CsvSessionRecorder.FILE_NAME) : session);
        writeOthers(tables, origin);
    }

    /**
     * Writes all rows of a record that somebody else made: rows that cannot be used are left out.
     *
     * @param scratch a folder of this task's own
     */
    void writeUsable(StagedTables tables, Path scratch, Function<Integer, SessionCells.Origin> origin)
            throws IOException {
        Path usable = scratch.resolve("usable.csv");
        try (Writer target = Files.newBufferedWriter(usable);
                SessionReader reader = SessionReader.open(session)) {
            SessionExport.csv(target).add(reader);
        }
        writeReadings(tables, usable);
        writeOthers(tables, origin);
        Files.delete(usable);
    }

    private void writeReadings(StagedTables tables, Path csv) throws IOException {
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(csv)) {
            for (NamedCsvRecord row : rows) {
                List<String> cells = new ArrayList<>(RECORDED.size() + 1);
                cells.add(path);
                RECORDED.forEach(name -> cells.add(row.findField(name).orElse("")));
                tables.write(Table.READINGS, cells);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void writeOthers(StagedTables tables, Function<Integer, SessionCells.Origin> origin) throws IOException {
        for (SessionEvent event : events) {
            tables.write(Table.EVENTS, cells(EventCsv.row(summary.info().sessionId(), event)));
        }
        tables.write(Table.SESSIONS, SessionCells.of(origin.apply(events.size()), summary));
    }

    /** A line of a record as cells, after the path. */
    private List<String> cells(String line) throws IOException {
        List<String> cells = new ArrayList<>(List.of(path));
        try (CsvReader<CsvRecord> rows = CsvReader.builder().ofCsvRecord(line)) {
            rows.forEach(row -> cells.addAll(row.getFields()));
        }
        return cells;
    }
}
