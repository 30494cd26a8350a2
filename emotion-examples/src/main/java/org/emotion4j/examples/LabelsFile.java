package org.emotion4j.examples;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.emotion4j.emotion.Emotion;

/**
 * A CSV file of labelled pictures: header {@code image,label} in any order and with any further columns, paths relative to
 * the file. It is checked as a whole before the first picture is looked at.
 */
final class LabelsFile {
    /**
     * One labelled picture.
     *
     * @param line where it stands in the file; the header is line 1
     * @param image the picture
     * @param truth its label
     */
    record Row(long line, Path image, Emotion truth) {}

    private final Path file;
    private final List<Row> rows = new ArrayList<>();
    private int ignored;

    private LabelsFile(Path file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @param file the CSV file
     * @param ignore labels whose rows are counted and left out
     * @throws BadInputException if the file, a label or a picture is not what it should be; the message says where
     */
    static LabelsFile read(Path file, Set<String> ignore) {
        LabelsFile labels = new LabelsFile(file);
        Set<String> ignored = ignore.stream().map(LabelsFile::plain).collect(Collectors.toSet());
        if (!Files.isRegularFile(file)) {
            throw new BadInputException(file + (Files.isDirectory(file) ? ": a folder" : ": there is no such file")
                    + "; expected a CSV with the header image,label");
        }
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .allowMissingFields(true)
                .allowExtraFields(true)
                .detectBomHeader(true)
                .ofCsvRecord(file, StandardCharsets.UTF_8)) {
            labels.read(reader.iterator(), ignored);
        } catch (CsvParseException | UncheckedIOException | IOException e) {
            throw new BadInputException(file + ": cannot be read as CSV: " + e.getMessage(), e);
        }
        if (labels.rows.isEmpty()) {
            throw new BadInputException(file + ": no labelled picture in it"
                    + (labels.ignored > 0 ? "; all " + labels.ignored + " are ignored" : ""));
        }
        return labels;
    }

    List<Row> rows() {
        return rows;
    }

    int ignored() {
        return ignored;
    }

    /** A failure at one row, with file and line. */
    BadInputException at(long line, String reason) {
        return new BadInputException(file + ", line " + line + ": " + reason);
    }

    private void read(Iterator<CsvRecord> records, Set<String> ignore) {
        List<String> header = records.hasNext()
                ? records.next().getFields().stream().map(LabelsFile::plain).toList()
                : List.of();
        int image = header.indexOf("image");
        int label = header.indexOf("label");
        if (image < 0 || label < 0) {
            throw at(1, "the header is " + header + ", expected image,label");
        }
        while (records.hasNext()) {
            CsvRecord row = records.next();
            if (CsvTable.isBlank(row)) {
                continue;
            }
            if (row.getFieldCount() <= Math.max(image, label)) {
                throw at(
                        row.getStartingLineNumber(),
                        "got " + row.getFieldCount() + " fields, expected " + header.size() + ": " + header);
            }
            add(row.getStartingLineNumber(), row.getField(image).strip(), row.getField(label), ignore);
        }
    }

    private void add(long line, String image, String label, Set<String> ignore) {
        if (ignore.contains(plain(label))) {
            ignored++;
            return;
        }
        Optional<Emotion> truth = Emotion.find(label);
        if (truth.isEmpty()) {
            throw at(
                    line,
                    "unknown label \"" + label + "\" of " + image + "; expected one of "
                            + String.join(", ", Emotion.labels()) + " or a synonym, or --ignore-labels "
                            + plain(label));
        }
        rows.add(new Row(line, picture(line, image), truth.get()));
    }

    private Path picture(long line, String image) {
        try {
            Path picture = file.resolveSibling(image);
            if (image.isEmpty() || !Files.isRegularFile(picture)) {
                throw at(line, "there is no picture \"" + image + "\" (looked for " + picture + ")");
            }
            return picture;
        } catch (InvalidPathException e) {
            throw at(line, "\"" + image + "\" is no path: " + e.getReason());
        }
    }

    private static String plain(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
