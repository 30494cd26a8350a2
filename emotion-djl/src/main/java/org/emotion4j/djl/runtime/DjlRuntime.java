package org.emotion4j.djl.runtime;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.internal.NativeFolder;

/** The PyTorch engine of Deep Java Library. Thread-safe. */
public final class DjlRuntime {
    private static final String ENGINE = "PyTorch";
    private static final String INTRA_OP_THREADS = "ai.djl.pytorch.num_threads";
    private static final String INTER_OP_THREADS = "ai.djl.pytorch.num_interop_threads";
    private static final List<String> CACHES = List.of("ENGINE_CACHE_DIR", "DJL_CACHE_DIR");
    private static final String JNA = "jna.tmpdir";
    private static final int MAX_THREADS = 256;

    private static boolean checked;

    private DjlRuntime() {}

    /**
     * Starts the engine, or returns the running one. The first call takes 0.7 s with unpacked natives and about 3 s
     * without.
     *
     * @return the engine
     * @throws StageException if its native libraries are not on the class path, do not load or compute wrong answers on this
     *     processor
     */
    public static synchronized Engine engine() {
        keepToThisMachine();
        unpackToOwnFolder();
        OneDnn.keepToRightKernels();
        setIfUnset(INTRA_OP_THREADS, INTRA_OP_THREADS, "1");
        setIfUnset(INTER_OP_THREADS, INTER_OP_THREADS, "1");
        Engine engine;
        try {
            engine = Engine.getEngine(ENGINE);
        } catch (RuntimeException | LinkageError e) {
            throw NativeFailure.pytorch(e);
        }
        if (!checked) {
            OneDnn.check(engine);
            checked = true;
        }
        return engine;
    }

    /**
     * Sets how many threads compute one network, for the whole process: PyTorch has one such setting.
     *
     * @param count 1 to 256
     * @throws IllegalArgumentException if the number is out of its range
     * @throws StageException if the engine does not start
     */
    public static synchronized void threads(int count) {
        if (count < 1 || count > MAX_THREADS) {
            throw new IllegalArgumentException("threads is " + count + ", expected 1 to " + MAX_THREADS);
        }
        engine();
        JniUtils.setNumThreads(count);
    }

    /**
     * Finds a device by its name.
     *
     * @param name {@code "cpu"}, {@code "gpu"} or {@code "gpu1"} for the second
     * @return the device
     * @throws IllegalArgumentException if there is no such device here; the message says how many GPUs were found
     * @throws StageException if the engine does not start
     */
    public static Device device(String name) {
        if (name.equals("cpu")) {
            return Device.cpu();
        }
        if (name.matches("gpu\\d{0,2}")) {
            int found = engine().getGpuCount();
            int index = name.length() == 3 ? 0 : Integer.parseInt(name.substring(3));
            if (index < found) {
                return Device.gpu(index);
            }
            throw new IllegalArgumentException("device is \"" + name + "\", but the engine found " + found
                    + " GPUs; GPUs need the CUDA build of pytorch-native");
        }
        throw new IllegalArgumentException("device is \"" + name + "\", expected cpu, gpu, gpu0, gpu1 …");
    }

    /**
     * Says what computes.
     *
     * @param device where
     * @return for example {@code "DJL 0.36.0 PyTorch 2.7.1 cpu"}
     */
    public static String describe(Device device) {
        Engine engine = engine();
        return "DJL " + Engine.getDjlVersion() + " " + engine.getEngineName() + " " + engine.getVersion() + " "
                + (device.isGpu() ? "gpu" + device.getDeviceId() : device.getDeviceType());
    }

    /**
     * Says why the engine failed, in one line: PyTorch's messages begin with a trace of its own code and end with the
     * reason.
     *
     * @param failure what the engine threw
     * @return the last line of its message that is not blank
     */
    public static String reason(Throwable failure) {
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return failure.getClass().getSimpleName();
        }
        List<String> lines = message.lines().filter(line -> !line.isBlank()).toList();
        return lines.get(lines.size() - 1).strip();
    }

    /**
     * Native code of PyTorch goes where DJL puts it, unless others can write there or DJL would go over to a name known
     * beforehand in the shared temporary folder; JNA, which DJL uses, likewise.
     */
    private static void unpackToOwnFolder() {
        for (String name : CACHES) {
            String set = System.getenv(name) == null ? System.getProperty(name) : System.getenv(name);
            if (set != null && !set.isBlank()) {
                NativeFolder.choose(Optional.of(Path.of(set)), Path.of(set), name);
                return;
            }
        }
        Path usual = Path.of(System.getProperty("user.home"), ".djl.ai");
        Path folder = NativeFolder.choose(Optional.empty(), usual, CACHES.get(0));
        if (!folder.equals(usual)) {
            System.setProperty(CACHES.get(0), folder.toString());
            if (System.getProperty(JNA) == null) {
                System.setProperty(JNA, folder.toString());
            }
        }
    }

    private static void keepToThisMachine() {
        setIfUnset("ai.djl.offline", "DJL_OFFLINE", "true");
        setIfUnset("OPT_OUT_TRACKING", "OPT_OUT_TRACKING", "true");
    }

    private static void setIfUnset(String property, String environment, String value) {
        if (System.getProperty(property) == null && System.getenv(environment) == null) {
            System.setProperty(property, value);
        }
    }
}
