package org.emotion4j.spark;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A table's file as comma separated text. */
final class CsvTableRows implements RowWriter {
    private final CsvWriter csv;

    CsvTableRows(Table table, Path file, Configuration hadoop) throws IOException {
        csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.LF)
                .build(new OutputStreamWriter(HadoopFiles.of(file, hadoop).create(file, true), StandardCharsets.UTF_8));
        csv.writeRecord(table.names());
    }

    @Override
    public void write(List<String> cells) throws IOException {
        try {
            csv.writeRecord(cells);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }

    static RowReader open(Table table, Path file, Configuration hadoop) throws IOException {
        CsvReader<NamedCsvRecord> csv = CsvReader.builder()
                .ofNamedCsvRecord(
                        new InputStreamReader(HadoopFiles.of(file, hadoop).open(file), StandardCharsets.UTF_8));
        return new Reader(table, file, csv);
    }

    private static final class Reader implements RowReader {
        private final List<String> columns;
        private final Path file;
        private final CsvReader<NamedCsvRecord> csv;
        private final Iterator<NamedCsvRecord> rows;

        Reader(Table table, Path file, CsvReader<NamedCsvRecord> csv) {
            this.columns = table.names();
            this.file = file;
            this.csv = csv;
            this.rows = csv.iterator();
        }

        @Override
        public Optional<List<String>> next() throws IOException {
            try {
                if (!rows.hasNext()) {
                    return Optional.empty();
                }
                NamedCsvRecord row = rows.next();
                return Optional.of(columns.stream()
                        .map(name -> row.findField(name).orElse(""))
                        .toList());
            } catch (UncheckedIOException e) {
                throw e.getCause();
            } catch (CsvParseException e) {
                throw new IOException(file + ": is no table of an earlier run: " + e.getMessage(), e);
            }
        }

        @Override
        public void close() throws IOException {
            csv.close();
        }
    }
}
