package org.emotion4j.djl.internal;

import java.nio.file.Path;
import org.emotion4j.djl.DjlEmotionClassifier;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.LabelSet;
import org.emotion4j.face.CropSpec;
import org.emotion4j.stage.StageException;

/** {@code expression-fer-pytorch}: the library's former network, learned from FER2013 and FER+ alone. */
public final class FormerExpressionClassifierProvider extends BundledClassifierProvider {
    /** For {@link java.util.ServiceLoader}. */
    public FormerExpressionClassifierProvider() {
        super("expression-fer-pytorch", "expression-fer", "the network of expression-fer on PyTorch through DJL", 20);
    }

    @Override
    public EmotionClassifier create(Path file) {
        EmotionClassifier classifier = DjlEmotionClassifier.builder()
                .model(file)
                .labels(LabelSet.BLEND)
                .build();
        CropSpec crop = classifier.cropSpec();
        if (!crop.equals(CropSpec.fer2013())) {
            classifier.close();
            throw new StageException(file + ": weights for crops of " + crop.width() + "x" + crop.height()
                    + ", expected the former network's 48x48; the classifier for these is expression-pytorch");
        }
        return classifier;
    }
}
