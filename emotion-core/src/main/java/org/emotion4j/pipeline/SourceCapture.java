package org.emotion4j.pipeline;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameBufferPool;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.stage.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Reads a source on a thread of its own, watches it, and opens it anew where that is asked for. Each opening has a
 * thread and buffers of its own, so that a thread that never comes back from a read can be left behind with what it
 * holds.
 */
final class SourceCapture {
    private static final long IDLE = Long.MIN_VALUE;

    private final FrameSource first;
    private final boolean live;
    private final SourceMonitoring watch;
    private final int buffers;
    private final LongSupplier ticker;
    private final ThreadFactory threads;
    private final Sink sink;
    private final MediaTimeline timeline = new MediaTimeline();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Object lock = new Object();

    private boolean stopping;
    private boolean paused;
    private @Nullable SourceConnection turn;
    private int attempt;

    /** Where the last picture before a gap was, while a gap is open. */
    private long gapFrom = IDLE;

    private boolean cutNext;
    private long index;
    private boolean endsWithSource;
    private volatile boolean reachedEnd;
    private volatile Position position = Position.START;

    /**
     * How far a source was read.
     *
     * @param nextIndex the number of the next frame
     * @param mediaNanos the time of the last one
     */
    record Position(long nextIndex, long mediaNanos) {
        static final Position START = new Position(0, 0);
    }

    SourceCapture(
            FrameSource first,
            SourceMonitoring watch,
            int buffers,
            LongSupplier ticker,
            ThreadFactory threads,
            Sink sink) {
        this.first = first;
        this.live = first.isLive();
        this.watch = watch;
        this.buffers = buffers;
        this.ticker = ticker;
        this.threads = threads;
        this.sink = sink;
    }

    /** Completed when no further frame will come: normally at the end or when stopped, else with the cause. */
    CompletableFuture<Void> done() {
        return done;
    }

    SourceMonitoring watch() {
        return watch;
    }

    MediaTimeline timeline() {
        return timeline;
    }

    /** What was captured until now; any thread may ask. */
    Position position() {
        return position;
    }

    void start() {
        begin(new SourceConnection(() -> first, Duration.ZERO));
    }

    void pause() {
        synchronized (lock) {
            paused = true;
        }
    }

    void resume() {
        synchronized (lock) {
            cutNext |=
                    paused && !live; // also where the pause was over before a file's next picture would have been read
            paused = false;
            lock.notifyAll();
        }
    }

    boolean isPaused() {
        synchronized (lock) {
            return paused;
        }
    }

    /**
     * Ends the capture. What waits in a live source that was told that it has ended is still read where frames are to
     * be drained: that takes no waiting.
     */
    void stop(StopMode mode) {
        synchronized (lock) {
            SourceConnection now = turn;
            FrameSource from = now == null || now.source == null ? notYetOpened() : now.source;
            if (live && from != null && from.hasEnded()) {
                reachedEnd = true;
                if (mode == StopMode.DRAIN && !stopping) {
                    endsWithSource = true;
                    paused = false;
                    lock.notifyAll();
                    return;
                }
            }
        }
        stop();
    }

    /** The first source is there before its thread has looked at it. */
    private @Nullable FrameSource notYetOpened() {
        return attempt == 0 ? first : null;
    }

    /** Whether nothing more was to come from the source, so that an end is none of the user's. */
    boolean reachedEnd() {
        return reachedEnd;
    }

    /** Reads no further. A live source that waits for its next picture is interrupted. */
    void stop() {
        synchronized (lock) {
            stopping = true;
            lock.notifyAll();
            if (live) {
                interruptRead();
            }
        }
    }

    /** Interrupts a read that has not come back. */
    void interrupt() {
        synchronized (lock) {
            interruptRead();
        }
    }

    /** Leaves a thread behind that has not come back, and ends. */
    void abandon() {
        SourceConnection left;
        synchronized (lock) {
            left = turn;
            if (left == null || done.isDone()) {
                return;
            }
            left.abandoned = true;
        }
        report(left);
        done.complete(null);
    }

