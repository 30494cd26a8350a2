package org.emotion4j.cli.timeline;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.emotion4j.chart.TimelineChart;
import org.emotion4j.file.internal.OutputFile;
import org.emotion4j.session.PipelineSettings;
import org.emotion4j.stage.StageMetadata;

/** Writes charts and says so where they lack their writing. */
public final class Charts {
    public static final String NO_FONTS =
            "this Java has no fonts, so charts have no writing; install fontconfig and a font such as DejaVu";

    private Charts() {}

    /** Names the stages that decide what a reading is. */
    public static String describe(PipelineSettings pipeline) {
        return "faces by " + named(pipeline.stage("detector")) + ", expressions by "
                + named(pipeline.stage("classifier"))
                + ", smoothed; an expression is what a face shows, not what the person feels";
    }

    private static String named(Optional<StageMetadata> stage) {
        return stage.map(known -> known.name()
                        + known.version().map(version -> " " + version).orElse(""))
                .orElse("nobody");
    }

    public static void write(TimelineChart chart, Path file, PrintWriter messages) throws IOException {
        OutputFile.write(file, chart.png());
        if (!TimelineChart.hasWriting()) {
            messages.println(file + ": " + NO_FONTS);
        }
    }
}
