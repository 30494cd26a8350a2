package org.emotion4j.examples.guide;

import java.util.Random;
import java.util.function.UnaryOperator;

/** Stands for an integrator's network: one fixed linear layer from the pixels to eight logits. */
final class OwnNetwork {
    private static final int LABELS = 8;

    private OwnNetwork() {}

    static UnaryOperator<float[]> load() {
        float[][] weights = new float[LABELS][3 * 112 * 112];
        Random random = new Random(7);
        for (float[] row : weights) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) random.nextGaussian() / 100;
            }
        }
        return input -> {
            float[] logits = new float[LABELS];
            for (int label = 0; label < LABELS; label++) {
                for (int i = 0; i < input.length; i++) {
                    logits[label] += weights[label][i] * input[i];
                }
            }
            return logits;
        };
    }
}
