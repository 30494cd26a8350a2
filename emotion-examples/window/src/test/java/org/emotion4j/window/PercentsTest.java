package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.emotion4j.emotion.EmotionScores;
import org.junit.jupiter.api.Test;

final class PercentsTest {
    @Test
    void whatIsWrittenBesideTheBarsAddsUp() {
        Random random = new Random(3);
        for (int i = 0; i < 1_000; i++) {
            float[] weights = new float[EmotionScores.SIZE];
            for (int j = 0; j < weights.length; j++) {
                weights[j] = random.nextFloat();
            }
            double[] percents = Percents.of(EmotionScores.ofWeights(weights));
            assertThat(Arrays.stream(percents).sum()).isCloseTo(1, within(1e-9));
            assertThat(Arrays.stream(percents)).allMatch(each -> Math.abs(each * 100 - Math.rint(each * 100)) < 1e-9);
        }
    }

    @Test
    void noScoresAreNoPerCents() {
        assertThat(Percents.of(new double[7])).containsOnly(0);
    }
}
