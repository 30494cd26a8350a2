package org.emotion4j.djl;

import java.nio.file.Path;
import org.emotion4j.djl.runtime.DjlRuntime;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.LabelSet;
import org.emotion4j.face.CropSpec;
import org.emotion4j.stage.StageException;

/** Offers the library's former network, learned from FER2013 and FER+ alone, on ONNX Runtime and on PyTorch. */
abstract class FormerExpressionClassifierProvider extends BundledClassifierProvider {
    private final boolean onnx;

    private FormerExpressionClassifierProvider(
            String name, String model, String description, int priority, boolean onnx) {
        super(name, model, description, priority);
        this.onnx = onnx;
    }

    @Override
    public int priority() {
        return onnx && !DjlRuntime.hasOnnxEngine() ? -1 : super.priority();
    }

    @Override
    public EmotionClassifier create(Path file) {
        DjlEmotionClassifier.Builder builder =
                DjlEmotionClassifier.builder().model(file).labels(LabelSet.BLEND);
        EmotionClassifier classifier = (onnx ? builder.onnx() : builder).build();
        CropSpec crop = classifier.cropSpec();
        if (!crop.equals(CropSpec.fer2013())) {
            classifier.close();
            throw new StageException(file + ": weights for crops of " + crop.width() + "x" + crop.height()
                    + ", expected the former network's 48x48; the classifiers for these are "
                    + (onnx ? "expression-onnxruntime" : "expression-pytorch") + " and expression-blend-onnxruntime");
        }
        return classifier;
    }

    /** {@code expression-fer-onnxruntime}. */
    public static final class OnnxRuntime extends FormerExpressionClassifierProvider {
        /** For {@link java.util.ServiceLoader}. */
        public OnnxRuntime() {
            super(
                    "expression-fer-onnxruntime",
                    "expression-fer-onnxruntime",
                    "the network of expression-fer on ONNX Runtime through DJL",
                    22,
                    true);
        }
    }

    /** {@code expression-fer-pytorch}. */
    public static final class PyTorch extends FormerExpressionClassifierProvider {
        /** For {@link java.util.ServiceLoader}. */
        public PyTorch() {
            super(
                    "expression-fer-pytorch",
                    "expression-fer",
                    "the network of expression-fer on PyTorch through DJL",
                    20,
                    false);
        }
    }
}
