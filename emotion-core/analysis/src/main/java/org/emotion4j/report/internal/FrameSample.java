package org.emotion4j.report.internal;

import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.recording.RecordedFrame;

/**
 * What a page needs of a frame: a long session has hundreds of thousands.
 *
 * @param mediaNanos when, in nanoseconds of media time
 * @param label of the face that the session is about; empty where it is not clear, or there is none
 * @param scores of that face; empty without one
 */
public record FrameSample(long mediaNanos, Optional<Emotion> label, Optional<EmotionScores> scores) {
    /**
     * Takes what is needed.
     *
     * @param frame of the record
     * @return it
     */
    public static FrameSample of(RecordedFrame frame) {
        Optional<EmotionReading> main = frame.subject();
        return new FrameSample(
                frame.mediaNanos(), main.flatMap(EmotionReading::label), main.map(EmotionReading::scores));
    }
}
