package org.emotion4j.emotion;

import java.util.Objects;
import java.util.Optional;
import org.emotion4j.face.Occlusion;
import org.jspecify.annotations.Nullable;

/** All that one pass of a network says of a face: its expression and, where the network tells, more. Immutable. */
public final class FaceAnswers {
    private final EmotionScores scores;
    private final @Nullable Occlusion occlusion;
    private final @Nullable FacialMovements movements;

    private FaceAnswers(EmotionScores scores, @Nullable Occlusion occlusion, @Nullable FacialMovements movements) {
        this.scores = Objects.requireNonNull(scores, "scores");
        this.occlusion = occlusion;
        this.movements = movements;
    }

    /**
     * An expression, and nothing more.
     *
     * @param scores its scores
     * @return the answers
     */
    public static FaceAnswers of(EmotionScores scores) {
        return new FaceAnswers(scores, null, null);
    }

    /**
     * Adds what is hidden.
     *
     * @param hidden how sure the network is of it
     * @return the same with it
     */
    public FaceAnswers with(Occlusion hidden) {
        return new FaceAnswers(scores, Objects.requireNonNull(hidden, "hidden"), movements);
    }

    /**
     * Adds what moves.
     *
     * @param moving intensities, eyes and pose
     * @return the same with it
     */
    public FaceAnswers with(FacialMovements moving) {
        return new FaceAnswers(scores, occlusion, Objects.requireNonNull(moving, "moving"));
    }

    /**
     * Returns the expression.
     *
     * @return its scores
     */
    public EmotionScores scores() {
        return scores;
    }

    /**
     * Returns what of the face is hidden.
     *
     * @return the probabilities, or empty where the network does not tell
     */
    public Optional<Occlusion> occlusion() {
        return Optional.ofNullable(occlusion);
    }

    /**
     * Returns what moves in the face.
     *
     * @return the movements, or empty where the network does not tell
     */
    public Optional<FacialMovements> movements() {
        return Optional.ofNullable(movements);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FaceAnswers that
                && scores.equals(that.scores)
                && Objects.equals(occlusion, that.occlusion)
                && Objects.equals(movements, that.movements);
    }

    @Override
    public int hashCode() {
        return Objects.hash(scores, occlusion, movements);
    }

    @Override
    public String toString() {
        return "FaceAnswers[" + scores + ", occlusion=" + occlusion + ", movements=" + movements + "]";
    }
}
