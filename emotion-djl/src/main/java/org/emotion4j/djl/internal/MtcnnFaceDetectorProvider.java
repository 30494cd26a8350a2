package org.emotion4j.djl.internal;

import java.nio.file.Path;
import java.util.Optional;
import org.emotion4j.djl.MtcnnFaceDetector;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.spi.FaceDetectorProvider;
import org.emotion4j.spi.Weights;

/** {@code mtcnn}: three networks with landmarks, trained by this library; {@code mtcnn=FILE} takes other weights. */
public final class MtcnnFaceDetectorProvider implements FaceDetectorProvider {
    private static final double HARDLY_SURE = 0.02;

    /** Called by {@link java.util.ServiceLoader}. */
    public MtcnnFaceDetectorProvider() {}

    @Override
    public String name() {
        return "mtcnn";
    }

    @Override
    public String description() {
        return "faces and five landmarks by MTCNN's three networks in PyTorch, trained by us; takes other weights";
    }

    /** Never the default where the weights are not on the class path. */
    @Override
    public int priority() {
        return Weights.find("mtcnn" + Weights.PYTORCH).isPresent() ? 2 : -1;
    }

    @Override
    public FaceDetector create() {
        return MtcnnFaceDetector.bundled();
    }

    @Override
    public FaceDetector create(Path model) {
        return MtcnnFaceDetector.builder().model(model).build();
    }

    @Override
    public Optional<FaceDetector> createSensitive() {
        return Optional.of(
                MtcnnFaceDetector.builder().outputThreshold(HARDLY_SURE).build());
    }

    @Override
    public Optional<FaceDetector> createSensitive(Path model) {
        return Optional.of(MtcnnFaceDetector.builder()
                .model(model)
                .outputThreshold(HARDLY_SURE)
                .build());
    }
}
