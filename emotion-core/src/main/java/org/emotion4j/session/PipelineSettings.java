package org.emotion4j.session;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.emotion4j.stage.StageMetadata;

/**
 * How the pipeline of a session was composed and set: all that decides what its readings are, written into the record by
 * the pipeline itself. Immutable.
 *
 * @param parts who did what, in the order in which a frame passes them
 * @param options what the pipeline itself was told, by the name of the builder's option; times are ISO 8601 durations.
 *     Defaults that hold are there too
 */
public record PipelineSettings(List<Part> parts, Map<String, String> options) {
    /** The option that says whether the pipeline ran on the caller's thread ({@code run}) or its own ({@code session}). */
    public static final String MODE = "mode";

    /** The option of how often faces were detected. */
    public static final String DETECT_EVERY = "detectEvery";

    /** The option of the doubt that made detection not wait. */
    public static final String REDETECT_WHEN_UNCERTAIN = "detectInDoubt";

    /** The option of whether faces were followed by the detector's close-ups in between. */
    public static final String FOLLOW_IN_CLOSE_UPS = "followInCloseUps";

    /** The option of the difference below which a frame was taken for the one before. */
    public static final String SKIP_UNCHANGED_FRAMES = "reuseUnchanged";

    /** The option of what became of frames that there was no time for. */
    public static final String OVERFLOW = "overflow";

    /** The option of how many frames could wait. */
    public static final String QUEUE_CAPACITY = "queueCapacity";

    /**
     * Copies the collections and checks the options that have a type.
     *
     * @param parts as {@link #parts()}
     * @param options as {@link #options()}
     * @throws IllegalArgumentException if one of these is no number
     */
    public PipelineSettings {
        parts = List.copyOf(parts);
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        for (String name : List.of(DETECT_EVERY, REDETECT_WHEN_UNCERTAIN, SKIP_UNCHANGED_FRAMES, QUEUE_CAPACITY)) {
            if (options.containsKey(name)) {
                number(name, options.get(name));
            }
        }
    }

    /**
     * One stage and what it is there for.
     *
     * @param role the builder's option that takes it: {@code source}, {@code detector}, {@code landmarks},
     *     {@code aligner}, {@code classifier}, {@code tracker}, {@code smoother}, {@code labelPolicy}, {@code recorder}
     * @param stage what it is, with its own settings
     */
    public record Part(String role, StageMetadata stage) {}

    /**
     * Returns who did something.
     *
     * @param role as in {@link Part}
     * @return what it is and how it was set, or empty where nobody did
     */
    public Optional<StageMetadata> stage(String role) {
        return parts.stream()
                .filter(part -> part.role().equals(role))
                .map(Part::stage)
                .findFirst();
    }

    /**
     * Returns one of the options.
     *
     * @param name the builder's option
     * @return what it was set to, or empty where it did not apply
     */
    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /**
     * Returns how often faces were detected.
     *
     * @return n of every n-th frame, 1 or more
     */
    public int detectEvery() {
        return option(DETECT_EVERY).map(Integer::parseInt).orElse(1);
    }

    /**
     * Returns the doubt beyond which detection did not wait for its turn.
     *
     * @return 0 for never, to 1
     */
    public double redetectWhenUncertain() {
        return option(REDETECT_WHEN_UNCERTAIN).map(Double::parseDouble).orElse(0.0);
    }

    /**
     * Tells whether faces were followed by the detector's close-ups where not every frame was detected.
     *
     * @return false where they were followed by how they look, or every frame was detected
     */
    public boolean isFollowedInCloseUps() {
        return option(FOLLOW_IN_CLOSE_UPS).map(Boolean::parseBoolean).orElse(false);
    }

    /**
     * Returns below which difference a frame was taken for the one before.
     *
     * @return 0 for never, to 255
     */
    public double skipUnchangedFrames() {
        return option(SKIP_UNCHANGED_FRAMES).map(Double::parseDouble).orElse(0.0);
    }

    /**
     * Tells whether somebody was asked for the landmarks of each face.
     *
     * @return whether the pipeline had a landmark detector
     */
    public boolean hasLandmarks() {
        return stage("landmarks").isPresent();
    }

    /**
     * Returns what became of frames that a session had no time for.
     *
     * @return for example {@code DROP_OLDEST}; empty for a run on the caller's thread, which has time for all
     */
    public Optional<String> overflow() {
        return option(OVERFLOW);
    }

    /**
     * Returns how many captured frames of a session could wait.
     *
     * @return 1 or more; empty for a run on the caller's thread
     */
    public OptionalInt queueCapacity() {
        return option(QUEUE_CAPACITY)
                .map(value -> OptionalInt.of(Integer.parseInt(value)))
                .orElse(OptionalInt.empty());
    }

    /**
     * All of it as names and values, to be compared or shown: {@code smoother: MovingAverageSmoother, window PT1S}.
     *
     * @return the roles with their stages and settings, then the options
     */
    public Map<String, String> describe() {
        Map<String, String> all = new LinkedHashMap<>();
        for (Part part : parts) {
            StringBuilder text = new StringBuilder(part.stage().name());
            part.stage()
                    .settings()
                    .forEach((name, value) ->
                            text.append(", ").append(name).append(' ').append(value));
            all.put(part.role(), text.toString());
        }
        all.putAll(options);
        return all;
    }

    private static void number(String name, String value) {
        try {
            if (name.equals(DETECT_EVERY) || name.equals(QUEUE_CAPACITY)) {
                Integer.parseInt(value);
            } else {
                Double.parseDouble(value);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is \"" + value + "\", expected a number", e);
        }
    }
}
