package org.emotion4j.djl.internal;

import java.nio.file.Path;
import java.util.Optional;
import org.emotion4j.djl.DjlSingleShotFaceDetector;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.spi.FaceDetectorProvider;
import org.emotion4j.spi.Weights;

/** {@code single-shot-djl}: our own detector in PyTorch. */
public final class DjlSingleShotFaceDetectorProvider implements FaceDetectorProvider {
    private static final double HARDLY_SURE = 0.02;

    /** Called by {@link java.util.ServiceLoader}. */
    public DjlSingleShotFaceDetectorProvider() {}

    @Override
    public String name() {
        return "single-shot-djl";
    }

    @Override
    public String description() {
        return "faces in most poses with five landmarks by our own network in PyTorch, bundled; takes another TorchScript"
                + " file";
    }

    /** Never the default where the weights are not on the class path. */
    @Override
    public int priority() {
        return Weights.find("single-shot" + Weights.PYTORCH).isPresent() ? 3 : -1;
    }

    @Override
    public FaceDetector create() {
        return DjlSingleShotFaceDetector.bundled();
    }

    @Override
    public FaceDetector create(Path model) {
        return DjlSingleShotFaceDetector.builder(model).build();
    }

    @Override
    public Optional<FaceDetector> createSensitive() {
        return Optional.of(
                DjlSingleShotFaceDetector.builder().scoreThreshold(HARDLY_SURE).build());
    }

    @Override
    public Optional<FaceDetector> createSensitive(Path model) {
        return Optional.of(DjlSingleShotFaceDetector.builder(model)
                .scoreThreshold(HARDLY_SURE)
                .build());
    }
}
