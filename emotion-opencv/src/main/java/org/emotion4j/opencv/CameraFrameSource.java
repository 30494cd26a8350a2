package org.emotion4j.opencv;

import static org.emotion4j.stage.internal.BuilderOptions.requireUnset;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.stage.StageMetadata;
import org.jspecify.annotations.Nullable;
import org.opencv.videoio.VideoCapture;
import org.opencv.videoio.Videoio;

/**
 * Frames from a camera, in {@link PixelFormat#BGR24}, straight into the pipeline's memory: through V4L2 on Linux, through
 * the system's own interface elsewhere. Live.
 *
 * <p>Media time is the time since the first frame. Under V4L2 it goes by the driver's clock, which says when a picture was
 * taken, however late it is read; elsewhere, and where what a driver says cannot be, it is when the picture was handed
 * over, by a steady clock. The first frame is a discontinuity.
 *
 * <p>{@link #read} is confined to one thread and waits for the next frame; V4L2 gives up after ten seconds without one.
 * {@link #close} may be called from another thread: a read that has not come back is not pulled the camera from under its
 * feet, it gives the camera back itself when it does.
 */
public final class CameraFrameSource implements FrameSource {
    private static final double NANOS_PER_MILLI = 1e6;

    private final VideoCapture capture;
    private final String origin;
    private final CameraPictures pictures;
    private final CameraClock clock;
    private final boolean driverHasTimes;
    private final double framesPerSecond;
    private final String description;

    private boolean lost;
    private boolean reading;
    private boolean closed;

    CameraFrameSource(VideoCapture capture, String origin, Builder settings) {
        this.capture = capture;
        this.origin = origin;
        this.pictures = new CameraPictures(capture, origin, settings.mirrored);
        this.clock = new CameraClock(settings.ticker);
        this.driverHasTimes = CameraOpening.isV4l2(capture);
        this.framesPerSecond = Math.max(0, capture.get(Videoio.CAP_PROP_FPS));
        this.description = String.format(
                Locale.ROOT,
                "CameraFrameSource[%s, %s%dx%d at %.4g frames a second%s]",
                origin,
                settings.asked(),
                pictures.width(),
                pictures.height(),
                framesPerSecond,
                settings.mirrored ? ", mirrored" : "");
    }

    /**
     * Opens a camera as it comes.
     *
     * @param index its number, from 0; see {@link Camera#list()}
     * @return a source that has shown that it gives pictures
     * @throws IOException if there is no such camera, it is busy, not permitted, or gives no pictures; the message says
     *     what to check
     * @throws org.emotion4j.stage.StageException if OpenCV's native code does not load
     */
    public static CameraFrameSource open(int index) throws IOException {
        return builder(index).open();
    }

    /**
     * Starts to describe a camera.
     *
     * @param index its number, 0 to 9,999; see {@link Camera#list()}
     * @return a builder with the defaults: size and rate as the camera likes, not mirrored
     * @throws IllegalArgumentException if the number is out of its range
     */
    public static Builder builder(int index) {
        if (index < 0 || index > 9_999) {
            throw new IllegalArgumentException("camera index is " + index + ", expected 0 to 9999");
        }
        return new Builder(index, Camera.isLinux() ? Camera.DEVICES.resolve("video" + index) : null);
    }

    /**
     * Starts to describe a camera by its device file, which is for Linux only.
     *
     * @param device for example {@code /dev/video2} or a link in {@code /dev/v4l/by-id/}, which stays the same when
     *     cameras are plugged in another order
     * @return as {@link #builder(int)}
     */
    public static Builder builder(Path device) {
        return new Builder(-1, Objects.requireNonNull(device, "device"));
    }

    /**
     * {@inheritDoc}
     *
     * @return true; a camera has no end
     * @throws org.emotion4j.frame.FrameUnreadableException if one picture came broken; the camera goes on. Noticed under
     *     V4L2 of compressed pictures (MJPEG), whose data is looked through
     * @throws IOException if the camera gives no more pictures: unplugged, or silent for too long
     * @throws IllegalStateException if this source was closed
     */
    @Override
    public boolean read(FrameBuffer target) throws IOException {
        beginRead();
        try {
            if (lost || !capture.grab()) {
                lost = true;
                throw new IOException(
                        origin + ": gives no more pictures; it was unplugged, taken by another program, or"
                                + " fell silent. Check the cable and open it again");
            }
            long tick = clock.tick();
            long stamp = driverHasTimes ? Math.round(capture.get(Videoio.CAP_PROP_POS_MSEC) * NANOS_PER_MILLI) : 0;
            pictures.retrieve(target);
            if (!clock.begun()) {
                target.markDiscontinuity();
            }
            target.stamp(clock.mediaNanos(tick, stamp));
            target.origin(origin);
            return true;
        } finally {
            endRead();
        }
    }

    private synchronized void beginRead() {
        if (closed) {
            throw new IllegalStateException(origin + " was closed; open it again");
        }
        reading = true;
    }

    private synchronized void endRead() {
        reading = false;
        if (closed) {
            release();
        }
    }

