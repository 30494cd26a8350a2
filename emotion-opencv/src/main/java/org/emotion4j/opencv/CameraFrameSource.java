package org.emotion4j.opencv;

import static org.emotion4j.stage.internal.BuilderOptions.requireUnset;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.stage.StageMetadata;
import org.jspecify.annotations.Nullable;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.imgproc.Imgproc;
import org.opencv.videoio.VideoCapture;
import org.opencv.videoio.VideoWriter;
import org.opencv.videoio.Videoio;

/**
 * Frames from a camera, in {@link PixelFormat#BGR24}, straight into the pipeline's memory: through V4L2 on Linux, through
 * the system's own interface elsewhere. Live.
 *
 * <p>Media time is the time since the first frame, taken from a steady clock when the camera hands a frame over. The
 * first frame is a discontinuity.
 *
 * <p>{@link #read} is confined to one thread and waits for the next frame; V4L2 gives up after ten seconds without one.
 * {@link #close} may be called from another thread: a read that has not come back is not pulled the camera from under its
 * feet, it gives the camera back itself when it does.
 */
public final class CameraFrameSource implements FrameSource {
    private final VideoCapture capture;
    private final String origin;
    private final boolean mirrored;
    private final LongSupplier ticker;
    private final int width;
    private final int height;
    private final double framesPerSecond;
    private final String description;
    private final FrameMats mats = new FrameMats();

    private long firstTick;
    private long lastNanos;
    private boolean anyRead;
    private boolean lost;
    private boolean reading;
    private boolean closed;

