package org.emotion4j.emotion;

import java.util.Optional;
import org.emotion4j.stage.StageMetadata;

/**
 * Decides which expression smoothed scores are called by, or that there is no clear one.
 *
 * <p>A policy is a function of the scores and of the label that the same face had a moment ago; the session keeps that
 * label. It has no state and may be used by any number of threads. Accuracy figures do not use it: they take the plain
 * {@linkplain EmotionScores#top() argmax}.
 */
@FunctionalInterface
public interface LabelPolicy {
    /**
     * Decides on a label.
     *
     * @param scores the smoothed scores
     * @param previous the label of the same face's last reading; empty at first, after a discontinuity, and after "no
     *     clear expression"
     * @return the expression, or empty for "no clear expression"
     */
    Optional<Emotion> decide(EmotionScores scores, Optional<Emotion> previous);

    /**
     * Says what this policy is, for the record of a session.
     *
     * @return its name and its bounds as settings; by default only the name of the class, which for a lambda is that of the
     *     class it is written in
     */
    default StageMetadata metadata() {
        return StageMetadata.ofClass(getClass());
    }

    /**
     * Returns the policy that always answers with the most probable expression.
     *
     * @return plain argmax
     */
    static LabelPolicy argmax() {
        return new LabelPolicy() {
            @Override
            public Optional<Emotion> decide(EmotionScores scores, Optional<Emotion> previous) {
                return Optional.of(scores.top());
            }

            @Override
            public StageMetadata metadata() {
                return StageMetadata.named("argmax");
            }
        };
    }
}
