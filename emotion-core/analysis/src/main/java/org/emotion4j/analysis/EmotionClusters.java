package org.emotion4j.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.words.Words;
import org.hipparchus.clustering.CentroidCluster;
import org.hipparchus.clustering.DoublePoint;
import org.hipparchus.clustering.KMeansPlusPlusClusterer;
import org.hipparchus.clustering.distance.EuclideanDistance;
import org.hipparchus.random.Well19937c;
import org.jspecify.annotations.Nullable;

/**
 * Patterns that recur in readings: k-means++ (Arthur and Vassilvitskii 2007) over the seven scores, and the plane of the
 * first two principal components to look at them. Immutable.
 *
 * <p>The best of several restarts counts: the one with the smallest sum of squared distances. Clusters are ordered by size,
 * the largest first. The same readings, options and seed give the same clusters.
 */
public final class EmotionClusters {
    /** The most readings that are clustered; of more, every n-th is taken, and all are assigned. */
    public static final int MAX_CLUSTERED = 20_000;

    /** The most readings that a silhouette is computed over: its time grows with their square. */
    public static final int MAX_SILHOUETTE = 1_000;

    private final List<Cluster> clusters;
    private final int[] assignments;
    private final double inertia;
    private final double silhouette;
    private final PrincipalComponents components;

    private EmotionClusters(
            List<Cluster> clusters,
            int[] assignments,
            double inertia,
            double silhouette,
            PrincipalComponents components) {
        this.clusters = clusters;
        this.assignments = assignments;
        this.inertia = inertia;
        this.silhouette = silhouette;
        this.components = components;
    }

    /**
     * Starts to choose options.
     *
     * @return a builder with nothing set
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * One cluster.
     *
     * @param center the mean of its readings, seven values in class order
     * @param size how many readings it has
     */
    public record Cluster(EmotionScores center, int size) {
        /**
         * Says what the center means.
         *
         * @return the expressions that make up at least a fifth of it, for example {@code "happy 81 %"}, or
         *     {@code "mixed"} with the strongest
         */
        public String describe() {
            return describe(Locale.ENGLISH);
        }

        /**
         * Says in a language what the center means.
         *
         * @param language English, Spanish, or one whose texts were added
         * @return as {@link #describe()}
         * @throws IllegalArgumentException if there are no texts in this language
         */
        public String describe(Locale language) {
            Words words = Words.of(language);
            List<Emotion> strong = Emotion.all().stream()
                    .filter(emotion -> center.get(emotion) >= 0.2)
                    .sorted(Comparator.comparingDouble((Emotion emotion) -> center.get(emotion))
                            .reversed())
                    .toList();
            return strong.isEmpty()
                    ? words.say("cluster.mixed", percent(center.top(), words))
                    : strong.stream().map(emotion -> percent(emotion, words)).collect(Collectors.joining(", "));
        }

        private String percent(Emotion emotion, Words words) {
            return words.of(emotion) + " " + words.percent(center.get(emotion), 0);
        }
    }

    /**
     * Returns the clusters.
     *
     * @return an immutable list, the largest first
     */
    public List<Cluster> clusters() {
        return clusters;
    }

    /**
     * Returns which cluster a reading belongs to.
     *
     * @param reading its place among the readings that were given
     * @return the index of its cluster
     * @throws IndexOutOfBoundsException if there is no such reading
     */
    public int clusterOf(int reading) {
        return assignments[reading];
    }

    /**
     * Returns the sum over all readings of the squared distance to their center.
     *
     * @return 0 or more
     */
    public double inertia() {
        return inertia;
    }

    /**
     * Returns the mean silhouette (Rousseeuw 1987): how much nearer a reading is to its own cluster than to the next.
     *
     * @return -1 to 1; 0 with one cluster. Computed over at most {@link #MAX_SILHOUETTE} readings
     */
    public double silhouette() {
        return silhouette;
    }

    /**
     * Returns the plane to look at the readings in.
     *
     * @return the principal components of the readings that were clustered
     */
    public PrincipalComponents components() {
        return components;
    }

    @Override
    public String toString() {
        return "EmotionClusters" + clusters;
    }

    /** Chooses options and clusters. Confined to one thread. */
    public static final class Builder {
        private @Nullable Integer clusters;
        private int largest = 7;
        private int restarts = 10;
        private long seed = 1;

        private Builder() {}

        /**
         * Sets the number of clusters. Default: the one from 2 to 7 with the best silhouette.
         *
         * @param value 1 to 50
         * @return this builder
         * @throws IllegalArgumentException if the value is out of its range
         */
        public Builder clusters(int value) {
            requireRange("clusters", value, 1, 50);
            clusters = value;
            return this;
        }

        /**
         * Sets the most clusters that are tried where their number is found. Default: 7.
         *
         * @param value 2 to 50
         * @return this builder
         * @throws IllegalArgumentException if the value is out of its range
         */
        public Builder atMost(int value) {
            requireRange("atMost", value, 2, 50);
            largest = value;
            return this;
        }

        /**
         * Sets how often k-means starts afresh. Default: 10.
         *
         * @param value 1 to 1000
         * @return this builder
         * @throws IllegalArgumentException if the value is out of its range
         */
        public Builder restarts(int value) {
            requireRange("restarts", value, 1, 1000);
            restarts = value;
            return this;
        }

