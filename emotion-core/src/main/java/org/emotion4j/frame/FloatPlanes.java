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
    private float[] mean = new float[0];
    private float[] line = new float[0];
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
            mean = new float[bytes];
        }
        if (!columns.fit(source.width(), reducedWidth)) {
            columns = Taps.of(source.width(), reducedWidth);
        }
        for (int y = 0; y < reducedHeight; y++) {
            meanOfRows(source, bytes, y, reducedHeight);
            for (int channel = 0; channel < CHANNELS; channel++) {
                if (channels == CHANNELS || channel == 0) {
                    int offset = source.format() == PixelFormat.BGR24 ? CHANNELS - 1 - channel : channel;
                    columns.apply(mean, channels, offset, line);
                }
                values.put((channel * height + y) * width, line, 0, width);
            }
        }
        Arrays.fill(line, 0);
        for (int y = reducedHeight; y < height; y++) {
            for (int channel = 0; channel < CHANNELS; channel++) {
                values.put((channel * height + y) * width, line, 0, width);
            }
        }
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
        if (line.length == paddedWidth) {
            Arrays.fill(line, 0);
        } else {
            line = new float[paddedWidth];
        }
    }

    /** The mean of the rows that row {@code y} of {@code rows} covers. */
    private void meanOfRows(Pixels source, int bytes, int y, int rows) {
        double scale = (double) source.height() / rows;
        double from = y * scale;
        double to = Math.min(source.height(), (y + 1) * scale);
        int first = (int) from;
        ByteBuffer pixels = source.pixels();
        for (int in = first; in < to; in++) {
            float weight = (float) ((Math.min(to, in + 1.0) - Math.max(from, in)) / scale);
            pixels.get(in * source.stride(), row, 0, bytes);
            if (in == first) {
                for (int i = 0; i < bytes; i++) {
                    mean[i] = weight * ImageTransform.LEVELS[row[i] & 0xff];
                }
            } else {
                for (int i = 0; i < bytes; i++) {
                    mean[i] += weight * ImageTransform.LEVELS[row[i] & 0xff];
                }
            }
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

    /** Which columns of a picture a column of the reduced one covers, and by how much. */
    private record Taps(int original, int reduced, int most, int[] first, float[] weights) {
        static final Taps NONE = new Taps(0, 0, 0, new int[0], new float[0]);

        static Taps of(int original, int reduced) {
            double scale = (double) original / reduced;
            int most = (int) Math.ceil(scale) + 1;
            int[] first = new int[reduced];
            float[] weights = new float[reduced * most];
            for (int x = 0; x < reduced; x++) {
                double from = x * scale;
                double to = Math.min(original, (x + 1) * scale);
                first[x] = (int) Math.min(from, Math.max(0, original - most));
                for (int tap = 0; tap < most && first[x] + tap < original; tap++) {
                    double left = Math.max(from, first[x] + tap);
                    double right = Math.min(to, first[x] + tap + 1.0);
                    weights[tap * reduced + x] = (float) (Math.max(0, right - left) / scale);
                }
            }
            return new Taps(original, reduced, Math.min(most, original), first, weights);
        }

        boolean fit(int width, int reducedWidth) {
            return original == width && reduced == reducedWidth;
        }

        void apply(float[] values, int channels, int offset, float[] out) {
            for (int x = 0; x < reduced; x++) {
                out[x] = weights[x] * values[first[x] * channels + offset];
            }
            for (int tap = 1; tap < most; tap++) {
                int of = tap * reduced;
                int on = offset + tap * channels;
                for (int x = 0; x < reduced; x++) {
                    out[x] += weights[of + x] * values[first[x] * channels + on];
                }
            }
        }
    }
}
