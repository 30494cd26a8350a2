package org.emotion4j.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.emotion4j.stage.Experimental;

/**
 * A picture as the windows that the first convolution of a network sees, three pixels a side and two apart: the bytes of a window
 * lie together, so that this convolution is a product of matrices of 8-bit integers, and nothing is copied or converted before. It is
 * reduced by area means and padded with zeros on all sides. The memory is kept from picture to picture, so an object is
 * confined to one thread.
 */
@Experimental
public final class PixelWindows {
    /** Bytes of a window: three rows of three pixels, each red, green and blue, and zeros up to a length that processors like. */
    public static final int BYTES = 32;

    private static final int CHANNELS = 3;
    private static final int SIDE = 3;
    private static final int STEP = 2;

    /** What a window has of one row. */
    private static final int RUN = SIDE * CHANNELS;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteReduction reduction = new ByteReduction();

    /** The last three rows of pixels, with the pixel left of the picture in front. */
    private final byte[][] lines = new byte[SIDE][0];

    private byte[] windows = new byte[0];
    private ByteBuffer memory = ByteBuffer.allocateDirect(0);
    private int columns;
    private int rows;

    /** Makes windows without a picture, 0 by 0. */
    public PixelWindows() {}

    /**
     * Looks at a picture. The window of row {@code r} and column {@code c} has the pixel ({@code 2c}, {@code 2r}) in its middle.
     *
     * @param source the picture
     * @param reducedWidth to how many columns it is reduced, 1 to the picture's
     * @param reducedHeight to how many rows it is reduced, 1 to the picture's
     * @param paddedWidth columns of the padded picture, even, {@code reducedWidth} or more
     * @param paddedHeight rows of the padded picture, even, {@code reducedHeight} or more
     * @throws IllegalArgumentException if a number is out of its range
     */
    public void fill(Pixels source, int reducedWidth, int reducedHeight, int paddedWidth, int paddedHeight) {
        if (paddedWidth % STEP != 0 || paddedHeight % STEP != 0) {
            throw new IllegalArgumentException(
                    "padded to " + paddedWidth + "x" + paddedHeight + ", expected even numbers");
        }
        reduction.begin(source, reducedWidth, reducedHeight, paddedWidth, paddedHeight);
        reshape(paddedWidth / STEP, paddedHeight / STEP);
        for (int r = 0; r < rows; r++) {
            read(source, STEP * r, reducedHeight);
            read(source, STEP * r + 1, reducedHeight);
            for (int k = 0; k < SIDE; k++) {
                gather(line(STEP * r - 1 + k), windows, k * RUN, columns);
            }
            memory.put(r * columns * BYTES, windows, 0, columns * BYTES);
        }
    }

    private byte[] line(int y) {
        return lines[Math.floorMod(y, SIDE)];
    }

    private void reshape(int newColumns, int newRows) {
        int bytes = Math.multiplyExact(Math.multiplyExact(newColumns, newRows), BYTES);
        if (memory.capacity() < bytes) {
            memory = ByteBuffer.allocateDirect(bytes);
        }
        if (columns != newColumns) {
            // a window of the last column reads eight bytes from its second on
            int length = CHANNELS * (STEP * newColumns + 1) + Long.BYTES;
            Arrays.setAll(lines, k -> new byte[length]);
            windows = new byte[newColumns * BYTES];
        }
        columns = newColumns;
        rows = newRows;
        for (byte[] line : lines) {
            Arrays.fill(line, (byte) 0);
        }
    }

    private void read(Pixels source, int y, int height) {
        byte[] line = line(y);
        if (y < height) {
            reduction.row(source, y, line, CHANNELS);
        } else {
            Arrays.fill(line, (byte) 0);
        }
    }

    /** Nine bytes of a row for each window, as two times eight of which seven are the same: no loop over single bytes. */
    private static void gather(byte[] line, byte[] windows, int from, int count) {
        for (int c = 0, in = 0, out = from; c < count; c++, in += STEP * CHANNELS, out += BYTES) {
            LONG.set(windows, out, (long) LONG.get(line, in));
            LONG.set(windows, out + 1, (long) LONG.get(line, in + 1));
        }
    }

    /**
     * Returns how many windows lie beside one another.
     *
     * @return half of the padded width
     */
    public int columns() {
        return columns;
    }

    /**
     * Returns how many rows of windows there are.
     *
     * @return half of the padded height
     */
    public int rows() {
        return rows;
    }

    /**
     * Returns the windows: {@link #rows()} rows of {@link #columns()} times {@value #BYTES} bytes, each a level from 0 to 255.
     *
     * @return direct memory from position 0, at least as large; its content is valid until the next picture. The same object as long as
     *     the windows do not outgrow it
     */
    public ByteBuffer memory() {
        return memory;
    }
}
