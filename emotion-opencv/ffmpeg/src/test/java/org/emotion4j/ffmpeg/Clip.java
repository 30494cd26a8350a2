package org.emotion4j.ffmpeg;

import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.PixelFormat;

/** Writes short video files for the tests, encoded by FFmpeg from frames that the test draws. */
public final class Clip {
    /** Draws one frame in blue, green, red. */
    @FunctionalInterface
    public interface Painter {
        void paint(int index, FrameBuffer canvas);
    }

    private boolean checksums;
    private String encoder = "mpeg4";
    private int pixelFormat = -1;
    private int width = 64;
    private int height = 48;
    private int frames = 10;
    private int ticksPerSecond = 25;
    private long[] times = {};
    private int rotation;
    private int aspectNum = 1;
    private int aspectDen = 1;
    private final Map<String, String> options = new HashMap<>();
    private Set<Integer> held = Set.of();
    private boolean sound;
    private int keyFrameEvery = 12;
    private int written;
    private Painter painter = Clip::gradient;

    private Clip() {}

    public static Clip of(int frames) {
        Ffmpeg.load();
        Clip clip = new Clip();
        clip.frames = frames;
        return clip;
    }

    /** Of FFV1: slices with checksums. */
    Clip checksums() {
        checksums = true;
        return this;
    }

    /** An encoder's name in FFmpeg: mpeg4, mjpeg, libvpx, libvpx-vp9, ffv1, libopenh264. */
    public Clip encoder(String name) {
        encoder = name;
        return this;
    }

    /** A pixel format of FFmpeg; by default the one the encoder likes best. */
    public Clip pixelFormat(int format) {
        pixelFormat = format;
        return this;
    }

    public Clip size(int newWidth, int newHeight) {
        width = newWidth;
        height = newHeight;
        return this;
    }

    public Clip framesPerSecond(int rate) {
        ticksPerSecond = rate;
        return this;
    }

    /** A time for each frame, in milliseconds. */
    public Clip times(long... milliseconds) {
        times = milliseconds;
        ticksPerSecond = 1_000;
        frames = milliseconds.length;
        return this;
    }

    /** A display matrix that turns the picture counterclockwise when it is shown. */
    public Clip rotation(int degrees) {
        rotation = degrees;
        return this;
    }

    public Clip pixelAspect(int num, int den) {
        aspectNum = num;
        aspectDen = den;
        return this;
    }

    /** An MP4 whose index comes before its pictures. */
    public Clip indexFirst() {
        return option("movflags", "faststart");
    }

    /** An option of FFmpeg's writer of the container. */
    Clip option(String name, String value) {
        options.put(name, value);
        return this;
    }

    /** Packets that are written without their bytes: the picture stays as the one before it. */
    Clip held(Integer... packets) {
        held = Set.of(packets);
        return this;
    }

    /** A second of silence instead of pictures. */
    public Clip soundOnly() {
        sound = true;
        return this;
    }

    public Clip keyFrameEvery(int value) {
        keyFrameEvery = value;
        return this;
    }

    public Clip painted(Painter value) {
        painter = value;
        return this;
    }

