package org.emotion4j.frame;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Draws a part of a picture through an affine map, each pixel of the target as the mean of a grid of interpolated samples. The
 * part is first unpacked to floats: to luma where the target is gray, else to its channels. Where rows stay rows, the grid is a
 * product of one of rows and one of columns, so that rows are added up first. Confined to one thread while it is borrowed;
 * kept for the next borrower, not for a thread, as common pools forget what a thread has kept.
 */
final class AreaSampler {
    private static final int COLORS = 3;

    /** Those with nothing to do, as many as ever worked at once. */
    private static final Deque<AreaSampler> IDLE = new ConcurrentLinkedDeque<>();

    /** The part of the source that a tile needs: an array is read several times as fast as a buffer. */
    private byte[] bytes = new byte[0];

    /** The part of the source, {@link #channels} numbers a pixel. */
    private float[] part = new float[0];

    private int channels;
    private int left;
    private int top;
    private int columns;
    private int maxX;
    private int maxY;

    private double m00;
    private double m01;
    private double m02;
    private double m10;
    private double m11;
    private double m12;
    private boolean inside;

    private float[] mean = new float[0];
    private double[] taps = new double[0];
    private int[] first = new int[0];
    private int[] count = new int[0];
    private float[] weights = new float[0];

    private AreaSampler() {}

    static AreaSampler borrow() {
        AreaSampler idle = IDLE.poll();
        return idle == null ? new AreaSampler() : idle;
    }

    void giveBack() {
        IDLE.push(this);
    }

    /** Copies a part of a picture row by row; valid until the next part. */
    byte[] bytes(Pixels source, int fromLeft, int fromTop, int width, int height) {
        int row = width * source.format().bytesPerPixel();
        if (bytes.length < height * row) {
            bytes = new byte[roomFor(height * row)];
        }
        ByteBuffer from = source.pixels();
        int start = fromTop * source.stride() + fromLeft * source.format().bytesPerPixel();
        for (int y = 0; y < height; y++) {
            from.get(start + y * source.stride(), bytes, y * row, row);
        }
        return bytes;
    }

    /**
     * Takes a part of a picture.
     *
     * @param from its bytes, row by row
     * @param source the whole, whose border is repeated outside
     * @param target where it will be drawn
     */
    void take(byte[] from, Pixels source, Pixels target, int fromLeft, int fromTop, int width, int height) {
        left = fromLeft;
        top = fromTop;
        columns = width;
        maxX = source.width() - 1;
        maxY = source.height() - 1;
        boolean isColor = source.format() != PixelFormat.GRAY8 && target.format() != PixelFormat.GRAY8;
        channels = isColor ? COLORS : 1;
        int numbers = width * height * channels;
        if (part.length < numbers) {
            part = new float[roomFor(numbers)];
        }
        if (isColor) {
            ImageTransform.unpack(from, part, numbers);
        } else {
            ImageTransform.luma(from, source.format(), part, numbers);
        }
    }

    /** With some to spare, so that a face that comes nearer does not ask for more in every frame. */
    private static int roomFor(int numbers) {
        return numbers + numbers / 2;
    }

    /** Sets the map from the target's coordinates to the source's, and whether all its samples lie inside the source. */
    void through(double xx, double xy, double x, double yx, double yy, double y, boolean allInside) {
        m00 = xx;
        m01 = xy;
        m02 = x;
        m10 = yx;
        m11 = yy;
        m12 = y;
        inside = allInside;
    }

