package org.emotion4j.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.EventCsv;

/** The tables that a run writes, each a folder of files with the same columns. The first column is the input's path. */
enum Table {
    /** A row for each row of a session's record, with the recorder's own columns after the path. */
    READINGS(readings()),
    /** What faces did: a row for each event of a session, with the columns of its record after the path. */
    EVENTS(events()),
    /** One row an input that was read. */
    SESSIONS(SessionCells.columns()),
    /** One row an input that was not read, or not to its end. */
    FAILURES(List.of(
            Column.text("path"), Column.text("kind"), Column.text("reason"), Column.text("host"), Column.text("at")));

    static final String PATH = "path";

    private final List<Column> columns;

    Table(List<Column> columns) {
        this.columns = columns;
    }

    List<Column> columns() {
        return columns;
    }

    List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** The name of its folder. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static List<Column> readings() {
        return recorded(
                CsvSessionRecorder.columns(),
                Set.of("session_id", "wall_time", "origin", "expression", "quality_issues"),
                Set.of("format_version", "frame_index", "cut", "face_id", "subject", "faces_in_sight"));
    }

    private static List<Column> events() {
        return recorded(
                EventCsv.columns(),
                Set.of("session_id", "kind", "name"),
                Set.of("format_version", "face_id", "subject", "brief", "while_talking"));
    }

    /** The columns of a record; those that are named in neither set are numbers. */
    private static List<Column> recorded(List<String> names, Set<String> text, Set<String> whole) {
        List<Column> columns = new ArrayList<>(List.of(Column.text(PATH)));
        for (String name : names) {
            columns.add(
                    text.contains(name)
                            ? Column.text(name)
                            : whole.contains(name) ? Column.whole(name) : Column.number(name));
        }
        return List.copyOf(columns);
    }
}
