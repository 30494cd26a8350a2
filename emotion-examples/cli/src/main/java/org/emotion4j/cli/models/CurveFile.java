package org.emotion4j.cli.models;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emotion4j.cli.io.CsvTable;
import org.emotion4j.evaluation.DetectionReport.CurvePoint;
import org.emotion4j.file.internal.OutputFile;

/**
 * A curve of precision and recall as CSV.
 *
 * @param name the file's name without its ending
 * @param points the curve
 */
record CurveFile(String name, List<CurvePoint> points) {
    private static final List<String> COLUMNS =
            List.of("confidence", "recall", "precision", "false_positives_per_image");

    static CurveFile read(Path file) {
        List<CurvePoint> points = new ArrayList<>();
        CsvTable.read(
                file,
                COLUMNS,
                row -> points.add(new CurvePoint(
                        row.number(COLUMNS.get(0)),
                        row.number(COLUMNS.get(1)),
                        row.number(COLUMNS.get(2)),
                        row.number(COLUMNS.get(3)))));
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return new CurveFile(dot > 0 ? name.substring(0, dot) : name, points);
    }

    static void write(List<CurvePoint> points, Path file) throws IOException {
        OutputFile.write(file, target -> {
            CsvWriter csv = CsvWriter.builder().build(target, StandardCharsets.UTF_8);
            csv.writeRecord(COLUMNS);
            for (CurvePoint point : points) {
                csv.writeRecord(
                        Double.toString(point.confidence()),
                        Double.toString(point.recall()),
                        Double.toString(point.precision()),
                        Double.toString(point.falsePositivesPerImage()));
            }
            csv.flush();
        });
    }
}
