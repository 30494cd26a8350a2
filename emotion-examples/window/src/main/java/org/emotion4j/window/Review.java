package org.emotion4j.window;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a review shows now. Immutable.
 *
 * @param opening the session that is being read; empty where none is
 * @param progress how much of it is read, 0 to 1
 * @param session what is looked at; empty where nothing is
 * @param frame the frame that is shown, from 0
 * @param from where a stretch begins that is about to be corrected, in nanoseconds of media time
 * @param to where it ends
 * @param film the file whose pictures are shown
 * @param filmState what is to be said of it
 * @param message what is to be said; empty where nothing is
 */
record Review(
        Optional<Path> opening,
        double progress,
        Optional<ReviewedSession> session,
        int frame,
        OptionalLong from,
        OptionalLong to,
        Optional<Path> film,
        FilmState filmState,
        Optional<Message> message)
        implements MessagePresenter.Shown<Review> {
    /** What is to be said of the film. */
    enum FilmState {
        /** There is none: it was a camera, or nothing is open. */
        NONE,
        /** It is where the record says, or where somebody said. */
        THERE,
        /** It is not where the record says. */
        GONE,
        /** It cannot be read. */
        BROKEN,
        /** It has no picture at a time at which the record has one. */
        OTHER,
        /** It ends before the session does. */
        SHORTER
    }

    static final Review CLOSED = new Review(
            Optional.empty(),
            0,
            Optional.empty(),
            0,
            OptionalLong.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            FilmState.NONE,
            Optional.empty());

    Review opening(Path folder) {
        return new Review(
                Optional.of(folder),
                0,
                Optional.empty(),
                0,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                FilmState.NONE,
                Optional.empty());
    }

    Review withProgress(double value) {
        return new Review(opening, value, session, frame, from, to, film, filmState, message);
    }

    Review with(ReviewedSession value) {
        return new Review(Optional.empty(), 1, Optional.of(value), frame, from, to, film, filmState, message);
    }

    Review at(int value) {
        return new Review(opening, progress, session, value, from, to, film, filmState, message);
    }

    Review withStretch(OptionalLong newFrom, OptionalLong newTo) {
        return new Review(opening, progress, session, frame, newFrom, newTo, film, filmState, message);
    }

    Review with(Optional<Path> newFilm, FilmState state) {
        return new Review(opening, progress, session, frame, from, to, newFilm, state, message);
    }

    @Override
    public Review withMessage(Optional<Message> value) {
        return new Review(opening, progress, session, frame, from, to, film, filmState, value);
    }

    /** The media time of the frame that is shown; 0 where nothing is. */
    long nanos() {
        return session.filter(each -> !each.frames().isEmpty())
                .map(each -> each.frames().nanos(frame))
                .orElse(0L);
    }
}
