package org.emotion4j.recording;

import java.time.Duration;
import java.util.Optional;

/** How long a record lasts in media time, frame by frame. Confined to one thread. */
final class MediaLength {
    /** Frames further apart have a gap between them, which says nothing of how long a frame lasts. */
    private static final long LONGEST_FRAME = Duration.ofSeconds(1).toNanos();

    private long frames;
    private long cuts;
    private long before;
    private long first = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;
    private long close;
    private long closeNanos;
    private long apart;
    private long apartNanos;

    void add(long mediaNanos, boolean discontinuity) {
        if (frames > 0) {
            cuts += discontinuity ? 1 : 0;
            long span = mediaNanos - before;
            if (span > LONGEST_FRAME) {
                apart++;
                apartNanos += span;
            } else if (span > 0) {
                close++;
                closeNanos += span;
            }
        }
        frames++;
        before = mediaNanos;
        first = Math.min(first, mediaNanos);
        latest = Math.max(latest, mediaNanos);
    }

    /**
     * Returns the length so far.
     *
     * @return from the first frame to the end of the latest one, which lasts as long as frames do on average; empty without
     *     frames, and of pictures that do not follow from one another
     */
    Optional<Duration> length() {
        if (frames == 0 || cuts == frames - 1) {
            return Optional.empty();
        }
        long mean = close > 0 ? closeNanos / close : apart > 0 ? apartNanos / apart : 0;
        return Optional.of(Duration.ofNanos(latest - first + mean));
    }
}
