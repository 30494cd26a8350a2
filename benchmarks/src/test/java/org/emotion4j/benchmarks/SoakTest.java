package org.emotion4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SoakTest {
    @Test
    void aLeakGrowsSteadily() {
        long[] leak = LongStream.range(0, 100)
                .map(i -> 800_000 + 730 * i + i % 7 * 1_000)
                .toArray();
        assertThat(Soak.steadyGrowth(leak)).isCloseTo(0.068, within(0.01));
    }

    @Test
    void aStepIsNoLeak() {
        long[] step =
                LongStream.range(0, 100).map(i -> i < 40 ? 778_000 : 801_000).toArray();
        assertThat(Soak.steadyGrowth(step)).isZero();
    }

    @Test
    void whatIsGivenBackIsNoLeak() {
        long[] shrinks = LongStream.range(0, 100).map(i -> 800_000 - 100 * i).toArray();
        assertThat(Soak.steadyGrowth(shrinks)).isNegative();
    }
}
