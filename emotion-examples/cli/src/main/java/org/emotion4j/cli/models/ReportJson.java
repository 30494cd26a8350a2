package org.emotion4j.cli.models;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.evaluation.ClassificationReport;
import org.emotion4j.evaluation.ConfusionMatrix;
import org.emotion4j.evaluation.GroupComparison;
import org.emotion4j.evaluation.Proportion;
import org.emotion4j.stage.StageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A classification report as one JSON object; a ratio over nothing is null. {@code detector} and {@code landmarks} are null where none had a part,
 * {@code groups} where nobody was compared; otherwise it has the groups by the column that they come from.
 */
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
        @Nullable StageJson detector,
        @Nullable StageJson landmarks,
        @Nullable Map<String, List<GroupJson>> groups) {

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

    /** What was measured, who had a part in the figures, and the groups that were compared, by column. */
    record Measured(
            DataJson data,
            StageMetadata classifier,
            Optional<StageMetadata> detector,
            Optional<StageMetadata> landmarks,
            Map<String, GroupComparison> groups) {
        /** Of pictures that were crops already: the classifier alone had a part. */
        static Measured ofCrops(DataJson data, StageMetadata classifier) {
            return new Measured(data, classifier, Optional.empty(), Optional.empty(), Map.of());
        }
    }

    /** A share with its 95 % interval. */
    record ShareJson(long count, long of, double share, double low, double high) {
        static ShareJson of(Proportion share) {
            return new ShareJson(share.count(), share.of(), share.share(), share.low(), share.high());
        }
    }

    /** One group of people; {@code right} is of those with a label, {@code expressions} are the labels given. */
    record GroupJson(
            String name,
            long pictures,
            ShareJson found,
            ShareJson issues,
            ShareJson noClear,
            ShareJson right,
            Map<String, ShareJson> expressions,
            double meanQuality) {
        static GroupJson of(GroupComparison.Group group) {
            Map<String, ShareJson> expressions = new LinkedHashMap<>();
            Emotion.all().forEach(emotion -> expressions.put(emotion.label(), ShareJson.of(group.expression(emotion))));
            return new GroupJson(
                    group.name(),
                    group.pictures(),
                    ShareJson.of(group.found()),
                    ShareJson.of(group.issues()),
                    ShareJson.of(group.noClear()),
                    ShareJson.of(group.right()),
                    expressions,
                    group.meanQuality());
        }
    }

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

        String describe() {
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
                .append(StageJson.of(measured.classifier()).describe())
                .append('\n');
        measured.detector().ifPresent(stage -> text.append("detector             ")
                .append(StageJson.of(stage).describe())
                .append('\n'));
        measured.landmarks().ifPresent(stage -> text.append("landmarks            ")
                .append(StageJson.of(stage).describe())
                .append('\n'));
        boolean labeled = report.n() > 0 || measured.groups().isEmpty();
        text.append(labeled ? report.toText() : "no labels: no figure says whether a reading is right\n");
        measured.groups().forEach((column, comparison) -> text.append("\nby ")
                .append(column)
                .append(" (* differs from all the others together by more than chance, 95 %)\n")
                .append(comparison.toText()));
        return text.toString().stripTrailing();
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
                measured.detector().map(StageJson::of).orElse(null),
                measured.landmarks().map(StageJson::of).orElse(null),
                groups(measured.groups()));
    }

    private static @Nullable Map<String, List<GroupJson>> groups(Map<String, GroupComparison> compared) {
        if (compared.isEmpty()) {
            return null;
        }
        Map<String, List<GroupJson>> groups = new LinkedHashMap<>();
        compared.forEach((column, comparison) -> groups.put(
                column, comparison.groups().stream().map(GroupJson::of).toList()));
        return groups;
    }
}