        /**
         * Sets the seed of the random starts. Default: 1.
         *
         * @param value any
         * @return this builder
         */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * Clusters readings.
         *
         * @param readings their scores
         * @return the clusters
         * @throws IllegalArgumentException if there are fewer different readings than clusters
         */
        public EmotionClusters cluster(List<EmotionScores> readings) {
            List<DoublePoint> points = sample(readings, MAX_CLUSTERED);
            long different = points.stream().distinct().count();
            int wanted = clusters == null ? 2 : clusters;
            if (different < wanted) {
                throw new IllegalArgumentException("there are " + different + " different readings, expected at least "
                        + wanted + " for " + wanted + " clusters; set fewer clusters");
            }
            List<DoublePoint> judged = sample(readings, MAX_SILHOUETTE);
            double[][] best = new double[0][];
            double bestSilhouette = Double.NEGATIVE_INFINITY;
            int from = wanted;
            int to = clusters == null ? (int) Math.min(largest, different) : wanted;
            for (int k = from; k <= to; k++) {
                double[][] centers = centers(points, k);
                double silhouette = silhouette(judged, centers);
                if (silhouette > bestSilhouette) {
                    bestSilhouette = silhouette;
                    best = centers;
                }
            }
            double[][] rows = points.stream().map(DoublePoint::getPoint).toArray(double[][]::new);
            return assigned(readings, best, bestSilhouette, PrincipalComponents.of(rows));
        }

        private double[][] centers(List<DoublePoint> points, int k) {
            double[][] best = new double[0][];
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < restarts; i++) {
                KMeansPlusPlusClusterer<DoublePoint> clusterer = new KMeansPlusPlusClusterer<>(
                        k, 300, new EuclideanDistance(), new Well19937c(seed + 1000L * k + i));
                double[][] centers = clusterer.cluster(points).stream()
                        .map(CentroidCluster::getCenter)
                        .map(center -> center.getPoint().clone())
                        .toArray(double[][]::new);
                double inertia = 0;
                for (DoublePoint point : points) {
                    inertia += squared(point.getPoint(), centers[nearest(point.getPoint(), centers)]);
                }
                if (inertia < least) {
                    least = inertia;
                    best = centers;
                }
            }
            return best;
        }

        private static EmotionClusters assigned(
                List<EmotionScores> readings, double[][] centers, double silhouette, PrincipalComponents components) {
            int[] assignments = new int[readings.size()];
            int[] sizes = new int[centers.length];
            double inertia = 0;
            for (int i = 0; i < assignments.length; i++) {
                double[] point = point(readings.get(i));
                assignments[i] = nearest(point, centers);
                sizes[assignments[i]]++;
                inertia += squared(point, centers[assignments[i]]);
            }
            List<Integer> order = IntStream.range(0, centers.length)
                    .boxed()
                    .sorted(Comparator.comparingInt((Integer i) -> sizes[i]).reversed())
                    .toList();
            int[] place = new int[centers.length];
            List<Cluster> clusters = new ArrayList<>();
            for (int i : order) {
                place[i] = clusters.size();
                float[] center = new float[EmotionScores.SIZE];
                for (int j = 0; j < center.length; j++) {
                    center[j] = (float) centers[i][j];
                }
                clusters.add(new Cluster(EmotionScores.ofWeights(center), sizes[i]));
            }
            for (int i = 0; i < assignments.length; i++) {
                assignments[i] = place[assignments[i]];
            }
            return new EmotionClusters(List.copyOf(clusters), assignments, inertia, silhouette, components);
        }

        private static void requireRange(String option, int value, int least, int most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(option + " is " + value + ", expected " + least + " to " + most);
            }
        }
    }

    /** Takes every n-th reading, so that at most so many are left. */
    private static List<DoublePoint> sample(List<EmotionScores> readings, int most) {
        int step = (readings.size() + most - 1) / most;
        List<DoublePoint> points = new ArrayList<>();
        for (int i = 0; i < readings.size(); i += step) {
            points.add(new DoublePoint(point(readings.get(i))));
        }
        return points;
    }

    static double[] point(EmotionScores scores) {
        double[] point = new double[EmotionScores.SIZE];
        for (int i = 0; i < point.length; i++) {
            point[i] = scores.get(i);
        }
        return point;
    }

    private static int nearest(double[] point, double[][] centers) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < centers.length; i++) {
            double distance = squared(point, centers[i]);
            if (distance < least) {
                least = distance;
                nearest = i;
            }
        }
        return nearest;
    }

    private static double squared(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            double difference = one[i] - other[i];
            sum += difference * difference;
        }
        return sum;
    }

    /** A reading that is alone in its cluster counts 0, as Rousseeuw has it. */
    private static double silhouette(List<DoublePoint> points, double[][] centers) {
        if (centers.length < 2) {
            return 0;
        }
        int[] own = points.stream()
                .mapToInt(point -> nearest(point.getPoint(), centers))
                .toArray();
        int[] sizes = new int[centers.length];
        Arrays.stream(own).forEach(cluster -> sizes[cluster]++);
        double sum = 0;
        double[] distances = new double[centers.length];
        for (int i = 0; i < own.length; i++) {
            Arrays.fill(distances, 0);
            for (int j = 0; j < own.length; j++) {
                distances[own[j]] += Math.sqrt(
                        squared(points.get(i).getPoint(), points.get(j).getPoint()));
            }
            sum += silhouette(distances, sizes, own[i]);
        }
        return sum / own.length;
    }

    private static double silhouette(double[] distances, int[] sizes, int own) {
        if (sizes[own] < 2) {
            return 0;
        }
        double inner = distances[own] / (sizes[own] - 1);
        double outer = Double.POSITIVE_INFINITY;
        for (int i = 0; i < sizes.length; i++) {
            if (i != own && sizes[i] > 0) {
                outer = Math.min(outer, distances[i] / sizes[i]);
            }
        }
        double larger = Math.max(inner, outer);
        return Double.isInfinite(outer) || larger == 0 ? 0 : (outer - inner) / larger;
    }
}
