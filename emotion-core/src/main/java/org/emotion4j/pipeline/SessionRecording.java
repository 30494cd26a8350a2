package org.emotion4j.pipeline;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.session.SessionEnd;
import org.emotion4j.session.SessionRecorder;
import org.emotion4j.session.UnreadInput;

/**
 * The recording half of a session: takes results and marks from any thread, hands them to the recorder on one, and begins and
 * ends records in mid-session.
 */
final class SessionRecording {
    private static final int RECORDS = 256;
    private static final int MARKS = 10_000;
    private static final long NEVER = Long.MAX_VALUE;

    private final SessionHost host;
    private final SessionParts parts;
    private final FrameSource source;
    private final SessionTally tally;
    private final LatencyRecorder times;
    private final RecorderGuard recorder;
    private final SourceCapture capture;
    private final Consumer<String> requireGoingOn;

    /** The first frame of a recording that began in mid-session, until it is analyzed. */
    private final AtomicLong scoresAfreshFrom = new AtomicLong(NEVER);

    private final AtomicReference<State> state = new AtomicReference<>(State.OFF);
    private final BoundedQueue<Consumer<RecorderGuard>> queue = new BoundedQueue<>(RECORDS);

    /**
     * Of a session that has not begun.
     *
     * @param requireGoingOn throws where the session has ended; told what it does then
     * @param failed told of a recorder that fails
     */
    SessionRecording(
            SessionHost host,
            SessionParts parts,
            SessionTally tally,
            LatencyRecorder times,
            SourceCapture capture,
            Consumer<String> requireGoingOn,
            Consumer<Exception> failed) {
        this.host = host;
        this.parts = parts;
        this.source = parts.source();
        this.tally = tally;
        this.times = times;
        this.capture = capture;
        this.requireGoingOn = requireGoingOn;
        this.recorder = new RecorderGuard(parts.storeOthers(), parts.eventDetectors(), failed);
        if (parts.recorder().isPresent()) {
            state.set(State.ON);
        }
    }

    private enum State {
        OFF,
        ON,
        /** Asked to end; what was analyzed until then is still being recorded. */
        ENDING
    }

    /** Begins a record; see {@link EmotionSession#startRecording}. */
    long start(SessionRecorder with) throws IOException {
        try {
            return begun(with);
        } catch (IOException | RuntimeException e) {
            if (!recorder.isBy(with)) {
                tellNotBegun(with, e);
            }
            throw e;
        }
    }

    /** Begins a record with a recorder that is made now; see {@link EmotionSession#startRecordingFrom}. */
    long startFrom(SessionRecorder.Factory factory) throws IOException {
        requireGoingOn.accept("begins no further recording");
        if (state.get() != State.OFF) {
            throw alreadyRecording();
        }
        SessionRecorder made = Objects.requireNonNull(factory.create(), "the factory's recorder");
        try {
            return start(made);
        } catch (IOException | RuntimeException e) {
            if (!recorder.isBy(made)) {
                closeRefused(made, e);
            }
            throw e;
        }
    }

    private static void closeRefused(SessionRecorder recorder, Exception refusal) {
        try {
            recorder.close();
        } catch (RuntimeException e) {
            refusal.addSuppressed(e);
        }
    }

    private static IllegalStateException alreadyRecording() {
        return new IllegalStateException("this session is recording already; end that with stopRecording first");
    }

    /** What the caller closes then shall not pass for the record of a session in which nothing happened. */
    private static void tellNotBegun(SessionRecorder recorder, Exception refusal) {
        try {
            recorder.end(SessionEnd.NOT_BEGUN, Optional.ofNullable(refusal.getMessage()), UnreadInput.NONE);
        } catch (IOException | RuntimeException e) {
            refusal.addSuppressed(e);
        }
    }

