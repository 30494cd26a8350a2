package org.emotion4j.spark;

import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.function.Supplier;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.MovingAverageSmoother;
import org.emotion4j.emotion.TemporalSmoother;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.LandmarkDetector;
import org.emotion4j.spi.Stages;
import org.jspecify.annotations.Nullable;

/**
 * What changes the figures of a film or picture; the same words and defaults as those of {@code analyze}.
 *
 * @param window over which scores are smoothed
 * @param framesPerSecond at most so many frames a second are read; 0 for all
 * @param allFaces whether what all faces show is stored
 * @param detector a name, or name=model; null for the default, as in the next two
 * @param landmarks the same, or {@code none}
 * @param classifier the same as the first
 */
record ReadingSettings(
        Duration window,
        double framesPerSecond,
        boolean allFaces,
        @Nullable String detector,
        @Nullable String landmarks,
        @Nullable String classifier)
        implements Serializable {
    static final String NOBODY = "none";

    static ReadingSettings ofDefaults() {
        return new ReadingSettings(MovingAverageSmoother.DEFAULT_WINDOW, 0, false, null, null, null);
    }

    TemporalSmoother smoother() {
        return MovingAverageSmoother.over(window);
    }

    FaceDetector createDetector() {
        return create(detector, Stages::detector, Stages::defaultDetector);
    }

    Optional<LandmarkDetector> createLandmarks() {
        if (landmarks == null) {
            return Stages.defaultLandmarks();
        }
        return landmarks.equals(NOBODY) ? Optional.empty() : Optional.of(Stages.landmarkDetector(landmarks));
    }

    EmotionClassifier createClassifier() {
        return create(classifier, Stages::classifier, Stages::defaultClassifier);
    }

    /** The frame rate as {@code analyze} writes it into a record. */
    String fpsText() {
        return framesPerSecond > 0 ? Double.toString(framesPerSecond) : "none";
    }

    /** All that is not told by the stages themselves. */
    String describe() {
        return new StringJoiner(", ")
                .add("window " + window)
                .add("fps " + fpsText())
                .add(allFaces ? "all faces" : "largest face")
                .toString();
    }

    private static <T> T create(@Nullable String name, Function<String, T> named, Supplier<T> byDefault) {
        return name == null ? byDefault.get() : named.apply(name);
    }
}
