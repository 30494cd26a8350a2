package org.emotion4j.opencv.internal;

import java.nio.file.Path;
import java.util.Optional;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.opencv.CascadeFaceDetector;
import org.emotion4j.spi.FaceDetectorProvider;

/** {@code lbp}: the fast cascade. */
public final class LbpFaceDetectorProvider implements FaceDetectorProvider {
    /** Called by {@link java.util.ServiceLoader}. */
    public LbpFaceDetectorProvider() {}

    @Override
    public String name() {
        return "lbp";
    }

    @Override
    public String description() {
        return "upright frontal faces by OpenCV's LBP cascade frontalface, bundled: faster and finds fewer;"
                + " takes another cascade file";
    }

    @Override
    public int priority() {
        return 5;
    }

    @Override
    public FaceDetector create() {
        return CascadeFaceDetector.lbp();
    }

    @Override
    public FaceDetector create(Path model) {
        return CascadeFaceDetector.builder(model).build();
    }

    @Override
    public Optional<FaceDetector> createSensitive() {
        return Optional.of(CascadeFaceDetector.lbpBuilder().minNeighbors(1).build());
    }

    @Override
    public Optional<FaceDetector> createSensitive(Path model) {
        return Optional.of(CascadeFaceDetector.builder(model).minNeighbors(1).build());
    }
}
