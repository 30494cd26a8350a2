package org.emotion4j.opencv.internal;

import java.nio.file.Path;
import java.util.Optional;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.opencv.YuNetFaceDetector;
import org.emotion4j.spi.FaceDetectorProvider;
import org.emotion4j.stage.StageException;

/** {@code yunet=FILE}: a network with landmarks, whose model file the user brings. */
public final class YuNetFaceDetectorProvider implements FaceDetectorProvider {
    private static final double LOW_SCORE = 0.05;

    /** Called by {@link java.util.ServiceLoader}. */
    public YuNetFaceDetectorProvider() {}

    @Override
    public String name() {
        return "yunet";
    }

    @Override
    public String description() {
        return "faces and five landmarks by YuNet; needs its model file: yunet=face_detection_yunet_2023mar.onnx";
    }

    @Override
    public int priority() {
        return -1;
    }

    @Override
    public FaceDetector create() {
        throw new StageException("yunet has no bundled model; name a file: yunet=face_detection_yunet_2023mar.onnx"
                + " (from OpenCV's model zoo)");
    }

    @Override
    public FaceDetector create(Path model) {
        return YuNetFaceDetector.load(model);
    }

    @Override
    public Optional<FaceDetector> createSensitive(Path model) {
        return Optional.of(
                YuNetFaceDetector.builder(model).scoreThreshold(LOW_SCORE).build());
    }
}
