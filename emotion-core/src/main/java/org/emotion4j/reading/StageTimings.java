package org.emotion4j.reading;

/**
 * How long the stages took for one frame, in nanoseconds of the pipeline's ticker.
 *
 * @param detectNanos finding the faces
 * @param landmarkNanos finding their landmarks; 0 where nobody was asked for them
 * @param alignNanos cutting them out, and how good they are
 * @param classifyNanos scoring them
 * @param totalNanos the whole frame, from decoded pixels to readings
 */
public record StageTimings(long detectNanos, long landmarkNanos, long alignNanos, long classifyNanos, long totalNanos) {
    /**
     * The times of a pipeline without a landmark detector.
     *
     * @param detectNanos finding the faces
     * @param alignNanos cutting them out
     * @param classifyNanos scoring them
     * @param totalNanos the whole frame
     */
    public StageTimings(long detectNanos, long alignNanos, long classifyNanos, long totalNanos) {
        this(detectNanos, 0, alignNanos, classifyNanos, totalNanos);
    }

    /**
     * Adds what comes after the analysis: tracking, smoothing and the label.
     *
     * @param nanos how long that took
     * @return a copy with a total that contains it
     */
    public StageTimings plus(long nanos) {
        return new StageTimings(detectNanos, landmarkNanos, alignNanos, classifyNanos, totalNanos + nanos);
    }
}
