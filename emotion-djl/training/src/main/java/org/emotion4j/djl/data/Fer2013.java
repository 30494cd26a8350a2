package org.emotion4j.djl.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;

/**
 * FER2013 (Goodfellow et al. 2013, "Challenges in Representation Learning"): 35,887 faces of 48x48 gray pixels in three
 * splits, read from the standard {@code fer2013.csv} and, where it lies beside, the FER+ votes of
 * {@code fer2013new.csv}. About 90 MB of heap. Immutable and thread-safe.
 *
 * <pre>{@code
 * Fer2013 fer2013 = Fer2013.read(folder);
 * List<LabeledFace> test = fer2013.split(Fer2013.Split.PRIVATE_TEST);
 * List<LabeledFace> again = fer2013.ferPlusLabels().split(Fer2013.Split.PRIVATE_TEST);
 * }</pre>
 */
public final class Fer2013 {
    /** The file with the pictures. */
    public static final String PICTURES = "fer2013.csv";

    /** The file with the FER+ votes. */
    public static final String VOTES = "fer2013new.csv";

    private static final int CLASSES = EmotionScores.SIZE;

    /** Longest field of the file: 2,304 numbers of three digits with blanks, and some room. */
    private static final int MAX_FIELD = 16 * 1_024;

    private final List<Row> rows;

    /** The official parts. */
    public enum Split {
        /** 28,709 faces to learn from. */
        TRAINING("Training"),
        /** 3,589 faces to choose epochs, thresholds and temperatures on. */
        PUBLIC_TEST("PublicTest"),
        /** 3,589 faces for the final report. */
        PRIVATE_TEST("PrivateTest");

        private final String label;

        Split(String label) {
            this.label = label;
        }

        /**
         * Returns the name in the file's column {@code Usage}.
         *
         * @return for example {@code "PrivateTest"}
         */
        public String label() {
            return label;
        }

