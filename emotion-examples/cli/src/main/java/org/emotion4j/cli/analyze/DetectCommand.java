package org.emotion4j.cli.analyze;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.emotion4j.cli.io.BadInputException;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.cli.io.ExitCode;
import org.emotion4j.cli.io.Harmless;
import org.emotion4j.cli.io.Json;
import org.emotion4j.cli.io.OutputFolder;
import org.emotion4j.cli.io.UniqueNames;
import org.emotion4j.cli.options.Inputs;
import org.emotion4j.cli.options.StageOptions;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.LandmarkDetector;
import org.emotion4j.face.Landmarks;
import org.emotion4j.face.UprightFaces;
import org.emotion4j.file.internal.OutputFile;
import org.emotion4j.file.internal.ProductMark;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.opencv.Annotation;
import org.emotion4j.opencv.Annotator;
import org.emotion4j.opencv.Pictures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds the faces in pictures. */
@Command(
        name = "detect",
        description =
                "Finds the faces in pictures, those upside down or on their side as well. A picture without a face is"
                        + " a result, not an error.")
public final class DetectCommand implements Callable<Integer> {
    @Mixin
    private final Console console = new Console();

    @Mixin
    private final Inputs inputs = new Inputs();

    @Mixin
    private final StageOptions.DetectorOption detector = new StageOptions.DetectorOption();

    @Mixin
    private final StageOptions.LandmarksOption landmarks = new StageOptions.LandmarksOption();

    @Option(names = "--json", description = "Print one JSON object a picture, and nothing else.")
    private boolean json;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Also write the pictures with the faces drawn in (PNG), as new files: photo.jpg as photo.png.")
    private Optional<Path> out = Optional.empty();

    private final UniqueNames names = new UniqueNames();

    @Override
    public Integer call() throws IOException {
        List<Path> files = inputs.files(console.err());
        Optional<OutputFolder> folder = out.map(OutputFolder::at);
        int exitCode = inputs.exitCode();
        LandmarkDetector nobody = (frame, face) -> Optional.empty();
        try (FaceDetector faces = detector.create();
                LandmarkDetector points = landmarks.create().orElse(nobody);
                Annotator annotator = Annotator.create()) {
            faces.warmUp();
            points.warmUp();
            if (!json) {
                console.out().println(Table.HEADER);
            }
            for (Path file : files) {
                try (Frame frame = Pictures.read(file)) {
                    List<DetectedFace> found = detect(faces, points, frame);
                    if (folder.isPresent()) {
                        draw(annotator, frame, found, folder.get().file(names.stemOf(file) + ".png"));
                    }
                } catch (FrameUnreadableException | BadInputException e) {
                    console.err().println(ErrorMessages.message(e));
                    exitCode = ExitCode.BAD_INPUT;
                }
            }
        }
        return exitCode;
    }

    private List<DetectedFace> detect(FaceDetector detector, LandmarkDetector points, Frame frame) {
        long start = System.nanoTime();
        List<DetectedFace> found = detector.detect(frame);
        List<DetectedFace> faces = located(points, frame, found, new UprightFaces(detector).of(frame, found));
        double millis = (System.nanoTime() - start) / 1e6;
        if (json) {
            console.out().println(Json.write(PictureJson.of(frame, millis, faces)));
        } else {
            Table.lines(frame, millis, faces).forEach(console.out()::println);
        }
        return faces;
    }

    /** As a pipeline does it: who locates landmarks knows upright faces alone; those of others come turned as they are. */
    @SuppressWarnings("ReferenceEquality") // an equal face may have been found upside down as well
    private static List<DetectedFace> located(
            LandmarkDetector points, Frame frame, List<DetectedFace> found, List<DetectedFace> turned) {
        List<DetectedFace> faces = new ArrayList<>(turned.size());
        for (int i = 0; i < turned.size(); i++) {
            DetectedFace face = turned.get(i);
            faces.addAll(found.get(i) == face ? points.locateAll(frame, List.of(face)) : List.of(face));
        }
        return faces;
    }

    private static void draw(Annotator annotator, Frame frame, List<DetectedFace> faces, Path file) {
        try (Frame drawn =
                annotator.annotate(frame, faces.stream().map(Annotation::of).toList())) {
            OutputFile.write(file, ProductMark.onPicture(Pictures.encodePng(drawn)));
        } catch (IOException e) {
            throw ErrorMessages.notWritten(file, e);
        }
    }

    /** One picture with its faces. */
    private record PictureJson(String image, int width, int height, double millis, List<FaceJson> faces) {
        static PictureJson of(Frame frame, double millis, List<DetectedFace> faces) {
            return new PictureJson(
                    frame.origin(),
                    frame.width(),
                    frame.height(),
                    Math.round(millis * 1_000) / 1_000.0,
                    faces.stream().map(FaceJson::of).toList());
        }
    }

    /** One face; landmarks are pairs of x and y, none where the detector gives none. */
    private record FaceJson(
            double x, double y, double width, double height, double confidence, List<List<Double>> landmarks) {
        static FaceJson of(DetectedFace face) {
            ReadingJson.Box box = ReadingJson.Box.of(face.box());
            return new FaceJson(
                    box.x(),
                    box.y(),
                    box.width(),
                    box.height(),
                    face.confidence(),
                    face.landmarks().map(FaceJson::pairs).orElse(List.of()));
        }

        private static List<List<Double>> pairs(Landmarks landmarks) {
            List<List<Double>> pairs = new ArrayList<>();
            for (int i = 0; i < landmarks.size(); i++) {
                pairs.add(List.of(ReadingJson.hundredths(landmarks.x(i)), ReadingJson.hundredths(landmarks.y(i))));
            }
            return pairs;
        }
    }

    /** The same for people. */
    private static final class Table {
        static final String HEADER = String.format(
                Locale.ROOT, "%7s %7s %7s %7s %7s %6s  %s", "x", "y", "width", "height", "conf", "ms", "picture");

        static List<String> lines(Frame frame, double millis, List<DetectedFace> faces) {
            String picture = Harmless.name(frame.origin()) + " (" + frame.width() + "x" + frame.height() + ")";
            if (faces.isEmpty()) {
                return List.of(String.format(
                        Locale.ROOT, "%7s %7s %7s %7s %7s %6.1f  %s", "-", "-", "-", "-", "-", millis, picture));
            }
            List<String> lines = new ArrayList<>();
            for (DetectedFace face : faces) {
                BoundingBox box = face.box();
                lines.add(String.format(
                        Locale.ROOT,
                        "%7.1f %7.1f %7.1f %7.1f %7.3f %6.1f  %s",
                        box.x(),
                        box.y(),
                        box.width(),
                        box.height(),
                        face.confidence(),
                        millis,
                        picture));
            }
            return lines;
        }
    }
}
