package org.emotion4j.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.emotion4j.event.EventDetector;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.session.PipelineSettings;
import org.emotion4j.session.SessionEnd;
import org.emotion4j.session.SessionRecorder;
import org.emotion4j.session.UnreadInput;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a session records: with one recorder after the other, or with none. Asks a recorder for as long as it does not
 * fail: one that has failed is not asked again, and what was recorded until then stays. Confined to one thread;
 * counters and failure may be read by any.
 */
final class RecorderGuard {
    private static final Logger LOG = LoggerFactory.getLogger(RecorderGuard.class);

    private final boolean others;
    private final Optional<Supplier<? extends EventDetector>> eventDetectors;
    private final Consumer<Exception> failures;
    private final AtomicLong recorded = new AtomicLong();
    private volatile @Nullable Record record;
    private volatile Optional<Exception> failure = Optional.empty();

    /**
     * A recording with nobody to record yet.
     *
     * @param others whether recorders get what faces show that the session is not about
     * @param eventDetectors what recorders shall find events with; empty for the library's own
     * @param failures told of a recorder that fails
     */
    RecorderGuard(
            boolean others, Optional<Supplier<? extends EventDetector>> eventDetectors, Consumer<Exception> failures) {
        this.others = others;
        this.eventDetectors = eventDetectors;
        this.failures = failures;
    }

    /** A recorder and the part of a session that it records. */
    static final class Record {
        private final SessionRecorder recorder;
        private final boolean owned;
        private final SourceCapture.Position from;
        private final UnreadInput before;
        private final AtomicBoolean ended = new AtomicBoolean();
        private final AtomicLong refused = new AtomicLong();
        private volatile Optional<Exception> failure = Optional.empty();

        private Record(SessionRecorder recorder, boolean owned, SourceCapture.Position from, UnreadInput before) {
            this.recorder = recorder;
            this.owned = owned;
            this.from = from;
            this.before = before;
        }

        /** Of a whole session. */
        static Record ofAll(SessionRecorder recorder, boolean owned) {
            return new Record(recorder, owned, SourceCapture.Position.START, UnreadInput.NONE);
        }

        /**
         * Of a session from some moment on, whose time is the record's zero.
         *
         * @param before what was not read until then
         */
        static Record from(SourceCapture.Position position, SessionRecorder recorder, UnreadInput before) {
            return new Record(recorder, true, position, before);
        }

        /** Why this record is not complete, where it is not. */
        Optional<Exception> failure() {
            return failure;
        }

        private boolean isSilent() {
            return hasFailed() || ended.get();
        }

        private boolean hasFailed() {
            return failure.isPresent();
        }

        private FrameResult moved(FrameResult result) {
            return from.equals(SourceCapture.Position.START)
                    ? result
                    : result.movedTo(
                            result.index() - from.nextIndex(), moved(result.mediaNanos()), result.discontinuity());
        }

        /** A source's time may go back behind the beginning. */
        private long moved(long mediaNanos) {
            return Math.max(0, mediaNanos - from.mediaNanos());
        }

        private UnreadInput since(UnreadInput unread) {
            return new UnreadInput(
                    since(unread.unreadable(), before.unreadable()),
                    since(unread.failed(), before.failed()),
                    since(unread.dropped(), before.dropped()),
                    refused.get(),
                    unread.cutOff(),
                    unread.passedOver());
        }

        private static long since(long now, long then) {
            return Math.max(0, now - then);
        }
    }

    /** Tells a recorder before its beginning what it needs. */
    void prepare(SessionRecorder recorder) throws IOException {
        if (eventDetectors.isPresent()) {
            recorder.detectEventsWith(eventDetectors.get());
        }
    }

    /** Begins with a recorder that was not told of the pipeline yet. */
    void begin(Record with, PipelineSettings settings) {
        record = with;
        try {
            prepare(with.recorder);
            with.recorder.begin(settings);
        } catch (IOException | RuntimeException e) {
            fail(with, "the description of the pipeline", e);
        }
    }

    /** Goes on with a recorder that was told of the pipeline; tells it where in the session its record begins. */
    void switchTo(Record with) {
        record = with;
        if (with.from.equals(SourceCapture.Position.START)) {
            return;
        }
        try {
            with.recorder.beginWithin(Duration.ofNanos(with.from.mediaNanos()));
        } catch (IOException | RuntimeException e) {
            fail(with, "its beginning", e);
        }
    }

    void record(FrameResult result) {
        Record to = record;
        if (to == null || to.isSilent() || result.index() < to.from.nextIndex()) {
            return;
        }
        try {
            FrameResult moved = to.moved(result);
            to.recorder.record(others || to.recorder.takesOthers() ? moved : moved.ofSubject());
            recorded.incrementAndGet();
        } catch (IllegalArgumentException e) {
            if (to.refused.getAndIncrement() == 0) {
                LOG.warn("the recorder does not accept frame {}; more like it are only counted", result.index(), e);
            }
        } catch (IOException | RuntimeException e) {
            fail(to, "frame " + result.index(), e);
        }
    }

    void mark(long mediaNanos, String text) {
        Record to = record;
        if (to == null || to.isSilent()) {
            return;
        }
        try {
            to.recorder.mark(to.moved(mediaNanos), text);
        } catch (IllegalArgumentException e) {
            LOG.warn("the recorder does not accept the mark \"{}\": {}", text, e.getMessage());
        } catch (IOException | RuntimeException e) {
            fail(to, "mark \"" + text + "\"", e);
        }
    }

    /**
     * Says how a record ended, once, also to a recorder that has failed, and closes the recorder where it is the
     * session's own.
     *
     * @param unread of the whole session
     */
    void end(SessionEnd how, Optional<String> reason, UnreadInput unread) {
        Record last = record;
        if (last == null || !last.ended.compareAndSet(false, true)) {
            return;
        }
        try {
            sayHow(last, how, reason, unread);
        } finally {
            if (last.owned) {
                close(last);
            }
        }
    }

    private void sayHow(Record last, SessionEnd how, Optional<String> reason, UnreadInput unread) {
        boolean failed = last.hasFailed();
        try {
            if (failed) {
                last.recorder.end(
                        SessionEnd.RECORDING_FAILED,
                        last.failure.map(cause -> String.valueOf(cause.getMessage())),
                        last.since(unread));
            } else {
                last.recorder.end(how, reason, last.since(unread));
            }
        } catch (IOException | RuntimeException e) {
            if (!failed) {
                fail(last, "the end", e);
            }
        }
    }

    private void close(Record last) {
        try {
            last.recorder.close();
        } catch (RuntimeException e) {
            if (!last.hasFailed()) {
                fail(last, "the end", e);
            }
        }
    }

    /** Who records now, or did last. */
    Optional<Record> current() {
        return Optional.ofNullable(record);
    }

    /** Whether a recorder keeps this session's record now, or did last. */
    boolean isBy(SessionRecorder recorder) {
        return current().filter(each -> each.recorder == recorder).isPresent();
    }

    /** How many frames the recorder did not take, each for itself. */
    long refused() {
        return current().map(each -> each.refused.get()).orElse(0L);
    }

    /** How many frames were recorded. */
    long recorded() {
        return recorded.get();
    }

    /** Why recording stopped, where it did. */
    Optional<Exception> failure() {
        return failure;
    }

    private void fail(Record with, String at, Exception cause) {
        LOG.error("recording stopped at {}; the session goes on without it", at, cause);
        with.failure = Optional.of(cause);
        failure = Optional.of(cause);
        failures.accept(cause);
    }
}
