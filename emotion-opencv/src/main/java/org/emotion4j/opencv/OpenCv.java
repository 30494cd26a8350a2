package org.emotion4j.opencv;

import org.emotion4j.stage.StageException;
import org.emotion4j.stage.internal.LoadingFailure;
import org.opencv.core.Core;

/**
 * OpenCV's native code, loaded once for each class loader that holds this class. Thread-safe.
 *
 * <p>Everything in this package loads it by itself; call {@link #load()} only to have it done early.
 *
 * <p>OpenCV shares its work among as many threads as there are cores. That is a setting of its native code as a whole, so
 * it is left to the host: {@code org.opencv.core.Core.setNumThreads(1)} keeps it to the calling thread.
 */
public final class OpenCv {
    private OpenCv() {}

    /**
     * Loads the native code that the jar of {@code org.openpnp:opencv} brings, unless that was done. It is unpacked into
     * a folder of its own below {@code java.io.tmpdir}, about 60 MB, which is removed when the JVM ends (unless the class loader
     * was closed before, or the JVM killed); so several class loaders of one JVM each have their own.
     *
     * @throws StageException if there is no native code for this platform or it cannot be unpacked or linked; the
     *     message says what to do. Each later call throws it again
     */
    public static void load() {
        if (Native.FAILURE.length > 0) {
            throw failure(Native.FAILURE[0]);
        }
    }

    /**
     * Returns the version of the native code, for records and reports.
     *
     * @return for example {@code "OpenCV 4.9.0"}
     * @throws StageException if the native code does not load
     */
    public static String version() {
        load();
        return "OpenCV " + Core.getVersionString();
    }

    /** Each reason in its own sentence: what is missing is another matter than what does not load. */
    static StageException failure(Throwable cause) {
        Throwable innermost = LoadingFailure.innermost(cause);
        if (innermost instanceof ClassNotFoundException) {
            return new StageException(
                    "OpenCV is not there (" + innermost + "): put org.openpnp:opencv 4.9.0-0 on the class path", cause);
        }
        String otherwise = "org.openpnp:opencv 4.9.0-0 has it for Linux x86-64 (glibc 2.28 or newer), ARMv7 and ARMv8,"
                + " macOS and Windows x86-64, and unpacks it into java.io.tmpdir = "
                + System.getProperty("java.io.tmpdir") + ", which has to be writable and to allow native code";
        return new StageException(
                "OpenCV's native code does not load on " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch") + " (" + innermost + "); "
                        + LoadingFailure.advice(cause, "java.io.tmpdir").orElse(otherwise),
                cause);
    }

    /** Its initializer runs once, on whichever thread comes first; the others wait for it. */
    private static final class Native {
        static final Throwable[] FAILURE = tryToLoad();

        private Native() {}

        private static Throwable[] tryToLoad() {
            try {
                // Not loadShared(): that patches the system class loader by reflection, which Java 12 put an end to.
                nu.pattern.OpenCV.loadLocally();
                return new Throwable[0];
            } catch (RuntimeException | LinkageError failure) {
                return new Throwable[] {failure};
            }
        }
    }
}