        /**
         * Reads a split's name; case does not matter.
         *
         * @param text for example {@code "PrivateTest"}
         * @return the split
         * @throws IllegalArgumentException if there is no such split; the message lists them
         */
        public static Split parse(String text) {
            return find(text)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "unknown split \"" + text + "\"; expected Training, PublicTest or PrivateTest"));
        }

        private static Optional<Split> find(String text) {
            String wanted = text.strip();
            return Arrays.stream(values())
                    .filter(split -> split.label.equalsIgnoreCase(wanted))
                    .findFirst();
        }
    }

    /**
     * One row of the file.
     *
     * @param face pixels and label
     * @param split the official part
     * @param votes the FER+ votes, where there is a file of them
     */
    record Row(LabeledFace face, Split split, Optional<FerPlusVotes> votes) {
        boolean notAFace() {
            return votes.map(FerPlusVotes::notAFace).orElse(false);
        }
    }

    private Fer2013(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    /**
     * Reads the standard files.
     *
     * @param folder where {@code fer2013.csv} lies (columns {@code emotion}, {@code pixels} and {@code Usage}, in any
     *     order) and, if wanted, {@code fer2013new.csv} with one row for each of its rows
     * @return the faces
     * @throws FaceDataException if there is no {@code fer2013.csv}, or a file is damaged; the message names file and line
     * @throws IOException if reading fails
     */
    public static Fer2013 read(Path folder) throws IOException {
        Path pictures = folder.resolve(PICTURES);
        if (!Files.isRegularFile(pictures)) {
            throw new FaceDataException(pictures, "no such file; expected the standard FER2013 file in this folder");
        }
        List<Row> rows = readPictures(pictures);
        Path votes = folder.resolve(VOTES);
        return new Fer2013(Files.isRegularFile(votes) ? withVotes(rows, readVotes(votes), votes) : rows);
    }

    /**
     * Returns the faces of an official part, in the file's order.
     *
     * @param split which part
     * @return an immutable list
     */
    public List<LabeledFace> split(Split split) {
        return rows.stream().filter(row -> row.split() == split).map(Row::face).toList();
    }

    /**
     * Returns all faces in the file's order.
     *
     * @return an immutable list
     */
    public List<LabeledFace> faces() {
        return rows.stream().map(Row::face).toList();
    }

    /**
     * Returns the faces of an official part that half of the FER+ voters or more saw as faces; without votes, all.
     *
     * @param split which part
     * @return an immutable list, in the file's order
     */
    public List<LabeledFace> splitWithoutNonFaces(Split split) {
        return rows.stream()
                .filter(row -> row.split() == split && !row.notAFace())
                .map(Row::face)
                .toList();
    }

    /**
     * Tells whether FER+ votes were read.
     *
     * @return true if {@code fer2013new.csv} lay beside
     */
    public boolean hasFerPlusVotes() {
        return rows.stream().anyMatch(row -> row.votes().isPresent());
    }

    /**
     * Returns the same faces with the labels of {@linkplain FerPlusVotes#majority() FER+'s majority}; faces without one
     * are left out.
     *
     * @return a smaller collection
     * @throws IllegalStateException if no {@code fer2013new.csv} lay beside {@code fer2013.csv}
     */
    public Fer2013 ferPlusLabels() {
        if (!hasFerPlusVotes()) {
            throw new IllegalStateException("no FER+ votes: put " + VOTES + " beside " + PICTURES);
        }
        List<Row> kept = new ArrayList<>();
        for (Row row : rows) {
            row.votes()
                    .flatMap(FerPlusVotes::majority)
                    .ifPresent(label -> kept.add(new Row(row.face().withLabel(label), row.split(), row.votes())));
        }
        return new Fer2013(kept);
    }

    /**
     * Returns the number of faces.
     *
     * @return 0 or more
     */
    public int size() {
        return rows.size();
    }

    /** Returns how many faces there are in each part. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Fer2013[").append(rows.size()).append(" faces");
        for (Split split : Split.values()) {
            long count = rows.stream().filter(row -> row.split() == split).count();
            text.append(", ").append(split.label()).append(' ').append(count);
        }
        return text.append(']').toString();
    }

    private static List<Row> readPictures(Path file) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = reader(file)) {
            Iterator<CsvRecord> records = reader.iterator();
            Columns columns = new Columns(file, records);
            int emotion = columns.index("emotion");
            int pixels = columns.index("pixels");
            int usage = columns.index("Usage");
            while (records.hasNext()) {
                CsvRecord record = records.next();
                columns.requireWhole(record);
                long line = record.getStartingLineNumber();
                rows.add(new Row(
                        LabeledFace.owning(
                                pixels(record.getField(pixels), file, line),
                                label(record.getField(emotion), file, line),
                                file.getFileName() + ", line " + line),
                        split(record.getField(usage), file, line),
                        Optional.empty()));
            }
        } catch (CsvParseException | UncheckedIOException e) {
            throw new FaceDataException(file, "not readable as CSV after " + rows.size() + " rows", e);
        }
        if (rows.isEmpty()) {
            throw new FaceDataException(file, "no rows");
        }
        return rows;
    }

    private static List<FerPlusVotes> readVotes(Path file) throws IOException {
        List<FerPlusVotes> votes = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = reader(file)) {
            Iterator<CsvRecord> records = reader.iterator();
            Columns columns = new Columns(file, records);
            int[] indices = new int[FerPlusVotes.COLUMNS.size()];
            for (int i = 0; i < indices.length; i++) {
                indices[i] = columns.index(FerPlusVotes.COLUMNS.get(i));
            }
            while (records.hasNext()) {
                CsvRecord record = records.next();
                columns.requireWhole(record);
                int[] row = new int[indices.length];
                for (int i = 0; i < indices.length; i++) {
                    row[i] = number(
                            record.getField(indices[i]),
                            1_000,
                            FerPlusVotes.COLUMNS.get(i),
                            file,
                            record.getStartingLineNumber());
                }
                votes.add(FerPlusVotes.of(row));
            }
        } catch (CsvParseException | UncheckedIOException e) {
            throw new FaceDataException(file, "not readable as CSV after " + votes.size() + " rows", e);
        }
        return votes;
    }

    private static List<Row> withVotes(List<Row> rows, List<FerPlusVotes> votes, Path file) throws FaceDataException {
        if (rows.size() != votes.size()) {
            throw new FaceDataException(
                    file,
                    votes.size() + " rows, expected " + rows.size() + " as in " + PICTURES
                            + "; the two files belong together row by row");
        }
        List<Row> joined = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            joined.add(new Row(row.face(), row.split(), Optional.of(votes.get(i))));
        }
        return joined;
    }

    private static CsvReader<CsvRecord> reader(Path file) throws IOException {
        return CsvReader.builder()
                .skipEmptyLines(true)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(MAX_FIELD * 2)
                .ofCsvRecord(file, StandardCharsets.UTF_8);
    }

    private static byte[] pixels(String text, Path file, long line) throws FaceDataException {
        byte[] pixels = new byte[LabeledFace.PIXELS];
        int count = 0;
        int value = -1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            if (c >= '0' && c <= '9') {
                value = (value < 0 ? 0 : value * 10) + c - '0';
                if (value > 255) {
                    throw new FaceDataException(
                            file, line, "pixel " + (count + 1) + " is above 255, expected 0 to 255");
                }
            } else if (c == ' ') {
                if (value >= 0 && count < pixels.length) {
                    pixels[count] = (byte) value;
                }
                count += value >= 0 ? 1 : 0;
                value = -1;
            } else {
                throw new FaceDataException(
                        file, line, "pixel " + (count + 1) + " contains \"" + c + "\", expected numbers and blanks");
            }
        }
        if (count != pixels.length) {
            throw new FaceDataException(
                    file, line, "got " + count + " pixels, expected " + LabeledFace.PIXELS + " (48x48)");
        }
        return pixels;
    }

    private static Emotion label(String text, Path file, long line) throws FaceDataException {
        int index = number(text, CLASSES - 1, "emotion", file, line);
        return Emotion.all().get(index);
    }

    private static Split split(String text, Path file, long line) throws FaceDataException {
        return Split.find(text)
                .orElseThrow(() -> new FaceDataException(
                        file, line, "Usage is \"" + text + "\", expected Training, PublicTest or PrivateTest"));
    }

    private static int number(String text, int max, String column, Path file, long line) throws FaceDataException {
        String digits = text.strip();
        int value = -1;
        if (!digits.isEmpty() && digits.length() <= 6 && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            value = Integer.parseInt(digits);
        }
        if (value < 0 || value > max) {
            throw new FaceDataException(file, line, column + " is \"" + text + "\", expected 0 to " + max);
        }
        return value;
    }

    /** The header of a file. */
    private static final class Columns {
        private final Path file;
        private final List<String> names;

        Columns(Path file, Iterator<CsvRecord> records) throws FaceDataException {
            this.file = file;
            if (!records.hasNext()) {
                throw new FaceDataException(file, "empty file");
            }
            this.names = records.next().getFields().stream()
                    .map(name -> name.strip().toLowerCase(Locale.ROOT))
                    .toList();
        }

        int index(String column) throws FaceDataException {
            int index = names.indexOf(column.toLowerCase(Locale.ROOT));
            if (index < 0) {
                throw new FaceDataException(file, 1, "no column \"" + column + "\" in the header " + names);
            }
            return index;
        }

        void requireWhole(CsvRecord record) throws FaceDataException {
            if (record.getFieldCount() != names.size()) {
                throw new FaceDataException(
                        file,
                        record.getStartingLineNumber(),
                        "got " + record.getFieldCount() + " fields, expected " + names.size() + ": " + names);
            }
        }
    }
}
