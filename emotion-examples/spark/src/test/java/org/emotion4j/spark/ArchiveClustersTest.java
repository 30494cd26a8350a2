package org.emotion4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.emotion4j.NeedsLoopback;
import org.emotion4j.analysis.EmotionClusters;
import org.emotion4j.emotion.EmotionScores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
@NeedsLoopback
class ArchiveClustersTest {
    private static final int CLUSTERS = 4;

    @TempDir
    private Path folder;

    private static SparkSession session() {
        return SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "localhost")
                .config("spark.sql.shuffle.partitions", "2")
                .getOrCreate();
    }

    /** Readings about four faces' habits, unlike in number and spread. */
    private static List<EmotionScores> readings() {
        Random random = new Random(3);
        List<EmotionScores> readings = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            float[] weights = new float[EmotionScores.SIZE];
            for (int j = 0; j < weights.length; j++) {
                weights[j] = random.nextFloat() * 0.1f;
            }
            weights[(i % 10) < 4 ? 6 : (i % 10) < 7 ? 3 : (i % 10) < 9 ? 4 : 0] += 0.5f + random.nextFloat() * 0.5f;
            readings.add(EmotionScores.ofWeights(weights));
        }
        return readings;
    }

    @Test
    void sparksClustersAndComponentsAreOurs() throws IOException {
        List<EmotionScores> readings = readings();
        EmotionClusters ours = EmotionClusters.builder().clusters(CLUSTERS).cluster(readings);
        try (SparkSession spark = session()) {
            List<Row> rows = new ArrayList<>();
            for (EmotionScores reading : readings) {
                double[] scores = new double[EmotionScores.SIZE];
                for (int i = 0; i < scores.length; i++) {
                    scores[i] = reading.get(i);
                }
                rows.add(RowFactory.create(Vectors.dense(scores)));
            }
            Dataset<Row> data = spark.createDataFrame(rows, new StructType().add("scores", new VectorUDT()));
            ArchiveClusters sparks = ArchiveClusters.of(data, CLUSTERS);

            assertThat(sparks.inertia()).isCloseTo(ours.inertia(), within(1e-3 * ours.inertia()));
            for (int i = 0; i < CLUSTERS; i++) {
                EmotionClusters.Cluster our = ours.clusters().get(i);
                ArchiveClusters.Cluster theirs = sparks.clusters().get(i);
                assertThat(theirs.size()).isEqualTo(our.size());
                assertThat(theirs.describe()).isEqualTo(our.describe());
                for (int j = 0; j < EmotionScores.SIZE; j++) {
                    assertThat(theirs.center().get(j))
                            .isCloseTo((double) our.center().get(j), within(1e-3));
                }
            }
            for (int i = 0; i < 2; i++) {
                assertThat(sparks.components().get(i).share())
                        .isCloseTo(ours.components().share(i), within(1e-6));
                double[] our = ours.components().loadings(i);
                double sign = Math.signum(
                        our[0] * sparks.components().get(i).loadings().get(0));
                for (int j = 0; j < our.length; j++) {
                    assertThat(sparks.components().get(i).loadings().get(j)).isCloseTo(sign * our[j], within(1e-6));
                }
            }
            assertThatThrownBy(() -> ArchiveClusters.of(data.limit(3), CLUSTERS))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("3 different readings");
        }
    }

    @Test
    void theJobWritesThemBesideItsTables() throws IOException {
        Path film = Films.film(folder.resolve("film.avi"), 4, 70);
        Path out = folder.resolve("out");
        Job job = Job.run("--clusters", "2", film, out);
        assertThat(job.err()).isEmpty();
        assertThat(job.exitCode()).isZero();
        assertThat(job.out())
                .contains("70 readings in 2 clusters")
                .contains("neutral")
                .contains("happy");
        try (SparkSession spark = session()) {
            List<Row> rows = spark.read()
                    .parquet(out.resolve("clusters").toString())
                    .orderBy("cluster")
                    .collectAsList();
            assertThat(rows).hasSize(2);
            assertThat(rows.get(0).<Long>getAs("size") + rows.get(1).<Long>getAs("size"))
                    .isEqualTo(70);
            assertThat(rows.get(0).<String>getAs("meaning")).startsWith("neutral");
        }
        assertThat(Job.run("--clusters", "none", film, out).exitCode()).isEqualTo(2);
    }
}
