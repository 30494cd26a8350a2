package org.emotion4j.pipeline;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.SubjectRule;
import org.emotion4j.stage.Stage;

/** The sessions and runs of one pipeline, and its end: they end first, then its stages are closed. Thread-safe. */
final class PipelineSessions implements SessionBuilder.Launcher {
    private static final long RUN_ENDS_WITHIN_NANOS = SessionSettings.DEFAULT_STOP_WITHIN.toNanos();

    private final PipelineParts parts;
    private final List<Stage> stages;
    private final Runnable whenClosing;
    private final FlightEvents flight = FlightEvents.ofPlatform();
    private final ModelUse use = new ModelUse();
    private final Set<Stage> abandoned = ConcurrentHashMap.newKeySet();

    /** Held by whoever uses the one source, the one tracker or the one smoother. */
    private final AtomicBoolean ownInUse = new AtomicBoolean();

    private final Object lock = new Object();
    private final Set<SessionLife> lives = new LinkedHashSet<>();
    private boolean closing;
    private volatile SubjectRule rule;
    private volatile boolean sourceAtEnd;
    private volatile boolean shuttingDown;

    /**
     * None yet.
     *
     * @param rule whom sessions are about that say nothing
     * @param whenClosing what to do before the stages are closed
     */
    PipelineSessions(PipelineParts parts, SubjectRule rule, Runnable whenClosing) {
        this.parts = parts;
        this.stages = parts.stages();
        this.rule = rule;
        this.whenClosing = whenClosing;
    }

    @Override
    public EmotionSession start(SessionBuilder session, Consumer<? super FrameResult> listener) {
        SessionLife life = prepared(session, PipelineDescription.SESSION);
        EmotionSession started = new EmotionSession(life, life.parts(), session.settings(), listener);
        life.is(started);
        register(life);
        started.begin();
        return started;
    }

    @Override
    public RunSummary run(SessionBuilder session, Consumer<? super FrameResult> listener) throws IOException {
        SessionLife life = prepared(session, PipelineDescription.RUN);
        SourceRun run = new SourceRun(life, life.parts(), listener);
        life.is(run);
        register(life);
        return run.toTheEnd();
    }

    @Override
    public void refused(SessionBuilder session, RuntimeException reason) {
        if (session.owned) {
            ClosedStages.closeAfter(reason, session.given());
        }
    }

    /** Where this throws, what the session was given is closed. */
    private SessionLife prepared(SessionBuilder session, String mode) {
        boolean claims = !session.owned
                || (session.tracker == null && parts.trackers().isEmpty())
                || (session.smoother == null && parts.smoothers().isEmpty());
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
            return new SessionLife(this, parts, session, mode, claims);
        } catch (RuntimeException e) {
            if (claims) {
                release();
            }
            refused(session, e);
            throw e;
        }
    }

    private void register(SessionLife life) {
        synchronized (lock) {
            if (!closing) {
                lives.add(life);
                life.reset();
                return;
            }
        }
        PipelineClosedException closed = new PipelineClosedException();
        life.refused(closed);
        throw closed;
    }

    private IllegalStateException refusal(SessionBuilder session, String why) {
        IllegalStateException refusal = new IllegalStateException(why);
        refused(session, refusal);
        return refusal;
    }

    ModelUse use() {
        return use;
    }

    FlightEvents flight() {
        return flight;
    }

    /** Whom sessions are about that begin now. */
    SubjectRule rule() {
        return rule;
    }

    void choose(SubjectRule value) {
        rule = value;
        subjects().forEach(subject -> subject.follow(value));
    }

    /** Whom those that are running are about. */
    List<SubjectFinder> subjects() {
        return all().stream().map(SessionLife::subjects).toList();
    }

    boolean isShuttingDown() {
        return shuttingDown;
    }

    /** A thread that does not come back uses this stage: it is never closed. */
    void abandon(Stage stage) {
        abandoned.add(stage);
    }

    boolean isAbandoned(Stage stage) {
        return abandoned.contains(stage);
    }

    void forget(SessionLife life) {
        synchronized (lock) {
            lives.remove(life);
        }
    }

    /** The pipeline's own source was read. */
    void sourceWasRead(boolean toItsEnd) {
        sourceAtEnd = toItsEnd;
    }

    /** Another session may use the one source, tracker or smoother. */
    void release() {
        ownInUse.set(false);
    }

    /** For the virtual machine's shutdown: nothing that was captured is lost, and no native code runs on. */
    void drainAndClose() {
        shuttingDown = true;
        beginToClose();
        List<SourceRun> runs = all().stream()
                .map(SessionLife::run)
                .flatMap(Optional::stream)
                .filter(run -> !run.isOwnThread())
                .toList();
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
        close(StopMode.DRAIN);
    }

    /** Ends all of them, then closes the stages; a second call waits for that. */
    void close(StopMode mode) {
        beginToClose();
        List<EmotionSession> sessions = all().stream()
                .map(SessionLife::session)
                .flatMap(Optional::stream)
                .toList();
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

    private List<SessionLife> all() {
        synchronized (lock) {
            return List.copyOf(lives);
        }
    }

    private void closeStages() {
        whenClosing.run();
        use.close(() -> {
            all().forEach(SessionLife::closedEarly);
            ClosedStages.closeAll(
                    stages.stream().filter(stage -> !isAbandoned(stage)).toList());
        });
    }
}
