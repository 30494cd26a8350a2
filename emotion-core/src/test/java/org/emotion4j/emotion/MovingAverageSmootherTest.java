package org.emotion4j.emotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MovingAverageSmootherTest {
    private static final EmotionScores HAPPY = EmotionScores.certain(Emotion.HAPPY);
    private static final EmotionScores SAD = EmotionScores.certain(Emotion.SAD);

    private final MovingAverageSmoother smoother = MovingAverageSmoother.ofDefaults();

    @Test
    void theWindowIsOneSecondUnlessToldOtherwise() {
        assertThat(smoother.window()).isEqualTo(Duration.ofSeconds(1));
        assertThat(smoother).hasToString("MovingAverageSmoother[window=PT1S]");
    }

    @Test
    void theFirstReadingIsTakenAsItIs() {
        assertThat(happyAfter(0, HAPPY)).isEqualTo(1);
    }

    @Test
    void everyReadingInTheWindowCountsOnce() {
        happyAfter(0, HAPPY);
        happyAfter(300, HAPPY);
        assertThat(happyAfter(999, SAD)).isEqualTo(2f / 3, within(1e-6f));
    }

    @Test
    void theWindowIsOpenAtItsStart() {
        happyAfter(0, HAPPY);
        assertThat(happyAfter(1_000, SAD))
                .as("a reading of exactly one second ago is out")
                .isZero();
    }

    @Test
    void aReadingOlderThanTheWindowIsForgotten() {
        happyAfter(0, HAPPY);
        happyAfter(600, SAD);
        assertThat(happyAfter(1_200, SAD)).isZero();
    }

    @Test
    void afterAGapOnlyTheNewReadingCounts() {
        happyAfter(0, HAPPY);
        assertThat(happyAfter(60_000, SAD)).isZero();
    }

    @Test
    void readingsOfTheSameTimeAllCount() {
        happyAfter(5, HAPPY);
        assertThat(happyAfter(5, SAD)).isEqualTo(0.5f);
    }

    @Test
    void aLongSessionDoesNotGatherRoundingErrors() {
        EmotionScores third = EmotionScores.ofWeights(1, 1, 1, 0, 0, 0, 0);
        EmotionScores last = third;
        for (int i = 0; i < 100_000; i++) {
            last = smoother.smooth(1, i * 40_000_000L, third);
        }
        assertThat(last.get(0)).isEqualTo(1f / 3, within(1e-6f));
    }

    @Property
    void smoothedScoresLieBetweenTheRawOnes(
            @ForAll @Size(min = 1, max = 50) List<@IntRange(max = 1_000) Integer> steps) {
        MovingAverageSmoother fresh = MovingAverageSmoother.ofDefaults();
        long time = 0;
        for (int step : steps) {
            time += step * 1_000_000L;
            float happy = step / 1_000f;
            float smoothed = fresh.smooth(1, time, EmotionScores.of(0, 0, 0, happy, 1 - happy, 0, 0))
                    .get(Emotion.HAPPY);
            assertThat(smoothed)
                    .isBetween(0f, steps.stream().max(Integer::compare).orElseThrow() / 1_000f + 1e-5f);
        }
    }

    @Test
    void refusesAWindowOutOfRange() {
        assertThatThrownBy(() -> MovingAverageSmoother.over(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("window is PT0S, expected above PT0S and at most PT1H");
        assertThatThrownBy(() -> MovingAverageSmoother.over(Duration.ofHours(2)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private float happyAfter(long millis, EmotionScores raw) {
        return smoother.smooth(1, millis * 1_000_000, raw).get(Emotion.HAPPY);
    }
}
