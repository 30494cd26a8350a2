package org.emotion4j.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.emotion4j.examples.chart.TimelineChart;
import org.emotion4j.examples.output.OutputFile;
import org.emotion4j.stage.StageMetadata;

/** Writes charts and says so where they lack their writing. */
final class Charts {
    static final String NO_FONTS =
            "this Java has no fonts, so charts have no writing; install fontconfig and a font such as DejaVu";

    /** Places in the order in which a frame passes the stages; the source is the first. */
    private static final int DETECTOR = 1;

    private static final int CLASSIFIER = 3;

    private Charts() {}

    /** Names the stages that decide what a reading is, out of those of a pipeline with a source. */
    static String describe(List<StageMetadata> stages) {
        return "faces by " + named(stages.get(DETECTOR)) + ", expressions by " + named(stages.get(CLASSIFIER))
                + ", smoothed; an expression is what a face shows, not what the person feels";
    }

    private static String named(StageMetadata stage) {
        return stage.name() + stage.version().map(version -> " " + version).orElse("");
    }

    static void write(TimelineChart chart, Path file, PrintWriter messages) throws IOException {
        OutputFile.write(file, chart.png());
        if (!TimelineChart.hasWriting()) {
            messages.println(file + ": " + NO_FONTS);
        }
    }
}
