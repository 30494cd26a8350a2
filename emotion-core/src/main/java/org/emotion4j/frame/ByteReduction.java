package org.emotion4j.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reduces a picture by area means in integers, row by row: as {@link AreaReduction}, to bytes. Weights are whole 256ths: a level may
 * differ from the exact one by 1, and by more where contrasts are hard and many pixels make one. Rows are added up eight bytes at once,
 * each in 16 bits of a long; of the few rows that are left, columns are, red, green and blue at once, each in 21 bits. The memory is
 * kept from picture to picture, so an object is confined to one thread.
 */
final class ByteReduction {
    private static final int CHANNELS = 3;
    private static final int ONE = 256;
    private static final int LANE = 21;

    /** What has a 1 in each of the three lanes. */
    private static final long EACH = 1 | 1L << LANE | 1L << 2 * LANE;

    /** 8 bits of a level and 8 of a weight lose so many, so that the other weight fits into the lane too. */
    private static final int LOST = 3;

    private static final int FRACTION = 13;
    private static final long HALF = EACH << FRACTION - 1;

    private static final VarHandle LONGS = view(long[].class);
    private static final VarHandle CHARS = view(char[].class);

    /** Every second byte of a long: a level that has room for its product with a weight. */
    private static final long SECOND = 0x00FF_00FF_00FF_00FFL;

    private AreaTaps columns = AreaTaps.NONE;
    private int[] columnWeights = new int[0];
    private AreaTaps rows = AreaTaps.NONE;
    private int[] rowWeights = new int[0];

    private byte[] row = new byte[0];

    /** Means of a row's bytes of even and odd place, as chars. */
    private byte[] even = new byte[0];

    private byte[] odd = new byte[0];
    private long[] means = new long[0];
    private long[] sums = new long[0];

    /** Which row of the picture lies in {@link #row}: two reduced rows may share one. */
    private int held;

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    /** Begins with a picture; as {@link AreaReduction#begin}. */
    void begin(Pixels source, int reducedWidth, int reducedHeight, int paddedWidth, int paddedHeight) {
        AreaReduction.requireSizes(source, reducedWidth, reducedHeight, paddedWidth, paddedHeight);
        if (means.length < source.width()) {
            int bytes = CHANNELS * source.width() + Long.BYTES;
            row = new byte[bytes];
            even = new byte[bytes];
            odd = new byte[bytes];
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
        held = -1;
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
        int bytes = source.width() * source.format().bytesPerPixel();
        boolean first = true;
        for (int tap = 0; tap < rows.most(); tap++) {
            int weight = rowWeights[y * rows.most() + tap];
            if (weight == 0) {
                continue;
            }
            hold(source, rows.first()[y] + tap, bytes);
            if (first) {
                times(row, weight, even, odd, bytes);
            } else {
                addTimes(row, weight, even, odd, bytes);
            }
            first = false;
        }
        if (source.format() == PixelFormat.GRAY8) {
            unpackGray(even, odd, means, source.width());
        } else {
            unpackColors(even, odd, means, source.width());
        }
        boolean reversed = source.format() == PixelFormat.BGR24;
        apply(out, from + (reversed ? 2 : 0), from + 1, from + (reversed ? 0 : 2));
    }

    private void hold(Pixels source, int y, int bytes) {
        if (y != held) {
            source.pixels().get(y * source.stride(), row, 0, bytes);
            held = y;
        }
    }

    // Short loops in methods of their own, for the just-in-time compiler. What lies behind the last byte is computed
    // and not read.

    private static void times(byte[] in, long weight, byte[] even, byte[] odd, int count) {
        for (int at = 0; at < count; at += Long.BYTES) {
            long levels = (long) LONGS.get(in, at);
            LONGS.set(even, at, (levels & SECOND) * weight);
            LONGS.set(odd, at, (levels >>> Byte.SIZE & SECOND) * weight);
        }
    }

    private static void addTimes(byte[] in, long weight, byte[] even, byte[] odd, int count) {
        for (int at = 0; at < count; at += Long.BYTES) {
            long levels = (long) LONGS.get(in, at);
            LONGS.set(even, at, (long) LONGS.get(even, at) + (levels & SECOND) * weight);
            LONGS.set(odd, at, (long) LONGS.get(odd, at) + (levels >>> Byte.SIZE & SECOND) * weight);
        }
    }

    private static void unpackGray(byte[] even, byte[] odd, long[] means, int count) {
        for (int x = 0; x < count; x++) {
            means[x] = EACH * ((char) CHARS.get(x % 2 == 0 ? even : odd, x / 2 * 2) >>> LOST);
        }
    }

    /** Two pixels are three bytes of even and three of odd place. */
    private static void unpackColors(byte[] even, byte[] odd, long[] means, int count) {
        int at = 0;
        for (int x = 0; x + 1 < count; x += 2, at += 2 * CHANNELS) {
            means[x] = lanes((char) CHARS.get(even, at), (char) CHARS.get(odd, at), (char) CHARS.get(even, at + 2));
            means[x + 1] =
                    lanes((char) CHARS.get(odd, at + 2), (char) CHARS.get(even, at + 4), (char) CHARS.get(odd, at + 4));
        }
        if (count % 2 == 1) {
            means[count - 1] =
                    lanes((char) CHARS.get(even, at), (char) CHARS.get(odd, at), (char) CHARS.get(even, at + 2));
        }
    }

    private static long lanes(long low, long middle, long high) {
        return low >>> LOST | middle >>> LOST << LANE | high >>> LOST << 2 * LANE;
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
