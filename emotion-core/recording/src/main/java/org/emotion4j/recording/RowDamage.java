package org.emotion4j.recording;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.emotion4j.session.PipelineSettings;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has done to single cells of {@code session.csv}: dates in a column, numbers that were rounded, lost their point or
 * are out of their range, cells that were emptied or moved, other words, rows in another order. Such a row would be left out or,
 * worse, read; the figures of the others would be stated of the whole. So the file is refused.
 *
 * <p>A crash leaves rows that do not end, or have a hole or too few cells, at the end of a file: these are no evidence, nor are one or
 * two rows with too few cells elsewhere. See {@link ColumnDamage} for the numbers of a column, {@link RowSense} for the
 * cells of a row and {@link SubjectSense} for whose they are.
 */
final class RowDamage {
    private static final String WHAT_TO_DO = "; read the file that was recorded";

    /** So many rows may be too short before it is more than an accident. */
    private static final int ACCIDENTS = 2;

    private static final double ACCIDENTAL_SHARE = 0.01;

    /** So many short rows at the end may be what a crash left. */
    private static final int TORN_ROWS = 10;

    private final Path csv;
    private final Optional<String> id;
    private final int width;
    private final @Nullable ColumnDamage[] columns;
    private final RowSense sense;
    private final Optional<SubjectSense> subjects;
    private final RowCells row = new RowCells();
    private final int version;
    private final int frame;
    private final int session;
    private final int wallTime;
    private final int face;
    private final int cut;
    private final int time;
    private final int issues;
    private final int subject;
    private final int lastScore;

    private int shortRows;
    private int shortInARow;
    private long rows;
    private long faces;
    private long line = 1;
    private long lastFrame = -1;
    private String lastSession = "";
    private boolean lastTimeIsWhole;
    private double lastTime = Double.NaN;
    private @Nullable String contradiction;

    private RowDamage(Path csv, List<String> header, SessionInfo info) {
        this.csv = csv;
        this.id = info.state() == SessionState.UNDESCRIBED ? Optional.empty() : Optional.of(info.sessionId());
        this.width = header.size();
        this.columns = new ColumnDamage[width];
        for (int i = 0; i < width; i++) {
            String name = header.get(i);
            columns[i] = RowColumn.find(name)
                    .filter(RowColumn::isNumber)
                    .map(ColumnDamage::new)
                    .orElse(null);
        }
        this.sense = new RowSense(
                header, info.metadata().pipeline().flatMap((PipelineSettings made) -> made.stage("labelPolicy")));
        this.version = header.indexOf("format_version");
        this.frame = header.indexOf("frame_index");
        this.session = header.indexOf("session_id");
        this.wallTime = header.indexOf("wall_time");
        this.face = header.indexOf("face_id");
        this.cut = header.indexOf("cut");
        this.time = header.indexOf("media_time_ms");
        this.issues = header.indexOf("quality_issues");
        this.subject = header.indexOf("subject");
        this.subjects = subject < 0 ? Optional.empty() : SubjectSense.of(info);
        this.lastScore =
                sense.scoreColumns().stream().flatMapToInt(IntStream::of).max().orElseThrow();
    }

    /**
     * Looks at all rows of a file.
     *
     * @param info what is known of the session besides its rows
     * @throws SessionFormatException if cells were changed so that figures of the rest would be false
     * @throws IOException if it cannot be read
     */
    static void refuse(Path csv, SessionInfo info) throws IOException {
        try (InputStream input = Files.newInputStream(csv);
                LineInput lines = new LineInput(input)) {
            if (!lines.next() || !lines.isTerminated()) {
                return;
            }
            List<String> header = RowParser.header(lines.text());
            if (!RowParser.isComplete(header)) {
                return; // told by the reader
            }
            RowDamage damage = new RowDamage(csv, header, info);
            while (lines.next()) {
                damage.line++;
                if (lines.isTerminated() && !lines.hasHole()) {
                    damage.look(lines);
                }
            }
            damage.conclude();
        }
    }

