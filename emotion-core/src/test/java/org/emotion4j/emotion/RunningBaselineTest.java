package org.emotion4j.emotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunningBaselineTest {
    /** Mouth corners that hang: half sad, half neutral at rest. */
    private static final EmotionScores HANGING = EmotionScores.of(0.02f, 0.02f, 0.02f, 0.01f, 0.53f, 0.01f, 0.39f);

    private static final EmotionScores LAUGH = EmotionScores.of(0.01f, 0.01f, 0.01f, 0.84f, 0.08f, 0.02f, 0.03f);
    private static final long FRAME = 33_333_333L;

    private final RunningBaseline baseline = SubjectBaseline.running();
    private long now;

    @Test
    void nothingIsTakenOutAtFirst() {
        EmotionScores first = baseline.correct(1, 0, HANGING);
        for (int i = 0; i < EmotionScores.SIZE; i++) {
            assertThat(first.get(i)).isCloseTo(HANGING.get(i), within(1e-5f));
        }
        assertThat(baseline.learned(1).correct(LAUGH).top()).isEqualTo(Emotion.HAPPY);
    }

    @Test
    void aRestingFaceBecomesNeutralAndALaughStaysOne() {
        show(HANGING, Duration.ofSeconds(40));
        assertThat(baseline.correct(1, now, HANGING).top()).isEqualTo(Emotion.NEUTRAL);
        EmotionScores rest = baseline.learned(1).rest();
        assertThat(rest.get(Emotion.SAD)).isCloseTo(HANGING.get(Emotion.SAD), within(0.02f));
        assertThat(baseline.correct(1, now, LAUGH).top()).isEqualTo(Emotion.HAPPY);
    }

    @Test
    void itIsLearnedSlowly() {
        show(HANGING, Duration.ofSeconds(10));
        float early = baseline.learned(1).correct(HANGING).get(Emotion.SAD);
        show(HANGING, Duration.ofSeconds(30));
        float late = baseline.learned(1).correct(HANGING).get(Emotion.SAD);
        assertThat(early).isBetween(late + 0.05f, HANGING.get(Emotion.SAD) - 0.05f);
    }

    @Test
    void laughingForAThirdOfTheTimeIsNotTakenForRest() {
        for (int i = 0; i < 12; i++) {
            show(HANGING, Duration.ofSeconds(10));
            show(LAUGH, Duration.ofSeconds(5));
        }
        assertThat(baseline.learned(1).rest().get(Emotion.HAPPY)).isLessThan(0.1f);
        assertThat(baseline.learned(1).correct(LAUGH).top()).isEqualTo(Emotion.HAPPY);
        assertThat(baseline.learned(1).correct(HANGING).top()).isEqualTo(Emotion.NEUTRAL);
    }

    @Test
    void whatWasLongAgoFades() {
        show(LAUGH, Duration.ofMinutes(2));
        show(HANGING, Duration.ofMinutes(12));
        assertThat(baseline.learned(1).rest().get(Emotion.HAPPY)).isLessThan(0.05f);
    }

    @Test
    void onePersonIsKnownUnderAnyIdAndOverCutsEachFaceIsNot() {
        RunningBaseline each = RunningBaseline.ofEachFace(Duration.ofMinutes(1));
        TemporalSmoother ofOne = baseline.before(TemporalSmoother.none());
        TemporalSmoother ofEach = each.before(TemporalSmoother.none());
        for (int i = 0; i < 1_200; i++) {
            now += FRAME;
            ofOne.smooth(1, now, HANGING);
            ofEach.smooth(1, now, HANGING);
        }
        assertThat(ofOne.smooth(2, now, HANGING).top()).isEqualTo(Emotion.NEUTRAL);
        assertThat(ofEach.smooth(2, now, HANGING).top()).isEqualTo(Emotion.SAD);
        assertThat(ofEach.smooth(1, now, HANGING).top()).isEqualTo(Emotion.NEUTRAL);
        ofOne.forget(1);
        ofOne.reset();
        ofEach.forget(1);
        assertThat(ofOne.smooth(1, now, HANGING).top()).isEqualTo(Emotion.NEUTRAL);
        assertThat(ofEach.smooth(1, now, HANGING).top()).isEqualTo(Emotion.SAD);
        baseline.clear();
        assertThat(ofOne.smooth(1, now, HANGING).top()).isEqualTo(Emotion.SAD);
        assertThat(ofOne.metadata().notes().orElseThrow()).contains("RunningBaseline[memory=PT3M, one person]");
    }

    @Test
    void aTimeWithoutReadingsTeachesNothing() {
        baseline.correct(1, 0, HANGING);
        EmotionScores later = baseline.correct(1, Duration.ofMinutes(5).toNanos(), HANGING);
        assertThat(later.top()).isEqualTo(Emotion.SAD);
        assertThat(baseline.correct(1, 0, HANGING).top()).isEqualTo(Emotion.SAD);
    }

    @Test
    void aMemoryShorterThanTheLearning() {
        assertThatThrownBy(() -> RunningBaseline.ofEachFace(Duration.ofSeconds(5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("memory is PT5S, expected PT30S to PT1H");
    }

    private void show(EmotionScores scores, Duration time) {
        for (long end = now + time.toNanos(); now < end; now += FRAME) {
            baseline.correct(1, now, scores);
        }
    }
}
