package org.emotion4j.window;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.emotion4j.chart.ConfusionChart;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.evaluation.ConfusionMatrix;
import org.emotion4j.file.internal.OutputFile;

/** A confusion matrix as a file: a picture, or a table for programs whose words do not depend on the language. */
final class ComparisonFile {
    private ComparisonFile() {}

    /**
     * Writes a new file, a table where its name ends in {@code .csv} and a picture otherwise.
     *
     * @throws IOException if it is there already, or cannot be written
     */
    static void write(Path file, ConfusionMatrix matrix, ConfusionChart.Words words) throws IOException {
        boolean table = file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
        OutputFile.write(
                file,
                table
                        ? csv(matrix).getBytes(StandardCharsets.UTF_8)
                        : ConfusionChart.of(matrix, words, ConfusionChart.Colors.PRINT)
                                .png());
    }

    /** A row for each label that people gave: how it was read, and its figures; a figure over nothing is empty. */
    static String csv(ConfusionMatrix matrix) {
        StringBuilder csv = new StringBuilder("labeled");
        for (String column : ConfusionMatrix.columnLabels()) {
            csv.append(",read_").append(column.replace(' ', '_'));
        }
        csv.append(",support,precision,recall,f1\r\n");
        for (Emotion truth : Emotion.all()) {
            csv.append(truth.label());
            for (long count : matrix.toArray()[truth.ordinal()]) {
                csv.append(',').append(count);
            }
            csv.append(',').append(matrix.rowSum(truth));
            for (double figure : List.of(matrix.precision(truth), matrix.recall(truth), matrix.f1(truth))) {
                csv.append(',').append(Double.isNaN(figure) ? "" : String.format(Locale.ROOT, "%.4f", figure));
            }
            csv.append("\r\n");
        }
        return csv.toString();
    }
}
