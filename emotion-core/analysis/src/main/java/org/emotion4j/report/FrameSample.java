package org.emotion4j.report;

import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.recording.RecordedFrame;

/** What a page needs of a frame: a long session has hundreds of thousands. */
record FrameSample(long mediaNanos, Optional<Emotion> label, Optional<EmotionScores> scores) {
    static FrameSample of(RecordedFrame frame) {
        Optional<EmotionReading> main = frame.subject();
        return new FrameSample(
                frame.mediaNanos(), main.flatMap(EmotionReading::label), main.map(EmotionReading::scores));
    }
}