    /** Looks whether a read takes too long; called again and again by the session's watchdog. */
    void check() {
        SourceConnection late;
        long waited;
        boolean reconnect = watch.reconnect().isPresent();
        boolean gapBegins;
        synchronized (lock) {
            late = turn;
            if (late == null || late.busySince == IDLE || late.stalled || stopping) {
                return;
            }
            waited = ticker.getAsLong() - late.busySince;
            if (waited < watch.stalledAfter().toNanos()) {
                return;
            }
            late.stalled = true;
            gapBegins = openGap();
            if (reconnect) {
                late.abandoned = true;
                interruptRead();
            }
        }
        String message = "no picture for " + seconds(waited);
        sink.event(SourceEvent.Kind.STALLED, timeline.last(), message, Optional.empty());
        markGap(gapBegins, "stalled");
        if (reconnect) {
            report(late);
            reconnect(new IOException("the source stalled: " + message));
        }
    }

    private void report(SourceConnection left) {
        FrameSource source = left.source;
        sink.abandoned(Optional.ofNullable(source));
        sink.event(
                SourceEvent.Kind.ABANDONED,
                timeline.last(),
                "a read does not come back; its thread " + left.threadName()
                        + " is left behind and its source is not closed",
                Optional.empty());
    }

    private void interruptRead() {
        SourceConnection now = turn;
        if (now != null && now.busySince != IDLE && now.thread != null) {
            now.thread.interrupt();
        }
    }

    /** With the lock. Returns whether a gap begins: one that is open goes on, however many attempts fail in it. */
    private boolean openGap() {
        boolean begins = gapFrom == IDLE;
        if (begins) {
            gapFrom = timeline.last();
        }
        cutNext = true;
        return begins;
    }

    private void markGap(boolean begins, String why) {
        if (begins) {
            sink.mark(timeline.last(), "gap begins: source " + why);
        }
    }

    private void begin(SourceConnection next) {
        synchronized (lock) {
            if (stopping) {
                done.complete(null);
                return;
            }
            turn = next;
        }
        next.start();
    }

    private void reconnect(Exception cause) {
        ReconnectPolicy how = watch.reconnect().orElseThrow();
        int number;
        synchronized (lock) {
            number = ++attempt;
        }
        if (!how.allows(number)) {
            done.completeExceptionally(cause);
            return;
        }
        Duration pause = how.pauseBefore(number);
        sink.event(
                SourceEvent.Kind.RECONNECTING,
                timeline.last(),
                "attempt " + number + " in " + seconds(pause.toNanos()),
                Optional.of(cause));
        begin(new SourceConnection(how.opener(), pause));
    }

    private static String seconds(long nanos) {
        return Math.round(nanos / 1e7) / 100.0 + " s";
    }

    /** Who takes what is captured. Called on capture threads and, for events, on the watchdog's. */
    interface Sink {
        /** Takes a filled buffer over. */
        void frame(FrameBuffer buffer, long index, long capturedAt);

        /** Shows a picture that is captured, whether or not it is analyzed. */
        void show(FrameBuffer buffer);

        /** Counts a picture that is not analyzed: the session is paused, or the source frozen. */
        void skipped();

        void unreadable(long index, FrameUnreadableException cause);

        void event(SourceEvent.Kind kind, long mediaNanos, String message, Optional<Throwable> cause);

        /** A live source gives no further frame; {@code told}, where somebody said that it would end. */
        void ended(long mediaNanos, boolean told);

        void mark(long mediaNanos, String text);

        /** A thread is left behind; its source, where it has one already, must never be closed by another. */
        void abandoned(Optional<Stage> source);
    }

    /** One opening of the source, read to its end by one thread. */
    private final class SourceConnection implements Runnable {
        private final ReconnectPolicy.Opener opener;
        private final Duration pause;
        private final FrameBufferPool pool = FrameBufferPool.ofSize(buffers);
        private final FrozenFrameDetector change = new FrozenFrameDetector();
        private volatile @Nullable FrameSource source;
        private @Nullable Thread thread;
        private long busySince = IDLE;
        private boolean stalled;
        private boolean abandoned;
        private boolean frozen;
        private long changedAt = IDLE;
        private int errors;

        SourceConnection(ReconnectPolicy.Opener opener, Duration pause) {
            this.opener = opener;
            this.pause = pause;
        }

