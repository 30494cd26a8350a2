package org.emotion4j.pipeline;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a session's listeners on one thread what went wrong and what its source does. Takes news from any thread and holds nobody
 * up: what a slow listener has no room for is not told, and what one throws is logged.
 */
final class SessionNews {
    private static final Logger LOG = LoggerFactory.getLogger(EmotionSession.class);
    private static final int WAITING = 256;

    private final SessionParts parts;
    private final SessionSettings settings;
    private final SessionTally tally;
    private final FrameFailureLog skipped = new FrameFailureLog();
    private final BoundedQueue<Runnable> queue = new BoundedQueue<>(WAITING);

    SessionNews(SessionParts parts, SessionSettings settings, SessionTally tally) {
        this.parts = parts;
        this.settings = settings;
        this.tally = tally;
    }

    /** A frame could not be read or analyzed: counted, logged, told. */
    void frameFailed(long index, String origin, Exception failure) {
        tally.failed(failure);
        FrameFailure report = new FrameFailure(index, origin, failure);
        skipped.add(report);
        queue.offer(() -> parts.failures().accept(report), OverflowPolicy.DROP_NEWEST);
    }

    void recordingFailed(Exception cause) {
        queue.offer(() -> parts.recordingFailures().accept(cause), OverflowPolicy.DROP_NEWEST);
    }

    void source(SourceEvent event) {
        queue.offer(() -> settings.sourceEvents().accept(event), OverflowPolicy.DROP_NEWEST);
    }

    /** Tells what comes until this is closed; on a thread of its own. */
    void deliver() {
        for (Optional<Runnable> next = queue.take(); next.isPresent(); next = queue.take()) {
            try {
                next.get().run();
            } catch (RuntimeException e) {
                LOG.warn("a listener for failures or events failed", e);
            }
        }
    }

    /** Takes no more; what was taken is still told. */
    void close() {
        skipped.end();
        queue.close();
    }
}
