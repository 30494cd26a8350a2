package org.emotion4j.ffmpeg;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;

/** Where a video ends, and where it should, by its container and by the packets that were read. Not thread-safe. */
final class VideoEnd {
    /** A file that ends a little before its declared end is whole. */
    private static final long TOLERANCE_NANOS = StreamClock.NANOS / 10;

    private final Path file;
    private final AVFormatContext container;
    private final AVStream stream;
    private final StreamClock clock;
    private final String format;

    private long packetsEndNanos;
    private long allPacketsEndNanos;
    private long lastPacketAt = -1;
    private int lastPacketSize;

    VideoEnd(Path file, AVFormatContext container, AVStream stream, StreamClock clock) {
        this.file = file;
        this.container = container;
        this.stream = stream;
        this.clock = clock;
        this.format = container.iformat().name().getString(StandardCharsets.UTF_8);
    }

    /** Takes note of where a packet of the video lies. */
    void noteRead(AVPacket packet) {
        lastPacketAt = packet.pos();
        lastPacketSize = packet.size();
    }

    /** Takes note of when the picture of a packet that is whole ends. */
    void notePicture(AVPacket packet) {
        long ticks = packet.pts() == avutil.AV_NOPTS_VALUE ? packet.dts() : packet.pts();
        if (ticks != avutil.AV_NOPTS_VALUE) {
            packetsEndNanos = Math.max(packetsEndNanos, clock.nanosAt(ticks + Math.max(0, packet.duration())));
            allPacketsEndNanos = Math.max(allPacketsEndNanos, packetsEndNanos);
        }
    }

    /** Takes note of a packet of another stream, in the time of the container, which may be that of its sound. */
    void noteOther(AVPacket packet) {
        if (packet.pts() != avutil.AV_NOPTS_VALUE) {
            AVRational timeBase = container.streams(packet.stream_index()).time_base();
            long end = avutil.av_rescale(
                    packet.pts() + Math.max(0, packet.duration()), timeBase.num() * StreamClock.NANOS, timeBase.den());
            long start = container.start_time() == avutil.AV_NOPTS_VALUE ? 0 : container.start_time() * 1_000;
            allPacketsEndNanos = Math.max(allPacketsEndNanos, end - start);
        }
    }

    /** The file is read on at another place. */
    void moved() {
        lastPacketAt = -1;
    }

    /** The end of the pictures so far, in media time; 0 where packets have no times. */
    long packetsEndNanos() {
        return packetsEndNanos;
    }

    /** Of a cut DV, FFmpeg fills the last picture with what it read before. */
    boolean isBehind(AVPacket packet) {
        return isFormat("dv") && packet.pos() + packet.size() > avformat.avio_size(container.pb());
    }

    /**
     * Tells whether reading came to a read that failed.
     *
     * @param error what the last read answered
     */
    boolean isFailure(int error) {
        AVIOContext io = container.pb();
        // What a camera sent over HTTP has no end of its own; its last picture tells whether it is whole.
        return error != avutil.AVERROR_EOF && !isFormat("mpjpeg") || !Pointer.isNull(io) && io.error() < 0;
    }

    /** Tells whether the packets end before the time that the container declares. */
    boolean isTooEarly(long frameNanos) {
        long tolerance = TOLERANCE_NANOS + frameNanos;
        Optional<Long> videoEnd = declaredNanos();
        if (videoEnd.isPresent()) {
            return packetsEndNanos + tolerance < videoEnd.get();
        }
        return declaresDuration() && allPacketsEndNanos + tolerance < container.duration() * 1_000;
    }

    /** Tells whether the length of the file says nothing, so that its last bytes have to. */
    boolean isUndeclared() {
        // Of some formats, the length is measured in what there is of the file.
        return !declaresDuration() || isFormat("ogg") || isFormat("gif") || isFormat("yuv4mpegpipe");
    }

    /** Tells whether the file ends within a part of its container, or without the mark of its end. */
    boolean isWithinPart() {
        return FileEnd.isMissing(file, format, lastPacketAt, lastPacketSize);
    }

    /** When the video itself ends, as far as the container says so. */
    private Optional<Long> declaredNanos() {
        if (stream.duration() == avutil.AV_NOPTS_VALUE || stream.duration() <= 0) {
            return Optional.empty();
        }
        // Of a cut AVI, FFmpeg shortens the duration to the file's size; the header still counts the frames.
        long counted = isFormat("avi") ? clock.ticksOf(stream.nb_frames()) : 0;
        return Optional.of(clock.nanosAt(clock.firstTicks() + Math.max(stream.duration(), counted)));
    }

    private boolean isFormat(String name) {
        return format.equals(name);
    }

    private boolean declaresDuration() {
        return container.duration() != avutil.AV_NOPTS_VALUE
                && container.duration() > 0
                && container.duration_estimation_method() == avformat.AVFMT_DURATION_FROM_STREAM;
    }

    /** How long the file should play, where it says so and FFmpeg does not merely estimate it. */
    Optional<Long> statedNanos() {
        return declaresDuration() ? durationNanos() : Optional.empty();
    }

    /** How long the file plays, as far as is known, also by estimate. */
    Optional<Long> durationNanos() {
        Optional<Long> end = declaredNanos();
        return end.isPresent() || container.duration() == avutil.AV_NOPTS_VALUE || container.duration() <= 0
                ? end
                : Optional.of(container.duration() * 1_000);
    }

    /**
     * How many pictures the container says it holds, or 0. The edit list of an MP4 may leave some of them out; they are
     * marked in its index.
     */
    long declaredFrames() {
        long declared = stream.nb_frames();
        int entries = avformat.avformat_index_get_entries_count(stream);
        if (declared <= 0 || entries <= 0 || isFormat("avi")) {
            return declared;
        }
        long shown = 0;
        for (int i = 0; i < entries; i++) {
            int flags = avformat.avformat_index_get_entry(stream, i).flags();
            shown += (flags & AVIndexEntry.AVINDEX_DISCARD_FRAME) == 0 ? 1 : 0;
        }
        return shown;
    }
}
