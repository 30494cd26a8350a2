package org.emotion4j.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.emotion4j.recording.CsvSessionRecorder;

/** The tables that a run writes, each a folder of files with the same columns. The first column is the input's path. */
enum Table {
    /** A row for each row of a session's record, with the recorder's own columns after the path. */
    READINGS(readings()),
    /** What faces did: one row an event. */
    EVENTS(List.of(
            Column.text("path"),
            Column.text("session_id"),
            Column.text("kind"),
            Column.text("name"),
            Column.number("onset"),
            Column.number("apex"),
            Column.number("offset"),
            Column.number("peak"),
            Column.number("rest"),
            Column.flag("brief"),
            Column.flag("while_talking"))),
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
        Set<String> text = Set.of("session_id", "wall_time", "origin", "expression", "quality_issues");
        Set<String> whole = Set.of("format_version", "frame_index", "cut", "face_id", "subject", "faces_in_sight");
        List<Column> columns = new ArrayList<>(List.of(Column.text(PATH)));
        for (String name : CsvSessionRecorder.columns()) {
            columns.add(
                    text.contains(name)
                            ? Column.text(name)
                            : whole.contains(name) ? Column.whole(name) : Column.number(name));
        }
        return List.copyOf(columns);
    }
}