    /** Gives the camera back, at once or when the read that is going on returns. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            if (!reading) {
                release();
            }
        }
    }

    private void release() {
        pictures.close();
        capture.release();
    }

    /**
     * {@inheritDoc}
     *
     * @return true
     */
    @Override
    public boolean isLive() {
        return true;
    }

    /**
     * Returns the width that was granted, which may be another than was asked for.
     *
     * @return columns
     */
    public int width() {
        return pictures.width();
    }

    /**
     * Returns the height that was granted.
     *
     * @return rows
     */
    public int height() {
        return pictures.height();
    }

    /**
     * Returns the rate that was granted. In the dark many cameras give fewer.
     *
     * @return frames a second, or empty where the driver does not say
     */
    @Override
    public OptionalDouble frameRate() {
        return framesPerSecond > 0 ? OptionalDouble.of(framesPerSecond) : OptionalDouble.empty();
    }

    @Override
    public StageMetadata metadata() {
        return StageMetadata.named("camera").withRuntime(OpenCv.version()).withNotes(description);
    }

    @Override
    public String toString() {
        return description;
    }

    /** Describes a camera. Not thread-safe. Each setting can be made once. */
    public static final class Builder {
        private static final int MAX_SIDE = 16_384;
        private static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);

        final int index;
        final @Nullable Path device;
        int width;
        int height;
        double framesPerSecond;
        private boolean mirrored;

        @Nullable
        Duration timeout;

        private @Nullable LongSupplier ticker;

        private Builder(int index, @Nullable Path device) {
            this.index = index;
            this.device = device;
        }

        /** For tests that bring a capture of their own. */
        static Builder forTests() {
            return new Builder(0, null);
        }

        /**
         * Asks for a size. The camera grants the nearest that it has; above 640x480 it is asked for MJPEG, without which
         * most give a few frames a second only.
         *
         * @param newWidth columns, 1 to 16,384
         * @param newHeight rows, 1 to 16,384
         * @return this builder
         * @throws IllegalArgumentException if a side is out of its range
         * @throws IllegalStateException if it was set already
         */
        public Builder size(int newWidth, int newHeight) {
            requireUnset("size", width == 0 ? null : width + "x" + height);
            if (newWidth < 1 || newHeight < 1 || newWidth > MAX_SIDE || newHeight > MAX_SIDE) {
                throw new IllegalArgumentException(
                        "size is " + newWidth + "x" + newHeight + ", expected sides of 1 to " + MAX_SIDE);
            }
            width = newWidth;
            height = newHeight;
            return this;
        }

        /**
         * Asks for a rate.
         *
         * @param value frames a second, above 0 to 1,000
         * @return this builder
         * @throws IllegalArgumentException if the rate is out of its range
         * @throws IllegalStateException if it was set already
         */
        public Builder framesPerSecond(double value) {
            requireUnset("framesPerSecond", framesPerSecond == 0 ? null : framesPerSecond);
            if (!(value > 0 && value <= 1_000)) {
                throw new IllegalArgumentException("framesPerSecond is " + value + ", expected above 0 to 1000");
            }
            framesPerSecond = value;
            return this;
        }

        /**
         * Swaps left and right, so that people see themselves as in a mirror. Boxes and the record are then of the
         * mirrored picture.
         *
         * @return this builder
         */
        public Builder mirrored() {
            mirrored = true;
            return this;
        }

        /**
         * Sets how long to wait for a camera that neither opens nor fails.
         *
         * @param value above zero to one minute; by default ten seconds, which some drivers need
         * @return this builder
         * @throws IllegalArgumentException if the time is out of its range
         * @throws IllegalStateException if it was set already
         */
        public Builder openTimeout(Duration value) {
            requireUnset("openTimeout", timeout);
            if (value.isNegative() || value.isZero() || value.compareTo(MAX_TIMEOUT) > 0) {
                throw new IllegalArgumentException("openTimeout is " + value + ", expected above zero to one minute");
            }
            timeout = value;
            return this;
        }

        /**
         * Sets a clock of your own for media times: each is then when the picture was handed over.
         *
         * @param value gives nanoseconds from any origin; by default the driver's clock where it has one, else
         *     {@link System#nanoTime()}
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder ticker(LongSupplier value) {
            requireUnset("ticker", ticker);
            ticker = Objects.requireNonNull(value, "ticker");
            return this;
        }

        /**
         * Opens the camera and takes a first picture, so that whoever has opened it knows that it works.
         *
         * @return a source
         * @throws IOException if there is no such camera, it is busy, not permitted, or gives no pictures; the message
         *     says what to check
         * @throws org.emotion4j.stage.StageException if OpenCV's native code does not load
         */
        public CameraFrameSource open() throws IOException {
            return new CameraOpening(this).open();
        }

        String asked() {
            String size = width == 0 ? "" : width + "x" + height;
            String rate = framesPerSecond == 0 ? "" : "at " + framesPerSecond + " frames a second";
            return size.isEmpty() && rate.isEmpty() ? "" : "asked for " + (size + " " + rate).strip() + ", granted ";
        }
    }
}
