package org.emotion4j.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.emotion4j.emotion.Emotion;
import org.junit.jupiter.api.Test;

class PredominanceTest {
    @Test
    void mostIsMoreThanHalf() {
        Predominance shown = Predominance.of(Map.of(Emotion.HAPPY, 51L, Emotion.SAD, 49L), 0);

        assertThat(shown.isMost()).isTrue();
        assertThat(shown.describe()).isEqualTo("mostly happy (51 %)");
    }

    @Test
    void aThirdIsNotMost() {
        Predominance shown = Predominance.of(Map.of(Emotion.HAPPY, 34L, Emotion.SAD, 33L, Emotion.FEAR, 33L), 0);

        assertThat(shown.isMost()).isFalse();
        assertThat(shown.expression()).contains(Emotion.HAPPY);
        assertThat(shown.describe()).isEqualTo("happy more than others (34 %)");
    }

    @Test
    void aTieIsNamedAsOne() {
        Predominance shown = Predominance.of(Map.of(Emotion.NEUTRAL, 45L, Emotion.HAPPY, 45L), 10);

        assertThat(shown.isTie()).isTrue();
        assertThat(shown.isMost()).isFalse();
        assertThat(shown.expression()).isEmpty();
        assertThat(shown.describe()).isEqualTo("happy and neutral alike (45 % each)");
    }

    @Test
    void twoHalvesAreATieAndNoneIsMost() {
        Predominance shown = Predominance.of(Map.of(Emotion.NEUTRAL, 5L, Emotion.HAPPY, 5L), 0);

        assertThat(shown.leaders()).containsExactly(Optional.of(Emotion.HAPPY), Optional.of(Emotion.NEUTRAL));
        assertThat(shown.isMost()).isFalse();
    }

    @Test
    void whatNobodyCouldTellApartInWholePercentTies() {
        assertThat(Predominance.of(Map.of(Emotion.SAD, 5_010L, Emotion.HAPPY, 4_990L), 0)
                        .isTie())
                .isTrue();
        assertThat(Predominance.of(Map.of(Emotion.SAD, 5_100L, Emotion.HAPPY, 4_900L), 0)
                        .isTie())
                .isFalse();
    }

    @Test
    void noClearExpressionCanLead() {
        Predominance shown = Predominance.of(Map.of(Emotion.SAD, 20L), 80);

        assertThat(shown.expression()).isEmpty();
        assertThat(shown.describe()).isEqualTo("mostly no clear expression (80 %)");
    }

    @Test
    void withoutAFaceNothingLeads() {
        Predominance shown = Predominance.of(Map.of(), 0);

        assertThat(shown.leaders()).isEmpty();
        assertThat(shown.describe()).isEqualTo("no face");
    }

    @Test
    void roundedSharesAddUp() {
        double[] percents = Shares.percents(new long[] {786, 206, 8}, 0);
        double[] thirds = Shares.percents(new long[] {1, 1, 1}, 1);

        assertThat(percents).containsExactly(78, 21, 1);
        assertThat(thirds).containsExactly(33.3, 33.3, 33.3);
    }

    @Test
    void anyRoundedSharesAddUpButForEqualOnesAndAreLessThanAStepFromTheTruth() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            long[] parts =
                    random.longs(8, 0, round % 2 == 0 ? 10 : 1_000_000_000_000L).toArray();
            parts[0]++;
            int decimals = round % 3;
            double step = Math.pow(10, -decimals);
            double[] percents = Shares.percents(parts, decimals);
            double whole = Arrays.stream(parts).sum();
            double sum = 0;
            for (int i = 0; i < parts.length; i++) {
                sum += percents[i];
                assertThat(percents[i]).isCloseTo(100 * parts[i] / whole, within(step));
                for (int j = 0; j < i; j++) {
                    if (parts[i] == parts[j]) {
                        assertThat(percents[i]).isEqualTo(percents[j]);
                    }
                }
            }
            boolean anyEqual =
                    Arrays.stream(parts).filter(part -> part > 0).distinct().count()
                            < Arrays.stream(parts).filter(part -> part > 0).count();
            assertThat(sum).isCloseTo(100, within(anyEqual ? parts.length / 2.0 * step + 1e-6 : 1e-6));
        }
    }

    @Test
    void sharesOfNothingAreUnknown() {
        assertThat(Shares.percents(new long[2], 1)).containsOnly(Double.NaN);
    }
}
