package org.emotion4j.ffmpeg;

import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.frame.InputCutOffException;
import org.emotion4j.stage.Experimental;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;

/**
 * Frames of a network camera or of a film on a server: {@code rtsp:}, {@code http:} and {@code https:}. <b>It opens the network</b>,
 * which nothing else in this library does; whoever makes one has decided so.
 *
 * <p>Read are Motion JPEG (also as multipart), MP4, Matroska, AVI, MPEG-TS and FLV over HTTP, and RTSP over TCP, with the decoders that files
 * have. Play lists (HLS, DASH) are refused, redirections are not followed, and no address leads to a file, a device or another protocol.
 * Nothing waits for ever: {@link Builder#connectTimeout} and {@link Builder#readTimeout}; an interrupt ends a read.
 *
 * <p>What has no length is {@linkplain #isLive() live}: when its connection ends or falls silent, {@link #read} throws, and {@link
 * org.emotion4j.pipeline.ReconnectPolicy} opens it anew: {@code ReconnectPolicy.with(() -> NetworkFrameSource.open(address))}. Its
 * times are those of the stream, or where it has none (Motion JPEG) those of arrival; they begin at 0. A film keeps its own times.
 *
 * <p>User, password and query of the address are in no message, name or record; a path with {@code =} in it, as some cameras have for a
 * password, neither. Confined to one thread.
 */
@Experimental
public final class NetworkFrameSource implements FrameSource {
    private static final long SHORT_OF_END_NANOS = 1_000_000_000;
    private static final long STEP_NANOS = 1_000_000;

    private final String name;
    private final NetworkStream stream;
    private final PixelConverter converter = new PixelConverter();
    private final Orientation orientation;
    private final LongSupplier clock;
    private final Optional<Duration> length;
    private final boolean byArrival;
    private final OptionalDouble frameRate;

    private OptionalLong begun = OptionalLong.empty();
    private long shift;
    private long last = -1;
    private boolean ended;
    private boolean open = true;

    private NetworkFrameSource(String name, NetworkStream stream, LongSupplier clock) {
        this.name = name;
        this.stream = stream;
        this.clock = clock;
        this.orientation = stream.orientation();
        this.length = stream.length();
        this.byArrival = length.isEmpty() && stream.isTimeless();
        double rate = stream.framesPerSecond();
        this.frameRate = rate > 0 && !byArrival ? OptionalDouble.of(rate) : OptionalDouble.empty();
    }

    /**
     * Connects, with the defaults of {@link #builder}.
     *
     * @param address {@code rtsp:}, {@code http:} or {@code https:}
     * @return a source that has found its video
     * @throws IOException if nobody answers in time, or it is no video that is read; nothing stays open
     * @throws IllegalArgumentException if it is another kind of address
     * @throws StageException if FFmpeg's native code is not on the class path or does not load
     */
    public static NetworkFrameSource open(URI address) throws IOException {
        return builder(address).open();
    }

    /**
     * Starts to describe a source.
     *
     * @param address {@code rtsp:}, {@code http:} or {@code https:}, with a host
     * @return a builder with the defaults: 10 s to connect, 10 s between pictures
     * @throws IllegalArgumentException if it is another kind of address
     */
    public static Builder builder(URI address) {
        return new Builder(address);
    }

    /** The address without what nobody else may know. */
    static String name(URI address) {
        String path = Objects.requireNonNullElse(address.getRawPath(), "");
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return address.getScheme() + "://" + address.getHost() + port + (path.contains("=") ? "" : path);
    }

    @Override
    public boolean read(FrameBuffer target) throws IOException {
        if (!open) {
            throw new IllegalStateException("the source of " + name + " was closed; open another");
        }
        if (ended) {
            return false;
        }
        if (!isNextThere()) {
            ended = true;
            end();
            return false;
        }
        AVFrame frame = stream.frame();
        try {
            converter.convert(frame, frame.width(), frame.height(), orientation, target);
        } catch (PixelConverter.UnsupportedFormatException e) {
            throw new FrameUnreadableException(name, String.valueOf(e.getMessage()), e);
        }
        stamp(target);
        target.origin(name);
        return true;
    }

