package org.emotion4j.cli.models;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.emotion4j.cli.io.BadInputException;
import org.emotion4j.cli.io.CsvTable;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.emotion.Emotion;

/**
 * A CSV file of labeled pictures: header {@code image,label} in any order and with any further columns, paths relative to
 * the file; by some of these people can be compared. It is checked as a whole before the first picture is looked at.
 */
final class LabelsFile {
    /**
     * One labeled picture.
     *
     * @param line where it stands in the file; the header is line 1
     * @param image the picture
     * @param label what it shows; empty in a file without labels
     * @param groups to which groups of people it belongs: the values of the columns asked for, in their order
     */
    record Row(long line, Path image, Optional<Emotion> label, List<String> groups) {
        /** What it shows, in a file that had to have labels. */
        Emotion truth() {
            return label.orElseThrow();
        }
    }

    private final Path file;
    private final List<GroupColumn> columns;
    private final List<Row> rows = new ArrayList<>();
    private int ignored;

    private LabelsFile(Path file, List<GroupColumn> columns) {
        this.file = file;
        this.columns = columns;
    }

    /**
     * Reads a file.
     *
     * @param file the CSV file
     * @param ignore labels whose rows are counted and left out
     * @param columns by which people are compared; where there are some, the file need not have labels
     * @throws BadInputException if the file, a label or a picture is not what it should be; the message says where
     */
    static LabelsFile read(Path file, Set<String> ignore, List<GroupColumn> columns) {
        LabelsFile labels = new LabelsFile(file, columns);
        Set<String> ignored = ignore.stream().map(LabelsFile::plain).collect(Collectors.toSet());
        if (!Files.isRegularFile(file)) {
            throw new BadInputException(file + (Files.isDirectory(file) ? ": a folder" : ": there is no such file")
                    + "; expected a CSV with the header image,label");
        }
        try (CsvReader<CsvRecord> reader = CsvTable.open(file, "image")) {
            labels.read(reader.iterator(), ignored);
        } catch (CsvParseException | UncheckedIOException | IOException e) {
            throw CsvTable.unreadable(file, e);
        }
        if (labels.rows.isEmpty()) {
            throw new BadInputException(file + ": no labeled picture in it"
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
        if (image < 0 || (label < 0 && columns.isEmpty())) {
            throw at(1, "the header is " + header + ", expected image,label");
        }
        int[] groups = columns.stream()
                .mapToInt(column -> header.indexOf(plain(column.name())))
                .toArray();
        int last = Math.max(image, label);
        for (int i = 0; i < groups.length; i++) {
            if (groups[i] < 0) {
                throw at(
                        1, "no column \"" + columns.get(i).name() + "\", which --by asks for; the header is " + header);
            }
            last = Math.max(last, groups[i]);
        }
        while (records.hasNext()) {
            CsvRecord row = records.next();
            if (CsvTable.isBlank(row)) {
                continue;
            }
            if (row.getFieldCount() <= last) {
                throw at(
                        row.getStartingLineNumber(),
                        "got " + row.getFieldCount() + " fields, expected " + header.size() + ": " + header);
            }
            add(row, image, label, groups, ignore);
        }
    }

    private void add(CsvRecord row, int image, int label, int[] groups, Set<String> ignore) {
        long line = row.getStartingLineNumber();
        String name = row.getField(image).strip();
        Optional<Emotion> truth = Optional.empty();
        if (label >= 0) {
            String text = row.getField(label);
            if (ignore.contains(plain(text))) {
                ignored++;
                return;
            }
            truth = Emotion.find(text);
            if (truth.isEmpty()) {
                throw at(
                        line,
                        "unknown label \"" + text + "\" of " + name + "; expected one of "
                                + String.join(", ", Emotion.labels()) + " or a synonym, or --ignore-labels "
                                + plain(text));
            }
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < groups.length; i++) {
            try {
                values.add(columns.get(i).group(row.getField(groups[i]).strip()));
            } catch (IllegalArgumentException e) {
                throw at(line, ErrorMessages.message(e));
            }
        }
        rows.add(new Row(line, picture(line, name), truth, List.copyOf(values)));
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
