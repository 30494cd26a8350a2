package org.emotion4j.pipeline;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.session.PipelineSettings;
import org.emotion4j.session.SessionEnd;
import org.emotion4j.session.SessionRecorder;
import org.emotion4j.session.UnreadInput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a recorder for as long as it does not fail: one that has failed is not asked again, and what was recorded until
 * then stays. Confined to one thread; counters and failure may be read by any.
 */
final class Recording {
    private static final Logger LOG = LoggerFactory.getLogger(EmotionPipeline.class);

    private final Optional<SessionRecorder> recorder;
    private final boolean others;
    private final AtomicLong recorded = new AtomicLong();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicLong refused = new AtomicLong();
    private volatile Optional<Exception> failure = Optional.empty();

    /**
     * A recording.
     *
     * @param others whether the recorder gets what faces show that the session is not about
     */
    Recording(Optional<SessionRecorder> recorder, boolean others) {
        this.recorder = recorder;
        this.others = others;
    }

    void begin(PipelineSettings settings) {
        if (isSilent()) {
            return;
        }
        try {
            recorder.orElseThrow().begin(settings);
        } catch (IOException | RuntimeException e) {
            fail("the description of the pipeline", e);
        }
    }

    void record(FrameResult result) {
        if (isSilent()) {
            return;
        }
        try {
            recorder.orElseThrow().record(others ? result : result.ofSubject());
            recorded.incrementAndGet();
        } catch (IllegalArgumentException e) {
            if (refused.getAndIncrement() == 0) {
                LOG.warn("the recorder does not accept frame {}; more like it are only counted", result.index(), e);
            }
        } catch (IOException | RuntimeException e) {
            fail("frame " + result.index(), e);
        }
    }

    void mark(long mediaNanos, String text) {
        if (isSilent()) {
            return;
        }
        try {
            recorder.orElseThrow().mark(mediaNanos, text);
        } catch (IllegalArgumentException e) {
            LOG.warn("the recorder does not accept the mark \"{}\": {}", text, e.getMessage());
        } catch (IOException | RuntimeException e) {
            fail("mark \"" + text + "\"", e);
        }
    }

    /** Says how the run ended, once, also to a recorder that has failed. */
    void end(SessionEnd how, Optional<String> reason, UnreadInput unread) {
        if (recorder.isEmpty() || !ended.compareAndSet(false, true)) {
            return;
        }
        Optional<Exception> failed = failure;
        try {
            if (failed.isPresent()) {
                recorder.get()
                        .end(
                                SessionEnd.RECORDING_FAILED,
                                failed.map(cause -> String.valueOf(cause.getMessage())),
                                unread);
            } else {
                recorder.get().end(how, reason, unread);
            }
        } catch (IOException | RuntimeException e) {
            if (failed.isEmpty()) {
                fail("the end", e);
            }
        }
    }

    /** How many frames the recorder did not take, each for itself. */
    long refused() {
        return refused.get();
    }

    /** How many frames were recorded. */
    long recorded() {
        return recorded.get();
    }

    /** Why recording stopped, where it did. */
    Optional<Exception> failure() {
        return failure;
    }

    private boolean isSilent() {
        return recorder.isEmpty() || failure.isPresent();
    }

    private void fail(String at, Exception cause) {
        LOG.error("recording stopped at {}; the session goes on without it", at, cause);
        failure = Optional.of(cause);
    }
}
