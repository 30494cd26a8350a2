package org.emotion4j.window;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.frame.Pixels;
import org.emotion4j.opencv.FrameSources;
import org.emotion4j.opencv.Pictures;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pictures of a film, or of single files, by their times. What follows closely is read on, everything else is sought. Confined to
 * one thread, which may wait for the disk.
 */
final class FilmReel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FilmReel.class);

    /** Records have times to the microsecond, films to the nanosecond. */
    private static final long TOLERANCE_NANOS = 1_500_000;

    /** Nearer than this is read on to rather than sought. */
    private static final long READ_ON_NANOS = 1_500_000_000L;

    /** So many pictures that cannot be read, and there is none at that place. */
    private static final int MOST_UNREADABLE = 50;

    private static final int LARGEST_WIDTH = 1280;
    private static final int LARGEST_HEIGHT = 960;

    private final FrameBuffer buffer = FrameBuffer.standalone();
    private @Nullable Path file;
    private @Nullable FrameSource source;
    private boolean anyRead;

    private @Nullable Path measured;
    private Optional<Duration> length = Optional.empty();

    /**
     * A picture of a film.
     *
     * @param image the picture, no larger than a screen shows it
     * @param width of the picture in the film
     * @param height likewise
     * @param mediaNanos when it is shown, in nanoseconds of media time
     * @param exact whether it is the one that was asked for: nobody knows better than its time
     */
    record Picture(BufferedImage image, int width, int height, long mediaNanos, boolean exact) {}

    /**
     * Finds the picture that is shown at a moment.
     *
     * @param film the file; another one than before is opened
     * @param mediaNanos when, of a film; of a picture it does not matter
     * @return the picture, or the first one after that moment; empty behind the last one
     * @throws IOException if the file cannot be opened or read
     */
    Optional<Picture> at(Path film, long mediaNanos) throws IOException {
        if (!FrameSources.isVideo(film)) {
            close();
            try (Frame frame = Pictures.read(film)) {
                return Optional.of(picture(frame, mediaNanos, true));
            }
        }
        if (!isAhead(film, mediaNanos) && !seek(film, mediaNanos)) {
            return Optional.empty();
        }
        for (int unreadable = 0; unreadable < MOST_UNREADABLE; ) {
            try {
                if (anyRead && buffer.mediaNanos() >= mediaNanos - TOLERANCE_NANOS) {
                    boolean exact = Math.abs(buffer.mediaNanos() - mediaNanos) <= TOLERANCE_NANOS;
                    return Optional.of(picture(buffer, buffer.mediaNanos(), exact));
                }
                anyRead = opened().read(buffer);
                if (!anyRead) {
                    return Optional.empty();
                }
            } catch (FrameUnreadableException e) {
                unreadable++;
            }
        }
        return Optional.empty();
    }

    /** How long a film is, where it says so. */
    Optional<Duration> endOf(Path film) throws IOException {
        if (!FrameSources.isVideo(film)) {
            return Optional.empty();
        }
        measure(film);
        return length;
    }

    /** Looks once how long a film is; what does not open from its beginning is none. */
    private void measure(Path film) throws IOException {
        if (!film.equals(measured)) {
            close();
            try (FrameSource whole = FrameSources.parse(film.toString())) {
                length = whole.endTime();
            }
            measured = film;
        }
    }

    /** Whether what is asked for is the picture that was read last, or comes soon after it. */
    private boolean isAhead(Path film, long mediaNanos) {
        if (source == null || !film.equals(file) || !anyRead) {
            return false;
        }
        long ahead = mediaNanos - buffer.mediaNanos();
        return ahead >= -TOLERANCE_NANOS && ahead <= READ_ON_NANOS;
    }

    /** False where the film has ended by then. */
    private boolean seek(Path film, long mediaNanos) throws IOException {
        measure(film);
        close();
        long from = Math.max(0, mediaNanos - TOLERANCE_NANOS);
        FrameSources.Builder part = FrameSources.builder();
        try {
            source = (from == 0 ? part : part.from(Duration.ofNanos(from)))
                    .build()
                    .open(film.toString());
        } catch (IOException e) {
            if (from == 0) {
                throw e;
            }
            // It opens from its beginning: there is nothing so far behind.
            LOG.debug("{} has no picture at {} ns", film, mediaNanos, e);
            return false;
        }
        file = film;
        return true;
    }

    private FrameSource opened() {
        FrameSource film = source;
        if (film == null) {
            throw new IllegalStateException("no film is open");
        }
        return film;
    }

    private static Picture picture(Pixels pixels, long mediaNanos, boolean exact) {
        BufferedImage whole = Pictures.toBufferedImage(pixels);
        double scale = Math.min(
                1, Math.min(LARGEST_WIDTH / (double) whole.getWidth(), LARGEST_HEIGHT / (double) whole.getHeight()));
        BufferedImage image = new BufferedImage(
                Math.max(1, (int) Math.round(scale * whole.getWidth())),
                Math.max(1, (int) Math.round(scale * whole.getHeight())),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(whole, 0, 0, image.getWidth(), image.getHeight(), null);
        graphics.dispose();
        return new Picture(image, whole.getWidth(), whole.getHeight(), mediaNanos, exact);
    }

    /** Closes the film; another one, or the same, can be opened again. */
    @Override
    public void close() {
        FrameSource before = source;
        source = null;
        file = null;
        anyRead = false;
        if (before != null) {
            before.close();
        }
    }
}
