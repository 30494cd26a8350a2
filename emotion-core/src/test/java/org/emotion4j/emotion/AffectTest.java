package org.emotion4j.emotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AffectTest {
    @Test
    void completeIgnoranceIsNeitherPleasantNorExcited() {
        Affect affect = Affect.of(EmotionScores.uniform());

        assertThat(affect.valence()).isCloseTo(0, within(1e-6));
        assertThat(affect.arousal()).isCloseTo(0, within(1e-6));
    }

    @Test
    void whoeverIsReadLessSurelyStaysOnTheLineToTheSamePlace() {
        for (Emotion emotion : Emotion.all()) {
            for (double sure = 0; sure <= 1; sure += 0.125) {
                float[] scores = new float[EmotionScores.SIZE];
                for (int i = 0; i < scores.length; i++) {
                    scores[i] = (float) ((1 - sure) / 7 + (i == emotion.ordinal() ? sure : 0));
                }
                Affect affect = Affect.of(EmotionScores.ofWeights(scores));
                assertThat(affect.valence()).isCloseTo(sure * Affect.of(emotion).valence(), within(1e-5));
                assertThat(affect.arousal()).isCloseTo(sure * Affect.of(emotion).arousal(), within(1e-5));
            }
        }
    }

    @Test
    void aCalmFaceThatIsReadWithSomeDoubtIsNotGloomy() {
        Affect affect = Affect.of(EmotionScores.ofWeights(new float[] {3, 3, 3, 3, 3, 3, 82}));

        assertThat(affect.valence()).isCloseTo(0, within(1e-6));
    }
}
