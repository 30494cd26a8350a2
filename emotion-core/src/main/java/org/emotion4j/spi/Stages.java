package org.emotion4j.spi;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.face.FaceDetector;
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
        return first("face detector", "emotion-opencv", detectors());
    }

    /**
     * Makes the default classifier.
     *
     * @return a new classifier
     * @throws StageException if there is none on the class path
     */
    public static EmotionClassifier defaultClassifier() {
        return first("expression classifier", "emotion-djl", classifiers());
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

    private static <T extends Stage> T first(String what, String module, List<? extends StageProvider<T>> providers) {
        return providers.stream()
                .filter(provider -> provider.priority() >= 0)
                .findFirst()
                .orElseThrow(() -> new StageException(
                        "no " + what + " on the class path; add " + module + " or give the builder one of your own"))
                .create();
    }

    private static <T extends Stage> T choose(String what, String choice, List<? extends StageProvider<T>> providers) {
        int equals = choice.indexOf('=');
        String name = equals < 0 ? choice : choice.substring(0, equals);
        StageProvider<T> provider = providers.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new StageException("no " + what + " is called \"" + name + "\"; on the class path: "
                        + providers.stream().map(StageProvider::name).collect(Collectors.joining(", "))));
        return equals < 0 ? provider.create() : provider.create(Path.of(choice.substring(equals + 1)));
    }
}
