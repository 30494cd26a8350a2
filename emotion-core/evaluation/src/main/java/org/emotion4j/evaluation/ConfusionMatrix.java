package org.emotion4j.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;

/**
 * How often each true expression got each answer: 7 rows, one for each true expression in class order, by 9 columns, the
 * seven expressions in class order, then "no clear" and "no face". Immutable and thread-safe.
 *
 * <p>A ratio over nothing is {@code NaN}: the precision of an expression that was never answered, the recall of one that
 * never occurs. A writer of JSON has to turn it into {@code null}.
 */
public final class ConfusionMatrix {
    /** The column of faces for which the label policy gave no expression. */
    public static final int NO_CLEAR = EmotionScores.SIZE;

    /** The column of pictures in which no face was found. */
    public static final int NO_FACE = EmotionScores.SIZE + 1;

    /** The number of rows. */
    public static final int ROWS = EmotionScores.SIZE;

    /** The number of columns. */
    public static final int COLUMNS = EmotionScores.SIZE + 2;

    private static final List<String> COLUMN_LABELS = Stream.concat(
                    Emotion.labels().stream(), Stream.of("no clear", "no face"))
            .toList();

    private final long[][] counts;

    private ConfusionMatrix(long[][] counts) {
        this.counts = counts;
    }

    /**
     * Takes counts.
     *
     * @param counts 7 rows of 9 numbers of 0 or more; copied
     * @return the matrix
     * @throws IllegalArgumentException if the array has another shape or a number is below 0
     */
    public static ConfusionMatrix of(long[][] counts) {
        if (counts.length != ROWS) {
            throw new IllegalArgumentException("got " + counts.length + " rows, expected " + ROWS);
        }
        for (int row = 0; row < ROWS; row++) {
            if (counts[row].length != COLUMNS) {
                throw new IllegalArgumentException("row " + Emotion.labels().get(row) + " has " + counts[row].length
                        + " columns, expected " + COLUMNS);
            }
            for (int column = 0; column < COLUMNS; column++) {
                if (counts[row][column] < 0) {
                    throw new IllegalArgumentException(
                            "count of " + Emotion.labels().get(row) + " answered " + COLUMN_LABELS.get(column) + " is "
                                    + counts[row][column] + ", expected 0 or more");
                }
            }
        }
        return new ConfusionMatrix(copy(counts));
    }

    /**
     * Returns what the rows stand for.
     *
     * @return the seven labels in class order
     */
    public static List<String> rowLabels() {
        return Emotion.labels();
    }

    /**
     * Returns what the columns stand for.
     *
     * @return the seven labels in class order, {@code "no clear"}, {@code "no face"}
     */
    public static List<String> columnLabels() {
        return COLUMN_LABELS;
    }

    /**
     * Returns how often one expression was answered with another or with itself.
     *
     * @param truth the true expression
     * @param answer the answer
     * @return 0 or more
     */
    public long count(Emotion truth, Emotion answer) {
        return counts[truth.ordinal()][answer.ordinal()];
    }

    /**
     * Returns how often an expression was answered with "no clear expression".
     *
     * @param truth the true expression
     * @return 0 or more
     */
    public long noClear(Emotion truth) {
        return counts[truth.ordinal()][NO_CLEAR];
    }

    /**
     * Returns how often no face was found in a picture of an expression.
     *
     * @param truth the true expression
     * @return 0 or more
     */
    public long noFace(Emotion truth) {
        return counts[truth.ordinal()][NO_FACE];
    }

    /**
     * Returns how often an expression occurs, whatever the answer.
     *
     * @param truth the true expression
     * @return the sum of its row
     */
    public long rowSum(Emotion truth) {
        return Arrays.stream(counts[truth.ordinal()]).sum();
    }

    /**
     * Returns how often an answer was given, whatever the truth.
     *
     * @param column 0 to 6 for an expression's ordinal, {@link #NO_CLEAR} or {@link #NO_FACE}
     * @return the sum of the column
     * @throws IndexOutOfBoundsException if there is no such column
     */
    public long columnSum(int column) {
        return Arrays.stream(counts).mapToLong(row -> row[column]).sum();
    }

    /**
     * Returns how many faces and pictures were counted.
     *
     * @return the sum of all cells
     */
    public long total() {
        return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
    }

    /**
     * Returns how many answers were right.
     *
     * @return the sum of the diagonal
     */
    public long correct() {
        return Emotion.all().stream()
                .mapToLong(emotion -> count(emotion, emotion))
                .sum();
    }

    /**
     * Returns how many of the answers with an expression were right.
     *
     * @param emotion the expression
     * @return 0 to 1; {@code NaN} if it was never answered
     */
    public double precision(Emotion emotion) {
        return (double) count(emotion, emotion) / columnSum(emotion.ordinal());
    }

    /**
     * Returns how many of the faces with an expression were answered with it. "No clear" and "no face" count as missed.
     *
     * @param emotion the expression
     * @return 0 to 1; {@code NaN} if it never occurs
     */
    public double recall(Emotion emotion) {
        return (double) count(emotion, emotion) / rowSum(emotion);
    }

    /**
     * Returns the harmonic mean of precision and recall, computed as {@code 2 TP / (2 TP + FP + FN)}.
     *
     * @param emotion the expression
     * @return 0 to 1; 0 where it occurs or was answered but never rightly; {@code NaN} if it neither occurs nor was
     *     answered
     */
    public double f1(Emotion emotion) {
        return 2.0 * count(emotion, emotion) / (rowSum(emotion) + columnSum(emotion.ordinal()));
    }

    /**
     * Returns all counts.
     *
     * @return a new array of 7 rows and 9 columns
     */
    public long[][] toArray() {
        return copy(counts);
    }

    /**
     * Writes the matrix as a table with a row for each true expression.
     *
     * @return nine lines, each ended by a line feed
     */
    public String toText() {
        StringBuilder text = new StringBuilder("true \\ answer");
        COLUMN_LABELS.forEach(label -> text.append(String.format(Locale.ROOT, " %8s", label)));
        text.append(String.format(Locale.ROOT, " %8s", "all")).append('\n');
        for (Emotion truth : Emotion.all()) {
            text.append(String.format(Locale.ROOT, "%-13s", truth.label()));
            for (long count : counts[truth.ordinal()]) {
                text.append(String.format(Locale.ROOT, " %8d", count));
            }
            text.append(String.format(Locale.ROOT, " %8d", rowSum(truth))).append('\n');
        }
        text.append("all          ");
        for (int column = 0; column < COLUMNS; column++) {
            text.append(String.format(Locale.ROOT, " %8d", columnSum(column)));
        }
        return text.append(String.format(Locale.ROOT, " %8d", total()))
                .append('\n')
                .toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfusionMatrix matrix && Arrays.deepEquals(counts, matrix.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(counts);
    }

    @Override
    public String toString() {
        return "ConfusionMatrix" + Arrays.deepToString(counts);
    }

    private static long[][] copy(long[][] counts) {
        return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
    }
}
