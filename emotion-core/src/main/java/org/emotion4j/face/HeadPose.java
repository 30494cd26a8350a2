package org.emotion4j.face;

import java.util.Optional;

/**
 * Where a head is turned to, in degrees: the angles under which a rigid mean face, seen by a scaled orthographic
 * camera, comes nearest to the landmarks. A smile or an open mouth hardly counts, since the fit goes by the eyes, the
 * nose and where the face ends below the ears. Without knowing the lens, angles are true for a face in the middle of the picture;
 * towards its border they are those against the line of sight.
 *
 * @param yaw turned to the side, -90 to 90: above 0 to the right side of the picture, 0 into the camera
 * @param pitch nodded, -90 to 90: above 0 upwards; 0 is how people hold their heads in photographs
 * @param roll tilted in the picture, -180 to 180: above 0 clockwise
 */
public record HeadPose(double yaw, double pitch, double roll) {
    /**
     * Checks the ranges.
     *
     * @param yaw as {@link #yaw()}
     * @param pitch as {@link #pitch()}
     * @param roll as {@link #roll()}
     * @throws IllegalArgumentException if an angle is out of its range
     */
    public HeadPose {
        require("yaw", yaw, 90);
        require("pitch", pitch, 90);
        require("roll", roll, 180);
    }

    /**
     * Estimates the pose from landmarks: well from 68 points, roughly from five (where the tip of the nose alone tells
     * yaw from pitch).
     *
     * @param landmarks of one face
     * @return the pose, or empty where the points tell none (all in one place or on one line)
     */
    public static Optional<HeadPose> of(Landmarks landmarks) {
        return MeanFace.of(landmarks.scheme()).poseOf(landmarks);
    }

    /**
     * Returns how far the face is turned away from the camera.
     *
     * @return the angle between the line of sight and straight ahead, 0 to 180 degrees
     */
    public double turn() {
        double cosine = Math.cos(Math.toRadians(yaw)) * Math.cos(Math.toRadians(pitch));
        return Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, cosine))));
    }

    private static void require(String angle, double value, double most) {
        if (!(Math.abs(value) <= most)) {
            throw new IllegalArgumentException(
                    angle + " is " + value + ", expected -" + (int) most + " to " + (int) most);
        }
    }
}
