package org.emotion4j.opencv.internal;

import java.nio.file.Path;
import java.util.Optional;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.opencv.SingleShotFaceDetector;
import org.emotion4j.spi.FaceDetectorProvider;
import org.emotion4j.spi.Weights;

/** {@code single-shot}: our own network in OpenCV's DNN, the default detector. */
public final class SingleShotFaceDetectorProvider implements FaceDetectorProvider {
    private static final double HARDLY_SURE = 0.02;

    /** Called by {@link java.util.ServiceLoader}. */
    public SingleShotFaceDetectorProvider() {}

    @Override
    public String name() {
        return "single-shot";
    }

    @Override
    public String description() {
        return "faces in most poses with five landmarks by our own network in OpenCV, bundled; takes another ONNX file";
    }

    /** Never the default where the weights are not on the class path. */
    @Override
    public int priority() {
        return Weights.find(name()).isPresent() ? 20 : -1;
    }

    @Override
    public FaceDetector create() {
        return SingleShotFaceDetector.bundled();
    }

    @Override
    public FaceDetector create(Path model) {
        return SingleShotFaceDetector.builder(model).build();
    }

    @Override
    public Optional<FaceDetector> createSensitive() {
        return Optional.of(
                SingleShotFaceDetector.builder().scoreThreshold(HARDLY_SURE).build());
    }

    @Override
    public Optional<FaceDetector> createSensitive(Path model) {
        return Optional.of(SingleShotFaceDetector.builder(model)
                .scoreThreshold(HARDLY_SURE)
                .build());
    }
}
