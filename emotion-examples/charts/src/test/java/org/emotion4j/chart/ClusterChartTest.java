package org.emotion4j.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.emotion4j.analysis.EmotionClusters;
import org.emotion4j.emotion.EmotionScores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClusterChartTest {
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.3, 1})
    void bothComponentsAreDrawnToTheSameScale(double second) {
        List<EmotionScores> readings = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            float happy = random.nextFloat();
            float sad = (float) (second * random.nextFloat());
            readings.add(EmotionScores.ofWeights(0.1f, 0.1f, 0.1f, happy, sad, 0.1f, 0.1f));
        }
        ClusterChart chart = ClusterChart.of(
                "test", readings, EmotionClusters.builder().clusters(2).cluster(readings));
        assertThat(chart.draw().getWidth()).isEqualTo(1_400);
        double across = chart.pixelsPerUnit(true);
        assertThat(chart.pixelsPerUnit(false)).isCloseTo(across, within(0.01 * across));
        assertThat(across).isGreaterThan(100);
    }
}
