package org.emotion4j.emotion;

import static org.assertj.core.api.Assertions.assertThat;

import org.emotion4j.testkit.EmotionClassifierContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClassifierContractsTest {
    @Nested
    class OfAnIntegrator extends EmotionClassifierContract {
        @Override
        protected EmotionClassifier createClassifier() {
            return new IntegratorClassifier();
        }
    }

    @Nested
    class InBatches extends EmotionClassifierContract {
        @Override
        protected EmotionClassifier createClassifier() {
            return new BrightnessClassifier();
        }
    }

    @Nested
    class Shared extends EmotionClassifierContract {
        @Override
        protected EmotionClassifier createClassifier() {
            return EmotionClassifier.shared(new IntegratorClassifier());
        }
    }

    @Test
    void anIntegratorsMetadataSaysThatContemptIsDropped() {
        assertThat(new IntegratorClassifier().metadata().notes())
                .hasValueSatisfying(notes -> assertThat(notes).contains("dropped [Contempt]"));
    }

    @Test
    void closingASharedClassifierLeavesItOpen() {
        BrightnessClassifier owned = new BrightnessClassifier();
        EmotionClassifier.shared(owned).close();
        assertThat(owned.isClosed()).isFalse();
    }
}