    private long begun(SessionRecorder with) throws IOException {
        requireGoingOn.accept("begins no further recording");
        if (!state.compareAndSet(State.OFF, State.ON)) {
            throw alreadyRecording();
        }
        boolean begun = false;
        try {
            recorder.prepare(with);
            with.begin(host.settings(Optional.of(with)));
            SourceCapture.Position from = capture.position();
            scoresAfreshFrom.set(from.nextIndex());
            RecorderGuard.Record record = RecorderGuard.Record.from(from, with, tally.unread(source, 0));
            begun = queue.force(to -> to.switchTo(record), MARKS);
            if (!begun) {
                throw notTaken("no recording has begun");
            }
            if (capture.isPaused()) {
                mark(from.mediaNanos(), SessionRecorder.PAUSE);
            }
            return from.mediaNanos();
        } finally {
            if (!begun) {
                state.set(State.OFF);
            }
        }
    }

    /** Ends the record; see {@link EmotionSession#stopRecording}. */
    CompletableFuture<Void> stop() {
        requireGoingOn.accept("has ended its recording too");
        if (!state.compareAndSet(State.ON, State.ENDING)) {
            throw new IllegalStateException("this session is not recording");
        }
        CompletableFuture<Void> ended = new CompletableFuture<>();
        if (!queue.force(from -> endRecord(from, ended), MARKS)) {
            state.set(State.ON);
            throw notTaken("the recording goes on");
        }
        return ended;
    }

    private void endRecord(RecorderGuard from, CompletableFuture<Void> ended) {
        from.end(SessionEnd.RECORDING_ENDED, Optional.empty(), tally.unread(source, 0));
        Optional<Exception> failure = from.current().flatMap(RecorderGuard.Record::failure);
        state.set(State.OFF);
        failure.ifPresentOrElse(ended::completeExceptionally, () -> ended.complete(null));
    }

    private static IllegalStateException notTaken(String so) {
        return new IllegalStateException("this session is ending, or its recorder is far behind; " + so);
    }

    /**
     * Puts a mark into the record, if there is one.
     *
     * @return false where the record takes none any more, or is thousands behind
     */
    boolean mark(long mediaNanos, String text) {
        return queue.force(to -> to.mark(mediaNanos, text), MARKS);
    }

    /** Before a frame is analyzed: the first one of a record that began in mid-session owes nothing to those before. */
    void aboutToAnalyze(long index) {
        long afresh = scoresAfreshFrom.get();
        if (index >= afresh) {
            host.forgetScores();
            scoresAfreshFrom.compareAndSet(afresh, NEVER);
        }
    }

    /** Takes a result; waits while the recorder is behind. */
    void add(FrameResult result, long index) {
        // A recording that began meanwhile begins with the next frame: this one was smoothed with what came before.
        if (state.get() != State.OFF && index < scoresAfreshFrom.get()) {
            queue.offer(to -> record(to, result), OverflowPolicy.BLOCK);
        }
    }

    private void record(RecorderGuard to, FrameResult result) {
        long start = parts.ticker().getAsLong();
        to.record(result);
        times.recorded(parts.ticker().getAsLong() - start);
    }

    /** Records what comes until it is {@linkplain #close() closed}; on the recording's own thread. */
    void work() {
        parts.recorder()
                .ifPresent(first -> recorder.begin(
                        RecorderGuard.Record.ofAll(first, parts.owned()), host.settings(parts.recorder())));
        for (Optional<Consumer<RecorderGuard>> next = queue.take(); next.isPresent(); next = queue.take()) {
            next.get().accept(recorder);
        }
    }

    /** Takes no more; what was taken is still recorded. */
    void close() {
        queue.close();
    }

    /** Tells the recorder how the session ended. */
    void end(SessionEnd how, Optional<String> reason) {
        recorder.end(how, reason, unread());
    }

    /** What of the source is not in the record. */
    UnreadInput unread() {
        return tally.unread(source, recorder.refused());
    }

    long recorded() {
        return recorder.recorded();
    }

    Optional<Exception> failure() {
        return recorder.failure();
    }
}
