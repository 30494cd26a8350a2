package org.emotion4j.spark;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The files that one task writes: one of each table that gets a row. Nobody sees them before they are committed. Confined to one thread. */
final class StagedTables implements Closeable {
    private final ArchiveFolder folder;
    private final String name;
    private final Map<Table, RowWriter> writers = new EnumMap<>(Table.class);

    /**
     * Begins.
     *
     * @param name of this attempt at this group; no other one has it
     */
    StagedTables(ArchiveFolder folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    void write(Table table, List<String> cells) throws IOException {
        RowWriter writer = writers.get(table);
        if (writer == null) {
            writer = folder.stage(table, fileName(table));
            writers.put(table, writer);
        }
        writer.write(cells);
    }

    /** Ends the files and returns them. */
    List<GroupResult.StagedFile> finish() throws IOException {
        List<GroupResult.StagedFile> files = new ArrayList<>();
        for (Table table : writers.keySet()) {
            files.add(new GroupResult.StagedFile(table, fileName(table)));
        }
        close();
        return files;
    }

    @Override
    public void close() throws IOException {
        List<RowWriter> open = new ArrayList<>(writers.values());
        writers.clear();
        for (RowWriter writer : open) {
            writer.close();
        }
    }

    private String fileName(Table table) {
        return name + "-" + table.folder() + folder.format().suffix();
    }
}
