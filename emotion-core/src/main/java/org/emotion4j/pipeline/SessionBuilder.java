package org.emotion4j.pipeline;

import static org.emotion4j.stage.internal.BuilderOptions.once;
import static org.emotion4j.stage.internal.BuilderOptions.range;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.emotion4j.emotion.TemporalSmoother;
import org.emotion4j.event.EventDetector;
import org.emotion4j.event.FacialEventDetector;
import org.emotion4j.event.SessionEvent;
import org.emotion4j.face.FaceTracker;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.SubjectRule;
import org.emotion4j.session.PipelineSettings;
import org.emotion4j.session.SessionRecorder;
import org.emotion4j.stage.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Describes one session on the models of an {@link EmotionPipeline}, and starts it, once: {@link #start} on threads of
 * its own, {@link #run} on the caller's. Made by {@link EmotionPipeline#session(FrameSource)}. Each part can be set
 * once; a part that is not set has the default named at its setter. An option that would mean nothing is refused when
 * the session is started. Confined to one thread.
 *
 * <p>What a session was given, source, recorder, tracker and smoother, belongs to it once it is started: it closes them
 * when it has ended, and also where it is refused, unless because it was started before. (Source and recorder that the
 * pipeline was built with are closed with the pipeline.)
 */
public final class SessionBuilder {
    private static final int MAX_QUEUE_CAPACITY = 100;

    private final Launcher launcher;
    final FrameSource source;
    final boolean owned;

    @Nullable
    SessionRecorder recorder;

    private SessionRecorder.@Nullable Factory records;

    @Nullable
    FaceTracker tracker;

    @Nullable
    TemporalSmoother smoother;

    @Nullable
    SubjectRule subject;

    @Nullable
    Boolean storeOthers;

    @Nullable
    Consumer<FrameFailure> failures;

    @Nullable
    Consumer<Exception> recordingFailures;

    @Nullable
    Consumer<? super SessionEvent> events;

    @Nullable
    Supplier<? extends EventDetector> eventDetectors;

    @Nullable
    OverflowPolicy overflow;

    @Nullable
    Integer queueCapacity;

    @Nullable
    FrameViewer viewer;

    @Nullable
    SourceMonitoring watch;

    @Nullable
    Consumer<SourceEvent> sourceEvents;

    @Nullable
    Duration expectedInterval;

    @Nullable
    Duration stopWithin;

    @Nullable
    ThreadFactory threads;

    private boolean started;

    /** Who has the models. */
    interface Launcher {
        EmotionSession start(SessionBuilder session, Consumer<? super FrameResult> listener);

        RunSummary run(SessionBuilder session, Consumer<? super FrameResult> listener) throws IOException;

        /** Closes what a session was given that does not come about. */
        void refused(SessionBuilder session, RuntimeException reason);
    }

    /**
     * @param owned whether source and recorder become the session's own
     */
    SessionBuilder(Launcher launcher, FrameSource source, boolean owned) {
        this.launcher = launcher;
        this.source = source;
        this.owned = owned;
    }

    /**
     * Sets who keeps the record. Default: nobody; nothing is stored, until {@link EmotionSession#startRecording}.
     *
     * @param value the recorder
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public SessionBuilder recorder(SessionRecorder value) {
        recorder = once("recorder", oneOf(recorder, records), value);
        return this;
    }

    /**
     * Sets who keeps the record, made when the session is started: where that fails, the source and all that the session
     * was given are closed. Default: as {@link #recorder(SessionRecorder)}.
     *
     * @param value makes the recorder, for example {@code CsvSessionRecorder.builder(folder)}
     * @return this builder
     * @throws IllegalStateException if a recorder was set already
     */
    public SessionBuilder recorderFrom(SessionRecorder.Factory value) {
        records = once("recorder", oneOf(recorder, records), value);
        return this;
    }

    /**
     * Sets who follows the faces. Default: one of the pipeline's.
     *
     * @param value the tracker; used by this session alone
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public SessionBuilder tracker(FaceTracker value) {
        tracker = once("tracker", tracker, value);
        return this;
    }

    /**
     * Sets who steadies the scores. Default: one of the pipeline's.
     *
     * @param value the smoother; used by this session alone
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public SessionBuilder smoother(TemporalSmoother value) {
        smoother = once("smoother", smoother, value);
        return this;
    }

    /**
     * Sets whom the session is about, where several faces are in the picture. Default: the pipeline's rule.
     * {@link EmotionSession#choose} changes it while the session goes on.
     *
     * @param value the rule
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public SessionBuilder subject(SubjectRule value) {
        subject = once("subject", subject, value);
        return this;
    }

    /**
     * Sets whether recorders get the readings of other faces too. Default: as the pipeline was told, so false: a record
     * holds what the face shows that the session is about, and of others only how many are in the picture. Listeners
     * are told of all.
     *
     * @param value whether to; ask the others first
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public SessionBuilder storeOthers(boolean value) {
        storeOthers = once("storeOthers", storeOthers, value);
        return this;
    }

    /**
     * Sets who is told of frames that fail. Default: whom the pipeline was told; they are logged and counted anyway.
     *
     * @param value called on the thread of {@link #run}, which ends with what it throws; for {@link #start} on a thread
     *     of its own, where that is logged
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public SessionBuilder onFrameFailure(Consumer<FrameFailure> value) {
        failures = once("onFrameFailure", failures, value);
        return this;
    }

    /**
     * Sets who is told when a recorder fails; the session goes on without it. Default: nobody; it is logged and in the
     * {@link RunSummary}.
     *
     * @param value called as {@link #onFrameFailure} is
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public SessionBuilder onRecordingFailure(Consumer<Exception> value) {
        recordingFailures = once("onRecordingFailure", recordingFailures, value);
        return this;
    }

    /**
     * Sets who is told what faces did: of each {@linkplain SessionEvent event} when it has ended, of the face that the session is about
     * and of others, in media time. What is under way at the end of the session ends with it. Default: nobody; then no events are
     * looked for.
     *
     * @param value for {@link #run} called on its thread after the listener was told of the frame, and what it throws ends the run
     *     and reaches the caller; for {@link #start} on a thread of its own, where that is counted and logged, and up to 10,000
     *     events wait for it before the {@link OverflowPolicy} decides
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public SessionBuilder onEvent(Consumer<? super SessionEvent> value) {
        events = once("onEvent", events, value);
        return this;
    }

    /**
     * Sets what finds events, for {@link #onEvent} and for the record. Default: {@link FacialEventDetector}, which measures against
     * what is usual for the person. A detector that throws is not asked again; the session goes on without events.
     *
     * @param value gives another detector at each call, one for each face; for example {@code () ->
     *     FacialEventDetector.relativeTo(rest)}. Called for the listener and for the recorder, on two threads
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public SessionBuilder eventDetectors(Supplier<? extends EventDetector> value) {
        eventDetectors = once("eventDetectors", eventDetectors, value);
        return this;
    }

    /**
     * Sets what happens to frames that there is no time for; for {@link #start} only. Default:
     * {@link OverflowPolicy#DROP_OLDEST} for a {@linkplain FrameSource#isLive() live} source, otherwise
     * {@link OverflowPolicy#BLOCK}.
     *
     * @param value the policy, for frames and for results
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public SessionBuilder overflow(OverflowPolicy value) {
        overflow = once("overflow", overflow, value);
        return this;
    }

    /**
     * Sets how many captured frames may wait for their analysis; for {@link #start} only. Default: 2. Each holds a
     * picture's memory; the more wait, the older is what is shown.
     *
     * @param value 1 to 100
     * @return this builder
     * @throws IllegalArgumentException if the value is out of its range
     * @throws IllegalStateException if it was set already
     */
    public SessionBuilder queueCapacity(int value) {
        range("queueCapacity", value, 1, MAX_QUEUE_CAPACITY);
        queueCapacity = once("queueCapacity", queueCapacity, value);
        return this;
    }

    /**
     * Sets who is shown the pictures; for {@link #start} only. Default: nobody.
     *
     * @param value the viewer
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public SessionBuilder preview(FrameViewer value) {
        viewer = once("preview", viewer, value);
        return this;
    }

    /**
     * Sets when the session calls its source misbehaving, and whether it opens it anew; for {@link #start} only.
     * Default: {@link SourceMonitoring#forLive()} for a {@linkplain FrameSource#isLive() live} source, otherwise
     * {@link SourceMonitoring#forFiles()}.
     *
     * @param value the watch
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public SessionBuilder watch(SourceMonitoring value) {
        watch = once("watch", watch, value);
        return this;
    }

    /**
     * Sets who is told what happens to the source; for {@link #start} only. Default: it is logged.
     *
     * @param value called on a thread of its own
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public SessionBuilder onSourceEvent(Consumer<SourceEvent> value) {
        sourceEvents = once("onSourceEvent", sourceEvents, value);
        return this;
    }

    /**
     * Sets the time from one frame of the source to the next, so that {@link SessionMetrics} count a late frame for
     * those too that it kept waiting; for {@link #start} only. Default: none; times are as measured.
     *
     * @param value above 0, for example 33 ms
     * @return this builder
     * @throws IllegalArgumentException if the value is out of its range
     * @throws IllegalStateException if it was set already
     */
    public SessionBuilder expectedInterval(Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("expectedInterval is " + value + ", expected above PT0S");
        }
        expectedInterval = once("expectedInterval", expectedInterval, value);
        return this;
    }

    /**
     * Sets how long {@link EmotionSession#stop} waits for threads to come back; for {@link #start} only. Default: 10 s.
     *
     * @param value 1 ms to 1 h
     * @return this builder
     * @throws IllegalArgumentException if the value is out of its range
     * @throws IllegalStateException if it was set already
     */
    public SessionBuilder stopWithin(Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("stopWithin is " + value + ", expected PT0.001S to PT1H");
        }
        stopWithin = once("stopWithin", stopWithin, value);
        return this;
    }

    /**
     * Sets who makes the session's threads; for {@link #start} only. Default: daemon threads. Their names are set by
     * the session and begin with {@code emotion4j-}.
     *
     * @param value the factory
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public SessionBuilder threads(ThreadFactory value) {
        threads = once("threads", threads, value);
        return this;
    }

    /**
     * Starts the session without a listener: for the record, or for {@link EmotionSession#results()}.
     *
     * @return the running session
     * @throws IllegalStateException as {@link #start(Consumer)}
     */
    public EmotionSession start() {
        return start(result -> {});
    }

    /**
     * Starts the session on threads of its own: what a camera needs, and what keeps a slow screen or disk from holding
     * the analysis up.
     *
     * @param listener told of every analyzed frame, in order, on a thread of its own; what it throws is counted and
     *     logged
     * @return the running session
     * @throws UncheckedIOException if the recorder could not be made ({@link #recorderFrom})
     * @throws IllegalStateException if this session was started before, the pipeline was closed, or its one tracker or
     *     smoother serves another session
     */
    public EmotionSession start(Consumer<? super FrameResult> listener) {
        Objects.requireNonNull(listener, "listener");
        begin();
        try {
            openRecord();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        return launcher.start(this, listener);
    }

    /**
     * Works through the source to its end on this thread. Each result goes to the recorder first, then to the listener.
     *
     * <p>A frame that cannot be read or analyzed is counted, reported to {@link #onFrameFailure} and skipped. A
     * recorder that fails is reported in the summary and not asked again. An interrupt of this thread ends the run
     * after the current frame and stays set.
     *
     * @param listener told of every analyzed frame, on this thread; what it throws ends the run and reaches the caller
     * @return what was done
     * @throws IOException if the source fails; what was recorded until then stays. Or if the recorder could not be made
     *     ({@link #recorderFrom})
     * @throws IllegalStateException if this session was started before, an option is for {@link #start} only or means
     *     nothing without a recorder, the pipeline was closed, or its one tracker or smoother serves another session
     */
    public RunSummary run(Consumer<? super FrameResult> listener) throws IOException {
        Objects.requireNonNull(listener, "listener");
        begin();
        try {
            requireOptionsOfARun();
        } catch (IllegalStateException e) {
            launcher.refused(this, e);
            throw e;
        }
        openRecord();
        return launcher.run(this, listener);
    }

    /** Where this fails, what the session was given is closed. */
    private void openRecord() throws IOException {
        if (records == null) {
            return;
        }
        try {
            recorder = Objects.requireNonNull(records.create(), "the factory's recorder");
        } catch (IOException e) {
            UncheckedIOException refusal = new UncheckedIOException(e.getMessage(), e);
            launcher.refused(this, refusal);
            Stream.of(refusal.getSuppressed()).forEach(e::addSuppressed);
            throw e;
        } catch (RuntimeException e) {
            launcher.refused(this, e);
            throw e;
        }
    }

    private static @Nullable Object oneOf(@Nullable Object one, @Nullable Object other) {
        return one == null ? other : one;
    }

    private void begin() {
        if (started) {
            throw new IllegalStateException(
                    "this session was started already; a session has one life, and another one a source of its own");
        }
        started = true;
    }

    private void requireOptionsOfARun() {
        StringJoiner live = new StringJoiner(", ");
        addIfSet(live, "overflow", overflow);
        addIfSet(live, "queueCapacity", queueCapacity);
        addIfSet(live, "preview", viewer);
        addIfSet(live, "watch", watch);
        addIfSet(live, "onSourceEvent", sourceEvents);
        addIfSet(live, "expectedInterval", expectedInterval);
        addIfSet(live, "stopWithin", stopWithin);
        addIfSet(live, "threads", threads);
        if (live.length() > 0) {
            throw new IllegalStateException(
                    "set for start, and without meaning for run, which takes one frame after the"
                            + " other on the caller's thread: " + live);
        }
        StringJoiner recording = new StringJoiner(", ");
        addIfSet(recording, "storeOthers", storeOthers);
        addIfSet(recording, "onRecordingFailure", recordingFailures);
        if (recorder == null && records == null && recording.length() > 0) {
            throw new IllegalStateException("without meaning for a run without a recorder: " + recording);
        }
        if (recorder == null && records == null && events == null && eventDetectors != null) {
            throw new IllegalStateException(
                    "without meaning for a run without a recorder and without onEvent: eventDetectors");
        }
    }

    /** Who wants to be told of events, if somebody does. */
    Optional<EventsWanted> eventsWanted() {
        return Optional.<Consumer<? super SessionEvent>>ofNullable(events)
                .map(listener ->
                        new EventsWanted(listener, eventDetectors == null ? FacialEventDetector::new : eventDetectors));
    }

    /** What belongs to the session once it is started. */
    List<Stage> given() {
        return Stream.of(source, tracker, smoother, recorder)
                .<Stage>flatMap(Stream::ofNullable)
                .toList();
    }

    /** Closes the recorder of a session that does not come about. */
    void closeRecorder(RuntimeException reason) {
        if (owned && recorder != null) {
            try {
                recorder.close();
            } catch (RuntimeException e) {
                reason.addSuppressed(e);
            }
        }
    }

    /**
     * Notes what this session was told.
     *
     * @param live whether it goes on threads of its own
     */
    void describe(PipelineDescription description, boolean live) {
        description.callback("onFrameFailure", Optional.ofNullable(failures));
        description.callback("onRecordingFailure", Optional.ofNullable(recordingFailures));
        description.callback("onEvent", Optional.ofNullable(events));
        description.callback("eventDetectors", Optional.ofNullable(eventDetectors));
        if (live) {
            SessionSettings settings = settings();
            description.option(PipelineSettings.QUEUE_CAPACITY, settings.queueCapacity());
            description.option("stopWithin", settings.stopWithin());
            description.option(PipelineSettings.OVERFLOW, settings.overflowFor(source));
            description.option("watch", settings.watchFor(source));
            settings.expectedInterval().ifPresent(interval -> description.option("expectedInterval", interval));
            description.callback("preview", Optional.ofNullable(viewer));
            description.callback("onSourceEvent", Optional.ofNullable(sourceEvents));
            description.callback("threads", Optional.ofNullable(threads));
        }
    }

    SessionSettings settings() {
        return new SessionSettings(
                Optional.ofNullable(overflow),
                queueCapacity == null ? SessionSettings.DEFAULT_QUEUE_CAPACITY : queueCapacity,
                Optional.ofNullable(viewer),
                Optional.ofNullable(watch),
                sourceEvents == null ? event -> {} : sourceEvents,
                Optional.ofNullable(expectedInterval),
                stopWithin == null ? SessionSettings.DEFAULT_STOP_WITHIN : stopWithin,
                threads == null ? SessionBuilder::daemon : threads);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    }

    private static void addIfSet(StringJoiner names, String option, @Nullable Object value) {
        if (value != null) {
            names.add(option);
        }
    }
}
