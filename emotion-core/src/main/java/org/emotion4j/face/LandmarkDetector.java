package org.emotion4j.face;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emotion4j.frame.Frame;
import org.emotion4j.stage.Stage;

/**
 * Finds the landmarks of a face that a detector has found. Used by one thread at a time unless {@link #isThreadSafe()}
 * says otherwise.
 */
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

    /**
     * Finds the landmarks of all faces of a picture. A face whose landmarks cannot be told stays as it is, so that
     * those of its detector, or the eyes of its box, are used.
     *
     * @param frame the picture; valid during the call only
     * @param faces where the faces are
     * @return the same faces in the same order
     */
    default List<DetectedFace> locateAll(Frame frame, List<DetectedFace> faces) {
        List<DetectedFace> located = new ArrayList<>(faces.size());
        for (DetectedFace face : faces) {
            located.add(locate(frame, face).map(face::withLandmarks).orElse(face));
        }
        return located;
    }
}