    private void look(LineInput lines) throws SessionFormatException {
        lines.splitInto(row);
        if (row.isEmptyLine() || row.isBlank()) {
            return;
        }
        rows++;
        if (row.size() <= face || (row.size() < width && !row.isEmpty(face) && row.size() <= lastScore)) {
            shortRows++;
            shortInARow++;
            return;
        }
        shortInARow = 0;
        if (RowParser.isOfANewerFormat(row, version)) {
            return; // told by the reader
        }
        try {
            requireNoMore();
            sense.requireParts(row);
            lookAtNumbers();
        } catch (DamageException e) {
            throw new SessionFormatException(csv + ", line " + line + ": " + e.getMessage() + WHAT_TO_DO, e);
        }
        requireTime(row.text(wallTime));
        requireOrder();
        if (subjects.isPresent()) {
            lookAtSubject(subjects.get());
        }
    }

    private void lookAtSubject(SubjectSense all) {
        boolean hasFace = !row.isEmpty(face);
        String why = all.look(
                lastFrame,
                Math.round(lastTime * 1e6),
                row.is(cut, "1"),
                hasFace ? OptionalInt.of((int) row.whole(face)) : OptionalInt.empty(),
                hasFace && row.is(subject, "1"));
        if (contradiction == null && why != null) {
            contradiction = "line " + line + ": " + why;
        }
    }

    private void requireNoMore() throws DamageException {
        for (int i = width; i < row.size(); i++) {
            if (!row.isEmpty(i)) {
                throw new DamageException("the row has " + row.size() + " cells and the header " + width
                        + ": cells have moved, as a spreadsheet's decimal commas make them");
            }
        }
    }

    private void lookAtNumbers() throws DamageException {
        boolean hasFace = !row.isEmpty(face);
        for (int i = 0; i < width; i++) {
            ColumnDamage column = columns[i];
            if (column != null && !row.isEmpty(i)) {
                column.look(row, i, line);
            }
        }
        if (issues >= 0 && !row.isEmpty(issues)) {
            requireWords(row.text(issues));
        }
        if (hasFace) {
            faces++;
            sense.requireSums(row, columns);
            if (contradiction == null) {
                String why = sense.whyNotItsExpression(row);
                contradiction = why == null ? null : "line " + line + ": " + why;
            }
        }
    }

