package org.emotion4j.emotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmotionScoresTest {
    private static final EmotionScores EXAMPLE = EmotionScores.of(0.05f, 0.05f, 0.1f, 0.5f, 0, 0.1f, 0.2f);

    @Test
    void givesTheProbabilityOfEachExpression() {
        assertThat(EXAMPLE.get(Emotion.HAPPY)).isEqualTo(0.5f);
        assertThat(EXAMPLE.get(6)).isEqualTo(0.2f, within(1e-6f));
    }

    @Test
    void knowsTheMostProbableItsConfidenceAndItsLead() {
        assertThat(EXAMPLE.top()).isEqualTo(Emotion.HAPPY);
        assertThat(EXAMPLE.confidence()).isEqualTo(0.5f);
        assertThat(EXAMPLE.margin()).isEqualTo(0.3f, within(1e-6f));
    }

    @Test
    void ofEqualProbabilitiesTheFirstInClassOrderIsTop() {
        assertThat(EmotionScores.uniform().top()).isEqualTo(Emotion.ANGRY);
        assertThat(EmotionScores.of(0, 0, 0, 0.5f, 0.5f, 0, 0).top()).isEqualTo(Emotion.HAPPY);
        assertThat(EmotionScores.of(0, 0, 0, 0.5f, 0.5f, 0, 0).margin()).isZero();
    }

    @Test
    void aSumCloseToOneIsNormalized() {
        EmotionScores scores = EmotionScores.of(0.5005f, 0.5f, 0, 0, 0, 0, 0);
        assertThat(scores.get(0) + scores.get(1)).isEqualTo(1, within(1e-6f));
    }

    @ParameterizedTest
    @ValueSource(floats = {0.4f, 0.6f})
    void refusesASumThatIsNotOne(float first) {
        assertThatThrownBy(() -> EmotionScores.of(first, 0.5f, 0, 0, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("probabilities sum to ")
                .hasMessageContaining("expected 1")
                .hasMessageEndingWith("for weights or logits use ofWeights or ofLogits");
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.01f, Float.NaN, Float.POSITIVE_INFINITY})
    void refusesWhatIsNoProbability(float value) {
        assertThatThrownBy(() -> EmotionScores.of(0, 0, value, 1, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("score of FEAR is " + value + ", expected a finite number of 0 or more");
        assertThatThrownBy(() -> EmotionScores.ofWeights(0, 0, value, 1, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAnotherNumberOfClasses() {
        assertThatThrownBy(() -> EmotionScores.of(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("got 1 scores, expected 7");
    }

    @Test
    void weightsAreDividedByTheirSum() {
        EmotionScores votes = EmotionScores.ofWeights(0, 0, 0, 6, 0, 1, 3);
        assertThat(votes.get(Emotion.HAPPY)).isEqualTo(0.6f);
        assertThat(votes.get(Emotion.NEUTRAL)).isEqualTo(0.3f);
    }

    @Test
    void refusesWeightsThatAreAllZero() {
        assertThatThrownBy(() -> EmotionScores.ofWeights(0, 0, 0, 0, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weights sum to 0.0, expected a positive number");
    }

    @Test
    void softmaxOfLogitsByHand() {
        float ln2 = (float) Math.log(2);
        EmotionScores scores = EmotionScores.ofLogits(ln2, 0, 0, 0, 0, 0, 0);
        assertThat(scores.get(0)).isEqualTo(2f / 8, within(1e-6f));
        assertThat(scores.get(6)).isEqualTo(1f / 8, within(1e-6f));
    }

    @Test
    void softmaxWithATemperatureOfTwoHalvesTheLogits() {
        float ln4 = (float) Math.log(4);
        assertThat(EmotionScores.ofLogits(2.0, ln4, 0, 0, 0, 0, 0, 0).get(0)).isEqualTo(2f / 8, within(1e-6f));
    }

    @Test
    void softmaxOfHugeLogitsDoesNotOverflow() {
        EmotionScores scores = EmotionScores.ofLogits(3e38f, -3e38f, 0, 0, 0, 0, 0);
        assertThat(scores.toArray()).containsExactly(1, 0, 0, 0, 0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesATemperatureOutOfRange(double temperature) {
        assertThatThrownBy(() -> EmotionScores.ofLogits(temperature, new float[7]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("temperature is " + temperature + ", expected a finite number above 0");
    }

    @Test
    void refusesALogitThatIsNoNumber() {
        assertThatThrownBy(() -> EmotionScores.ofLogits(0, Float.NaN, 0, 0, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("logit of DISGUST is NaN, expected a finite number");
    }

    @ParameterizedTest
    @EnumSource(Emotion.class)
    void certaintyIsAllOnOneExpression(Emotion emotion) {
        EmotionScores scores = EmotionScores.certain(emotion);
        assertThat(scores.top()).isEqualTo(emotion);
        assertThat(scores.confidence()).isEqualTo(1);
        assertThat(scores.margin()).isEqualTo(1);
    }

    @Test
    void copiesWhatGoesInAndOut() {
        float[] values = EXAMPLE.toArray();
        EmotionScores scores = EmotionScores.of(values);
        values[0] = 1;
        scores.toArray()[0] = 1;
        assertThat(scores).isEqualTo(EXAMPLE);
    }

    @Test
    void copiesIntoAnArrayFromAnOffset() {
        float[] target = new float[9];
        EXAMPLE.copyTo(target, 2);
        assertThat(target[1]).isZero();
        assertThat(target[5]).isEqualTo(0.5f);
        assertThatThrownBy(() -> EXAMPLE.copyTo(target, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aNegativeZeroIsAZero() {
        EmotionScores scores = EmotionScores.of(-0f, 0, 0, 1, 0, 0, 0);
        assertThat(scores).isEqualTo(EmotionScores.certain(Emotion.HAPPY));
        assertThat(scores.toString()).doesNotContain("-");
    }

    @Test
    void textHasDotsWhateverTheLocale() {
        assertThat(EXAMPLE)
                .hasToString("angry 0.050, disgust 0.050, fear 0.100, happy 0.500, sad 0.000, surprise 0.100, neutral"
                        + " 0.200");
    }

    @Property
    void softmaxSumsToOneAndKeepsTheOrder(
            @ForAll("logits") float[] logits, @ForAll @DoubleRange(min = 0.05, max = 20) double temperature) {
        float[] scores = EmotionScores.ofLogits(temperature, logits).toArray();
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            sum += scores[i];
            for (int j = 0; j < scores.length; j++) {
                if (logits[i] > logits[j]) {
                    assertThat(scores[i]).isGreaterThanOrEqualTo(scores[j]);
                }
            }
        }
        assertThat(sum).isEqualTo(1, within(1e-5));
    }

    @Provide
    Arbitrary<float[]> logits() {
        return Arbitraries.floats().between(-50, 50).array(float[].class).ofSize(7);
    }
}
