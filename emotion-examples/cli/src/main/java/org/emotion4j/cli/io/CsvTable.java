package org.emotion4j.cli.io;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** A CSV file with a header: columns by name, in any order and with any further ones; errors name file and line. */
public final class CsvTable {
    private final Path file;
    private final List<String> header;

    private CsvTable(Path file, List<String> header) {
        this.file = file;
        this.header = header;
    }

    /**
     * Reads a file row by row.
     *
     * @param file the file
     * @param columns the columns that it must have
     * @param rows gets the rows in the file's order
     * @throws BadInputException if the file is not what it should be
     */
    public static void read(Path file, List<String> columns, Consumer<Row> rows) {
        if (!Files.isRegularFile(file)) {
            throw new BadInputException(
                    file + ": there is no such file; expected a CSV with the header " + String.join(",", columns));
        }
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .detectBomHeader(true)
                .ofCsvRecord(file, StandardCharsets.UTF_8)) {
            CsvTable table = null;
            for (CsvRecord record : reader) {
                if (table == null) {
                    table = new CsvTable(
                            file,
                            record.getFields().stream()
                                    .map(name -> name.strip().toLowerCase(Locale.ROOT))
                                    .toList());
                    table.require(columns);
                } else if (!isBlank(record)) {
                    rows.accept(table.new Row(record));
                }
            }
            if (table == null) {
                throw new BadInputException(file + ": is empty, expected the header " + String.join(",", columns));
            }
        } catch (CsvParseException | UncheckedIOException | IOException e) {
            throw new BadInputException(file + ": cannot be read as CSV: " + ErrorMessages.of(e), e);
        }
    }

    /** Spreadsheets leave rows of empty cells behind. */
    public static boolean isBlank(CsvRecord row) {
        return row.getFields().stream().allMatch(String::isBlank);
    }

    private void require(List<String> columns) {
        for (String column : columns) {
            if (!header.contains(column)) {
                throw new BadInputException(file + ", line 1: the header " + String.join(",", header)
                        + " has no column " + column + ", expected " + String.join(",", columns));
            }
        }
    }

    /** One row. */
    public final class Row {
        private final CsvRecord record;

        private Row(CsvRecord record) {
            this.record = record;
            if (record.getFieldCount() < header.size()) {
                throw at("got " + record.getFieldCount() + " fields, expected " + header.size() + ": "
                        + String.join(",", header));
            }
        }

        public boolean has(String column) {
            return header.contains(column);
        }

        public String text(String column) {
            return record.getField(header.indexOf(column)).strip();
        }

        public double number(String column) {
            String text = text(column);
            try {
                double value = Double.parseDouble(text);
                if (Double.isFinite(value)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw at(column + " is \"" + text + "\", expected a number");
            }
            throw at(column + " is " + text + ", expected a finite number");
        }

        /** The file that a path relative to the table's folder leads to. */
        public Path picture(String column) {
            String image = text(column);
            try {
                Path picture = file.resolveSibling(image);
                if (image.isEmpty() || !Files.isRegularFile(picture)) {
                    throw at("there is no picture \"" + image + "\" (looked for " + picture + ")");
                }
                return picture;
            } catch (InvalidPathException e) {
                throw at("\"" + image + "\" is no path: " + e.getReason());
            }
        }

        public long line() {
            return record.getStartingLineNumber();
        }

        /** A failure at this row, with file and line. */
        public BadInputException at(String reason) {
            return CsvTable.at(file, line(), reason);
        }
    }

    public static BadInputException at(Path file, long line, String reason) {
        return new BadInputException(file + ", line " + line + ": " + reason);
    }
}
