package org.emotion4j.frame;

import java.nio.ByteBuffer;

/**
 * The one place where pixels are converted, resized and warped, in plain Java, so that training, analysis and benchmarks see
 * the same crops. Its only memory are arrays of about 700 KB for each thread that is resizing or warping at a time.
 *
 * <p>Each operation also converts between pixel formats. Coordinates are continuous: the center of the upper left pixel
 * is (0.5, 0.5). Outside the picture the nearest pixel of its border is taken. Gray is BT.601 luma,
 * {@code 0.299 R + 0.587 G + 0.114 B}. Stateless and thread-safe.
 */
public final class ImageTransform {
    /** Fixed-point weights of BT.601 luma with 14 fractional bits; they sum to 1 << 14. */
    private static final int RED = 4899;

    private static final int GREEN = 9617;
    private static final int BLUE = 1868;
    private static final int LUMA_SHIFT = 14;
    private static final int LUMA_HALF = 1 << (LUMA_SHIFT - 1);

    /** Never more than 16 x 16 samples a target pixel, so that a huge face costs no more than a large one. */
    private static final int MAX_SAMPLES = 16;

    /** What rounding may have added to a factor or a place that is a whole number. */
    private static final double SMALL = 1e-7;

    /** Of the source, in pixels: what is read at once when a target is drawn in tiles. */
    private static final double TILE = 256;

    /** For each number of samples along a side of a target pixel, where in the pixel they lie. */
    private static final double[][] PLACES = new double[MAX_SAMPLES + 1][];

    static {
        for (int count = 1; count <= MAX_SAMPLES; count++) {
            PLACES[count] = new double[count];
            for (int i = 0; i < count; i++) {
                PLACES[count][i] = (i + 0.5) / count;
            }
        }
    }

    private ImageTransform() {}

    /**
     * Copies a picture, converting its pixel format.
     *
     * @param source the picture
     * @param target as wide and as high; other memory
     * @throws IllegalArgumentException if the sizes differ
     */
    public static void convert(Pixels source, Pixels target) {
        if (source.width() != target.width() || source.height() != target.height()) {
            throw new IllegalArgumentException("sizes differ: " + source.width() + "x" + source.height() + " to "
                    + target.width() + "x" + target.height());
        }
        ByteBuffer from = source.pixels();
        ByteBuffer to = target.pixels();
        int width = source.width();
        PixelFormat fromFormat = source.format();
        PixelFormat toFormat = target.format();
        for (int y = 0; y < source.height(); y++) {
            int in = y * source.stride();
            int out = y * target.stride();
            if (fromFormat == toFormat) {
                to.put(out, from, in, width * fromFormat.bytesPerPixel());
            } else {
                convertRow(from, in, fromFormat, to, out, toFormat, width);
            }
        }
    }

    private static void convertRow(
            ByteBuffer from, int in, PixelFormat fromFormat, ByteBuffer to, int out, PixelFormat toFormat, int width) {
        int step = fromFormat.bytesPerPixel();
        int red = redOffset(fromFormat);
        int blue = blueOffset(fromFormat);
        int green = greenOffset(fromFormat);
        for (int x = 0; x < width; x++) {
            int r = from.get(in + red) & 0xff;
            int g = from.get(in + green) & 0xff;
            int b = from.get(in + blue) & 0xff;
            out = put(to, out, toFormat, r, g, b);
            in += step;
        }
    }

    /**
     * Scales a whole picture to the size of the target: each target pixel is the mean of the area that it covers, and
     * bilinear interpolation where the picture grows. The mean is exact where the picture shrinks by a whole number up to
     * 16; otherwise it is taken over a grid of interpolated samples, at most 16 x 16 of them.
     *
     * @param source the picture
     * @param target any size; other memory
     */
    public static void resize(Pixels source, Pixels target) {
        double scaleX = (double) source.width() / target.width();
        double scaleY = (double) source.height() / target.height();
        sample(source, target, scaleX, 0, 0, 0, scaleY, 0);
    }

    /**
     * Draws a part of a picture into the target through an affine map. Where the picture shrinks, each target pixel is a
     * mean over a grid of samples in the area it covers (at most 16 x 16); where it grows, bilinear interpolation.
     *
     * @param source the picture
     * @param toTarget from coordinates of the source to coordinates of the target; invertible
     * @param target any size; other memory
     * @throws IllegalArgumentException if the map is not invertible
     */
    public static void warp(Pixels source, AffineTransform toTarget, Pixels target) {
        AffineTransform back = toTarget.inverse();
        sample(source, target, back.m00(), back.m01(), back.m02(), back.m10(), back.m11(), back.m12());
    }

