package org.emotion4j.djl;

import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.testkit.EmotionClassifierContract;
import org.junit.jupiter.api.Tag;

@Tag("native")
class BundledTable2ContractTest extends EmotionClassifierContract {
    @Override
    protected EmotionClassifier createClassifier() {
        return DjlEmotionClassifier.builder().bundled("table2").build();
    }

    @Override
    protected double batchTolerance() {
        return 1e-5;
    }
}
