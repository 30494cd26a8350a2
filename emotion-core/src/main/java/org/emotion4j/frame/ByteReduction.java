package org.emotion4j.frame;

/**
 * Reduces a picture by area means in integers, row by row: as {@link AreaReduction}, to bytes. Weights are whole 256ths: a level may
 * differ from the exact one by 1, and by more where contrasts are hard and many pixels make one. Red, green and blue are
 * computed at once, each in 21 bits of a long. The memory is kept from picture to picture, so an object is confined to one thread.
 */
final class ByteReduction {
    private static final int CHANNELS = 3;
    private static final int ONE = 256;
    private static final int LANE = 21;

    /** What has a 1 in each of the three lanes. */
    private static final long EACH = 1 | 1L << LANE | 1L << 2 * LANE;

    /** 8 bits of a level and 8 of a weight lose so many, so that the other weight fits into the lane too. */
    private static final int LOST = 3;

    private static final long KEPT = EACH * (ONE * ONE - 1 >> LOST);
    private static final int FRACTION = 13;
    private static final long HALF = EACH << FRACTION - 1;

    private AreaTaps columns = AreaTaps.NONE;
    private int[] columnWeights = new int[0];
    private AreaTaps rows = AreaTaps.NONE;
    private int[] rowWeights = new int[0];

    private byte[] row = new byte[0];
    private long[] levels = new long[0];
    private long[] means = new long[0];
    private long[] sums = new long[0];

    /** Which row of the picture lies in {@link #levels}: two reduced rows may share one. */
    private int unpacked;

    /** Begins with a picture; as {@link AreaReduction#begin}. */
    void begin(Pixels source, int reducedWidth, int reducedHeight, int paddedWidth, int paddedHeight) {
        AreaReduction.requireSizes(source, reducedWidth, reducedHeight, paddedWidth, paddedHeight);
        if (levels.length < source.width()) {
            row = new byte[CHANNELS * source.width()];
            levels = new long[source.width()];
            means = new long[source.width()];
            sums = new long[source.width()];
        }
        if (!columns.fit(source.width(), reducedWidth)) {
            columns = AreaTaps.of(source.width(), reducedWidth);
            columnWeights = columns.wholeWeights(ONE);
        }
        if (!rows.fit(source.height(), reducedHeight)) {
            rows = AreaTaps.of(source.height(), reducedHeight);
            rowWeights = rows.wholeWeights(ONE);
        }
        unpacked = -1;
    }

    /**
     * Gives a row of the reduced picture; they are asked for in their order.
     *
     * @param source the picture, the same for all rows
     * @param y which row
     * @param out gets red, green and blue of each reduced column
     * @param from where in {@code out} the first goes
     */
    void row(Pixels source, int y, byte[] out, int from) {
        boolean first = true;
        for (int tap = 0; tap < rows.most(); tap++) {
            int weight = rowWeights[y * rows.most() + tap];
            if (weight == 0) {
                continue;
            }
            unpack(source, rows.first()[y] + tap);
            if (first) {
                times(levels, weight, means, source.width());
            } else {
                addTimes(levels, weight, means, source.width());
            }
            first = false;
        }
        shorten(means, source.width());
        boolean reversed = source.format() == PixelFormat.BGR24;
        apply(out, from + (reversed ? 2 : 0), from + 1, from + (reversed ? 0 : 2));
    }

    private void unpack(Pixels source, int y) {
        if (y != unpacked) {
            int width = source.width();
            source.pixels()
                    .get(y * source.stride(), row, 0, width * source.format().bytesPerPixel());
            if (source.format() == PixelFormat.GRAY8) {
                unpackGray(row, levels, width);
            } else {
                unpackColors(row, levels, width);
            }
            unpacked = y;
        }
    }

    private static void unpackGray(byte[] row, long[] levels, int count) {
        for (int x = 0; x < count; x++) {
            levels[x] = EACH * (row[x] & 0xFF);
        }
    }

    private static void unpackColors(byte[] row, long[] levels, int count) {
        for (int x = 0, at = 0; x < count; x++, at += CHANNELS) {
            levels[x] = row[at] & 0xFFL | (row[at + 1] & 0xFFL) << LANE | (row[at + 2] & 0xFFL) << 2 * LANE;
        }
    }

    // Short loops in methods of their own, which the just-in-time compiler makes vector instructions of.

    private static void times(long[] in, long weight, long[] out, int count) {
        for (int x = 0; x < count; x++) {
            out[x] = in[x] * weight;
        }
    }

    private static void addTimes(long[] in, long weight, long[] out, int count) {
        for (int x = 0; x < count; x++) {
            out[x] += in[x] * weight;
        }
    }

    private static void shorten(long[] means, int count) {
        for (int x = 0; x < count; x++) {
            means[x] = means[x] >>> LOST & KEPT;
        }
    }

    private void apply(byte[] out, int low, int middle, int high) {
        int count = columns.reduced();
        switch (columns.most()) {
            case 2 -> applyTwo(columns.first(), columnWeights, means, sums, count);
            case 3 -> applyThree(columns.first(), columnWeights, means, sums, count);
            case 4 -> applyFour(columns.first(), columnWeights, means, sums, count);
            default -> applyAll(columns, columnWeights, means, sums);
        }
        for (int x = 0, at = 0; x < count; x++, at += CHANNELS) {
            long sum = sums[x];
            out[low + at] = (byte) (sum >>> FRACTION);
            out[middle + at] = (byte) (sum >>> LANE + FRACTION);
            out[high + at] = (byte) (sum >>> 2 * LANE + FRACTION);
        }
    }

    private static void applyAll(AreaTaps columns, int[] weights, long[] means, long[] sums) {
        int most = columns.most();
        int[] first = columns.first();
        for (int x = 0; x < columns.reduced(); x++) {
            long sum = HALF;
            int in = first[x];
            for (int tap = x * most; tap < (x + 1) * most; tap++) {
                sum += weights[tap] * means[in++];
            }
            sums[x] = sum;
        }
    }

    // The same for two, three and four columns, which frames of 480, 720 and 1080 rows need: faster without the inner
    // loop.

    private static void applyTwo(int[] first, int[] weights, long[] means, long[] sums, int count) {
        for (int x = 0; x < count; x++) {
            int in = first[x];
            sums[x] = HALF + weights[2 * x] * means[in] + weights[2 * x + 1] * means[in + 1];
        }
    }

    private static void applyThree(int[] first, int[] weights, long[] means, long[] sums, int count) {
        for (int x = 0; x < count; x++) {
            int in = first[x];
            sums[x] = HALF
                    + weights[3 * x] * means[in]
                    + weights[3 * x + 1] * means[in + 1]
                    + weights[3 * x + 2] * means[in + 2];
        }
    }

    private static void applyFour(int[] first, int[] weights, long[] means, long[] sums, int count) {
        for (int x = 0; x < count; x++) {
            int in = first[x];
            sums[x] = HALF
                    + weights[4 * x] * means[in]
                    + weights[4 * x + 1] * means[in + 1]
                    + weights[4 * x + 2] * means[in + 2]
                    + weights[4 * x + 3] * means[in + 3];
        }
    }
}
