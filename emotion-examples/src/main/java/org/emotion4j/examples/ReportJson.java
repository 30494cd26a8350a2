package org.emotion4j.examples;

import java.util.List;
import org.emotion4j.analysis.ClassificationReport;
import org.emotion4j.analysis.ConfusionMatrix;
import org.emotion4j.stage.StageMetadata;
import org.jspecify.annotations.Nullable;

/** A classification report as one JSON object; a ratio over nothing is null. */
record ReportJson(
        long n,
        long found,
        long ignored,
        double accuracy,
        double accuracyOverAll,
        double macroF1,
        double meanRecall,
        double coverage,
        double selectiveAccuracy,
        double ece,
        List<String> labels,
        long[][] confusion,
        List<String> answers,
        List<ClassJson> perClass,
        StageJson classifier) {

    /** The figures of one class by argmax. */
    record ClassJson(String label, double precision, double recall, double f1, long support) {
        static ClassJson of(ClassificationReport.ClassFigures figures) {
            return new ClassJson(
                    figures.emotion().label(), figures.precision(), figures.recall(), figures.f1(), figures.support());
        }
    }

    /** Which classifier these figures are of. */
    record StageJson(
            String name, @Nullable String version, @Nullable String sha256) {
        static StageJson of(StageMetadata stage) {
            return new StageJson(
                    stage.name(), stage.version().orElse(null), stage.sha256().orElse(null));
        }
    }

    static ReportJson of(ClassificationReport report, StageMetadata classifier) {
        return new ReportJson(
                report.n(),
                report.found(),
                report.ignored(),
                report.accuracy(),
                report.accuracyOverAll(),
                report.macroF1(),
                report.meanRecall(),
                report.coverage(),
                report.selectiveAccuracy(),
                report.ece(),
                ConfusionMatrix.rowLabels(),
                report.confusion().toArray(),
                ConfusionMatrix.columnLabels(),
                report.classes().stream().map(ClassJson::of).toList(),
                StageJson.of(classifier));
    }
}
