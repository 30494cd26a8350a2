package org.emotion4j.pipeline;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.LabelPolicy;
import org.emotion4j.emotion.MovingAverageSmoother;
import org.emotion4j.emotion.TemporalSmoother;
import org.emotion4j.emotion.ThresholdLabelPolicy;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.FaceAligner;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.FaceTracker;
import org.emotion4j.face.FivePointFaceAligner;
import org.emotion4j.face.LandmarkDetector;
import org.emotion4j.face.MotionFaceTracker;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.reading.SubjectRule;
import org.emotion4j.session.PipelineSettings;
import org.emotion4j.session.SessionRecorder;
import org.emotion4j.spi.Stages;
import org.emotion4j.stage.Stage;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Frames in, readings out: detector, landmark detector if there is one, aligner, classifier, tracker, smoother, label policy and recorder, in that order.
 *
 * <p>{@link #analyze(Frame)} looks at one picture and keeps no state. {@link #run(Consumer)} works through the source on
 * the caller's thread, with tracking, smoothing and recording. {@link #start(Consumer)} does so on threads of its own.
 *
 * <p>Thread-safe: stages are used by one thread at a time. The pipeline owns the stages it was given and closes them;
 * a classifier that others use too is given as {@link EmotionClassifier#shared}.
 */
public final class EmotionPipeline implements AutoCloseable {
    private final Optional<FrameSource> source;
    private final Optional<SessionRecorder> recorder;
    private final Consumer<FrameFailure> failures;
    private final List<Stage> stages;
    private final Models models;
    private final SubjectFinder subjects;
    private final FrameProcessor processor;
    private final FrameProcessor pictures;
    private final boolean storeOthers;
    private final ReentrantLock inUse = new ReentrantLock();
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicReference<@Nullable EmotionSession> session = new AtomicReference<>();
    private final AtomicReference<@Nullable SourceRun> run = new AtomicReference<>();
    private final Set<Stage> abandoned = ConcurrentHashMap.newKeySet();
    private final SessionSettings sessions;
    private final LongSupplier ticker;
    private final PipelineDescription description;
    private final FlightEvents flight = FlightEvents.ofPlatform();
    private volatile boolean analysisAbandoned;
    private volatile boolean sourceAtEnd;
    private volatile boolean shuttingDown;
    private boolean closed;

    private EmotionPipeline(
            Builder builder,
            FaceDetector detector,
            FaceAligner aligner,
            EmotionClassifier classifier,
            FaceTracker tracker,
            TemporalSmoother smoother,
            List<Stage> stages) {
        this.source = Optional.ofNullable(builder.source);
        LabelPolicy labelPolicy = builder.labelPolicy == null ? ThresholdLabelPolicy.ofDefaults() : builder.labelPolicy;
        this.recorder = Optional.ofNullable(builder.recorder);
        this.failures = builder.failures == null ? failure -> {} : builder.failures;
        Clock clock = builder.clock == null ? Clock.systemUTC() : builder.clock;
        this.stages = List.copyOf(stages);
        this.ticker = builder.ticker == null ? System::nanoTime : builder.ticker;
        this.models = new Models(detector, Optional.ofNullable(builder.landmarks), aligner, classifier);
        this.subjects = new SubjectFinder(builder.subject == null ? SubjectRule.largestFace() : builder.subject);
        this.processor = new FrameProcessor(
                models, new FaceHistory(tracker, smoother, labelPolicy, subjects), builder.thrift(), clock, ticker);
        this.pictures = new FrameProcessor(models, FaceHistory.ofPictures(labelPolicy), Thrift.none(), clock, ticker);
        this.storeOthers = builder.storeOthers != null && builder.storeOthers;
        this.sessions = builder.sessionSettings(failures, clock, ticker);
        this.description = builder.described(detector, aligner, classifier, tracker, smoother, labelPolicy);
        if (builder.closeAtShutdown == null || builder.closeAtShutdown) {
            OpenPipelines.add(this);
        }
    }

    /**
     * Starts to compose a pipeline.
     *
     * @return a builder with nothing set
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Makes a pipeline of what is on the class path, for pictures of the caller's own.
     *
     * @return a pipeline without a source
     * @throws StageException if there is no detector or no classifier on the class path
     */
    public static EmotionPipeline withDefaults() {
        return builder().build();
    }

    /**
     * Looks at one picture: no tracking, no smoothing, no recording, and no trace left for the next call.
     *
     * @param frame the picture, in any size and pixel format; left open
     * @return its readings, with ids 1, 2, … in order of size
     * @throws IllegalStateException if this pipeline or the frame was closed
     * @throws StageException if a stage fails
     */
    public FrameResult analyze(Frame frame) {
        Objects.requireNonNull(frame, "frame");
        inUse.lock();
        try {
            requireOpen();
            pictures.startAfresh();
            return pictures.process(frame, 0, frame.discontinuity());
        } finally {
            inUse.unlock();
        }
    }

    /**
     * Works through the source to its end on this thread. Each result goes to the recorder first, then to the listener.
     *
     * <p>A frame that cannot be read or analysed is counted, reported to the builder's
     * {@link Builder#onFrameFailure(Consumer) failure listener} and skipped. A recorder that fails is reported in the
     * summary and not asked again. An interrupt of this thread ends the run after the current frame and stays set.
     *
     * @param listener told of every analysed frame, on this thread; what it throws ends the run and reaches the caller
     * @return what was done
     * @throws IOException if the source fails; what was recorded until then stays
     * @throws IllegalStateException if there is no source, it was read to its end before, a run is going on, or this pipeline
     *     was closed
     */
    public RunSummary run(Consumer<? super FrameResult> listener) throws IOException {
        Objects.requireNonNull(listener, "listener");
        FrameSource frames = beginRun();
        SourceRun current =
                new SourceRun(this, frames, new Recording(recorder, storeOthers), failures, listener, ticker);
        run.set(current);
        try {
            RunSummary summary = current.toTheEnd();
            sourceAtEnd = !summary.interrupted();
            return summary;
        } finally {
            run.set(null);
            running.set(false);
        }
    }

    /**
     * Starts to work through the source on threads of its own: what a camera needs, and what keeps a slow screen or disk
     * from holding the analysis up.
     *
     * @param listener told of every analysed frame, in order, on a thread of its own; what it throws is counted and logged
     * @return the running session
     * @throws IllegalStateException if there is no source, it was read to its end before, a run or session is going on, or
     *     this pipeline was closed
     */
    public EmotionSession start(Consumer<? super FrameResult> listener) {
        Objects.requireNonNull(listener, "listener");
        FrameSource frames = beginRun();
        EmotionSession started = new EmotionSession(this, frames, sessions, listener);
        session.set(started);
        started.begin();
        return started;
    }

    /**
     * Starts to work through the source without a listener: for the record, or for {@link EmotionSession#results()}.
     *
     * @return the running session
     * @throws IllegalStateException if there is no source, it was read to its end before, a run or session is going on, or
     *     this pipeline was closed
     */
    public EmotionSession start() {
        return start(result -> {});
    }

    /**
     * Sets whom the session is about, in place of the builder's rule: of a running one from the next frame on, otherwise of
     * the next. Does not wait for a frame in work.
     *
     * @param rule the rule
     */
    public void choose(SubjectRule rule) {
        subjects.follow(Objects.requireNonNull(rule, "rule"));
    }

    /** Prepares every stage, so that the first frame takes no longer than the others. */
    public void warmUp() {
        inUse.lock();
        try {
            requireOpen();
            models.warmUp();
        } finally {
            inUse.unlock();
        }
    }

    /**
     * Describes the stages, for the record of a session.
     *
     * @return the metadata of each, in the order in which a frame passes them
     */
    public List<StageMetadata> metadata() {
        return stages.stream().map(Stage::metadata).toList();
    }

    /**
     * Describes how this pipeline is composed and set: what {@link #run} writes into its record. {@link #start} writes more,
     * what it does with frames that it has no time for, and how it watches its source.
     *
     * @return every stage and option
     */
    public PipelineSettings settings() {
        return description.ofRun();
    }

    PipelineSettings sessionSettings() {
        return description.ofSession();
    }

    /**
     * Returns the classifier's view of faces.
     *
     * @return the crop that this pipeline cuts
     */
    public CropSpec cropSpec() {
        return models.cropSpec();
    }

    /**
     * Closes a session that is running, then every stage, the last one first. All are closed even if one fails; a stage
     * that a hanging thread still uses is left alone. A second call does nothing. Waits for a frame in work. On a thread of
     * the session itself the stages are closed when the session has ended.
     */
    @Override
    public void close() {
        end(StopMode.DISCARD);
    }

    /** What the virtual machine's shutdown calls: nothing that was captured is lost, and no native code runs on. */
    void drainAndClose() {
        shuttingDown = true;
        SourceRun current = run.get();
        if (current != null && !current.isOwnThread()) {
            current.interrupt();
            try {
                current.done().get(sessions.stopWithin().toNanos(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException e) {
                // It is closed under its feet: the record says so.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        end(StopMode.DRAIN);
    }

    private void end(StopMode mode) {
        EmotionSession current = session.get();
        if (current != null) {
            current.stop(mode);
            if (current.isOwnThread()) {
                current.whenEnded(this::closeStages);
                return;
            }
        }
        closeStages();
    }

    private void closeStages() {
        OpenPipelines.remove(this);
        if (analysisAbandoned) {
            closeUnderLock();
            return;
        }
        inUse.lock();
        try {
            closeUnderLock();
        } finally {
            inUse.unlock();
        }
    }

    private void closeUnderLock() {
        if (!closed) {
            closed = true;
            SourceRun current = run.get();
            if (current != null) {
                current.closedEarly();
            }
            closeAll(stages.stream().filter(stage -> !abandoned.contains(stage)).toList());
        }
    }

    /** A thread that does not come back uses this stage: nobody may close it. */
    void abandon(Stage stage) {
        abandoned.add(stage);
    }

    /** The analysis does not come back: none of its stages may be closed, and its lock will not be free again. */
    void abandonAnalysis() {
        stages.stream()
                .filter(stage -> !source.stream().anyMatch(stage::equals)
                        && !recorder.stream().anyMatch(stage::equals))
                .forEach(this::abandon);
        analysisAbandoned = true;
    }

    void sessionEnded(EmotionSession ended, boolean atEnd) {
        sourceAtEnd = atEnd;
        if (session.compareAndSet(ended, null) && !analysisAbandoned) {
            running.set(false);
        }
    }

    SubjectFinder subjects() {
        return subjects;
    }

    FlightEvents flight() {
        return flight;
    }

    boolean isShuttingDown() {
        return shuttingDown;
    }

    private FrameSource beginRun() {
        FrameSource frames = source.orElseThrow(
                () -> new IllegalStateException("this pipeline has no source; give the builder one, or use analyze"));
        if (!running.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "this pipeline is running already; a second run needs a pipeline of its own");
        }
        inUse.lock();
        try {
            requireOpen();
            if (sourceAtEnd) {
                throw new IllegalStateException("the source of this pipeline was read to its end by an earlier run, and"
                        + " gives no further frame; open it anew for a pipeline of its own");
            }
            processor.startAfresh();
            return frames;
        } catch (RuntimeException e) {
            running.set(false);
            throw e;
        } finally {
            inUse.unlock();
        }
    }

    /**
     * Analyses a frame of a run, with its history.
     *
     * @param cut whether the frame does not follow from the last one that was analysed
     */
    FrameResult follow(Frame frame, long index, boolean cut) {
        inUse.lock();
        try {
            requireOpen();
            FrameResult result = processor.process(frame, index, cut);
            flight.analyzed(result);
            return result;
        } finally {
            inUse.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new PipelineClosedException();
        }
    }

    private static void closeAfter(RuntimeException failure, List<Stage> stages) {
        try {
            closeAll(stages);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private static void closeAll(List<Stage> stages) {
        RuntimeException failure = null;
        for (int i = stages.size() - 1; i >= 0; i--) {
            try {
                stages.get(i).close();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * Composes a pipeline. Each part can be set once; a part that is not set has the default named at its setter.
     * Confined to one thread.
     */
    public static final class Builder {
        private static final int DEFAULT_QUEUE_CAPACITY = 2;
        private static final int MAX_QUEUE_CAPACITY = 100;
        private static final int MAX_DETECT_EVERY = 100;
        private static final Duration DEFAULT_STOP_WITHIN = Duration.ofSeconds(10);

        private @Nullable FrameSource source;
        private @Nullable FaceDetector detector;
        private @Nullable LandmarkDetector landmarks;
        private @Nullable FaceAligner aligner;
        private @Nullable EmotionClassifier classifier;
        private @Nullable FaceTracker tracker;
        private @Nullable TemporalSmoother smoother;
        private @Nullable LabelPolicy labelPolicy;
        private @Nullable SubjectRule subject;
        private @Nullable SessionRecorder recorder;
        private @Nullable Boolean storeOthers;
        private @Nullable Consumer<FrameFailure> failures;
        private @Nullable Clock clock;
        private @Nullable LongSupplier ticker;
        private @Nullable Integer detectEvery;
        private @Nullable Double detectInDoubt;
        private @Nullable Double reuseUnchanged;
        private @Nullable OverflowPolicy overflow;
        private @Nullable Integer queueCapacity;
        private @Nullable FrameViewer viewer;
        private @Nullable SourceWatch watch;
        private @Nullable Consumer<SourceEvent> sourceEvents;
        private @Nullable Duration expectedInterval;
        private @Nullable Duration stopWithin;
        private @Nullable ThreadFactory threads;
        private @Nullable Boolean closeAtShutdown;
        private boolean built;

        private Builder() {}

        /**
         * Sets where {@link EmotionPipeline#run} takes frames from. Default: none; only single pictures are analysed.
         *
         * @param value the source
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder source(FrameSource value) {
            source = once("source", source, value);
            return this;
        }

        /**
         * Sets who finds the faces. Default: the one on the class path with the highest priority.
         *
         * @param value the detector
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder detector(FaceDetector value) {
            detector = once("detector", detector, value);
            return this;
        }

        /**
         * Sets who finds the landmarks of each face, in place of those that the detector may give. Default: nobody; the
         * aligner then goes by the detector's own points or by its boxes.
         *
         * @param value the landmark detector
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder landmarks(LandmarkDetector value) {
            landmarks = once("landmarks", landmarks, value);
            return this;
        }

        /**
         * Sets who cuts the faces out. Default: {@link FivePointFaceAligner#forFacesOf} the detector.
         *
         * @param value the aligner
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder aligner(FaceAligner value) {
            aligner = once("aligner", aligner, value);
            return this;
        }

        /**
         * Sets who scores the expressions. Default: the one on the class path with the highest priority.
         *
         * @param value the classifier
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder classifier(EmotionClassifier value) {
            classifier = once("classifier", classifier, value);
            return this;
        }

        /**
         * Sets who follows the faces. Default: {@link MotionFaceTracker#ofDefaults()}.
         *
         * @param value the tracker; used by this pipeline alone
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder tracker(FaceTracker value) {
            tracker = once("tracker", tracker, value);
            return this;
        }

        /**
         * Sets who steadies the scores. Default: the mean over a moving window of one second.
         *
         * @param value the smoother; used by this pipeline alone
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder smoother(TemporalSmoother value) {
            smoother = once("smoother", smoother, value);
            return this;
        }

        /**
         * Sets who decides on the label. Default: {@link ThresholdLabelPolicy#ofDefaults()}.
         *
         * @param value the policy
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder labelPolicy(LabelPolicy value) {
            labelPolicy = once("labelPolicy", labelPolicy, value);
            return this;
        }

        /**
         * Sets who keeps the record. Default: nobody; nothing is stored.
         *
         * @param value the recorder
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder recorder(SessionRecorder value) {
            recorder = once("recorder", recorder, value);
            return this;
        }

        /**
         * Sets whom a run or session is about, where several faces are in the picture. Default:
         * {@link SubjectRule#largestFace()}. {@link EmotionSession#choose} changes it while the session goes on.
         *
         * @param value the rule
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder subject(SubjectRule value) {
            subject = once("subject", subject, value);
            return this;
        }

        /**
         * Sets whether the recorder gets the readings of other faces too. Default: false; a record holds what the face shows
         * that the session is about, and of others only how many are in the picture. Listeners are told of all.
         *
         * @param value whether to; ask the others first
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder storeOthers(boolean value) {
            storeOthers = once("storeOthers", storeOthers, value);
            return this;
        }

        /**
         * Sets who is told of frames that fail. Default: they are logged and counted.
         *
         * @param value called on the thread of a run, which ends with what it throws; for a session on a thread of its
         *     own, where that is logged
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder onFrameFailure(Consumer<FrameFailure> value) {
            failures = once("onFrameFailure", failures, value);
            return this;
        }

        /**
         * Sets the clock for wall times. Default: the system's, in UTC.
         *
         * @param value the clock
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder clock(Clock value) {
            clock = once("clock", clock, value);
            return this;
        }

        /**
         * Sets the ticker for {@link StageTimings}. Default: {@link System#nanoTime()}.
         *
         * @param value gives nanoseconds from any origin
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder ticker(LongSupplier value) {
            ticker = once("ticker", ticker, value);
            return this;
        }

        /**
         * Lets a run or session detect faces in every n-th frame only; in between they are followed by how they look.
         * Default: 1, every frame. A face that appears in between is found later, one that grows or turns is cut less
         * exactly; see {@code docs/performance.md} for gain and cost.
         *
         * @param value 1 to 100
         * @return this builder
         * @throws IllegalArgumentException if the value is out of its range
         * @throws IllegalStateException if it was set already
         */
        public Builder detectEvery(int value) {
            if (value < 1 || value > MAX_DETECT_EVERY) {
                throw new IllegalArgumentException("detectEvery is " + value + ", expected 1 to " + MAX_DETECT_EVERY);
            }
            detectEvery = once("detectEvery", detectEvery, value);
            return this;
        }

        /**
         * Lets {@link #detectEvery} not wait for its turn when a face that is followed has become doubtful. Default: 0,
         * wait. See {@code docs/performance.md} for gain and cost.
         *
         * @param value how much a face may differ from what it looked like a frame before, over its own contrast; 0 to 1;
         *     0 never detects before its turn
         * @return this builder
         * @throws IllegalArgumentException if the value is out of its range
         * @throws IllegalStateException if it was set already
         */
        public Builder detectInDoubt(double value) {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("detectInDoubt is " + value + ", expected 0 to 1");
            }
            detectInDoubt = once("detectInDoubt", detectInDoubt, value);
            return this;
        }

        /**
         * Lets a run or session take the faces and scores of the frame before for one that has hardly changed. Default: 0,
         * never. Compared with the last frame that was analysed, so that slow changes add up.
         *
         * @param value the mean absolute difference, over 1,024 points of the picture, below which a frame counts as
         *     unchanged; 0 to 255, of which a camera's noise is 1 to 3
         * @return this builder
         * @throws IllegalArgumentException if the value is out of its range
         * @throws IllegalStateException if it was set already
         */
        public Builder reuseUnchanged(double value) {
            if (!(value >= 0 && value <= 255)) {
                throw new IllegalArgumentException("reuseUnchanged is " + value + ", expected 0 to 255");
            }
            reuseUnchanged = once("reuseUnchanged", reuseUnchanged, value);
            return this;
        }

        /**
         * Sets what a session does with frames that it has no time for. Default: {@link OverflowPolicy#DROP_OLDEST} for a
         * {@linkplain FrameSource#isLive() live} source, otherwise {@link OverflowPolicy#BLOCK}.
         *
         * @param value the policy, for frames and for results
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder overflow(OverflowPolicy value) {
            overflow = once("overflow", overflow, value);
            return this;
        }

        /**
         * Sets how many captured frames of a session may wait for their analysis. Default: 2. Each holds a picture's
         * memory; the more wait, the older is what is shown.
         *
         * @param value 1 to 100
         * @return this builder
         * @throws IllegalArgumentException if the value is out of its range
         * @throws IllegalStateException if it was set already
         */
        public Builder queueCapacity(int value) {
            if (value < 1 || value > MAX_QUEUE_CAPACITY) {
                throw new IllegalArgumentException(
                        "queueCapacity is " + value + ", expected 1 to " + MAX_QUEUE_CAPACITY);
            }
            queueCapacity = once("queueCapacity", queueCapacity, value);
            return this;
        }

        /**
         * Sets who is shown the pictures of a session. Default: nobody.
         *
         * @param value the viewer
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder preview(FrameViewer value) {
            viewer = once("preview", viewer, value);
            return this;
        }

        /**
         * Sets when a session calls its source misbehaving, and whether it opens it anew. Default:
         * {@link SourceWatch#forLive()} for a {@linkplain FrameSource#isLive() live} source, otherwise
         * {@link SourceWatch#forFiles()}.
         *
         * @param value the watch
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder watch(SourceWatch value) {
            watch = once("watch", watch, value);
            return this;
        }

        /**
         * Sets who is told what happens to the source of a session. Default: it is logged.
         *
         * @param value called on a thread of its own
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder onSourceEvent(Consumer<SourceEvent> value) {
            sourceEvents = once("onSourceEvent", sourceEvents, value);
            return this;
        }

        /**
         * Sets the time from one frame of the source to the next, so that {@link SessionMetrics} count a late frame for
         * those too that it kept waiting. Default: none; times are as measured.
         *
         * @param value above 0, for example 33 ms
         * @return this builder
         * @throws IllegalArgumentException if the value is out of its range
         * @throws IllegalStateException if it was set already
         */
        public Builder expectedInterval(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("expectedInterval is " + value + ", expected above PT0S");
            }
            expectedInterval = once("expectedInterval", expectedInterval, value);
            return this;
        }

        /**
         * Sets how long {@link EmotionSession#stop} waits for threads to come back. Default: 10 s.
         *
         * @param value 1 ms to 1 h
         * @return this builder
         * @throws IllegalArgumentException if the value is out of its range
         * @throws IllegalStateException if it was set already
         */
        public Builder stopWithin(Duration value) {
            if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("stopWithin is " + value + ", expected PT0.001S to PT1H");
            }
            stopWithin = once("stopWithin", stopWithin, value);
            return this;
        }

        /**
         * Sets who makes the threads of a session. Default: daemon threads. Their names are set by the session and begin
         * with {@code emotion4j-}.
         *
         * @param value the factory
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder threads(ThreadFactory value) {
            threads = once("threads", threads, value);
            return this;
        }

        /**
         * Sets whether the pipeline is closed, and its session drained, when the virtual machine shuts down. Default: true;
         * native inference that goes on during the shutdown can crash the virtual machine. Set it to false only if
         * the application closes its pipelines itself in all cases.
         *
         * @param value whether to
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder closeAtShutdown(boolean value) {
            closeAtShutdown = once("closeAtShutdown", closeAtShutdown, value);
            return this;
        }

        /**
         * Makes the pipeline, which owns and closes all stages from now on. If that fails, all are closed.
         *
         * @return a pipeline
         * @throws StageException if a default is asked for and none is on the class path
         * @throws IllegalStateException if this builder has built already: stages belong to one pipeline
         */
        public EmotionPipeline build() {
            if (built) {
                throw new IllegalStateException(
                        "this builder has built its pipeline; stages belong to one pipeline only");
            }
            built = true;
            List<Stage> toClose = given();
            try {
                FaceDetector someDetector = detector == null ? keep(toClose, Stages.defaultDetector()) : detector;
                EmotionClassifier someClassifier =
                        classifier == null ? keep(toClose, Stages.defaultClassifier()) : classifier;
                FaceAligner someAligner = aligner == null ? FivePointFaceAligner.forFacesOf(someDetector) : aligner;
                FaceTracker someTracker = tracker == null ? MotionFaceTracker.ofDefaults() : tracker;
                TemporalSmoother someSmoother = smoother == null ? MovingAverageSmoother.ofDefaults() : smoother;
                List<Stage> stages = new ArrayList<>();
                addIfSet(stages, source);
                stages.add(someDetector);
                addIfSet(stages, landmarks);
                stages.addAll(List.of(someAligner, someClassifier, someTracker, someSmoother));
                addIfSet(stages, recorder);
                return new EmotionPipeline(
                        this, someDetector, someAligner, someClassifier, someTracker, someSmoother, stages);
            } catch (RuntimeException e) {
                closeAfter(e, toClose);
                throw e;
            }
        }

        private PipelineDescription described(
                FaceDetector someDetector,
                FaceAligner someAligner,
                EmotionClassifier someClassifier,
                FaceTracker someTracker,
                TemporalSmoother someSmoother,
                LabelPolicy somePolicy) {
            PipelineDescription description = new PipelineDescription();
            description.role("source", source);
            description.role("detector", someDetector);
            description.role("landmarks", landmarks);
            description.role("aligner", someAligner);
            description.role("classifier", someClassifier);
            description.role("tracker", someTracker);
            description.role("smoother", someSmoother);
            description.role("labelPolicy", somePolicy.getClass(), somePolicy::metadata);
            description.role("recorder", recorder);
            description.option("subject", subject == null ? SubjectRule.largestFace() : subject);
            description.option("storeOthers", storeOthers != null && storeOthers);
            description.option(PipelineSettings.DETECT_EVERY, detectEvery == null ? 1 : detectEvery);
            description.option(PipelineSettings.DETECT_IN_DOUBT, detectInDoubt == null ? 0.0 : detectInDoubt);
            description.option(PipelineSettings.REUSE_UNCHANGED, reuseUnchanged == null ? 0.0 : reuseUnchanged);
            description.option("closeAtShutdown", closeAtShutdown == null || closeAtShutdown);
            description.ofSessions(
                    PipelineSettings.QUEUE_CAPACITY,
                    queueCapacity,
                    queueCapacity == null ? DEFAULT_QUEUE_CAPACITY : queueCapacity);
            description.ofSessions("stopWithin", stopWithin, stopWithin == null ? DEFAULT_STOP_WITHIN : stopWithin);
            if (source != null) {
                boolean live = source.isLive();
                description.ofSessions(
                        PipelineSettings.OVERFLOW,
                        overflow,
                        overflow == null ? SessionSettings.overflow(live) : overflow);
                description.ofSessions("watch", watch, watch == null ? SessionSettings.watch(live) : watch);
            }
            if (expectedInterval != null) {
                description.ofSessions("expectedInterval", expectedInterval, expectedInterval);
            }
            description.callback("preview", viewer);
            description.callback("onFrameFailure", failures);
            description.callback("onSourceEvent", sourceEvents);
            description.callback("clock", clock);
            description.callback("ticker", ticker);
            description.callback("threads", threads);
            return description;
        }

        private Thrift thrift() {
            return new Thrift(
                    detectEvery == null ? 1 : detectEvery,
                    detectInDoubt == null ? 0 : detectInDoubt,
                    reuseUnchanged == null ? 0 : reuseUnchanged);
        }

        private SessionSettings sessionSettings(Consumer<FrameFailure> failures, Clock clock, LongSupplier ticker) {
            return new SessionSettings(
                    Optional.ofNullable(overflow),
                    queueCapacity == null ? DEFAULT_QUEUE_CAPACITY : queueCapacity,
                    Optional.ofNullable(viewer),
                    Optional.ofNullable(watch),
                    sourceEvents == null ? event -> {} : sourceEvents,
                    failures,
                    Optional.ofNullable(recorder),
                    storeOthers != null && storeOthers,
                    Optional.ofNullable(expectedInterval),
                    stopWithin == null ? DEFAULT_STOP_WITHIN : stopWithin,
                    threads == null ? Builder::daemon : threads,
                    clock,
                    ticker);
        }

        private static Thread daemon(Runnable work) {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }

        private List<Stage> given() {
            List<Stage> given = new ArrayList<>();
            addIfSet(given, source);
            addIfSet(given, detector);
            addIfSet(given, landmarks);
            addIfSet(given, aligner);
            addIfSet(given, classifier);
            addIfSet(given, tracker);
            addIfSet(given, smoother);
            addIfSet(given, recorder);
            return given;
        }

        private static void addIfSet(List<Stage> stages, @Nullable Stage stage) {
            if (stage != null) {
                stages.add(stage);
            }
        }

        private static <T extends Stage> T keep(List<Stage> stages, T stage) {
            stages.add(stage);
            return stage;
        }

        private static <T> T once(String option, @Nullable T set, T value) {
            if (set != null) {
                throw new IllegalStateException(option + " was set already to " + set);
            }
            return Objects.requireNonNull(value, option);
        }
    }
}
