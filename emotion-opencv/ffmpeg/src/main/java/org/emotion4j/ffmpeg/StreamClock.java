package org.emotion4j.ffmpeg;

import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avutil;

/** Between a stream's ticks and nanoseconds since the start of its container. */
final class StreamClock {
    static final long NANOS = 1_000_000_000L;

    private static final long DEFAULT_FRAME_NANOS = NANOS / 25;

    private final AVStream stream;
    private final long startTicks;
    private final long tickNanos;
    private final long tickDivisor;

    StreamClock(AVFormatContext container, AVStream stream) {
        this.stream = stream;
        AVRational timeBase = stream.time_base();
        this.tickNanos = timeBase.num() * NANOS;
        this.tickDivisor = timeBase.den();
        this.startTicks = container.start_time() == avutil.AV_NOPTS_VALUE
                ? 0
                : avutil.av_rescale(
                        container.start_time(), timeBase.den(), (long) timeBase.num() * avutil.AV_TIME_BASE);
    }

    /** The time of ticks, {@link FrameTimes#NONE} of none. */
    long nanosAt(long ticks) {
        return ticks == avutil.AV_NOPTS_VALUE
                ? FrameTimes.NONE
                : avutil.av_rescale(ticks - startTicks, tickNanos, tickDivisor);
    }

    long ticksAt(long nanos) {
        return startTicks + avutil.av_rescale(nanos, tickDivisor, tickNanos);
    }

    /** When the stream's first picture is shown, in ticks. */
    long firstTicks() {
        return stream.start_time() == avutil.AV_NOPTS_VALUE ? startTicks : stream.start_time();
    }

    /** So many pictures at the mean rate, in ticks; 0 where that is not known. */
    long ticksOf(long frames) {
        AVRational rate = stream.avg_frame_rate();
        return rate.num() > 0 && rate.den() > 0
                ? avutil.av_rescale(frames * rate.den(), tickDivisor * NANOS / tickNanos, rate.num())
                : 0;
    }

    /**
     * How long a picture is shown.
     *
     * @param ticks as it says itself, or 0; then the mean rate says it
     * @return nanoseconds, above 0
     */
    long frameNanos(long ticks) {
        if (ticks > 0) {
            return Math.max(1, avutil.av_rescale(ticks, tickNanos, tickDivisor));
        }
        AVRational rate = stream.avg_frame_rate();
        return rate.num() > 0 && rate.den() > 0
                ? Math.max(1, avutil.av_rescale(rate.den(), NANOS, rate.num()))
                : DEFAULT_FRAME_NANOS;
    }
}