    /** Samples the source at {@code m * (x, y, 1)} for each target position. */
    private static void sample(
            Pixels source, Pixels target, double m00, double m01, double m02, double m10, double m11, double m12) {
        AreaSampler sampler = AreaSampler.borrow();
        try {
            double scale = Math.max(1, Math.max(Math.abs(m00) + Math.abs(m01), Math.abs(m10) + Math.abs(m11)));
            int tile = (int) Math.max(1, TILE / scale);
            for (int y = 0; y < target.height(); y += tile) {
                for (int x = 0; x < target.width(); x += tile) {
                    sampleTile(
                            sampler,
                            source,
                            target,
                            x,
                            y,
                            Math.min(target.width(), x + tile),
                            Math.min(target.height(), y + tile),
                            m00,
                            m01,
                            m02,
                            m10,
                            m11,
                            m12);
                }
            }
        } finally {
            sampler.giveBack();
        }
    }

    private static void sampleTile(
            AreaSampler sampler,
            Pixels source,
            Pixels target,
            int fromX,
            int fromY,
            int toX,
            int toY,
            double m00,
            double m01,
            double m02,
            double m10,
            double m11,
            double m12) {
        int maxX = source.width() - 1;
        int maxY = source.height() - 1;
        // the corners of the tile enclose all its samples; one pixel more for what rounding does
        int left = clamp(Math.floor(least(m00, fromX, toX) + least(m01, fromY, toY) + m02 - 0.5) - 1, maxX);
        int top = clamp(Math.floor(least(m10, fromX, toX) + least(m11, fromY, toY) + m12 - 0.5) - 1, maxY);
        int right = clamp(Math.ceil(most(m00, fromX, toX) + most(m01, fromY, toY) + m02 - 0.5) + 2, maxX);
        int bottom = clamp(Math.ceil(most(m10, fromX, toX) + most(m11, fromY, toY) + m12 - 0.5) + 2, maxY);
        byte[] from = sampler.bytes(source, left, top, right - left + 1, bottom - top + 1);
        int whole = wholeNumber(m00, m01, m02, m10, m11, m12);
        if (whole > 0) {
            int movedX = (int) Math.rint(m02);
            int movedY = (int) Math.rint(m12);
            drawMeans(
                    from,
                    (right - left + 1) * source.format().bytesPerPixel(),
                    source,
                    left,
                    top,
                    whole,
                    movedX,
                    movedY,
                    target,
                    fromX,
                    fromY,
                    toX,
                    toY);
            return;
        }
        double[] placesX = PLACES[samples(Math.hypot(m00, m10))];
        double[] placesY = PLACES[samples(Math.hypot(m01, m11))];
        boolean inside = least(m00, fromX, toX) + least(m01, fromY, toY) + m02 >= 1
                && least(m10, fromX, toX) + least(m11, fromY, toY) + m12 >= 1
                && most(m00, fromX, toX) + most(m01, fromY, toY) + m02 <= maxX
                && most(m10, fromX, toX) + most(m11, fromY, toY) + m12 <= maxY;
        sampler.take(from, source, target, left, top, right - left + 1, bottom - top + 1);
        sampler.through(m00, m01, m02, m10, m11, m12, inside);
        boolean swapped = redOffset(source.format()) != redOffset(target.format());
        sampler.draw(target, swapped, fromX, fromY, toX, toY, placesX, placesY);
    }

    /** Gives by what whole number the picture shrinks, if pixels of the target cover whole pixels of it; 0 otherwise. */
    private static int wholeNumber(double m00, double m01, double m02, double m10, double m11, double m12) {
        boolean covers = Math.abs(m01) + Math.abs(m10) + Math.abs(m00 - m11) < SMALL
                && Math.rint(m00) >= 1
                && Math.rint(m00) <= MAX_SAMPLES
                && Math.abs(m00 - Math.rint(m00)) < SMALL
                && Math.abs(m02 - Math.rint(m02)) < SMALL
                && Math.abs(m12 - Math.rint(m12)) < SMALL;
        return covers ? (int) Math.rint(m00) : 0;
    }

