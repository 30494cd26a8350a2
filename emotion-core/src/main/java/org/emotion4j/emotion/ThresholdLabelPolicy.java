package org.emotion4j.emotion;

import java.util.Optional;
import org.emotion4j.stage.StageMetadata;

/**
 * "No clear expression" below a confidence, and hysteresis: once shown, a label stays until its score falls below a
 * lower bar or another expression leads it clearly, so that it does not flicker. Immutable and thread-safe.
 *
 * @param enter the probability that the most probable expression needs to become the label, 0 to 1
 * @param hold the probability at which a label that is shown is given up, 0 to {@code enter}
 * @param switchMargin by how much another expression has to lead the shown one to replace it, 0 to 1
 */
public record ThresholdLabelPolicy(double enter, double hold, double switchMargin) implements LabelPolicy {
    private static final ThresholdLabelPolicy DEFAULTS = new ThresholdLabelPolicy(0.40, 0.35, 0.05);

    /**
     * Checks the ranges.
     *
     * @param enter as {@link #enter()}
     * @param hold as {@link #hold()}
     * @param switchMargin as {@link #switchMargin()}
     * @throws IllegalArgumentException if a value is out of its range
     */
    public ThresholdLabelPolicy {
        requireUnit("enter", enter);
        requireUnit("hold", hold);
        requireUnit("switchMargin", switchMargin);
        if (hold > enter) {
            throw new IllegalArgumentException("hold is " + hold + ", expected at most enter, which is " + enter);
        }
    }

    /**
     * Returns the default: enter at 0.40, hold down to 0.35, switch at a lead of 0.05.
     *
     * @return the default policy
     */
    public static ThresholdLabelPolicy ofDefaults() {
        return DEFAULTS;
    }

    @Override
    public Optional<Emotion> decide(EmotionScores scores, Optional<Emotion> previous) {
        Emotion top = scores.top();
        if (previous.isPresent()) {
            Emotion shown = previous.get();
            float score = scores.get(shown);
            if (score >= hold && scores.get(top) - score <= switchMargin) {
                return previous;
            }
        }
        return scores.get(top) >= enter ? Optional.of(top) : Optional.empty();
    }

    @Override
    public StageMetadata metadata() {
        return StageMetadata.ofClass(ThresholdLabelPolicy.class)
                .withSetting("enter", enter)
                .withSetting("hold", hold)
                .withSetting("switchMargin", switchMargin);
    }

    private static void requireUnit(String option, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(option + " is " + value + ", expected 0 to 1");
        }
    }
}
