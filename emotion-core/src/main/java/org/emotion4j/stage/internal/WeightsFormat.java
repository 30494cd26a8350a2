package org.emotion4j.stage.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What kind of file weights come in, told by its first bytes. */
public enum WeightsFormat {
    /** What a training of this library writes, {@code .params}. */
    EMOTION4J,

    /** TorchScript, a ZIP archive, {@code .pt}. */
    TORCHSCRIPT,

    /** ONNX, {@code .onnx}. It has no magic bytes: its first field is the version of the format, number 1 of type varint. */
    ONNX,

    /** None of these. */
    UNKNOWN;

    private static final byte[] EMOTION4J_MAGIC = "E4JNET".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ZIP_MAGIC = "PK".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ONNX_VERSION_FIELD = {0x08};

    /**
     * Tells the format; whether the rest is whole, only loading it can tell.
     *
     * @param weights the whole file, or at least its first six bytes
     * @return its format
     */
    public static WeightsFormat of(byte[] weights) {
        if (startsWith(weights, EMOTION4J_MAGIC)) {
            return EMOTION4J;
        }
        if (startsWith(weights, ZIP_MAGIC)) {
            return TORCHSCRIPT;
        }
        return startsWith(weights, ONNX_VERSION_FIELD) ? ONNX : UNKNOWN;
    }

    private static boolean startsWith(byte[] bytes, byte[] magic) {
        return bytes.length >= magic.length && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }
}
