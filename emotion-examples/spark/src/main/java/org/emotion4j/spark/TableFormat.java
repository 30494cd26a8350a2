package org.emotion4j.spark;

import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** How the files of a table are written. */
enum TableFormat {
    /** Apache Parquet, compressed with Snappy: typed columns. */
    PARQUET {
        @Override
        RowWriter create(Table table, Path file, Configuration hadoop) throws IOException {
            return new ParquetRows(table, file, hadoop);
        }

        @Override
        RowReader open(Table table, Path file, Configuration hadoop) throws IOException {
            return ParquetRows.open(table, file, hadoop);
        }
    },
    /** Comma separated, UTF-8, with a header in each file; numbers as the recorder writes them. */
    CSV {
        @Override
        RowWriter create(Table table, Path file, Configuration hadoop) throws IOException {
            return new CsvTableRows(table, file, hadoop);
        }

        @Override
        RowReader open(Table table, Path file, Configuration hadoop) throws IOException {
            return CsvTableRows.open(table, file, hadoop);
        }
    };

    /** Begins a file. */
    abstract RowWriter create(Table table, Path file, Configuration hadoop) throws IOException;

    /** Opens a file; columns that it lacks are empty. */
    abstract RowReader open(Table table, Path file, Configuration hadoop) throws IOException;

    /** What its files end with. */
    String suffix() {
        return "." + name().toLowerCase(Locale.ROOT);
    }
}
