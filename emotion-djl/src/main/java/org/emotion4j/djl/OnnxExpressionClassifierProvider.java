package org.emotion4j.djl;

import java.nio.file.Path;
import org.emotion4j.djl.runtime.DjlRuntime;
import org.emotion4j.emotion.EmotionClassifier;

/**
 * Offers the library's own network on ONNX Runtime as {@code expression-onnxruntime}; the default classifier where ONNX
 * Runtime is on the class path, since nothing is faster on one thread.
 */
public final class OnnxExpressionClassifierProvider extends BundledClassifierProvider {
    /** For {@link java.util.ServiceLoader}. */
    public OnnxExpressionClassifierProvider() {
        super(
                "expression-onnxruntime",
                "expression-onnxruntime",
                "the network of expression on ONNX Runtime through DJL; wants ai.djl.onnxruntime:onnxruntime-engine",
                70);
    }

    @Override
    public EmotionClassifier create(Path file) {
        return DjlEmotionClassifier.builder().model(file).onnx().build();
    }

    @Override
    public int priority() {
        return DjlRuntime.hasOnnxEngine() ? super.priority() : -1;
    }
}
