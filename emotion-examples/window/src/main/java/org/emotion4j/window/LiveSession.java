package org.emotion4j.window;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.opencv.OpenCv;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.pipeline.EmotionSession;
import org.emotion4j.pipeline.FaceFollower;
import org.emotion4j.pipeline.OverflowPolicy;
import org.emotion4j.pipeline.ReconnectPolicy;
import org.emotion4j.pipeline.SessionBuilder;
import org.emotion4j.pipeline.SessionMetrics;
import org.emotion4j.pipeline.SourceEvent;
import org.emotion4j.pipeline.SourceMonitoring;
import org.emotion4j.pipeline.StopMode;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.SubjectRule;
import org.emotion4j.session.SessionRecorder;
import org.emotion4j.spi.Stages;
import org.jspecify.annotations.Nullable;
import org.opencv.core.Core;

/**
 * A source with models and session, from opening to closing: what an application has around a session.
 *
 * <p>A camera runs from the start, so that it can be set up, and counts and records from {@link #begin}. A file shows
 * its first picture until then. Methods that say so take their time; none is for the event thread.
 */
final class LiveSession implements AutoCloseable {
    private static final int RECONNECT_ATTEMPTS = 5;
    private static final int UNREADABLE_AT_START = 20;

    private final EmotionPipeline pipeline;
    private final FrameSource source;
    private final Optional<PacedSource> paced;
    private final UnaryOperator<SessionBuilder> options;
    private final LiveView view;
    private final News news;
    private @Nullable EmotionSession session;
    private volatile @Nullable EmotionSession running;

    /** Opens sources: the real ones, or a test's. */
    @FunctionalInterface
    interface SourceOpener {
        FrameSource open(SourceChoice choice) throws IOException;

        /** How a live source is opened anew when it was lost: five times in half a minute. */
        default ReconnectPolicy reconnect(SourceChoice choice) {
            return ReconnectPolicy.with(() -> open(choice)).withAttempts(RECONNECT_ATTEMPTS);
        }
    }

    /** Who is told what happens by itself. Called on the session's threads. */
    interface News {
        /** The session has ended without having been stopped; with a cause where it failed. */
        void ended(Optional<Throwable> cause);

        /** Something happened to the source. */
        void source(SourceEvent event);

        /** The record can no longer be written; the session goes on. */
        void recordingFailed(Exception cause);
    }

    private LiveSession(
            EmotionPipeline pipeline,
            FrameSource source,
            Optional<PacedSource> paced,
            UnaryOperator<SessionBuilder> options,
            LiveView view,
            News news) {
        this.pipeline = pipeline;
        this.source = source;
        this.paced = paced;
        this.options = options;
        this.view = view;
        this.news = news;
    }

