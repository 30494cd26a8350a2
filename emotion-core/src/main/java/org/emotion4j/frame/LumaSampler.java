package org.emotion4j.frame;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What {@link ImageTransform} does where the target is grey, in a fraction of the time: each pixel of the source becomes luma
 * once, not once for every sample that it takes part in; and where rows stay rows, the grid of samples is a product of one
 * grid of rows and one of columns, so that rows are added up first. The means are the same. One for each thread.
 */
final class LumaSampler {
    private static final ThreadLocal<LumaSampler> OF_THREAD = ThreadLocal.withInitial(LumaSampler::new);

    private float[] luma = new float[0];
    private float[] mean = new float[0];
    private float[] weights = new float[0];
    private int[] first = new int[0];
    private int[] count = new int[0];
    private double[] taps = new double[0];
    private double m00;
    private double m01;
    private double m02;
    private double m10;
    private double m11;
    private double m12;

    /** The part of the source in {@link #luma}, in its coordinates. */
    private int left;

    private int top;
    private int columns;
    private int maxX;
    private int maxY;

    private LumaSampler() {}

    static LumaSampler ofThread() {
        return OF_THREAD.get();
    }

    /**
     * Takes a part of the source.
     *
     * @param from its bytes, row by row
     * @param source the whole, whose border is repeated outside
     */
    void take(byte[] from, Pixels source, int fromLeft, int fromTop, int width, int height) {
        left = fromLeft;
        top = fromTop;
        columns = width;
        maxX = source.width() - 1;
        maxY = source.height() - 1;
        int pixels = width * height;
        if (luma.length < pixels) {
            luma = new float[pixels];
        }
        ImageTransform.luma(from, source.format(), luma, pixels);
    }

    /** Sets the map from the target's coordinates to the source's. */
    void through(double xx, double xy, double x, double yx, double yy, double y) {
        m00 = xx;
        m01 = xy;
        m02 = x;
        m10 = yx;
        m11 = yy;
        m12 = y;
    }

    /**
     * Draws a part of the target.
     *
     * @param placesX where the samples of a target pixel lie in it
     * @param placesY likewise
     */
    void draw(Pixels target, int fromX, int fromY, int toX, int toY, double[] placesX, double[] placesY) {
        if (m01 == 0 && m10 == 0) {
            drawUpright(target, fromX, fromY, toX, toY, placesX, placesY);
        } else {
            drawTurned(target, fromX, fromY, toX, toY, placesX, placesY);
        }
    }

    private void drawUpright(
            Pixels target, int fromX, int fromY, int toX, int toY, double[] placesX, double[] placesY) {
        int most = (int) Math.ceil(Math.max(Math.abs(m00), Math.abs(m11))) + 2;
        reserve(toX - fromX, most);
        for (int x = fromX; x < toX; x++) {
            int at = x - fromX;
            first[at] = taps(m00, m02, x, placesX, maxX) - left;
            count[at] = Math.min(most, maxX + 1 - left - first[at]);
            for (int tap = 0; tap < count[at]; tap++) {
                weights[at * most + tap] = (float) taps[tap];
            }
        }
        ByteBuffer to = target.pixels();
        for (int y = fromY; y < toY; y++) {
            int row = taps(m11, m12, y, placesY, maxY);
            Arrays.fill(mean, 0, columns, 0);
            for (int tap = 0; tap < most; tap++) {
                if (taps[tap] != 0) {
                    addTimes((row + tap - top) * columns, (float) taps[tap]);
                }
            }
            int out = y * target.stride() + fromX;
            for (int at = 0; at < toX - fromX; at++) {
                float sum = 0;
                for (int tap = 0; tap < count[at]; tap++) {
                    sum += weights[at * most + tap] * mean[first[at] + tap];
                }
                to.put(out + at, (byte) (int) (sum + 0.5f));
            }
        }
    }

    private void reserve(int width, int most) {
        if (mean.length < columns) {
            mean = new float[columns];
        }
        if (taps.length < most) {
            taps = new double[most];
        }
        if (weights.length < width * most) {
            weights = new float[width * most];
        }
        if (first.length < width) {
            first = new int[width];
            count = new int[width];
        }
    }

    /** Gives the first row or column that the samples of a target pixel touch, and in {@link #taps} how much each weighs from there on. */
    private int taps(double factor, double moved, int pixel, double[] places, int max) {
        double near = place(factor, moved, pixel + places[factor > 0 ? 0 : places.length - 1], max);
        int start = (int) near;
        Arrays.fill(taps, 0);
        for (double place : places) {
            double at = place(factor, moved, pixel + place, max);
            int whole = (int) at;
            double rest = at - whole;
            taps[whole - start] += (1 - rest) / places.length;
            if (rest > 0) {
                taps[whole - start + 1] += rest / places.length;
            }
        }
        return start;
    }

    private static double place(double factor, double moved, double at, int max) {
        return Math.max(0, Math.min(max, factor * at + moved - 0.5));
    }

    private void addTimes(int from, float weight) {
        float[] out = mean;
        float[] in = luma;
        for (int i = 0; i < columns; i++) {
            out[i] += weight * in[from + i];
        }
    }

    private void drawTurned(Pixels target, int fromX, int fromY, int toX, int toY, double[] placesX, double[] placesY) {
        ByteBuffer to = target.pixels();
        float[] from = luma;
        float weight = 1f / (placesX.length * placesY.length);
        for (int y = fromY; y < toY; y++) {
            int out = y * target.stride() + fromX;
            for (int x = fromX; x < toX; x++) {
                float sum = 0;
                for (double placeY : placesY) {
                    double ty = y + placeY;
                    double rowX = m01 * ty + m02;
                    double rowY = m11 * ty + m12;
                    for (double placeX : placesX) {
                        double tx = x + placeX;
                        float sx = (float) place(m00, rowX, tx, maxX);
                        float sy = (float) place(m10, rowY, tx, maxY);
                        int x0 = (int) sx;
                        int y0 = (int) sy;
                        float fx = sx - x0;
                        float fy = sy - y0;
                        int p00 = (y0 - top) * columns + x0 - left;
                        int right = x0 < maxX ? 1 : 0;
                        int p10 = y0 < maxY ? p00 + columns : p00;
                        float above = from[p00] + fx * (from[p00 + right] - from[p00]);
                        float below = from[p10] + fx * (from[p10 + right] - from[p10]);
                        sum += above + fy * (below - above);
                    }
                }
                to.put(out++, (byte) (int) (sum * weight + 0.5f));
            }
        }
    }
}
