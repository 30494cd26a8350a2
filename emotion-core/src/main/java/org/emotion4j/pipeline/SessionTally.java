package org.emotion4j.pipeline;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.frame.InputCutOffException;
import org.emotion4j.frame.PassedOver;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.session.UnreadInput;
import org.jspecify.annotations.Nullable;

/** The counters of a session. Each may be raised and read by any thread. */
final class SessionTally {
    final AtomicLong captured = new AtomicLong();
    final AtomicLong processed = new AtomicLong();
    final AtomicLong failed = new AtomicLong();
    final AtomicLong dropped = new AtomicLong();
    final AtomicLong skipped = new AtomicLong();
    final AtomicLong reconnects = new AtomicLong();
    final AtomicLong abandonedThreads = new AtomicLong();
    private final AtomicLong unreadable = new AtomicLong();
    private final AtomicReference<@Nullable InputCutOffException> cutOff = new AtomicReference<>();
    private final AtomicLong withoutFace = new AtomicLong();
    private final AtomicLong readings = new AtomicLong();

    void processed(FrameResult result) {
        processed.incrementAndGet();
        readings.addAndGet(result.readings().size());
        if (result.readings().isEmpty()) {
            withoutFace.incrementAndGet();
        }
    }

    /** Counts a frame that failed. An input that is cut off is not a picture more that could not be read. */
    void failed(Exception cause) {
        failed.incrementAndGet();
        if (cause instanceof InputCutOffException cut) {
            cutOff.compareAndSet(null, cut);
        } else if (cause instanceof FrameUnreadableException) {
            unreadable.incrementAndGet();
        }
    }

    /** Where the input is cut off, if it is. */
    Optional<InputCutOffException> cutOff() {
        return Optional.ofNullable(cutOff.get());
    }

    /** What of the source is not in the record. */
    UnreadInput unread(FrameSource source, long notRecorded) {
        long cut = cutOff().isPresent() ? 1 : 0;
        return new UnreadInput(
                unreadable.get(),
                Math.max(0, failed.get() - unreadable.get() - cut),
                dropped.get() + source.droppedPictures(),
                notRecorded,
                cutOff().flatMap(InputCutOffException::missing).orElse(Duration.ZERO),
                PassedOver.countByReason(source.passedOver()));
    }

    long withoutFace() {
        return withoutFace.get();
    }

    long readings() {
        return readings.get();
    }
}
