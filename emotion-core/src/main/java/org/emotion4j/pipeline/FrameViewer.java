package org.emotion4j.pipeline;

import org.emotion4j.frame.Frame;

/**
 * Is shown the pictures of a session as they are captured, on a thread of its own. The only way by which a picture
 * leaves the pipeline; whoever does not register one stores and shows none.
 */
@FunctionalInterface
public interface FrameViewer {
    /**
     * Shows a picture. While this call lasts no other is made and the pictures captured meanwhile are not shown, so a slow
     * viewer costs the session nothing. What it throws is counted and logged, and the next picture is shown all the same.
     *
     * @param frame a copy of the picture, valid during the call only: every use after it throws
     */
    void preview(Frame frame);
}
