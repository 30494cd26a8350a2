package org.emotion4j.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A picture as planes of floats, red, green and blue, 0 to 255: what networks get that look at whole frames. It is reduced
 * by exact area means and padded with zeros at the right and below. The memory is kept from picture to picture, so an
 * object is confined to one thread.
 */
public final class FloatPlanes {
    private static final int CHANNELS = 3;

    private ByteBuffer memory = direct(0);
    private FloatBuffer values = memory.asFloatBuffer();
    private int width;
    private int height;
    private byte[] row = new byte[0];
    private float[] levels = new float[0];
    private float[] mean = new float[0];
    private final float[][] lines = new float[CHANNELS][0];
    private Taps columns = Taps.NONE;

    /** Makes planes without a picture, 0 by 0. */
    public FloatPlanes() {}

    /**
     * Fills the planes with a picture.
     *
     * @param source the picture
     * @param reducedWidth to how many columns it is reduced, 1 to the picture's
     * @param reducedHeight to how many rows it is reduced, 1 to the picture's
     * @param paddedWidth columns of the planes, {@code reducedWidth} or more
     * @param paddedHeight rows of the planes, {@code reducedHeight} or more
     * @throws IllegalArgumentException if a number is out of its range
     */
    public void fill(Pixels source, int reducedWidth, int reducedHeight, int paddedWidth, int paddedHeight) {
        requireSize("width", reducedWidth, source.width(), paddedWidth);
        requireSize("height", reducedHeight, source.height(), paddedHeight);
        reshape(paddedWidth, paddedHeight);
        int channels = source.format().bytesPerPixel();
        int bytes = source.width() * channels;
        if (row.length < bytes) {
            row = new byte[bytes];
            levels = new float[bytes];
            mean = new float[bytes];
        }
        if (!columns.fit(source.width(), reducedWidth)) {
            columns = Taps.of(source.width(), reducedWidth);
        }
        boolean reversed = source.format() == PixelFormat.BGR24;
        int unpacked = -1;
        for (int y = 0; y < reducedHeight; y++) {
            unpacked = meanOfRows(source, bytes, y, reducedHeight, unpacked);
            if (channels == 1) {
                columns.apply(mean, lines[0]);
            } else {
                columns.apply(mean, lines[reversed ? 2 : 0], lines[1], lines[reversed ? 0 : 2]);
            }
            for (int channel = 0; channel < CHANNELS; channel++) {
                put(channel, y, lines[channels == 1 ? 0 : channel]);
            }
        }
        Arrays.fill(lines[0], 0);
        for (int y = reducedHeight; y < height; y++) {
            for (int channel = 0; channel < CHANNELS; channel++) {
                put(channel, y, lines[0]);
            }
        }
    }

    private void put(int channel, int y, float[] line) {
        values.put((channel * height + y) * width, line, 0, width);
    }

    private static void requireSize(String side, int reduced, int original, int padded) {
        if (reduced < 1 || reduced > original || padded < reduced) {
            throw new IllegalArgumentException(side + " " + original + " reduced to " + reduced + " and padded to "
                    + padded + ", expected 1 <= reduced <= original and reduced <= padded");
        }
    }

    private void reshape(int paddedWidth, int paddedHeight) {
        int floats = Math.multiplyExact(Math.multiplyExact(paddedWidth, paddedHeight), CHANNELS);
        if (values.capacity() < floats) {
            memory = direct(Math.multiplyExact(floats, Float.BYTES));
            values = memory.asFloatBuffer();
        }
        width = paddedWidth;
        height = paddedHeight;
        for (int channel = 0; channel < CHANNELS; channel++) {
            if (lines[channel].length == paddedWidth) {
                Arrays.fill(lines[channel], 0);
            } else {
                lines[channel] = new float[paddedWidth];
            }
        }
    }

    /**
     * The mean of the rows that row {@code y} of {@code rows} covers. A row of the picture that two of them share is unpacked
     * once: {@code unpacked} is the one that is, and so is what is returned.
     */
    private int meanOfRows(Pixels source, int bytes, int y, int rows, int unpacked) {
        double scale = (double) source.height() / rows;
        double from = y * scale;
        double to = Math.min(source.height(), (y + 1) * scale);
        int first = (int) from;
        int last = unpacked;
        for (int in = first; in < to; in++) {
            if (in != last) {
                source.pixels().get(in * source.stride(), row, 0, bytes);
                ImageTransform.unpack(row, levels, bytes);
                last = in;
            }
            float weight = (float) ((Math.min(to, in + 1.0) - Math.max(from, in)) / scale);
            if (in == first) {
                times(levels, weight, mean, bytes);
            } else {
                AreaSampler.addTimes(levels, 0, weight, mean, bytes);
            }
        }
        return last;
    }

    /** A short loop in a method of its own, which the just-in-time compiler makes vector instructions of. */
    private static void times(float[] in, float weight, float[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = weight * in[i];
        }
    }

    /**
     * Returns the number of columns, padding included.
     *
     * @return pixels
     */
    public int width() {
        return width;
    }

    /**
     * Returns the number of rows, padding included.
     *
     * @return pixels
     */
    public int height() {
        return height;
    }

    /**
     * Returns the values as memory of native byte order: 3 planes of {@code height} rows of {@code width} floats.
     *
     * @return direct memory from position 0, at least as large; its content is valid until the next picture. The same
     *     object as long as the planes do not outgrow it
     */
    public ByteBuffer memory() {
        return memory;
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
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
