package org.emotion4j.djl;

import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.spi.Weights;
import org.emotion4j.testkit.EmotionClassifierContract;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("isBundled")
@Tag("native")
class BundledExpressionFerContractTest extends EmotionClassifierContract {
    static boolean isBundled() {
        return Weights.find("expression-fer-pytorch").isPresent();
    }

    @Override
    protected EmotionClassifier createClassifier() {
        return DjlEmotionClassifier.builder().bundled("expression-fer").build();
    }
}
