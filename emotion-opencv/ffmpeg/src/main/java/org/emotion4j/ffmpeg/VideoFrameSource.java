package org.emotion4j.ffmpeg;

import static org.emotion4j.stage.internal.BuilderOptions.range;
import static org.emotion4j.stage.internal.BuilderOptions.requireUnset;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.frame.InputCutOffException;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Frames from a video file, in {@link org.emotion4j.frame.PixelFormat#BGR24}: MP4, MOV, WebM, Matroska, AVI, MPEG and
 * others, with the codecs that docs/sources.md lists: H.264, HEVC, VP8, VP9, AV1, MPEG-2, MPEG-4, MJPEG and older ones; no
 * other decoder is started. Confined to one thread.
 *
 * <p><b>Times</b> are the file's own, exact to the nanosecond, from the start of its presentation; frames at varying
 * distances keep them. A frame without a time comes one frame's length after the one before it, one that repeats a time
 * less than that; those after it keep theirs. For a picture that stays as the one before it no frame is given. The first
 * frame is a discontinuity.
 *
 * <p><b>Pictures</b> are as they are meant to be seen: turned and mirrored as the file says (by quarter turns), with
 * square pixels unless {@link Builder#storedPixels()} is asked for, and in the colors that the {@code ffmpeg} program
 * makes of them.
 *
 * <p><b>Damage.</b> A picture that cannot be decoded without errors is a {@link FrameUnreadableException}, and so is each
 * that is made from it, up to the next clean key frame; the next call goes on after it. VP8, VP9 and AV1 hide most damage.
 * A file that was cut off gives all its whole pictures, then one such exception ({@link InputCutOffException}) that says
 * where it ends and, if that is known, where it should, then the end; {@link #wasCutOff()} tells it too. It is noticed by a
 * read that fails, by a last packet or picture that is incomplete, by the length that the container declares, and by the
 * mark with which it ends; docs/sources.md says of each container what that leaves unnoticed.
 *
 * <p>Only files are opened: no addresses, no play lists, no devices.
 */
public final class VideoFrameSource implements FrameSource {
    /** So many damaged pictures at the start, and the file is given up. */
    private static final int MAX_DAMAGED_AT_START = 2_000;

    /** Pixels narrower or wider than that are a mistake in the file. */
    private static final double MAX_PIXEL_ASPECT = 16;

    private final Path file;
    private final Builder settings;
    private VideoDecoder decoder;
    private final PixelConverter converter = new PixelConverter();
    private final Orientation orientation;
    private final String origin;

    private final OptionalLong frameCount;
    private final Optional<Duration> endTime;
    private final OptionalDouble frameRate;
    private final String description;

    private final Deque<FrameUnreadableException> damagedAtStart = new ArrayDeque<>();
    private boolean pending;
    private long lastSlot = Long.MIN_VALUE;
    private long lastMissedSlot = Long.MIN_VALUE;
    private boolean damagedBehind;
    private boolean anyRead;
    private boolean ended;
    private boolean cutOff;
    private boolean open = true;

    private VideoFrameSource(Path file, Builder settings, VideoDecoder decoder) {
        this.file = file;
        this.settings = settings;
        this.decoder = decoder;
        this.orientation = decoder.orientation();
        this.origin = file.toString();
        long frames = settings.readsAll() ? decoder.declaredFrames() : 0;
        this.frameCount = frames > 0 ? OptionalLong.of(frames) : OptionalLong.empty();
        long end = Math.min(decoder.durationNanos().orElse(Long.MAX_VALUE), settings.toNanos());
        this.endTime = end < Long.MAX_VALUE ? Optional.of(Duration.ofNanos(end)) : Optional.empty();
        this.frameRate = settings.rateOf(decoder.framesPerSecond());
        this.description =
                "VideoFrameSource[" + file + settings + ", " + decoder.codecName() + ", " + orientation + "]";
    }

    /**
     * Opens a file, all of it, every frame.
     *
     * @param file the file
     * @return a source whose first picture is decoded already
     * @throws NoSuchFileException if there is no such file
     * @throws IOException if it is no video, has no picture, or is damaged from its start; nothing stays open
     * @throws StageException if FFmpeg's native code is not on the class path or does not load
     */
    public static VideoFrameSource open(Path file) throws IOException {
        return builder(file).open();
    }

    /**
     * Loads FFmpeg, where that was not done yet.
     *
     * @return its version, for example {@code "FFmpeg 7.1.1"}
     * @throws StageException if it is missing, or does not load; the message says what to do
     */
    public static String runtime() {
        Ffmpeg.load();
        return Ffmpeg.version();
    }

    /**
     * Starts to describe a source.
     *
     * @param file the file
     * @return a builder with the defaults: from the start to the end, every frame, square pixels, one thread
     */
    public static Builder builder(Path file) {
        return new Builder(Objects.requireNonNull(file, "file"));
    }

    @Override
    public boolean read(FrameBuffer target) throws IOException {
        requireOpen();
        FrameUnreadableException damage = damagedAtStart.pollFirst();
        if (damage != null) {
            throw damage;
        }
        if (!pending && (ended || !advance())) {
            return false;
        }
        pending = false;
        convert(target);
        target.stamp(decoder.frameNanos());
        target.origin(origin);
        if (!anyRead) {
            target.markDiscontinuity();
        }
        anyRead = true;
        return true;
    }

    /** Decodes up to the next frame that is asked for. */
    private boolean advance() throws FrameUnreadableException {
        while (true) {
            FrameUnreadableException damage = null;
            try {
                if (!decoder.next()) {
                    break;
                }
            } catch (FrameUnreadableException e) {
                damage = e;
            }
            long nanos = decoder.frameNanos();
            boolean behind = nanos >= settings.toNanos();
            if (damage == null) {
                if (behind) {
                    ended = true;
                    return false;
                }
                if (nanos >= settings.fromNanos() && isDue(nanos)) {
                    return true;
                }
            } else if (behind) {
                // Damage is noticed ahead of the pictures: some that are shown before it may still come.
                damagedBehind = true;
            } else if (nanos >= settings.fromNanos() && isMissed(nanos)) {
                throw damage;
            }
        }
        ended = true;
        if (damagedBehind) {
            return false;
        }
        Optional<String> cut = decoder.cutBecause();
        if (cut.isPresent()) {
            cutOff = true;
            throw new InputCutOffException(
                    origin,
                    cut.get(),
                    Duration.ofNanos(decoder.endNanos()),
                    decoder.statedEndNanos().map(Duration::ofNanos));
        }
        return false;
    }

    /** With a rate, time is divided into slots of one over the rate around its multiples: the first frame of each. */
    private boolean isDue(long nanos) {
        if (settings.framesPerSecond == 0) {
            return true;
        }
        long slot = slot(nanos);
        if (slot <= lastSlot) {
            return false;
        }
        lastSlot = slot;
        return true;
    }

    /** Of pictures that are damaged, one is reported where one would have been given. */
    private boolean isMissed(long nanos) {
        if (settings.framesPerSecond == 0) {
            return true;
        }
        long slot = slot(nanos);
        if (slot <= lastSlot || slot <= lastMissedSlot) {
            return false;
        }
        lastMissedSlot = slot;
        return true;
    }

    private long slot(long nanos) {
        return Math.round((nanos - settings.fromNanos()) * 1e-9 * settings.framesPerSecond);
    }

    private void convert(FrameBuffer target) throws FrameUnreadableException {
        AVFrame frame = decoder.frame();
        double aspect = settings.storedPixels ? 1 : decoder.pixelAspect();
        boolean square = aspect > MAX_PIXEL_ASPECT || aspect < 1 / MAX_PIXEL_ASPECT;
        int width = square || aspect <= 1 ? frame.width() : (int) Math.round(frame.width() * aspect);
        int height = square || aspect >= 1 ? frame.height() : (int) Math.round(frame.height() / aspect);
        if ((long) width * height > FrameBuffer.MAX_PIXELS) {
            throw new FrameUnreadableException(
                    origin,
                    "the picture is " + width + "x" + height + ", expected at most " + FrameBuffer.MAX_PIXELS
                            + " pixels");
        }
        try {
            converter.convert(frame, width, height, orientation, target);
        } catch (PixelConverter.UnsupportedFormatException e) {
            throw new FrameUnreadableException(origin, String.valueOf(e.getMessage()), e);
        }
    }

    /** Decodes the first picture that is asked for, so that whoever opens a file knows that there is one. */
    private void prime() throws IOException {
        if (settings.fromNanos() > 0 && !decoder.seek(settings.fromNanos())) {
            decoder.close();
            decoder = settings.decoder();
        }
        while (damagedAtStart.size() <= MAX_DAMAGED_AT_START) {
            try {
                pending = advance();
                break;
            } catch (FrameUnreadableException e) {
                damagedAtStart.addLast(e);
            }
        }
        if (pending || ended && !cutOff && damagedAtStart.isEmpty() && decoder.frameNanos() >= settings.toNanos()) {
            return;
        }
        if (settings.fromNanos() > 0
                && ended
                && decoder.lastNanos() >= 0
                && damagedAtStart.size() <= (cutOff ? 1 : 0)) {
            throw new IOException(file + ": from is " + VideoDecoder.seconds(settings.fromNanos())
                    + ", but the video ends at " + VideoDecoder.seconds(decoder.lastNanos()));
        }
        throw new IOException(file + ": holds " + decoder.codecName() + " video but no picture that can be decoded"
                + (damagedAtStart.isEmpty()
                        ? ""
                        : " (" + damagedAtStart.getLast().getMessage() + ")")
                + "; the file is damaged or its recording stopped at once");
    }

    /**
     * {@inheritDoc}
     *
     * @return the number that the container names, where all frames are read and it names one
     */
    @Override
    public OptionalLong frameCount() {
        return frameCount;
    }

    @Override
    public Optional<Duration> endTime() {
        return endTime;
    }

    /**
     * Tells whether the file ended before its time. Known once {@link #read} has come to the end.
     *
     * @return true if pictures are missing at the end of the file
     */
    public boolean wasCutOff() {
        return cutOff;
    }

    /**
     * Returns how many frames a second it gives in the mean: those of the file, or fewer where fewer were asked for.
     *
     * @return frames a second, or empty where neither the file nor the builder says
     */
    @Override
    public OptionalDouble frameRate() {
        return frameRate;
    }

    /** The file, as it was given. */
    @Override
    public List<Path> files() {
        return List.of(file);
    }

    @Override
    public StageMetadata metadata() {
        return StageMetadata.named("video").withRuntime(Ffmpeg.version()).withNotes(toString());
    }

    /** Closes the file. A second call does nothing. */
    @Override
    public void close() {
        if (open) {
            open = false;
            converter.close();
            decoder.close();
        }
    }

    @Override
    public String toString() {
        return description;
    }

    private void requireOpen() {
        if (!open) {
            throw new IllegalStateException("the video source of " + file + " was closed; open another");
        }
    }

    /** Describes a video source. Not thread-safe. Each setting can be made once. */
    public static final class Builder {
        private static final Duration LONGEST = Duration.ofDays(10_000);
        private static final int MAX_THREADS = 64;

        private final Path file;
        private @Nullable Duration from;
        private @Nullable Duration to;
        private double framesPerSecond;
        private boolean storedPixels;
        private int threads;

        private Builder(Path file) {
            this.file = file;
        }

        /**
         * Leaves out what comes before a time. Frames keep the times of the file.
         *
         * @param value from which media time on, zero or more; by default from the start
         * @return this builder
         * @throws IllegalArgumentException if the time is negative, or not before the end
         * @throws IllegalStateException if it was set already
         */
        public Builder from(Duration value) {
            requireUnset("from", from);
            from = checked("from", value);
            requireOrder();
            return this;
        }

        /**
         * Leaves out what comes at or after a time.
         *
         * @param value up to which media time, above zero; by default to the end
         * @return this builder
         * @throws IllegalArgumentException if the time is not positive, or not after the start
         * @throws IllegalStateException if it was set already
         */
        public Builder to(Duration value) {
            requireUnset("to", to);
            to = checked("to", value);
            requireOrder();
            return this;
        }

        /**
         * Reads fewer frames: of each stretch of one over this rate, the first. Frames keep their own times, and none is
         * given twice: a file that has fewer frames a second gives them all.
         *
         * @param value at most so many frames a second of media time, above 0 to 1,000; by default all
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
         * Gives pictures as wide and high as they are stored, even where pixels are not square. By default such pictures
         * are stretched along their shorter side, because faces are looked for that are not squeezed.
         *
         * @return this builder
         */
        public Builder storedPixels() {
            storedPixels = true;
            return this;
        }

        /**
         * Sets how many threads decode. One is enough for the sizes that a camera has, and leaves the others to the
         * host.
         *
         * @param value 1 to 64; by default 1
         * @return this builder
         * @throws IllegalArgumentException if the number is out of its range
         * @throws IllegalStateException if it was set already
         */
        public Builder threads(int value) {
            requireUnset("threads", threads == 0 ? null : threads);
            range("threads", value, 1, MAX_THREADS);
            threads = value;
            return this;
        }

        /**
         * Opens the file and decodes its first picture.
         *
         * @return a source
         * @throws NoSuchFileException if there is no such file
         * @throws IOException if it is no video, has no picture, is damaged from its start, or ends before {@code from};
         *     nothing stays open
         * @throws StageException if FFmpeg's native code is not on the class path or does not load
         */
        public VideoFrameSource open() throws IOException {
            requireReadable(file);
            VideoDecoder decoder = decoder();
            VideoFrameSource source = new VideoFrameSource(file, this, decoder);
            try {
                source.prime();
                return source;
            } catch (IOException | RuntimeException e) {
                source.close();
                throw e;
            }
        }

        private VideoDecoder decoder() throws IOException {
            return VideoDecoder.open(file, Math.max(1, threads));
        }

        private static void requireReadable(Path file) throws IOException {
            if (!Files.exists(file)) {
                throw new NoSuchFileException(file.toString(), null, "there is no such file");
            }
            if (Files.isDirectory(file)) {
                throw new FileSystemException(file.toString(), null, "is a folder, expected a video file");
            }
            if (!Files.isRegularFile(file)) {
                throw new FileSystemException(
                        file.toString(),
                        null,
                        "is a device or a pipe, expected a video file; cameras are opened apart");
            }
            if (!Files.isReadable(file)) {
                throw new FileSystemException(file.toString(), null, "may not be read by this user");
            }
        }

        private static Duration checked(String option, Duration value) {
            if (value.isNegative() || value.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(option + " is " + value + ", expected zero to " + LONGEST);
            }
            return value;
        }

        private void requireOrder() {
            if (to != null && to.toNanos() <= fromNanos()) {
                throw new IllegalArgumentException("to is " + to + ", expected a time after "
                        + (from == null ? "the start" : "from, which is " + from));
            }
        }

        private boolean readsAll() {
            return from == null && to == null && framesPerSecond == 0;
        }

        /** Of a file with this mean rate; 0 where it does not say. */
        private OptionalDouble rateOf(double mean) {
            if (framesPerSecond == 0 || mean == 0) {
                double known = Math.max(framesPerSecond, mean);
                return known > 0 ? OptionalDouble.of(known) : OptionalDouble.empty();
            }
            return OptionalDouble.of(Math.min(framesPerSecond, mean));
        }

        private long fromNanos() {
            return from == null ? 0 : from.toNanos();
        }

        private long toNanos() {
            return to == null ? Long.MAX_VALUE : to.toNanos();
        }

        @Override
        public String toString() {
            return (from == null ? "" : ", from " + from)
                    + (to == null ? "" : ", to " + to)
                    + (framesPerSecond == 0 ? "" : ", at most " + framesPerSecond + " frames a second")
                    + (storedPixels ? ", pixels as stored" : "");
        }
    }
}
