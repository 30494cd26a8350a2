package org.emotion4j.analysis;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.words.Words;
import org.hipparchus.stat.projection.PCA;

/**
 * The plane in which readings differ most: their first two principal components, from the covariance of the seven scores.
 * Immutable.
 *
 * <p>A component's sign means nothing; here its largest loading is positive, so that the same data gives the same
 * picture.
 */
public final class PrincipalComponents {
    private static final int AXES = 2;

    /** Of seven loadings whose squares sum up to 1, one that stands out. */
    private static final double TELLING = 0.3;

    private final double[] mean;
    private final double[][] axes;
    private final double[] shares;

    private PrincipalComponents(double[] mean, double[][] axes, double[] shares) {
        this.mean = mean;
        this.axes = axes;
        this.shares = shares;
    }

    static PrincipalComponents of(double[][] rows) {
        int width = rows[0].length;
        double[] mean = new double[width];
        for (double[] row : rows) {
            for (int i = 0; i < width; i++) {
                mean[i] += row[i] / rows.length;
            }
        }
        if (rows.length < 2) {
            return new PrincipalComponents(mean, new double[AXES][width], new double[AXES]);
        }
        PCA pca = new PCA(width);
        pca.fit(rows);
        double[] variances = pca.getVariance();
        double total = Arrays.stream(variances).sum();
        double[][] axes = new double[AXES][];
        double[] shares = new double[AXES];
        for (int axis = 0; axis < AXES; axis++) {
            axes[axis] = signed(axis(pca.getComponents(), axis, width));
            shares[axis] = total > 0 ? variances[axis] / total : 0;
        }
        return new PrincipalComponents(mean, axes, shares);
    }

    /**
     * Returns how much of the readings' variance lies along a component.
     *
     * @param component 0 or 1
     * @return 0 to 1; 0 where all readings are the same
     * @throws IndexOutOfBoundsException if there is no such component
     */
    public double share(int component) {
        return shares[component];
    }

    /**
     * Returns how a component is made of the seven scores.
     *
     * @param component 0 or 1
     * @return seven loadings in class order, a vector of length 1
     * @throws IndexOutOfBoundsException if there is no such component
     */
    public double[] loadings(int component) {
        return axes[component].clone();
    }

    /**
     * Returns where a reading lies.
     *
     * @param scores the reading
     * @param component 0 or 1
     * @return its coordinate; the mean of the readings is at 0
     * @throws IndexOutOfBoundsException if there is no such component
     */
    public double project(EmotionScores scores, int component) {
        double sum = 0;
        for (int i = 0; i < mean.length; i++) {
            sum += (scores.get(i) - mean[i]) * axes[component][i];
        }
        return sum;
    }

    /**
     * Says what lies in the direction of a component.
     *
     * @param component 0 or 1
     * @return the expressions with a loading of at least 0.3, for example {@code "more happy, less neutral"}; the empty
     *     string where all readings are the same
     * @throws IndexOutOfBoundsException if there is no such component
     */
    public String describe(int component) {
        return describe(component, Locale.ENGLISH);
    }

    /**
     * Says in a language what lies in the direction of a component.
     *
     * @param component 0 or 1
     * @param language English, Spanish, or one whose texts were added
     * @return as {@link #describe(int)}
     * @throws IndexOutOfBoundsException if there is no such component
     * @throws IllegalArgumentException if there are no texts in this language
     */
    public String describe(int component, Locale language) {
        Words words = Words.of(language);
        double[] axis = axes[component];
        return Emotion.all().stream()
                .filter(emotion -> Math.abs(axis[emotion.ordinal()]) >= TELLING)
                .sorted(Comparator.comparingDouble((Emotion emotion) -> -axis[emotion.ordinal()]))
                .map(emotion ->
                        words.say(axis[emotion.ordinal()] > 0 ? "component.more" : "component.less", words.of(emotion)))
                .collect(Collectors.joining(", "));
    }

    private static double[] axis(double[][] components, int axis, int width) {
        double[] values = new double[width];
        for (int i = 0; i < width; i++) {
            values[i] = components[i][axis];
        }
        return values;
    }

    private static double[] signed(double[] axis) {
        double largest = 0;
        for (double value : axis) {
            largest = Math.abs(value) > Math.abs(largest) ? value : largest;
        }
        double sign = largest < 0 ? -1 : 1;
        return Arrays.stream(axis).map(value -> sign * value).toArray();
    }
}
