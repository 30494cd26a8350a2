package org.emotion4j.web.live;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.frame.PushFrameSource;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.pipeline.EmotionSession;
import org.emotion4j.pipeline.OverflowPolicy;
import org.emotion4j.pipeline.SessionBuilder;
import org.emotion4j.pipeline.SourceMonitoring;
import org.emotion4j.pipeline.StopMode;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionMetadata;
import org.emotion4j.web.WebProperties;
import org.emotion4j.web.access.RateLimit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import tools.jackson.databind.json.JsonMapper;

/**
 * One connection: its session from the consent to the end. Pictures that there is no time for are dropped, the newest are read;
 * what cannot be used is answered with a problem, and too much of it ends the connection. Messages are handled one after the
 * other, as they come; {@link #end} may be called on any thread.
 */
final class Visit {
    private static final Logger LOG = LoggerFactory.getLogger(Visit.class);
    private static final int MOST_PROBLEMS = 50;
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);

    private final EmotionPipeline pipeline;
    private final JsonMapper json;
    private final Page page;
    private final Path records;
    private final WebProperties.Live limits;
    private final LiveMeters meters;
    private final Clock clock;
    private final PushFrameSource camera =
            PushFrameSource.builder().capacity(1).origin("browser").build();
    /** One memory for all pictures of this connection: fresh one for each would wait for the garbage collector, outside the heap. */
    private final FrameBuffer picture = FrameBuffer.standalone();

    private final RateLimit pace;
    private final Arrivals arrivals = new Arrivals();
    private final long endsAt;

    private @Nullable EmotionSession session;
    private @Nullable String sessionId;
    private boolean ended;
    private int problems;
    private volatile long droppedBefore;

    Visit(
            EmotionPipeline pipeline,
            JsonMapper json,
            Page page,
            WebProperties properties,
            LiveMeters meters,
            Clock clock) {
        this.pipeline = pipeline;
        this.json = json;
        this.page = page;
        this.records = properties.records();
        this.limits = properties.live();
        this.meters = meters;
        this.clock = clock;
        this.pace = new RateLimit(
                limits.framesPerSecond(), Math.max(1, (int) limits.framesPerSecond() / 2), System::nanoTime);
        this.endsAt = System.nanoTime() + limits.maxLength().toNanos();
    }

    /** Handles a message of text. */
    void text(String message) {
        try {
            handle(LiveMessage.read(json, message));
        } catch (IllegalArgumentException | IllegalStateException e) {
            problem(String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            LOG.warn("a session cannot be recorded: {}", e.getMessage());
            page.tell(Answers.Problem.of("the session cannot be recorded; nothing was begun"));
            end(CloseStatus.SERVER_ERROR);
        }
    }

    private void handle(LiveMessage message) {
        if (message instanceof StartMessage start) {
            start(start);
        } else if (message instanceof LiveMessage.Mark mark) {
            running().mark(mark.text());
        } else if (message instanceof LiveMessage.Choose choose) {
            running().choose(choose.face());
        } else {
            end(CloseStatus.NORMAL);
        }
    }

    /** Handles a picture. */
    void picture(ByteBuffer message) {
        meters.received();
        if (!isRunning()) {
            meters.refused();
            problem("pictures are read after a start message with the consent");
            return;
        }
        if (System.nanoTime() - endsAt > 0) {
            page.tell(Answers.Problem.of("the session has lasted as long as one may"));
            end(CloseStatus.POLICY_VIOLATION);
            return;
        }
        if (!pace.take()) {
            droppedBefore++;
            return;
        }
        try {
            long nanos = LivePicture.nanos(message);
            long arrived = System.nanoTime();
            LivePicture.decode(message, limits.maxPixels(), picture);
            arrivals.note(nanos, arrived);
            camera.offer(picture, nanos);
        } catch (FrameUnreadableException e) {
            meters.refused();
            problem(String.valueOf(e.getMessage()).replace(e.origin() + ": ", ""));
        } catch (IllegalArgumentException | IllegalStateException e) {
            meters.refused();
            problem(String.valueOf(e.getMessage()));
        }
    }

    private synchronized void start(StartMessage message) {
        if (session != null || ended) {
            throw new IllegalStateException("a connection has one session, and this one was started already");
        }
        if (!message.consent()) {
            throw new IllegalStateException("without the consent of whoever is before the camera nothing is read");
        }
        Optional<SessionMetadata> metadata = message.metadata(clock);
        SessionBuilder builder = pipeline.session(camera)
                .overflow(OverflowPolicy.DROP_OLDEST)
                .queueCapacity(1)
                // A page in the background sends nothing; the connection's own time of silence ends it.
                .watch(SourceMonitoring.forLive()
                        .withStalledAfter(limits.silence().plus(STOPS_WITHIN))
                        .withoutFrozenCheck())
                .stopWithin(STOPS_WITHIN);
        metadata.ifPresent(kept -> builder.recorderFrom(CsvSessionRecorder.builder(records.resolve(kept.sessionId()))
                        .metadata(kept))
                .onRecordingFailure(failure -> page.tell(Answers.Problem.of("the record has broken off"))));
        sessionId = metadata.map(SessionMetadata::sessionId).orElse(null);
        session = builder.start(this::read);
        page.tell(Answers.Started.of(sessionId, limits.framesPerSecond()));
    }

    private void read(FrameResult result) {
        page.tell(Answers.Reading.of(result, dropped()));
        arrivals.take(result.mediaNanos()).ifPresent(arrived -> meters.read(System.nanoTime() - arrived));
    }

    private long dropped() {
        EmotionSession running = current();
        return droppedBefore
                + camera.dropped()
                + (running == null ? 0 : running.metrics().dropped());
    }

    /** Ends the session, whose record is complete when this returns, and the connection. A second call does nothing. */
    void end(CloseStatus status) {
        EmotionSession running;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            running = session;
        }
        camera.end();
        if (running == null) {
            camera.close();
        } else {
            running.stop(StopMode.DRAIN);
            meters.dropped(dropped());
            page.tell(Answers.Ended.of(running.metrics().processed(), dropped(), sessionId));
        }
        page.close(status);
    }

    /** Whether its record is being written. */
    synchronized boolean isRecording(String id) {
        return id.equals(sessionId) && !ended;
    }

    private synchronized boolean isRunning() {
        return session != null && !ended;
    }

    private synchronized @Nullable EmotionSession current() {
        return session;
    }

    private EmotionSession running() {
        EmotionSession running = current();
        if (running == null) {
            throw new IllegalStateException("no session was started yet");
        }
        return running;
    }

    private void problem(String detail) {
        problems++;
        page.tell(Answers.Problem.of(detail));
        if (problems >= MOST_PROBLEMS) {
            end(CloseStatus.POLICY_VIOLATION);
        }
    }
}
