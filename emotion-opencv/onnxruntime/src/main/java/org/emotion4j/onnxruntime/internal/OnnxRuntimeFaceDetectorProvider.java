package org.emotion4j.onnxruntime.internal;

import java.nio.file.Path;
import java.util.Optional;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.onnxruntime.OnnxRuntime;
import org.emotion4j.onnxruntime.OnnxRuntimeFaceDetector;
import org.emotion4j.spi.FaceDetectorProvider;
import org.emotion4j.spi.Weights;

/**
 * The library's own face network on ONNX Runtime. {@code single-shot-int8-onnxruntime} is the default detector where that is on
 * the class path, since nothing is faster.
 */
public abstract class OnnxRuntimeFaceDetectorProvider implements FaceDetectorProvider {
    private static final double HARDLY_SURE = 0.02;

    private final String weights;
    private final int priority;
    private final String description;

    private OnnxRuntimeFaceDetectorProvider(String weights, int priority, String description) {
        this.weights = weights;
        this.priority = priority;
        this.description = description;
    }

    @Override
    public String name() {
        return weights + "-onnxruntime";
    }

    @Override
    public String description() {
        return description;
    }

    /** Never the default where ONNX Runtime or the weights are not on the class path. */
    @Override
    public int priority() {
        return OnnxRuntime.isOnClassPath() && Weights.find(weights).isPresent() ? priority : -1;
    }

    @Override
    public FaceDetector create() {
        return OnnxRuntimeFaceDetector.builder().bundled(weights).build();
    }

    @Override
    public FaceDetector create(Path model) {
        return OnnxRuntimeFaceDetector.builder(model).build();
    }

    @Override
    public Optional<FaceDetector> createSensitive() {
        return Optional.of(OnnxRuntimeFaceDetector.builder()
                .bundled(weights)
                .scoreThreshold(HARDLY_SURE)
                .build());
    }

    @Override
    public Optional<FaceDetector> createSensitive(Path model) {
        return Optional.of(OnnxRuntimeFaceDetector.builder(model)
                .scoreThreshold(HARDLY_SURE)
                .build());
    }

    /** {@code single-shot-int8-onnxruntime}: convolutions of 8-bit integers. */
    public static final class SingleShotInt8 extends OnnxRuntimeFaceDetectorProvider {
        /** For {@link java.util.ServiceLoader}. */
        public SingleShotInt8() {
            super(
                    "single-shot-int8",
                    35,
                    "the network of single-shot in 8-bit integers on ONNX Runtime; takes another ONNX file");
        }
    }

    /** {@code single-shot-onnxruntime}. */
    public static final class SingleShot extends OnnxRuntimeFaceDetectorProvider {
        /** For {@link java.util.ServiceLoader}. */
        public SingleShot() {
            super("single-shot", 30, "the network of single-shot on ONNX Runtime; takes another ONNX file");
        }
    }
}
