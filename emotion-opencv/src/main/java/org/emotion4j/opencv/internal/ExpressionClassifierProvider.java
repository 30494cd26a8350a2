package org.emotion4j.opencv.internal;

import java.nio.file.Path;
import java.util.Optional;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.LabelSet;
import org.emotion4j.opencv.OpenCvEmotionClassifier;
import org.emotion4j.spi.EmotionClassifierProvider;

/** {@code expression}: the library's own network in OpenCV; the default classifier where nothing faster is there. */
public class ExpressionClassifierProvider implements EmotionClassifierProvider {
    private final String name;
    private final Optional<LabelSet> labels;
    private final String description;
    private final int priority;

    /** Called by {@link java.util.ServiceLoader}. */
    public ExpressionClassifierProvider() {
        this(
                "expression",
                Optional.empty(),
                "this library's own network in OpenCV, as people label photographs of strangers (RAF-DB, CFEE); takes"
                        + " another ONNX file",
                60);
    }

    private ExpressionClassifierProvider(String name, Optional<LabelSet> labels, String description, int priority) {
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

    /** Never a default where the weights are not on the class path. */
    @Override
    public int priority() {
        return OpenCvEmotionClassifier.isBundled() ? priority : -1;
    }

    @Override
    public EmotionClassifier create() {
        return OpenCvEmotionClassifier.bundled(labels.orElse(LabelSet.PHOTO));
    }

    @Override
    public EmotionClassifier create(Path model) {
        return labels.isPresent()
                ? OpenCvEmotionClassifier.load(model, labels.get())
                : OpenCvEmotionClassifier.load(model);
    }

    /** {@code expression-fer2013}: its scores by FER2013's own labels. */
    public static final class Fer2013 extends ExpressionClassifierProvider {
        /** Called by {@link java.util.ServiceLoader}. */
        public Fer2013() {
            super(
                    "expression-fer2013",
                    Optional.of(LabelSet.FER2013),
                    "the network of expression by FER2013's own labels alone",
                    26);
        }
    }

    /** {@code expression-ferplus}: its scores by the votes of FER+. */
    public static final class FerPlus extends ExpressionClassifierProvider {
        /** Called by {@link java.util.ServiceLoader}. */
        public FerPlus() {
            super(
                    "expression-ferplus",
                    Optional.of(LabelSet.FERPLUS),
                    "the network of expression by the votes of FER+ alone",
                    28);
        }
    }

    /** {@code expression-blend}: its scores by FER2013's labels and the votes of FER+, blended. */
    public static final class Blend extends ExpressionClassifierProvider {
        /** Called by {@link java.util.ServiceLoader}. */
        public Blend() {
            super(
                    "expression-blend",
                    Optional.of(LabelSet.BLEND),
                    "the network of expression by FER2013's labels and FER+'s votes, blended",
                    24);
        }
    }
}
