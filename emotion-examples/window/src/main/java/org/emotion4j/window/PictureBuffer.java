package org.emotion4j.window;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.frame.Pixels;
import org.emotion4j.reading.FrameResult;
import org.jspecify.annotations.Nullable;

/**
 * Between those who have pictures and readings and the one who draws them. A picture is shown together with what was found in
 * that very picture: it waits for its result, and a result for its picture, whichever comes first. A picture that gets no
 * result, because there was no time for it or the session is paused, is passed over; only when a second has gone by without
 * any result is one shown bare; of a folder none is, because each of its pictures is read.
 *
 * <p>A picture is copied and scaled on the thread that brings it, so that the event thread only copies pixels to the screen.
 * Neither waits for the other longer than two references take to change places. Thread-safe, but for {@link #latest}.
 */
final class PictureBuffer {
    /** When pictures have come for so long since one was shown, one is shown without a result. */
    private static final long BARE_AFTER_NANOS = 1_000_000_000;

    /** The memory that waiting pictures may take, and how many there may be at most and at least. */
    private static final long WAITING_BYTES = 96L << 20;

    private static final int MOST_WAITING = 64;
    private static final int FEWEST_WAITING = 4;
    private static final int MOST_RESULTS = 64;
    private static final int LIGHT_POINTS = 32;

    private final Object writing = new Object();
    private final Object swapping = new Object();
    private final ArrayDeque<Waiting> pictures = new ArrayDeque<>();
    private final ArrayDeque<FrameResult> results = new ArrayDeque<>();
    private final ArrayDeque<BufferedImage> spare = new ArrayDeque<>();
    private @Nullable BufferedImage original;
    private double light = Double.NaN;
    private long originalNumber;
    private long originalNanos;
    private long shownNumber;

    /** The time of the latest picture that had come when one was shown: results may be long on their way. */
    private long quietSince;

    private Picture back = Picture.NONE;
    private Picture ready = Picture.NONE;
    private Picture front = Picture.NONE;
    private boolean fresh;
    private volatile int targetWidth;
    private volatile int targetHeight;
    private volatile boolean mirrored;
    private volatile boolean patient;
    private volatile Shown shown = Shown.NONE;

    /**
     * A picture, fit for the screen.
     *
     * @param image in device pixels
     * @param width columns of the picture that it was made from
     * @param height its rows
     * @param mirrored whether left and right are swapped
     * @param mediaNanos its time
     * @param result what was found in this very picture; empty where nobody looked, or not yet
     */
    record Picture(
            @Nullable BufferedImage image,
            int width,
            int height,
            boolean mirrored,
            long mediaNanos,
            Optional<FrameResult> result) {
        static final Picture NONE = new Picture(null, 0, 0, false, 0, Optional.empty());
    }

    /** A picture that has no result yet. */
    private record Waiting(long number, long mediaNanos, double light, Picture picture) {}

    /**
     * What is being shown, without its pixels.
     *
     * @param result what was found in it
     * @param brightness mean luma, 0 to 255; NaN where there is none
     */
    private record Shown(Optional<FrameResult> result, double brightness) {
        static final Shown NONE = new Shown(Optional.empty(), Double.NaN);
    }

    /** Says whether left and right of the pictures to come are swapped. */
    void mirror(boolean value) {
        mirrored = value;
    }

    /**
     * Says whether each picture to come gets a result, however long that takes: none is shown without it then. So it is with folders,
     * of which no picture is dropped.
     */
    void awaitResults(boolean value) {
        patient = value;
    }

    /** Says how large the view is, in device pixels. Called on the event thread. */
    void fitInto(int width, int height) {
        targetWidth = width;
        targetHeight = height;
    }

    /**
     * Takes a picture over; it is valid during the call only.
     *
     * @return whether another picture is to be drawn now
     */
    boolean show(Frame frame) {
        synchronized (writing) {
            BufferedImage copy = copy(frame);
            light = brightness(frame);
            originalNumber++;
            originalNanos = frame.mediaNanos();
            Optional<FrameResult> result = takeResult();
            if (result.isPresent() || isTimeForABareOne()) {
                publish(scaled(copy, result), originalNumber, light);
                return true;
            }
            pictures.addLast(new Waiting(originalNumber, originalNanos, light, scaled(copy, Optional.empty())));
            while (pictures.size() > mostWaiting()) {
                recycle(pictures.removeFirst().picture());
            }
            return false;
        }
    }

    /**
     * Takes what was found in a picture, which may be here already or still to come.
     *
     * @return whether another picture is to be drawn now
     */
    boolean add(FrameResult result) {
        synchronized (writing) {
            for (Waiting each : pictures) {
                if (belongTogether(result, each.mediaNanos(), each.picture())) {
                    Picture found = each.picture();
                    publish(
                            new Picture(
                                    found.image(),
                                    found.width(),
                                    found.height(),
                                    found.mirrored(),
                                    found.mediaNanos(),
                                    Optional.of(result)),
                            each.number(),
                            each.light());
                    return true;
                }
            }
            BufferedImage last = original;
            if (last != null && belongTogether(result, originalNanos, last.getWidth(), last.getHeight())) {
                publish(scaled(last, Optional.of(result)), originalNumber, light);
                return true;
            }
            results.addLast(result);
            if (results.size() > MOST_RESULTS) {
                results.removeFirst();
            }
            return false;
        }
    }

