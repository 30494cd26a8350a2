package org.emotion4j.onnxruntime.internal;

import java.nio.file.Path;
import org.emotion4j.face.LandmarkDetector;
import org.emotion4j.onnxruntime.OnnxRuntime;
import org.emotion4j.onnxruntime.OnnxRuntimeLandmarkDetector;
import org.emotion4j.spi.LandmarkDetectorProvider;
import org.emotion4j.spi.Weights;

/** {@code landmarks-onnxruntime}: the library's own network for 68 points, by default here where ONNX Runtime is on the class path. */
public final class OnnxRuntimeLandmarksProvider implements LandmarkDetectorProvider {
    /** Called by {@link java.util.ServiceLoader}. */
    public OnnxRuntimeLandmarksProvider() {}

    @Override
    public String name() {
        return "landmarks-onnxruntime";
    }

    @Override
    public String description() {
        return "68 points by the network of landmarks on ONNX Runtime; takes another ONNX file";
    }

    /** Never the default where ONNX Runtime or the weights are not on the class path. */
    @Override
    public int priority() {
        return OnnxRuntime.isOnClassPath() && Weights.find("landmarks").isPresent() ? 65 : -1;
    }

    @Override
    public LandmarkDetector create() {
        return OnnxRuntimeLandmarkDetector.bundled();
    }

    @Override
    public LandmarkDetector create(Path model) {
        return OnnxRuntimeLandmarkDetector.load(model);
    }
}
