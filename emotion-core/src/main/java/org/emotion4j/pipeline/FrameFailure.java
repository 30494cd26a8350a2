package org.emotion4j.pipeline;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A frame that could not be read or analysed and was skipped.
 *
 * @param index the frame's number within the run, from 0
 * @param origin where the frame comes from, or the empty string
 * @param cause what went wrong
 */
public record FrameFailure(long index, String origin, Exception cause) {
    private static final Logger LOG = LoggerFactory.getLogger(EmotionPipeline.class);

    void log() {
        LOG.warn("frame {} {} was skipped: {}", index, origin, cause.getMessage());
        LOG.debug("the cause", cause);
    }
}
