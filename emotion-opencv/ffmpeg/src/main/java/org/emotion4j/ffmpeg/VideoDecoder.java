package org.emotion4j.ffmpeg;

import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameUnreadableException;

/**
 * The video stream of one file, frame by frame. Owns FFmpeg's contexts, one frame and one packet, which are used again
 * for every picture. Confined to one thread.
 */
final class VideoDecoder implements AutoCloseable {
    /**
     * The containers that are opened. Named, because FFmpeg guesses by content and some of its formats are play lists
     * that make it open other files and addresses.
     */
    private static final String CONTAINERS = "mov,matroska,avi,mpegts,mpeg,mpegvideo,m4v,h264,hevc,obu,av1,ivf,flv,"
            + "live_flv,asf,ogg,mjpeg,mpjpeg,yuv4mpegpipe,nut,mxf,dv,rm,gif,apng,swf,mp3,wav,flac,aac,w64,aiff";

    private static final long NANOS = StreamClock.NANOS;

    /** How far before a time a key frame is looked for. */
    private static final long[] SEEK_BACK_NANOS = {0, NANOS, 5 * NANOS, 20 * NANOS, 120 * NANOS};

    private final Path file;
    private final AVFormatContext container;
    private final AVStream stream;
    private final AVCodecContext codec;
    private final FrameQueue frames = new FrameQueue();
    private final AwaitedPictures awaited = new AwaitedPictures();
    private final DamageTracker damage = new DamageTracker();
    private final FrameTimes times = new FrameTimes();
    private final PictureHeaders headers;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final int streamIndex;
    private final StreamClock clock;
    private final VideoEnd end;

    private long frameNanos;
    private long packetNanos;
    private int readError;
    private long lastGiven;
    private long lastDamaged;
    private boolean damagedPacket;
    private boolean packetIsRead;
    private boolean draining;
    private boolean drained;
    private boolean open = true;

    private VideoDecoder(Path file, AVFormatContext container, AVStream stream, AVCodecContext codec) {
        this.file = file;
        this.container = container;
        this.stream = stream;
        this.codec = codec;
        this.streamIndex = stream.index();
        this.headers = headers(stream.codecpar());
        this.clock = new StreamClock(container, stream);
        this.end = new VideoEnd(file, container, stream, clock);
    }

    /**
     * Opens a file.
     *
     * @param threads how many threads decode
     * @throws IOException if there is no video in it that can be decoded; nothing stays open
     */
    static VideoDecoder open(Path file, int threads) throws IOException {
        Optional<String> picture = Containers.stillPicture(file);
        if (picture.isPresent()) {
            throw new IOException(file + ": is " + picture.get() + ", no video; open it as a picture");
        }
        Ffmpeg.load();
        AVFormatContext container = openContainer(file);
        AVCodecContext codec = new AVCodecContext((Pointer) null);
        try {
            AVStream stream = videoStream(file, container);
            codec = openCodec(file, stream, threads);
            return new VideoDecoder(file, container, stream, codec);
        } catch (IOException | RuntimeException e) {
            avcodec.avcodec_free_context(codec);
            avformat.avformat_close_input(container);
            throw e;
        }
    }

    private static AVFormatContext openContainer(Path file) throws IOException {
        AVFormatContext container = new AVFormatContext((Pointer) null);
        AVDictionary options = new AVDictionary((Pointer) null);
        avutil.av_dict_set(options, "protocol_whitelist", "file", 0);
        avutil.av_dict_set(options, "format_whitelist", CONTAINERS, 0);
        avutil.av_dict_set(options, "codec_whitelist", Codecs.whitelist(), 0);
        MotionJpeg motionJpeg = MotionJpeg.of(file);
        if (motionJpeg.headBytes() > 0) {
            avutil.av_dict_set_int(options, "skip_initial_bytes", motionJpeg.headBytes(), 0);
        }
        AVInputFormat format = motionJpeg.format().isEmpty()
                ? new AVInputFormat((Pointer) null)
                : avformat.av_find_input_format(motionJpeg.format());
        int result =
                avformat.avformat_open_input(container, Streams.utf8("file:" + file.toAbsolutePath()), format, options);
        avutil.av_dict_free(options);
        if (result < 0) {
            throw new IOException(file + ": " + Containers.whyNotOpened(file, Ffmpeg.message(result)));
        }
        try {
            // Before FFmpeg decodes some pictures to see what they are.
            for (int i = 0; i < container.nb_streams(); i++) {
                requirePixels(file, container.streams(i).codecpar());
            }
            result = avformat.avformat_find_stream_info(container, (AVDictionary) null);
            if (result < 0) {
                throw new IOException(file + ": its streams cannot be read: " + Ffmpeg.message(result));
            }
            return container;
        } catch (IOException e) {
            avformat.avformat_close_input(container);
            throw e;
        }
    }

