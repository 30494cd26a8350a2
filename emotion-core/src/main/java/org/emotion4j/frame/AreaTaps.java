package org.emotion4j.frame;

/**
 * Which columns of a picture a column of the reduced one covers, and by how much: as many as {@code most} from
 * {@code first} on, with {@code most} weights each, whose sum is 1. The same for rows.
 */
record AreaTaps(int original, int reduced, int most, int[] first, float[] weights) {
    /** A share of a column that is but rounding. */
    private static final double NOTHING = 1e-6;

    private static final int CHANNELS = 3;

    static final AreaTaps NONE = new AreaTaps(0, 0, 0, new int[0], new float[0]);

    static AreaTaps of(int original, int reduced) {
        double scale = (double) original / reduced;
        int[] first = new int[reduced];
        int most = 1;
        for (int x = 0; x < reduced; x++) {
            first[x] = (int) (x * scale + NOTHING);
            most = Math.max(most, (int) Math.ceil(end(x, scale, original) - NOTHING) - first[x]);
        }
        float[] weights = new float[reduced * most];
        for (int x = 0; x < reduced; x++) {
            double from = x * scale;
            double to = end(x, scale, original);
            first[x] = Math.min(first[x], original - most);
            for (int tap = 0; tap < most; tap++) {
                double left = Math.max(from, first[x] + tap);
                double right = Math.min(to, first[x] + tap + 1.0);
                weights[x * most + tap] = (float) (Math.max(0, right - left) / scale);
            }
        }
        return new AreaTaps(original, reduced, most, first, weights);
    }

    private static double end(int x, double scale, int original) {
        return Math.min(original, (x + 1) * scale);
    }

    /** The weights in whole parts of the sum, which is kept: none differs by one part. */
    int[] wholeWeights(int parts) {
        int[] whole = new int[weights.length];
        for (int at = 0; at < weights.length; at += most) {
            double sum = 0;
            int given = 0;
            for (int tap = at; tap < at + most; tap++) {
                sum += weights[tap] * parts;
                whole[tap] = (int) Math.round(sum) - given;
                given += whole[tap];
            }
        }
        return whole;
    }

    boolean fit(int width, int reducedWidth) {
        return original == width && reduced == reducedWidth;
    }

    void apply(float[] values, float[] out) {
        for (int x = 0; x < reduced; x++) {
            float sum = 0;
            for (int tap = 0; tap < most; tap++) {
                sum += weights[x * most + tap] * values[first[x] + tap];
            }
            out[x] = sum;
        }
    }

    /** Three interleaved channels, each to a line of its own. */
    void apply(float[] values, float[] out0, float[] out1, float[] out2) {
        if (most == 2) {
            applyTwo(values, out0, out1, out2);
            return;
        }
        if (most == 4) {
            applyFour(values, out0, out1, out2);
            return;
        }
        for (int x = 0; x < reduced; x++) {
            float sum0 = 0;
            float sum1 = 0;
            float sum2 = 0;
            int at = CHANNELS * first[x];
            for (int tap = 0; tap < most; tap++, at += CHANNELS) {
                float weight = weights[x * most + tap];
                sum0 += weight * values[at];
                sum1 += weight * values[at + 1];
                sum2 += weight * values[at + 2];
            }
            out0[x] = sum0;
            out1[x] = sum1;
            out2[x] = sum2;
        }
    }

    // The same for two and four columns, which frames of 640x480 and 1920x1080 need: faster without the inner loop.

    private void applyTwo(float[] values, float[] out0, float[] out1, float[] out2) {
        for (int x = 0; x < reduced; x++) {
            int at = CHANNELS * first[x];
            float left = weights[2 * x];
            float right = weights[2 * x + 1];
            out0[x] = left * values[at] + right * values[at + CHANNELS];
            out1[x] = left * values[at + 1] + right * values[at + CHANNELS + 1];
            out2[x] = left * values[at + 2] + right * values[at + CHANNELS + 2];
        }
    }

    private void applyFour(float[] values, float[] out0, float[] out1, float[] out2) {
        for (int x = 0; x < reduced; x++) {
            int at = CHANNELS * first[x];
            float a = weights[4 * x];
            float b = weights[4 * x + 1];
            float c = weights[4 * x + 2];
            float d = weights[4 * x + 3];
            out0[x] = a * values[at] + b * values[at + 3] + c * values[at + 6] + d * values[at + 9];
            out1[x] = a * values[at + 1] + b * values[at + 4] + c * values[at + 7] + d * values[at + 10];
            out2[x] = a * values[at + 2] + b * values[at + 5] + c * values[at + 8] + d * values[at + 11];
        }
    }
}
