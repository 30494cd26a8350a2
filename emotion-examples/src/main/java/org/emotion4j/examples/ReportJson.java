package org.emotion4j.examples;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emotion4j.analysis.ClassificationReport;
import org.emotion4j.analysis.ConfusionMatrix;
import org.emotion4j.stage.StageMetadata;
import org.jspecify.annotations.Nullable;

/** A classification report as one JSON object; a ratio over nothing is null. {@code detector} is null where none had a part. */
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
        DataJson data,
        StageJson classifier,
        @Nullable StageJson detector) {

    /** The figures of one class by argmax. */
    record ClassJson(String label, double precision, double recall, double f1, long support) {
        static ClassJson of(ClassificationReport.ClassFigures figures) {
            return new ClassJson(
                    figures.emotion().label(), figures.precision(), figures.recall(), figures.f1(), figures.support());
        }
    }

    /**
     * What the figures were measured on.
     *
     * @param source {@code "FER2013"} or the file of labels
     * @param split of FER2013, else null
     * @param truth whose labels count as true
     * @param crops whether each picture was the crop itself, so that no detector had a part in the figures
     */
    record DataJson(String source, @Nullable String split, String truth, boolean crops) {}

    /** What was measured, and who had a part in the figures. */
    record Measured(DataJson data, StageMetadata classifier, Optional<StageMetadata> detector) {}

    /** Which stage had a part in these figures. */
    record StageJson(
            String name,
            @Nullable String version,
            @Nullable String sha256,
            @Nullable String runtime,
            @Nullable String notes) {
        static StageJson of(StageMetadata stage) {
            return new StageJson(
                    stage.name(),
                    stage.version().orElse(null),
                    stage.sha256().orElse(null),
                    stage.runtime().orElse(null),
                    stage.notes().orElse(null));
        }

        String inWords() {
            return Stream.of(name, version, runtime, notes)
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining(", "));
        }
    }

    /** The same for a reader: what was measured, and then the figures. */
    static String toText(ClassificationReport report, Measured measured) {
        DataJson data = measured.data();
        String split = data.split() == null ? "" : " " + data.split();
        String faces = data.crops() ? "each picture is the crop" : "faces found by the detector";
        StringBuilder text = new StringBuilder();
        text.append("data                 ").append(data.source()).append(split);
        text.append("; labels of ")
                .append(data.truth())
                .append("; ")
                .append(faces)
                .append('\n');
        text.append("classifier           ")
                .append(StageJson.of(measured.classifier()).inWords())
                .append('\n');
        measured.detector().ifPresent(stage -> text.append("detector             ")
                .append(StageJson.of(stage).inWords())
                .append('\n'));
        return text.append(report.toText().stripTrailing()).toString();
    }

    static ReportJson of(ClassificationReport report, Measured measured) {
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
                measured.data(),
                StageJson.of(measured.classifier()),
                measured.detector().map(StageJson::of).orElse(null));
    }
}
