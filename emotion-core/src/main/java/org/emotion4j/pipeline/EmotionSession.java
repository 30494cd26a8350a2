package org.emotion4j.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.InputCutOffException;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.SubjectRule;
import org.emotion4j.session.SessionEnd;
import org.emotion4j.session.SessionRecorder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pipeline at work: frames are captured, analyzed, recorded, delivered and shown, each on a thread of its own, joined
 * by bounded queues. Made by {@link SessionBuilder#start} or {@link EmotionPipeline#start}, for one life: a source has
 * one session. Any number of sessions share the models of a pipeline.
 *
 * <p>Capture never waits for a live source's analysis: what there is no time for is dropped by the
 * {@link OverflowPolicy} and counted. A listener, subscriber or viewer that is slow loses results or pictures of its
 * own and holds nobody up, except under {@link OverflowPolicy#BLOCK}, where nothing is lost and the slowest sets the
 * pace. A recorder gets every frame that was analyzed, and {@linkplain SessionBuilder#onEvent events} are found in every one.
 *
 * <p>What fails: a frame is counted, reported and skipped; a listener or viewer is counted and called again; a recorder
 * is not asked again; a source is {@linkplain SourceMonitoring watched}, and what cannot be mended ends the session, whose
 * {@link #completion()} carries the cause.
 *
 * <p>Thread-safe. {@link #stop} and {@link #close} may be called on any thread; on one of the session's own (by a
 * listener, say) they ask for the end and do not wait for it.
 */
public final class EmotionSession implements AutoCloseable {
    /** The most characters of a mark. */
    public static final int MAX_MARK_LENGTH = 500;

    private static final Logger LOG = LoggerFactory.getLogger(EmotionSession.class);
    private static final int RESULTS = 64;

    private final SessionHost host;
    private final SessionParts parts;
    private final FrameSource source;
    private final SessionSettings settings;
    private final SessionThreads threads;
    private final SessionRecording recording;
    private final BoundedQueue<CapturedFrame> frames;
    private final SessionNews news;
    private final ResultPublisher<FrameResult> results;
    private final ResultListener<FrameResult> listener;
    private final Optional<EventDispatcher> eventDispatcher;
    private final Optional<PreviewDispatcher> preview;
    private final SourceCapture capture;
    private final SessionTally tally = new SessionTally();
    private final LatencyRecorder times;
    private final CompletableFuture<Void> analysisDone = new CompletableFuture<>();
    private final CompletableFuture<Void> recordingDone = new CompletableFuture<>();
    private final CompletableFuture<RunSummary> completion = new CompletableFuture<>();
    private final AtomicReference<@Nullable Throwable> cause = new AtomicReference<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicBoolean sourceFailed = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Object watchdogWake = new Object();

    EmotionSession(
            SessionHost host, SessionParts parts, SessionSettings settings, Consumer<? super FrameResult> listener) {
        this.host = host;
        this.parts = parts;
        this.source = parts.source();
        this.settings = settings;
        OverflowPolicy overflow = settings.overflowFor(source);
        this.news = new SessionNews(parts, settings, tally);
        this.threads = new SessionThreads(settings.threads());
        this.frames = new BoundedQueue<>(settings.queueCapacity(), (dropped, next) -> next.inheritCut(dropped));
        this.results = new ResultPublisher<>(RESULTS, overflow, threads.named("subscriber"));
        this.listener = new ResultListener<>(listener, result -> "frame " + result.index());
        this.eventDispatcher =
                parts.events().map(wanted -> new EventDispatcher(wanted, overflow, threads.named("event listener")));
        this.preview = settings.viewer().map(PreviewDispatcher::new);
        this.times = new LatencyRecorder(settings.expectedInterval());
        this.capture = new SourceCapture(
                source,
                settings.watchFor(source),
                settings.queueCapacity() + 3,
                parts.ticker(),
                threads.named("capture"),
                new FrameIntake(host, parts, tally, news, frames, overflow, preview, this::mark));
        this.recording =
                new SessionRecording(host, parts, tally, times, capture, this::requireGoingOn, news::recordingFailed);
    }

    void begin() {
        afterwards(capture.done(), this::captureEnded);
        afterwards(
                CompletableFuture.allOf(capture.done(), analysisDone, recordingDone, listener.done(), eventsDone()),
                failure -> ended());
        results.subscribe(listener);
        eventDispatcher.ifPresent(EventDispatcher::begin);
        threads.start("events", news::deliver);
        threads.start("recording", this::record);
        threads.start("analysis", this::analyze);
        preview.ifPresent(desk -> threads.start("preview", desk));
        threads.start("watchdog", this::watch);
        capture.start();
    }

    /**
     * Analyses no further frames until {@link #resume()}. A file is not read on; a live source is, and its pictures are
     * still shown. Frames captured already are analyzed. The record gets a mark. Does nothing while paused.
     */
    public void pause() {
        if (!capture.isPaused()) {
            capture.pause();
            markNow(SessionRecorder.PAUSE);
        }
    }

    /**
     * Goes on after {@link #pause()}: tracker, smoother and label start afresh, and the record gets a mark. Does
     * nothing otherwise.
     */
    public void resume() {
        if (capture.isPaused()) {
            markNow(SessionRecorder.RESUME);
            capture.resume();
        }
    }

    /**
     * Marks this moment in the record, at the media time of the latest captured picture.
     *
     * @param text what for, for example {@code "exposure begins"}; 1 to {@value #MAX_MARK_LENGTH} characters, not blank
     * @throws IllegalArgumentException if the text is blank or too long
     * @throws IllegalStateException if the session has ended, or the recorder is thousands of marks behind
     */
    public void mark(String text) {
        Objects.requireNonNull(text, "text");
        if (text.isBlank() || text.length() > MAX_MARK_LENGTH) {
            throw new IllegalArgumentException("mark has " + text.length() + " characters, expected 1 to "
                    + MAX_MARK_LENGTH + " and not only blanks");
        }
        if (!markNow(text)) {
            throw new IllegalStateException(
                    completion.isDone()
                            ? "this session has ended; it takes no further marks"
                            : "the recorder is behind; this mark is not recorded: " + text);
        }
    }

    /**
     * Begins to record in the middle of the session: what was captured before is not in the record, not even through the
     * smoother, which starts afresh; and the record counts times and frames from this moment on, and says where in the
     * session that was. A session that is paused records from {@link #resume()} on.
     *
     * @param recorder what keeps the record; told of the pipeline on this thread, and from then on the session's, which
     *     closes it when the recording ends. Where this throws it is still the caller's, and was told that
     *     {@linkplain SessionEnd#NOT_BEGUN no recording began}
     * @return the session's media time, in nanoseconds, that is zero in the record: that of the latest captured picture
     * @throws IOException if the record cannot be begun; the session goes on without it
     * @throws IllegalStateException if the session is recording already, or has ended
     */
    public long startRecording(SessionRecorder recorder) throws IOException {
        Objects.requireNonNull(recorder, "recorder");
        return recording.start(recorder);
    }

    /**
     * Begins to record in the middle of the session, as {@link #startRecording} does, into a recorder that is made only where
     * the recording can begin, and closed where it does not begin after all: nobody has to think of one that was refused.
     * {@code CsvSessionRecorder.builder(folder)} is a factory.
     *
     * @param factory makes the recorder, on this thread
     * @return the session's media time, in nanoseconds, that is zero in the record
     * @throws IOException if the record cannot be made or begun; the session goes on without it
     * @throws IllegalStateException if the session is recording already, or has ended; then no recorder was made
     */
    public long startRecordingFrom(SessionRecorder.Factory factory) throws IOException {
        Objects.requireNonNull(factory, "factory");
        return recording.startFrom(factory);
    }

    /**
     * Ends the record, not the session: what was analyzed until now is in it, and it is finished. Another recording may begin
     * then.
     *
     * @return completed when the record is closed, exceptionally where it could not be written; of a recorder that the
     *     pipeline was built with when it is told of the end, since the pipeline closes that
     * @throws IllegalStateException if the session is not recording, or has ended
     */
    public CompletableFuture<Void> stopRecording() {
        return recording.stop();
    }

    private void requireGoingOn(String what) {
        if (stopped.get() || completion.isDone()) {
            throw new IllegalStateException("this session has ended; it " + what);
        }
    }

    /**
     * Makes the session about another face, from the next frame on: of its record, too. Waits for nobody.
     *
     * @param faceId the id of one of {@link #faces()}
     * @return whether that face is there; if not, nothing has changed
     */
    public boolean choose(int faceId) {
        return host.subjects().choose(faceId);
    }

    /**
     * Makes the session about the face that a rule picks, from the next frame on: of its record, too. Waits for nobody.
     *
     * @param rule the rule, instead of the one it began with
     */
    public void choose(SubjectRule rule) {
        host.subjects().follow(Objects.requireNonNull(rule, "rule"));
    }

    /**
     * Returns the readings of the latest frame that was analyzed, whoever the session is about.
     *
     * @return one for each face, the largest first; empty before the first frame
     */
    public List<EmotionReading> faces() {
        return host.subjects().latest().readings();
    }

    /**
     * Returns whom the session is about, as of the latest frame that was analyzed.
     *
     * @return the id of its face, also while that is out of sight for a moment; empty before the first face, and where
     *     it is lost
     */
    public OptionalInt subject() {
        return host.subjects().latest().subject();
    }

    /**
     * Ends the session and waits for its end, for {@link SessionBuilder#stopWithin} at most: threads that have
     * not come back by then are left behind, counted and reported, and what they use is never closed. A second call
     * with {@link StopMode#DISCARD} hurries an end that was asked for with {@link StopMode#DRAIN}.
     *
     * @param mode what becomes of frames that are captured and not analyzed yet
     */
    public void stop(StopMode mode) {
        askToStop(mode);
        if (threads.isOwn()) {
            return;
        }
        long limit = settings.stopWithin().toNanos();
        if (awaitEnd(limit / 2)) {
            return;
        }
        capture.stop();
        capture.interrupt();
        discard();
        eventDispatcher.ifPresent(EventDispatcher::discard);
        recording.close();
        if (!awaitEnd(limit - limit / 2)) {
            leaveBehind();
        }
    }

    /** Asks for the end, and does not wait for it. */
    void askToStop(StopMode mode) {
        Objects.requireNonNull(mode, "mode");
        stopped.set(true);
        capture.stop(mode);
        if (mode == StopMode.DISCARD) {
            discard();
        }
    }

    /**
     * Ends the session as {@link #stop} with {@link StopMode#DISCARD} does, and ends the streams of {@link #results()}
     * whose subscribers have not asked for what waits for them. Always returns. A second call does nothing.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            stop(StopMode.DISCARD);
        }
    }

    /**
     * Waits for the end of the session: the source's, {@link #stop}, or a failure.
     *
     * @return what was done
     * @throws IOException if the source failed; what was recorded until then stays
     * @throws InterruptedException if this thread is interrupted while it waits; the session goes on
     */
    public RunSummary awaitCompletion() throws IOException, InterruptedException {
        try {
            return completion.get();
        } catch (ExecutionException e) {
            Throwable failure = e.getCause() == null ? e : e.getCause();
            if (failure instanceof IOException io) {
                throw new IOException(io.getMessage(), io);
            }
            if (failure instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("the session failed: " + failure.getMessage(), failure);
        }
    }

    /**
     * Returns the end of the session as a future: what was done or, exceptionally, the cause of its failure. Completed
     * when everything is analyzed, recorded and delivered to the listener.
     *
     * @return a copy; completing or cancelling it changes nothing here
     */
    public CompletableFuture<RunSummary> completion() {
        return completion.copy();
    }

    /**
     * Returns the results as a stream. A subscriber gets those from its subscription on, as many as it asks for, on a
     * thread of its own; up to {@value #RESULTS} wait for it, then the {@link OverflowPolicy} decides (a subscriber
     * that asks for nothing stops a session that must not drop). The end of the session is {@code onComplete}, its
     * failure {@code onError}.
     *
     * @return a publisher for any number of subscribers
     */
    public Flow.Publisher<FrameResult> results() {
        return results;
    }

    /**
     * Tells what was done so far. Takes a few microseconds a step and holds nobody up.
     *
     * @return a snapshot
     */
    public SessionMetrics metrics() {
        return new SessionMetrics(
                tally.captured.get(),
                tally.processed.get(),
                tally.failed.get(),
                tally.dropped.get(),
                tally.skipped.get(),
                frames.size(),
                capture.timeline().unordered(),
                recording.recorded(),
                results.dropped()
                        + eventDispatcher.map(EventDispatcher::dropped).orElse(0L),
                listener.failures()
                        + eventDispatcher.map(EventDispatcher::failures).orElse(0L),
                preview.map(PreviewDispatcher::skipped).orElse(0L),
                preview.map(PreviewDispatcher::failures).orElse(0L),
                tally.reconnects.get(),
                tally.abandonedThreads.get(),
                times.summaries());
    }

    /** Does something when this session has ended, well or badly. */
    void whenEnded(Runnable work) {
        afterwards(completion, failure -> work.run());
    }

    /** Whether this is one of the session's own threads, which must not wait for its end. */
    boolean isOwnThread() {
        return threads.isOwn();
    }

    /** Looks after the source once; the watchdog's work, and a test's with a ticker of its own. */
    void checkSource() {
        capture.check();
    }

    private static void afterwards(CompletionStage<?> stage, Consumer<@Nullable Throwable> work) {
        stage.whenComplete((nothing, failure) -> work.accept(failure));
    }

    private void captureEnded(@Nullable Throwable failure) {
        if (failure != null) {
            sourceFailed.compareAndSet(false, cause.get() == null);
        }
        fail(failure);
        frames.close();
        preview.ifPresent(PreviewDispatcher::close);
    }

    private void analyze() {
        try {
            for (Optional<CapturedFrame> next = frames.take(); next.isPresent(); next = frames.take()) {
                analyze(next.get());
            }
        } catch (Throwable e) {
            fail(e);
            capture.stop();
            discard();
            if (e instanceof Error error) {
                throw error;
            }
        } finally {
            analysisEnded();
        }
    }

    private void analyze(CapturedFrame captured) {
        long wait = parts.ticker().getAsLong() - captured.capturedAt;
        try (Frame frame = captured.frame) {
            recording.aboutToAnalyze(captured.index);
            FrameResult result = host.process(frame, captured.index, captured.cut());
            tally.processed(result);
            times.frame(result.timings(), wait);
            recording.add(result, captured.index);
            results.publish(result);
            eventDispatcher.ifPresent(dispatcher -> dispatcher.add(result));
        } catch (PipelineClosedException e) {
            throw e;
        } catch (RuntimeException e) {
            news.frameFailed(captured.index, captured.frame.origin(), e);
        }
    }

    private void analysisEnded() {
        drop(frames.clear());
        recording.close();
        results.complete(cause.get());
        try {
            eventDispatcher.ifPresent(dispatcher -> dispatcher.end(cause.get()));
        } finally {
            analysisDone.complete(null);
        }
    }

    private CompletableFuture<Void> eventsDone() {
        return eventDispatcher.map(EventDispatcher::done).orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    private void record() {
        try {
            recording.work();
        } catch (Error e) {
            fail(e);
            capture.stop();
            discard();
            throw e;
        } finally {
            recording.close();
            try {
                sayEnd();
            } finally {
                recordingDone.complete(null);
            }
        }
    }

    /** Tells the recorder how this ended, once that is known: the capture may end after the last frame was recorded. */
    private void sayEnd() {
        capture.done().handle((nothing, failure) -> true).join();
        SessionEnd how = how();
        Throwable failure = cause.get();
        Optional<String> reason = Optional.empty();
        if (failure != null) {
            reason = Optional.of(SourceRun.describe(failure));
        } else if (how == SessionEnd.INTERRUPTED) {
            reason = Optional.of(SourceRun.PROGRAM_ENDED);
        } else if (how == SessionEnd.CUT_INPUT) {
            reason = tally.cutOff().map(InputCutOffException::getMessage);
        }
        recording.end(how, reason);
    }

    private SessionEnd how() {
        Throwable failure = cause.get();
        if (failure instanceof OutOfMemoryError) {
            return SessionEnd.OUT_OF_MEMORY;
        }
        if (failure != null) {
            return sourceFailed.get() ? SessionEnd.SOURCE_FAILED : SessionEnd.ANALYSIS_FAILED;
        }
        if (!capture.reachedEnd()) {
            if (host.isShuttingDown()) {
                return SessionEnd.INTERRUPTED;
            }
            return source.isLive() ? SessionEnd.LIVE_STOPPED : SessionEnd.STOPPED;
        }
        return tally.cutOff().isPresent() ? SessionEnd.CUT_INPUT : SessionEnd.FINISHED;
    }

    private void watch() {
        long period = Math.max(1, Math.min(500, watchMillis() / 4));
        try {
            while (!completion.isDone()) {
                capture.check();
                synchronized (watchdogWake) {
                    if (!completion.isDone()) {
                        watchdogWake.wait(period);
                    }
                }
            }
        } catch (InterruptedException e) {
            LOG.warn("the watchdog was interrupted; this session's source is not watched any longer");
        }
    }

    private long watchMillis() {
        return capture.watch().stalledAfter().toMillis();
    }

    private void ended() {
        news.close();
        RunSummary summary = new RunSummary(
                tally.processed.get(),
                tally.failed.get(),
                tally.withoutFace(),
                tally.readings(),
                !capture.reachedEnd(),
                recording.failure(),
                recording.failure().isPresent() ? SessionEnd.RECORDING_FAILED : how(),
                recording.unread());
        host.ended(capture.reachedEnd());
        Throwable failure = cause.get();
        if (failure == null) {
            completion.complete(summary);
        } else {
            completion.completeExceptionally(failure);
        }
        synchronized (watchdogWake) {
            watchdogWake.notifyAll();
        }
    }

    private void fail(@Nullable Throwable failure) {
        if (failure != null && cause.compareAndSet(null, failure)) {
            LOG.error("the session ends: {}", failure.getMessage(), failure);
        }
    }

    private boolean markNow(String text) {
        return mark(capture.timeline().last(), text);
    }

    private boolean mark(long mediaNanos, String text) {
        return recording.mark(mediaNanos, text);
    }

    private void drop(Iterable<CapturedFrame> unwanted) {
        for (CapturedFrame captured : unwanted) {
            captured.frame.close();
            tally.dropped.incrementAndGet();
        }
    }

    private void discard() {
        frames.close();
        drop(frames.clear());
        results.discard();
    }

    private boolean awaitEnd(long nanos) {
        boolean interrupted = false;
        long until = System.nanoTime() + nanos;
        try {
            while (true) {
                try {
                    completion.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                    return true;
                } catch (ExecutionException e) {
                    return true;
                } catch (TimeoutException e) {
                    return false;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends without those who do not come back. What they use is theirs from now on. */
    private void leaveBehind() {
        capture.abandon();
        if (!analysisDone.isDone()) {
            left("analysis");
            host.abandonAnalysis();
            recording.close();
            results.complete(cause.get());
            eventDispatcher.ifPresent(dispatcher -> dispatcher.abandon(cause.get()));
            analysisDone.complete(null);
        }
        if (!isDoneSoon(recordingDone)) {
            left("recording");
            parts.recorder().ifPresent(host::abandon);
            recordingDone.complete(null);
        }
        if (!isDoneSoon(listener.done())) {
            left("listener");
            listener.done().complete(null);
        }
        if (!isDoneSoon(eventsDone())) {
            left("event listener");
            eventsDone().complete(null);
        }
        awaitEnd(Duration.ofSeconds(1).toNanos());
    }

    /** What waits for the analysis was told of its end only now if that hangs: it shall have a moment to end, too. */
    private boolean isDoneSoon(CompletableFuture<Void> end) {
        try {
            end.get(settings.stopWithin().toNanos() / 4, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return end.isDone();
        }
    }

    private void left(String what) {
        tally.abandonedThreads.incrementAndGet();
        LOG.error(
                "the {} thread did not come back within {}; it is left behind, and what it uses is not closed",
                what,
                settings.stopWithin());
    }
}
