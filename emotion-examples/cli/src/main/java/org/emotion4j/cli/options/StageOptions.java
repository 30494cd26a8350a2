package org.emotion4j.cli.options;

import java.nio.file.InvalidPathException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.emotion4j.cli.io.BadInputException;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.LandmarkDetector;
import org.emotion4j.spi.StageProvider;
import org.emotion4j.spi.Stages;
import org.emotion4j.stage.StageException;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which detector and which classifier: those asked for by name, or the defaults. */
public final class StageOptions {
    /** The detector's option alone, for commands that classify nothing. */
    public static final class DetectorOption {
        @Option(
                names = "--detector",
                paramLabel = "NAME[=MODEL]",
                completionCandidates = DetectorNames.class,
                description = "Who finds the faces: ${COMPLETION-CANDIDATES}; the first is the default. "
                        + "NAME=MODEL for a model file of your own.")
        private Optional<String> name = Optional.empty();

        public boolean isGiven() {
            return name.isPresent();
        }

        /** Makes the detector; the caller closes it. */
        public FaceDetector create() {
            return make(name, Stages::detector, Stages::defaultDetector);
        }

        /** Makes it so that it also gives what it is hardly sure of, where it can; the caller closes it. */
        public Optional<FaceDetector> createSensitive() {
            return make(name, Stages::sensitiveDetector, Stages::defaultSensitiveDetector);
        }
    }

    /** The classifier's option alone. */
    public static final class ClassifierOption {
        @Option(
                names = "--classifier",
                paramLabel = "NAME[=MODEL]",
                completionCandidates = ClassifierNames.class,
                description = "Who scores the expressions: ${COMPLETION-CANDIDATES}; the first is the default. "
                        + "NAME=MODEL for a model file of your own.")
        private Optional<String> name = Optional.empty();

        /** Makes the classifier; the caller closes it. */
        public EmotionClassifier create() {
            return make(name, Stages::classifier, Stages::defaultClassifier);
        }
    }

    /** The landmark detector's option alone; without it nobody looks for landmarks. */
    public static final class LandmarksOption {
        @Option(
                names = "--landmarks",
                paramLabel = "NAME[=MODEL]",
                arity = "0..1",
                fallbackValue = "",
                preprocessor = AttachedOnly.class,
                completionCandidates = LandmarkNames.class,
                description = "Also find 68 landmarks of each face, by: ${COMPLETION-CANDIDATES}; without =NAME the "
                        + "first. NAME=MODEL for a model file of your own.")
        private Optional<String> name = Optional.empty();

        public boolean isGiven() {
            return name.isPresent();
        }

        /** Makes the landmark detector if one was asked for; the caller closes it. */
        public Optional<LandmarkDetector> create() {
            return name.map(asked -> make(
                    Optional.of(asked).filter(text -> !text.isEmpty()),
                    Stages::landmarkDetector,
                    Stages::defaultLandmarkDetector));
        }
    }

    /** The landmark detector's option where expressions are read; without it, as in the window. */
    public static final class ReadingLandmarksOption {
        private static final String NOBODY = "none";

        @Option(
                names = "--landmarks",
                paramLabel = "NAME[=MODEL]",
                arity = "0..1",
                fallbackValue = "",
                preprocessor = AttachedOnly.class,
                completionCandidates = ReadingLandmarkNames.class,
                description = "Who finds the 68 landmarks by which a face is turned upright before it is read:"
                        + " ${COMPLETION-CANDIDATES}; the first is the default, as in the window. --landmarks=none takes"
                        + " the detector's five points. NAME=MODEL for a model file of your own.")
        private Optional<String> name = Optional.empty();

        /** Makes the landmark detector, unless none is asked for; the caller closes it. */
        public Optional<LandmarkDetector> create() {
            if (name.isEmpty() || name.get().isEmpty()) {
                return Stages.defaultLandmarks();
            }
            return name.get().equals(NOBODY)
                    ? Optional.empty()
                    : Optional.of(make(name, Stages::landmarkDetector, Stages::defaultLandmarkDetector));
        }
    }

    private StageOptions() {}

    /** A stage that the user named and that cannot be made is bad input; a default that cannot be made is a failure. */
    private static <T> T make(Optional<String> name, Function<String, T> named, Supplier<T> byDefault) {
        if (name.isEmpty()) {
            return byDefault.get();
        }
        try {
            return named.apply(name.get());
        } catch (StageException | InvalidPathException e) {
            throw new BadInputException(ErrorMessages.message(e), e);
        }
    }

    private static final class DetectorNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stages.detectors().stream().map(StageProvider::name).iterator();
        }
    }

    /** A name belongs to the option only where an equals sign says so, or the picture after it would be taken for one. */
    private static final class AttachedOnly implements IParameterPreprocessor {
        @Override
        public boolean preprocess(Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            if (!"=".equals(info.get("separator"))) {
                args.push("");
            }
            return false;
        }
    }

    private static final class LandmarkNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stages.landmarkDetectors().stream().map(StageProvider::name).iterator();
        }
    }

    private static final class ReadingLandmarkNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.concat(
                            Stages.landmarkDetectors().stream().map(StageProvider::name),
                            Stream.of(ReadingLandmarksOption.NOBODY))
                    .iterator();
        }
    }

    private static final class ClassifierNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stages.classifiers().stream().map(StageProvider::name).iterator();
        }
    }
}
