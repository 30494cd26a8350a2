package org.emotion4j.reading;

import java.time.Instant;
import java.util.List;

/**
 * What was found in one frame: numbers and words only, never its pixels, so that whoever listens or records has no route
 * to a picture.
 *
 * @param index the frame's number within the run, from 0; frames that failed have a number too
 * @param mediaNanos when the picture was taken, in nanoseconds of media time
 * @param wallTime when the analysis of the frame began, by the pipeline's clock
 * @param origin where the picture comes from: a file name, a device, or the empty string
 * @param width columns of the frame
 * @param height rows of the frame
 * @param discontinuity whether the frame did not follow from the one before
 * @param readings one for each face, the largest first; empty where no face was found
 * @param timings how long each stage took
 */
public record FrameResult(
        long index,
        long mediaNanos,
        Instant wallTime,
        String origin,
        int width,
        int height,
        boolean discontinuity,
        List<EmotionReading> readings,
        StageTimings timings) {
    /** What a frame without readings is called on screens and in reports. */
    public static final String NO_FACE = "no face";

    /** Copies the list. */
    public FrameResult {
        readings = List.copyOf(readings);
    }
}
