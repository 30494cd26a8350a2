package org.emotion4j.opencv.internal;

import java.nio.file.Path;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.LabelSet;
import org.emotion4j.face.CropSpec;
import org.emotion4j.opencv.OpenCvEmotionClassifier;
import org.emotion4j.spi.EmotionClassifierProvider;
import org.emotion4j.stage.StageException;

/** {@code expression-fer}: the library's former network in OpenCV, learned from FER2013 and FER+ alone. */
public final class FormerExpressionClassifierProvider implements EmotionClassifierProvider {
    /** Called by {@link java.util.ServiceLoader}. */
    public FormerExpressionClassifierProvider() {}

    @Override
    public String name() {
        return "expression-fer";
    }

    @Override
    public String description() {
        return "the former network, learned from FER2013 and FER+ alone, in OpenCV";
    }

    /** Never a default where the weights are not on the class path. */
    @Override
    public int priority() {
        return OpenCvEmotionClassifier.isFerBundled() ? 21 : -1;
    }

    @Override
    public EmotionClassifier create() {
        return OpenCvEmotionClassifier.bundledFer();
    }

    @Override
    public EmotionClassifier create(Path model) {
        OpenCvEmotionClassifier classifier = OpenCvEmotionClassifier.load(model, LabelSet.BLEND);
        CropSpec crop = classifier.cropSpec();
        if (!crop.equals(CropSpec.fer2013())) {
            classifier.close();
            throw new StageException(model + ": weights for crops of " + crop.width() + "x" + crop.height()
                    + ", expected the former network's 48x48; the classifiers for these are expression and"
                    + " expression-blend");
        }
        return classifier;
    }
}
