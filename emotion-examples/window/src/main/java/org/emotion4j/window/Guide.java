package org.emotion4j.window;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How far the guided start has come. Immutable.
 *
 * @param step where it is; empty where it is not open
 * @param known the pseudonyms of people who were recorded before
 * @param text what is agreed to; empty before it is read, and where it cannot be
 * @param missing what is to be filled in before the next step
 * @param rest how the rest is
 * @param left how much of the rest is to come
 */
record Guide(
        Optional<Step> step,
        List<String> known,
        Optional<ConsentShelf.Shown> text,
        Set<SessionForm.Field> missing,
        Rest rest,
        Duration left) {
    static final Guide CLOSED =
            new Guide(Optional.empty(), List.of(), Optional.empty(), Set.of(), Rest.NOT_BEGUN, Duration.ZERO);

    /** The steps, in their order. */
    enum Step {
        /** Whose session it is, what for, and whether somebody else is recorded too. */
        WHO,
        /** The person reads, and agrees. */
        CONSENT,
        /** So does the other one. */
        COMPANION_CONSENT,
        /** Light, distance, and which face is whose. */
        PLACE,
        /** The session begins, with ten seconds of rest or without. */
        REST
    }

    /** How the rest is. */
    enum Rest {
        NOT_BEGUN,
        /** The session is being begun for it. */
        WAITING,
        RUNNING,
        DONE,
        /** The face was not there for half of it. */
        WITHOUT_FACE,
        /** It was passed over. */
        SKIPPED,
        /** The session was held or ended in the middle of it. */
        BROKEN_OFF
    }

    Guide {
        known = List.copyOf(known);
        missing = Set.copyOf(missing);
    }

    boolean isAt(Step where) {
        return step.filter(where::equals).isPresent();
    }

    Guide at(Step value) {
        return new Guide(Optional.of(value), known, text, Set.of(), rest, left);
    }

    Guide withKnown(List<String> value) {
        return new Guide(step, value, text, missing, rest, left);
    }

    Guide with(Optional<ConsentShelf.Shown> value) {
        return new Guide(step, known, value, missing, rest, left);
    }

    Guide withMissing(Set<SessionForm.Field> value) {
        return new Guide(step, known, text, value, rest, left);
    }

    Guide with(Rest value, Duration toCome) {
        return new Guide(step, known, text, missing, value, toCome);
    }
}
