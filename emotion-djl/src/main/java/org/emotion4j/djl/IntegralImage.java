package org.emotion4j.djl;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.frame.Pixels;

/**
 * Means over areas of one picture, four reads each, by its integral image (Viola and Jones 2001). MTCNN cuts dozens of
 * overlapping squares and levels out of a picture; adding it up once is cheaper than resizing it for each.
 *
 * <p>A crop of n pixels at size s has in cell i the mean of the pixels floor(i n / s) to ceil((i + 1) n / s): what
 * PyTorch calls "area" interpolation, with which the networks are trained.
 */
final class IntegralImage {
    private static final int CHANNELS = 3;

    /** Sums over all pixels above and to the left, red, green, blue; they may wrap around, their differences do not. */
    private int[] sums = new int[0];

    private int width;
    private int height;
    private byte[] row = new byte[0];
    private int[] columnStarts = new int[0];
    private int[] columnEnds = new int[0];

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Adds up a picture of at most 2^23 pixels, the most whose sum of one channel fits into 31 bits. */
    void load(Pixels picture) {
        width = picture.width();
        height = picture.height();
        int stride = (width + 1) * CHANNELS;
        int needed = stride * (height + 1);
        if (sums.length < needed) {
            sums = new int[needed];
        }
        Arrays.fill(sums, 0, stride, 0);
        PixelFormat format = picture.format();
        int step = format.bytesPerPixel();
        int red = format == PixelFormat.BGR24 ? 2 : 0;
        int green = step == 1 ? 0 : 1;
        int blue = format == PixelFormat.RGB24 ? 2 : 0;
        if (row.length < width * step) {
            row = new byte[width * step];
        }
        ByteBuffer pixels = picture.pixels();
        for (int y = 0; y < height; y++) {
            pixels.get(y * picture.stride(), row, 0, width * step);
            addRow(y, stride, step, red, green, blue);
        }
    }

    private void addRow(int y, int stride, int step, int red, int green, int blue) {
        int above = y * stride + CHANNELS;
        int out = above + stride;
        sums[out - 3] = 0;
        sums[out - 2] = 0;
        sums[out - 1] = 0;
        int r = 0;
        int g = 0;
        int b = 0;
        for (int in = 0, end = width * step; in < end; in += step) {
            r += row[in + red] & 0xff;
            g += row[in + green] & 0xff;
            b += row[in + blue] & 0xff;
            sums[out++] = sums[above++] + r;
            sums[out++] = sums[above++] + g;
            sums[out++] = sums[above++] + b;
        }
    }

    /**
     * Writes a part of the picture as a network wants it: {@code (mean - 127.5) / 128}, red, green and blue of a cell
     * side by side.
     *
     * @param left first column, 0 or more
     * @param top first row, 0 or more
     * @param right past the last column, at most the width
     * @param bottom past the last row, at most the height
     * @param rows how many rows the result has
     * @param columns how many columns
     * @param target where to, from 0: {@code 3 * rows * columns} floats
     */
    void write(int left, int top, int right, int bottom, int rows, int columns, float[] target) {
        if (columnStarts.length < columns) {
            columnStarts = new int[columns];
            columnEnds = new int[columns];
        }
        for (int x = 0; x < columns; x++) {
            columnStarts[x] = left + start(x, right - left, columns);
            columnEnds[x] = left + end(x, right - left, columns);
        }
        int stride = (width + 1) * CHANNELS;
        int out = 0;
        for (int y = 0; y < rows; y++) {
            int first = top + start(y, bottom - top, rows);
            int last = top + end(y, bottom - top, rows);
            int upper = first * stride;
            int lower = last * stride;
            for (int x = 0; x < columns; x++) {
                int a = columnStarts[x] * CHANNELS;
                int b = columnEnds[x] * CHANNELS;
                float count = (float) ((last - first) * (columnEnds[x] - columnStarts[x]));
                for (int c = 0; c < CHANNELS; c++) {
                    int sum = sums[lower + b + c] - sums[lower + a + c] - sums[upper + b + c] + sums[upper + a + c];
                    target[out++] = (sum / count - 127.5f) * 0.0078125f;
                }
            }
        }
    }

    private static int start(int cell, int length, int cells) {
        return (int) ((long) cell * length / cells);
    }

    private static int end(int cell, int length, int cells) {
        return (int) (((cell + 1L) * length + cells - 1) / cells);
    }
}
