package org.emotion4j.reading;

/**
 * How long the stages took for one frame, in nanoseconds of the pipeline's ticker.
 *
 * @param detectNanos finding the faces
 * @param alignNanos cutting them out
 * @param classifyNanos scoring them
 * @param totalNanos the whole frame, from decoded pixels to readings
 */
public record StageTimings(long detectNanos, long alignNanos, long classifyNanos, long totalNanos) {}
