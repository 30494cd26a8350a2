package org.emotion4j.cli.io;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** A CSV file with a header: columns by name, in any order and with any further ones; errors name file and line. */
public final class CsvTable {
    private static final String SAVE_AS = "; save it as CSV in UTF-8 with commas between cells and decimal points";

    private static final Map<String, String> OTHER_SEPARATORS = Map.of(";", "semicolons", "\t", "tabs");

    private static final int BYTE_ORDER_MARK = 0xFEFF;

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
        try (CsvReader<CsvRecord> reader = open(file, columns.get(0))) {
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
            throw unreadable(file, e);
        }
    }

    /**
     * Opens a file, whatever its columns; what spreadsheets do to a whole file is told by name.
     *
     * @param column one that the header must have
     * @throws BadInputException if it is not text in UTF-8 with commas between cells
     * @throws IOException if it cannot be read
     */
    public static CsvReader<CsvRecord> open(Path file, String column) throws IOException {
        requireCommas(file, column);
        return CsvReader.builder()
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text(file));
    }

    /** Why a file could not be read to its end. */
    public static BadInputException unreadable(Path file, Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CharacterCodingException) {
                return new BadInputException(file + ": is not text in UTF-8" + SAVE_AS, failure);
            }
        }
        return new BadInputException(file + ": cannot be read as CSV: " + ErrorMessages.of(failure), failure);
    }

    /** Letters that are not UTF-8 are an error, not a replacement character in a picture's name. */
    private static BufferedReader text(Path file) throws IOException {
        BufferedReader text = Files.newBufferedReader(file);
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        return text;
    }

    private static void requireCommas(Path file, String column) throws IOException {
        String header;
        try (BufferedReader text = text(file)) {
            String line = text.readLine();
            header = line == null ? "" : line.replace("\"", "").toLowerCase(Locale.ROOT);
        }
        if (header.indexOf('\0') >= 0) {
            throw new BadInputException(file + ": is text in UTF-16 or none at all" + SAVE_AS);
        }
        if (header.startsWith("sep=")) {
            throw new BadInputException(file + ", line 1: is \"" + header.strip()
                    + "\", by which a spreadsheet tells itself how cells are separated"
                    + (header.contains(",") ? "; delete that line" : SAVE_AS));
        }
        for (Map.Entry<String, String> other : OTHER_SEPARATORS.entrySet()) {
            if (Arrays.stream(header.split(other.getKey())).map(String::strip).anyMatch(column::equals)
                    && header.contains(other.getKey())) {
                throw new BadInputException(file + ", line 1: cells are separated by " + other.getValue()
                        + ", as a spreadsheet saves them where numbers have a decimal comma, and not by commas"
                        + SAVE_AS);
            }
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
