package org.emotion4j.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import java.lang.reflect.Field;
import java.nio.file.Path;
import org.emotion4j.stage.internal.NativeFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that ONNX Runtime unpacks its native code to. It means to delete it at the end of the process, but asks for the
 * folder before the files in it, so each run leaves an empty one behind (microsoft/onnxruntime#8003, seen up to 1.29.0).
 */
final class TemporaryFolder {
    private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolder.class);
    private static boolean asked;

    private TemporaryFolder() {}

    /** Has the folder removed at the end, once. It is known to ONNX Runtime alone; where it cannot be asked, it stays. */
    static synchronized void removeAtExit() {
        if (asked) {
            return;
        }
        asked = true;
        try {
            Class<?> runtime = Class.forName(
                    OrtEnvironment.class.getPackageName() + ".OnnxRuntime",
                    false,
                    OrtEnvironment.class.getClassLoader());
            Field field = runtime.getDeclaredField("tempDirectory");
            field.setAccessible(true);
            if (field.get(null) instanceof Path folder) {
                Runtime.getRuntime()
                        .addShutdownHook(new Thread(() -> NativeFolder.remove(folder), "emotion4j-onnxruntime-folder"));
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("ONNX Runtime's temporary folder is not known", e);
        }
    }
}
