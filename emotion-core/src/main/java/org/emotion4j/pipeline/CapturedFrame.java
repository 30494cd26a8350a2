package org.emotion4j.pipeline;

import org.emotion4j.frame.Frame;

/** A frame on its way to the analysis. */
final class CapturedFrame {
    final Frame frame;
    final long index;
    final long capturedAt;
    private boolean cut;

    /** @param capturedAt when it was complete, in nanoseconds of the ticker */
    CapturedFrame(Frame frame, long index, long capturedAt) {
        this.frame = frame;
        this.index = index;
        this.capturedAt = capturedAt;
        this.cut = frame.discontinuity();
    }

    /** Whether this frame does not follow from the last one that was analyzed. */
    boolean cut() {
        return cut;
    }

    /** A dropped frame leaves its discontinuity to the next: a cut must not get lost with the frame that showed it. */
    void inheritCut(CapturedFrame dropped) {
        cut |= dropped.cut;
    }
}
