package org.emotion4j.cli.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.emotion4j.chart.ConfusionChart;
import org.emotion4j.chart.DetectionChart;
import org.emotion4j.cli.io.BadInputException;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.cli.io.ExitCode;
import org.emotion4j.cli.io.Json;
import org.emotion4j.cli.io.Progress;
import org.emotion4j.cli.models.ReportJson.DataJson;
import org.emotion4j.cli.models.ReportJson.Measured;
import org.emotion4j.cli.options.StageOptions;
import org.emotion4j.cli.timeline.Charts;
import org.emotion4j.djl.data.FaceDataException;
import org.emotion4j.djl.data.Fer2013;
import org.emotion4j.djl.data.LabeledFace;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.evaluation.ClassificationReport;
import org.emotion4j.evaluation.ConfusionMatrix;
import org.emotion4j.evaluation.GroupComparison;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.LandmarkDetector;
import org.emotion4j.file.internal.OutputFile;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.opencv.Pictures;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.stage.StageMetadata;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says how well the pipeline or its classifier does on labeled pictures. */
@Command(
        name = "evaluate",
        description = {
            "Compares what is read with labels: pictures listed in a CSV file (--labels), or a split of FER2013.",
            "Accuracy, F1 and recall take the most probable expression; coverage and selective accuracy respect"
                    + " \"no clear expression\".",
            "With --by, groups of people are compared, also on pictures without labels.",
            "Faces are read by the detector's five points, as a pipeline in code does by default; --landmarks reads them as"
                    + " analyze and the window do."
        })
public final class EvaluateCommand implements Callable<Integer> {
    @Mixin
    private final Console console = new Console();

    @Mixin
    private final StageOptions.DetectorOption detector = new StageOptions.DetectorOption();

    @Mixin
    private final StageOptions.LandmarksOption landmarks = new StageOptions.LandmarksOption();

    @Mixin
    private final StageOptions.ClassifierOption classifier = new StageOptions.ClassifierOption();

    @Option(
            names = "--labels",
            paramLabel = "FILE.csv",
            description = "Labeled pictures: header image,label; paths are relative to the file.")
    private Optional<Path> labels = Optional.empty();

    @Option(
            names = "--crops",
            description =
                    "Each picture is the crop itself, resized; otherwise faces are detected and the largest counts.")
    private boolean crops;

    @Option(
            names = "--ignore-labels",
            split = ",",
            paramLabel = "LABEL",
            description = "Leave out pictures with these labels, comma separated, and count them.")
    private Set<String> ignoreLabels = new LinkedHashSet<>();

    @Option(
            names = "--fer2013",
            paramLabel = "DIR",
            description = "The folder with the standard fer2013.csv (and fer2013new.csv for --ferplus).")
    private Optional<Path> fer2013 = Optional.empty();

    @Option(names = "--split", paramLabel = "NAME", description = "Training, PublicTest or PrivateTest.")
    private Optional<String> split = Optional.empty();

    @Option(
            names = "--ferplus",
            description = "Take the labels of FER+'s majority, and leave out faces that have none.")
    private boolean ferPlus;

    @Option(
            names = "--by",
            split = ",",
            paramLabel = "COLUMN",
            description = {
                "Compare groups of people by further columns of the file, comma separated; numbers with where they are"
                        + " divided: gender,age:20:40:60. Such a file need not have labels.",
                "Each group's share of faces found, of pictures with an issue, without a clear expression, right, and called by"
                        + " each expression; with 95 %% intervals in the JSON."
            })
    private List<String> by = List.of();

