package org.emotion4j.event;

import java.util.List;
import java.util.Optional;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FacialMovements;

/**
 * Finds what one face did, frame by frame. Each face of a session has a detector of its own, made when it is first seen. It goes by
 * media time and what it is given alone, so that the same film has the same events live and from its record. Confined to one thread.
 *
 * <p>{@link FacialEventDetector} is the library's; for your own extend {@code EventDetectorContract} of emotion-testkit in a test.
 */
@FunctionalInterface
public interface EventDetector {
    /**
     * Takes the next frame of the face.
     *
     * @param mediaNanos its media time in nanoseconds, later than that of the frame before
     * @param scores the classifier's scores of this frame alone
     * @param movements what moves in the face; empty where nobody tells
     * @return the events that are over by now, none later than this frame, each once; mostly none
     */
    List<FacialEvent> accept(long mediaNanos, EmotionScores scores, Optional<FacialMovements> movements);

    /**
     * Told that the frames do not go on: the face is gone or turned away, there is a cut, or the session is over. Frames may come
     * again. By default that ends nothing.
     *
     * @return the events that were under way and are long enough
     */
    default List<FacialEvent> interrupt() {
        return List.of();
    }
}
