package org.emotion4j.opencv.internal;

import java.nio.file.Path;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.opencv.DnnEmotionClassifier;
import org.emotion4j.spi.EmotionClassifierProvider;

/** {@code expression}: the library's own network where it is fastest; the default classifier. */
public final class ExpressionClassifierProvider implements EmotionClassifierProvider {
    /** Called by {@link java.util.ServiceLoader}. */
    public ExpressionClassifierProvider() {}

    @Override
    public String name() {
        return "expression";
    }

    @Override
    public String description() {
        return "this library's own residual network, trained on FER2013, in OpenCV; takes another ONNX file";
    }

    /** Never a default where this jar was built without the weights. */
    @Override
    public int priority() {
        return DnnEmotionClassifier.isBundled() ? 60 : -1;
    }

    @Override
    public EmotionClassifier create() {
        return DnnEmotionClassifier.bundled();
    }

    @Override
    public EmotionClassifier create(Path model) {
        return DnnEmotionClassifier.load(model);
    }
}
