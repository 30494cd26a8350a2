package org.emotion4j.spi;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.LandmarkDetector;
import org.emotion4j.stage.Stage;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stages on the class path, by name or by default.
 *
 * <p>A default whose run time is missing or does not load ({@link StageUnavailableException}) is passed over for the next one,
 * with a warning in the log; a stage that is asked for by name is not replaced by another.
 *
 * <p>A choice is written {@code name} or, with a model file of the user's own, {@code name=path/to/model}.
 */
public final class Stages {
    private static final Comparator<StageProvider<?>> HIGHEST_FIRST = Comparator.<StageProvider<?>>comparingInt(
                    StageProvider::priority)
            .reversed()
            .thenComparing(StageProvider::name);

    private static final Logger LOG = LoggerFactory.getLogger(Stages.class);

    /** What was warned of in this process: once is enough. */
    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

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
        return firstThatRuns("face detector", "emotion-opencv", Unused.warn(detectors()), StageProvider::create);
    }

    /**
     * Makes the default landmark detector.
     *
     * @return a new landmark detector
     * @throws StageException if there is none on the class path
     */
    public static LandmarkDetector defaultLandmarkDetector() {
        return firstThatRuns("landmark detector", "emotion-opencv", landmarkDetectors(), StageProvider::create);
    }

    /**
     * Makes who locates landmarks in the applications, the window and the command line, where nothing else is asked for, so
     * that both read the same picture alike: the default landmark detector. An {@link
     * org.emotion4j.pipeline.EmotionPipeline} has none unless its builder is given one.
     *
     * @return a new landmark detector; empty where none on the class path can be a default
     * @throws StageException if it cannot be made
     */
    public static Optional<LandmarkDetector> defaultLandmarks() {
        boolean none = landmarkDetectors().stream().allMatch(provider -> provider.priority() < 0);
        return none ? Optional.empty() : Optional.of(defaultLandmarkDetector());
    }

    /**
     * Makes the default classifier.
     *
     * @return a new classifier
     * @throws StageException if there is none on the class path
     */
    public static EmotionClassifier defaultClassifier() {
        return firstThatRuns(
                "expression classifier", "emotion-opencv", Unused.warn(classifiers()), StageProvider::create);
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
        return firstThatRuns(
                "face detector", "emotion-opencv", Unused.warn(detectors()), FaceDetectorProvider::createSensitive);
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

    /**
     * Makes the default. Only a stage whose run time is missing or does not load is passed over, with one warning for each
     * reason; one that is broken in another way is not hidden by a second choice.
     */
    private static <P extends StageProvider<?>, T> T firstThatRuns(
            String what, String module, List<P> providers, Function<P, T> make) {
        StageUnavailableException first = null;
        for (P provider : providers) {
            if (provider.priority() < 0) {
                continue;
            }
            try {
                return make.apply(provider);
            } catch (StageUnavailableException e) {
                if (WARNED.add(String.valueOf(e.getMessage()))) {
                    LOG.warn("{} cannot be used, and the next best is taken: {}", provider.name(), e.getMessage());
                }
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
        throw new StageException(
                "no " + what + " on the class path; add " + module + " or give the builder one of your own");
    }

    /** ONNX Runtime is large, and does nothing where the module that computes with it is missing. */
    private static final class Unused {
        private static final String RUNTIME = "ai.onnxruntime.OrtEnvironment";

        private Unused() {}

        /** Warns where none of the detectors or classifiers computes with it; no landmark detector ever does. */
        static <P extends StageProvider<?>> List<P> warn(List<P> providers) {
            boolean used =
                    providers.stream().anyMatch(provider -> provider.name().endsWith("-onnxruntime"));
            if (!used && isThere(Stages.class.getClassLoader()) && WARNED.add(RUNTIME)) {
                LOG.warn(
                        "ONNX Runtime is on the class path and nothing uses it: add org.emotion4j:emotion-onnxruntime, which"
                                + " computes with it, or leave it out");
            }
            return providers;
        }

        private static boolean isThere(ClassLoader loader) {
            try {
                Class.forName(RUNTIME, false, loader);
                return true;
            } catch (ClassNotFoundException | LinkageError e) {
                return false;
            }
        }
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
