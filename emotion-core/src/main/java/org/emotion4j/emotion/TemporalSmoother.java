package org.emotion4j.emotion;

import org.emotion4j.stage.Stage;
import org.emotion4j.stage.StageMetadata;

/**
 * Turns the scores of single frames into scores that change as slowly as an expression does. One smoother serves all
 * faces of one session and keeps them apart by their id.
 *
 * <p>A smoother is confined to one thread. Times are media times, so the same recording gives the same readings whether
 * it is analyzed live or offline, fast or slow.
 */
@FunctionalInterface
public interface TemporalSmoother extends Stage {
    /**
     * Adds the scores of one frame and returns the smoothed ones.
     *
     * @param faceId who, as numbered by the tracker
     * @param mediaNanos when, in nanoseconds of media time; never less than at the face's last call, except after
     *     {@link #forget(int)} or {@link #reset()}. An earlier time starts the face afresh
     * @param raw the classifier's scores for this frame
     * @return the smoothed scores
     */
    EmotionScores smooth(int faceId, long mediaNanos, EmotionScores raw);

    /**
     * Drops what is known of a face that the tracker has given up.
     *
     * @param faceId who
     */
    default void forget(int faceId) {}

    /** Drops what is known of all faces: a cut, another picture, a new session. */
    default void reset() {}

    /**
     * Returns a smoother that hands the raw scores on.
     *
     * @return a stateless smoother
     */
    static TemporalSmoother none() {
        return new TemporalSmoother() {
            @Override
            public EmotionScores smooth(int faceId, long mediaNanos, EmotionScores raw) {
                return raw;
            }

            @Override
            public StageMetadata metadata() {
                return StageMetadata.named("none");
            }
        };
    }
}
