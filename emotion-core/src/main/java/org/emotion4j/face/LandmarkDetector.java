package org.emotion4j.face;

import java.util.Optional;
import org.emotion4j.frame.Frame;
import org.emotion4j.stage.Stage;

/** Finds the landmarks of a face that a detector has found. Confined to one thread unless it says otherwise. */
@FunctionalInterface
public interface LandmarkDetector extends Stage {
    /**
     * Finds the landmarks of one face.
     *
     * @param frame the picture; valid during the call only
     * @param face where the face is
     * @return its landmarks in pixels of the frame, or empty where they cannot be told
     */
    Optional<Landmarks> locate(Frame frame, DetectedFace face);
}
