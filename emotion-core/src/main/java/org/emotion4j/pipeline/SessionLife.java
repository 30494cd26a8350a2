package org.emotion4j.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.emotion4j.emotion.TemporalSmoother;
import org.emotion4j.face.FaceTracker;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.SubjectRule;
import org.emotion4j.session.PipelineSettings;
import org.emotion4j.session.SessionRecorder;
import org.emotion4j.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session or run, from its beginning to its end. */
final class SessionLife implements SessionHost {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLife.class);

    private final PipelineSessions pipeline;
    private final PipelineParts built;
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

    /**
     * Begins.
     *
     * @param claims whether it uses what the pipeline has one of: its source, tracker or smoother
     */
    SessionLife(PipelineSessions pipeline, PipelineParts built, SessionBuilder session, String mode, boolean claims) {
        this.pipeline = pipeline;
        this.built = built;
        this.described = session;
        this.mode = mode;
        this.claims = claims;
        boolean others = session.storeOthers == null ? built.storeOthers() : session.storeOthers;
        this.parts = new SessionParts(
                session.source,
                Optional.ofNullable(session.recorder),
                session.owned,
                others,
                session.eventsWanted(),
                Optional.ofNullable(session.eventDetectors),
                session.failures == null ? built.failures() : session.failures,
                session.recordingFailures == null ? failure -> {} : session.recordingFailures,
                built.clock(),
                built.ticker());
        if (session.owned) {
            own.add(session.source);
        }
        this.who = trackerOf(session);
        this.scores = smootherOf(session);
        this.firstRule = session.subject == null ? pipeline.rule() : session.subject;
        this.subjects = new SubjectFinder(firstRule);
        this.processor = new FrameProcessor(
                built.models(),
                new TrackState(who, scores, built.labelPolicy(), subjects, !isOfUnrelatedPictures(session.source)),
                built.detection().get(),
                built.findsSceneCuts() ? Optional.of(new SceneCuts()) : Optional.empty(),
                built.clock(),
                built.ticker());
    }

    private FaceTracker trackerOf(SessionBuilder session) {
        if (session.tracker != null) {
            return added(session.tracker);
        }
        if (session.owned && built.trackers().isPresent()) {
            var trackers = built.trackers().get();
            return added(Given.by(trackers, "a tracker", trackers.get()));
        }
        return built.tracker();
    }

    private TemporalSmoother smootherOf(SessionBuilder session) {
        if (session.smoother != null) {
            return added(session.smoother);
        }
        if (session.owned && built.smoothers().isPresent()) {
            var smoothers = built.smoothers().get();
            return added(Given.by(smoothers, "a smoother", smoothers.get()));
        }
        return built.smoother();
    }

    /** A file a frame, and no rate at which they follow one another. */
    private static boolean isOfUnrelatedPictures(FrameSource source) {
        int files = source.files().size();
        return files > 0 && source.frameRate().isEmpty() && source.frameCount().equals(OptionalLong.of(files));
    }

    private <T extends Stage> T added(T stage) {
        own.add(stage);
        return stage;
    }

    SessionParts parts() {
        return parts;
    }

    /** The session on threads of its own that this is the life of, if it is one. */
    Optional<EmotionSession> session() {
        return Optional.ofNullable(session);
    }

    /** The run on its caller's thread that this is the life of, if it is one. */
    Optional<SourceRun> run() {
        return Optional.ofNullable(run);
    }

    void is(EmotionSession started) {
        session = started;
    }

    void is(SourceRun started) {
        run = started;
    }

    /** What an earlier session left in a tracker or smoother for all is forgotten. */
    void reset() {
        processor.reset();
    }

    @Override
    public void forgetScores() {
        processor.forgetScores();
    }

    @Override
    public FrameResult process(Frame frame, long index, boolean cut) {
        return pipeline.use().during(() -> {
            FrameResult result = processor.process(frame, index, cut);
            pipeline.flight().analyzed(result);
            return result;
        });
    }

    @Override
    public SubjectFinder subjects() {
        return subjects;
    }

    @Override
    public PipelineSettings settings(Optional<SessionRecorder> to) {
        return built.described(
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
        return pipeline.flight();
    }

    @Override
    public boolean isShuttingDown() {
        return pipeline.isShuttingDown();
    }

    @Override
    public void abandon(Stage stage) {
        pipeline.abandon(stage);
    }

    @Override
    public void abandonAnalysis() {
        analysisAbandoned = true;
        built.models().stages().forEach(this::abandon);
        abandon(who);
        abandon(scores);
        pipeline.use().abandon();
    }

    /** It does not come about: the pipeline was closed meanwhile. */
    void refused(PipelineClosedException closed) {
        described.closeRecorder(closed);
        ended(false);
    }

    /** The pipeline is closed while a run goes on: it will get no further. */
    void closedEarly() {
        run().ifPresent(going -> {
            going.closedEarly();
            ended(false);
        });
    }

    @Override
    public void ended(boolean atEnd) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        pipeline.forget(this);
        for (Stage stage : own) {
            if (!pipeline.isAbandoned(stage)) {
                close(stage);
            }
        }
        if (!described.owned) {
            pipeline.sourceWasRead(atEnd);
        }
        if (claims && !analysisAbandoned) {
            pipeline.release();
        }
    }

    private static void close(Stage stage) {
        try {
            stage.close();
        } catch (RuntimeException e) {
            LOG.warn("{} could not be closed: {}", stage.metadata().name(), e.getMessage(), e);
        }
    }
}
