package org.emotion4j.emotion;

import java.util.Optional;

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
     * Returns the policy that always answers with the most probable expression.
     *
     * @return plain argmax
     */
    static LabelPolicy argmax() {
        return (scores, previous) -> Optional.of(scores.top());
    }
}
