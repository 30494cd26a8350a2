package org.emotion4j.spark;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads the rows of one file of a table, in the table's columns. Confined to one thread. */
interface RowReader extends Closeable {
    /** Returns the next row, an empty text where a cell has no value; empty after the last. */
    Optional<List<String>> next() throws IOException;
}
