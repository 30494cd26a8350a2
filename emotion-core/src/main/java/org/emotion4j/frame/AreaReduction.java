package org.emotion4j.frame;

/**
 * Reduces a picture by exact area means, row by row: what networks get that look at whole frames. The memory is kept from picture
 * to picture, so an object is confined to one thread.
 */
final class AreaReduction {
    private static final int CHANNELS = 3;

    private int rows;
    private byte[] row = new byte[0];
    private float[] levels = new float[0];
    private float[] mean = new float[0];
    private Taps columns = Taps.NONE;

    /** Which row of the picture lies unpacked in {@link #levels}: two reduced rows may share one. */
    private int unpacked;

    /**
     * Begins with a picture.
     *
     * @param source the picture
     * @param reducedWidth to how many columns it is reduced
     * @param reducedHeight to how many rows it is reduced
     * @param paddedWidth columns that its user has for them
     * @param paddedHeight rows that its user has for them
     * @throws IllegalArgumentException if it would be enlarged, or there is no room for it
     */
    void begin(Pixels source, int reducedWidth, int reducedHeight, int paddedWidth, int paddedHeight) {
        requireSize("width", reducedWidth, source.width(), paddedWidth);
        requireSize("height", reducedHeight, source.height(), paddedHeight);
        int bytes = bytesOfRow(source);
        if (row.length < bytes) {
            row = new byte[bytes];
            levels = new float[bytes];
            mean = new float[bytes];
        }
        if (!columns.fit(source.width(), reducedWidth)) {
            columns = Taps.of(source.width(), reducedWidth);
        }
        rows = reducedHeight;
        unpacked = -1;
    }

    private static void requireSize(String side, int reduced, int original, int padded) {
        if (reduced < 1 || reduced > original || padded < reduced) {
            throw new IllegalArgumentException(side + " " + original + " reduced to " + reduced + " and padded to "
                    + padded + ", expected 1 <= reduced <= original and reduced <= padded");
        }
    }

    private static int bytesOfRow(Pixels source) {
        return source.width() * source.format().bytesPerPixel();
    }

    /**
     * Gives a row of the reduced picture; they are asked for in their order.
     *
     * @param source the picture, the same for all rows
     * @param y which row
     * @param red gets the levels, 0 to 255, of the reduced columns; of a gray picture these are all there is
     * @param green likewise
     * @param blue likewise
     */
    void row(Pixels source, int y, float[] red, float[] green, float[] blue) {
        meanOfRows(source, y);
        switch (source.format()) {
            case GRAY8 -> {
                columns.apply(mean, red);
                System.arraycopy(red, 0, green, 0, columns.reduced());
                System.arraycopy(red, 0, blue, 0, columns.reduced());
            }
            case RGB24 -> columns.apply(mean, red, green, blue);
            case BGR24 -> columns.apply(mean, blue, green, red);
        }
    }

    /** The mean of the rows of the picture that a reduced one covers. */
    private void meanOfRows(Pixels source, int y) {
        int bytes = bytesOfRow(source);
        double scale = (double) source.height() / rows;
        double from = y * scale;
        double to = Math.min(source.height(), (y + 1) * scale);
        int first = (int) from;
        for (int in = first; in < to; in++) {
            if (in != unpacked) {
                source.pixels().get(in * source.stride(), row, 0, bytes);
                ImageTransform.unpack(row, levels, bytes);
                unpacked = in;
            }
            float weight = (float) ((Math.min(to, in + 1.0) - Math.max(from, in)) / scale);
            if (in == first) {
                times(levels, weight, mean, bytes);
            } else {
                AreaSampler.addTimes(levels, 0, weight, mean, bytes);
            }
        }
    }

    /** A short loop in a method of its own, which the just-in-time compiler makes vector instructions of. */
    private static void times(float[] in, float weight, float[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = weight * in[i];
        }
    }

    /**
     * Which columns of a picture a column of the reduced one covers, and by how much: as many as {@code most} from
     * {@code first} on, with {@code most} weights each.
     */
    private record Taps(int original, int reduced, int most, int[] first, float[] weights) {
        /** A share of a column that is but rounding. */
        private static final double NOTHING = 1e-6;

        static final Taps NONE = new Taps(0, 0, 0, new int[0], new float[0]);

        static Taps of(int original, int reduced) {
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
            return new Taps(original, reduced, most, first, weights);
        }

        private static double end(int x, double scale, int original) {
            return Math.min(original, (x + 1) * scale);
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
}
