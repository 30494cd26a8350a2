package org.emotion4j.onnxruntime.internal;

import java.nio.file.Path;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.LabelSet;
import org.emotion4j.face.CropSpec;
import org.emotion4j.onnxruntime.OnnxRuntime;
import org.emotion4j.onnxruntime.OnnxRuntimeEmotionClassifier;
import org.emotion4j.spi.EmotionClassifierProvider;
import org.emotion4j.spi.Weights;
import org.emotion4j.stage.StageException;
import org.jspecify.annotations.Nullable;

/**
 * The library's own networks on ONNX Runtime. {@code expression-int8-onnxruntime} is the default classifier where ONNX Runtime
 * is on the class path, since nothing is faster on one thread.
 */
public abstract class OnnxRuntimeClassifierProvider implements EmotionClassifierProvider {
    private static final String PRESENT = "expression";
    private static final String INT8 = "expression-int8";
    private static final String FORMER = "expression-fer";

    private final String name;
    private final String weights;
    private final @Nullable LabelSet labels;
    private final int priority;
    private final String description;

    private OnnxRuntimeClassifierProvider(
            String name, String weights, @Nullable LabelSet labels, int priority, String description) {
        this.name = name;
        this.weights = weights;
        this.labels = labels;
        this.priority = priority;
        this.description = description;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    /** Never a default where ONNX Runtime or the weights are not on the class path. */
    @Override
    public int priority() {
        return OnnxRuntime.isOnClassPath() && Weights.find(weights).isPresent() ? priority : -1;
    }

    @Override
    public EmotionClassifier create() {
        return labeled(OnnxRuntimeEmotionClassifier.builder().bundled(weights));
    }

    @Override
    public EmotionClassifier create(Path file) {
        return labeled(OnnxRuntimeEmotionClassifier.builder().model(file));
    }

    private EmotionClassifier labeled(OnnxRuntimeEmotionClassifier.Builder builder) {
        return (labels == null ? builder : builder.labels(labels)).build();
    }

    /** {@code expression-int8-onnxruntime}: convolutions of 8-bit integers. */
    public static final class ExpressionInt8 extends OnnxRuntimeClassifierProvider {
        /** For {@link java.util.ServiceLoader}. */
        public ExpressionInt8() {
            super(
                    "expression-int8-onnxruntime",
                    INT8,
                    null,
                    80,
                    "the network of expression in 8-bit integers on ONNX Runtime, twice as fast");
        }
    }

    /** {@code expression-onnxruntime}. */
    public static final class Expression extends OnnxRuntimeClassifierProvider {
        /** For {@link java.util.ServiceLoader}. */
        public Expression() {
            super("expression-onnxruntime", PRESENT, null, 70, "the network of expression on ONNX Runtime");
        }
    }

    /** {@code expression-fer2013-onnxruntime}: by FER2013's own labels. */
    public static final class Fer2013 extends OnnxRuntimeClassifierProvider {
        /** For {@link java.util.ServiceLoader}. */
        public Fer2013() {
            super(
                    "expression-fer2013-onnxruntime",
                    PRESENT,
                    LabelSet.FER2013,
                    27,
                    "expression-onnxruntime by FER2013's own labels alone");
        }
    }

    /** {@code expression-ferplus-onnxruntime}: by the votes of FER+. */
    public static final class FerPlus extends OnnxRuntimeClassifierProvider {
        /** For {@link java.util.ServiceLoader}. */
        public FerPlus() {
            super(
                    "expression-ferplus-onnxruntime",
                    PRESENT,
                    LabelSet.FERPLUS,
                    29,
                    "expression-onnxruntime by the votes of FER+ alone");
        }
    }

    /** {@code expression-blend-onnxruntime}: by FER2013's labels and FER+'s votes. */
    public static final class Blend extends OnnxRuntimeClassifierProvider {
        /** For {@link java.util.ServiceLoader}. */
        public Blend() {
            super(
                    "expression-blend-onnxruntime",
                    PRESENT,
                    LabelSet.BLEND,
                    25,
                    "expression-onnxruntime by FER2013's labels and FER+'s votes, blended");
        }
    }

    /** {@code expression-fer-onnxruntime}: the former network, learned from FER2013 and FER+ alone. */
    public static final class Former extends OnnxRuntimeClassifierProvider {
        /** For {@link java.util.ServiceLoader}. */
        public Former() {
            super(
                    "expression-fer-onnxruntime",
                    FORMER,
                    LabelSet.BLEND,
                    22,
                    "the network of expression-fer on ONNX Runtime");
        }

        @Override
        public EmotionClassifier create(Path file) {
            EmotionClassifier classifier = super.create(file);
            CropSpec crop = classifier.cropSpec();
            if (!crop.equals(CropSpec.fer2013())) {
                classifier.close();
                throw new StageException(file + ": weights for crops of " + crop.width() + "x" + crop.height()
                        + ", expected the former network's 48x48; the classifiers for these are expression-onnxruntime"
                        + " and expression-blend-onnxruntime");
            }
            return classifier;
        }
    }
}
