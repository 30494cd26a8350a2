package org.emotion4j.face;

import java.util.List;
import org.emotion4j.frame.Frame;
import org.emotion4j.stage.Stage;

/** Finds the faces in a frame. Confined to one thread unless an implementation says otherwise. */
@FunctionalInterface
public interface FaceDetector extends Stage {
    /**
     * Finds the faces in a frame of any size and pixel format.
     *
     * @param frame the picture; valid during the call only
     * @return the faces, the largest box first; empty where there is none. Boxes may reach over the border but always
     *     overlap the picture
     */
    List<DetectedFace> detect(Frame frame);

    /**
     * Says where the eyes usually lie in this detector's boxes, for the alignment of faces without landmarks.
     *
     * @return fractions of the box's width and height; by default those of a square from the middle of the forehead to
     *     the chin
     */
    default EyePositions eyesInBox() {
        return FaceAligner.EYES_IN_SQUARE_BOX;
    }
}
