package org.emotion4j.session;

import java.time.Instant;
import java.util.List;
import org.emotion4j.reading.EmotionReading;

/**
 * One frame of a recorded session.
 *
 * @param index the frame's number within its run, from 0
 * @param mediaNanos when, in nanoseconds of media time, to the microsecond
 * @param wallTime when it was analysed
 * @param origin file or device
 * @param discontinuity whether the frame did not follow from the one before
 * @param readings one for each face; empty where no face was found. Scores have five decimals, boxes one; landmarks are
 *     not recorded
 */
public record RecordedFrame(
        long index,
        long mediaNanos,
        Instant wallTime,
        String origin,
        boolean discontinuity,
        List<EmotionReading> readings) {
    /** Copies the list. */
    public RecordedFrame {
        readings = List.copyOf(readings);
    }
}
