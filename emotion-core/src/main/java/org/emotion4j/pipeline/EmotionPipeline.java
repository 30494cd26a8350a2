package org.emotion4j.pipeline;

import static org.emotion4j.stage.internal.BuilderOptions.once;
import static org.emotion4j.stage.internal.BuilderOptions.range;
import static org.emotion4j.stage.internal.BuilderOptions.requireUnset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames in, readings out: detector, landmark detector if there is one, tracker, aligner, classifier, smoother and
 * label policy, in that order.
 *
 * <p>A pipeline has the models, once, for as many pictures and sessions as there are. {@link #analyze(Frame)} looks at
 * one picture and keeps no state. {@link #session(FrameSource)} describes a session: one source, one recorder, a
 * tracker and a smoother of its own, and one life. The short form has source and recorder in this builder, for a
 * pipeline that serves one session after the other from one source: {@link #run(Consumer)} works through it on the
 * caller's thread, {@link #start(Consumer)} on threads of its own.
 *
 * <p>Thread-safe: any number of threads may call {@link #analyze(Frame)} and start sessions at the same time. They are
 * in a stage together where that is {@linkplain Stage#isThreadSafe() thread-safe}, and in any other one after the
 * other; label policies are called by all of them and have no state. The pipeline owns the stages it was given and
 * closes them; {@link #close()} ends its sessions first.
 */
public final class EmotionPipeline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmotionPipeline.class);
    private static final long RUN_ENDS_WITHIN_NANOS = SessionSettings.DEFAULT_STOP_WITHIN.toNanos();

    private final Optional<FrameSource> source;
    private final Optional<SessionRecorder> recorder;
    private final Models models;
    private final FaceTracker tracker;
    private final TemporalSmoother smoother;

    /** Empty where there is one for all sessions, which has to serve one after the other. */
    private final Optional<Supplier<? extends FaceTracker>> trackers;

    private final Optional<Supplier<? extends TemporalSmoother>> smoothers;
    private final LabelPolicy labelPolicy;
    private final boolean storeOthers;
    private final Consumer<FrameFailure> failures;
    private final Clock clock;
    private final LongSupplier ticker;
    private final Supplier<DetectionScheduler> thrift;
    private final boolean findsSceneCuts;
    private final Consumer<PipelineDescription> options;
    private final List<Stage> stages;
    private final FlightEvents flight = FlightEvents.ofPlatform();

    private final ModelUse use = new ModelUse();
    private final Deque<FrameProcessor> idle = new ConcurrentLinkedDeque<>();
    private final Set<Stage> abandoned = ConcurrentHashMap.newKeySet();

    /** Held by whoever uses the one source, the one tracker or the one smoother. */
    private final AtomicBoolean ownInUse = new AtomicBoolean();

    private final Object lock = new Object();
    private final Set<Life> lives = new LinkedHashSet<>();
    private boolean closing;
    private volatile SubjectRule rule;
    private volatile boolean sourceAtEnd;
    private volatile boolean shuttingDown;

    private EmotionPipeline(Builder builder, Models models, FaceTracker tracker, TemporalSmoother smoother) {
        this.source = Optional.ofNullable(builder.source);
        this.recorder = Optional.ofNullable(builder.recorder);
        this.models = models;
        this.tracker = tracker;
        this.smoother = smoother;
        this.trackers = builder.trackers();
        this.smoothers = builder.smoothers();
        this.labelPolicy = builder.labelPolicy == null ? ThresholdLabelPolicy.ofDefaults() : builder.labelPolicy;
        this.storeOthers = builder.storeOthers != null && builder.storeOthers;
        this.failures = builder.failures == null ? failure -> {} : builder.failures;
        this.clock = builder.clock == null ? Clock.systemUTC() : builder.clock;
        this.ticker = builder.ticker == null ? System::nanoTime : builder.ticker;
        this.thrift = builder.thrift();
        this.findsSceneCuts = builder.findSceneCuts == null || builder.findSceneCuts;
        this.options = builder.described();
        this.rule = builder.subject == null ? SubjectRule.largestFace() : builder.subject;
        List<Stage> all = new ArrayList<>();
        source.ifPresent(all::add);
        all.addAll(models.stages());
        all.add(tracker);
        all.add(smoother);
        recorder.ifPresent(all::add);
        this.stages = List.copyOf(all);
        if (builder.closeAtShutdown == null || builder.closeAtShutdown) {
            PipelineShutdownHook.add(this);
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
     * Makes a pipeline of what is on the class path, for pictures and sessions of the caller's own.
     *
     * @return a pipeline without a source
     * @throws StageException if there is no detector or no classifier on the class path
     */
    public static EmotionPipeline withDefaults() {
        return builder().build();
    }

    /**
     * Looks at one picture: no tracking, no smoothing, no recording, and no trace left for the next call. Any number of
     * threads may call this at the same time.
     *
     * @param frame the picture, in any size and pixel format; left open
     * @return its readings, with ids 1, 2, … in order of size
     * @throws IllegalStateException if this pipeline or the frame was closed
     * @throws StageException if a stage fails
     */
    public FrameResult analyze(Frame frame) {
        Objects.requireNonNull(frame, "frame");
        return use.during(() -> {
            FrameProcessor polled = idle.poll();
            FrameProcessor processor = polled == null ? ofPictures() : polled;
            try {
                processor.reset();
                return processor.process(frame, 0, frame.discontinuity());
            } finally {
                idle.push(processor);
            }
        });
    }

    private FrameProcessor ofPictures() {
        return new FrameProcessor(
                models, TrackState.ofPictures(labelPolicy), DetectionScheduler.none(), Optional.empty(), clock, ticker);
    }

    /**
     * Describes a session on the models of this pipeline. Any number of them may go on at the same time.
     *
     * @param frames where it takes frames from; the session's own from its start on, which closes it
     * @return a builder that starts it
     */
    public SessionBuilder session(FrameSource frames) {
        return new SessionBuilder(new Sessions(), Objects.requireNonNull(frames, "frames"), true);
    }

    /**
     * Describes a session with the source and recorder that this pipeline was built with, which stay the pipeline's.
     * One after the other, until the source is at its end.
     *
     * @return a builder that starts it
     * @throws IllegalStateException if there is no source
     */
    public SessionBuilder session() {
        FrameSource frames = source.orElseThrow(() -> new IllegalStateException(
                "this pipeline has no source; give the builder one, or session, or use analyze"));
        SessionBuilder session = new SessionBuilder(new Sessions(), frames, false);
        recorder.ifPresent(session::recorder);
        return session;
    }

    /**
     * Works through the source that this pipeline was built with, to its end, on this thread: the short form of
     * {@link SessionBuilder#run}.
     *
     * @param listener told of every analyzed frame, on this thread; what it throws ends the run and reaches the caller
     * @return what was done
     * @throws IOException if the source fails; what was recorded until then stays
     * @throws IllegalStateException if there is no source, it was read to its end before, a run is going on, or this
     *     pipeline was closed
     */
    public RunSummary run(Consumer<? super FrameResult> listener) throws IOException {
        return session().run(listener);
    }

    /**
     * Starts to work through the source that this pipeline was built with, on threads of its own: the short form of
     * {@link SessionBuilder#start(Consumer)}.
     *
     * @param listener told of every analyzed frame, in order, on a thread of its own; what it throws is counted and
     *     logged
     * @return the running session
     * @throws IllegalStateException if there is no source, it was read to its end before, a run or session is going on,
     *     or this pipeline was closed
     */
    public EmotionSession start(Consumer<? super FrameResult> listener) {
        return session().start(listener);
    }

    /**
     * Starts to work through the source without a listener: for the record, or for {@link EmotionSession#results()}.
     *
     * @return the running session
     * @throws IllegalStateException if there is no source, it was read to its end before, a run or session is going on,
     *     or this pipeline was closed
     */
    public EmotionSession start() {
        return start(result -> {});
    }

    /**
     * Sets whom sessions are about, in place of the builder's rule: those that are running from the next frame on, and
     * those that begin without a rule of their own. Does not wait for a frame in work.
     *
     * @param value the rule
     */
    public void choose(SubjectRule value) {
        rule = Objects.requireNonNull(value, "rule");
        subjects().forEach(subject -> subject.follow(value));
    }

    /** Whom those that are running are about. */
    List<SubjectFinder> subjects() {
        return all().stream().map(Life::subjects).toList();
    }

    /** Prepares every stage, so that the first frame takes no longer than the others. */
    public void warmUp() {
        use.during(() -> {
            models.warmUp();
            return true;
        });
    }

    /**
     * Describes the stages, for the record of a session.
     *
     * @return the metadata of each: source, detector, landmark detector, aligner, classifier, tracker, smoother,
     *     recorder
     */
    public List<StageMetadata> metadata() {
        return stages.stream().map(Stage::metadata).toList();
    }

    /**
     * Describes how this pipeline is composed and set: what {@link #run} writes into its record. A session writes what
     * it was told beside that.
     *
     * @return every stage and option
     */
    public PipelineSettings settings() {
        return described("run", source, tracker, smoother, rule, storeOthers, Optional.empty(), recorder);
    }

    private PipelineSettings described(
            String mode,
            Optional<FrameSource> frames,
            FaceTracker who,
            TemporalSmoother scores,
            SubjectRule whom,
            boolean others,
            Optional<SessionBuilder> session,
            Optional<SessionRecorder> to) {
        PipelineDescription description = new PipelineDescription(mode);
        description.role("source", frames);
        description.role("detector", Optional.of(models.detector()));
        description.role("landmarks", models.landmarks());
        description.role("aligner", Optional.of(models.aligner()));
        description.role("classifier", Optional.of(models.classifier()));
        description.role("tracker", Optional.of(who));
        description.role("smoother", Optional.of(scores));
        description.role("labelPolicy", labelPolicy.getClass(), Optional.ofNullable(labelPolicy.metadata()));
        description.role("recorder", to);
        description.option("subject", whom);
        description.option("storeOthers", others);
        options.accept(description);
        session.ifPresent(each -> each.describe(description, mode.equals(PipelineDescription.SESSION)));
        return description.settings();
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
     * Closes all sessions that are running, then every stage, the last one first. All are closed even if one fails; a
     * stage that a hanging thread still uses is left alone. A second call does nothing. Waits for frames in work. On a
     * thread of a session itself the stages are closed when all sessions have ended.
     */
    @Override
    public void close() {
        end(StopMode.DISCARD);
    }

    /** What the virtual machine's shutdown calls: nothing that was captured is lost, and no native code runs on. */
    void drainAndClose() {
        shuttingDown = true;
        beginToClose();
        List<SourceRun> runs = new ArrayList<>();
        for (Life life : all()) {
            SourceRun run = life.run;
            if (run != null && !run.isOwnThread()) {
                runs.add(run);
            }
        }
        runs.forEach(SourceRun::interrupt);
        long until = System.nanoTime() + RUN_ENDS_WITHIN_NANOS;
        for (SourceRun run : runs) {
            try {
                run.done().get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException e) {
                // It is closed under its feet: the record says so.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        end(StopMode.DRAIN);
    }

    private void end(StopMode mode) {
        beginToClose();
        List<EmotionSession> sessions = new ArrayList<>();
        for (Life life : all()) {
            EmotionSession session = life.session;
            if (session != null) {
                sessions.add(session);
            }
        }
        sessions.forEach(session -> session.askToStop(mode));
        if (sessions.stream().anyMatch(EmotionSession::isOwnThread)) {
            // Two sessions that close the pipeline must not wait for one another.
            AtomicInteger going = new AtomicInteger(sessions.size());
            sessions.forEach(session -> session.whenEnded(() -> {
                if (going.decrementAndGet() == 0) {
                    closeStages();
                }
            }));
            return;
        }
        sessions.forEach(session -> session.stop(mode));
        closeStages();
    }

    /** No session begins any more. */
    private void beginToClose() {
        synchronized (lock) {
            closing = true;
        }
    }

    private List<Life> all() {
        synchronized (lock) {
            return List.copyOf(lives);
        }
    }

    private void closeStages() {
        PipelineShutdownHook.remove(this);
        use.close(() -> {
            all().forEach(Life::closedEarly);
            closeAll(stages.stream().filter(stage -> !abandoned.contains(stage)).toList());
        });
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

    /** Starts sessions. */
    private final class Sessions implements SessionBuilder.Launcher {
        @Override
        public EmotionSession start(SessionBuilder session, Consumer<? super FrameResult> listener) {
            Life life = prepared(session, PipelineDescription.SESSION);
            EmotionSession started = new EmotionSession(life, life.parts, session.settings(), listener);
            life.session = started;
            register(life);
            started.begin();
            return started;
        }

        @Override
        public RunSummary run(SessionBuilder session, Consumer<? super FrameResult> listener) throws IOException {
            Life life = prepared(session, PipelineDescription.RUN);
            SourceRun run = new SourceRun(life, life.parts, listener);
            life.run = run;
            register(life);
            return run.toTheEnd();
        }

        @Override
        public void refused(SessionBuilder session, RuntimeException reason) {
            if (session.owned) {
                closeAfter(reason, session.given());
            }
        }

        /** Where this throws, what the session was given is closed. */
        private Life prepared(SessionBuilder session, String mode) {
            boolean claims = !session.owned
                    || (session.tracker == null && trackers.isEmpty())
                    || (session.smoother == null && smoothers.isEmpty());
            if (claims && !ownInUse.compareAndSet(false, true)) {
                throw refusal(
                        session,
                        session.owned
                                ? "this pipeline's tracker or smoother serves another session; give the builder"
                                        + " trackers and smoothers, or the session its own"
                                : "this pipeline is running already; give session a source of its own for a second one"
                                        + " at the same time");
            }
            try {
                use.requireOpen();
                if (!session.owned && sourceAtEnd) {
                    throw new IllegalStateException("the source of this pipeline was read to its end by an earlier run,"
                            + " and gives no further frame; open it anew, for session");
                }
                return new Life(session, mode, claims);
            } catch (RuntimeException e) {
                if (claims) {
                    ownInUse.set(false);
                }
                refused(session, e);
                throw e;
            }
        }

        private void register(Life life) {
            synchronized (lock) {
                if (!closing) {
                    lives.add(life);
                    life.processor.reset();
                    return;
                }
            }
            PipelineClosedException closed = new PipelineClosedException();
            life.described.closeRecorder(closed);
            life.ended(false);
            throw closed;
        }

        private IllegalStateException refusal(SessionBuilder session, String why) {
            IllegalStateException refusal = new IllegalStateException(why);
            refused(session, refusal);
            return refusal;
        }
    }

    /** A session or run, from its beginning to its end. */
    private final class Life implements SessionHost {
        private final SessionBuilder described;
        private final String mode;
        private final boolean claims;
        private final SessionParts parts;
        private final FaceTracker who;
        private final TemporalSmoother scores;
        private final SubjectFinder subjects;
        private final SubjectRule firstRule;
        private final FrameProcessor processor;
        private final List<Stage> own = new ArrayList<>();
        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile @Nullable EmotionSession session;
        private volatile @Nullable SourceRun run;
        private volatile boolean analysisAbandoned;

        Life(SessionBuilder session, String mode, boolean claims) {
            this.described = session;
            this.mode = mode;
            this.claims = claims;
            boolean others = session.storeOthers == null ? storeOthers : session.storeOthers;
            this.parts = new SessionParts(
                    session.source,
                    Optional.ofNullable(session.recorder),
                    session.owned,
                    others,
                    session.eventsWanted(),
                    Optional.ofNullable(session.eventDetectors),
                    session.failures == null ? failures : session.failures,
                    session.recordingFailures == null ? failure -> {} : session.recordingFailures,
                    clock,
                    ticker);
            if (session.owned) {
                own.add(session.source);
            }
            this.who = session.tracker != null
                    ? added(session.tracker)
                    : session.owned && trackers.isPresent()
                            ? added(Given.by(
                                    trackers.get(), "a tracker", trackers.get().get()))
                            : tracker;
            this.scores = session.smoother != null
                    ? added(session.smoother)
                    : session.owned && smoothers.isPresent()
                            ? added(Given.by(
                                    smoothers.get(),
                                    "a smoother",
                                    smoothers.get().get()))
                            : smoother;
            this.firstRule = session.subject == null ? rule : session.subject;
            this.subjects = new SubjectFinder(firstRule);
            this.processor = new FrameProcessor(
                    models,
                    new TrackState(who, scores, labelPolicy, subjects, !isOfUnrelatedPictures(session.source)),
                    thrift.get(),
                    findsSceneCuts ? Optional.of(new SceneCuts()) : Optional.empty(),
                    clock,
                    ticker);
        }

        /** A file a frame, and no rate at which they follow one another. */
        private static boolean isOfUnrelatedPictures(FrameSource source) {
            int files = source.files().size();
            return files > 0
                    && source.frameRate().isEmpty()
                    && source.frameCount().equals(OptionalLong.of(files));
        }

        private <T extends Stage> T added(T stage) {
            own.add(stage);
            return stage;
        }

        @Override
        public void forgetScores() {
            processor.forgetScores();
        }

        @Override
        public FrameResult process(Frame frame, long index, boolean cut) {
            return use.during(() -> {
                FrameResult result = processor.process(frame, index, cut);
                flight.analyzed(result);
                return result;
            });
        }

        @Override
        public SubjectFinder subjects() {
            return subjects;
        }

        @Override
        public PipelineSettings settings(Optional<SessionRecorder> to) {
            return described(
                    mode,
                    Optional.of(parts.source()),
                    who,
                    scores,
                    firstRule,
                    parts.storeOthers(),
                    Optional.of(described),
                    to);
        }

        @Override
        public FlightEvents flight() {
            return flight;
        }

        @Override
        public boolean isShuttingDown() {
            return shuttingDown;
        }

        @Override
        public void abandon(Stage stage) {
            abandoned.add(stage);
        }

        @Override
        public void abandonAnalysis() {
            analysisAbandoned = true;
            models.stages().forEach(this::abandon);
            abandon(who);
            abandon(scores);
            use.abandon();
        }

        /** The pipeline is closed while a run goes on: it will get no further. */
        private void closedEarly() {
            SourceRun going = run;
            if (going != null) {
                going.closedEarly();
                ended(false);
            }
        }

        @Override
        public void ended(boolean atEnd) {
            if (!ended.compareAndSet(false, true)) {
                return;
            }
            synchronized (lock) {
                lives.remove(this);
            }
            for (Stage stage : own) {
                if (!abandoned.contains(stage)) {
                    close(stage);
                }
            }
            if (!described.owned) {
                sourceAtEnd = atEnd;
            }
            if (claims && !analysisAbandoned) {
                ownInUse.set(false);
            }
        }

        private void close(Stage stage) {
            try {
                stage.close();
            } catch (RuntimeException e) {
                LOG.warn("{} could not be closed: {}", stage.metadata().name(), e.getMessage(), e);
            }
        }
    }

    /**
     * Composes a pipeline. Each part can be set once; a part that is not set has the default named at its setter.
     * Confined to one thread.
     */
    public static final class Builder {
        private static final int MAX_DETECT_EVERY = 100;

        private @Nullable FrameSource source;
        private @Nullable FaceDetector detector;
        private @Nullable LandmarkDetector landmarks;
        private @Nullable FaceAligner aligner;
        private @Nullable EmotionClassifier classifier;
        private @Nullable FaceTracker tracker;
        private @Nullable TemporalSmoother smoother;
        private @Nullable Supplier<? extends FaceTracker> trackers;
        private @Nullable Supplier<? extends TemporalSmoother> smoothers;
        private @Nullable LabelPolicy labelPolicy;
        private @Nullable SubjectRule subject;
        private @Nullable SessionRecorder recorder;
        private SessionRecorder.@Nullable Factory records;
        private @Nullable Boolean storeOthers;
        private @Nullable Consumer<FrameFailure> failures;
        private @Nullable Clock clock;
        private @Nullable LongSupplier ticker;
        private @Nullable Integer detectEvery;
        private @Nullable Double redetectWhenUncertain;
        private @Nullable Boolean followInCloseUps;
        private @Nullable Double skipUnchangedFrames;
        private @Nullable Boolean findSceneCuts;
        private @Nullable Boolean closeAtShutdown;
        private boolean built;

        private Builder() {}

        /**
         * Sets where {@link EmotionPipeline#run} and {@link EmotionPipeline#start} take frames from. Default: none; a
         * pipeline for pictures, and for sessions with sources of their own.
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
         * Sets who follows the faces, for one session at a time. Default: {@link MotionFaceTracker#ofDefaults()}, one
         * for each session.
         *
         * @param value the tracker; used by this pipeline alone
         * @return this builder
         * @throws IllegalStateException if it or {@link #trackers} was set already
         */
        public Builder tracker(FaceTracker value) {
            requireUnset("trackers", trackers);
            tracker = once("tracker", tracker, value);
            return this;
        }

        /**
         * Sets who follows the faces, for any number of sessions at the same time. Default: as of {@link #tracker}.
         *
         * @param value gives another tracker at each call, one for each session; may be called by several threads
         * @return this builder
         * @throws IllegalStateException if it or {@link #tracker} was set already
         */
        public Builder trackers(Supplier<? extends FaceTracker> value) {
            requireUnset("tracker", tracker);
            trackers = once("trackers", trackers, value);
            return this;
        }

        /**
         * Sets who steadies the scores, for one session at a time. Default: the mean over a moving window of one
         * second, one for each session.
         *
         * @param value the smoother; used by this pipeline alone
         * @return this builder
         * @throws IllegalStateException if it or {@link #smoothers} was set already
         */
        public Builder smoother(TemporalSmoother value) {
            requireUnset("smoothers", smoothers);
            smoother = once("smoother", smoother, value);
            return this;
        }

        /**
         * Sets who steadies the scores, for any number of sessions at the same time. Default: as of {@link #smoother}.
         *
         * @param value gives another smoother at each call, one for each session; may be called by several threads
         * @return this builder
         * @throws IllegalStateException if it or {@link #smoother} was set already
         */
        public Builder smoothers(Supplier<? extends TemporalSmoother> value) {
            requireUnset("smoother", smoother);
            smoothers = once("smoothers", smoothers, value);
            return this;
        }

        /**
         * Sets who decides on the label. Default: {@link ThresholdLabelPolicy#ofDefaults()}.
         *
         * @param value the policy; called by all sessions and requests at the same time
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder labelPolicy(LabelPolicy value) {
            labelPolicy = once("labelPolicy", labelPolicy, value);
            return this;
        }

        /**
         * Sets who keeps the record of the builder's source. Default: nobody; nothing is stored. A session with a
         * source of its own is given a recorder of its own.
         *
         * @param value the recorder
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder recorder(SessionRecorder value) {
            recorder = once("recorder", recorder == null ? records : recorder, value);
            return this;
        }

        /**
         * Sets who keeps the record of the builder's source, made by {@link #build()} after all else: where that fails,
         * the source and all that the builder was given are closed. Default: as {@link #recorder(SessionRecorder)}.
         *
         * @param value makes the recorder, for example {@code CsvSessionRecorder.builder(folder)}
         * @return this builder
         * @throws IllegalStateException if a recorder was set already
         */
        public Builder recorderFrom(SessionRecorder.Factory value) {
            records = once("recorder", recorder == null ? records : recorder, value);
            return this;
        }

        /**
         * Sets whom runs and sessions are about, where several faces are in the picture. Default:
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
         * Sets whether the recorder gets the readings of other faces too. Default: false; a record holds what the face
         * shows that the session is about, and of others only how many are in the picture. Listeners are told of all.
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
         * Lets a run or session detect faces in every n-th frame only; in between they are followed by how they look, or
         * {@linkplain #followInCloseUps in close-ups}. Default: 1, every frame. A face that appears in between is found up to
         * n - 1 frames later, one that is followed by its looks and grows or turns is cut less exactly; see {@code
         * docs/performance.md} for gain and cost.
         *
         * @param value 1 to 100
         * @return this builder
         * @throws IllegalArgumentException if the value is out of its range
         * @throws IllegalStateException if it was set already
         */
        public Builder detectEvery(int value) {
            range("detectEvery", value, 1, MAX_DETECT_EVERY);
            detectEvery = once("detectEvery", detectEvery, value);
            return this;
        }

        /**
         * Lets {@link #detectEvery} follow faces by the detector itself: in frames between, it looks at each face's
         * surroundings alone, in a {@linkplain FaceDetector#detectCloseUp close-up} of about 128 pixels a side, so that box
         * and landmarks stay its own. A face that is not found there, or that meets another, brings the whole frame's
         * detection at once. Default: false, by how they look. With a detector that gives no close-ups every frame is detected
         * as a whole. See {@code docs/performance.md} for gain and cost.
         *
         * @param value whether to
         * @return this builder
         * @throws IllegalStateException if it was set already; true without {@link #detectEvery} above 1, {@link #build()}
         *     throws it
         */
        public Builder followInCloseUps(boolean value) {
            followInCloseUps = once("followInCloseUps", followInCloseUps, value);
            return this;
        }

        /**
         * Lets {@link #detectEvery} not wait for its turn when a face that is followed has become doubtful. Default: 0,
         * wait. See {@code docs/performance.md} for gain and cost.
         *
         * @param value how much a face may differ from what it looked like a frame before, over its own contrast, or {@linkplain
         *     #followInCloseUps in close-ups} by how much the detector may be less sure of it than when it saw the whole frame;
         *     0 to 1; 0 never detects before its turn
         * @return this builder
         * @throws IllegalArgumentException if the value is out of its range
         * @throws IllegalStateException if it was set already; above 0 without {@link #detectEvery} above 1,
         *     {@link #build()} throws it
         */
        public Builder redetectWhenUncertain(double value) {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("redetectWhenUncertain is " + value + ", expected 0 to 1");
            }
            redetectWhenUncertain = once("redetectWhenUncertain", redetectWhenUncertain, value);
            return this;
        }

        /**
         * Lets a run or session take the faces and scores of the frame before for one that has hardly changed. Default:
         * 0, never. Compared with the last frame that was analyzed, so that slow changes add up.
         *
         * @param value the mean absolute difference, over 1,024 points of the picture, below which a frame counts as
         *     unchanged; 0 to 255, of which a camera's noise is 1 to 3
         * @return this builder
         * @throws IllegalArgumentException if the value is out of its range
         * @throws IllegalStateException if it was set already
         */
        public Builder skipUnchangedFrames(double value) {
            if (!(value >= 0 && value <= 255)) {
                throw new IllegalArgumentException("skipUnchangedFrames is " + value + ", expected 0 to 255");
            }
            skipUnchangedFrames = once("skipUnchangedFrames", skipUnchangedFrames, value);
            return this;
        }

        /**
         * Sets whether a run or session looks for cuts from one scene of a film to another. Default: true. After a cut nobody is who was at
         * the same place before: faces get new numbers, scores are not smoothed over it, and the frame is {@linkplain
         * FrameResult#discontinuity() marked}, as where the source says that it does not follow from the one before. Movements, pans,
         * flashes and changes of exposure are no cuts; one between pictures that are much alike is not found. See {@code
         * docs/sources.md}.
         *
         * @param value whether to
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder findSceneCuts(boolean value) {
            findSceneCuts = once("findSceneCuts", findSceneCuts, value);
            return this;
        }

        /**
         * Sets whether the pipeline is closed, and its sessions drained, when the virtual machine shuts down. Default:
         * true; native inference that goes on during the shutdown can crash the virtual machine. Set it to false only
         * if the application closes its pipelines itself in all cases.
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
         * @throws UncheckedIOException if the recorder could not be made ({@link #recorderFrom})
         * @throws IllegalStateException if this builder has built already: stages belong to one pipeline; or if an
         *     option would mean nothing: a recorder without a source, {@link #redetectWhenUncertain} or {@link
         *     #followInCloseUps} without {@link #detectEvery}
         */
        public EmotionPipeline build() {
            if (built) {
                throw new IllegalStateException(
                        "this builder has built its pipeline; stages belong to one pipeline only");
            }
            built = true;
            List<Stage> toClose = given();
            try {
                requireOptionsWithMeaning();
                FaceDetector someDetector = detector == null ? keep(toClose, Stages.defaultDetector()) : detector;
                EmotionClassifier someClassifier =
                        classifier == null ? keep(toClose, Stages.defaultClassifier()) : classifier;
                FaceAligner someAligner = aligner == null ? FivePointFaceAligner.forFacesOf(someDetector) : aligner;
                FaceTracker someTracker = tracker == null
                        ? Given.by(
                                trackers().orElseThrow(),
                                "a tracker",
                                trackers().orElseThrow().get())
                        : tracker;
                TemporalSmoother someSmoother = smoother == null
                        ? Given.by(
                                smoothers().orElseThrow(),
                                "a smoother",
                                smoothers().orElseThrow().get())
                        : smoother;
                if (records != null) {
                    recorder = keep(toClose, opened(records));
                }
                return new EmotionPipeline(
                        this,
                        new Models(someDetector, Optional.ofNullable(landmarks), someAligner, someClassifier),
                        someTracker,
                        someSmoother);
            } catch (RuntimeException e) {
                closeAfter(e, toClose);
                throw e;
            }
        }

        private static SessionRecorder opened(SessionRecorder.Factory records) {
            try {
                return Objects.requireNonNull(records.create(), "the factory's recorder");
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }

        private void requireOptionsWithMeaning() {
            if ((recorder != null || records != null) && source == null) {
                throw new IllegalStateException(
                        "recorder is set without a source, and would record nothing; give a source"
                                + " too, or give the recorder to session");
            }
            boolean detectsEachFrame = detectEvery == null || detectEvery == 1;
            if (followInCloseUps != null && followInCloseUps && detectsEachFrame) {
                throw new IllegalStateException(
                        "followInCloseUps is set without detectEvery above 1, so that every frame"
                                + " is detected anyway; set detectEvery too");
            }
            if (redetectWhenUncertain != null && redetectWhenUncertain > 0 && detectsEachFrame) {
                throw new IllegalStateException("redetectWhenUncertain is set to " + redetectWhenUncertain
                        + " without detectEvery above 1, so that every frame is detected anyway; set detectEvery too");
            }
        }

        /** Empty where one was given for all sessions. */
        private Optional<Supplier<? extends FaceTracker>> trackers() {
            return tracker != null
                    ? Optional.empty()
                    : Optional.of(trackers == null ? MotionFaceTracker::ofDefaults : trackers);
        }

        private Optional<Supplier<? extends TemporalSmoother>> smoothers() {
            return smoother != null
                    ? Optional.empty()
                    : Optional.of(smoothers == null ? MovingAverageSmoother::ofDefaults : smoothers);
        }

        private Consumer<PipelineDescription> described() {
            int every = detectEvery == null ? 1 : detectEvery;
            double doubt = redetectWhenUncertain == null ? 0.0 : redetectWhenUncertain;
            double unchanged = skipUnchangedFrames == null ? 0.0 : skipUnchangedFrames;
            boolean closeUps = followInCloseUps != null && followInCloseUps;
            boolean sceneCuts = findSceneCuts == null || findSceneCuts;
            boolean atShutdown = closeAtShutdown == null || closeAtShutdown;
            Optional<Object> onFailure = Optional.ofNullable(failures);
            Optional<Object> givenClock = Optional.ofNullable(clock);
            Optional<Object> givenTicker = Optional.ofNullable(ticker);
            return description -> {
                description.option(PipelineSettings.DETECT_EVERY, every);
                description.option(PipelineSettings.REDETECT_WHEN_UNCERTAIN, doubt);
                description.option(PipelineSettings.FOLLOW_IN_CLOSE_UPS, closeUps);
                description.option(PipelineSettings.SKIP_UNCHANGED_FRAMES, unchanged);
                description.option("findSceneCuts", sceneCuts);
                description.option("closeAtShutdown", atShutdown);
                description.callback("onFrameFailure", onFailure);
                description.callback("clock", givenClock);
                description.callback("ticker", givenTicker);
            };
        }

        private Supplier<DetectionScheduler> thrift() {
            int every = detectEvery == null ? 1 : detectEvery;
            double doubt = redetectWhenUncertain == null ? 0 : redetectWhenUncertain;
            double unchanged = skipUnchangedFrames == null ? 0 : skipUnchangedFrames;
            boolean closeUps = followInCloseUps != null && followInCloseUps;
            return () -> new DetectionScheduler(every, doubt, unchanged, closeUps);
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
    }
}
