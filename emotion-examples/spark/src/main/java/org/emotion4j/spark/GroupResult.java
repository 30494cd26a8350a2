package org.emotion4j.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a task has done: the files that it wrote, which nobody sees before they are committed, and what became of its inputs.
 *
 * @param group the group's id
 * @param files by table, the staged file; a table without rows has none
 * @param outcomes of each input
 */
record GroupResult(String group, List<StagedFile> files, List<Outcome> outcomes) implements Serializable {
    /** Copies the lists. */
    GroupResult {
        files = new ArrayList<>(files);
        outcomes = new ArrayList<>(outcomes);
    }

    /**
     * A file that waits to be committed.
     *
     * @param table whose
     * @param name its name in the folder of staged files
     */
    record StagedFile(Table table, String name) implements Serializable {}
}
