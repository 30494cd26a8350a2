package org.emotion4j.pipeline;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameBufferPool;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.frame.InputCutOffException;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.session.SessionEnd;
import org.emotion4j.session.UnreadInput;

/** One pass through a source on the caller's thread. */
final class SourceRun {
    static final String PROGRAM_ENDED = "the program was ended";
    static final String PIPELINE_CLOSED = "the pipeline was closed";

    private final SessionHost host;
    private final SessionParts parts;
    private final FrameSource source;
    private final Consumer<? super FrameResult> listener;
    private final FrameBufferPool buffers = FrameBufferPool.ofSize(1);

    private final RecorderGuard recording;
    private final Optional<EventsWanted.Search> events;
    private final MediaTimeline timeline = new MediaTimeline();

    private final SessionTally tally = new SessionTally();
    private final FrameFailureLog skipped = new FrameFailureLog();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Thread thread = Thread.currentThread();

    private long index;

    private boolean atEnd;

    /** Whose fault it is what is thrown now. */
    private SessionEnd blame = SessionEnd.ANALYSIS_FAILED;

    SourceRun(SessionHost host, SessionParts parts, Consumer<? super FrameResult> listener) {
        this.host = host;
        this.parts = parts;
        this.source = parts.source();
        this.recording = new RecorderGuard(parts.storeOthers(), parts.eventDetectors(), parts.recordingFailures());
        this.events = parts.events().map(wanted -> wanted.search(wanted.listener()));
        this.listener = listener;
    }

    RunSummary toTheEnd() throws IOException {
        try {
            parts.recorder()
                    .ifPresent(recorder -> recording.begin(
                            RecorderGuard.Record.ofAll(recorder, parts.owned()), host.settings(parts.recorder())));
            boolean more = true;
            while (more && !Thread.currentThread().isInterrupted() && !host.isShuttingDown()) {
                more = next();
                index++;
            }
            return ended(!more);
        } catch (InterruptedIOException e) {
            // A live source that was interrupted while it waited: the interrupt is set, and the run ends as asked.
            if (!Thread.currentThread().isInterrupted()) {
                failed(e);
                throw e;
            }
            return ended(false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ended(false);
        } catch (IOException | RuntimeException | Error e) {
            failed(e);
            throw e;
        } finally {
            skipped.end();
            host.ended(atEnd);
            done.complete(null);
        }
    }

    /** Completed when the run has come to its end, well or badly. */
    CompletableFuture<Void> done() {
        return done;
    }

    /** Wakes a live source up that waits, for the run to end. */
    void interrupt() {
        if (source.isLive()) {
            thread.interrupt();
        }
    }

    boolean isOwnThread() {
        return Thread.currentThread().equals(thread);
    }

    /** The pipeline is closed while the run goes on: it will get no further. */
    void closedEarly() {
        if (!done.isDone()) {
            recording.end(
                    host.isShuttingDown() ? SessionEnd.INTERRUPTED : SessionEnd.STOPPED,
                    Optional.of(host.isShuttingDown() ? PROGRAM_ENDED : PIPELINE_CLOSED),
                    unread());
        }
    }

    private RunSummary ended(boolean atEnd) {
        this.atEnd = atEnd;
        blame = SessionEnd.LISTENER_FAILED;
        events.ifPresent(EventsWanted.Search::end);
        SessionEnd how = atEnd ? SessionEnd.FINISHED : SessionEnd.INTERRUPTED;
        Optional<String> reason = Optional.empty();
        if (!atEnd && host.isShuttingDown()) {
            reason = Optional.of(PROGRAM_ENDED);
        } else if (!atEnd) {
            reason = Optional.of("the thread was interrupted");
        } else if (tally.cutOff().isPresent()) {
            how = SessionEnd.CUT_INPUT;
            reason = tally.cutOff().map(InputCutOffException::getMessage);
        }
        UnreadInput unread = unread();
        recording.end(how, reason, unread);
        return new RunSummary(
                tally.processed.get(),
                tally.failed.get(),
                tally.withoutFace(),
                tally.readings(),
                !atEnd,
                recording.failure(),
                recording.failure().isPresent() ? SessionEnd.RECORDING_FAILED : how,
                unread);
    }

    private void failed(Throwable cause) {
        SessionEnd how = cause instanceof OutOfMemoryError ? SessionEnd.OUT_OF_MEMORY : blame;
        closeEvents(how, cause);
        if (cause instanceof PipelineClosedException) {
            closedEarly();
        } else {
            recording.end(how, Optional.of(SourceRun.describe(cause)), unread());
        }
    }

    /** What is under way ends with the run, unless the listener is what failed. */
    private void closeEvents(SessionEnd how, Throwable cause) {
        if (how == SessionEnd.LISTENER_FAILED || how == SessionEnd.OUT_OF_MEMORY) {
            return;
        }
        try {
            events.ifPresent(EventsWanted.Search::end);
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    static String describe(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }

    private UnreadInput unread() {
        return tally.unread(source, recording.refused());
    }

    private boolean next() throws IOException, InterruptedException {
        try (FrameBuffer buffer = buffers.acquire()) {
            blame = SessionEnd.SOURCE_FAILED;
            if (!source.read(buffer)) {
                return false;
            }
            blame = SessionEnd.ANALYSIS_FAILED;
            timeline.accept(buffer, parts.ticker().getAsLong());
            try (Frame frame = buffer.toFrame()) {
                analyze(frame);
            }
        } catch (FrameUnreadableException e) {
            fail(e.origin(), e);
        }
        return true;
    }

    private void analyze(Frame frame) {
        FrameResult result;
        try {
            result = host.process(frame, index, frame.discontinuity());
        } catch (PipelineClosedException e) {
            throw e;
        } catch (RuntimeException e) {
            fail(frame.origin(), e);
            return;
        }
        tally.processed(result);
        recording.record(result);
        blame = SessionEnd.LISTENER_FAILED;
        listener.accept(result);
        events.ifPresent(search -> search.add(result));
    }

    private void fail(String origin, Exception cause) {
        tally.failed(cause);
        FrameFailure failure = new FrameFailure(index, origin, cause);
        skipped.add(failure);
        blame = SessionEnd.LISTENER_FAILED;
        parts.failures().accept(failure);
    }
}