    /** Scales the picture that is shown anew, after the view has changed its size. Not on the event thread. */
    void rescale() {
        synchronized (writing) {
            if (original != null && originalNumber == shownNumber) {
                publish(scaled(original, shown.result()), originalNumber, light);
            }
        }
    }

    /** Forgets pictures and results that wait for each other: what comes now is of another run, in which times begin anew. */
    void beginRun() {
        synchronized (writing) {
            forgetWaiting();
        }
    }

    /** Shows nothing any longer. */
    void clear() {
        synchronized (writing) {
            forgetWaiting();
            original = null;
            shown = Shown.NONE;
            shownNumber = originalNumber;
            synchronized (swapping) {
                ready = Picture.NONE;
                fresh = true;
            }
        }
    }

    private void forgetWaiting() {
        pictures.clear();
        results.clear();
        spare.clear();
    }

    /** Goes on to the latest picture, which stays untouched until the next call. For the event thread only. */
    Picture latest() {
        synchronized (swapping) {
            if (fresh) {
                Picture before = front;
                front = ready;
                ready = before;
                fresh = false;
            }
            return front;
        }
    }

    /** The picture that {@link #latest} went on to last. For the event thread only. */
    Picture current() {
        return front;
    }

    /** Whether there is no picture to be shown. For any thread. */
    boolean isEmpty() {
        return shown == Shown.NONE;
    }

    /** What was found in the picture that is shown. For any thread. */
    Optional<FrameResult> result() {
        return shown.result();
    }

    /** Mean luma of the picture that is shown, 0 to 255; NaN where there is none. */
    double brightness() {
        return shown.brightness();
    }

    private Optional<FrameResult> takeResult() {
        BufferedImage last = original;
        Optional<FrameResult> found = results.stream()
                .filter(each -> last != null && belongTogether(each, originalNanos, last.getWidth(), last.getHeight()))
                .findFirst();
        while (found.isPresent() && results.removeFirst() != found.get()) {
            // results come in the order of their pictures: those before have none
        }
        return found;
    }

    private boolean isTimeForABareOne() {
        boolean nothingYet = shown == Shown.NONE && pictures.isEmpty();
        long since = originalNanos - quietSince;
        return nothingYet || !patient && (since > BARE_AFTER_NANOS || since < 0);
    }

    private static boolean belongTogether(FrameResult result, long nanos, Picture picture) {
        return belongTogether(result, nanos, picture.width(), picture.height());
    }

    private static boolean belongTogether(FrameResult result, long nanos, int width, int height) {
        return result.mediaNanos() == nanos && result.width() == width && result.height() == height;
    }

    private int mostWaiting() {
        long bytes = Math.max(1, 4L * targetWidth * targetHeight);
        return (int) Math.max(FEWEST_WAITING, Math.min(MOST_WAITING, WAITING_BYTES / bytes));
    }

    private Picture scaled(BufferedImage picture, Optional<FrameResult> result) {
        double scale = Math.min(targetWidth / (double) picture.getWidth(), targetHeight / (double) picture.getHeight());
        int width = Math.max(1, (int) Math.round(picture.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(picture.getHeight() * scale));
        BufferedImage target = spare.pollFirst();
        if (target == null || target.getWidth() != width || target.getHeight() != height) {
            target = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        }
        Graphics2D graphics = target.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        boolean swapped = mirrored;
        graphics.drawImage(picture, swapped ? width : 0, 0, swapped ? -width : width, height, null);
        graphics.dispose();
        return new Picture(target, picture.getWidth(), picture.getHeight(), swapped, originalNanos, result);
    }

    /** Shows a picture, unless a later one is shown already, and forgets those before it. */
    private void publish(Picture picture, long number, double brightness) {
        if (number < shownNumber) {
            return;
        }
        shownNumber = number;
        quietSince = originalNanos;
        shown = new Shown(picture.result(), brightness);
        synchronized (swapping) {
            back = ready;
            ready = picture;
            fresh = true;
        }
        recycle(back);
        while (!pictures.isEmpty() && pictures.peekFirst().number() <= number) {
            Picture passed = pictures.removeFirst().picture();
            if (passed.image() != picture.image()) {
                recycle(passed);
            }
        }
    }

    private void recycle(Picture picture) {
        if (picture.image() != null && spare.size() < FEWEST_WAITING) {
            spare.addLast(picture.image());
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
                        byte gray = from.get(start + x);
                        bytes[y * row + 3 * x] = gray;
                        bytes[y * row + 3 * x + 1] = gray;
                        bytes[y * row + 3 * x + 2] = gray;
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
