package org.emotion4j.onnxruntime.internal;

import java.nio.file.Path;
import java.util.Optional;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.onnxruntime.OnnxRuntime;
import org.emotion4j.onnxruntime.OnnxRuntimeFaceDetector;
import org.emotion4j.spi.FaceDetectorProvider;
import org.emotion4j.spi.Weights;

/**
 * {@code single-shot-onnxruntime}: the network of {@code single-shot} on ONNX Runtime; the default detector where that is on
 * the class path, since nothing is faster.
 */
public final class OnnxRuntimeFaceDetectorProvider implements FaceDetectorProvider {
    private static final String WEIGHTS = "single-shot";
    private static final double HARDLY_SURE = 0.02;

    /** Called by {@link java.util.ServiceLoader}. */
    public OnnxRuntimeFaceDetectorProvider() {}

    @Override
    public String name() {
        return "single-shot-onnxruntime";
    }

    @Override
    public String description() {
        return "the network of single-shot on ONNX Runtime; takes another ONNX file";
    }

    /** Never the default where ONNX Runtime or the weights are not on the class path. */
    @Override
    public int priority() {
        return OnnxRuntime.isOnClassPath() && Weights.find(WEIGHTS).isPresent() ? 30 : -1;
    }

    @Override
    public FaceDetector create() {
        return OnnxRuntimeFaceDetector.bundled();
    }

    @Override
    public FaceDetector create(Path model) {
        return OnnxRuntimeFaceDetector.builder(model).build();
    }

    @Override
    public Optional<FaceDetector> createSensitive() {
        return Optional.of(
                OnnxRuntimeFaceDetector.builder().scoreThreshold(HARDLY_SURE).build());
    }

    @Override
    public Optional<FaceDetector> createSensitive(Path model) {
        return Optional.of(OnnxRuntimeFaceDetector.builder(model)
                .scoreThreshold(HARDLY_SURE)
                .build());
    }
}