    CameraFrameSource(VideoCapture capture, String origin, Builder settings) {
        this.capture = capture;
        this.origin = origin;
        this.mirrored = settings.mirrored;
        this.ticker = settings.ticker == null ? System::nanoTime : settings.ticker;
        this.width = (int) capture.get(Videoio.CAP_PROP_FRAME_WIDTH);
        this.height = (int) capture.get(Videoio.CAP_PROP_FRAME_HEIGHT);
        this.framesPerSecond = Math.max(0, capture.get(Videoio.CAP_PROP_FPS));
        this.description = String.format(
                Locale.ROOT,
                "CameraFrameSource[%s, %s%dx%d at %.4g frames a second%s]",
                origin,
                settings.asked(),
                width,
                height,
                framesPerSecond,
                mirrored ? ", mirrored" : "");
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
            long nanos = ticker.getAsLong();
            retrieve(target);
            stamp(target, nanos);
            return true;
        } finally {
            endRead();
        }
    }

    /** Lets OpenCV convert into the target's own memory; a camera that changed its size meanwhile costs a copy. */
    private void retrieve(FrameBuffer target) throws IOException {
        target.reshape(width, height, PixelFormat.BGR24);
        Mat picture = mats.over(target);
        long address = picture.dataAddr();
        if (!capture.retrieve(picture) || picture.empty()) {
            lost = true;
            throw new IOException(
                    origin + ": the picture that it gave cannot be decoded; try another size, or open it" + " again");
        }
        if (picture.dataAddr() != address) {
            copyElsewhere(picture, target);
        }
        if (mirrored) {
            Mat inTarget = mats.over(target);
            Core.flip(inTarget, inTarget, 1);
        }
    }

    /** OpenCV has put other memory under the header: the picture has another size or format than was granted. */
    private void copyElsewhere(Mat picture, FrameBuffer target) throws IOException {
        Mat kept = new Mat();
        try {
            picture.copyTo(kept);
            mats.close();
            target.reshape(kept.cols(), kept.rows(), PixelFormat.BGR24);
            Mat to = mats.over(target);
            if (kept.type() == CvType.CV_8UC3) {
                kept.copyTo(to);
            } else if (kept.type() == CvType.CV_8UC1) {
                Imgproc.cvtColor(kept, to, Imgproc.COLOR_GRAY2BGR);
            } else {
                throw new IOException(origin + ": gives pictures as " + CvType.typeToString(kept.type())
                        + ", expected 8 bits of color or gray; try another size");
            }
        } finally {
            kept.release();
        }
    }

    private void stamp(FrameBuffer target, long tick) {
        if (!anyRead) {
            anyRead = true;
            firstTick = tick;
            target.markDiscontinuity();
        }
        lastNanos = Math.max(lastNanos, tick - firstTick);
        target.stamp(lastNanos);
        target.origin(origin);
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
        mats.close();
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
        return width;
    }

    /**
     * Returns the height that was granted.
     *
     * @return rows
     */
    public int height() {
        return height;
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

        /** Above this, cameras reach their rate over USB only compressed. */
        private static final int UNCOMPRESSED_PIXELS = 640 * 480;

        private final int index;
        private final @Nullable Path device;
        private int width;
        private int height;
        private double framesPerSecond;
        private boolean mirrored;
        private @Nullable Duration timeout;
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
         * Sets the clock for media times.
         *
         * @param value gives nanoseconds from any origin; by default {@link System#nanoTime()}
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
            if (device != null) {
                requireUsable(device);
            }
            OpenCv.load();
            VideoCapture capture = opened(this::openAndTry, timeout == null ? Duration.ofSeconds(10) : timeout);
            return new CameraFrameSource(capture, origin(), this);
        }

        private void requireUsable(Path path) throws IOException {
            if (!Camera.isLinux()) {
                throw new FileSystemException(
                        path.toString(),
                        null,
                        "cameras are device files on Linux only; give a number, such as camera:0");
            }
            if (!Files.exists(path)) {
                throw new NoSuchFileException(path.toString(), null, "there is no such camera; " + present());
            }
            if (Files.isDirectory(path) || Files.isRegularFile(path)) {
                throw new FileSystemException(path.toString(), null, "is no camera but a file or folder; " + present());
            }
            if (!Files.isReadable(path) || !Files.isWritable(path)) {
                throw new FileSystemException(
                        path.toString(),
                        null,
                        "this user may not use the camera; add the user to the group that owns the device (mostly"
                                + " \"video\") and log in again");
            }
        }

        private static String present() {
            List<Camera> cameras = Camera.list();
            return cameras.isEmpty()
                    ? "this machine shows no camera. Check the cable, whether its switch or key is on, and in a virtual"
                            + " machine or container whether the device is passed on"
                    : "there are: " + cameras.stream().map(Camera::toString).collect(Collectors.joining(", "));
        }

        /** On a thread of its own, because a driver that hangs cannot be told to stop. */
        VideoCapture opened(Supplier<VideoCapture> opening, Duration atMost) throws IOException {
            CompletableFuture<VideoCapture> result = new CompletableFuture<>();
            Thread thread = new Thread(
                    () -> {
                        try {
                            VideoCapture capture = opening.get();
                            if (!result.complete(capture)) {
                                capture.release();
                            }
                        } catch (RuntimeException e) {
                            result.completeExceptionally(e);
                        }
                    },
                    "emotion4j-camera-opening");
            thread.setDaemon(true);
            thread.start();
            try {
                return checked(result.get(atMost.toNanos(), TimeUnit.NANOSECONDS));
            } catch (TimeoutException e) {
                if (result.completeExceptionally(e)) {
                    throw new IOException(
                            origin() + ": did not open within " + atMost.toMillis()
                                    + " ms; its driver hangs. Unplug the camera and plug it in again",
                            e);
                }
                return checked(result.join());
            } catch (ExecutionException e) {
                throw new IOException(origin() + ": cannot be opened: " + e.getCause(), e.getCause());
            } catch (InterruptedException e) {
                if (!result.completeExceptionally(e)) {
                    result.join().release();
                }
                Thread.currentThread().interrupt();
                throw new IOException(origin() + ": interrupted while opening", e);
            }
        }

        private VideoCapture openAndTry() {
            VideoCapture capture = new VideoCapture();
            int backend = Camera.isLinux() ? Videoio.CAP_V4L2 : Videoio.CAP_ANY;
            int number = index >= 0 || device == null ? index : number(device);
            boolean opened = number < 0 && device != null
                    ? capture.open(device.toString(), backend)
                    : capture.open(number, backend);
            if (opened) {
                ask(capture);
                if (!capture.grab()) {
                    capture.release();
                }
            }
            return capture;
        }

        /** The number behind a link such as those in {@code /dev/v4l/by-id/}, or -1. */
        private static int number(Path device) {
            try {
                String name = String.valueOf(device.toRealPath().getFileName());
                return name.matches("video\\d{1,4}") ? Integer.parseInt(name.substring("video".length())) : -1;
            } catch (IOException e) {
                return -1;
            }
        }

        private void ask(VideoCapture capture) {
            if ((long) width * height > UNCOMPRESSED_PIXELS) {
                capture.set(Videoio.CAP_PROP_FOURCC, VideoWriter.fourcc('M', 'J', 'P', 'G'));
            }
            if (width > 0) {
                capture.set(Videoio.CAP_PROP_FRAME_WIDTH, width);
                capture.set(Videoio.CAP_PROP_FRAME_HEIGHT, height);
            }
            if (framesPerSecond > 0) {
                capture.set(Videoio.CAP_PROP_FPS, framesPerSecond);
            }
        }

        private VideoCapture checked(VideoCapture capture) throws IOException {
            if (capture.isOpened()) {
                return capture;
            }
            throw new IOException(
                    origin() + ": gives no pictures. Either another program uses the camera (a video call, a"
                            + " browser tab; close it), the system's privacy settings keep it back, or this device is no camera; "
                            + present());
        }

        private String origin() {
            return index >= 0 ? "camera:" + index : "camera:" + device;
        }

        private String asked() {
            String size = width == 0 ? "" : width + "x" + height;
            String rate = framesPerSecond == 0 ? "" : "at " + framesPerSecond + " frames a second";
            return size.isEmpty() && rate.isEmpty() ? "" : "asked for " + (size + " " + rate).strip() + ", granted ";
        }
    }
}
