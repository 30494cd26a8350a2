package org.emotion4j.emotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelMappingTest {
    private static final LabelMapping EIGHT = EmotionClassifier.mapping(
            List.of("neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt"));

    @Test
    void putsSynonymsInOurOrder() {
        EmotionScores scores = EIGHT.fromProbabilities(0.1f, 0.4f, 0.05f, 0.05f, 0.2f, 0.1f, 0.1f, 0);
        assertThat(scores.get(Emotion.NEUTRAL)).isEqualTo(0.1f, within(1e-6f));
        assertThat(scores.get(Emotion.HAPPY)).isEqualTo(0.4f, within(1e-6f));
        assertThat(scores.get(Emotion.ANGRY)).isEqualTo(0.2f, within(1e-6f));
    }

    @Test
    void dropsWhatHasNoPlaceAndRenormalisesTheRest() {
        EmotionScores scores = EIGHT.fromProbabilities(0.25f, 0.25f, 0, 0, 0, 0, 0, 0.5f);
        assertThat(EIGHT.dropped()).containsExactly("contempt");
        assertThat(scores.get(Emotion.NEUTRAL)).isEqualTo(0.5f);
        assertThat(scores.get(Emotion.HAPPY)).isEqualTo(0.5f);
    }

    @Test
    void addsUpTwoLabelsOfOneExpression() {
        LabelMapping mapping = EmotionClassifier.mapping(List.of("joy", "happy", "sad"));
        assertThat(mapping.fromProbabilities(0.3f, 0.3f, 0.4f).get(Emotion.HAPPY))
                .isEqualTo(0.6f, within(1e-6f));
    }

    @Test
    void expressionsWithoutALabelGetNothing() {
        assertThat(EmotionClassifier.mapping(List.of("happy", "sad"))
                        .fromProbabilities(0.5f, 0.5f)
                        .get(Emotion.FEAR))
                .isZero();
    }

    @Test
    void isUniformWhereAllProbabilityIsDropped() {
        assertThat(EIGHT.fromProbabilities(0, 0, 0, 0, 0, 0, 0, 1)).isEqualTo(EmotionScores.uniform());
    }

    @Test
    void softmaxIsOverTheLabelsThatAreKept() {
        float ln2 = (float) Math.log(2);
        EmotionScores scores = EIGHT.fromLogits(0, ln2, 0, 0, 0, 0, 0, 90);
        assertThat(scores.get(Emotion.HAPPY)).isEqualTo(2f / 8, within(1e-6f));
        assertThat(scores.get(Emotion.NEUTRAL)).isEqualTo(1f / 8, within(1e-6f));
    }

    @Test
    void saysInWordsWhatItDoes() {
        assertThat(EIGHT.toString()).contains("happiness").endsWith("dropped [contempt]");
        assertThat(EmotionClassifier.mapping(List.of("happy"))).hasToString("labels [happy]");
    }

    @Test
    void refusesLabelsOfWhichNoneIsKnown() {
        assertThatThrownBy(() -> EmotionClassifier.mapping(List.of("cat", "dog")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("none of the labels [cat, dog] is one of [angry, ");
    }

    @Test
    void refusesAnotherNumberOfScores() {
        assertThatThrownBy(() -> EIGHT.fromLogits(1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("got 2 scores, expected 8: [neutral, ");
        assertThatThrownBy(() -> EIGHT.fromProbabilities(1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesScoresThatAreNone() {
        assertThatThrownBy(() -> EIGHT.fromProbabilities(0, -1, 0, 0, 0, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("probability of happiness is -1.0, expected a finite number of 0 or more");
        assertThatThrownBy(() -> EIGHT.fromLogits(0, 0, Float.NaN, 0, 0, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("logit of surprise is NaN, expected a finite number");
    }
}
