package org.emotion4j.djl.runtime;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import com.sun.jna.Function;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.emotion4j.stage.StageUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The library that computes PyTorch's convolutions. That of PyTorch 2.7.1 (oneDNN 3.7.1) uses AVX-512 kernels on AMD's
 * processors which read memory that nobody wrote where a convolution's channels are no multiple of 16: answers that are a
 * little wrong, or not a number (seen on an EPYC of family 26, 2026-11-29; right with AVX2, and with the kernels that Intel's
 * processors get).
 *
 * <p>So on AMD's processors it is kept to AVX2, through its own environment variable, unless the host has set that; and
 * whatever the processor, one convolution is computed twice when the engine starts, by the engine and here.
 */
final class OneDnn {
    private static final Logger LOG = LoggerFactory.getLogger(OneDnn.class);
    private static final String LIMIT = "ONEDNN_MAX_CPU_ISA";
    private static final String FORMER_LIMIT = "DNNL_MAX_CPU_ISA";
    private static final String SAFE = "AVX2";
    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

    /** Of the convolution that is compared: one of the detector's, with which the fault was found. */
    private static final int CHANNELS = 40;

    private static final int HEIGHT = 24;
    private static final int WIDTH = 32;
    /** Sums of 360 products of numbers up to 1. */
    private static final double TOLERANCE = 1e-3;

    private OneDnn() {}

    /** Has to be called before the engine computes anything: oneDNN looks at its environment once. */
    static void keepToRightKernels() {
        if (System.getenv(LIMIT) != null || System.getenv(FORMER_LIMIT) != null || !isAmd(processor())) {
            return;
        }
        try {
            boolean windows = System.getProperty("os.name").startsWith("Windows");
            if (windows) {
                Function.getFunction("kernel32", "SetEnvironmentVariableA").invokeInt(new Object[] {LIMIT, SAFE});
            } else {
                Function.getFunction("c", "setenv").invokeInt(new Object[] {LIMIT, SAFE, 0});
            }
            LOG.debug("PyTorch is kept to {} on this processor", SAFE);
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("PyTorch could not be kept to {}", SAFE, e);
        }
    }

    /**
     * Compares a convolution of the engine's with one computed here.
     *
     * @throws StageUnavailableException if they differ
     */
    static void check(Engine engine) {
        float[] weights = numbers(CHANNELS * CHANNELS * 9, 7919);
        float[] input = numbers(CHANNELS * HEIGHT * WIDTH, 104729);
        float[] expected = convolution(input, weights);
        try (NDManager manager = engine.newBaseManager(Device.cpu())) {
            NDArray x = manager.create(input, new Shape(1, CHANNELS, HEIGHT, WIDTH));
            NDArray kernel = manager.create(weights, new Shape(CHANNELS, CHANNELS, 3, 3));
            NDArray none = manager.zeros(new Shape(CHANNELS));
            NDList answer = Conv2d.conv2d(x, kernel, none, new Shape(1, 1), new Shape(1, 1));
            requireEqual(expected, answer.singletonOrThrow().toFloatArray());
        }
    }

    static void requireEqual(float[] expected, float[] answer) {
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(answer[i] - expected[i]) <= TOLERANCE)) {
                String difference = String.format(Locale.ROOT, "%.4f in place of %.4f", answer[i], expected[i]);
                throw new StageUnavailableException(
                        "the PyTorch engine computes wrong answers on this processor (" + difference
                                + "): start the process with the environment variable " + LIMIT + "=" + SAFE
                                + ", or take OpenCV or ONNX Runtime",
                        new ArithmeticException(difference));
            }
        }
    }

    static boolean isAmd(String processor) {
        return processor.contains("AuthenticAMD");
    }

    /** Linux describes processors in a file, Windows in a variable; those of a Mac are not AMD's. */
    private static String processor() {
        String variable = System.getenv("PROCESSOR_IDENTIFIER");
        if (variable != null) {
            return variable;
        }
        try {
            return Files.isReadable(PROCESSOR) ? Files.readString(PROCESSOR, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** Numbers of -1 to 1 that are exact in a float. */
    private static float[] numbers(int count, int step) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (int) ((long) i * step % 257 - 128) / 128f;
        }
        return numbers;
    }

    private static float[] convolution(float[] input, float[] weights) {
        float[] sums = new float[CHANNELS * HEIGHT * WIDTH];
        double[] row = new double[HEIGHT * WIDTH];
        for (int out = 0; out < CHANNELS; out++) {
            Arrays.fill(row, 0);
            for (int in = 0; in < CHANNELS; in++) {
                for (int tap = 0; tap < 9; tap++) {
                    add(
                            row,
                            input,
                            in * HEIGHT * WIDTH,
                            weights[(out * CHANNELS + in) * 9 + tap],
                            tap / 3 - 1,
                            tap % 3 - 1);
                }
            }
            for (int i = 0; i < row.length; i++) {
                sums[out * HEIGHT * WIDTH + i] = (float) row[i];
            }
        }
        return sums;
    }

    private static void add(double[] row, float[] input, int start, double weight, int down, int right) {
        for (int y = Math.max(0, -down); y < HEIGHT - Math.max(0, down); y++) {
            for (int x = Math.max(0, -right); x < WIDTH - Math.max(0, right); x++) {
                row[y * WIDTH + x] += weight * input[start + (y + down) * WIDTH + x + right];
            }
        }
    }
}