    /**
     * Opens the source, loads the models and shows the first picture. Takes seconds.
     *
     * @throws IOException if the source cannot be opened or has no picture
     * @throws org.emotion4j.stage.StageException if a model does not load
     */
    static LiveSession open(
            SourceChoice choice, SourceOpener sources, String detector, String classifier, LiveView view, News news)
            throws IOException {
        FrameSource source = sources.open(choice);
        Optional<PacedSource> paced = source.isLive() ? Optional.empty() : Optional.of(new PacedSource(source));
        UnaryOperator<SessionBuilder> options = session -> {
            session.preview(view)
                    .onEvent(view::add)
                    .onSourceEvent(news::source)
                    .onRecordingFailure(news::recordingFailed)
                    .overflow(choice.isFilm() ? OverflowPolicy.DROP_OLDEST : OverflowPolicy.BLOCK);
            return paced.isPresent()
                    ? session
                    : session.watch(SourceMonitoring.forLive().withReconnect(sources.reconnect(choice)));
        };
        view.pictures().awaitResults(!choice.isFilm());
        EmotionPipeline pipeline = models(source, detector, classifier);
        LiveSession opened = new LiveSession(
                pipeline, paced.<FrameSource>map(each -> each).orElse(source), paced, options, view, news);
        try {
            pipeline.warmUp();
            if (paced.isPresent()) {
                opened.showFirst(paced.get());
            } else {
                opened.run();
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static EmotionPipeline models(FrameSource source, String detector, String classifier) {
        try {
            leaveACoreToTheWindow();
            EmotionPipeline.Builder builder = EmotionPipeline.builder()
                    .detector(Stages.detector(detector))
                    .classifier(Stages.classifier(classifier));
            Stages.defaultLandmarks().ifPresent(builder::landmarks);
            return builder.build();
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /** Shows and reads the first picture of a file, so that one sees what one has chosen. */
    private void showFirst(PacedSource file) throws IOException {
        Optional<Frame> first = file.first(UNREADABLE_AT_START);
        if (first.isPresent()) {
            view.add(pipeline.analyze(first.get()));
            view.preview(first.get());
        }
    }

    private EmotionSession run() {
        EmotionSession started = options.apply(pipeline.session(source)).start(view::add);
        session = started;
        running = started;
        Consumer<@Nullable Throwable> end = failure -> news.ended(Optional.ofNullable(failure));
        var unused = started.completion().whenComplete((summary, failure) -> end.accept(failure));
        return started;
    }

    /**
     * Begins to count and, with a recorder, to record.
     *
     * @param recorder what keeps the record, closed with this session; empty where nothing is stored
     * @param companion the face of whoever is recorded besides, which the recorder follows
     * @throws IOException if the record cannot be begun; nothing has begun then
     */
    void begin(Optional<SessionRecorder> recorder, Optional<FaceFollower> companion) throws IOException {
        boolean live = paced.isEmpty();
        EmotionSession current = session == null ? run() : session;
        long origin =
                live ? view.latest().map(result -> result.mediaNanos() + 1).orElse(0L) : 0;
        if (recorder.isPresent()) {
            long zero = current.startRecording(recorder.get());
            origin = zero == 0 ? 0 : zero + 1;
        }
        Optional<SubjectRule> whom =
                view.chosenFace().flatMap(face -> view.latest().map(result -> at(face, result)));
        view.companion().begin(companion);
        view.begin(origin);
        if (live) {
            aboutWhoIsThere();
        } else {
            whom.ifPresent(current::choose);
            paced.ifPresent(PacedSource::begin);
        }
    }

    /** Follows a face of the newest frame from the beginning of the session on. */
    FaceFollower follow(int faceId) {
        return FaceFollower.of(
                paced.isEmpty()
                        ? SubjectRule.face(faceId)
                        : view.face(faceId)
                                .flatMap(face -> view.latest().map(result -> at(face, result)))
                                .orElseGet(() -> SubjectRule.face(faceId)));
    }

    /** A file is read from its beginning, with ids of its own: the face is known by its place in the first picture. */
    private static SubjectRule at(EmotionReading face, FrameResult first) {
        return SubjectRule.at(
                share(face.face().box().centerX(), first.width()),
                share(face.face().box().centerY(), first.height()));
    }

    private static double share(double at, int whole) {
        return Math.max(0, Math.min(1, at / whole));
    }

    /** A session with one person in sight is about that one, whoever sat there while the camera was set up. */
    private void aboutWhoIsThere() {
        List<EmotionReading> people = view.people();
        if (view.chosen() == LiveView.LARGEST && people.size() == 1) {
            int only = people.get(0).faceId();
            withSession(each -> {
                if (each.subject().orElse(only) != only) {
                    each.choose(only);
                }
            });
        }
    }

    /**
     * Makes the session about another face, from the next frame on.
     *
     * @param faceId its id, or {@link LiveView#LARGEST_CHOSEN}
     */
    void choose(int faceId) {
        withSession(each -> {
            if (faceId > 0) {
                each.choose(faceId);
            } else {
                each.choose(SubjectRule.largestFace());
            }
        });
    }

    /** Holds the session. */
    void pause() {
        withSession(EmotionSession::pause);
    }

    /** Goes on. */
    void resume() {
        withSession(EmotionSession::resume);
    }

    /**
     * Marks this moment, in the record and on the timeline.
     *
     * @param text 1 to {@value EmotionSession#MAX_MARK_LENGTH} characters, not blank
     * @throws IllegalArgumentException if the text is blank or too long
     * @throws IllegalStateException if the session has ended
     */
    void mark(String text) {
        withSession(each -> each.mark(text));
        view.mark(text);
    }

    /** Ends the session: what was captured is still read. Takes as long as that takes, ten seconds at most. */
    void stop() {
        paced.ifPresent(PacedSource::end);
        withSession(each -> each.stop(StopMode.DRAIN));
    }

    /** How the session is doing; a few microseconds. For any thread. */
    Optional<SessionMetrics> metrics() {
        return Optional.ofNullable(running).map(EmotionSession::metrics);
    }

    private void withSession(Consumer<EmotionSession> action) {
        EmotionSession current = session;
        if (current != null) {
            action.accept(current);
        }
    }

    /** Ends the session, frees source and models and closes the record. Takes as long as {@link #stop}. */
    @Override
    public void close() {
        paced.ifPresent(PacedSource::end);
        try {
            pipeline.close();
        } finally {
            if (session == null) {
                source.close();
            }
        }
    }

    /** OpenCV takes all cores unless told otherwise, and the event thread waits for its turn. */
    private static void leaveACoreToTheWindow() {
        OpenCv.load();
        Core.setNumThreads(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
    }
}
