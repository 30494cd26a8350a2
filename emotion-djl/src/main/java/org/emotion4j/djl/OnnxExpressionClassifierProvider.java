package org.emotion4j.djl;

import java.nio.file.Path;
import org.emotion4j.djl.runtime.DjlRuntime;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.LabelSet;
import org.jspecify.annotations.Nullable;

/**
 * Offers the library's own network on ONNX Runtime as {@code expression-onnxruntime}; the default classifier where ONNX
 * Runtime is on the class path, since nothing is faster on one thread.
 */
public class OnnxExpressionClassifierProvider extends BundledClassifierProvider {
    private static final String MODEL = "expression-onnxruntime";

    private final @Nullable LabelSet labels;

    /** For {@link java.util.ServiceLoader}. */
    public OnnxExpressionClassifierProvider() {
        this(
                MODEL,
                null,
                "the network of expression on ONNX Runtime through DJL; wants ai.djl.onnxruntime:onnxruntime-engine",
                70);
    }

    private OnnxExpressionClassifierProvider(String name, @Nullable LabelSet labels, String description, int priority) {
        super(name, MODEL, description, priority);
        this.labels = labels;
    }

    @Override
    public EmotionClassifier create() {
        return labelled(DjlEmotionClassifier.builder().bundled(MODEL)).build();
    }

    @Override
    public EmotionClassifier create(Path file) {
        return labelled(DjlEmotionClassifier.builder().model(file).onnx()).build();
    }

    private DjlEmotionClassifier.Builder labelled(DjlEmotionClassifier.Builder builder) {
        return labels == null ? builder : builder.labels(labels);
    }

    @Override
    public int priority() {
        return DjlRuntime.hasOnnxEngine() ? super.priority() : -1;
    }

    /** Offers its scores by FER2013's own labels as {@code expression-fer2013-onnxruntime}. */
    public static final class Fer2013 extends OnnxExpressionClassifierProvider {
        /** For {@link java.util.ServiceLoader}. */
        public Fer2013() {
            super(
                    "expression-fer2013-onnxruntime",
                    LabelSet.FER2013,
                    "expression-onnxruntime by FER2013's own labels alone",
                    27);
        }
    }

    /** Offers its scores by the votes of FER+ as {@code expression-ferplus-onnxruntime}. */
    public static final class FerPlus extends OnnxExpressionClassifierProvider {
        /** For {@link java.util.ServiceLoader}. */
        public FerPlus() {
            super(
                    "expression-ferplus-onnxruntime",
                    LabelSet.FERPLUS,
                    "expression-onnxruntime by the votes of FER+ alone",
                    29);
        }
    }

    /** Offers its scores by FER2013's labels and FER+'s votes as {@code expression-blend-onnxruntime}. */
    public static final class Blend extends OnnxExpressionClassifierProvider {
        /** For {@link java.util.ServiceLoader}. */
        public Blend() {
            super(
                    "expression-blend-onnxruntime",
                    LabelSet.BLEND,
                    "expression-onnxruntime by FER2013's labels and FER+'s votes, blended",
                    25);
        }
    }
}
