package org.emotion4j.opencv.internal;

import java.nio.file.Path;
import java.util.Optional;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.opencv.CascadeFaceDetector;
import org.emotion4j.spi.FaceDetectorProvider;

/** {@code haar}: the better one of the two bundled cascades. */
public final class HaarFaceDetectorProvider implements FaceDetectorProvider {
    /** Called by {@link java.util.ServiceLoader}. */
    public HaarFaceDetectorProvider() {}

    @Override
    public String name() {
        return "haar";
    }

    @Override
    public String description() {
        return "upright frontal faces by OpenCV's Haar cascade frontalface_alt2, bundled; takes another cascade file";
    }

    @Override
    public int priority() {
        return 10;
    }

    @Override
    public FaceDetector create() {
        return CascadeFaceDetector.haarAlt2();
    }

    @Override
    public FaceDetector create(Path model) {
        return CascadeFaceDetector.builder(model).build();
    }

    @Override
    public Optional<FaceDetector> createSensitive() {
        return Optional.of(CascadeFaceDetector.haarAlt2Builder().minNeighbors(1).build());
    }

    @Override
    public Optional<FaceDetector> createSensitive(Path model) {
        return Optional.of(CascadeFaceDetector.builder(model).minNeighbors(1).build());
    }
}