    /**
     * Draws a part of the target.
     *
     * @param swapped whether red and blue change places
     * @param placesX where the samples of a target pixel lie in it
     * @param placesY likewise
     */
    void draw(
            Pixels target,
            boolean swapped,
            int fromX,
            int fromY,
            int toX,
            int toY,
            double[] placesX,
            double[] placesY) {
        boolean upright = m01 == 0 && m10 == 0;
        if (upright) {
            prepareColumns(fromX, toX, placesX);
        }
        int bytes = target.format().bytesPerPixel();
        for (int y = fromY; y < toY; y++) {
            int out = y * target.stride() + fromX * bytes;
            if (upright) {
                sumRows(y, placesY);
            }
            if (channels == COLORS) {
                if (upright) {
                    uprightColors(target.pixels(), out, toX - fromX, swapped);
                } else {
                    turnedColors(target.pixels(), out, fromX, toX, y, swapped, placesX, placesY);
                }
            } else if (upright) {
                uprightLuma(target.pixels(), out, toX - fromX, bytes);
            } else {
                turnedLuma(target.pixels(), out, bytes, fromX, toX, y, placesX, placesY);
            }
        }
    }

    private static byte rounded(float level) {
        return (byte) (int) (level + 0.5f);
    }

    // Upright: for each column of the target, which columns of the source, and how much each weighs.

    private void prepareColumns(int fromX, int toX, double[] places) {
        int most = (int) Math.ceil(Math.max(Math.abs(m00), Math.abs(m11))) + 2;
        int width = toX - fromX;
        if (mean.length < columns * channels) {
            mean = new float[columns * channels];
        }
        if (taps.length != most) {
            taps = new double[most];
        }
        if (weights.length < width * most) {
            weights = new float[width * most];
        }
        if (first.length < width) {
            first = new int[width];
            count = new int[width];
        }
        for (int at = 0; at < width; at++) {
            first[at] = taps(m00, m02, fromX + at, places, maxX) - left;
            int last = most;
            while (taps[last - 1] == 0) {
                last--;
            }
            count[at] = last;
            for (int tap = 0; tap < last; tap++) {
                weights[at * most + tap] = (float) taps[tap];
            }
        }
    }

    /** Gives the first row or column that the samples of a target pixel touch, and in {@link #taps} what each weighs from there on. */
    private int taps(double factor, double moved, int pixel, double[] places, int max) {
        int start = (int) clamped(factor * (pixel + places[factor > 0 ? 0 : places.length - 1]) + moved - 0.5, max);
        Arrays.fill(taps, 0);
        for (double place : places) {
            double at = clamped(factor * (pixel + place) + moved - 0.5, max);
            int whole = (int) at;
            double rest = at - whole;
            taps[whole - start] += (1 - rest) / places.length;
            if (rest > 0) {
                taps[whole - start + 1] += rest / places.length;
            }
        }
        return start;
    }

    private void sumRows(int y, double[] places) {
        int row = taps(m11, m12, y, places, maxY);
        int numbers = columns * channels;
        Arrays.fill(mean, 0, numbers, 0);
        for (int tap = 0; tap < taps.length; tap++) {
            if (taps[tap] != 0) {
                addTimes(part, (row + tap - top) * numbers, (float) taps[tap], mean, numbers);
            }
        }
    }

