package org.emotion4j.face;

import org.emotion4j.frame.Frame;
import org.emotion4j.stage.Stage;

/**
 * Cuts a face out of a frame into a classifier's crop. Used by one thread at a time unless {@link #isThreadSafe()}
 * says otherwise.
 */
@FunctionalInterface
public interface FaceAligner extends Stage {
    /**
     * Where the eyes lie in the square box that a Haar or LBP cascade draws: the median over 569 faces in photographs
     * and 1,540 portraits, both sides averaged (2026-11-22). Such a box, taken whole, is a crop of FER2013's kind.
     */
    EyePositions EYES_IN_SQUARE_BOX = EyePositions.level(0.315, 0.384);

    /**
     * Writes a face into a crop. What lies outside the frame is filled with the nearest pixel of its border.
     *
     * @param frame the picture; valid during the call only
     * @param face where the face is
     * @param target the crop, with its {@link FaceCrop#spec() spec}; also told the {@link FaceCrop#fromFrame() map}
     */
    void align(Frame frame, DetectedFace face, FaceCrop target);
}
