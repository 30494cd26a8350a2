package org.emotion4j.face;

import java.util.List;
import java.util.Optional;
import org.emotion4j.frame.Frame;
import org.emotion4j.stage.Stage;

/** Finds the faces in a frame. Used by one thread at a time unless {@link #isThreadSafe()} says otherwise. */
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

    /**
     * Looks once more at a face, in a small square picture of which it fills the middle. By this {@link UprightFaces}
     * tells faces that are upside down or on their side, since a detector is the surest of an upright one. Worth giving
     * for a detector that finds turned faces too and says with its confidence how well it knows them.
     *
     * @param closeUp the picture; valid during the call only
     * @return the face in its middle with its landmarks; empty where there is none, and by default always: then this
     *     detector's faces are taken as they are
     */
    default Optional<DetectedFace> detectCloseUp(Frame closeUp) {
        return Optional.empty();
    }
}
