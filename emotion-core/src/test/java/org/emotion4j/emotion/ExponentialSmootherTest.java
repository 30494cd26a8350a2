package org.emotion4j.emotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ExponentialSmootherTest {
    private static final EmotionScores HAPPY = EmotionScores.certain(Emotion.HAPPY);
    private static final EmotionScores SAD = EmotionScores.certain(Emotion.SAD);
    private static final long SECOND = 1_000_000_000L;

    private final ExponentialSmoother smoother = ExponentialSmoother.withTimeConstant(Duration.ofSeconds(1));

    @Test
    void theFirstReadingIsTakenAsItIs() {
        assertThat(smoother.smooth(1, 5 * SECOND, HAPPY)).isEqualTo(HAPPY);
    }

    @Test
    void whatLiesOneTimeConstantBackCountsOneOverE() {
        smoother.smooth(1, 0, HAPPY);
        EmotionScores smoothed = smoother.smooth(1, SECOND, SAD);
        assertThat(smoothed.get(Emotion.HAPPY)).isEqualTo((float) (1 / Math.E), within(1e-6f));
        assertThat(smoothed.get(Emotion.SAD)).isEqualTo((float) (1 - 1 / Math.E), within(1e-6f));
    }

    @Property
    void theResultDoesNotDependOnTheFrameRate(@ForAll @IntRange(min = 1, max = 200) int framesPerSecond) {
        ExponentialSmoother fresh = ExponentialSmoother.withTimeConstant(Duration.ofSeconds(1));
        fresh.smooth(1, 0, HAPPY);
        EmotionScores smoothed = HAPPY;
        for (int frame = 1; frame <= framesPerSecond; frame++) {
            smoothed = fresh.smooth(1, frame * SECOND / framesPerSecond, SAD);
        }
        assertThat(smoothed.get(Emotion.HAPPY)).isEqualTo((float) (1 / Math.E), within(1e-4f));
    }

    @Test
    void afterALongGapOnlyTheNewReadingCounts() {
        smoother.smooth(1, 0, HAPPY);
        assertThat(smoother.smooth(1, 3_600 * SECOND, SAD)).isEqualTo(SAD);
    }

    @Test
    void aSecondReadingOfTheSameTimeHasNoWeight() {
        smoother.smooth(1, 0, HAPPY);
        assertThat(smoother.smooth(1, 0, SAD)).isEqualTo(HAPPY);
    }

    @Test
    void showsItsConfiguration() {
        assertThat(smoother).hasToString("ExponentialSmoother[timeConstant=PT1S]");
    }

    @Test
    void refusesATimeConstantOutOfRange() {
        assertThatThrownBy(() -> ExponentialSmoother.withTimeConstant(Duration.ofMillis(-5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("timeConstant is PT-0.005S, expected above PT0S and at most PT1H");
    }
}
