package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.junit.jupiter.api.Test;

final class SetupGuideTest {
    private static final double LIGHT = 120;

    private final SetupGuide guide = new SetupGuide();

    @Test
    void isContentWithAFaceInTheMiddle() {
        assertThat(judge(new BoundingBox(220, 140, 200, 200))).isEmpty();
    }

    @Test
    void saysWhereToGo() {
        assertThat(judge(new BoundingBox(300, 220, 50, 50))).containsExactly(Hint.TOO_FAR);
        assertThat(judge(new BoundingBox(90, 20, 460, 460))).containsExactly(Hint.TOO_CLOSE);
        assertThat(judge(new BoundingBox(10, 140, 200, 200))).containsExactly(Hint.NOT_CENTERED);
        assertThat(judge(new BoundingBox(10, 10, 40, 40))).containsExactly(Hint.TOO_FAR, Hint.NOT_CENTERED);
    }

    @Test
    void saysWhatIsWrongWithThePicture() {
        assertThat(judge(new BoundingBox(220, 140, 200, 200), FaceQuality.Issue.TURNED_AWAY))
                .containsExactly(Hint.TURNED_AWAY);
        assertThat(judge(new BoundingBox(220, 140, 200, 200), FaceQuality.Issue.values()))
                .containsExactly(
                        Hint.NOT_UPRIGHT,
                        Hint.HARDLY_A_FACE,
                        Hint.TOO_DARK,
                        Hint.TOO_BRIGHT,
                        Hint.TOO_FAR,
                        Hint.TURNED_AWAY,
                        Hint.COVERED,
                        Hint.BLURRED);
    }

    @Test
    void theWindowCallsReadableWhatTheRecordCallsSo() {
        EmotionReading blurred = reading(0.75, FaceQuality.Issue.BLURRED);
        assertThat(blurred.isReadable()).isFalse();
        assertThat(SetupGuide.isGood(blurred)).isFalse();
        assertThat(guide.judge(result(List.of(blurred)), Optional.of(blurred), LIGHT))
                .containsExactly(Hint.BLURRED);
        EmotionReading soft = reading(0.95);
        assertThat(soft.isReadable()).isTrue();
        assertThat(SetupGuide.isGood(soft)).isTrue();
        assertThat(guide.judge(result(List.of(soft)), Optional.of(soft), LIGHT)).isEmpty();
    }

    @Test
    void ofAFaceThatNobodyJudgedNothingIsSaidEitherWay() {
        EmotionScores scores = EmotionScores.of(new float[] {0, 0, 0, 0, 0, 0, 1});
        EmotionReading unknown = new EmotionReading(
                1, 0, new DetectedFace(new BoundingBox(220, 140, 200, 200), 1), scores, scores, Optional.empty());
        assertThat(SetupGuide.isGood(unknown)).isFalse();
        assertThat(unknown.isReadable()).isTrue();
    }

    private static EmotionReading reading(double sharpness, FaceQuality.Issue... issues) {
        FaceQuality quality = new FaceQuality(0.9, 100, sharpness, 0.5, 0.2, Optional.empty(), Set.of(issues));
        EmotionScores scores = EmotionScores.of(new float[] {0, 0, 0, 0, 0, 0, 1});
        return new EmotionReading(
                1,
                0,
                new DetectedFace(new BoundingBox(220, 140, 200, 200), 1),
                scores,
                scores,
                Optional.empty(),
                Optional.of(quality));
    }

    @Test
    void withoutAFaceSaysWhetherItCouldBeTheLight() {
        FrameResult nobody = result(List.of());
        assertThat(guide.judge(nobody, Optional.empty(), LIGHT)).containsExactly(Hint.NO_FACE);
        assertThat(guide.judge(nobody, Optional.empty(), 20)).containsExactly(Hint.TOO_DARK);
        assertThat(guide.judge(nobody, Optional.empty(), Double.NaN)).containsExactly(Hint.NO_FACE);
    }

    private List<Hint> judge(BoundingBox box, FaceQuality.Issue... issues) {
        FaceQuality quality = new FaceQuality(0.9, 100, 1.8, 0.5, 0.2, Optional.empty(), Set.of(issues));
        EmotionScores scores = EmotionScores.of(new float[] {0, 0, 0, 0, 0, 0, 1});
        EmotionReading reading = new EmotionReading(
                1, 0, new DetectedFace(box, 1), scores, scores, Optional.empty(), Optional.of(quality));
        return guide.judge(result(List.of(reading)), Optional.of(reading), LIGHT);
    }

    private static FrameResult result(List<EmotionReading> readings) {
        return new FrameResult(0, 0, Instant.EPOCH, "", 640, 480, true, readings, new StageTimings(0, 0, 0, 0));
    }
}