        void start() {
            Thread started = threads.newThread(this);
            synchronized (lock) {
                thread = started;
            }
            started.start();
        }

        String threadName() {
            Thread named = thread;
            return named == null ? "" : named.getName();
        }

        @Override
        public void run() {
            try {
                if (!awaitPause()) {
                    done.complete(null);
                    return;
                }
                FrameSource opened = open();
                if (opened != first) {
                    timeline.reopen();
                }
                while (readNext(opened)) {
                    // each call reads one picture
                }
                finished(opened);
            } catch (AbandonedException e) {
                comeBackLate();
            } catch (InterruptedIOException e) {
                if (live) {
                    failed(SourceEvent.Kind.FAILED, e);
                } else {
                    done.complete(null);
                }
            } catch (IOException | RuntimeException e) {
                failed(SourceEvent.Kind.FAILED, e);
            } catch (InterruptedException e) {
                done.complete(null);
            } catch (Error e) {
                done.completeExceptionally(e);
                throw e;
            }
        }

        private boolean awaitPause() throws InterruptedException {
            long until = System.nanoTime() + pause.toNanos();
            synchronized (lock) {
                for (long left = pause.toNanos(); left > 0 && !stopping; left = until - System.nanoTime()) {
                    lock.wait(left / 1_000_000, (int) (left % 1_000_000));
                }
                return !stopping;
            }
        }

        private FrameSource open() throws IOException {
            busy();
            try {
                FrameSource opened = opener.open();
                source = opened;
                return opened;
            } finally {
                idle();
            }
        }

        /** Reads one picture; false at the end. */
        private boolean readNext(FrameSource from) throws IOException, InterruptedException {
            if (!awaitResume()) {
                return false;
            }
            try (FrameBuffer buffer = pool.acquire()) {
                if (!read(from, buffer)) {
                    return false;
                }
                errors = 0;
                take(buffer);
            } catch (FrameUnreadableException e) {
                sink.unreadable(index++, e);
                if (watch.errorsInRow().isPresent()
                        && ++errors >= watch.errorsInRow().getAsInt()) {
                    throw new FailingException(errors + " pictures in a row could not be read", e);
                }
            }
            return true;
        }

        /** Waits while a file is paused; a live source is read on. False when the session stops. */
        private boolean awaitResume() throws InterruptedException {
            synchronized (lock) {
                while (paused && !live && !stopping) {
                    lock.wait();
                }
                return !stopping;
            }
        }

        private boolean read(FrameSource from, FrameBuffer buffer) throws IOException {
            busy();
            try {
                boolean any = from.read(buffer);
                if (!any && !live) {
                    reachedEnd = true;
                }
                return any;
            } catch (IOException | RuntimeException e) {
                if (isStopping()) {
                    return false;
                }
                throw e;
            } finally {
                idle();
            }
        }

        private void take(FrameBuffer buffer) {
            long now = ticker.getAsLong();
            timeline.accept(buffer, now);
            position = new Position(index + 1, timeline.last());
            if (changedAt == IDLE) {
                firstPicture();
            }
            sink.show(buffer);
            boolean changed = watch.frozenAfter().isEmpty() || change.isNew(buffer);
            if (changed) {
                changedAt = now;
                endGap(buffer);
            } else {
                watchFrozen(now);
            }
            boolean skip;
            synchronized (lock) {
                boolean passing = paused && live; // of a file, what was being read when the pause came is not lost
                cutNext |= passing;
                skip = passing || frozen;
                if (!skip && cutNext) {
                    buffer.markDiscontinuity();
                    cutNext = false;
                }
            }
            if (skip) {
                sink.skipped();
            } else {
                sink.frame(buffer, index, now);
            }
            index++;
        }

        private void firstPicture() {
            boolean again;
            synchronized (lock) {
                again = attempt > 0;
                attempt = 0;
            }
            if (again) {
                sink.event(
                        SourceEvent.Kind.RECONNECTED,
                        timeline.last(),
                        "pictures come from the source that was opened anew",
                        Optional.empty());
            }
        }

