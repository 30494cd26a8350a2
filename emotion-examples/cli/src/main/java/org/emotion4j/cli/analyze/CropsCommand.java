package org.emotion4j.cli.analyze;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.emotion4j.cli.io.BadInputException;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.Counted;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.cli.io.ExitCode;
import org.emotion4j.cli.io.OutputFolder;
import org.emotion4j.cli.io.Progress;
import org.emotion4j.cli.io.UniqueNames;
import org.emotion4j.cli.options.Inputs;
import org.emotion4j.cli.options.StageOptions;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.file.internal.OutputFile;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.opencv.Pictures;
import org.emotion4j.pipeline.EmotionPipeline;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Writes the crops exactly as a classifier gets them: it takes the classifier's place in a pipeline, so there is no second
 * way of cutting faces that could differ from the first.
 */
@Command(
        name = "crops",
        description = {
            "Writes the faces of pictures as PNG, exactly as a classifier gets them.",
            "Face 1 of photo.jpg, the largest, becomes photo-1.png; what is there already is never overwritten."
        })
public final class CropsCommand implements Callable<Integer> {
    @Mixin
    private final Console console = new Console();

    @Mixin
    private final Inputs inputs = new Inputs();

    @Mixin
    private final StageOptions.DetectorOption detector = new StageOptions.DetectorOption();

    @Mixin
    private final StageOptions.ClassifierOption classifier = new StageOptions.ClassifierOption();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder for the crops.")
    private Path out = Path.of("");

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            description = "Columns and rows, 8 to 1024; default: what the classifier wants.")
    private @Nullable Integer size;

    @Option(
            names = "--margin",
            paramLabel = "SHARE",
            description = {
                "How much wider than the classifier's crop on each side, as a share of its width, 0 to 2; default: 0.",
                "Pictures to train on need it, since augmentation moves and turns them."
            })
    private double margin;

    private final UniqueNames names = new UniqueNames();

    @Override
    public Integer call() throws IOException {
        List<Path> files = inputs.files(console.err());
        OutputFolder folder = OutputFolder.at(out);
        int exitCode = inputs.exitCode();
        CropTap tap;
        try (EmotionClassifier asked = classifier.create()) {
            tap = new CropTap(wanted(asked.cropSpec()), folder);
        }
        int crops = 0;
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                        .detector(detector.create())
                        .classifier(tap)
                        .build();
                Progress progress = Progress.of("crops", files.size())) {
            for (Path file : files) {
                try (Frame frame = Pictures.read(file)) {
                    tap.next(names.stemOf(file));
                    crops += pipeline.analyze(frame).readings().size();
                } catch (FrameUnreadableException e) {
                    console.err().println(ErrorMessages.message(e));
                    exitCode = ExitCode.BAD_INPUT;
                }
                progress.step();
            }
        }
        if (!tap.notWritten.isEmpty()) {
            tap.notWritten.forEach(console.err()::println);
            crops -= tap.notWritten.size();
            exitCode = ExitCode.BAD_INPUT;
        }
        console.out()
                .println(Counted.of(crops, "crop") + " of " + Counted.of(files.size(), "picture") + ", "
                        + tap.describe() + ", in " + out);
        return exitCode;
    }

    private CropSpec wanted(CropSpec own) {
        try {
            int width = size == null ? own.width() : size;
            int height = size == null ? own.height() : size;
            return new CropSpec(
                    width, height, own.format(), own.eyes(), own.margin() + margin * (1 + 2 * own.margin()));
        } catch (IllegalArgumentException e) {
            throw new BadInputException(ErrorMessages.of(e), e);
        }
    }

    /** Stands where the classifier would stand and writes down what it is given. */
    private static final class CropTap implements EmotionClassifier {
        private final CropSpec spec;
        private final OutputFolder folder;
        private final List<String> notWritten = new ArrayList<>();
        private String stem = "";

        CropTap(CropSpec spec, OutputFolder folder) {
            this.spec = spec;
            this.folder = folder;
        }

        void next(String pictureStem) {
            stem = pictureStem;
        }

        String describe() {
            return spec.width() + "x" + spec.height() + " " + spec.format();
        }

        @Override
        public CropSpec cropSpec() {
            return spec;
        }

        @Override
        public EmotionScores classify(FaceCrop crop) {
            return classifyAll(List.of(crop)).get(0);
        }

        @Override
        public List<EmotionScores> classifyAll(List<FaceCrop> crops) {
            List<EmotionScores> scores = new ArrayList<>(crops.size());
            for (FaceCrop crop : crops) {
                scores.add(EmotionScores.uniform());
                Path file = folder.file(stem + "-" + scores.size() + ".png");
                try {
                    OutputFile.write(file, Pictures.encodePng(crop));
                } catch (IOException e) {
                    notWritten.add(ErrorMessages.message(ErrorMessages.notWritten(file, e)));
                }
            }
            return scores;
        }
    }
}
