package org.emotion4j.emotion;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.emotion4j.face.HeadPose;

/**
 * How much each {@link FacialMovement} is seen in a face, how far its eyes are closed and where its head is turned to, as the
 * expression network tells in the same pass as the expression. Immutable.
 *
 * <p>An intensity is 0 to 1: the probability, calibrated on people who were not learned from, that a coder of the Facial Action
 * Coding System would have noted the movement. It grows with the strength of the movement: 0 nothing moves, 0.5 every second
 * such face was coded, 1 as plain as coders see it. It is no measure of the muscle's force.
 */
public final class FacialMovements {
    private final float[] intensities;
    private final double leftEyeClosed;
    private final double rightEyeClosed;
    private final HeadPose headPose;

    private FacialMovements(float[] intensities, double leftEyeClosed, double rightEyeClosed, HeadPose headPose) {
        this.intensities = intensities;
        this.leftEyeClosed = leftEyeClosed;
        this.rightEyeClosed = rightEyeClosed;
        this.headPose = headPose;
    }

    /**
     * Makes movements of numbers.
     *
     * @param intensities 0 to 1, in the order of {@link FacialMovement#all()}
     * @param leftEyeClosed of the eye at the left of the picture, 0 open to 1 closed
     * @param rightEyeClosed of the eye at the right of the picture
     * @param headPose where the head is turned to
     * @return the movements
     * @throws IllegalArgumentException if there are not 15 intensities, or one of the numbers is not 0 to 1
     */
    public static FacialMovements of(
            float[] intensities, double leftEyeClosed, double rightEyeClosed, HeadPose headPose) {
        if (intensities.length != FacialMovement.COUNT) {
            throw new IllegalArgumentException(intensities.length + " intensities, expected " + FacialMovement.COUNT);
        }
        for (FacialMovement movement : FacialMovement.all()) {
            require(movement.label(), intensities[movement.ordinal()]);
        }
        require("leftEyeClosed", leftEyeClosed);
        require("rightEyeClosed", rightEyeClosed);
        return new FacialMovements(
                intensities.clone(), leftEyeClosed, rightEyeClosed, Objects.requireNonNull(headPose, "headPose"));
    }

    /**
     * Returns how much of a movement is seen.
     *
     * @param movement which
     * @return 0 to 1
     */
    public float intensity(FacialMovement movement) {
        return intensities[movement.ordinal()];
    }

    /**
     * Returns how far the eyes are closed.
     *
     * @return the mean of both eyes, 0 open to 1 closed
     */
    public double eyesClosed() {
        return (leftEyeClosed + rightEyeClosed) / 2;
    }

    /**
     * Returns how far the eye at the left of the picture is closed.
     *
     * @return 0 open to 1 closed
     */
    public double leftEyeClosed() {
        return leftEyeClosed;
    }

    /**
     * Returns how far the eye at the right of the picture is closed.
     *
     * @return 0 open to 1 closed
     */
    public double rightEyeClosed() {
        return rightEyeClosed;
    }

    /**
     * Returns where the head is turned to, by the network; landmarks have an answer of their own.
     *
     * @return degrees
     */
    public HeadPose headPose() {
        return headPose;
    }

    /**
     * Says how far the head is tilted, as landmarks tell it: a network sees a face that was turned upright.
     *
     * @param roll degrees, above 0 clockwise
     * @return the same with this roll
     * @throws IllegalArgumentException if it is not -180 to 180
     */
    public FacialMovements withRoll(double roll) {
        return new FacialMovements(
                intensities, leftEyeClosed, rightEyeClosed, new HeadPose(headPose.yaw(), headPose.pitch(), roll));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FacialMovements that
                && Arrays.equals(intensities, that.intensities)
                && leftEyeClosed == that.leftEyeClosed
                && rightEyeClosed == that.rightEyeClosed
                && headPose.equals(that.headPose);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(intensities), leftEyeClosed, rightEyeClosed, headPose);
    }

    /** Returns what is seen for sure, for example {@code "FacialMovements[AU6 0.71, AU12 0.98, eyes closed 0.03]"}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("FacialMovements[");
        for (FacialMovement movement : FacialMovement.all()) {
            if (intensity(movement) >= 0.5f) {
                text.append(String.format(Locale.ROOT, "%s %.2f, ", movement.code(), intensity(movement)));
            }
        }
        return text.append(String.format(Locale.ROOT, "eyes closed %.2f]", eyesClosed()))
                .toString();
    }

    private static void require(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " is " + share + ", expected 0 to 1");
        }
    }
}
