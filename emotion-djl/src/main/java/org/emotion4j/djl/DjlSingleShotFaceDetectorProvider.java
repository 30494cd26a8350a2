package org.emotion4j.djl;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.emotion4j.djl.DjlSingleShotFaceDetector.Builder;
import org.emotion4j.djl.runtime.DjlRuntime;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.spi.FaceDetectorProvider;

/** {@code single-shot-djl}: our own detector in PyTorch. */
public class DjlSingleShotFaceDetectorProvider implements FaceDetectorProvider {
    private static final double HARDLY_SURE = 0.02;

    private final String name;
    private final String description;
    private final boolean onnxRuntime;
    private final int priority;
    private final UnaryOperator<Builder> runtime;

    /** Called by {@link java.util.ServiceLoader}. */
    public DjlSingleShotFaceDetectorProvider() {
        this(
                "single-shot-djl",
                "faces in most poses with five landmarks by our own network in PyTorch, bundled; takes another TorchScript"
                        + " file",
                false,
                3,
                UnaryOperator.identity());
    }

    private DjlSingleShotFaceDetectorProvider(
            String name, String description, boolean onnxRuntime, int priority, UnaryOperator<Builder> runtime) {
        this.name = name;
        this.description = description;
        this.onnxRuntime = onnxRuntime;
        this.priority = priority;
        this.runtime = runtime;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    /** Never the default where the weights are not on the class path. */
    @Override
    public int priority() {
        return DjlSingleShotFaceDetector.hasWeights(onnxRuntime) ? priority : -1;
    }

    @Override
    public FaceDetector create() {
        return runtime.apply(DjlSingleShotFaceDetector.builder()).build();
    }

    @Override
    public FaceDetector create(Path model) {
        return runtime.apply(DjlSingleShotFaceDetector.builder(model)).build();
    }

    @Override
    public Optional<FaceDetector> createSensitive() {
        return Optional.of(runtime.apply(DjlSingleShotFaceDetector.builder())
                .scoreThreshold(HARDLY_SURE)
                .build());
    }

    @Override
    public Optional<FaceDetector> createSensitive(Path model) {
        return Optional.of(runtime.apply(DjlSingleShotFaceDetector.builder(model))
                .scoreThreshold(HARDLY_SURE)
                .build());
    }

    /**
     * {@code single-shot-onnxruntime}: the same detector on ONNX Runtime; the default detector where that is on the class
     * path, since nothing is faster.
     */
    public static final class OnOnnxRuntime extends DjlSingleShotFaceDetectorProvider {
        /** Called by {@link java.util.ServiceLoader}. */
        public OnOnnxRuntime() {
            super(
                    "single-shot-onnxruntime",
                    "the network of single-shot on ONNX Runtime; wants ai.djl.onnxruntime:onnxruntime-engine",
                    true,
                    30,
                    Builder::onnxRuntime);
        }

        @Override
        public int priority() {
            return DjlRuntime.hasOnnxEngine() ? super.priority() : -1;
        }
    }
}
