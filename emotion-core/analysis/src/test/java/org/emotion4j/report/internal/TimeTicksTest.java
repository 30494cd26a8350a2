package org.emotion4j.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTicksTest {
    /** A session of one and a half seconds had 0:00 at five places of its axis. */
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.4, 1.5, 7, 16, 59, 61, 300, 3_599, 7_200, 86_400, 900_000})
    void anAxisOfTimeHasNoLabelTwice(double seconds) {
        for (long from : new long[] {0, 1_234_567_890L, -3_000_000_000L}) {
            List<TimeTicks.Tick> ticks = TimeTicks.of(from, from + (long) (seconds * 1e9), TimeTicks.MOST);
            assertThat(ticks)
                    .extracting(TimeTicks.Tick::label)
                    .doesNotHaveDuplicates()
                    .hasSizeLessThanOrEqualTo(10);
            if (seconds >= 0.4) {
                assertThat(ticks).hasSizeGreaterThanOrEqualTo(3);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {7, 61, 300, 3_599, 86_400, 900_000})
    void aNarrowAxisHasFewer(double seconds) {
        assertThat(TimeTicks.of(0, (long) (seconds * 1e9), 4)).hasSizeBetween(2, 5);
    }
}
