package org.emotion4j.session;

import java.io.IOException;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.stage.Stage;

/**
 * Keeps the record of a session. It is given results only, never pictures. Confined to one thread.
 *
 * <p>A recorder that fails is not asked again: the session goes on, and what was recorded until then stays readable.
 */
@FunctionalInterface
public interface SessionRecorder extends Stage {
    /**
     * Records one frame, with or without faces. When the call returns the row can be read by another program; whether it
     * has reached the disk is up to the implementation.
     *
     * @param result what was found
     * @throws IOException if it cannot be written
     */
    void record(FrameResult result) throws IOException;

    /**
     * Returns a recorder that keeps nothing.
     *
     * @return a stateless recorder
     */
    static SessionRecorder none() {
        return result -> {};
    }
}
