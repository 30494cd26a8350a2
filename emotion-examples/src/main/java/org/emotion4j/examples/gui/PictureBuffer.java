package org.emotion4j.examples.gui;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.ByteBuffer;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.frame.Pixels;
import org.jspecify.annotations.Nullable;

/**
 * Between those who have pictures and the one who draws them. A picture is copied and scaled on the thread that brings it, so
 * that the event thread only copies pixels to the screen. Neither waits for the other longer than two references take to
 * change places.
 */
final class PictureBuffer {
    private static final int LIGHT_POINTS = 32;

    private final Object writing = new Object();
    private final Object swapping = new Object();
    private @Nullable BufferedImage original;
    private Picture back = Picture.NONE;
    private Picture ready = Picture.NONE;
    private Picture front = Picture.NONE;
    private boolean fresh;
    private long lastNanos;
    private volatile int targetWidth;
    private volatile int targetHeight;
    private volatile boolean mirrored;
    private volatile double brightness = Double.NaN;

    /**
     * A picture, fit for the screen.
     *
     * @param image in device pixels
     * @param width columns of the picture that it was made from
     * @param height its rows
     * @param mirrored whether left and right are swapped
     * @param mediaNanos its time
     */
    record Picture(@Nullable BufferedImage image, int width, int height, boolean mirrored, long mediaNanos) {
        static final Picture NONE = new Picture(null, 0, 0, false, 0);
    }

    /** Says whether left and right of the pictures to come are swapped. */
    void mirror(boolean value) {
        mirrored = value;
    }

    /** Says how large the view is, in device pixels. Called on the event thread. */
    void fitInto(int width, int height) {
        targetWidth = width;
        targetHeight = height;
    }

    /** Takes a picture over; it is valid during the call only. */
    void show(Frame frame) {
        synchronized (writing) {
            BufferedImage copy = copy(frame);
            brightness = brightness(frame);
            lastNanos = frame.mediaNanos();
            publish(copy);
        }
    }

    /** Scales the last picture anew, after the view has changed its size. Not on the event thread. */
    void rescale() {
        synchronized (writing) {
            if (original != null) {
                publish(original);
            }
        }
    }

    /** Shows nothing any longer. */
    void clear() {
        synchronized (writing) {
            original = null;
            brightness = Double.NaN;
            synchronized (swapping) {
                ready = Picture.NONE;
                fresh = true;
            }
        }
    }

    /** Returns the latest picture, which stays untouched until the next call. For the event thread only. */
    Picture latest() {
        synchronized (swapping) {
            if (fresh) {
                Picture shown = front;
                front = ready;
                ready = shown;
                fresh = false;
            }
            return front;
        }
    }

    /** Mean luma of the picture, 0 to 255; NaN where there is none. */
    double brightness() {
        return brightness;
    }

    private void publish(BufferedImage picture) {
        double scale = Math.min(targetWidth / (double) picture.getWidth(), targetHeight / (double) picture.getHeight());
        int width = Math.max(1, (int) Math.round(picture.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(picture.getHeight() * scale));
        BufferedImage target = back.image();
        if (target == null || target.getWidth() != width || target.getHeight() != height) {
            target = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        }
        Graphics2D graphics = target.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        boolean swapped = mirrored;
        graphics.drawImage(picture, swapped ? width : 0, 0, swapped ? -width : width, height, null);
        graphics.dispose();
        Picture next = new Picture(target, picture.getWidth(), picture.getHeight(), swapped, lastNanos);
        synchronized (swapping) {
            back = ready;
            ready = next;
            fresh = true;
        }
    }

    private BufferedImage copy(Pixels pixels) {
        BufferedImage copy = original;
        if (copy == null || copy.getWidth() != pixels.width() || copy.getHeight() != pixels.height()) {
            copy = new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_3BYTE_BGR);
            original = copy;
        }
        byte[] bytes = ((DataBufferByte) copy.getRaster().getDataBuffer()).getData();
        ByteBuffer from = pixels.pixels();
        int row = pixels.width() * 3;
        for (int y = 0; y < pixels.height(); y++) {
            int start = y * pixels.stride();
            switch (pixels.format()) {
                case BGR24 -> from.get(start, bytes, y * row, row);
                case RGB24 -> {
                    for (int x = 0; x < row; x += 3) {
                        bytes[y * row + x] = from.get(start + x + 2);
                        bytes[y * row + x + 1] = from.get(start + x + 1);
                        bytes[y * row + x + 2] = from.get(start + x);
                    }
                }
                case GRAY8 -> {
                    for (int x = 0; x < pixels.width(); x++) {
                        byte grey = from.get(start + x);
                        bytes[y * row + 3 * x] = grey;
                        bytes[y * row + 3 * x + 1] = grey;
                        bytes[y * row + 3 * x + 2] = grey;
                    }
                }
            }
        }
        return copy;
    }

    /** By a grid of points. */
    private static double brightness(Pixels pixels) {
        ByteBuffer from = pixels.pixels();
        int size = pixels.format().bytesPerPixel();
        double sum = 0;
        for (int i = 0; i < LIGHT_POINTS * LIGHT_POINTS; i++) {
            int x = (int) ((i % LIGHT_POINTS + 0.5) / LIGHT_POINTS * pixels.width());
            int y = (int) ((i / LIGHT_POINTS + 0.5) / LIGHT_POINTS * pixels.height());
            int at = y * pixels.stride() + x * size;
            sum += size == 1 ? from.get(at) & 0xFF : luma(from, at, pixels.format());
        }
        return sum / (LIGHT_POINTS * LIGHT_POINTS);
    }

    private static double luma(ByteBuffer from, int at, PixelFormat format) {
        int first = from.get(at) & 0xFF;
        int last = from.get(at + 2) & 0xFF;
        int red = format == PixelFormat.RGB24 ? first : last;
        int blue = format == PixelFormat.RGB24 ? last : first;
        return 0.299 * red + 0.587 * (from.get(at + 1) & 0xFF) + 0.114 * blue;
    }
}
