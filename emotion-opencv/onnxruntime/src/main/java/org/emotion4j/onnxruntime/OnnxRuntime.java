package org.emotion4j.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.emotion4j.stage.StageUnavailableException;
import org.emotion4j.stage.internal.LoadingFailure;
import org.jspecify.annotations.Nullable;

/** ONNX Runtime in this process: whether it is there, and its one environment. Thread-safe. */
public final class OnnxRuntime {
    private static final String ENVIRONMENT = "ai.onnxruntime.OrtEnvironment";
    private static final long START_STACK = 64L << 20;

    /** What to do without it. */
    static final String INSTEAD = "OpenCV computes the same networks: single-shot and expression";

    private static @Nullable StageUnavailableException failure;

    private OnnxRuntime() {}

    /**
     * Tells whether ONNX Runtime is on the class path, without starting it.
     *
     * @return whether {@code com.microsoft.onnxruntime:onnxruntime} is there
     */
    public static boolean isOnClassPath() {
        try {
            Class.forName(ENVIRONMENT, false, OnnxRuntime.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /**
     * Starts ONNX Runtime, or returns the running environment, which the whole process shares.
     *
     * @throws StageUnavailableException if it is not on the class path, its native library does not load, or it would report
     *     its use; the same reason at each call
     */
    static synchronized OrtEnvironment environment() {
        if (failure != null) {
            throw new StageUnavailableException(String.valueOf(failure.getMessage()), failure);
        }
        try {
            Telemetry.requireNone(Telemetry.versionOfJar());
            OrtEnvironment environment = onDeepStack(OrtEnvironment::getEnvironment);
            environment.setTelemetry(false);
            Telemetry.requireNone(Optional.of(environment.getVersion()));
            TemporaryFolder.removeAtExit();
            return environment;
        } catch (StageUnavailableException e) {
            failure = e;
            throw failure;
        } catch (OrtException | RuntimeException | LinkageError e) {
            // kept: a class that failed to initialize says at the second attempt only that it did so at the first
            failure = unavailable(e, isOnClassPath());
            throw failure;
        }
    }

    /**
     * ONNX Runtime 1.29.0 goes through the process's command line when it starts, as deep as that is long, and a class path
     * of some kilobytes ends the process on a stack of the usual megabyte (1.21.1 did not).
     */
    private static <T> T onDeepStack(Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        Thread thread = new Thread(null, task, "emotion4j-onnxruntime-start", START_STACK);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            if (e.getCause() instanceof LinkageError known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Each reason in its own sentence: it is missing, or it is there and the system refuses it. */
    static StageUnavailableException unavailable(Throwable cause, boolean isThere) {
        String missing = "put com.microsoft.onnxruntime:onnxruntime on the class path";
        String refused = "it is on the class path, so it is this system that refuses it"
                + (isWindows() ? " (is the Microsoft Visual C++ run time installed?)" : "")
                + "; " + INSTEAD;
        return new StageUnavailableException(
                "ONNX Runtime does not start (" + lastLine(LoadingFailure.innermost(cause)) + "); "
                        + (isThere
                                ? LoadingFailure.advice(cause, "java.io.tmpdir").orElse(refused)
                                : missing),
                cause);
    }

    private static String lastLine(Throwable cause) {
        String message = cause.getMessage();
        if (message == null || message.isBlank()) {
            return cause.getClass().getSimpleName();
        }
        List<String> lines = message.lines().filter(line -> !line.isBlank()).toList();
        return lines.get(lines.size() - 1).strip();
    }

    private static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }
}