    /** A short loop in a method of its own, which the just-in-time compiler makes vector instructions of. */
    static void addTimes(float[] in, int from, float weight, float[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] += weight * in[from + i];
        }
    }

    private void uprightLuma(ByteBuffer to, int from, int width, int bytes) {
        int out = from;
        for (int at = 0; at < width; at++) {
            float sum = 0;
            for (int tap = 0; tap < count[at]; tap++) {
                sum += weights[at * taps.length + tap] * mean[first[at] + tap];
            }
            out = putAlike(to, out, bytes, rounded(sum));
        }
    }

    private void uprightColors(ByteBuffer to, int from, int width, boolean swapped) {
        int out = from;
        for (int at = 0; at < width; at++) {
            float sum0 = 0;
            float sum1 = 0;
            float sum2 = 0;
            int in = first[at] * COLORS;
            for (int tap = 0; tap < count[at]; tap++, in += COLORS) {
                float weight = weights[at * taps.length + tap];
                sum0 += weight * mean[in];
                sum1 += weight * mean[in + 1];
                sum2 += weight * mean[in + 2];
            }
            out = put(to, out, swapped, sum0, sum1, sum2);
        }
    }

    private static int putAlike(ByteBuffer to, int out, int bytes, byte level) {
        for (int i = 0; i < bytes; i++) {
            to.put(out + i, level);
        }
        return out + bytes;
    }

    private static int put(ByteBuffer to, int out, boolean swapped, float c0, float c1, float c2) {
        to.put(out, rounded(swapped ? c2 : c0));
        to.put(out + 1, rounded(c1));
        to.put(out + 2, rounded(swapped ? c0 : c2));
        return out + COLORS;
    }

    // Turned: each sample between four pixels.

    private static double clamped(double place, int max) {
        return place <= 0 ? 0 : place >= max ? max : place;
    }

    private void turnedLuma(
            ByteBuffer to, int from, int bytes, int fromX, int toX, int y, double[] placesX, double[] placesY) {
        float weight = 1f / (placesX.length * placesY.length);
        int out = from;
        for (int x = fromX; x < toX; x++) {
            float sum = 0;
            for (double placeY : placesY) {
                double rowX = m01 * (y + placeY) + m02 - 0.5;
                double rowY = m11 * (y + placeY) + m12 - 0.5;
                for (double placeX : placesX) {
                    double column = x + placeX;
                    float sx = (float) (inside ? m00 * column + rowX : clamped(m00 * column + rowX, maxX));
                    float sy = (float) (inside ? m10 * column + rowY : clamped(m10 * column + rowY, maxY));
                    int x0 = (int) sx;
                    int y0 = (int) sy;
                    float fx = sx - x0;
                    int above = (y0 - top) * columns + x0 - left;
                    int below = y0 < maxY ? above + columns : above;
                    int right = x0 < maxX ? 1 : 0;
                    float upper = part[above] + fx * (part[above + right] - part[above]);
                    float lower = part[below] + fx * (part[below + right] - part[below]);
                    sum += upper + (sy - y0) * (lower - upper);
                }
            }
            out = putAlike(to, out, bytes, rounded(sum * weight));
        }
    }

    private void turnedColors(
            ByteBuffer to, int from, int fromX, int toX, int y, boolean swapped, double[] placesX, double[] placesY) {
        float weight = 1f / (placesX.length * placesY.length);
        int out = from;
        for (int x = fromX; x < toX; x++) {
            float sum0 = 0;
            float sum1 = 0;
            float sum2 = 0;
            for (double placeY : placesY) {
                double rowX = m01 * (y + placeY) + m02 - 0.5;
                double rowY = m11 * (y + placeY) + m12 - 0.5;
                for (double placeX : placesX) {
                    double column = x + placeX;
                    float sx = (float) (inside ? m00 * column + rowX : clamped(m00 * column + rowX, maxX));
                    float sy = (float) (inside ? m10 * column + rowY : clamped(m10 * column + rowY, maxY));
                    int x0 = (int) sx;
                    int y0 = (int) sy;
                    float fx = sx - x0;
                    float fy = sy - y0;
                    int p00 = ((y0 - top) * columns + x0 - left) * COLORS;
                    int p01 = x0 < maxX ? p00 + COLORS : p00;
                    int down = y0 < maxY ? columns * COLORS : 0;
                    int p10 = p00 + down;
                    int p11 = p01 + down;
                    float w11 = fx * fy;
                    float w10 = fy - w11;
                    float w01 = fx - w11;
                    float w00 = 1 - fx - w10;
                    sum0 += w00 * part[p00] + w01 * part[p01] + w10 * part[p10] + w11 * part[p11];
                    sum1 += w00 * part[p00 + 1] + w01 * part[p01 + 1] + w10 * part[p10 + 1] + w11 * part[p11 + 1];
                    sum2 += w00 * part[p00 + 2] + w01 * part[p01 + 2] + w10 * part[p10 + 2] + w11 * part[p11 + 2];
                }
            }
            out = put(to, out, swapped, sum0 * weight, sum1 * weight, sum2 * weight);
        }
    }
}
