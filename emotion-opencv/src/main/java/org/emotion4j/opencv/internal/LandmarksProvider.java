package org.emotion4j.opencv.internal;

import java.nio.file.Path;
import org.emotion4j.face.LandmarkDetector;
import org.emotion4j.opencv.OpenCvLandmarkDetector;
import org.emotion4j.spi.LandmarkDetectorProvider;

/** {@code landmarks}: the library's own network for 68 points. */
public final class LandmarksProvider implements LandmarkDetectorProvider {
    /** Called by {@link java.util.ServiceLoader}. */
    public LandmarksProvider() {}

    @Override
    public String name() {
        return "landmarks";
    }

    @Override
    public String description() {
        return "68 points by this library's own network of separable convolutions, in OpenCV; takes another ONNX file";
    }

    /** Never a default where the weights are not on the class path. */
    @Override
    public int priority() {
        return OpenCvLandmarkDetector.isBundled() ? 60 : -1;
    }

    @Override
    public LandmarkDetector create() {
        return OpenCvLandmarkDetector.bundled();
    }

    @Override
    public LandmarkDetector create(Path model) {
        return OpenCvLandmarkDetector.load(model);
    }
}
