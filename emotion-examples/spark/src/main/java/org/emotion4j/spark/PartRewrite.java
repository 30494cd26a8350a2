package org.emotion4j.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A part of the tables that is written anew without the rows of some inputs.
 *
 * @param part the name of its files, without their ending
 * @param newPart the name of what replaces them
 * @param paths whose rows go
 */
record PartRewrite(String part, String newPart, List<String> paths) implements Serializable {
    /** Copies the list. */
    PartRewrite {
        paths = new ArrayList<>(paths);
    }

    /**
     * What was written.
     *
     * @param oldPart what is replaced
     * @param newPart what by
     * @param files the staged files; a table of which no row is left has none
     */
    record Result(String oldPart, String newPart, List<GroupResult.StagedFile> files) implements Serializable {
        /** Copies the list. */
        Result {
            files = new ArrayList<>(files);
        }
    }

    /**
     * Writes it.
     *
     * @param attempt a name that no other attempt has
     */
    Result write(ArchiveFolder folder, String attempt) throws IOException {
        Set<String> gone = new HashSet<>(paths);
        try (StagedTables tables = new StagedTables(folder, newPart + "-" + attempt)) {
            for (Table table : Table.values()) {
                if (folder.has(table, part)) {
                    copy(folder, table, gone, tables);
                }
            }
            return new Result(part, newPart, tables.finish());
        }
    }

    private void copy(ArchiveFolder folder, Table table, Set<String> gone, StagedTables tables) throws IOException {
        try (RowReader rows = folder.open(table, part)) {
            for (Optional<List<String>> row = rows.next(); row.isPresent(); row = rows.next()) {
                if (!gone.contains(row.get().get(0))) {
                    tables.write(table, row.get());
                }
            }
        }
    }
}
