package org.emotion4j.djl.runtime;

import java.util.Locale;
import java.util.Optional;
import org.emotion4j.stage.StageUnavailableException;

/**
 * Why an engine does not start, each reason in its own sentence: it is not on the class path; another class loader of this
 * process has its native library; its folder forbids running code; or the library is there and the system refuses it.
 */
final class NativeFailure {
    private NativeFailure() {}

    static StageUnavailableException pytorch(Throwable failure) {
        String platform = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
        String missing = "put ai.djl.pytorch:pytorch-jni and, for " + platform
                + ", ai.djl.pytorch:pytorch-native-cpu with the classifier of this platform on the class path";
        String refused =
                "it is on the class path, so it is this system that refuses it: pytorch-native-cpu has to be that of "
                        + platform;
        boolean isMissing = !isNativeCode(failure);
        return new StageUnavailableException(
                "the PyTorch engine does not start (" + deepestReason(failure) + "); "
                        + loading(failure, "ENGINE_CACHE_DIR").orElse(isMissing ? missing : refused),
                failure);
    }

    static StageUnavailableException onnxRuntime(Throwable failure, boolean isThere) {
        String missing = "put ai.djl.onnxruntime:onnxruntime-engine on the class path";
        String refused = "it is on the class path, so it is this system that refuses it"
                + (isWindows() ? " (is the Microsoft Visual C++ run time installed?)" : "")
                + "; OpenCV computes the same networks: single-shot and expression";
        return new StageUnavailableException(
                "ONNX Runtime does not start (" + deepestReason(failure) + "); "
                        + (isThere ? loading(failure, "java.io.tmpdir").orElse(refused) : missing),
                failure);
    }

    /** What a message of the loader means, where it is known. */
    private static Optional<String> loading(Throwable failure, String setting) {
        String words = allWords(failure);
        if (words.contains("already loaded in another classloader")) {
            return Optional.of(
                    "another class loader of this process has loaded its native code, and a process can load it"
                            + " once: put its jars where one loader serves all, on a server into the server's own lib folder");
        }
        if (words.contains("failed to map segment") || words.contains("operation not permitted")) {
            return Optional.of("the folder that its native code is unpacked to forbids running code (mounted noexec):"
                    + " choose another one with -D" + setting + "=DIR");
        }
        if (words.contains("no space left") || words.contains("read-only file system")) {
            return Optional.of("its native code cannot be unpacked: choose another folder with -D" + setting + "=DIR");
        }
        return Optional.empty();
    }

    /** The loader of native code complains with this error, and DJL's of a file that is not there in other words. */
    private static boolean isNativeCode(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof UnsatisfiedLinkError) {
                return true;
            }
        }
        return false;
    }

    private static String allWords(Throwable failure) {
        StringBuilder words = new StringBuilder();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            words.append(each.getMessage()).append('\n');
        }
        return words.toString().toLowerCase(Locale.ROOT);
    }

    /** What an initialiser of a class threw is wrapped into errors without a message. */
    private static String deepestReason(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return DjlRuntime.reason(deepest);
    }

    private static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }
}
