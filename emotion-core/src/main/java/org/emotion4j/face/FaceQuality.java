package org.emotion4j.face;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * How good a picture of a face is for reading its expression, and what is wrong with it. Numbers only; nothing here leads
 * to a picture. Judged by {@link FaceQualityEstimator}.
 *
 * @param overall the share of readings, 0 to 1, that pictures as small, blurred, turned or badly lit as this one have
 *     in common with good ones, each shortcoming measured alone and the shares multiplied; see
 *     {@code docs/models/landmarks.md}
 * @param faceSize the side of the tight crop in pixels of the frame: about 2.7 times the distance of the eyes
 * @param sharpness the fine structure of the crop against its coarse one (root mean square of the Laplacian over that of the
 *     gradient, at 48x48): about 1.8 where the picture is sharp, below 1 where it is visibly blurred
 * @param brightness the mean of the crop, 0 black to 1 white
 * @param contrast the standard deviation of the crop, 0 for an even gray to 0.5 for black and white
 * @param headPose where the head is turned to; empty where the face has no landmarks
 * @param issues what is wrong; empty for a face whose reading can be trusted as far as the picture goes
 */
public record FaceQuality(
        double overall,
        double faceSize,
        double sharpness,
        double brightness,
        double contrast,
        Optional<HeadPose> headPose,
        Set<Issue> issues) {
    private static final double COVERED = 0.5;

    /** What can be wrong with the picture of a face. */
    public enum Issue {
        /** The face has too few pixels. */
        TOO_SMALL,
        /** The face is out of focus, moved during the exposure, or was enlarged. */
        BLURRED,
        /** The head is turned too far from the camera. */
        TURNED_AWAY,
        /** There is hardly any light. */
        TOO_DARK,
        /** The face is overexposed. */
        TOO_BRIGHT,
        /** Light and dark parts of the face hardly differ. */
        LOW_CONTRAST,
        /**
         * The head lies on its side or upside down in the picture, rolled by more than 60 degrees. It was turned before it
         * was read, but networks know such faces less well.
         */
        NOT_UPRIGHT,
        /** Nose, mouth and chin are hidden, by a mask or a hand. Networks that tell so are {@code FaceClassifier}s. */
        LOWER_HALF_COVERED,
        /** The eyes are hidden, by dark glasses, a cap or a hand. */
        UPPER_HALF_COVERED,
        /** The detector is not sure that this is a face at all. */
        LOW_DETECTION_CONFIDENCE,
        /**
         * In a video or from a camera: a face that was seen for less than a second so far and that the detector was never
         * sure of. What soon vanishes again was seldom a face. Single pictures, and those of a folder that do not follow one another,
         * have no such issue.
         */
        UNCONFIRMED
    }

    /**
     * Checks the share and copies the set.
     *
     * @param overall as {@link #overall()}
     * @param faceSize as {@link #faceSize()}
     * @param sharpness as {@link #sharpness()}
     * @param brightness as {@link #brightness()}
     * @param contrast as {@link #contrast()}
     * @param headPose as {@link #headPose()}
     * @param issues as {@link #issues()}
     * @throws IllegalArgumentException if overall is not 0 to 1
     */
    public FaceQuality {
        if (!(overall >= 0 && overall <= 1)) {
            throw new IllegalArgumentException("overall is " + overall + ", expected 0 to 1");
        }
        issues = Set.copyOf(issues);
    }

    /**
     * Adds what a network says to be hidden: {@link Issue#LOWER_HALF_COVERED} and {@link Issue#UPPER_HALF_COVERED}, each from a
     * probability of 0.5 on.
     *
     * @param occlusion what is hidden
     * @return this, or a copy with what was not known yet
     */
    public FaceQuality with(Occlusion occlusion) {
        FaceQuality more = occlusion.lowerHalf() >= COVERED ? withIssue(Issue.LOWER_HALF_COVERED) : this;
        return occlusion.upperHalf() >= COVERED ? more.withIssue(Issue.UPPER_HALF_COVERED) : more;
    }

    /**
     * Adds an issue that the picture of the face alone does not show.
     *
     * @param issue what is wrong
     * @return this, or a copy with it where it was not known yet
     */
    public FaceQuality withIssue(Issue issue) {
        if (issues.contains(issue)) {
            return this;
        }
        EnumSet<Issue> more = EnumSet.of(issue);
        more.addAll(issues);
        return new FaceQuality(overall, faceSize, sharpness, brightness, contrast, headPose, more);
    }

    /**
     * Says whether a reading of this face can be trusted as far as the picture goes.
     *
     * @return whether nothing is wrong with the picture
     */
    public boolean isTrustworthy() {
        return issues.isEmpty();
    }
}
