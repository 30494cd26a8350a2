package org.emotion4j.opencv;

import java.nio.charset.StandardCharsets;
import org.opencv.core.CvException;
import org.opencv.core.MatOfByte;
import org.opencv.dnn.Dnn;
import org.opencv.dnn.Net;

/** Networks in the ONNX format for OpenCV's DNN. */
final class OnnxNets {
    private OnnxNets() {}

    /**
     * Reads a network that OpenCV's own backend computes on the CPU.
     *
     * @throws CvException if OpenCV refuses it; call {@link OpenCv#load()} before
     */
    static Net read(byte[] onnx) {
        MatOfByte weights = new MatOfByte(onnx);
        try {
            Net network = Dnn.readNetFromONNX(weights);
            network.setPreferableBackend(Dnn.DNN_BACKEND_OPENCV);
            network.setPreferableTarget(Dnn.DNN_TARGET_CPU);
            return network;
        } finally {
            weights.release();
        }
    }

    /** Whether this is TorchScript, or weights that a training of emotion-djl wrote. */
    static boolean isForPyTorch(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(6, bytes.length), StandardCharsets.ISO_8859_1);
        return start.equals("E4JNET") || start.startsWith("PK\u0003\u0004");
    }

    /** OpenCV's messages have several lines; the first says what happened. */
    static String reason(RuntimeException failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse("no message")
                .strip();
    }
}
