package org.emotion4j.session;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.stage.StageMetadata;

/**
 * Writes every reading as a row of {@code session.csv}: UTF-8, comma separated, one header line, lines ending with LF,
 * decimal points. A frame without a face is a row with the expression {@code no face}, so that its time is not lost.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><th>column</th><th>meaning</th></tr>
 * <tr><td>{@code frame}</td><td>number of the frame, from 0</td></tr>
 * <tr><td>{@code time}</td><td>media time in seconds, six decimals</td></tr>
 * <tr><td>{@code wall_time}</td><td>when it was analysed, ISO 8601, UTC</td></tr>
 * <tr><td>{@code origin}</td><td>file or device</td></tr>
 * <tr><td>{@code face}</td><td>id of the face; empty without one</td></tr>
 * <tr><td>{@code x, y, width, height}</td><td>its box in pixels of the frame</td></tr>
 * <tr><td>{@code detection}</td><td>the detector's confidence, 0 to 1</td></tr>
 * <tr><td>{@code expression}</td><td>one of the seven, {@code no clear expression} or {@code no face}</td></tr>
 * <tr><td>{@code confidence}</td><td>0 to 1</td></tr>
 * <tr><td>{@code angry … neutral}</td><td>smoothed scores</td></tr>
 * <tr><td>{@code raw_angry … raw_neutral}</td><td>scores of the frame alone</td></tr>
 * </table>
 *
 * <p>Rows are handed to the operating system frame by frame, so a process that dies loses at most the frame it was at.
 * Confined to one thread.
 */
public final class CsvSessionRecorder implements SessionRecorder {
    /** The name of the file in the session's folder. */
    public static final String FILE_NAME = "session.csv";

    /** What the expression of a frame without a face is called. */
    public static final String NO_FACE = "no face";

    private final Path file;
    private final CsvWriter csv;
    private final List<String> row = new ArrayList<>();
    private boolean closed;

    private CsvSessionRecorder(Path file, CsvWriter csv) {
        this.file = file;
        this.csv = csv;
    }

    /**
     * Starts a record in a folder.
     *
     * @param folder where to; created if it does not exist
     * @return a new recorder with the header written
     * @throws FileAlreadyExistsException if the folder has a {@code session.csv} already; it is left as it is
     * @throws IOException if the file cannot be written
     */
    public static CsvSessionRecorder create(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(FILE_NAME);
        try {
            CsvWriter csv = CsvWriter.builder()
                    .lineDelimiter(LineDelimiter.LF)
                    .build(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            CsvSessionRecorder recorder = new CsvSessionRecorder(file, csv);
            csv.writeRecord(columns());
            csv.flush();
            return recorder;
        } catch (FileAlreadyExistsException e) {
            throw new FileAlreadyExistsException(
                    file.toString(), null, "holds a record already; choose another folder or move that file away");
        }
    }

    /**
     * Returns the names of the columns.
     *
     * @return the header, in order
     */
    public static List<String> columns() {
        List<String> columns = new ArrayList<>(List.of(
                "frame",
                "time",
                "wall_time",
                "origin",
                "face",
                "x",
                "y",
                "width",
                "height",
                "detection",
                "expression",
                "confidence"));
        columns.addAll(Emotion.labels());
        for (String label : Emotion.labels()) {
            columns.add("raw_" + label);
        }
        return List.copyOf(columns);
    }

    /**
     * Returns where the record is.
     *
     * @return the CSV file
     */
    public Path file() {
        return file;
    }

    @Override
    public void record(FrameResult result) throws IOException {
        if (closed) {
            throw new IllegalStateException("the record " + file + " was closed");
        }
        try {
            if (result.readings().isEmpty()) {
                writeNoFace(result);
            }
            for (EmotionReading reading : result.readings()) {
                write(result, reading);
            }
            csv.flush();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public StageMetadata metadata() {
        return StageMetadata.named("csv");
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                csv.close();
            } catch (IOException e) {
                throw new UncheckedIOException("the record " + file + " could not be closed", e);
            }
        }
    }

    private void writeNoFace(FrameResult result) {
        start(result);
        for (int i = 0; i < 6; i++) {
            row.add("");
        }
        row.add(NO_FACE);
        for (int i = 0; i < 1 + 2 * EmotionScores.SIZE; i++) {
            row.add("");
        }
        csv.writeRecord(row);
    }

    private void write(FrameResult result, EmotionReading reading) {
        start(result);
        BoundingBox box = reading.face().box();
        row.add(Integer.toString(reading.faceId()));
        row.add(decimal(box.x(), 1));
        row.add(decimal(box.y(), 1));
        row.add(decimal(box.width(), 1));
        row.add(decimal(box.height(), 1));
        row.add(decimal(reading.face().confidence(), 4));
        row.add(reading.labelText());
        row.add(decimal(reading.confidence(), 4));
        add(reading.scores());
        add(reading.raw());
        csv.writeRecord(row);
    }

    private void start(FrameResult result) {
        row.clear();
        row.add(Long.toString(result.index()));
        row.add(decimal(result.mediaNanos() / 1e9, 6));
        row.add(result.wallTime().toString());
        row.add(result.origin());
    }

    private void add(EmotionScores scores) {
        for (int i = 0; i < EmotionScores.SIZE; i++) {
            row.add(decimal(scores.get(i), 5));
        }
    }

    private static String decimal(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
