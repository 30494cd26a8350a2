package org.emotion4j.cli.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.junit.jupiter.api.Test;

final class ReadingJsonTest {
    @Test
    void whatHasNoClearExpressionIsCalledAsInRecords() {
        assertThat(of(Optional.empty()))
                .extracting(ReadingJson::expression, ReadingJson::label)
                .containsExactly("none", "no clear expression");
    }

    @Test
    void aClearExpressionIsTheSameInBoth() {
        assertThat(of(Optional.of(Emotion.SAD)))
                .extracting(ReadingJson::expression, ReadingJson::label)
                .containsExactly("sad", "sad");
    }

    private static ReadingJson of(Optional<Emotion> label) {
        EmotionReading reading = new EmotionReading(
                1,
                0,
                new DetectedFace(new BoundingBox(1, 2, 30, 40), 0.9),
                EmotionScores.uniform(),
                EmotionScores.uniform(),
                label);
        FrameResult result = new FrameResult(
                0, 0, Instant.EPOCH, "a.jpg", 64, 48, true, List.of(reading), new StageTimings(1, 2, 3, 6));
        return ReadingJson.of(result, reading, false);
    }
}
