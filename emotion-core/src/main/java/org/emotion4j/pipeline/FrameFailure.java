package org.emotion4j.pipeline;

/**
 * A frame that could not be read or analyzed and was skipped.
 *
 * @param index the frame's number within the run, from 0
 * @param origin where the frame comes from, or the empty string
 * @param cause what went wrong
 */
public record FrameFailure(long index, String origin, Exception cause) {}
