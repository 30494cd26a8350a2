package org.emotion4j.emotion;

/**
 * Valence and arousal on Russell's circumplex (Russell 1980, "A circumplex model of affect"), <em>derived</em> from the
 * scores of the seven expressions: no network has measured them.
 *
 * <p>Each expression has the place that people gave its word on the scales of pleasure and arousal (Russell and Mehrabian
 * 1977, "Evidence for a three-factor theory of emotions"); neutral is the origin. A reading lies at the mean of these
 * places, weighted with its scores. So it says no more than the scores do, and mixtures of opposites lie in the middle.
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

    /**
     * Derives valence and arousal.
     *
     * @param scores smoothed or raw scores
     * @return their mean place
     */
    public static Affect of(EmotionScores scores) {
        double valence = 0;
        double arousal = 0;
        for (int i = 0; i < EmotionScores.SIZE; i++) {
            valence += scores.get(i) * PLACES[i][0];
            arousal += scores.get(i) * PLACES[i][1];
        }
        return new Affect(valence, arousal);
    }

    /**
     * Returns the place of one expression.
     *
     * @param emotion the expression
     * @return where it lies
     */
    public static Affect of(Emotion emotion) {
        return of(EmotionScores.certain(emotion));
    }
}
