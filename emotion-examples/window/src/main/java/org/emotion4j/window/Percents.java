package org.emotion4j.window;

import org.emotion4j.analysis.Shares;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.reading.EmotionReading;

/** Scores in whole per cent, which add up to one hundred and are the same wherever the window writes them. */
final class Percents {
    private static final double SCALE = 1e9;

    private Percents() {}

    /** Rounds the seven scores, in class order, to shares of 0 to 1 in steps of a hundredth. */
    static double[] of(EmotionScores scores) {
        double[] values = new double[EmotionScores.SIZE];
        for (int i = 0; i < values.length; i++) {
            values[i] = scores.get(i);
        }
        return of(values);
    }

    /** Rounds values so that they add up to 1; all 0 where they are. */
    static double[] of(double[] values) {
        long[] parts = new long[values.length];
        long sum = 0;
        for (int i = 0; i < values.length; i++) {
            parts[i] = Math.round(Math.max(0, values[i]) * SCALE);
            sum += parts[i];
        }
        return sum == 0 ? new double[values.length] : of(parts);
    }

    /** Rounds amounts to shares that add up to 1; all 0 where there is nothing. */
    static double[] of(long[] amounts) {
        double[] percents = Shares.percents(amounts, 0);
        for (int i = 0; i < percents.length; i++) {
            percents[i] = Double.isNaN(percents[i]) ? 0 : percents[i] / 100;
        }
        return percents;
    }

    /** The highest score as its bar says it. */
    static double confidence(EmotionReading reading) {
        return of(reading.scores())[reading.scores().top().ordinal()];
    }
}
