package org.emotion4j.examples;

import java.util.List;
import org.emotion4j.analysis.ClassificationReport;
import org.emotion4j.analysis.ConfusionMatrix;

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
        List<ClassJson> perClass) {

    /** The figures of one class by argmax. */
    record ClassJson(String label, double precision, double recall, double f1, long support) {
        static ClassJson of(ClassificationReport.ClassFigures figures) {
            return new ClassJson(
                    figures.emotion().label(), figures.precision(), figures.recall(), figures.f1(), figures.support());
        }
    }

    static ReportJson of(ClassificationReport report) {
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
                report.classes().stream().map(ClassJson::of).toList());
    }
}
