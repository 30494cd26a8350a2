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
    private final AreaReduction reduction = new AreaReduction();
    private final float[][] lines = new float[CHANNELS][0];

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
        reduction.begin(source, reducedWidth, reducedHeight, paddedWidth, paddedHeight);
        reshape(paddedWidth, paddedHeight);
        for (int y = 0; y < reducedHeight; y++) {
            reduction.row(source, y, lines[0], lines[1], lines[2]);
            for (int channel = 0; channel < CHANNELS; channel++) {
                put(channel, y, lines[channel]);
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
}