    /** What sampling gives where all samples are pixels, in a fraction of its time. */
    private static void drawMeans(
            byte[] from,
            int stride,
            Pixels source,
            int left,
            int top,
            int whole,
            int movedX,
            int movedY,
            Pixels target,
            int fromX,
            int fromY,
            int toX,
            int toY) {
        ByteBuffer to = target.pixels();
        PixelFormat fromFormat = source.format();
        PixelFormat toFormat = target.format();
        int step = fromFormat.bytesPerPixel();
        int red = redOffset(fromFormat);
        int green = greenOffset(fromFormat);
        int blue = blueOffset(fromFormat);
        int maxX = source.width() - 1;
        int maxY = source.height() - 1;
        float weight = 1f / (whole * whole);
        for (int y = fromY; y < toY; y++) {
            int out = y * target.stride() + fromX * toFormat.bytesPerPixel();
            for (int x = fromX; x < toX; x++) {
                int firstX = whole * x + movedX;
                boolean inside = firstX >= 0 && firstX + whole - 1 <= maxX;
                int sumR = 0;
                int sumG = 0;
                int sumB = 0;
                for (int j = 0; j < whole; j++) {
                    int row = (Math.max(0, Math.min(maxY, whole * y + movedY + j)) - top) * stride;
                    for (int i = 0; i < whole; i++) {
                        int column = inside ? firstX + i : Math.max(0, Math.min(maxX, firstX + i));
                        int place = row + (column - left) * step;
                        sumR += from[place + red] & 0xff;
                        sumG += from[place + green] & 0xff;
                        sumB += from[place + blue] & 0xff;
                    }
                }
                out = putMean(to, out, toFormat, sumR * weight, sumG * weight, sumB * weight);
            }
        }
    }

    /** Bytes as numbers, 0 to 255. */
    static void unpack(byte[] from, float[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = from[i] & 0xff;
        }
    }

    /** The luma of pixels, unrounded. */
    static void luma(byte[] from, PixelFormat format, float[] out, int pixels) {
        int step = format.bytesPerPixel();
        if (step == 1) {
            unpack(from, out, pixels);
            return;
        }
        int red = redOffset(format);
        int blue = blueOffset(format);
        float scale = 1f / (1 << LUMA_SHIFT);
        for (int i = 0, at = 0; i < pixels; i++, at += step) {
            out[i] = scale
                    * (RED * (from[at + red] & 0xff) + GREEN * (from[at + 1] & 0xff) + BLUE * (from[at + blue] & 0xff));
        }
    }

    private static int putMean(ByteBuffer to, int out, PixelFormat format, float r, float g, float b) {
        if (format == PixelFormat.GRAY8) {
            float luma = (RED * r + GREEN * g + BLUE * b) / (1 << LUMA_SHIFT);
            to.put(out, (byte) (int) (luma + 0.5f));
            return out + 1;
        }
        return put(to, out, format, (int) (r + 0.5f), (int) (g + 0.5f), (int) (b + 0.5f));
    }

    private static double least(double factor, int from, int to) {
        return Math.min(factor * from, factor * to);
    }

    private static double most(double factor, int from, int to) {
        return Math.max(factor * from, factor * to);
    }

    private static int samples(double scale) {
        return (int) Math.max(1, Math.min(MAX_SAMPLES, Math.ceil(scale - 1e-9)));
    }

    private static int clamp(double value, int max) {
        return value <= 0 ? 0 : value >= max ? max : (int) value;
    }

    private static int put(ByteBuffer to, int out, PixelFormat format, int r, int g, int b) {
        switch (format) {
            case GRAY8 -> to.put(out++, (byte) ((RED * r + GREEN * g + BLUE * b + LUMA_HALF) >> LUMA_SHIFT));
            case BGR24 -> {
                to.put(out++, (byte) b);
                to.put(out++, (byte) g);
                to.put(out++, (byte) r);
            }
            case RGB24 -> {
                to.put(out++, (byte) r);
                to.put(out++, (byte) g);
                to.put(out++, (byte) b);
            }
        }
        return out;
    }

    private static int redOffset(PixelFormat format) {
        return format == PixelFormat.BGR24 ? 2 : 0;
    }

    private static int greenOffset(PixelFormat format) {
        return format == PixelFormat.GRAY8 ? 0 : 1;
    }

    private static int blueOffset(PixelFormat format) {
        return format == PixelFormat.RGB24 ? 2 : 0;
    }
}