    /** A newer version may have more words; what is no word at all came from somewhere else. */
    private static void requireWords(String cell) throws DamageException {
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (!(c >= 'a' && c <= 'z') && c != '_' && c != ' ') {
                throw new DamageException("quality_issues is \"" + Texts.onOneLine(cell)
                        + "\", expected words such as \"too_dark blurred\": another program has changed the file, or cells"
                        + " have moved");
            }
        }
    }

    private void requireTime(String cell) throws SessionFormatException {
        if (cell.length() == 24 && cell.charAt(10) == 'T' && cell.charAt(23) == 'Z') {
            return;
        }
        try {
            WallTimeCell.parse(cell);
        } catch (DateTimeException e) {
            throw new SessionFormatException(
                    csv + ", line " + line + ": wall_time is \"" + Texts.onOneLine(cell)
                            + "\", expected for example 2026-11-22T10:15:30.123Z: a spreadsheet may have saved it as it"
                            + " shows times" + WHAT_TO_DO,
                    e);
        }
    }

    /** Figures are made of times from one frame to the next. */
    private void requireOrder() throws SessionFormatException {
        if (!lastSession.isEmpty() && !row.is(session, lastSession)) {
            throw new SessionFormatException(csv + ", line " + line + ": the row is of session \""
                    + Texts.onOneLine(row.text(session)) + "\" and the one before of \"" + Texts.onOneLine(lastSession)
                    + "\"; give a file with the rows of one session, as it was recorded");
        }
        if (lastSession.isEmpty() && id.isPresent() && !row.is(session, id.get())) {
            throw new SessionFormatException(csv + ", line " + line + ": the rows are of session \""
                    + Texts.onOneLine(row.text(session)) + "\", and " + SessionFolder.JSON + " describes \"" + id.get()
                    + "\": one of the files is another session's; put back the one that was recorded");
        }
        if (lastSession.isEmpty()) {
            lastSession = row.text(session);
        }
        long now = frameNumber();
        if (now < lastFrame) {
            throw new SessionFormatException(csv + ", line " + line + ": frame " + now + " comes after frame "
                    + lastFrame + ": the rows were sorted by another column, and times cannot be told from them. Sort"
                    + " them by frame_index, or read the file that was recorded");
        }
        lastFrame = now;
        boolean isWhole = !row.contains(time, '.');
        double at = row.number(time);
        if (lastTimeIsWhole && !isWhole && at < lastTime && !row.is(cut, "1")) {
            throw new SessionFormatException(csv + ", line " + line + ": media_time_ms is " + row.text(time) + " after "
                    + Math.round(lastTime) + ": times before it have lost their decimal point, as a spreadsheet with a"
                    + " decimal comma takes it for one of thousands" + WHAT_TO_DO);
        }
        lastTimeIsWhole = isWhole;
        lastTime = at;
    }

    private long frameNumber() throws SessionFormatException {
        try {
            return row.whole(frame);
        } catch (NumberFormatException e) {
            throw new SessionFormatException(
                    csv + ", line " + line + ": frame_index is \"" + Texts.onOneLine(row.text(frame))
                            + "\", expected a whole number up to " + Long.MAX_VALUE + WHAT_TO_DO,
                    e);
        }
    }

    private void conclude() throws SessionFormatException {
        List<ColumnDamage> numbers = new ArrayList<>();
        for (ColumnDamage column : columns) {
            if (column != null) {
                numbers.add(column);
            }
        }
        requireDecimalsOfScores(numbers);
        boolean zerosKept = numbers.stream().anyMatch(column -> column.keptZeros() > 0);
        boolean secondZerosKept =
                numbers.stream().anyMatch(column -> column.column().decimals() >= 2 && column.keptZeros() > 0);
        for (ColumnDamage column : numbers) {
            try {
                column.conclude(zerosKept, secondZerosKept);
            } catch (DamageException e) {
                throw new SessionFormatException(csv + ", " + e.getMessage() + WHAT_TO_DO, e);
            }
        }
        requireNoLongerOnes(numbers);
        if (contradiction != null) {
            throw new SessionFormatException(csv + ", " + contradiction + WHAT_TO_DO);
        }
        int torn = shortInARow <= TORN_ROWS ? shortInARow : 0;
        int inTheMiddle = shortRows - torn;
        if (inTheMiddle > ACCIDENTS && inTheMiddle >= ACCIDENTAL_SHARE * rows) {
            throw new SessionFormatException(csv + ": each of " + inTheMiddle + " rows of " + rows
                    + " has too few cells: no crash leaves that, another program has changed the file" + WHAT_TO_DO);
        }
    }

    private void requireDecimalsOfScores(List<ColumnDamage> numbers) throws SessionFormatException {
        List<ColumnDamage> scores =
                numbers.stream().filter(ColumnDamage::isScore).toList();
        int most = scores.stream().mapToInt(ColumnDamage::mostDecimals).max().orElse(0);
        if (faces > ACCIDENTS && most <= 2 && scores.stream().allMatch(column -> column.asRecorded() == 0)) {
            throw new SessionFormatException(csv + ": scores have two decimals at most and were recorded with "
                    + CsvRows.SCORE_DIGITS + ": a spreadsheet has rounded them" + WHAT_TO_DO);
        }
    }

    /** A table of another program may have all the digits that it likes; in a record some cells with more have moved. */
    private void requireNoLongerOnes(List<ColumnDamage> numbers) throws SessionFormatException {
        long asRecorded = 0;
        long otherwise = 0;
        for (ColumnDamage column : numbers) {
            if (column.column().decimals() > 0) {
                asRecorded += column.asRecorded();
                otherwise += column.otherwise();
            }
        }
        if (asRecorded <= otherwise) {
            return;
        }
        for (ColumnDamage column : numbers) {
            if (column.firstLongerLine() > 0) {
                throw new SessionFormatException(csv + ", line " + column.firstLongerLine() + ": "
                        + column.column().name() + " has more than the "
                        + column.column().decimals()
                        + " decimals that are recorded: cells have moved, or another program has changed the file"
                        + WHAT_TO_DO);
            }
        }
    }
}
