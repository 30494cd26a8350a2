package org.emotion4j.stage.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What kind of file weights come in, told by its first bytes. */
public enum WeightsFormat {
    /** What a training of this library writes, and many others: named arrays behind a JSON header, {@code .safetensors}. */
    SAFETENSORS,

    /** What trainings of this library wrote before, {@code .params}. */
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
     * @param weights the whole file, or at least its first nine bytes
     * @return its format
     */
    public static WeightsFormat of(byte[] weights) {
        if (isSafetensors(weights)) {
            return SAFETENSORS;
        }
        if (startsWith(weights, EMOTION4J_MAGIC)) {
            return EMOTION4J;
        }
        if (startsWith(weights, ZIP_MAGIC)) {
            return TORCHSCRIPT;
        }
        return startsWith(weights, ONNX_VERSION_FIELD) ? ONNX : UNKNOWN;
    }

    /** A length of 64 bits, little-endian, of a header of less than 4 GB, which is a JSON object. */
    private static boolean isSafetensors(byte[] bytes) {
        return bytes.length > Long.BYTES
                && bytes[4] == 0
                && bytes[5] == 0
                && bytes[6] == 0
                && bytes[7] == 0
                && bytes[Long.BYTES] == '{';
    }

    /** Whether these are weights for PyTorch, and not a network that other run times take. */
    public boolean isForPyTorch() {
        return this == SAFETENSORS || this == EMOTION4J || this == TORCHSCRIPT;
    }

    private static boolean startsWith(byte[] bytes, byte[] magic) {
        return bytes.length >= magic.length && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }
}
