package org.emotion4j.opencv.internal;

import java.nio.file.Path;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.LabelSet;
import org.emotion4j.opencv.DnnEmotionClassifier;
import org.emotion4j.spi.EmotionClassifierProvider;

/** {@code expression}: the library's own network in OpenCV; the default classifier where nothing faster is there. */
public class ExpressionClassifierProvider implements EmotionClassifierProvider {
    private final String name;
    private final LabelSet labels;
    private final String description;
    private final int priority;

    /** Called by {@link java.util.ServiceLoader}. */
    public ExpressionClassifierProvider() {
        this(
                "expression",
                LabelSet.BLEND,
                "this library's own residual network, trained on FER2013 and FER+, in OpenCV; takes another ONNX file",
                60);
    }

    private ExpressionClassifierProvider(String name, LabelSet labels, String description, int priority) {
        this.name = name;
        this.labels = labels;
        this.description = description;
        this.priority = priority;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    /** Never a default where this jar was built without the weights. */
    @Override
    public int priority() {
        return DnnEmotionClassifier.isBundled() ? priority : -1;
    }

    @Override
    public EmotionClassifier create() {
        return DnnEmotionClassifier.bundled(labels);
    }

    @Override
    public EmotionClassifier create(Path model) {
        return DnnEmotionClassifier.load(model, labels);
    }

    /** {@code expression-fer2013}: its scores by FER2013's own labels. */
    public static final class Fer2013 extends ExpressionClassifierProvider {
        /** Called by {@link java.util.ServiceLoader}. */
        public Fer2013() {
            super("expression-fer2013", LabelSet.FER2013, "the network of expression by FER2013's own labels alone", 2);
        }
    }

    /** {@code expression-ferplus}: its scores by the votes of FER+. */
    public static final class FerPlus extends ExpressionClassifierProvider {
        /** Called by {@link java.util.ServiceLoader}. */
        public FerPlus() {
            super("expression-ferplus", LabelSet.FERPLUS, "the network of expression by the votes of FER+ alone", 3);
        }
    }
}
