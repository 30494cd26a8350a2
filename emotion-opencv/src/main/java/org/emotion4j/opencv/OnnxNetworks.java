package org.emotion4j.opencv;

import org.opencv.core.CvException;
import org.opencv.core.MatOfByte;
import org.opencv.dnn.Dnn;
import org.opencv.dnn.Net;

/** Networks in the ONNX format for OpenCV's DNN. */
final class OnnxNetworks {
    private OnnxNetworks() {}

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

    /** OpenCV's messages have several lines; the first says what happened. */
    static String reason(RuntimeException failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse("no message")
                .strip();
    }
}
