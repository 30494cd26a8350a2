package org.emotion4j.ffmpeg;

import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameUnreadableException;

/** The video of one address, picture by picture. Owns FFmpeg's contexts. Confined to one thread. */
final class NetworkStream implements AutoCloseable {
    /** What an address may be, and which of FFmpeg's protocols it may start. None of them is a file, a list or a device. */
    private static final Map<String, String> PROTOCOLS = Map.of(
            "http", "http,tcp",
            "https", "https,http,tls,tcp",
            "rtsp", "rtsp,rtp,tcp");

    /** Play lists (HLS, DASH, SDP files) are not among them: they would name further addresses. */
    private static final String CONTAINERS = "rtsp,mpjpeg,mjpeg,mov,matroska,avi,mpegts,flv,live_flv";

    private static final long PROBE_BYTES = 2_000_000;
    private static final long PROBE_MICROS = 5_000_000;
    private static final long NANOS = 1_000_000_000;

    private final String name;
    private final Deadline deadline;
    private final Duration readTimeout;
    private final AVFormatContext container;
    private final AVStream stream;
    private final AVCodecContext codec;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVFrame frame = avutil.av_frame_alloc();
    private boolean draining;
    private boolean open = true;

    private NetworkStream(
            String name,
            Deadline deadline,
            Duration readTimeout,
            AVFormatContext container,
            AVStream stream,
            AVCodecContext codec) {
        this.name = name;
        this.deadline = deadline;
        this.readTimeout = readTimeout;
        this.container = container;
        this.stream = stream;
        this.codec = codec;
    }

    static boolean isKnown(URI address) {
        return address.getScheme() != null && PROTOCOLS.containsKey(scheme(address)) && address.getHost() != null;
    }

    private static String scheme(URI address) {
        return address.getScheme().toLowerCase(Locale.ROOT);
    }

    /**
     * Connects and finds the video.
     *
     * @param name what messages call it: no user, no password
     * @throws IOException if nobody answers in time, or there is no video that is read; nothing stays open
     */
    static NetworkStream open(URI address, String name, Duration connect, Duration read) throws IOException {
        Ffmpeg.load();
        avformat.avformat_network_init();
        Deadline deadline = new Deadline();
        AVFormatContext container = avformat.avformat_alloc_context();
        container.interrupt_callback().callback(deadline);
        AVCodecContext codec = new AVCodecContext((Pointer) null);
        try {
            connect(address, name, container, deadline, connect);
            AVStream stream = video(name, container);
            codec = decoder(name, stream);
            return new NetworkStream(name, deadline, read, container, stream, codec);
        } catch (IOException | RuntimeException e) {
            avcodec.avcodec_free_context(codec);
            avformat.avformat_close_input(container);
            deadline.close();
            throw e;
        }
    }

    private static void connect(
            URI address, String name, AVFormatContext container, Deadline deadline, Duration timeout)
            throws IOException {
        AVDictionary options = new AVDictionary((Pointer) null);
        avutil.av_dict_set(options, "protocol_whitelist", PROTOCOLS.get(scheme(address)), 0);
        avutil.av_dict_set(options, "format_whitelist", CONTAINERS, 0);
        avutil.av_dict_set(options, "codec_whitelist", Codecs.whitelist(), 0);
        avutil.av_dict_set(options, "rtsp_transport", "tcp", 0);
        // Where a redirection leads is not what the caller allowed, and the password would go there, too.
        avutil.av_dict_set(options, "max_redirects", "0", 0);
        avutil.av_dict_set(options, "tls_verify", "1", 0);
        avutil.av_dict_set_int(options, "probesize", PROBE_BYTES, 0);
        avutil.av_dict_set_int(options, "analyzeduration", PROBE_MICROS, 0);
        deadline.set(timeout);
        int result = avformat.avformat_open_input(
                container, Streams.utf8(address.toASCIIString()), new AVInputFormat((Pointer) null), options);
        avutil.av_dict_free(options);
        requireGood(result, name, deadline, timeout, "it is not opened");
        for (int i = 0; i < container.nb_streams(); i++) {
            requirePixels(name, container.streams(i).codecpar());
        }
        requireGood(
                avformat.avformat_find_stream_info(container, (AVDictionary) null),
                name,
                deadline,
                timeout,
                "its streams cannot be read");
    }

    private static void requireGood(int result, String name, Deadline deadline, Duration timeout, String otherwise)
            throws IOException {
        if (result >= 0) {
            return;
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException(name + ": interrupted");
        }
        if (deadline.isOver()) {
            throw new IOException(name + ": nothing came within " + seconds(timeout));
        }
        throw new IOException(name + ": " + otherwise + ": " + Ffmpeg.message(result));
    }

    private static void requirePixels(String name, AVCodecParameters parameters) throws IOException {
        if ((long) parameters.width() * parameters.height() > FrameBuffer.MAX_PIXELS) {
            throw new IOException(name + ": its pictures are " + parameters.width() + "x" + parameters.height()
                    + ", expected at most " + FrameBuffer.MAX_PIXELS + " pixels");
        }
    }

