package org.emotion4j.spark;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.evaluation.ClusteringEvaluator;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.feature.PCAModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.emotion4j.analysis.EmotionClusters;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;

/**
 * Patterns that recur in all readings of an archive: what {@link EmotionClusters} finds in those of a few sessions, over as many as there
 * are, with Spark's k-means (k-means||; Bahmani et al. 2012) and principal components. Every reading counts, none is left out as a sample.
 *
 * @param clusters the largest first
 * @param inertia the sum over all readings of the squared distance to their center
 * @param silhouette the mean silhouette by squared distances, -1 to 1; 0 with one cluster
 * @param components the first two principal components
 */
record ArchiveClusters(List<Cluster> clusters, double inertia, double silhouette, List<Component> components) {
    private static final String SCORES = "scores";
    private static final String CLUSTER = "prediction";
    private static final int RESTARTS = 5;
    private static final int ITERATIONS = 300;
    private static final int MOST_TRIED = 7;

    /** How far a center may still move when it counts as found. */
    private static final double TOLERANCE = 1e-6;

    /** Copies the lists. */
    ArchiveClusters {
        clusters = List.copyOf(clusters);
        components = List.copyOf(components);
    }

    /**
     * One cluster.
     *
     * @param center the mean of its readings, in class order
     * @param size how many it has
     */
    record Cluster(List<Double> center, long size) implements Serializable {
        String describe() {
            float[] weights = new float[center.size()];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = center.get(i).floatValue();
            }
            return new EmotionClusters.Cluster(
                            EmotionScores.ofWeights(weights), (int) Math.min(size, Integer.MAX_VALUE))
                    .describe();
        }
    }

    /**
     * A principal component.
     *
     * @param loadings in class order; the largest is positive
     * @param share of the variance, 0 to 1
     */
    record Component(List<Double> loadings, double share) {}

    /**
     * Reads the scores of the faces that sessions are about.
     *
     * @param readings the folder of the table
     */
    static Dataset<Row> scores(SparkSession spark, String readings, TableFormat format) {
        Dataset<Row> rows = format == TableFormat.PARQUET
                ? spark.read().parquet(readings)
                : spark.read()
                        .option("header", true)
                        .option("escape", "\"")
                        .option("multiLine", true)
                        .csv(readings);
        Dataset<Row> numbers =
                rows.filter(col("subject").cast(DataTypes.IntegerType).equalTo(1));
        for (String label : Emotion.labels()) {
            numbers = numbers.withColumn(label, col(label).cast(DataTypes.DoubleType));
        }
        return new VectorAssembler()
                .setInputCols(Emotion.labels().toArray(String[]::new))
                .setOutputCol(SCORES)
                .setHandleInvalid("skip")
                .transform(numbers)
                .select(SCORES);
    }

    /**
     * Finds the clusters.
     *
     * @param scores of all readings
     * @param wanted how many clusters; 0 for the number from 2 to 7 with the best silhouette
     * @throws BadInputException if there are fewer different readings than clusters
     */
    static ArchiveClusters of(Dataset<Row> scores, int wanted) {
        Dataset<Row> kept = scores.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            long different =
                    kept.distinct().limit(Math.max(wanted, MOST_TRIED) + 1).count();
            int least = wanted == 0 ? 2 : wanted;
            if (different < least) {
                throw new BadInputException("--clusters: there are " + different
                        + " different readings of a face in the archive, expected at least " + least);
            }
            int most = wanted == 0 ? (int) Math.min(MOST_TRIED, different) : wanted;
            ArchiveClusters best = null;
            for (int k = least; k <= most; k++) {
                ArchiveClusters found = of(kept, k, components(kept));
                if (best == null || found.silhouette > best.silhouette) {
                    best = found;
                }
            }
            return java.util.Objects.requireNonNull(best);
        } finally {
            kept.unpersist();
        }
    }

    private static ArchiveClusters of(Dataset<Row> scores, int k, List<Component> components) {
        KMeansModel best = IntStream.range(0, RESTARTS)
                .mapToObj(i -> new KMeans()
                        .setK(k)
                        .setMaxIter(ITERATIONS)
                        .setTol(TOLERANCE)
                        .setSeed(1 + i)
                        .setFeaturesCol(SCORES)
                        .fit(scores))
                .min(Comparator.comparingDouble(model -> model.summary().trainingCost()))
                .orElseThrow();
        Vector[] centers = best.clusterCenters();
        long[] sizes = best.summary().clusterSizes();
        double silhouette = centers.length < 2
                ? 0
                : new ClusteringEvaluator()
                        .setFeaturesCol(SCORES)
                        .setPredictionCol(CLUSTER)
                        .evaluate(best.transform(scores));
        List<Cluster> clusters = IntStream.range(0, centers.length)
                .mapToObj(i ->
                        new Cluster(Arrays.stream(centers[i].toArray()).boxed().toList(), sizes[i]))
                .sorted(Comparator.comparingLong(Cluster::size).reversed())
                .toList();
        return new ArchiveClusters(clusters, best.summary().trainingCost(), silhouette, components);
    }

    private static List<Component> components(Dataset<Row> scores) {
        PCAModel model =
                new PCA().setInputCol(SCORES).setOutputCol("plane").setK(2).fit(scores);
        List<Component> components = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            double[] loadings = new double[Emotion.all().size()];
            double largest = 0;
            for (int j = 0; j < loadings.length; j++) {
                loadings[j] = model.pc().apply(j, i);
                largest = Math.abs(loadings[j]) > Math.abs(largest) ? loadings[j] : largest;
            }
            double sign = largest < 0 ? -1 : 1;
            components.add(new Component(
                    Arrays.stream(loadings).map(value -> sign * value).boxed().toList(),
                    model.explainedVariance().apply(i)));
        }
        return components;
    }

    /** Writes a row a cluster, with what all have in common in each. */
    void write(SparkSession spark, String folder, TableFormat format) {
        StructType schema = new StructType()
                .add("cluster", DataTypes.IntegerType)
                .add("size", DataTypes.LongType)
                .add("meaning", DataTypes.StringType);
        for (String label : Emotion.labels()) {
            schema = schema.add(label, DataTypes.DoubleType);
        }
        for (String name : List.of("first", "second", "inertia", "silhouette", "first_share", "second_share")) {
            schema = schema.add(name, DataTypes.DoubleType);
        }
        List<Row> rows = new ArrayList<>();
        for (Cluster cluster : clusters) {
            List<Object> cells = new ArrayList<>(List.of(rows.size() + 1, cluster.size(), cluster.describe()));
            cells.addAll(cluster.center());
            components.forEach(component -> cells.add(projected(cluster, component)));
            cells.addAll(List.of(
                    inertia,
                    silhouette,
                    components.get(0).share(),
                    components.get(1).share()));
            rows.add(RowFactory.create(cells.toArray()));
        }
        spark.createDataFrame(rows, schema)
                .coalesce(1)
                .write()
                .mode("overwrite")
                .option("header", true)
                .format(format.name().toLowerCase(Locale.ROOT))
                .save(folder);
    }

    private static double projected(Cluster cluster, Component component) {
        return IntStream.range(0, cluster.center().size())
                .mapToDouble(i -> cluster.center().get(i) * component.loadings().get(i))
                .sum();
    }

    /** One line for people. */
    String describe() {
        long readings = clusters.stream().mapToLong(Cluster::size).sum();
        StringBuilder words = new StringBuilder(String.format(
                Locale.ROOT,
                "%d readings in %d clusters, silhouette %.3f, inertia %.2f",
                readings,
                clusters.size(),
                silhouette,
                inertia));
        clusters.forEach(cluster -> words.append(
                String.format(Locale.ROOT, "; %.1f %% %s", 100.0 * cluster.size() / readings, cluster.describe())));
        return words.toString();
    }
}
