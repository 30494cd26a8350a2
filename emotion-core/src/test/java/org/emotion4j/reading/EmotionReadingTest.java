package org.emotion4j.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.face.FaceQuality.Issue;
import org.junit.jupiter.api.Test;

class EmotionReadingTest {
    private static final EmotionScores SCORES = EmotionScores.of(0, 0, 0, 0.5f, 0.375f, 0, 0.125f);

    @Test
    void isAsSureAsTheScoreOfItsLabel() {
        assertThat(reading(Optional.of(Emotion.SAD)).confidence()).isEqualTo(0.375f);
    }

    @Test
    void withoutALabelIsAsSureAsTheMostProbable() {
        assertThat(reading(Optional.empty()).confidence()).isEqualTo(0.5f);
    }

    @Test
    void textIsOneLineWithDotsWhateverTheLocale() {
        assertThat(reading(Optional.of(Emotion.HAPPY))).hasToString("face 3: happy 0.50 at 1.250 s");
        assertThat(reading(Optional.empty())).hasToString("face 3: no clear expression 0.50 at 1.250 s");
    }

    @Test
    void textSaysWhatIsWrongWithThePictureAndHowUnsureTheDetectorIs() {
        FaceQuality quality = new FaceQuality(
                0.4, 90, 1.5, 0.5, 0.2, Optional.empty(), Set.of(Issue.LOW_DETECTION_CONFIDENCE, Issue.TOO_DARK));
        EmotionReading lace = new EmotionReading(
                3,
                1_250_000_000L,
                new DetectedFace(new BoundingBox(0, 0, 1, 1), 0.431),
                EmotionScores.uniform(),
                SCORES,
                Optional.of(Emotion.SAD),
                Optional.of(quality));
        assertThat(lace).hasToString("face 3: sad 0.38 at 1.250 s (too dark, low detection confidence: face 0.43)");
    }

    @Test
    void isReadableWhereNothingIsWrongWithThePictureOrNobodyJudgedIt() {
        assertThat(reading(Optional.of(Emotion.SAD)).isReadable()).isTrue();
        assertThat(judged(Set.of()).isReadable()).isTrue();
        assertThat(judged(Set.of(Issue.BLURRED)).isReadable()).isFalse();
    }

    private static EmotionReading judged(Set<Issue> issues) {
        FaceQuality quality = new FaceQuality(0.9, 90, 0.95, 0.5, 0.2, Optional.empty(), issues);
        DetectedFace face = new DetectedFace(new BoundingBox(0, 0, 1, 1), 1);
        return new EmotionReading(3, 0, face, SCORES, SCORES, Optional.empty(), Optional.of(quality));
    }

    private static EmotionReading reading(Optional<Emotion> label) {
        DetectedFace face = new DetectedFace(new BoundingBox(0, 0, 1, 1), 1);
        return new EmotionReading(3, 1_250_000_000L, face, EmotionScores.uniform(), SCORES, label);
    }
}
