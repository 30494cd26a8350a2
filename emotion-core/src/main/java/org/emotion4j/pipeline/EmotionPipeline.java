package org.emotion4j.pipeline;

import static org.emotion4j.stage.internal.BuilderOptions.once;
import static org.emotion4j.stage.internal.BuilderOptions.range;
import static org.emotion4j.stage.internal.BuilderOptions.requireUnset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
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
    private final PipelineParts parts;
    private final PipelineSessions sessions;
    private final Deque<FrameProcessor> idle = new ConcurrentLinkedDeque<>();

    private EmotionPipeline(PipelineParts parts, SubjectRule rule, boolean closeAtShutdown) {
        this.parts = parts;
        this.sessions = new PipelineSessions(parts, rule, () -> PipelineShutdownHook.remove(this));
        if (closeAtShutdown) {
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
        return sessions.use().during(() -> {
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
                parts.models(),
                TrackState.ofPictures(parts.labelPolicy()),
                DetectionScheduler.none(),
                Optional.empty(),
                parts.clock(),
                parts.ticker());
    }

    /**
     * Describes a session on the models of this pipeline. Any number of them may go on at the same time.
     *
     * @param frames where it takes frames from; the session's own from its start on, which closes it
     * @return a builder that starts it
     */
    public SessionBuilder session(FrameSource frames) {
        return new SessionBuilder(sessions, Objects.requireNonNull(frames, "frames"), true);
    }

    /**
     * Describes a session with the source and recorder that this pipeline was built with, which stay the pipeline's.
     * One after the other, until the source is at its end.
     *
     * @return a builder that starts it
     * @throws IllegalStateException if there is no source
     */
    public SessionBuilder session() {
        FrameSource frames = parts.source()
                .orElseThrow(() -> new IllegalStateException(
                        "this pipeline has no source; give the builder one, or session, or use analyze"));
        SessionBuilder session = new SessionBuilder(sessions, frames, false);
        parts.recorder().ifPresent(session::recorder);
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
        sessions.choose(Objects.requireNonNull(value, "rule"));
    }

    /** Whom those that are running are about. */
    List<SubjectFinder> subjects() {
        return sessions.subjects();
    }

    /** Prepares every stage, so that the first frame takes no longer than the others. */
    public void warmUp() {
        sessions.use().during(() -> {
            parts.models().warmUp();
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
        return parts.stages().stream().map(Stage::metadata).toList();
    }

    /**
     * Describes how this pipeline is composed and set: what {@link #run} writes into its record. A session writes what
     * it was told beside that.
     *
     * @return every stage and option
     */
    public PipelineSettings settings() {
        return parts.described(sessions.rule());
    }

    /**
     * Returns the classifier's view of faces.
     *
     * @return the crop that this pipeline cuts
     */
    public CropSpec cropSpec() {
        return parts.models().cropSpec();
    }

    /**
     * Closes all sessions that are running, then every stage, the last one first. All are closed even if one fails; a
     * stage that a hanging thread still uses is left alone. A second call does nothing. Waits for frames in work. On a
     * thread of a session itself the stages are closed when all sessions have ended.
     */
    @Override
    public void close() {
        sessions.close(StopMode.DISCARD);
    }

    /** What the virtual machine's shutdown calls: nothing that was captured is lost, and no native code runs on. */
    void drainAndClose() {
        sessions.drainAndClose();
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
                PipelineParts parts = new PipelineParts(
                        Optional.ofNullable(source),
                        Optional.ofNullable(recorder),
                        new Models(someDetector, Optional.ofNullable(landmarks), someAligner, someClassifier),
                        someTracker,
                        someSmoother,
                        trackers(),
                        smoothers(),
                        labelPolicy == null ? ThresholdLabelPolicy.ofDefaults() : labelPolicy,
                        storeOthers != null && storeOthers,
                        failures == null ? failure -> {} : failures,
                        clock == null ? Clock.systemUTC() : clock,
                        ticker == null ? System::nanoTime : ticker,
                        detection(),
                        findSceneCuts == null || findSceneCuts,
                        described());
                return new EmotionPipeline(
                        parts,
                        subject == null ? SubjectRule.largestFace() : subject,
                        closeAtShutdown == null || closeAtShutdown);
            } catch (RuntimeException e) {
                ClosedStages.closeAfter(e, toClose);
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

        private Supplier<DetectionScheduler> detection() {
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
