package org.emotion4j.emotion;

import java.util.Arrays;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * Seven probabilities, one for each {@link Emotion}, that sum to one. Immutable and thread-safe.
 */
public final class EmotionScores {
    /** The number of classes. */
    public static final int SIZE = 7;

    /** How far the sum of given probabilities may be from one before they are refused. */
    private static final double SUM_TOLERANCE = 1e-3;

    private static final EmotionScores UNIFORM = new EmotionScores(uniformValues());

    private final float[] values;

    private EmotionScores(float[] values) {
        this.values = values;
    }

    /**
     * Takes probabilities in class order. A sum within 0.001 of one is accepted and normalized.
     *
     * @param probabilities seven finite numbers of 0 or more
     * @return the scores
     * @throws IllegalArgumentException if there are not seven, one is negative, NaN or infinite, or the sum is not one
     */
    public static EmotionScores of(float... probabilities) {
        requireSize(probabilities.length);
        double sum = 0;
        for (int i = 0; i < SIZE; i++) {
            requireNonNegative(i, probabilities[i]);
            sum += probabilities[i];
        }
        if (Math.abs(sum - 1) > SUM_TOLERANCE) {
            throw new IllegalArgumentException("probabilities sum to " + sum + ", expected 1: "
                    + Arrays.toString(probabilities) + "; for weights or logits use ofWeights or ofLogits");
        }
        return scaled(probabilities, sum);
    }

    /**
     * Takes weights of any positive sum (votes, for example) and divides them by it.
     *
     * @param weights seven finite numbers of 0 or more, not all 0
     * @return the scores
     * @throws IllegalArgumentException if there are not seven, one is negative, NaN or infinite, or all are 0
     */
    public static EmotionScores ofWeights(float... weights) {
        requireSize(weights.length);
        double sum = 0;
        for (int i = 0; i < SIZE; i++) {
            requireNonNegative(i, weights[i]);
            sum += weights[i];
        }
        if (!(sum > 0) || Double.isInfinite(sum)) {
            throw new IllegalArgumentException("weights sum to " + sum + ", expected a positive number");
        }
        return scaled(weights, sum);
    }

    /**
     * Applies the softmax function to logits.
     *
     * @param logits seven finite numbers in class order
     * @return the scores
     * @throws IllegalArgumentException if there are not seven or one is NaN or infinite
     */
    public static EmotionScores ofLogits(float... logits) {
        return ofLogits(1, logits);
    }

    /**
     * Applies the softmax function to logits that are first divided by a temperature (Guo et al. 2017, "On Calibration
     * of Modern Neural Networks"): above 1 the scores get flatter, below 1 sharper; their order stays.
     *
     * @param temperature a finite number above 0
     * @param logits seven finite numbers in class order
     * @return the scores
     * @throws IllegalArgumentException if an argument is out of its range
     */
    public static EmotionScores ofLogits(double temperature, float... logits) {
        requireSize(logits.length);
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature is " + temperature + ", expected a finite number above 0");
        }
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < SIZE; i++) {
            if (!Float.isFinite(logits[i])) {
                throw new IllegalArgumentException(
                        "logit of " + Emotion.all().get(i) + " is " + logits[i] + ", expected a finite number");
            }
            max = Math.max(max, logits[i]);
        }
        double sum = 0;
        double[] exponentials = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            exponentials[i] = Math.exp((logits[i] - max) / temperature);
            sum += exponentials[i];
        }
        float[] result = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            result[i] = (float) (exponentials[i] / sum);
        }
        return new EmotionScores(result);
    }

    /**
     * Returns the scores that say nothing: one seventh each.
     *
     * @return the uniform distribution
     */
    public static EmotionScores uniform() {
        return UNIFORM;
    }

    /**
     * Returns all of the probability on one expression.
     *
     * @param emotion the certain one
     * @return the scores
     */
    public static EmotionScores certain(Emotion emotion) {
        float[] values = new float[SIZE];
        values[emotion.ordinal()] = 1;
        return new EmotionScores(values);
    }

    /**
     * Returns the probability of one expression.
     *
     * @param emotion the expression
     * @return its probability, 0 to 1
     */
    public float get(Emotion emotion) {
        return values[emotion.ordinal()];
    }

    /**
     * Returns the probability of the class with an index.
     *
     * @param index the class, 0 to 6, as {@link Emotion#ordinal()}
     * @return its probability, 0 to 1
     * @throws IndexOutOfBoundsException if there is no such class
     */
    public float get(int index) {
        return values[index];
    }

    /**
     * Returns the most probable expression; of equal ones the first in class order.
     *
     * @return the argmax
     */
    public Emotion top() {
        int best = 0;
        for (int i = 1; i < SIZE; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return Emotion.all().get(best);
    }

    /**
     * Returns the probability of {@link #top()}.
     *
     * @return the confidence, 1/7 to 1
     */
    public float confidence() {
        return get(top());
    }

    /**
     * Returns by how much the most probable expression leads the second.
     *
     * @return the lead, 0 to 1
     */
    public float margin() {
        float first = 0;
        float second = 0;
        for (float value : values) {
            if (value > first) {
                second = first;
                first = value;
            } else if (value > second) {
                second = value;
            }
        }
        return first - second;
    }

    /**
     * Returns a copy of the seven probabilities in class order.
     *
     * @return a new array of size seven
     */
    public float[] toArray() {
        return values.clone();
    }

    /**
     * Writes the seven probabilities into an array, without allocation.
     *
     * @param target where to
     * @param offset the index of the first
     * @throws IndexOutOfBoundsException if they do not fit
     */
    public void copyTo(float[] target, int offset) {
        System.arraycopy(values, 0, target, offset, SIZE);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EmotionScores scores && Arrays.equals(values, scores.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    /** Returns the labels with their probabilities, for example {@code "angry 0.02, …, neutral 0.71"}. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ");
        for (Emotion emotion : Emotion.all()) {
            text.add(String.format(Locale.ROOT, "%s %.3f", emotion.label(), get(emotion)));
        }
        return text.toString();
    }

    /** Adding zero turns a negative zero into a zero, which is then written without a sign. */
    private static EmotionScores scaled(float[] weights, double sum) {
        float[] result = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            result[i] = (float) (weights[i] / sum) + 0f;
        }
        return new EmotionScores(result);
    }

    private static float[] uniformValues() {
        float[] values = new float[SIZE];
        Arrays.fill(values, 1f / SIZE);
        return values;
    }

    private static void requireSize(int size) {
        if (size != SIZE) {
            throw new IllegalArgumentException("got " + size + " scores, expected " + SIZE + ": " + Emotion.labels());
        }
    }

    private static void requireNonNegative(int index, float value) {
        if (!(value >= 0) || Float.isInfinite(value)) {
            throw new IllegalArgumentException("score of " + Emotion.all().get(index) + " is " + value
                    + ", expected a finite number of 0 or more");
        }
    }
}