    /** Each frame one gray level lighter, with a gradient across, and a dark upper left corner. */
    static void gradient(int index, FrameBuffer canvas) {
        int width = canvas.width();
        int height = canvas.height();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean corner = 4 * x < width && 4 * y < height;
                for (int c = 0; c < 3; c++) {
                    int value = corner ? 16 : 60 + 60 * x / width + 3 * index + 20 * c;
                    canvas.pixels().put(y * canvas.stride() + 3 * x + c, (byte) Math.min(235, value));
                }
            }
        }
    }

    public Path write(Path file) throws IOException {
        AVFormatContext container = new AVFormatContext((Pointer) null);
        check(avformat.avformat_alloc_output_context2(container, (AVOutputFormat) null, null, file.toString()));
        AVIOContext io = new AVIOContext((Pointer) null);
        check(avformat.avio_open(io, file.toString(), avformat.AVIO_FLAG_WRITE));
        container.pb(io);
        AVCodecContext codec = new AVCodecContext((Pointer) null);
        try {
            AVStream stream = avformat.avformat_new_stream(container, (AVCodec) null);
            codec = sound ? soundEncoder() : pictureEncoder();
            if ((container.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0) {
                codec.flags(codec.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
            }
            check(avcodec.avcodec_open2(codec, codec.codec(), (AVDictionary) null));
            avcodec.avcodec_parameters_from_context(stream.codecpar(), codec);
            stream.time_base(codec.time_base());
            stream.sample_aspect_ratio(codec.sample_aspect_ratio());
            addRotation(stream);
            AVDictionary dictionary = new AVDictionary((Pointer) null);
            options.forEach((name, value) -> avutil.av_dict_set(dictionary, name, value, 0));
            check(avformat.avformat_write_header(container, dictionary));
            avutil.av_dict_free(dictionary);
            if (sound) {
                writeSound(container, stream, codec);
            } else {
                writePictures(container, stream, codec);
            }
            encode(container, stream, codec, new AVFrame((Pointer) null));
            check(avformat.av_write_trailer(container));
            return file;
        } finally {
            avcodec.avcodec_free_context(codec);
            avformat.avio_closep(io);
            avformat.avformat_free_context(container);
        }
    }

    private AVCodecContext pictureEncoder() throws IOException {
        AVCodecContext codec = avcodec.avcodec_alloc_context3(named(encoder));
        codec.width(width).height(height);
        codec.pix_fmt(pixelFormat >= 0 ? pixelFormat : defaultFormat());
        codec.time_base().num(1).den(ticksPerSecond);
        codec.framerate().num(times.length > 0 ? 25 : ticksPerSecond).den(1);
        codec.sample_aspect_ratio().num(aspectNum).den(aspectDen);
        codec.gop_size(keyFrameEvery);
        codec.bit_rate(4_000_000);
        codec.thread_count(1);
        if (encoder.equals("ffv1")) {
            // Without slices, which a picture of one column cannot have.
            codec.level(checksums ? 3 : 1);
        }
        if (encoder.equals("mjpeg")) {
            codec.color_range(avutil.AVCOL_RANGE_JPEG);
            codec.flags(codec.flags() | avcodec.AV_CODEC_FLAG_QSCALE);
            codec.global_quality(2 * avutil.FF_QP2LAMBDA);
        }
        return codec;
    }

    private static AVCodecContext soundEncoder() throws IOException {
        AVCodecContext codec = avcodec.avcodec_alloc_context3(named("pcm_s16le"));
        codec.sample_fmt(avutil.AV_SAMPLE_FMT_S16).sample_rate(8_000);
        avutil.av_channel_layout_default(codec.ch_layout(), 1);
        codec.time_base().num(1).den(8_000);
        return codec;
    }

    private int defaultFormat() {
        return encoder.equals("mjpeg") ? avutil.AV_PIX_FMT_YUVJ420P : avutil.AV_PIX_FMT_YUV420P;
    }

    private static AVCodec named(String name) throws IOException {
        AVCodec codec = avcodec.avcodec_find_encoder_by_name(name);
        if (Pointer.isNull(codec)) {
            throw new IOException("this build of FFmpeg has no encoder " + name);
        }
        return codec;
    }

    private void addRotation(AVStream stream) {
        if (rotation == 0) {
            return;
        }
        try (IntPointer matrix = new IntPointer(9)) {
            avutil.av_display_rotation_set(matrix, -rotation);
            AVPacketSideData list = stream.codecpar().coded_side_data();
            try (PointerPointer<AVPacketSideData> head = new PointerPointer<>(1);
                    IntPointer count = new IntPointer(1)) {
                head.put(0, list);
                count.put(0, 0);
                AVPacketSideData made = avcodec.av_packet_side_data_new(
                        head, count, avcodec.AV_PKT_DATA_DISPLAYMATRIX, 9L * Integer.BYTES, 0);
                Pointer.memcpy(made.data(), matrix, 9L * Integer.BYTES);
                stream.codecpar().coded_side_data(head.get(AVPacketSideData.class, 0));
                stream.codecpar().nb_coded_side_data(count.get(0));
            }
        }
    }

    private void writePictures(AVFormatContext container, AVStream stream, AVCodecContext codec) throws IOException {
        SwsContext scaler = swscale.sws_getContext(
                width,
                height,
                avutil.AV_PIX_FMT_BGR24,
                width,
                height,
                codec.pix_fmt(),
                swscale.SWS_BICUBIC | swscale.SWS_ACCURATE_RND,
                null,
                null,
                (DoublePointer) null);
        AVFrame frame = avutil.av_frame_alloc();
        frame.width(width).height(height).format(codec.pix_fmt());
        frame.color_range(codec.color_range());
        check(avutil.av_frame_get_buffer(frame, 0));
        // The scaler's vector code reads beyond narrow rows: a frame of FFmpeg's own has room for that.
        AVFrame drawn = avutil.av_frame_alloc();
        drawn.width(width).height(height).format(avutil.AV_PIX_FMT_BGR24);
        check(avutil.av_frame_get_buffer(drawn, 0));
        try (FrameBuffer canvas = FrameBuffer.standalone()) {
            canvas.reshape(width, height, PixelFormat.BGR24);
            for (int i = 0; i < frames; i++) {
                painter.paint(i, canvas);
                BytePointer from = new BytePointer(canvas.pixels());
                avutil.av_image_copy_plane(
                        drawn.data(0), drawn.linesize(0), from, canvas.stride(), canvas.stride(), height);
                check(avutil.av_frame_make_writable(frame));
                swscale.sws_scale(scaler, drawn.data(), drawn.linesize(), 0, height, frame.data(), frame.linesize());
                frame.pts(times.length > 0 ? times[i] : i);
                frame.quality(codec.global_quality());
                encode(container, stream, codec, frame);
            }
        } finally {
            avutil.av_frame_free(drawn);
            avutil.av_frame_free(frame);
            swscale.sws_freeContext(scaler);
        }
    }

    private void writeSound(AVFormatContext container, AVStream stream, AVCodecContext codec) throws IOException {
        AVFrame frame = avutil.av_frame_alloc();
        frame.nb_samples(8_000).format(codec.sample_fmt()).sample_rate(8_000);
        avutil.av_channel_layout_default(frame.ch_layout(), 1);
        check(avutil.av_frame_get_buffer(frame, 0));
        frame.pts(0);
        encode(container, stream, codec, frame);
        avutil.av_frame_free(frame);
    }

    private void encode(AVFormatContext container, AVStream stream, AVCodecContext codec, AVFrame frame)
            throws IOException {
        check(avcodec.avcodec_send_frame(codec, frame));
        AVPacket packet = avcodec.av_packet_alloc();
        AVRational from = codec.time_base();
        AVRational to = stream.time_base();
        while (true) {
            int result = avcodec.avcodec_receive_packet(codec, packet);
            if (result == AVERROR_EAGAIN() || result == avutil.AVERROR_EOF) {
                break;
            }
            check(result);
            if (packet.duration() == 0) {
                packet.duration(1);
            }
            avcodec.av_packet_rescale_ts(packet, from, to);
            packet.stream_index(stream.index());
            if (held.contains(written++)) {
                avcodec.av_shrink_packet(packet, 0);
            }
            check(avformat.av_interleaved_write_frame(container, packet));
        }
        avcodec.av_packet_free(packet);
    }

    private static void check(int result) throws IOException {
        if (result < 0) {
            throw new IOException("FFmpeg could not write a test clip: " + Ffmpeg.message(result));
        }
    }
}
