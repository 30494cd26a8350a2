package org.emotion4j.pipeline;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.LabelPolicy;
import org.emotion4j.emotion.MovingAverageSmoother;
import org.emotion4j.emotion.TemporalSmoother;
import org.emotion4j.emotion.ThresholdLabelPolicy;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.EyeFaceAligner;
import org.emotion4j.face.FaceAligner;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.FaceTracker;
import org.emotion4j.face.OverlapFaceTracker;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.session.SessionRecorder;
import org.emotion4j.spi.Stages;
import org.emotion4j.stage.Stage;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Frames in, readings out: detector, aligner, classifier, tracker, smoother, label policy and recorder, in that order.
 *
 * <p>{@link #analyze(Frame)} looks at one picture and keeps no state. {@link #run(Consumer)} works through the source on
 * the caller's thread, with tracking, smoothing and recording.
 *
 * <p>Thread-safe: stages are used by one thread at a time. The pipeline owns the stages it was given and closes them;
 * a classifier that others use too is given as {@link EmotionClassifier#shared}.
 */
public final class EmotionPipeline implements AutoCloseable {
    private final Optional<FrameSource> source;
    private final EmotionClassifier classifier;
    private final LabelPolicy labelPolicy;
    private final Optional<SessionRecorder> recorder;
    private final Consumer<FrameFailure> failures;
    private final Clock clock;
    private final List<Stage> stages;
    private final FrameAnalyzer analyzer;
    private final FaceHistory history;
    private final ReentrantLock inUse = new ReentrantLock();
    private final AtomicBoolean running = new AtomicBoolean();
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
        this.classifier = classifier;
        this.labelPolicy = builder.labelPolicy == null ? ThresholdLabelPolicy.ofDefaults() : builder.labelPolicy;
        this.recorder = Optional.ofNullable(builder.recorder);
        this.failures = builder.failures == null ? failure -> {} : builder.failures;
        this.clock = builder.clock == null ? Clock.systemUTC() : builder.clock;
        this.stages = List.copyOf(stages);
        LongSupplier ticker = builder.ticker == null ? System::nanoTime : builder.ticker;
        this.analyzer = new FrameAnalyzer(detector, aligner, classifier, ticker);
        this.history = new FaceHistory(tracker, smoother, labelPolicy);
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
        inUse.lock();
        try {
            requireOpen();
            Instant now = clock.instant();
            FrameAnalyzer.Analysis analysis = analyzer.analyze(frame);
            List<EmotionReading> readings = new ArrayList<>(analysis.faces().size());
            for (int i = 0; i < analysis.faces().size(); i++) {
                EmotionScores scores = analysis.scores().get(i);
                readings.add(new EmotionReading(
                        i + 1,
                        frame.mediaNanos(),
                        analysis.faces().get(i),
                        scores,
                        scores,
                        labelPolicy.decide(scores, Optional.empty())));
            }
            return result(frame, 0, now, readings, analysis);
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
     * @throws IllegalStateException if there is no source, a run is going on, or this pipeline was closed
     */
    public RunSummary run(Consumer<? super FrameResult> listener) throws IOException {
        FrameSource frames = source.orElseThrow(
                () -> new IllegalStateException("this pipeline has no source; give the builder one, or use analyze"));
        if (!running.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "this pipeline is running already; a second run needs a pipeline of its own");
        }
        try {
            history.startAfresh();
            return new SourceRun(this, frames, recorder, failures, listener).toTheEnd();
        } finally {
            running.set(false);
        }
    }

    /** Prepares every stage, so that the first frame takes no longer than the others. */
    public void warmUp() {
        inUse.lock();
        try {
            requireOpen();
            analyzer.warmUp();
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
     * Returns the classifier's view of faces.
     *
     * @return the crop that this pipeline cuts
     */
    public CropSpec cropSpec() {
        return classifier.cropSpec();
    }

    /**
     * Closes every stage, the last one first. All are closed even if one fails. A second call does nothing. Waits for a
     * frame in work.
     */
    @Override
    public void close() {
        inUse.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            closeAll(stages);
        } finally {
            inUse.unlock();
        }
    }

    /** Analyses a frame of a run, with its history. */
    FrameResult follow(Frame frame, long index) {
        inUse.lock();
        try {
            requireOpen();
            Instant now = clock.instant();
            if (frame.discontinuity()) {
                history.startAfresh();
            }
            FrameAnalyzer.Analysis analysis = analyzer.analyze(frame);
            return result(
                    frame, index, now, history.add(frame.mediaNanos(), analysis.faces(), analysis.scores()), analysis);
        } finally {
            inUse.unlock();
        }
    }

    private static FrameResult result(
            Frame frame, long index, Instant now, List<EmotionReading> readings, FrameAnalyzer.Analysis analysis) {
        return new FrameResult(
                index,
                frame.mediaNanos(),
                now,
                frame.origin(),
                frame.width(),
                frame.height(),
                frame.discontinuity(),
                readings,
                analysis.timings());
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
        private @Nullable FrameSource source;
        private @Nullable FaceDetector detector;
        private @Nullable FaceAligner aligner;
        private @Nullable EmotionClassifier classifier;
        private @Nullable FaceTracker tracker;
        private @Nullable TemporalSmoother smoother;
        private @Nullable LabelPolicy labelPolicy;
        private @Nullable SessionRecorder recorder;
        private @Nullable Consumer<FrameFailure> failures;
        private @Nullable Clock clock;
        private @Nullable LongSupplier ticker;
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
         * Sets who cuts the faces out. Default: {@link EyeFaceAligner#forFacesOf} the detector.
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
         * Sets who follows the faces. Default: {@link OverlapFaceTracker#ofDefaults()}.
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
         * Sets who is told of frames that fail. Default: they are logged and counted.
         *
         * @param value called on the thread of the run; what it throws ends the run
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
                FaceAligner someAligner = aligner == null ? EyeFaceAligner.forFacesOf(someDetector) : aligner;
                FaceTracker someTracker = tracker == null ? OverlapFaceTracker.ofDefaults() : tracker;
                TemporalSmoother someSmoother = smoother == null ? MovingAverageSmoother.ofDefaults() : smoother;
                List<Stage> stages = new ArrayList<>();
                addIfSet(stages, source);
                stages.addAll(List.of(someDetector, someAligner, someClassifier, someTracker, someSmoother));
                addIfSet(stages, recorder);
                return new EmotionPipeline(
                        this, someDetector, someAligner, someClassifier, someTracker, someSmoother, stages);
            } catch (RuntimeException e) {
                closeAfter(e, toClose);
                throw e;
            }
        }

        private List<Stage> given() {
            List<Stage> given = new ArrayList<>();
            addIfSet(given, source);
            addIfSet(given, detector);
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
