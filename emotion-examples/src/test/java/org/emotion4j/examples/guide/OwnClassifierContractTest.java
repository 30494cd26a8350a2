package org.emotion4j.examples.guide;

// guide:begin
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.examples.OwnClassifier;
import org.emotion4j.testkit.EmotionClassifierContract;

final class OwnClassifierContractTest extends EmotionClassifierContract {
    @Override
    protected EmotionClassifier createClassifier() {
        return new OwnClassifier(OwnNetwork.load());
    }
}
// guide:end