    @Option(
            names = "--out",
            paramLabel = "MATRIX.png",
            description = "Also draw the confusion matrix: what was read, one row each with \"neutral / no clear\" in"
                    + " one, over what was shown, one column each.")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object, and nothing else.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (labels.isPresent() == fer2013.isPresent()) {
            throw console.usage("give either --labels FILE.csv or --fer2013 DIR");
        }
        ClassificationReport.Builder builder = ClassificationReport.builder();
        boolean detects = fer2013.isEmpty() && !crops;
        if (!detects) {
            requireNotGiven("--detector", detector.isGiven());
            requireNotGiven("--landmarks", landmarks.isGiven());
        }
        if (out.isPresent()) {
            OutputFile.requireFree(out.get());
        }
        Measured measured;
        if (fer2013.isPresent()) {
            measured = evaluateFer2013(fer2013.get(), builder);
        } else {
            if (split.isPresent() || ferPlus) {
                throw console.usage("--split and --ferplus belong to --fer2013");
            }
            List<GroupColumn> columns = columns();
            if (crops && !columns.isEmpty()) {
                throw console.usage(
                        "--by compares whether faces are found and how good their pictures are: not with --crops");
            }
            LabelsFile file = LabelsFile.read(labels.orElseThrow(), ignoreLabels, columns);
            for (int i = 0; i < file.ignored(); i++) {
                builder.addIgnored();
            }
            measured = crops ? evaluateCrops(file, builder) : evaluatePictures(file, columns, builder);
        }
        ClassificationReport report = builder.build();
        console.out().println(json ? Json.write(ReportJson.of(report, measured)) : ReportJson.toText(report, measured));
        return out.isEmpty() || draw(report, out.get()) ? ExitCode.OK : ExitCode.FAILURE;
    }

    private void requireNotGiven(String option, boolean given) {
        if (given) {
            throw console.usage(option + " has no part where each picture is a crop, as with --crops and --fer2013");
        }
    }

    private boolean draw(ClassificationReport report, Path png) throws IOException {
        if (!DetectionChart.hasWriting()) {
            console.err().println(png + " is not written: " + Charts.NO_FONTS);
            return false;
        }
        try {
            ConfusionMatrix matrix = report.confusion();
            OutputFile.write(
                    png,
                    ConfusionChart.of(matrix, ConfusionChart.Words.english(matrix), ConfusionChart.Colors.PRINT)
                            .png());
        } catch (IOException e) {
            throw ErrorMessages.notWritten(png, e);
        }
        return true;
    }

    private List<GroupColumn> columns() {
        try {
            return by.stream().map(GroupColumn::parse).toList();
        } catch (IllegalArgumentException e) {
            throw console.usage("--by: " + e.getMessage());
        }
    }

    private DataJson listed() {
        return new DataJson(labels.orElseThrow().toString(), null, "the file", crops);
    }

    private Measured evaluatePictures(LabelsFile file, List<GroupColumn> columns, ClassificationReport.Builder report) {
        EmotionClassifier asked = classifier.create();
        FaceDetector finder = detector.create();
        List<GroupComparison.Builder> comparisons =
                columns.stream().map(column -> GroupComparison.builder()).toList();
        StageMetadata scorer = asked.metadata();
        StageMetadata found = finder.metadata();
        Optional<LandmarkDetector> points = landmarks.create();
        Optional<StageMetadata> locator = points.map(LandmarkDetector::metadata);
        EmotionPipeline.Builder builder =
                EmotionPipeline.builder().detector(finder).classifier(asked);
        points.ifPresent(builder::landmarks);
        try (EmotionPipeline pipeline = builder.build();
                Progress progress = Progress.of("evaluate", file.rows().size())) {
            for (LabelsFile.Row row : file.rows()) {
                try (Frame frame = read(file, row)) {
                    List<EmotionReading> readings = pipeline.analyze(frame).readings();
                    Optional<EmotionReading> largest = readings.stream().findFirst();
                    row.label()
                            .ifPresent(truth -> largest.ifPresentOrElse(
                                    reading -> report.add(truth, reading.raw()), () -> report.addNoFace(truth)));
                    for (int i = 0; i < comparisons.size(); i++) {
                        compare(comparisons.get(i), row.groups().get(i), row.label(), largest);
                    }
                }
                progress.step();
            }
        }
        Map<String, GroupComparison> groups = new LinkedHashMap<>();
        for (int i = 0; i < comparisons.size(); i++) {
            groups.put(columns.get(i).name(), comparisons.get(i).build());
        }
        return new Measured(listed(), scorer, Optional.of(found), locator, groups);
    }

    private static void compare(
            GroupComparison.Builder comparison,
            String group,
            Optional<Emotion> truth,
            Optional<EmotionReading> reading) {
        reading.ifPresentOrElse(found -> comparison.add(group, truth, found), () -> comparison.addNoFace(group));
    }

    private Measured evaluateCrops(LabelsFile file, ClassificationReport.Builder report) {
        try (EmotionClassifier scorer = classifier.create();
                Progress progress = Progress.of("evaluate", file.rows().size())) {
            CropBatch batch = new CropBatch(scorer, report);
            for (LabelsFile.Row row : file.rows()) {
                try (Frame frame = read(file, row)) {
                    batch.add(frame, row.truth());
                }
                progress.step();
            }
            batch.flush();
            return Measured.ofCrops(listed(), scorer.metadata());
        }
    }

    private static Frame read(LabelsFile file, LabelsFile.Row row) {
        try {
            return Pictures.read(row.image());
        } catch (FrameUnreadableException e) {
            throw file.at(row.line(), ErrorMessages.message(e));
        }
    }

    private Measured evaluateFer2013(Path folder, ClassificationReport.Builder report) throws IOException {
        if (crops || !ignoreLabels.isEmpty() || !by.isEmpty()) {
            throw console.usage("--crops, --by and --ignore-labels belong to --labels; FER2013's pictures are crops");
        }
        Fer2013.Split part = part();
        Fer2013 data = read(folder);
        List<LabeledFace> faces = data.split(part);
        if (ferPlus) {
            if (!data.hasFerPlusVotes()) {
                throw new BadInputException(
                        folder.resolve(Fer2013.VOTES) + ": there is no such file; --ferplus takes its votes");
            }
            List<LabeledFace> labeled = data.ferPlusLabels().split(part);
            for (int i = labeled.size(); i < faces.size(); i++) {
                report.addIgnored();
            }
            faces = labeled;
        }
        if (faces.isEmpty()) {
            throw new BadInputException(folder + ": no rows of " + part.label());
        }
        try (EmotionClassifier scorer = classifier.create();
                Progress progress = Progress.of("evaluate", faces.size())) {
            CropBatch batch = new CropBatch(scorer, report);
            for (LabeledFace face : faces) {
                try (Frame frame = Frame.of(LabeledFace.SIDE, LabeledFace.SIDE, PixelFormat.GRAY8, face.toArray())) {
                    batch.add(frame, face.label());
                }
                progress.step();
            }
            batch.flush();
            String truth = ferPlus ? "FER+'s majority" : "FER2013";
            return Measured.ofCrops(new DataJson("FER2013", part.label(), truth, true), scorer.metadata());
        }
    }

    private Fer2013.Split part() {
        String name =
                split.orElseThrow(() -> console.usage("--fer2013 needs --split Training, PublicTest or PrivateTest"));
        try {
            return Fer2013.Split.parse(name);
        } catch (IllegalArgumentException e) {
            throw console.usage("--split: " + e.getMessage());
        }
    }

    private static Fer2013 read(Path folder) throws IOException {
        try {
            return Fer2013.read(folder);
        } catch (FaceDataException e) {
            throw new BadInputException(ErrorMessages.message(e), e);
        }
    }
}
