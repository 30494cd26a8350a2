package org.emotion4j.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures come from {@code clusters-reference.py}, which uses numpy and none of this code. */
class EmotionClustersTest {
    private static final Offset<Double> EXACT = within(1e-6);
    private static final List<EmotionScores> READINGS = readings();

    @Test
    void centersSizesAndInertiaAgreeWithTheReference() {
        EmotionClusters found = EmotionClusters.builder().clusters(4).cluster(READINGS);
        List<double[]> centers = reference("center");
        for (int i = 0; i < centers.size(); i++) {
            EmotionClusters.Cluster cluster = found.clusters().get(i);
            for (int j = 0; j < EmotionScores.SIZE; j++) {
                assertThat((double) cluster.center().get(j)).isCloseTo(centers.get(i)[j], EXACT);
            }
            assertThat(cluster.size()).isEqualTo((int) centers.get(i)[EmotionScores.SIZE]);
        }
        assertThat(found.inertia()).isCloseTo(reference("inertia").get(0)[0], EXACT);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void silhouettesAgreeWithTheReference(int clusters) {
        assertThat(EmotionClusters.builder()
                        .clusters(clusters)
                        .restarts(50)
                        .cluster(READINGS)
                        .silhouette())
                .isCloseTo(reference("silhouette-" + clusters).get(0)[0], EXACT);
    }

    @Test
    void componentsAgreeWithTheReference() {
        PrincipalComponents components =
                EmotionClusters.builder().clusters(4).cluster(READINGS).components();
        List<double[]> expected = reference("component");
        for (int i = 0; i < 2; i++) {
            assertThat(components.loadings(i))
                    .containsExactly(Arrays.copyOf(expected.get(i), EmotionScores.SIZE), EXACT);
            assertThat(components.share(i)).isCloseTo(expected.get(i)[EmotionScores.SIZE], EXACT);
        }
    }

    @Test
    void theNumberOfClustersIsFound() {
        assertThat(EmotionClusters.builder().cluster(READINGS).clusters()).hasSize(4);
    }

    @Test
    void theOrderOfTheReadingsDoesNotMatter() {
        List<EmotionScores> shuffled = new ArrayList<>(READINGS);
        Collections.shuffle(shuffled, new Random(3));
        assertThat(EmotionClusters.builder().clusters(4).cluster(shuffled).inertia())
                .isCloseTo(reference("inertia").get(0)[0], EXACT);
    }

    @Test
    void everyReadingBelongsToACluster() {
        EmotionClusters found = EmotionClusters.builder().clusters(4).cluster(READINGS);
        int[] sizes = new int[4];
        for (int i = 0; i < READINGS.size(); i++) {
            sizes[found.clusterOf(i)]++;
        }
        assertThat(sizes)
                .containsExactly(found.clusters().stream()
                        .mapToInt(EmotionClusters.Cluster::size)
                        .toArray());
    }

    @Test
    void aCenterIsPutIntoWords() {
        List<String> words = EmotionClusters.builder().clusters(4).cluster(READINGS).clusters().stream()
                .map(EmotionClusters.Cluster::describe)
                .toList();
        assertThat(words)
                .containsExactly("neutral 66 %", "happy 85 %", "sad 56 %, neutral 20 %", "surprise 61 %, fear 21 %");
        assertThat(new EmotionClusters.Cluster(EmotionScores.uniform(), 1).describe())
                .isEqualTo("mixed, most of all angry 14 %");
    }

    @Test
    void aComponentIsPutIntoWords() {
        PrincipalComponents components =
                EmotionClusters.builder().clusters(4).cluster(READINGS).components();
        double[] loadings = components.loadings(0);
        for (Emotion emotion : Emotion.all()) {
            double loading = loadings[emotion.ordinal()];
            String word = (loading > 0 ? "more " : "less ") + emotion.label();
            assertThat(components.describe(0).contains(word)).isEqualTo(Math.abs(loading) >= 0.3);
        }
        assertThat(EmotionClusters.builder()
                        .clusters(1)
                        .cluster(List.of(EmotionScores.uniform()))
                        .components()
                        .describe(1))
                .isEmpty();
    }

    @Test
    void moreReadingsThanAreClusteredAreAllAssigned() {
        List<EmotionScores> many =
                Collections.nCopies(60, READINGS).stream().flatMap(List::stream).toList();
        EmotionClusters found =
                EmotionClusters.builder().clusters(4).restarts(2).cluster(many);
        assertThat(found.clusters().stream()
                        .mapToInt(EmotionClusters.Cluster::size)
                        .sum())
                .isEqualTo(24_000);
    }

    @Test
    void fewerDifferentReadingsThanClusters() {
        List<EmotionScores> same = Collections.nCopies(10, EmotionScores.certain(Emotion.SAD));
        assertThatThrownBy(() -> EmotionClusters.builder().clusters(3).cluster(same))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there are 1 different readings, expected at least 3");
        assertThatThrownBy(() -> EmotionClusters.builder().cluster(List.of()))
                .hasMessageContaining("there are 0 different readings");
        EmotionClusters one = EmotionClusters.builder().clusters(1).cluster(same);
        assertThat(one.clusters()).singleElement().satisfies(cluster -> assertThat(cluster.size())
                .isEqualTo(10));
        assertThat(one.components().share(0)).isZero();
    }

    private static List<EmotionScores> readings() {
        return lines("clusters-readings.csv")
                .map(line -> {
                    double[] values = numbers(line.split(","), 0);
                    float[] scores = new float[values.length];
                    for (int i = 0; i < scores.length; i++) {
                        scores[i] = (float) values[i];
                    }
                    return EmotionScores.of(scores);
                })
                .toList();
    }

    private static List<double[]> reference(String name) {
        return lines("clusters-reference.csv")
                .filter(line -> line.startsWith(name + ","))
                .map(line -> numbers(line.split(","), 1))
                .toList();
    }

    private static double[] numbers(String[] cells, int from) {
        return Arrays.stream(cells).skip(from).mapToDouble(Double::parseDouble).toArray();
    }

    private static Stream<String> lines(String resource) {
        try (InputStream input = EmotionClustersTest.class.getResourceAsStream(resource)) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            throw new AssertionError(resource, e);
        }
    }
}
