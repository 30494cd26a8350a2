package org.emotion4j.spring;

import java.time.Duration;
import org.emotion4j.pipeline.EmotionPipeline;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the application's pipeline is made: {@code emotion4j.*}. A stage that is a bean goes before one that is named here.
 *
 * @param enabled whether there is a pipeline at all; by default true
 * @param detector who finds the faces, {@code name} or {@code name=model}; by default the best on the class path
 * @param landmarks who finds their landmarks, or {@code none}; by default as the command line and the window do
 * @param classifier who scores the expressions, {@code name} or {@code name=model}; by default the best on the class path
 * @param smoothing over how much time the scores of a session are averaged, above 0; by default {@code 1s}
 * @param detectEvery in how many frames of a session faces are looked for once, 1 to 100; by default 1
 * @param warmUp whether the models compute once while the application starts, so that the first request does not wait
 *     for them; by default true
 */
@ConfigurationProperties("emotion4j")
public record EmotionProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String detector,
        @Nullable String landmarks,
        @Nullable String classifier,
        @DefaultValue("1s") Duration smoothing,
        @DefaultValue("1") int detectEvery,
        @DefaultValue("true") boolean warmUp) {
    /** What {@link #landmarks()} is called where nobody finds them. */
    public static final String NONE = "none";

    /**
     * Checks the ranges.
     *
     * @param enabled as {@link #enabled()}
     * @param detector as {@link #detector()}
     * @param landmarks as {@link #landmarks()}
     * @param classifier as {@link #classifier()}
     * @param smoothing as {@link #smoothing()}
     * @param detectEvery as {@link #detectEvery()}
     * @param warmUp as {@link #warmUp()}
     * @throws IllegalArgumentException if a value is out of its range
     * @see EmotionPipeline.Builder#detectEvery(int)
     */
    public EmotionProperties {
        if (smoothing.isNegative() || smoothing.isZero()) {
            throw new IllegalArgumentException("emotion4j.smoothing is " + smoothing + ", expected above PT0S");
        }
        if (detectEvery < 1 || detectEvery > 100) {
            throw new IllegalArgumentException("emotion4j.detect-every is " + detectEvery + ", expected 1 to 100");
        }
    }
}