    private static void requirePixels(Path file, AVCodecParameters parameters) throws IOException {
        long pixels = (long) parameters.width() * parameters.height();
        if (pixels > FrameBuffer.MAX_PIXELS) {
            throw new IOException(file + ": its pictures are " + parameters.width() + "x" + parameters.height()
                    + ", expected at most " + FrameBuffer.MAX_PIXELS + " pixels; scale the video down");
        }
    }

    private static AVStream videoStream(Path file, AVFormatContext container) throws IOException {
        int index = avformat.av_find_best_stream(container, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
        boolean found =
                index >= 0 && (container.streams(index).disposition() & avformat.AV_DISPOSITION_ATTACHED_PIC) == 0;
        if (!found) {
            throw new IOException(file + ": "
                    + Containers.cutOff(file)
                            .orElse("holds no video, only " + streamsOf(container)
                                    + "; choose the file that holds the pictures"));
        }
        AVStream stream = container.streams(index);
        if (stream.duration() > 0) {
            // Else only the end of all streams together tells whether the file is whole.
            for (int i = 0; i < container.nb_streams(); i++) {
                container.streams(i).discard(i == index ? avcodec.AVDISCARD_DEFAULT : avcodec.AVDISCARD_ALL);
            }
        }
        return stream;
    }

    private static String streamsOf(AVFormatContext container) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < container.nb_streams(); i++) {
            AVCodecParameters parameters = container.streams(i).codecpar();
            String kind =
                    switch (parameters.codec_type()) {
                        case avutil.AVMEDIA_TYPE_AUDIO -> "sound";
                        case avutil.AVMEDIA_TYPE_VIDEO -> "a cover picture";
                        case avutil.AVMEDIA_TYPE_SUBTITLE -> "subtitles";
                        default -> "data";
                    };
            names.append(names.isEmpty() ? "" : ", ")
                    .append(kind)
                    .append(" (")
                    .append(Streams.codecName(parameters))
                    .append(')');
        }
        return names.isEmpty() ? "an empty container" : names.toString();
    }

    private static AVCodecContext openCodec(Path file, AVStream stream, int threads) throws IOException {
        AVCodecParameters parameters = stream.codecpar();
        AVCodec decoder = Codecs.decoder(parameters.codec_id());
        if (Pointer.isNull(decoder)) {
            throw new IOException(file + ": its pictures are coded as " + Streams.codecName(parameters)
                    + ", which is not among the codecs that are read (docs/sources.md names them); convert the file to"
                    + " H.264, for example");
        }
        requirePixels(file, parameters);
        AVCodecContext codec = avcodec.avcodec_alloc_context3(decoder);
        avcodec.avcodec_parameters_to_context(codec, parameters);
        codec.pkt_timebase(stream.time_base());
        codec.thread_count(threads);
        codec.max_pixels(FrameBuffer.MAX_PIXELS);
        codec.flags(codec.flags() | avcodec.AV_CODEC_FLAG_COPY_OPAQUE);
        codec.err_recognition(Damage.recognition(parameters.codec_id()));
        int result = avcodec.avcodec_open2(codec, decoder, (AVDictionary) null);
        if (result < 0) {
            avcodec.avcodec_free_context(codec);
            throw new IOException(
                    file + ": the decoder for " + Streams.codecName(parameters) + ", " + parameters.width() + "x"
                            + parameters.height() + ", does not start: " + Ffmpeg.message(result)
                            + "; the file is damaged or cut off at its start");
        }
        return codec;
    }

    /** What tells losses of this codec, and holes in its data. */
    static PictureHeaders headers(AVCodecParameters parameters) {
        return switch (parameters.codec_id()) {
            case avcodec.AV_CODEC_ID_H264 ->
                new H264Headers(bytes(parameters.extradata(), parameters.extradata_size()));
            case avcodec.AV_CODEC_ID_HEVC ->
                new HevcHeaders(bytes(parameters.extradata(), parameters.extradata_size()));
            case avcodec.AV_CODEC_ID_MPEG1VIDEO, avcodec.AV_CODEC_ID_MPEG2VIDEO -> new Mpeg2Headers();
            case avcodec.AV_CODEC_ID_MJPEG -> new JpegHeaders();
            case avcodec.AV_CODEC_ID_FFV1 -> new Ffv1Headers();
            case avcodec.AV_CODEC_ID_GIF -> new GifHeaders();
            default -> PictureHeaders.NONE;
        };
    }

    static ByteBuffer bytes(BytePointer pointer, int size) {
        return Pointer.isNull(pointer) || size <= 0
                ? ByteBuffer.allocate(0)
                : pointer.capacity(size).asByteBuffer();
    }

    /**
     * Decodes the next picture into {@link #frame()}. Pictures wait until those are decoded that they may be made from,
     * so that damage which FFmpeg notices late is still known in time.
     *
     * @return false at the end of the stream
     * @throws FrameUnreadableException if a picture is damaged, or made from one that is damaged or lost; its time is
     *     {@link #frameNanos()}; the next call goes on after it
     */
    boolean next() throws FrameUnreadableException {
        while (true) {
            if (frames.isNextKnown(drained || codec.has_b_frames() == 0)) {
                requireNoneMissing(
                        frames.first().packet(), frames.first().frame().pts());
                give(frames.next());
                return true;
            }
            if (drained) {
                requireNoneMissing(Long.MAX_VALUE, DamageTracker.NO_TIME);
                return false;
            }
            decode();
        }
    }

    private void requireNoneMissing(long before, long time) throws FrameUnreadableException {
        long missing = awaited.missingBefore(before, time, damage);
        if (missing != DamageTracker.NO_TIME) {
            frameNanos = clock.nanosAt(missing);
            throw damaged(frameNanos, "the picture is made from others that are damaged or lost");
        }
    }

    private void give(FrameQueue.Entry entry) throws FrameUnreadableException {
        AVFrame frame = entry.frame();
        long shown = clock.nanosAt(frame.pts());
        long decoded = clock.nanosAt(frame.pkt_dts());
        long duration = clock.frameNanos(frame.duration());
        boolean sound = damage.isSound(entry.packet(), frame.pts());
        if (!sound || times.isLate(shown, decoded) && damage.isBetween(entry.packet(), lastGiven)) {
            frameNanos = times.refuse(shown, decoded, duration);
            throw damaged(
                    frameNanos,
                    sound
                            ? "the picture comes out of its order after damage"
                            : entry.isDamaged()
                                    ? "the picture is damaged"
                                    : "the picture is made from others that are damaged or lost");
        }
        frameNanos = times.give(shown, decoded, duration);
        lastGiven = entry.packet();
    }

    private void decode() throws FrameUnreadableException {
        AVFrame frame = frames.spare();
        int result = avcodec.avcodec_receive_frame(codec, frame);
        if (result == 0) {
            boolean damagedFrame =
                    (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0 || frame.decode_error_flags() != 0;
            Pointer token = frame.opaque();
            long number = Pointer.isNull(token) ? damage.lastPacket() : token.address();
            if (damagedFrame) {
                lastDamaged = Math.max(lastDamaged, number);
                if (damage.isSound(number, frame.pts())) {
                    noteDamage(number, frames.isReference(number));
                }
            }
            awaited.came(number);
            frames.add(number, damagedFrame);
        } else if (result == avutil.AVERROR_EOF) {
            drained = true;
        } else if (result == AVERROR_EAGAIN()) {
            feed();
        } else {
            throw undecodable(result);
        }
    }

    /** Whether no picture of this codec is made from others, so that packets are not cut out by a parser either. */
    private boolean isSelfContained() {
        return headers instanceof JpegHeaders;
    }

    private FrameUnreadableException undecodable(int result) {
        // With several threads, the picture is one of those that are being decoded.
        long number = Math.max(1, damage.lastPacket() - Math.max(0, codec.thread_count() - 1));
        noteDamage(number, frames.isReference(damage.lastPacket()));
        awaited.failed(number);
        lastDamaged = Math.max(lastDamaged, draining ? damage.lastPacket() : number);
        frameNanos = packetNanos;
        return damaged(packetNanos, "the picture cannot be decoded: " + Ffmpeg.message(result));
    }

    private void noteDamage(long number, boolean reference) {
        if (reference) {
            damage.damaged(number);
            headers.afterDamage();
        } else {
            damage.damagedAlone(number);
        }
    }

    /** Gives the decoder one more packet, or tells it that there is none. */
    private void feed() throws FrameUnreadableException {
        if (draining) {
            throw new IllegalStateException("FFmpeg's decoder asks for more after the end of " + file);
        }
        if (readPacket()) {
            packetIsRead = false;
            send();
        } else {
            draining = true;
            avcodec.avcodec_send_packet(codec, (AVPacket) null);
        }
    }

    /** Reads the next packet of the video, unless one is waiting. */
    private boolean readPacket() {
        while (!packetIsRead) {
            int result = avformat.av_read_frame(container, packet);
            if (result < 0) {
                readError = result;
                return false;
            }
            if (packet.stream_index() == streamIndex) {
                packetIsRead = true;
                end.noteRead(packet);
            } else {
                end.noteOther(packet);
                avcodec.av_packet_unref(packet);
            }
        }
        return true;
    }

    private void send() throws FrameUnreadableException {
        try {
            if (isAsBefore()) {
                end.notePicture(packet);
                return;
            }
            boolean damagedBefore = damagedPacket;
            damagedPacket = (packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) != 0 || end.isBehind(packet);
            long ticks = packet.pts() == avutil.AV_NOPTS_VALUE ? packet.dts() : packet.pts();
            packetNanos = ticks == avutil.AV_NOPTS_VALUE ? end.packetsEndNanos() : clock.nanosAt(ticks);
            if (damagedPacket) {
                damage.damaged(damage.packet(false, DamageTracker.NO_TIME));
                headers.afterDamage();
            } else {
                end.notePicture(packet);
                packet.opaque(new PacketNumber(count(damagedBefore)));
                int result = avcodec.avcodec_send_packet(codec, packet);
                if (result < 0) {
                    throw undecodable(result);
                }
            }
            if (damagedBefore) {
                frameNanos = packetNanos;
                throw damaged(packetNanos, "the file is damaged before this picture");
            }
        } finally {
            avcodec.av_packet_unref(packet);
        }
    }

    /**
     * Whether the packet is one without bytes, as Theora and AVI have it for a picture that stays as the one before it: the
     * film has none at this time. To a decoder, such a packet would be a mistake or the end of the film.
     */
    private boolean isAsBefore() {
        return packet.size() == 0 && (packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) == 0;
    }

    /** Counts the packet, and looks for what is lost before it. */
    private long count(boolean isAfterDamagedPacket) {
        headers.read(bytes(packet.data(), packet.size()));
        if (headers.isAfterLoss()) {
            damage.damaged(headers.wasLossBefore() ? damage.lastPacket() : damage.lastPacket() + 1);
            headers.afterDamage();
        }
        boolean key = (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
        // FFmpeg's parsers mark the packet before the damaged one: the picture ends where the next one begins.
        boolean entry = headers.isEntry(key) && (isSelfContained() || !isAfterDamagedPacket);
        long number = damage.packet(entry, packet.pts());
        if (headers.isBroken()) {
            lastDamaged = number;
            noteDamage(number, headers.isReference());
        }
        frames.expect(number, headers.isReference(), headers.isBroken());
        awaited.add(number, packet.pts());
        return number;
    }

    private FrameUnreadableException damaged(long nanos, String what) {
        return new FrameUnreadableException(file.toString(), "near " + seconds(nanos) + " " + what);
    }

    /** The frame that {@link #next()} decoded; valid until it is called again. */
    AVFrame frame() {
        return frames.current();
    }

    /** Its time since the start of the file. */
    long frameNanos() {
        return frameNanos;
    }

    /** The end of what was decoded, or a negative number where nothing was. */
    long lastNanos() {
        return times.latest() == FrameTimes.NONE ? -1 : times.latest() + clock.frameNanos(0);
    }

    /**
     * Goes to a picture that can be decoded on its own and is shown at a time or before it. Some containers have no index
     * and some have a wrong one, so what is found is looked at, and where it is too late, looked for further back.
     *
     * @param nanos the time, above 0
     * @return false if none was found so; only reading from the beginning, after opening the file again, finds the time
     *     then
     */
    boolean seek(long nanos) {
        for (long back : SEEK_BACK_NANOS) {
            long target = nanos - back;
            if (back > 0 && target <= 0) {
                return false;
            }
            long ticks = clock.ticksAt(target);
            if (avformat.av_seek_frame(container, streamIndex, ticks, avformat.AVSEEK_FLAG_BACKWARD) < 0) {
                return false;
            }
            forget();
            if (skipToEntry(nanos)) {
                return true;
            }
        }
        return false;
    }

    private void forget() {
        avcodec.avcodec_flush_buffers(codec);
        avcodec.av_packet_unref(packet);
        packetIsRead = false;
        frames.clear();
        awaited.clear();
        damage.reset();
        headers.reset();
        times.reset();
        end.moved();
        lastGiven = 0;
        lastDamaged = 0;
        readError = 0;
        draining = false;
        drained = false;
        damagedPacket = false;
    }

    /** Leaves the packet of a key frame waiting; false if there is none up to a time. */
    private boolean skipToEntry(long nanos) {
        while (readPacket()) {
            long ticks = packet.pts() == avutil.AV_NOPTS_VALUE ? packet.dts() : packet.pts();
            boolean late = ticks == avutil.AV_NOPTS_VALUE || clock.nanosAt(ticks) > nanos;
            boolean whole = (packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) == 0;
            headers.read(bytes(packet.data(), packet.size()));
            boolean entry = packet.size() > 0 && headers.isEntry((packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0);
            if (entry && whole) {
                headers.reset();
                return !late;
            }
            boolean hopeless = packet.dts() != avutil.AV_NOPTS_VALUE && clock.nanosAt(packet.dts()) > nanos;
            avcodec.av_packet_unref(packet);
            packetIsRead = false;
            if (hopeless) {
                return false;
            }
        }
        return false;
    }

    /**
     * After {@link #next()} has returned false: why the file must hold less than was recorded.
     *
     * @return the reason, or empty where the file is whole
     */
    Optional<String> cutBecause() {
        if (!end.isFailure(readError) && !damagedPacket && !endsTooEarly() && !endsInTheMiddle()) {
            return Optional.empty();
        }
        long nanos = endNanos();
        String whole = end.statedNanos()
                .filter(stated -> stated > nanos)
                .map(stated -> " of " + seconds(stated))
                .orElse("");
        return Optional.of("the file was cut off: it ends after " + seconds(nanos) + whole
                + "; all whole pictures up to there were given");
    }

    private boolean endsTooEarly() {
        return end.isTooEarly(clock.frameNanos(frame().duration()));
    }

    private boolean endsInTheMiddle() {
        boolean lastIsDamaged = damage.lastPacket() > 0 && lastDamaged == damage.lastPacket();
        return end.isUndeclared() && (lastIsDamaged || headers.lacksEnd() || end.isWithinPart());
    }

    /** Where the last packet of the video ends, in media time; its last picture, where packets have no times. */
    long endNanos() {
        return Math.max(0, end.packetsEndNanos() > 0 ? end.packetsEndNanos() : lastNanos());
    }

    /** How long the file should play, where it says so. */
    Optional<Long> statedEndNanos() {
        return end.statedNanos();
    }

    /** How long the file plays, as far as is known, also by estimate. */
    Optional<Long> durationNanos() {
        return end.durationNanos();
    }

    /** How many pictures the container says it holds, or 0. */
    long declaredFrames() {
        return end.declaredFrames();
    }

    /** The mean rate in pictures a second, or 0 where it is not known. */
    double framesPerSecond() {
        return Streams.framesPerSecond(stream);
    }

    /** How the picture is turned for display. */
    Orientation orientation() {
        return Streams.orientation(stream);
    }

    /** Width over height of one pixel of the current frame: its own, else the container's, else 1. */
    double pixelAspect() {
        double ofContainer = Streams.ratio(stream.sample_aspect_ratio());
        double ofFrame = Streams.ratio(frame().sample_aspect_ratio());
        return ofContainer > 0 ? ofContainer : ofFrame > 0 ? ofFrame : 1;
    }

    /** The codec's short name, for records. */
    String codecName() {
        return Streams.codecName(stream.codecpar());
    }

    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            avcodec.av_packet_free(packet);
            frames.close();
            avcodec.avcodec_free_context(codec);
            avformat.avformat_close_input(container);
        }
    }

    /** A number where FFmpeg wants an address: it hands it on from the packet to its picture and never looks there. */
    private static final class PacketNumber extends Pointer {
        PacketNumber(long number) {
            address = number;
        }
    }
}
