package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.emotion4j.emotion.Emotion;
import org.junit.jupiter.api.Test;

/** What is said to have been shown most. */
final class SessionOutcomeTest {
    @Test
    void whatWasShownMostIsPredominant() {
        SessionOutcome outcome = film(0, 0, 0, 60, 0, 0, 40, 0);
        assertThat(outcome.predominant()).contains(Emotion.HAPPY);
        assertThat(outcome.share(Emotion.HAPPY)).isEqualTo(0.6);
    }

    @Test
    void equalSharesAreAllNamedAndNoneIsPredominant() {
        SessionOutcome outcome = film(0, 0, 0, 45_1, 0, 0, 45_0, 9_9);
        assertThat(outcome.leaders()).containsExactly(Optional.of(Emotion.HAPPY), Optional.of(Emotion.NEUTRAL));
        assertThat(outcome.predominant()).isEmpty();
    }

    @Test
    void aFaceThatShowsNothingClearMostOfTheTimeShowsNoExpressionMost() {
        SessionOutcome outcome = film(0, 0, 0, 40, 0, 0, 0, 60);
        assertThat(outcome.leaders()).containsExactly(Optional.empty());
        assertThat(outcome.predominant()).isEmpty();
        assertThat(outcome.noClearShare()).isEqualTo(0.6);
    }

    @Test
    void sharesAreWrittenSoThatTheyAddUp() {
        double[] percents = film(333, 0, 0, 333, 0, 0, 0, 334).percents();
        assertThat(percents).containsExactly(0.33, 0, 0, 0.33, 0, 0, 0, 0.34);
        assertThat(film(0, 0, 0, 0, 0, 0, 0, 0).percents()).containsOnly(0);
    }

    @Test
    void withoutAFaceNothingWasShown() {
        assertThat(film(0, 0, 0, 0, 0, 0, 0, 0).leaders()).isEmpty();
    }

    /** Milliseconds of each expression in class order, then of no clear one. */
    private static SessionOutcome film(long... millis) {
        List<Duration> times =
                LongStream.of(millis).mapToObj(Duration::ofMillis).toList();
        return new SessionOutcome(
                Duration.ofSeconds(1),
                10,
                times.subList(0, 7),
                times.get(7),
                Duration.ZERO,
                IntStream.range(0, 9).mapToObj(i -> 0L).toList(),
                false,
                0,
                OptionalLong.empty(),
                0,
                0,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty());
    }
}
