package org.emotion4j.cli.models;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.emotion4j.chart.DetectionChart;
import org.emotion4j.cli.io.BadInputException;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.cli.io.ExitCode;
import org.emotion4j.cli.io.Json;
import org.emotion4j.cli.io.Progress;
import org.emotion4j.cli.options.StageOptions;
import org.emotion4j.cli.timeline.Charts;
import org.emotion4j.evaluation.DetectionReport;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.ReducedFaceDetector;
import org.emotion4j.file.internal.OutputFile;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.opencv.Pictures;
import org.emotion4j.stage.StageMetadata;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says how well a detector finds the faces that people marked in pictures. */
@Command(
        name = "evaluate-detector",
        description = {
            "Compares what a detector finds with boxes that people marked.",
            "A face is found at an intersection over union of 0.4; a detection is a false positive when it is at least 1.2"
                    + " times the least height and overlaps no marked face by 0.2.",
            "Recall, false positives, landmark error and time are those of the detector as it is shipped. The curve, and"
                    + " what comes of it (recall at 0.1 false positives a picture, average precision), takes a second"
                    + " pass with the lowest threshold, where the detector has one."
        })
public final class EvaluateDetectorCommand implements Callable<Integer> {
    private static final double FALSE_POSITIVES_PER_IMAGE = 0.1;

    /** Pictures that are looked at once more, untimed, before the first time is taken. */
    private static final int WARM_UP = 5;

    @Mixin
    private final Console console = new Console();

    @Mixin
    private final StageOptions.DetectorOption detector = new StageOptions.DetectorOption();

    @Option(
            names = "--boxes",
            required = true,
            paramLabel = "FILE.csv",
            description = "Marked faces: header image,x,y,w,h and, if there is one, invalid; in pixels, one row a face,"
                    + " paths relative to the file.")
    private Path boxes = Path.of("");

    @Option(
            names = "--landmarks",
            paramLabel = "FILE.csv",
            description = "Five points of marked faces: header image,x1,y1,..,x5,y5; without it there is no landmark"
                    + " error.")
    private Optional<Path> landmarks = Optional.empty();

    @Option(
            names = "--min-size",
            paramLabel = "PIXELS",
            defaultValue = "40",
            description = "The least height of a face that counts. Default: ${DEFAULT-VALUE}.")
    private double minSize = 40;

    @Option(
            names = "--held-out",
            description =
                    "Only the fifth of the pictures that our detectors are not trained on (by a hash of the name).")
    private boolean heldOut;

    @Option(
            names = "--max-side",
            paramLabel = "PIXELS",
            description = "Reduce larger pictures, in color, to this longer side before detection.")
    private Optional<Integer> maxSide = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object, and nothing else.")
    private boolean json;

    @Option(names = "--out", paramLabel = "CURVE.png", description = "Also draw precision over recall.")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--curve", paramLabel = "FILE.csv", description = "Also write the points of the curve.")
    private Optional<Path> curve = Optional.empty();

