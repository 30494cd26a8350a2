package org.emotion4j.pipeline;

/** What {@link SessionMetrics} has times of. */
public enum PipelineStep {
    /** From the moment a frame is captured until its analysis begins. */
    WAIT,
    /** Finding the faces. */
    DETECT,
    /** Finding their landmarks; 0 where the pipeline has no landmark detector. */
    LANDMARKS,
    /** Cutting them out, and judging how good they are. */
    ALIGN,
    /** Scoring them. */
    CLASSIFY,
    /** Tracking, smoothing and the label. */
    FOLLOW,
    /** The whole frame: from decoded pixels to readings. */
    FRAME,
    /** From the moment a frame is captured until its readings are there: {@link #WAIT} and {@link #FRAME}. */
    LATENCY,
    /** Writing the record of a frame. */
    RECORD
}
