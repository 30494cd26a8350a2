package org.emotion4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;

import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.TemporalSmoother;
import org.junit.jupiter.api.Test;

/** What every {@link TemporalSmoother} promises. Extend it for your own smoother. */
public abstract class TemporalSmootherContract {
    private static final long FRAME = 40_000_000L;
    private static final EmotionScores HAPPY = EmotionScores.of(0.02f, 0.02f, 0.02f, 0.8f, 0.02f, 0.02f, 0.1f);
    private static final EmotionScores SAD = EmotionScores.of(0.05f, 0.01f, 0.04f, 0, 0.7f, 0, 0.2f);
    private static final EmotionScores NEUTRAL = EmotionScores.of(0, 0, 0, 0.1f, 0.1f, 0, 0.8f);

    /** Made by JUnit, of the class that extends it. */
    protected TemporalSmootherContract() {}

    /**
     * Makes the smoother. The test closes it.
     *
     * @return a new smoother that has seen nothing
     */
    protected abstract TemporalSmoother createSmoother();

    @Test
    void scoresThatDoNotChangeStayAsTheyAre() {
        try (TemporalSmoother smoother = createSmoother()) {
            for (int i = 0; i < 100; i++) {
                assertThat(smoother.smooth(1, i * FRAME, HAPPY).toArray())
                        .containsExactly(HAPPY.toArray(), within(1e-5f));
            }
        }
    }

    @Test
    void theSameReadingsGiveTheSameScores() {
        try (TemporalSmoother one = createSmoother();
                TemporalSmoother other = createSmoother()) {
            for (int i = 0; i < 60; i++) {
                EmotionScores raw = i % 3 == 0 ? SAD : HAPPY;
                assertThat(other.smooth(1, i * FRAME, raw)).isEqualTo(one.smooth(1, i * FRAME, raw));
            }
        }
    }

    @Test
    void keepsFacesApart() {
        try (TemporalSmoother together = createSmoother();
                TemporalSmoother alone = createSmoother()) {
            for (int i = 0; i < 30; i++) {
                EmotionScores first = together.smooth(1, i * FRAME, i % 2 == 0 ? HAPPY : NEUTRAL);
                together.smooth(2, i * FRAME, SAD);
                assertThat(first).isEqualTo(alone.smooth(1, i * FRAME, i % 2 == 0 ? HAPPY : NEUTRAL));
            }
        }
    }

    @Test
    void aForgottenFaceStartsAfresh() {
        try (TemporalSmoother smoother = createSmoother()) {
            smoother.smooth(1, 0, HAPPY);
            smoother.forget(1);
            assertThat(smoother.smooth(1, FRAME, SAD)).isEqualTo(firstOf(FRAME, SAD));
        }
    }

    @Test
    void forgettingOneFaceLeavesTheOthers() {
        try (TemporalSmoother smoother = createSmoother();
                TemporalSmoother untouched = createSmoother()) {
            smoother.smooth(1, 0, HAPPY);
            smoother.smooth(2, 0, HAPPY);
            untouched.smooth(2, 0, HAPPY);
            smoother.forget(1);
            assertThat(smoother.smooth(2, FRAME, SAD)).isEqualTo(untouched.smooth(2, FRAME, SAD));
        }
    }

    @Test
    void forgettingAnUnknownFaceDoesNothing() {
        try (TemporalSmoother smoother = createSmoother()) {
            assertThatCode(() -> smoother.forget(99)).doesNotThrowAnyException();
        }
    }

    @Test
    void afterAResetAllFacesStartAfresh() {
        try (TemporalSmoother smoother = createSmoother()) {
            smoother.smooth(1, 0, HAPPY);
            smoother.smooth(2, 0, HAPPY);
            smoother.reset();
            assertThat(smoother.smooth(1, FRAME, SAD)).isEqualTo(firstOf(FRAME, SAD));
            assertThat(smoother.smooth(2, FRAME, SAD)).isEqualTo(firstOf(FRAME, SAD));
        }
    }

    @Test
    void anEarlierTimeStartsTheFaceAfresh() {
        try (TemporalSmoother smoother = createSmoother()) {
            smoother.smooth(1, 10 * FRAME, HAPPY);
            assertThat(smoother.smooth(1, 9 * FRAME, SAD)).isEqualTo(firstOf(9 * FRAME, SAD));
        }
    }

    @Test
    void twoReadingsMayHaveOneTime() {
        try (TemporalSmoother smoother = createSmoother()) {
            smoother.smooth(1, FRAME, HAPPY);
            assertThatCode(() -> smoother.smooth(1, FRAME, SAD)).doesNotThrowAnyException();
        }
    }

    @Test
    void scoresHandedOutStayWhatTheyWere() {
        try (TemporalSmoother smoother = createSmoother()) {
            EmotionScores first = smoother.smooth(1, 0, HAPPY);
            float[] before = first.toArray();
            smoother.smooth(1, FRAME, SAD);
            assertThat(first.toArray()).isEqualTo(before);
        }
    }

    @Test
    void saysWhatItIs() {
        try (TemporalSmoother smoother = createSmoother()) {
            assertThat(smoother.metadata().name()).isNotBlank();
        }
    }

    @Test
    void canBeClosedTwice() {
        TemporalSmoother smoother = createSmoother();
        smoother.close();
        assertThatCode(smoother::close).doesNotThrowAnyException();
    }

    private EmotionScores firstOf(long mediaNanos, EmotionScores raw) {
        try (TemporalSmoother fresh = createSmoother()) {
            return fresh.smooth(1, mediaNanos, raw);
        }
    }
}
