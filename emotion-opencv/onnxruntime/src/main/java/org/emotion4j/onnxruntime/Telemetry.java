package org.emotion4j.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import java.lang.module.ModuleDescriptor;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emotion4j.stage.StageUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a run time out that reports its use to its maker. From 1.29 on the libraries for Linux and macOS do, from their start on: what
 * runs on which machine, with a number that stays ({@code Privacy.md} in the jar). {@code setTelemetry(false)} can only be called when
 * that has been told; only the process's environment keeps them silent, and Java cannot set that.
 */
final class Telemetry {
    /** What keeps ONNX Runtime silent where it is 1. */
    static final String VARIABLE = "ORT_DISABLE_TELEMETRY";

    private static final int[] FIRST_WITH_IT = {1, 29};
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})");

    private Telemetry() {}

    /**
     * Has to be called before ONNX Runtime starts, and again when it has, because a jar that was merged into another does not say its
     * version.
     *
     * @throws StageUnavailableException if it would report its use
     */
    static void requireNone(Optional<String> version) {
        version.ifPresent(known -> requireNone(known, System.getenv(VARIABLE)));
    }

    /**
     * Decides it.
     *
     * @param version of ONNX Runtime; one that is no number is taken for a later one
     * @param forbidden what the environment says
     */
    static void requireNone(String version, @Nullable String forbidden) {
        Matcher numbers = NUMBERS.matcher(version);
        boolean silent = numbers.lookingAt()
                && Arrays.compare(
                                new int[] {Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2))},
                                FIRST_WITH_IT)
                        < 0;
        if (!silent && !"1".equals(forbidden)) {
            throw new StageUnavailableException(
                    "ONNX Runtime " + version
                            + " reports its use to its maker: take 1.28.0, or start the process with the "
                            + "environment variable " + VARIABLE
                            + "=1; " + OnnxRuntime.INSTEAD,
                    new IllegalStateException(version));
        }
    }

    /** As the jar says, without starting anything. */
    static Optional<String> versionOfJar() {
        return Optional.ofNullable(OrtEnvironment.class.getPackage().getImplementationVersion())
                .or(() -> Optional.ofNullable(OrtEnvironment.class.getModule().getDescriptor())
                        .flatMap(ModuleDescriptor::rawVersion));
    }
}