    @Option(
            names = "--compare",
            split = ",",
            paramLabel = "FILE.csv",
            description = "Draw these curves of other detectors into the chart as well, named after their files.")
    private List<Path> compare = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        if (!compare.isEmpty() && out.isEmpty()) {
            throw console.usage("--compare belongs to --out CURVE.png");
        }
        for (Optional<Path> output : List.of(out, curve)) {
            if (output.isPresent()) {
                OutputFile.requireFree(output.get());
            }
        }
        BoxesFile file = BoxesFile.read(boxes, image -> !heldOut || HoldoutSplit.contains(image));
        if (file.pictures().isEmpty()) {
            throw new BadInputException(boxes + ": no " + (heldOut ? "held-out " : "") + "picture in it");
        }
        if (landmarks.isPresent() && file.addLandmarks(landmarks.get()) == 0) {
            console.err().println(landmarks.get() + ": none of its points lie in a box of " + boxes);
        }
        List<CurveFile> others = compare.stream().map(CurveFile::read).toList();
        Evaluation evaluation = evaluate(file);
        console.out()
                .println(
                        json
                                ? Json.write(evaluation.toJson())
                                : evaluation.toText().stripTrailing());
        if (curve.isPresent()) {
            try {
                CurveFile.write(evaluation.curve.curve(), curve.get());
            } catch (IOException e) {
                throw ErrorMessages.notWritten(curve.get(), e);
            }
        }
        return out.isEmpty() || draw(evaluation, others, out.get()) ? ExitCode.OK : ExitCode.FAILURE;
    }

    private Evaluation evaluate(BoxesFile file) {
        DetectionReport.Builder shipped = DetectionReport.builder(minSize);
        DetectionReport.Builder swept = DetectionReport.builder(minSize);
        List<BoxesFile.Picture> pictures = file.pictures();
        double[] millis = new double[pictures.size()];
        try (FaceDetector faces = reduced(detector.create());
                Sensitive all = Sensitive.of(detector.createSensitive().map(this::reduced));
                Progress progress = Progress.of("evaluate-detector", pictures.size())) {
            faces.warmUp();
            for (int i = 0; i < millis.length; i++) {
                BoxesFile.Picture picture = pictures.get(i);
                try (Frame frame = read(file, picture)) {
                    if (i < WARM_UP) {
                        faces.detect(frame);
                    }
                    long start = System.nanoTime();
                    List<DetectedFace> found = faces.detect(frame);
                    millis[i] = (System.nanoTime() - start) / 1e6;
                    shipped.add(picture.faces(), found);
                    swept.add(picture.faces(), all.detect(frame).orElse(found));
                }
                progress.step();
            }
            return new Evaluation(shipped.build(), swept.build(), median(millis), faces.metadata());
        }
    }

    private FaceDetector reduced(FaceDetector faces) {
        return maxSide.isPresent() ? ReducedFaceDetector.inColor(faces, maxSide.get()) : faces;
    }

    private static Frame read(BoxesFile file, BoxesFile.Picture picture) {
        try {
            return Pictures.read(picture.path());
        } catch (FrameUnreadableException e) {
            throw file.at(picture, ErrorMessages.message(e));
        }
    }

    private boolean draw(Evaluation evaluation, List<CurveFile> others, Path png) throws IOException {
        if (!DetectionChart.hasWriting()) {
            console.err().println(png + " is not written: " + Charts.NO_FONTS);
            return false;
        }
        DetectionChart chart = DetectionChart.of(String.format(
                Locale.ROOT,
                "Faces of %.0f px and more: %d in %d pictures",
                minSize,
                evaluation.shipped.n(),
                evaluation.shipped.images()));
        chart.add(evaluation.detector.name(), evaluation.curve.curve());
        others.forEach(other -> chart.add(other.name(), other.points()));
        try {
            OutputFile.write(png, chart.png());
        } catch (IOException e) {
            throw ErrorMessages.notWritten(png, e);
        }
        return true;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The second pass, where the detector can be asked for more than it ships. */
    private record Sensitive(Optional<FaceDetector> detector) implements AutoCloseable {
        static Sensitive of(Optional<FaceDetector> detector) {
            return new Sensitive(detector);
        }

        Optional<List<DetectedFace>> detect(Frame frame) {
            return detector.map(faces -> faces.detect(frame));
        }

        @Override
        public void close() {
            detector.ifPresent(FaceDetector::close);
        }
    }

    private record Evaluation(
            DetectionReport shipped, DetectionReport curve, double millisP50, StageMetadata detector) {
        String toText() {
            return shipped.toText()
                    + line("recall at 0.1 false positives", curve.recallAt(FALSE_POSITIVES_PER_IMAGE), 3)
                    + line("average precision", curve.averagePrecision(), 3)
                    + line("detection, ms, median", millisP50, 2);
        }

        DetectorJson toJson() {
            return new DetectorJson(
                    shipped.n(),
                    shipped.recall(),
                    shipped.falsePositivesPerImage(),
                    curve.recallAt(FALSE_POSITIVES_PER_IMAGE),
                    curve.averagePrecision(),
                    shipped.landmarkError(),
                    millisP50,
                    shipped.images(),
                    ReportJson.StageJson.of(detector));
        }

        private static String line(String name, double value, int decimals) {
            return String.format(Locale.ROOT, "%-30s ", name)
                    + (Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value))
                    + '\n';
        }
    }

    private record DetectorJson(
            long n,
            double recall,
            double falsePositivesPerImage,
            @JsonProperty("recallAtFp0.1") double recallAtFalsePositives,
            double ap,
            double landmarkError,
            double millisP50,
            long images,
            ReportJson.StageJson detector) {}
}
