package org.emotion4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionTest {
    /** Figures of Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, Wilson without correction. */
    @ParameterizedTest
    @CsvSource({"81, 263, 0.2553, 0.3662", "15, 148, 0.0624, 0.1605", "0, 20, 0.0000, 0.1611", "1, 29, 0.0061, 0.1718"})
    void theIntervalIsThatOfTheLiterature(long count, long of, double low, double high) {
        Proportion share = new Proportion(count, of);
        assertThat(share.low()).isCloseTo(low, within(5e-5));
        assertThat(share.high()).isCloseTo(high, within(5e-5));
    }

    /** Newcombe 1998, "Interval estimation for the difference", table II, method 10: 56/70 and 48/80 differ by 0.0524 to 0.3339. */
    @Test
    void tellsADifferenceFromChance() {
        assertThat(new Proportion(56, 70).differsFrom(new Proportion(48, 80))).isTrue();
        assertThat(new Proportion(48, 80).differsFrom(new Proportion(56, 70))).isTrue();
        // the same shares of a tenth of the cases
        assertThat(new Proportion(6, 7).differsFrom(new Proportion(5, 8))).isFalse();
        assertThat(new Proportion(9, 10).differsFrom(new Proportion(3, 10))).isTrue();
    }

    @Property
    void theShareLiesInItsInterval(
            @ForAll @IntRange(min = 1, max = 5_000) int of, @ForAll @IntRange(max = 5_000) int some) {
        Proportion share = new Proportion(Math.min(some, of), of);
        assertThat(share.low()).isBetween(0.0, share.share());
        assertThat(share.high()).isBetween(share.share(), 1.0);
        assertThat(share.differsFrom(share)).isFalse();
    }

    @Test
    void aShareOfNothingIsNoNumberAndDiffersFromNothing() {
        Proportion nothing = new Proportion(0, 0);
        assertThat(nothing.share()).isNaN();
        assertThat(nothing.low()).isNaN();
        assertThat(nothing.high()).isNaN();
        assertThat(nothing.differsFrom(new Proportion(5, 5))).isFalse();
        assertThat(new Proportion(5, 5).differsFrom(nothing)).isFalse();
        assertThat(nothing).hasToString("-");
    }

    @Test
    void moreThanAllIsRefused() {
        assertThatThrownBy(() -> new Proportion(3, 2)).hasMessageContaining("3 of 2");
        assertThatThrownBy(() -> new Proportion(-1, 2)).hasMessageContaining("expected 0 to 2");
    }
}
