package org.emotion4j.spi;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.LandmarkDetector;
import org.emotion4j.stage.Stage;
import org.emotion4j.stage.StageException;

/**
 * The stages on the class path, by name or by default.
 *
 * <p>A choice is written {@code name} or, with a model file of the user's own, {@code name=path/to/model}.
 */
public final class Stages {
    private static final Comparator<StageProvider<?>> HIGHEST_FIRST = Comparator.<StageProvider<?>>comparingInt(
                    StageProvider::priority)
            .reversed()
            .thenComparing(StageProvider::name);

    private Stages() {}

    /**
     * Returns the face detectors on the class path.
     *
     * @return their providers, the default first
     */
    public static List<FaceDetectorProvider> detectors() {
        return load(FaceDetectorProvider.class);
    }

    /**
     * Returns the landmark detectors on the class path.
     *
     * @return their providers, the default first
     */
    public static List<LandmarkDetectorProvider> landmarkDetectors() {
        return load(LandmarkDetectorProvider.class);
    }

    /**
     * Returns the expression classifiers on the class path.
     *
     * @return their providers, the default first
     */
    public static List<EmotionClassifierProvider> classifiers() {
        return load(EmotionClassifierProvider.class);
    }

    /**
     * Makes the default detector.
     *
     * @return a new detector
     * @throws StageException if there is none on the class path
     */
    public static FaceDetector defaultDetector() {
        return first("face detector", "emotion-opencv", detectors()).create();
    }

    /**
     * Makes the default landmark detector.
     *
     * @return a new landmark detector
     * @throws StageException if there is none on the class path
     */
    public static LandmarkDetector defaultLandmarkDetector() {
        return first("landmark detector", "emotion-opencv", landmarkDetectors()).create();
    }

    /**
     * Makes the default classifier.
     *
     * @return a new classifier
     * @throws StageException if there is none on the class path
     */
    public static EmotionClassifier defaultClassifier() {
        return first("expression classifier", "emotion-djl", classifiers()).create();
    }

    /**
     * Makes a detector by its name.
     *
     * @param choice {@code name} or {@code name=model}
     * @return a new detector
     * @throws StageException if there is none of that name or it cannot be made
     */
    public static FaceDetector detector(String choice) {
        return choose("face detector", choice, detectors());
    }

    /**
     * Makes the default detector so that it also gives the faces that it is hardly sure of, for an evaluation.
     *
     * @return a new detector; empty where it has no such setting
     * @throws StageException if there is none on the class path
     */
    public static Optional<FaceDetector> defaultSensitiveDetector() {
        return first("face detector", "emotion-opencv", detectors()).createSensitive();
    }

    /**
     * Makes a detector by its name so that it also gives the faces that it is hardly sure of, for an evaluation.
     *
     * @param choice {@code name} or {@code name=model}
     * @return a new detector; empty where it has no such setting
     * @throws StageException if there is none of that name or it cannot be made
     */
    public static Optional<FaceDetector> sensitiveDetector(String choice) {
        FaceDetectorProvider provider = named("face detector", choice, detectors());
        return model(choice).map(provider::createSensitive).orElseGet(provider::createSensitive);
    }

    /**
     * Makes a landmark detector by its name.
     *
     * @param choice {@code name} or {@code name=model}
     * @return a new landmark detector
     * @throws StageException if there is none of that name or it cannot be made
     */
    public static LandmarkDetector landmarkDetector(String choice) {
        return choose("landmark detector", choice, landmarkDetectors());
    }

    /**
     * Makes a classifier by its name.
     *
     * @param choice {@code name} or {@code name=model}
     * @return a new classifier
     * @throws StageException if there is none of that name or it cannot be made
     */
    public static EmotionClassifier classifier(String choice) {
        return choose("expression classifier", choice, classifiers());
    }

    private static <P extends StageProvider<?>> List<P> load(Class<P> type) {
        return ServiceLoader.load(type).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(HIGHEST_FIRST)
                .toList();
    }

    private static <P extends StageProvider<?>> P first(String what, String module, List<P> providers) {
        return providers.stream()
                .filter(provider -> provider.priority() >= 0)
                .findFirst()
                .orElseThrow(() -> new StageException(
                        "no " + what + " on the class path; add " + module + " or give the builder one of your own"));
    }

    private static <T extends Stage> T choose(String what, String choice, List<? extends StageProvider<T>> providers) {
        StageProvider<T> provider = named(what, choice, providers);
        return model(choice).map(provider::create).orElseGet(provider::create);
    }

    private static <P extends StageProvider<?>> P named(String what, String choice, List<P> providers) {
        int equals = choice.indexOf('=');
        String name = equals < 0 ? choice : choice.substring(0, equals);
        return providers.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new StageException("no " + what + " is called \"" + name + "\"; on the class path: "
                        + providers.stream().map(StageProvider::name).collect(Collectors.joining(", "))));
    }

    private static Optional<Path> model(String choice) {
        int equals = choice.indexOf('=');
        return equals < 0 ? Optional.empty() : Optional.of(Path.of(choice.substring(equals + 1)));
    }
}
