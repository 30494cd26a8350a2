package org.emotion4j.spark;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Writes the rows of one file of a table. Confined to one thread; the file is whole once it is closed. */
interface RowWriter extends Closeable {
    /**
     * Adds a row.
     *
     * @param cells as many as the table has columns; an empty one has no value
     */
    void write(List<String> cells) throws IOException;
}
