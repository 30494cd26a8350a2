package org.emotion4j.emotion;

import java.util.Arrays;

/**
 * Valence and arousal on Russell's circumplex (Russell 1980, "A circumplex model of affect"), <em>derived</em> from the
 * scores of the seven expressions: no network has measured them.
 *
 * <p>Each expression has the place that people gave its word on the scales of pleasure and arousal (Russell and Mehrabian
 * 1977, "Evidence for a three-factor theory of emotions"); neutral is the origin. A reading lies at the mean of these
 * places, weighted with its scores, measured against the uniform answer. So it says no more than the scores do, and
 * mixtures of opposites lie in the middle.
 *
 * <p><b>Ignorance is at the origin.</b> Four of the six places are unpleasant and five excited, so the plain mean of equal
 * scores would be unpleasant and excited, and whoever is read less surely, in bad light say, would look gloomy. Therefore
 * the part of the scores that is ignorance is taken out: seven times their median, that of the uniform answer being a
 * seventh. What is read with certainty stays at its place, and so does a mixture of up to three.
 *
 * @param valence from unpleasant, -1, to pleasant, 1
 * @param arousal from calm, -1, to excited, 1
 */
public record Affect(double valence, double arousal) {
    /** Pleasure and arousal, in class order. */
    private static final double[][] PLACES = {
        {-0.51, 0.59}, // angry
        {-0.60, 0.35}, // disgust
        {-0.64, 0.60}, // fear
        {0.81, 0.51}, // happy
        {-0.63, -0.27}, // sad
        {0.40, 0.67}, // surprise
        {0, 0}, // neutral
    };

    private static final double UNIFORM_VALENCE = mean(0);
    private static final double UNIFORM_AROUSAL = mean(1);

    /**
     * Derives valence and arousal.
     *
     * @param scores smoothed or raw scores
     * @return their mean place, measured against the uniform answer, whose place is the origin
     */
    public static Affect of(EmotionScores scores) {
        double valence = 0;
        double arousal = 0;
        for (int i = 0; i < EmotionScores.SIZE; i++) {
            valence += scores.get(i) * PLACES[i][0];
            arousal += scores.get(i) * PLACES[i][1];
        }
        double ignorance = ignorance(scores);
        return new Affect(
                bounded(valence - ignorance * UNIFORM_VALENCE), bounded(arousal - ignorance * UNIFORM_AROUSAL));
    }

    /** How much of scores is the uniform answer: seven times the middle one, as what stands out are the few above it. */
    private static double ignorance(EmotionScores scores) {
        double[] sorted = new double[EmotionScores.SIZE];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = scores.get(i);
        }
        Arrays.sort(sorted);
        return Math.min(1, EmotionScores.SIZE * sorted[EmotionScores.SIZE / 2]);
    }

    private static double bounded(double value) {
        return Math.max(-1, Math.min(1, value));
    }

    private static double mean(int axis) {
        double sum = 0;
        for (double[] place : PLACES) {
            sum += place[axis];
        }
        return sum / PLACES.length;
    }

    /**
     * Returns the place of one expression.
     *
     * @param emotion the expression
     * @return where it lies
     */
    public static Affect of(Emotion emotion) {
        double[] place = PLACES[emotion.ordinal()];
        return new Affect(place[0], place[1]);
    }
}
