package org.emotion4j.face;

import java.util.List;
import org.emotion4j.stage.Stage;

/**
 * Says which face of a frame is which face of the frames before. Belongs to one session and is confined to one thread.
 */
public interface FaceTracker extends Stage {
    /**
     * Takes the faces of the next frame.
     *
     * @param mediaNanos when the frame was taken; not before the last call's time, except after {@link #reset()}
     * @param faces what the detector found; may be empty
     * @return the faces in the same order, each with its id, and the ids that are given up. A tracker may leave out a
     *     face that it takes for none, such as a second box on another one; it gets no reading
     */
    Tracks update(long mediaNanos, List<DetectedFace> faces);

    /** Gives up all faces without saying so: a cut, another picture. Ids are still not used again. */
    void reset();

    /**
     * What a tracker knows after a frame.
     *
     * @param faces the frame's faces with their ids, in the detector's order; no two have the same id
     * @param lost the ids that were given up at this frame and will not come back
     */
    record Tracks(List<TrackedFace> faces, List<Integer> lost) {
        /**
         * Copies the lists.
         *
         * @param faces as {@link #faces()}
         * @param lost as {@link #lost()}
         */
        public Tracks {
            faces = List.copyOf(faces);
            lost = List.copyOf(lost);
        }
    }
}
