package org.emotion4j.face;

import java.util.Optional;

/**
 * A face that a detector found in one frame.
 *
 * @param box where, in pixels of the frame
 * @param confidence how sure the detector is, 0 to 1; 1 from a detector that cannot say
 * @param landmarks points of the face, where the detector gives them
 */
public record DetectedFace(BoundingBox box, double confidence, Optional<Landmarks> landmarks) {
    /**
     * Checks the confidence.
     *
     * @param box as {@link #box()}
     * @param confidence as {@link #confidence()}
     * @param landmarks as {@link #landmarks()}
     * @throws IllegalArgumentException if the confidence is not 0 to 1
     */
    public DetectedFace {
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence is " + confidence + ", expected 0 to 1");
        }
    }

    /**
     * A face without landmarks.
     *
     * @param box where
     * @param confidence how sure, 0 to 1
     * @throws IllegalArgumentException if the confidence is not 0 to 1
     */
    public DetectedFace(BoundingBox box, double confidence) {
        this(box, confidence, Optional.empty());
    }

    /**
     * Gives the face landmarks, in place of those that it has.
     *
     * @param value points in pixels of the frame
     * @return a copy with them
     */
    public DetectedFace withLandmarks(Landmarks value) {
        return new DetectedFace(box, confidence, Optional.of(value));
    }
}