    private static AVStream video(String name, AVFormatContext container) throws IOException {
        int index = avformat.av_find_best_stream(container, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
        if (index < 0) {
            throw new IOException(name + ": there is no video in it");
        }
        for (int i = 0; i < container.nb_streams(); i++) {
            container.streams(i).discard(i == index ? avcodec.AVDISCARD_DEFAULT : avcodec.AVDISCARD_ALL);
        }
        return container.streams(index);
    }

    private static AVCodecContext decoder(String name, AVStream stream) throws IOException {
        AVCodecParameters parameters = stream.codecpar();
        AVCodec decoder = Codecs.decoder(parameters.codec_id());
        if (Pointer.isNull(decoder)) {
            throw new IOException(name + ": its pictures are coded as " + Streams.codecName(parameters)
                    + ", which is not among the codecs that are read (docs/sources.md names them)");
        }
        requirePixels(name, parameters);
        AVCodecContext codec = avcodec.avcodec_alloc_context3(decoder);
        avcodec.avcodec_parameters_to_context(codec, parameters);
        codec.pkt_timebase(stream.time_base());
        codec.thread_count(1);
        codec.max_pixels(FrameBuffer.MAX_PIXELS);
        int result = avcodec.avcodec_open2(codec, decoder, (AVDictionary) null);
        if (result < 0) {
            avcodec.avcodec_free_context(codec);
            throw new IOException(name + ": the decoder for " + Streams.codecName(parameters) + " does not start: "
                    + Ffmpeg.message(result));
        }
        return codec;
    }

    /**
     * Decodes the next picture into {@link #frame()}.
     *
     * @return false at the end
     * @throws FrameUnreadableException if one picture is damaged; the next call goes on after it
     * @throws IOException if the connection is lost or nothing comes in time
     */
    boolean next() throws IOException {
        while (true) {
            int result = avcodec.avcodec_receive_frame(codec, frame);
            if (result == 0) {
                if ((frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0 || frame.decode_error_flags() != 0) {
                    throw damaged();
                }
                return true;
            }
            if (result == avutil.AVERROR_EOF) {
                return false;
            }
            if (result != AVERROR_EAGAIN()) {
                throw damaged();
            }
            feed();
        }
    }

    private void feed() throws IOException {
        if (draining) {
            return;
        }
        deadline.set(readTimeout);
        int result = avformat.av_read_frame(container, packet);
        if (result == avutil.AVERROR_EOF) {
            draining = true;
            avcodec.avcodec_send_packet(codec, (AVPacket) null);
            return;
        }
        requireGood(result, name, deadline, readTimeout, "the connection was lost");
        try {
            if (packet.stream_index() == stream.index() && avcodec.avcodec_send_packet(codec, packet) < 0) {
                throw damaged();
            }
        } finally {
            avcodec.av_packet_unref(packet);
        }
    }

    private FrameUnreadableException damaged() {
        return new FrameUnreadableException(name, "a picture is damaged");
    }

    AVFrame frame() {
        return frame;
    }

    /** The picture's own time; empty where nobody wrote one. */
    Optional<Long> frameNanos() {
        long time = frame.best_effort_timestamp();
        AVRational base = stream.time_base();
        return time == avutil.AV_NOPTS_VALUE || base.den() == 0
                ? Optional.empty()
                : Optional.of(Math.round(1e9 * time * base.num() / base.den()));
    }

    /** How long it says it is; empty of what goes on until somebody ends it. */
    Optional<Duration> length() {
        long micros = container.duration();
        return micros == avutil.AV_NOPTS_VALUE || micros <= 0
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(micros * 1_000));
    }

    /** Whether its pictures have no time of their own: one JPEG after another. */
    boolean isTimeless() {
        return container.iformat().name().getString(StandardCharsets.UTF_8).contains("jpeg");
    }

    double framesPerSecond() {
        return Streams.framesPerSecond(stream);
    }

    String codecName() {
        return Streams.codecName(stream.codecpar());
    }

    Orientation orientation() {
        return Streams.orientation(stream);
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toNanos() / (double) NANOS);
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            deadline.set(Duration.ofSeconds(1)); // RTSP says good-bye
            avcodec.av_packet_free(packet);
            avutil.av_frame_free(frame);
            avcodec.avcodec_free_context(codec);
            avformat.avformat_close_input(container);
            deadline.close();
        }
    }

    /** FFmpeg asks every tenth of a second, on the thread that waits, whether to wait on. */
    private static final class Deadline extends AVIOInterruptCB.Callback_Pointer {
        private long at;

        void set(Duration timeout) {
            at = System.nanoTime() + timeout.toNanos();
        }

        boolean isOver() {
            return System.nanoTime() - at >= 0;
        }

        @Override
        public int call(Pointer nothing) {
            return isOver() || Thread.currentThread().isInterrupted() ? 1 : 0;
        }
    }
}
