package org.emotion4j.emotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emotion4j.emotion.Emotion.HAPPY;
import static org.emotion4j.emotion.Emotion.SAD;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ThresholdLabelPolicyTest {
    private static final Optional<Emotion> NONE = Optional.empty();

    private final ThresholdLabelPolicy policy = new ThresholdLabelPolicy(0.5, 0.25, 0.125);

    @Test
    void anExpressionEntersAtItsThreshold() {
        assertThat(policy.decide(scores(0.5f, 0.25f), NONE)).contains(HAPPY);
    }

    @Test
    void belowTheThresholdThereIsNoClearExpression() {
        assertThat(policy.decide(scores(0.49f, 0.3f), NONE)).isEmpty();
    }

    @Test
    void aShownLabelStaysDownToTheLowerBar() {
        assertThat(policy.decide(scores(0.25f, 0.2f), Optional.of(HAPPY))).contains(HAPPY);
        assertThat(policy.decide(scores(0.24f, 0.2f), Optional.of(HAPPY))).isEmpty();
    }

    @Test
    void anotherExpressionHasToLeadClearlyToReplaceTheShownOne() {
        assertThat(policy.decide(scores(0.375f, 0.5f), Optional.of(HAPPY))).contains(HAPPY);
        assertThat(policy.decide(scores(0.37f, 0.51f), Optional.of(HAPPY))).contains(SAD);
    }

    @Test
    void aLeadWithoutTheThresholdLeavesNoClearExpression() {
        assertThat(policy.decide(scores(0.26f, 0.45f), Optional.of(HAPPY))).isEmpty();
    }

    @Test
    void scoresBetweenTheBarsDoNotFlicker() {
        Optional<Emotion> label = policy.decide(scores(0.5f, 0.1f), NONE);
        for (int i = 0; i < 20; i++) {
            label = policy.decide(scores(i % 2 == 0 ? 0.45f : 0.5f, 0.4f), label);
            assertThat(label).contains(HAPPY);
        }
    }

    @Test
    void theDefaultsAreThoseThatAreDocumented() {
        assertThat(ThresholdLabelPolicy.ofDefaults()).isEqualTo(new ThresholdLabelPolicy(0.40, 0.35, 0.05));
    }

    @Test
    void argmaxAlwaysAnswers() {
        assertThat(LabelPolicy.argmax().decide(scores(0.2f, 0.19f), Optional.of(SAD)))
                .contains(HAPPY);
    }

    @Test
    void refusesValuesOutOfRange() {
        assertThatThrownBy(() -> new ThresholdLabelPolicy(1.1, 0.2, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("enter is 1.1, expected 0 to 1");
        assertThatThrownBy(() -> new ThresholdLabelPolicy(0.5, Double.NaN, 0))
                .hasMessage("hold is NaN, expected 0 to 1");
        assertThatThrownBy(() -> new ThresholdLabelPolicy(0.5, 0.5, -1))
                .hasMessage("switchMargin is -1.0, expected 0 to 1");
        assertThatThrownBy(() -> new ThresholdLabelPolicy(0.4, 0.5, 0))
                .hasMessage("hold is 0.5, expected at most enter, which is 0.4");
    }

    /** Happy and sad as given; the rest is spread over the five others. */
    private static EmotionScores scores(float happy, float sad) {
        float other = (1 - happy - sad) / 5;
        return EmotionScores.of(other, other, other, happy, sad, other, other);
    }
}
