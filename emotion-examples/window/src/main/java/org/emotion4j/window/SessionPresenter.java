package org.emotion4j.window;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.emotion4j.pipeline.FaceFollower;
import org.emotion4j.pipeline.SessionMetrics;
import org.emotion4j.pipeline.SourceEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what the window does when. Knows no component and needs no display.
 *
 * <p>Confined to the user interface's thread, which it never keeps waiting: whatever opens, loads, ends, reads or writes runs
 * on one worker thread, in order, and comes back through the executor that it was given.
 */
final class SessionPresenter extends MessagePresenter<Presentation> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionPresenter.class);

    /** What is said for as long as a session is going on. */
    private static final String GOING_ON = "message.review.goingOn";

    private final Platform surroundings;
    private final Path sessions;
    private final LiveView view;
    private final Executor ui;
    private final BackgroundWork worker;
    private final RecordKeeper records;
    private final Afterwards afterwards;
    private int opening;
    private boolean closed;

    /** Whether a session has begun with what is filled in: the next one is another person's, or needs to be agreed to anew. */
    private boolean used;

    /** What is done when the session that is being ended has ended. */
    private Optional<Runnable> next = Optional.empty();

    private Optional<SourceChoice> wanted = Optional.empty();
    private MarkerPresets presets = MarkerPresets.NONE;
    private Optional<Duration> planned = Optional.empty();
    private boolean overtimeTold;
    private Runnable quit = () -> {};

    /** Set by the worker alone; read by anybody. */
    private volatile @Nullable LiveSession live;

    /** The record's folder and its marks, for the worker alone. */
    private Optional<Path> folder = Optional.empty();

    /**
     * Makes a presenter that has done nothing yet.
     *
     * @param surroundings what it needs of the machine
     * @param sessions the folder for the folders of recorded sessions; made when the first is recorded
     * @param view where pictures and readings go
     * @param ui runs work on the user interface's thread
     * @param form what is filled in at the start
     */
    SessionPresenter(Platform surroundings, Path sessions, LiveView view, Executor ui, SessionForm form) {
        super(Presentation.initial(form));
        this.surroundings = surroundings;
        this.sessions = sessions;
        this.view = view;
        this.ui = ui;
        this.records = new RecordKeeper(surroundings, sessions);
        this.worker = new BackgroundWork("emotion4j-window-worker", ui);
        this.afterwards = new Afterwards(this, surroundings, worker);
    }

    /** Sets what closes the window, once that is asked for and agreed to. */
    void onQuit(Runnable value) {
        quit = value;
    }

    LiveView view() {
        return view;
    }

    Path sessions() {
        return sessions;
    }

    Optional<SessionMetrics> metrics() {
        return Optional.ofNullable(live).flatMap(LiveSession::metrics);
    }

    /** Looks for cameras, for the markers of this clinic, and for recordings that were cut off. */
    void begin() {
        refreshCameras();
        work(() -> MarkerPresets.in(sessions), found -> {
            presets = found;
            change(now -> now);
        });
        work(records::unfinished, found -> {
            change(now -> now.withUnfinished(found));
            if (!found.isEmpty() && state.message().isEmpty()) {
                say(Message.warning("message.unfinished", found.size()).offering(Message.Action.RECOVER));
            }
        });
    }

    /** Looks for cameras anew. */
    void refreshCameras() {
        work(surroundings::cameras, found -> change(now -> now.withCameras(found)));
    }

    /** Says that a camera is wanted where there is none, or opens the first. */
    void openCamera() {
        work(surroundings::cameras, found -> {
            change(now -> now.withCameras(found));
            if (found.isEmpty()) {
                say(Message.error("message.noCamera"));
            } else {
                open(SourceChoice.of(found.get(0)));
            }
        });
    }

    /**
     * Opens a source with the chosen models. While a session is going on it is asked first whether that shall end. Another
     * source, and another session, begin without a pseudonym and without consent.
     */
    void open(SourceChoice choice) {
        if (state.phase().isGoingOn() && !closed) {
            wanted = Optional.of(choice);
            say(Message.warning(state.isRecording() ? "message.ask.openRecording" : "message.ask.open", choice.name())
                    .offering(Message.Action.OPEN));
            return;
        }
        if (!state.phase().canOpen() || closed) {
            return;
        }
        int number = ++opening;
        boolean nextPerson =
                used || state.source().filter(before -> !before.equals(choice)).isPresent();
        used = false;
        SessionForm form = nextPerson ? state.form().forNextPerson() : state.form();
        change(now -> now.with(Phase.OPENING)
                .with(choice)
                .with(form)
                .withMissing(Set.of())
                .with(Presentation.Recording.OFF)
                .withOutcome(Optional.empty())
                .withStored(Optional.empty())
                .withMessage(Optional.empty()));
        worker.run(
                () -> {
                    closeLive();
                    view.clear();
                    LiveSession opened = LiveSession.open(
                            choice, surroundings, form.detector(), form.classifier(), view, news(number));
                    live = opened;
                    return opened;
                },
                opened -> {
                    if (number == opening && state.phase() == Phase.OPENING) {
                        change(now -> now.with(Phase.READY));
                    }
                },
                failure -> {
                    if (number == opening) {
                        change(now -> now.with(Phase.FAILED));
                        say(Failures.opening(choice, failure).offering(Message.Action.RETRY));
                    }
                });
    }

    /** Opens the same source again, for another session. */
    void again() {
        state.source().ifPresent(this::open);
    }

    /** Takes what is filled in. Other models are loaded at once where a source is open. */
    void fill(SessionForm form) {
        boolean otherStages = !form.detector().equals(state.form().detector())
                || !form.classifier().equals(state.form().classifier());
        change(now -> now.with(form).withMissing(now.missing().isEmpty() ? Set.of() : form.missing()));
        withdraw(Message.Action.SAME_PERSON);
        if (otherStages && (state.phase() == Phase.READY || state.phase() == Phase.OPENING)) {
            again();
        }
    }

    /** Notes that the person agrees now, or does not. */
    void agree(boolean yes) {
        fill(state.form()
                .withConsent(
                        yes ? Optional.of(Agreement.ticked(surroundings.clock().instant())) : Optional.empty()));
    }

    /**
     * Begins the session; says what is missing where it is to be recorded and cannot be yet. Where a pseudonym was recorded
     * before, it is asked first whether this is the same person.
     */
    void start() {
        start(false);
    }

    /** The same; where it is known that it is the person of that pseudonym, nobody is asked. */
    void start(boolean samePerson) {
        if (state.phase() != Phase.READY) {
            return;
        }
        SessionForm form = state.form();
        Set<SessionForm.Field> missing = form.missing();
        change(now -> now.withMissing(missing).withMessage(Optional.empty()));
        if (!missing.isEmpty()) {
            say(Message.warning("message.missing"));
            return;
        }
        if (view.isToChoose() && (form.record() || isFilm())) {
            say(Message.warning("message.ask.whom", view.people().size()));
            return;
        }
        if (form.record() && form.companion().isPresent() && view.otherPerson().isEmpty()) {
            say(Message.warning(
                    view.people().size() < 2 ? "message.ask.two" : "message.ask.whomElse",
                    form.companion().get().subject()));
            return;
        }
        change(now -> now.with(Phase.STARTING));
        if (form.record() && !samePerson) {
            work(() -> records.lastRecorded(form.subject()), before -> {
                if (before.isEmpty()) {
                    begin(form);
                } else if (state.phase() == Phase.STARTING) {
                    change(now -> now.with(Phase.READY));
                    say(Message.warning("message.ask.samePerson", form.subject(), before.get())
                            .offering(Message.Action.SAME_PERSON));
                }
            });
        } else {
            begin(form);
        }
    }

    /** Pictures are each for themselves: nobody goes on from one to the next. */
    private boolean isFilm() {
        return state.source().filter(SourceChoice::isFilm).isPresent();
    }

    private void begin(SessionForm form) {
        OptionalInt other = form.record() && form.companion().isPresent() ? view.otherPerson() : OptionalInt.empty();
        worker.run(
                () -> record(form, other),
                stored -> {
                    used = true;
                    overtimeTold = false;
                    change(now -> now.withStored(stored));
                    if (state.phase() == Phase.STARTING) {
                        change(now -> now.with(Phase.RUNNING)
                                .with(form.record() ? Presentation.Recording.ON : Presentation.Recording.OFF));
                    }
                },
                failure -> {
                    change(now -> now.with(Phase.READY));
                    say(Failures.recording(sessions, failure));
                });
    }

    /** Worker: begins the record, then the session. Where that does not begin there is no record. */
    private Optional<Presentation.Stored> record(SessionForm form, OptionalInt other) throws IOException {
        LiveSession session = requireLive();
        folder = Optional.empty();
        if (!form.record()) {
            session.begin(Optional.empty(), Optional.empty());
            return Optional.empty();
        }
        Optional<FaceFollower> companion =
                other.isPresent() ? Optional.of(session.follow(other.getAsInt())) : Optional.empty();
        RecordKeeper.Begun begun = records.begin(form, companion);
        try {
            session.begin(Optional.of(begun.recorder()), companion);
        } catch (IOException | RuntimeException e) {
            RecordKeeper.discard(begun.recorder(), begun.stored().folders(), e);
            throw e;
        }
        folder = Optional.of(begun.stored().folder());
        return Optional.of(begun.stored());
    }

    /** Holds the session, or goes on. */
    void pauseOrResume() {
        if (state.phase() == Phase.RUNNING) {
            change(now -> now.with(Phase.PAUSED));
            work(() -> requireLive().pause());
        } else if (state.phase() == Phase.PAUSED) {
            change(now -> now.with(Phase.RUNNING));
            work(() -> requireLive().resume());
        }
    }

    /** Marks this moment. */
    void mark(String text) {
        if (!state.phase().isGoingOn() || text.isBlank()) {
            return;
        }
        work(() -> requireLive().mark(text.strip()));
    }

    /** The markers that are on the keys 1 to 9. */
    MarkerPresets presets() {
        return presets;
    }

    /** Marks this moment with what is on a key, from 1. */
    void markPreset(int key) {
        presets.on(key).ifPresent(this::mark);
    }

    /** Puts other markers on the keys, and keeps them beside the sessions. */
    void keepPresets(MarkerPresets value) {
        presets = value;
        change(now -> now);
        worker.run(
                () -> {
                    value.keepIn(sessions);
                    return true;
                },
                kept -> {},
                failure -> Failures.keeping(sessions, failure),
                this::say);
    }

    /** How long a session is meant to be; empty where nobody has said. */
    Optional<Duration> planned() {
        return planned;
    }

    /** Says how long sessions are meant to be: nothing ends by itself, it is only told. */
    void plan(Optional<Duration> length) {
        planned = length;
        overtimeTold = false;
        withdraw("message.timeUp");
        change(now -> now);
    }

    /** Looks at the session's clock; says once that the time is up. */
    void tick() {
        boolean isUp = state.phase().isGoingOn()
                && planned.filter(length -> view.now() >= length.toNanos()).isPresent();
        if (isUp && !overtimeTold) {
            overtimeTold = true;
            Message message = Message.warning(
                    "message.timeUp", planned.map(Duration::toMinutes).orElse(0L));
            say(state.isRecording() ? message.offering(Message.Action.STOP) : message);
        }
    }

    private void withdraw(String key) {
        if (state.message().filter(message -> message.key().equals(key)).isPresent()) {
            dismiss();
        }
    }

    /** Ends the session; asks first while it is recorded. For a key that is easily hit. */
    void askToStop() {
        if (state.isRecording()) {
            say(Message.warning("message.ask.stop").offering(Message.Action.STOP));
        } else {
            stop();
        }
    }

    /** Closes the window; asks first while a session is recorded. */
    void askToQuit() {
        if (state.isRecording()) {
            say(Message.warning("message.ask.quit").offering(Message.Action.QUIT));
        } else {
            quit.run();
        }
    }

    /** Ends the session. */
    void stop() {
        if (!state.phase().isGoingOn()) {
            return;
        }
        withdraw(Message.Action.STOP);
        change(now -> now.with(Phase.STOPPING));
        finish(Optional.empty());
    }

    /** Ends what is there, well or badly, and sums it up. */
    private void finish(Optional<Message> failure) {
        worker.run(
                () -> {
                    Optional<LiveSession> session = Optional.ofNullable(live);
                    session.ifPresent(LiveSession::stop);
                    long dropped = session.flatMap(LiveSession::metrics)
                            .map(SessionMetrics::dropped)
                            .orElse(0L);
                    closeLive();
                    return outcome(dropped);
                },
                outcome -> ended(Optional.of(outcome), failure),
                cause -> ended(Optional.empty(), Optional.of(failure.orElse(Failures.finishing(cause)))));
    }

    private SessionOutcome outcome(long dropped) throws IOException {
        return folder.isPresent() ? SessionOutcome.recorded(folder.get(), dropped) : SessionOutcome.seen(view, dropped);
    }

    private void ended(Optional<SessionOutcome> outcome, Optional<Message> failure) {
        change(now -> now.with(failure.isPresent() ? Phase.FAILED : Phase.STOPPED)
                .with(
                        now.recording() == Presentation.Recording.FAILED
                                ? Presentation.Recording.FAILED
                                : Presentation.Recording.OFF)
                .withOutcome(outcome));
        withdraw(Message.Action.STOP);
        withdraw(Message.Action.QUIT);
        withdraw(Message.Action.OPEN);
        withdraw(GOING_ON);
        failure.ifPresent(this::say);
        Optional<Runnable> then = next;
        next = Optional.empty();
        then.ifPresent(Runnable::run);
    }

    /** Puts a question away that is not asked any longer. */
    private void withdraw(Message.Action asked) {
        if (state.message().filter(message -> message.action() == asked).isPresent()) {
            dismiss();
        }
    }

    /** Ends the session that is going on, well, and opens what was asked for. What was recorded is told where it is. */
    private void stopAndOpen() {
        Optional<SourceChoice> choice = wanted;
        wanted = Optional.empty();
        if (choice.isEmpty()) {
            dismiss();
        } else if (state.phase().isGoingOn()) {
            next = Optional.of(() -> {
                Optional<Presentation.Stored> stored = state.stored();
                open(choice.get());
                stored.ifPresent(record -> say(Message.info("message.stored", record.until(), record.folder())));
            });
            dismiss();
            stop();
        } else {
            open(choice.get());
        }
    }

    /** Says that the session that is going on has to end before a recorded one is looked at. */
    void refuseReview() {
        say(Message.warning(GOING_ON));
    }

    /** What is done with the record once the session has ended. */
    Afterwards afterwards() {
        return afterwards;
    }

    /** How long the work has lasted that something waits for; empty where there is none. */
    Optional<Duration> busyFor() {
        return worker.busyFor();
    }

    /** Does what a message offers. */
    @Override
    public void act(Message.Action action) {
        switch (action) {
            case RECOVER -> afterwards.recover();
            case REPORT -> afterwards.openReport();
            case RETRY -> again();
            case FOLDER -> afterwards.showFolder();
            case SAME_PERSON -> {
                dismiss();
                start(true);
            }
            case STOP -> stop();
            case OPEN -> stopAndOpen();
            case QUIT -> {
                dismiss();
                quit.run();
            }
            case ERASE -> afterwards.askOnceMore();
            case ERASE_FOR_GOOD -> afterwards.eraseForGood();
            case NONE -> dismiss();
        }
    }

    /** Does what the other answer to a message's question says. */
    @Override
    public void decline(Message.Action action) {
        dismiss();
        if (action == Message.Action.SAME_PERSON && state.phase() == Phase.READY) {
            fill(state.form().forNextPerson());
        }
    }

    /** Chooses whom the session is about: a face's id, or {@link LiveView#LARGEST_CHOSEN}. */
    void choose(int faceId) {
        if (faceId == view.selected() || correctsCompanion(faceId)) {
            return;
        }
        view.choose(faceId);
        if (state.message()
                .filter(message -> message.key().equals("message.ask.whom"))
                .isPresent()) {
            dismiss();
        }
        work(() -> Optional.ofNullable(live).ifPresent(session -> session.choose(faceId)));
        if (state.isRecording()) {
            say(
                    faceId > 0
                            ? Message.info("message.subject", Integer.toString(faceId))
                            : Message.info("message.subjectLargest"));
        }
    }

    /** In a session of two a face is one person's: the other's is not taken from them, and who is lost is found by a click. */
    private boolean correctsCompanion(int faceId) {
        CompanionStrip companion = view.companion();
        if (!state.isRecording() || !companion.isThere() || faceId <= LiveView.LARGEST) {
            return false;
        }
        String name = state.form().companion().map(Party::subject).orElse("");
        if (companion.face().equals(OptionalInt.of(faceId))) {
            say(Message.info("message.otherPerson", name));
            return true;
        }
        boolean found = companion.face().isEmpty() && !view.isSubjectLost() && companion.correct(faceId);
        if (found) {
            say(Message.info("message.companion", name, Integer.toString(faceId)));
        }
        return found;
    }

    /** Scales the last picture anew, on the worker thread. */
    void rescale() {
        work(() -> {
            view.pictures().rescale();
            view.repaint();
        });
    }

    /**
     * Ends the session, frees the source and ends every thread. Returns at once.
     *
     * @param whenClosed told, on the user interface's thread, when all is done
     */
    void close(Runnable whenClosed) {
        if (closed) {
            return;
        }
        closed = true;
        opening++;
        worker.run(
                () -> {
                    closeLive();
                    return true;
                },
                done -> whenClosed.run(),
                failure -> whenClosed.run());
        worker.shutdown();
    }

    @Override
    public void close() {
        close(() -> {});
    }

    private LiveSession.News news(int number) {
        return new LiveSession.News() {
            @Override
            public void ended(Optional<Throwable> cause) {
                ui.execute(() -> onEnd(number, cause));
            }

            @Override
            public void source(SourceEvent event) {
                ui.execute(() -> onSource(number, event));
            }

            @Override
            public void recordingFailed(Exception cause) {
                ui.execute(() -> onRecordingFailure(number, cause));
            }
        };
    }

    private void onEnd(int number, Optional<Throwable> cause) {
        if (number != opening
                || closed
                || state.phase() == Phase.STOPPING
                || state.phase().hasEnded()) {
            return;
        }
        boolean lost = cause.isPresent()
                || state.source().filter(SourceChoice::isCamera).isPresent();
        Optional<Message> failure = lost
                ? Optional.of(Failures.lost(state.source(), state.phase() != Phase.READY, cause)
                        .offering(Message.Action.RETRY))
                : Optional.empty();
        if (state.phase().isGoingOn() || state.phase() == Phase.OPENING || state.phase() == Phase.STARTING) {
            change(now -> now.with(Phase.STOPPING));
            finish(failure);
        } else {
            change(now -> now.with(Phase.FAILED));
            failure.ifPresent(this::say);
            work(this::closeLive);
        }
    }

    private void onSource(int number, SourceEvent event) {
        if (number != opening || closed) {
            return;
        }
        switch (event.kind()) {
            case STALLED, FROZEN, FAILING, RECONNECTING -> {
                view.waiting(true);
                say(Message.warning("message.sourceWaiting"));
            }
            case RESUMED, RECONNECTED -> {
                view.waiting(false);
                say(Message.info("message.sourceBack"));
            }
            default -> LOG.debug("source {}: {}", event.kind(), event.message());
        }
    }

    private void onRecordingFailure(int number, Exception cause) {
        if (number == opening && !closed && state.recording() != Presentation.Recording.FAILED) {
            change(now -> now.with(Presentation.Recording.FAILED));
            say(Failures.writing(cause));
        }
    }

    /** Worker. */
    private LiveSession requireLive() {
        LiveSession session = live;
        if (session == null) {
            throw new IllegalStateException("no source is open");
        }
        return session;
    }

    /** Worker. */
    private void closeLive() {
        LiveSession session = live;
        live = null;
        if (session != null) {
            session.close();
        }
    }

    /** Says something of a part of the start that has a presenter of its own. */
    void tell(Message message) {
        if (!closed) {
            say(message);
        }
    }

    private void work(Runnable task) {
        work(
                () -> {
                    task.run();
                    return true;
                },
                done -> {});
    }

    private <T> void work(BackgroundWork.Task<T> task, Consumer<T> done) {
        worker.run(task, done, failure -> say(Failures.unexpected(failure)));
    }
}
