package org.emotion4j.frame;

import java.nio.ByteBuffer;

/**
 * The one place where pixels are converted, resized and warped, in plain Java and without memory of its own, so that training,
 * analysis and benchmarks see the same crops.
 *
 * <p>Each operation also converts between pixel formats. Coordinates are continuous: the centre of the upper left pixel
 * is (0.5, 0.5). Outside the picture the nearest pixel of its border is taken. Grey is BT.601 luma,
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
        ByteBuffer from = source.pixels();
        ByteBuffer to = target.pixels();
        PixelFormat fromFormat = source.format();
        PixelFormat toFormat = target.format();
        int stride = source.stride();
        int step = fromFormat.bytesPerPixel();
        int red = redOffset(fromFormat);
        int green = greenOffset(fromFormat);
        int blue = blueOffset(fromFormat);
        boolean grey = toFormat == PixelFormat.GRAY8;
        int maxX = source.width() - 1;
        int maxY = source.height() - 1;
        int countX = samples(Math.hypot(m00, m10));
        int countY = samples(Math.hypot(m01, m11));
        float weight = 1f / (countX * countY);
        for (int y = 0; y < target.height(); y++) {
            int out = y * target.stride();
            for (int x = 0; x < target.width(); x++) {
                float sumR = 0;
                float sumG = 0;
                float sumB = 0;
                for (int j = 0; j < countY; j++) {
                    double ty = y + (j + 0.5) / countY;
                    for (int i = 0; i < countX; i++) {
                        double tx = x + (i + 0.5) / countX;
                        float sx = clamp(m00 * tx + m01 * ty + m02 - 0.5, maxX);
                        float sy = clamp(m10 * tx + m11 * ty + m12 - 0.5, maxY);
                        int x0 = (int) sx;
                        int y0 = (int) sy;
                        float fx = sx - x0;
                        float fy = sy - y0;
                        int p00 = y0 * stride + x0 * step;
                        int p01 = x0 < maxX ? p00 + step : p00;
                        int down = y0 < maxY ? stride : 0;
                        int p10 = p00 + down;
                        int p11 = p01 + down;
                        float w00 = (1 - fx) * (1 - fy);
                        float w01 = fx * (1 - fy);
                        float w10 = (1 - fx) * fy;
                        float w11 = fx * fy;
                        sumG += w00 * (from.get(p00 + green) & 0xff)
                                + w01 * (from.get(p01 + green) & 0xff)
                                + w10 * (from.get(p10 + green) & 0xff)
                                + w11 * (from.get(p11 + green) & 0xff);
                        if (step > 1) {
                            sumR += w00 * (from.get(p00 + red) & 0xff)
                                    + w01 * (from.get(p01 + red) & 0xff)
                                    + w10 * (from.get(p10 + red) & 0xff)
                                    + w11 * (from.get(p11 + red) & 0xff);
                            sumB += w00 * (from.get(p00 + blue) & 0xff)
                                    + w01 * (from.get(p01 + blue) & 0xff)
                                    + w10 * (from.get(p10 + blue) & 0xff)
                                    + w11 * (from.get(p11 + blue) & 0xff);
                        }
                    }
                }
                float g = sumG * weight;
                float r = step > 1 ? sumR * weight : g;
                float b = step > 1 ? sumB * weight : g;
                if (grey) {
                    float luma = (RED * r + GREEN * g + BLUE * b) / (1 << LUMA_SHIFT);
                    to.put(out++, (byte) (int) (luma + 0.5f));
                } else {
                    out = put(to, out, toFormat, (int) (r + 0.5f), (int) (g + 0.5f), (int) (b + 0.5f));
                }
            }
        }
    }

    private static int samples(double scale) {
        return (int) Math.max(1, Math.min(MAX_SAMPLES, Math.ceil(scale - 1e-9)));
    }

    private static float clamp(double value, int max) {
        return (float) Math.max(0, Math.min(max, value));
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
