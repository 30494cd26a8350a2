package org.emotion4j.window;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.recording.SessionCipher;
import org.emotion4j.recording.SessionNote;
import org.emotion4j.recording.SessionNotes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what happens while a recorded session is looked at. Knows no component and needs no display.
 *
 * <p>Confined to the user interface's thread, which it never keeps waiting: sessions are read and notes written on one worker
 * thread, pictures of the film on another, of which only the one that was asked for last is shown.
 */
final class ReviewPresenter extends MessagePresenter<Review> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReviewPresenter.class);

    /** A film that ends so much before its session is not called shorter: the last frames may have no picture of their own. */
    private static final Duration FORGIVEN = Duration.ofMillis(500);

    private final Platform surroundings;
    private final Executor ui;
    private final BackgroundWork worker;
    private final ExecutorService projector = BackgroundWork.thread("emotion4j-review-film");
    private final FilmReel reel = new FilmReel();
    private final AtomicReference<Wanted> wanted = new AtomicReference<>(Wanted.NOTHING);
    private final List<Consumer<Optional<FilmReel.Picture>>> screens = new CopyOnWriteArrayList<>();
    private Optional<SessionCipher> cipher = Optional.empty();
    private Optional<FilmReel.Picture> picture = Optional.empty();
    private String author = "";
    private int opening;

    /** The picture that is wanted; what is not drawn yet is replaced by a later one. */
    private record Wanted(Optional<Path> file, long nanos, long endNanos, int number) {
        static final Wanted NOTHING = new Wanted(Optional.empty(), 0, 0, 0);
    }

    ReviewPresenter(Platform surroundings, Executor ui) {
        super(Review.CLOSED);
        this.surroundings = surroundings;
        this.ui = ui;
        this.worker = new BackgroundWork("emotion4j-review-worker", ui);
    }

    /** Adds somebody who shows the film's pictures; empty where there is none. */
    void addScreen(Consumer<Optional<FilmReel.Picture>> screen) {
        screens.add(screen);
        screen.accept(picture);
    }

    /** Tells nobody any longer. */
    @Override
    void removeListeners() {
        super.removeListeners();
        screens.clear();
    }

    /** Opens encrypted sessions with a key. */
    void use(Optional<SessionCipher> key) {
        cipher = key;
    }

    /** Who writes notes. */
    String author() {
        return author;
    }

    void sign(String name) {
        author = name.strip();
    }

    /** Reads a session, and shows its first frame. */
    void open(Path folder) {
        int number = ++opening;
        change(now -> now.opening(folder));
        project();
        worker.run(
                () -> ReviewedSession.read(
                        folder,
                        cipher,
                        share -> ui.execute(() -> {
                            if (number == opening) {
                                change(now -> now.opening().isPresent() ? now.withProgress(share) : now);
                            }
                        })),
                session -> {
                    if (number == opening) {
                        opened(session);
                    }
                },
                failure -> {
                    if (number == opening) {
                        change(now -> Review.CLOSED);
                        say(Failures.reviewing(folder, failure));
                    }
                });
    }

    private void opened(ReviewedSession session) {
        change(now -> now.with(session));
        if (session.problems() + session.notes().problems().size() > 0) {
            say(Message.warning(
                    "message.review.problems",
                    session.problems() + session.notes().problems().size()));
        }
        if (session.frames().isEmpty()) {
            say(Message.warning("message.review.empty"));
            return;
        }
        findFilm(session);
    }

    /** Looks where the record says that the film is. */
    private void findFilm(ReviewedSession session) {
        Optional<Path> file = session.file(0);
        if (file.isEmpty()) {
            return;
        }
        int number = opening;
        work(() -> Files.isRegularFile(file.get()), there -> {
            if (number == opening) {
                show(file, there ? Review.FilmState.THERE : Review.FilmState.GONE);
            }
        });
    }

    /** Shows the pictures of another file: the film has been moved. */
    void chooseFilm(Path file) {
        if (state.session().filter(each -> !each.frames().isEmpty()).isPresent()) {
            show(Optional.of(file), Review.FilmState.THERE);
        }
    }

    private void show(Optional<Path> film, Review.FilmState filmState) {
        change(now -> now.with(film, filmState));
        project();
    }

    /** Closes the session. */
    void leave() {
        opening++;
        change(now -> Review.CLOSED);
        project();
    }

    /** Goes to the frame that is shown at a moment of media time. */
    void go(long mediaNanos) {
        state.session()
                .filter(session -> !session.frames().isEmpty())
                .ifPresent(session -> goTo(session.frames().at(mediaNanos)));
    }

    /** Goes so many frames further, or back. */
    void step(int frames) {
        state.session()
                .filter(session -> !session.frames().isEmpty())
                .ifPresent(session -> goTo(Math.max(
                        0, Math.min(state.frame() + frames, session.frames().size() - 1))));
    }

    /** Goes to one of the most marked moments, from 0. */
    void goToMoment(int rank) {
        state.session()
                .map(ReviewedSession::moments)
                .filter(moments -> rank < moments.size())
                .map(moments -> moments.get(rank))
                .map(FacialEvent::apexNanos)
                .ifPresent(this::go);
    }

    private void goTo(int frame) {
        if (frame != state.frame()) {
            change(now -> now.at(frame));
            project();
        }
    }

    /** Says that a stretch that is to be corrected begins here. */
    void beginStretch() {
        long here = state.nanos();
        change(now -> now.withStretch(
                OptionalLong.of(here),
                now.to().isPresent() && now.to().getAsLong() > here ? now.to() : OptionalLong.empty()));
    }

    /** Says that it ends here; the frame that is shown belongs to it. */
    void endStretch() {
        state.session().filter(each -> !each.frames().isEmpty()).ifPresent(session -> {
            FrameTable frames = session.frames();
            int next = state.frame() + 1;
            long end = next < frames.size()
                    ? frames.nanos(next)
                    : frames.lastNanos() + session.curve().binNanos();
            change(now -> now.withStretch(
                    now.from().isPresent() && now.from().getAsLong() < end ? now.from() : OptionalLong.of(now.nanos()),
                    OptionalLong.of(end)));
        });
    }

    /** Notes something at this moment. */
    void note(String text) {
        long here = state.nanos();
        write(notes -> notes.note(author, here, text), text);
    }

    /** Sets a marker at this moment. */
    void mark(String text) {
        long here = state.nanos();
        write(notes -> notes.mark(author, here, text), text);
    }

    /** Says what the face showed in the stretch that was chosen. */
    void correct(Optional<Emotion> label) {
        OptionalLong from = state.from();
        OptionalLong to = state.to();
        if (from.isEmpty() || to.isEmpty()) {
            say(Message.warning("message.review.stretch"));
            return;
        }
        write(notes -> notes.correct(author, from.getAsLong(), to.getAsLong(), label), "-");
    }

    /** Takes a note back. */
    void withdraw(SessionNote note) {
        write(notes -> notes.withdraw(author, note.number()), "-");
    }

    /** Writes; what was typed stays in its field until it is on the disk. */
    private void write(Writing writing, String text) {
        Optional<ReviewedSession> session = state.session();
        if (session.isEmpty()) {
            return;
        }
        if (author.isEmpty()) {
            say(Message.warning("message.review.author"));
            return;
        }
        if (text.isBlank()) {
            say(Message.warning("message.review.blank"));
            return;
        }
        int number = opening;
        Path folder = session.get().folder();
        worker.run(
                () -> {
                    SessionNotes notes = notes(folder).withClock(surroundings.clock());
                    writing.write(notes);
                    return notes.read();
                },
                content -> {
                    if (number == opening) {
                        change(now -> now.session()
                                .map(each -> now.with(each.with(content)))
                                .orElse(now)
                                .withStretch(OptionalLong.empty(), OptionalLong.empty())
                                .withMessage(Optional.empty()));
                    }
                },
                failure -> Failures.noting(folder, failure),
                this::say);
    }

    private SessionNotes notes(Path folder) {
        return cipher.map(key -> SessionNotes.of(folder, key)).orElseGet(() -> SessionNotes.of(folder));
    }

    /** Asks for the picture of the frame that is shown now; pictures that nobody waits for any longer are passed over. */
    private void project() {
        Optional<ReviewedSession> session =
                state.session().filter(each -> !each.frames().isEmpty());
        Optional<Path> file = state.film()
                .flatMap(film -> session.map(
                        each -> each.isFilm() ? film : each.file(state.frame()).orElse(film)));
        boolean none = file.isEmpty() || state.filmState() == Review.FilmState.GONE;
        Wanted now = none
                ? new Wanted(Optional.empty(), 0, 0, opening)
                : new Wanted(
                        file,
                        state.nanos(),
                        session.map(each -> each.frames().lastNanos()).orElse(0L),
                        opening);
        wanted.set(now);
        if (!projector.isShutdown()) {
            projector.execute(() -> {
                if (wanted.get() == now) {
                    project(now);
                }
            });
        }
    }

    /** Projector. */
    private void project(Wanted now) {
        if (now.file().isEmpty()) {
            reel.close();
            ui.execute(() -> shown(now, Optional.empty(), Optional.empty()));
            return;
        }
        try {
            Path file = now.file().get();
            Optional<FilmReel.Picture> found = reel.at(file, now.nanos());
            boolean shorter = reel.endOf(file)
                    .filter(end -> end.plus(FORGIVEN).toNanos() < now.endNanos())
                    .isPresent();
            Review.FilmState what = shorter
                    ? Review.FilmState.SHORTER
                    : found.filter(each -> !each.exact()).isPresent() ? Review.FilmState.OTHER : Review.FilmState.THERE;
            ui.execute(() -> shown(now, found, Optional.of(what)));
        } catch (IOException | RuntimeException | LinkageError e) {
            LOG.debug("no picture of {}", now.file(), e);
            reel.close();
            ui.execute(() -> shown(now, Optional.empty(), Optional.of(Review.FilmState.BROKEN)));
        }
    }

    private void shown(Wanted now, Optional<FilmReel.Picture> found, Optional<Review.FilmState> what) {
        if (wanted.get() != now) {
            return;
        }
        picture = found;
        screens.forEach(screen -> screen.accept(found));
        // A film of which one picture was missing is another one, wherever one looks at it.
        boolean known = state.filmState() == Review.FilmState.OTHER
                && what.filter(Review.FilmState.THERE::equals).isPresent();
        what.filter(each -> !known && each != state.filmState())
                .ifPresent(each -> change(before -> before.with(before.film(), each)));
    }

    /** The picture that is shown; empty where there is none. */
    Optional<FilmReel.Picture> picture() {
        return picture;
    }

    /** A second call does nothing. */
    @Override
    public void close() {
        if (projector.isShutdown()) {
            return;
        }
        opening++;
        removeListeners();
        screens.clear();
        wanted.set(Wanted.NOTHING);
        worker.shutdown();
        projector.execute(reel::close);
        projector.shutdown();
    }

    private <T> void work(BackgroundWork.Task<T> task, Consumer<T> done) {
        worker.run(task, done, failure -> say(Failures.unexpected(failure)));
    }

    /** Adds something to the notes of a session. */
    private interface Writing {
        SessionNote write(SessionNotes notes) throws IOException;
    }
}