    private boolean isNextThere() throws IOException {
        try {
            return stream.next();
        } catch (FrameUnreadableException e) {
            throw e;
        } catch (IOException e) {
            ended = true;
            throw e;
        }
    }

    /** A live stream has no end: its connection was closed. */
    private void end() throws IOException {
        if (length.isEmpty()) {
            throw new EOFException(name + ": the connection was closed");
        }
        if (last + SHORT_OF_END_NANOS < length.get().toNanos()) {
            throw new InputCutOffException(
                    name, "the film ends before its time", Duration.ofNanos(Math.max(0, last)), length);
        }
    }

    /** A clock of the camera that is set back is no reason to go back. */
    private void stamp(FrameBuffer target) {
        long own = byArrival ? clock.getAsLong() : stream.frameNanos().orElseGet(clock::getAsLong);
        if (begun.isEmpty()) {
            begun = OptionalLong.of(length.isPresent() ? 0 : own);
            target.markDiscontinuity();
        }
        long nanos = own - begun.getAsLong() + shift;
        if (nanos < last) {
            shift += last - nanos + STEP_NANOS;
            nanos = last + STEP_NANOS;
            target.markDiscontinuity();
        }
        last = nanos;
        target.stamp(nanos);
    }

    @Override
    public boolean isLive() {
        return length.isEmpty();
    }

    @Override
    public Optional<Duration> endTime() {
        return length;
    }

    @Override
    public OptionalDouble frameRate() {
        return frameRate;
    }

    @Override
    public StageMetadata metadata() {
        return StageMetadata.named("network").withRuntime(Ffmpeg.version()).withNotes(toString());
    }

    /** Closes the connection. A second call does nothing. */
    @Override
    public void close() {
        if (open) {
            open = false;
            converter.close();
            stream.close();
        }
    }

    @Override
    public String toString() {
        return "NetworkFrameSource[" + name + ", " + stream.codecName() + (isLive() ? ", live" : "") + "]";
    }

    /** Describes a source. Not thread-safe. */
    public static final class Builder {
        private static final Duration LONGEST = Duration.ofHours(1);

        private final URI address;
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration readTimeout = Duration.ofSeconds(10);
        private LongSupplier clock = System::nanoTime;

        private Builder(URI address) {
            if (!NetworkStream.isKnown(address)) {
                throw new IllegalArgumentException("the address is of kind \"" + address.getScheme()
                        + "\", expected rtsp, http or https, with a host");
            }
            this.address = address;
        }

        /**
         * Limits how long it takes until there is a video. Default: 10 s. Looking up a name is the system's and has its own limit.
         *
         * @param value above 0 to 1 h
         * @return this builder
         * @throws IllegalArgumentException if it is out of its range
         */
        public Builder connectTimeout(Duration value) {
            connectTimeout = checked("connectTimeout", value);
            return this;
        }

        /**
         * Limits how long a read waits for data. Default: 10 s.
         *
         * @param value above 0 to 1 h
         * @return this builder
         * @throws IllegalArgumentException if it is out of its range
         */
        public Builder readTimeout(Duration value) {
            readTimeout = checked("readTimeout", value);
            return this;
        }

        private static Duration checked(String option, Duration value) {
            if (value.isZero() || value.isNegative() || value.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(option + " is " + value + ", expected above 0 to " + LONGEST);
            }
            return value;
        }

        Builder clock(LongSupplier value) {
            clock = value;
            return this;
        }

        /**
         * Connects.
         *
         * @return a source that has found its video
         * @throws IOException if nobody answers in time, or it is no video that is read; nothing stays open
         * @throws StageException if FFmpeg's native code is not on the class path or does not load
         */
        public NetworkFrameSource open() throws IOException {
            String name = name(address);
            return new NetworkFrameSource(name, NetworkStream.open(address, name, connectTimeout, readTimeout), clock);
        }

        @Override
        public String toString() {
            return "NetworkFrameSource.Builder[" + name(address) + "]";
        }
    }
}