        private void watchFrozen(long now) {
            long same = now - changedAt;
            if (frozen || same < watch.frozenAfter().orElseThrow().toNanos()) {
                return;
            }
            frozen = true;
            boolean gapBegins;
            synchronized (lock) {
                gapBegins = openGap();
            }
            String message = "the same picture for " + seconds(same);
            sink.event(SourceEvent.Kind.FROZEN, timeline.last(), message, Optional.empty());
            markGap(gapBegins, "frozen");
            if (watch.reconnect().isPresent()) {
                throw new FrozenException(message);
            }
        }

        /** A new picture ends the gap, if there is one. */
        private void endGap(FrameBuffer buffer) {
            long from;
            boolean same;
            synchronized (lock) {
                from = gapFrom;
                gapFrom = IDLE;
                same = stalled || frozen;
                stalled = false;
            }
            frozen = false;
            if (from == IDLE) {
                return;
            }
            String length = seconds(buffer.mediaNanos() - from);
            sink.mark(buffer.mediaNanos(), "gap of " + length + " ends");
            if (same) {
                sink.event(
                        SourceEvent.Kind.RESUMED,
                        buffer.mediaNanos(),
                        "pictures come again after " + length,
                        Optional.empty());
            }
        }

        private void finished(FrameSource from) {
            if (isStopping() || !live) {
                closeOwn(from);
                done.complete(null);
                return;
            }
            boolean told = from.hasEnded();
            boolean last = watch.reconnect().isEmpty() || endsWithSource();
            reachedEnd = told || last;
            sink.ended(timeline.last(), told);
            if (last) {
                closeOwn(from);
                done.complete(null);
                return;
            }
            reopen(new IOException("the live source came to its end"), "ended");
        }

        private void failed(SourceEvent.Kind kind, Exception cause) {
            if (isStopping()) {
                done.complete(null);
                return;
            }
            if (cause instanceof FrozenException) {
                reopen(new IOException("the source froze: " + cause.getMessage(), cause), "frozen");
                return;
            }
            sink.event(
                    cause instanceof FailingException ? SourceEvent.Kind.FAILING : kind,
                    timeline.last(),
                    String.valueOf(cause.getMessage()),
                    Optional.of(cause));
            if (watch.reconnect().isEmpty()) {
                FrameSource from = source;
                if (from != null) {
                    closeOwn(from);
                }
                done.completeExceptionally(cause);
                return;
            }
            reopen(cause, "failed");
        }

        private void reopen(Exception cause, String why) {
            boolean gapBegins;
            synchronized (lock) {
                gapBegins = openGap();
            }
            markGap(gapBegins, why);
            FrameSource from = source;
            if (from != null) {
                close(from);
            }
            reconnect(cause);
        }

        /** Sources that were opened anew are ours to close; the first is not. */
        private void closeOwn(FrameSource from) {
            if (from != first) {
                close(from);
            }
        }

        private void close(FrameSource from) {
            try {
                from.close();
            } catch (RuntimeException e) {
                sink.event(
                        SourceEvent.Kind.FAILED,
                        timeline.last(),
                        "the source could not be closed: " + e.getMessage(),
                        Optional.of(e));
            }
        }

        private void comeBackLate() {
            FrameSource from = source;
            if (from != null) {
                close(from);
            }
            sink.event(
                    SourceEvent.Kind.RETURNED,
                    timeline.last(),
                    "thread " + threadName() + " came back and has closed its source",
                    Optional.empty());
        }

        private boolean endsWithSource() {
            synchronized (lock) {
                return endsWithSource;
            }
        }

        private boolean isStopping() {
            synchronized (lock) {
                return stopping;
            }
        }

        private void busy() {
            synchronized (lock) {
                busySince = ticker.getAsLong();
            }
        }

        /** Ends a call that might have hung. From here on a thread that was left behind touches nothing of the session. */
        private void idle() {
            synchronized (lock) {
                busySince = IDLE;
                if (abandoned) {
                    throw new AbandonedException();
                }
            }
            boolean interrupted = Thread.interrupted();
            if (interrupted && !isStopping()) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** This thread was left behind. */
    private static final class AbandonedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The same picture comes again and again. */
    private static final class FrozenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FrozenException(String message) {
            super(message);
        }
    }

    /** Too many unreadable pictures in a row. */
    private static final class FailingException extends IOException {
        private static final long serialVersionUID = 1L;

        FailingException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
