package org.emotion4j.examples.gui;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.opencv.OpenCv;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.pipeline.EmotionSession;
import org.emotion4j.pipeline.OverflowPolicy;
import org.emotion4j.pipeline.Reconnect;
import org.emotion4j.pipeline.SessionMetrics;
import org.emotion4j.pipeline.SourceEvent;
import org.emotion4j.pipeline.SourceWatch;
import org.emotion4j.pipeline.StopMode;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.SubjectRule;
import org.emotion4j.session.SessionRecorder;
import org.emotion4j.spi.Stages;
import org.jspecify.annotations.Nullable;
import org.opencv.core.Core;

/**
 * A source with its pipeline, from opening to closing: what an application has around a session.
 *
 * <p>A camera runs from the start, so that it can be set up, and counts and records from {@link #begin}. A file shows its
 * first picture until then. Methods that say so take their time; none is for the event thread.
 */
final class LiveSession implements AutoCloseable {
    private static final int RECONNECT_ATTEMPTS = 5;
    private static final int UNREADABLE_AT_START = 20;

    private final EmotionPipeline pipeline;
    private final Optional<PacedSource> paced;
    private final LiveView view;
    private final News news;
    private final RecordingSwitch recording;
    private @Nullable EmotionSession session;
    private volatile @Nullable EmotionSession running;

    /** Opens sources: the real ones, or a test's. */
    @FunctionalInterface
    interface SourceOpener {
        FrameSource open(SourceChoice choice) throws IOException;

        /** How a live source is opened anew when it was lost: five times in half a minute. */
        default Reconnect reconnect(SourceChoice choice) {
            return Reconnect.with(() -> open(choice)).withAttempts(RECONNECT_ATTEMPTS);
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
            Optional<PacedSource> paced,
            LiveView view,
            News news,
            RecordingSwitch recording) {
        this.pipeline = pipeline;
        this.paced = paced;
        this.view = view;
        this.news = news;
        this.recording = recording;
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
        boolean live = source.isLive();
        Optional<PacedSource> paced = live ? Optional.empty() : Optional.of(new PacedSource(source));
        RecordingSwitch recording = new RecordingSwitch(news::recordingFailed);
        EmotionPipeline.Builder builder = EmotionPipeline.builder()
                .source(paced.<FrameSource>map(each -> each).orElse(source))
                .recorder(recording)
                .preview(view)
                .onSourceEvent(news::source)
                .overflow(choice.isFilm() ? OverflowPolicy.DROP_OLDEST : OverflowPolicy.BLOCK);
        if (live) {
            builder.watch(SourceWatch.forLive().withReconnect(sources.reconnect(choice)));
        }
        EmotionPipeline pipeline = built(source, builder, detector, classifier);
        LiveSession opened = new LiveSession(pipeline, paced, view, news, recording);
        try {
            pipeline.warmUp();
            if (live) {
                opened.run();
            } else {
                opened.showFirst(sources, choice);
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static EmotionPipeline built(
            FrameSource source, EmotionPipeline.Builder builder, String detector, String classifier) {
        try {
            leaveACoreToTheWindow();
            builder.detector(Stages.detector(detector)).classifier(Stages.classifier(classifier));
            Stages.defaultLandmarks().ifPresent(builder::landmarks);
            return builder.build();
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /** Shows and reads the first picture of a file, so that one sees what one has chosen. */
    private void showFirst(SourceOpener sources, SourceChoice choice) throws IOException {
        try (FrameSource source = sources.open(choice);
                FrameBuffer buffer = FrameBuffer.standalone()) {
            if (readFirst(source, buffer)) {
                try (Frame frame = buffer.toFrame()) {
                    view.add(pipeline.analyze(frame));
                    view.preview(frame);
                }
            }
        }
    }

    private static boolean readFirst(FrameSource source, FrameBuffer buffer) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return source.read(buffer);
            } catch (FrameUnreadableException e) {
                if (tries == UNREADABLE_AT_START) {
                    throw e;
                }
            }
        }
    }

    private void run() {
        EmotionSession started = pipeline.start(view::add);
        session = started;
        running = started;
        Consumer<@Nullable Throwable> end = failure -> news.ended(Optional.ofNullable(failure));
        var unused = started.completion().whenComplete((summary, failure) -> end.accept(failure));
    }

    /**
     * Begins to count and, with a recorder, to record.
     *
     * @param recorder what keeps the record, closed with this session; empty where nothing is stored
     * @throws IOException if the record cannot be begun; nothing has begun then
     */
    void begin(Optional<SessionRecorder> recorder) throws IOException {
        boolean live = paced.isEmpty();
        long origin =
                live ? view.latest().map(result -> result.mediaNanos() + 1).orElse(0L) : 0;
        if (recorder.isPresent()) {
            recording.on(recorder.get(), origin);
        }
        Optional<SubjectRule> whom =
                view.chosenFace().flatMap(face -> view.latest().map(result -> at(face, result)));
        view.begin(origin);
        if (live) {
            aboutWhoIsThere();
        } else {
            run();
            whom.ifPresent(rule -> withSession(each -> each.choose(rule)));
            paced.ifPresent(PacedSource::begin);
        }
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
        pipeline.close();
    }

    /** OpenCV takes all cores unless told otherwise, and the event thread waits for its turn. */
    private static void leaveACoreToTheWindow() {
        OpenCv.load();
        Core.setNumThreads(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
    }
}
