package org.emotion4j.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SharesTest {
    @Test
    void sharesAddUpToOneHundred() {
        assertThat(Shares.percents(new long[] {58, 29, 28}, 0)).containsExactly(51, 25, 24);
        assertThat(Arrays.stream(Shares.percents(new long[] {5, 1, 13, 7, 101}, 1))
                        .sum())
                .isCloseTo(100, within(1e-9));
    }

    @Test
    void equalAmountsHaveEqualShares() {
        assertThat(Shares.percents(new long[] {1, 1, 1}, 1)).containsExactly(33.3, 33.3, 33.3);
        assertThat(Shares.percents(new long[] {2, 2, 2, 0, 1, 1, 1, 2}, 1))
                .containsExactly(18.2, 18.2, 18.2, 0, 9.1, 9.1, 9.1, 18.2);
        assertThat(Shares.percents(new long[] {1, 1, 1, 1, 1, 1, 1}, 1)).containsOnly(14.3);
    }

    @Test
    void whereNothingIsThereAreNoShares() {
        assertThat(Shares.percents(new long[] {0, 0}, 1)).containsOnly(Double.NaN);
    }
}
