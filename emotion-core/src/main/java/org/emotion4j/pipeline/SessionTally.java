package org.emotion4j.pipeline;

import java.util.concurrent.atomic.AtomicLong;
import org.emotion4j.reading.FrameResult;

/** The counters of a session. Each may be raised and read by any thread. */
final class SessionTally {
    final AtomicLong captured = new AtomicLong();
    final AtomicLong processed = new AtomicLong();
    final AtomicLong failed = new AtomicLong();
    final AtomicLong dropped = new AtomicLong();
    final AtomicLong skipped = new AtomicLong();
    final AtomicLong reconnects = new AtomicLong();
    final AtomicLong abandonedThreads = new AtomicLong();
    private final AtomicLong withoutFace = new AtomicLong();
    private final AtomicLong readings = new AtomicLong();

    void processed(FrameResult result) {
        processed.incrementAndGet();
        readings.addAndGet(result.readings().size());
        if (result.readings().isEmpty()) {
            withoutFace.incrementAndGet();
        }
    }

    long withoutFace() {
        return withoutFace.get();
    }

    long readings() {
        return readings.get();
    }
}
