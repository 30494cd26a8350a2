package org.emotion4j.djl.runtime;

import org.emotion4j.stage.StageUnavailableException;
import org.emotion4j.stage.internal.LoadingFailure;

/**
 * Why the engine does not start, each reason in its own sentence: it is not on the class path; another class loader of this
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
                "the PyTorch engine does not start (" + DjlRuntime.reason(LoadingFailure.innermost(failure)) + "); "
                        + LoadingFailure.advice(failure, "ENGINE_CACHE_DIR").orElse(isMissing ? missing : refused),
                failure);
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
}
