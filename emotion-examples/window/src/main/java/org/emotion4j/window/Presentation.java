package org.emotion4j.window;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emotion4j.opencv.Camera;

/**
 * What the window shows now, but for pictures and readings. Immutable.
 *
 * @param phase how far the session has come
 * @param source what is chosen; empty where nothing is
 * @param cameras the cameras of this machine
 * @param form what is filled in
 * @param missing the fields that were found missing when the session was to begin
 * @param recording whether something is stored
 * @param message what is to be said; empty where nothing is
 * @param outcome what the session came to; empty before its end
 * @param stored the record of this session, or of the one that has just ended; empty where nothing is stored
 * @param unfinished recordings that were cut off
 */
record Presentation(
        Phase phase,
        Optional<SourceChoice> source,
        List<Camera> cameras,
        SessionForm form,
        Set<SessionForm.Field> missing,
        Recording recording,
        Optional<Message> message,
        Optional<SessionOutcome> outcome,
        Optional<Stored> stored,
        List<Path> unfinished)
        implements MessagePresenter.Shown<Presentation> {
    Presentation {
        cameras = List.copyOf(cameras);
        missing = missing.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(missing));
        unfinished = List.copyOf(unfinished);
    }

    /** Whether something is stored. */
    enum Recording {
        /** Nothing is. */
        OFF,
        /** Readings are. */
        ON,
        /** Readings were, until the disk refused. */
        FAILED
    }

    /**
     * Where a session is stored.
     *
     * @param folder its folder
     * @param until the last day on which it may be kept
     * @param companion the folder of the other person's record, of a session of two
     */
    record Stored(Path folder, LocalDate until, Optional<Path> companion) {
        /** All there are: one, or two. */
        List<Path> folders() {
            return companion.map(other -> List.of(folder, other)).orElse(List.of(folder));
        }
    }

    /** Whether readings of a session are being stored, so that its end is to be asked for. */
    boolean isRecording() {
        return phase.isGoingOn() && recording == Recording.ON;
    }

    static Presentation initial(SessionForm form) {
        return new Presentation(
                Phase.IDLE,
                Optional.empty(),
                List.of(),
                form,
                Set.of(),
                Recording.OFF,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    Presentation with(Phase value) {
        return new Presentation(value, source, cameras, form, missing, recording, message, outcome, stored, unfinished);
    }

    Presentation with(SourceChoice value) {
        return new Presentation(
                phase, Optional.of(value), cameras, form, missing, recording, message, outcome, stored, unfinished);
    }

    Presentation with(SessionForm value) {
        return new Presentation(
                phase, source, cameras, value, missing, recording, message, outcome, stored, unfinished);
    }

    Presentation with(Recording value) {
        return new Presentation(phase, source, cameras, form, missing, value, message, outcome, stored, unfinished);
    }

    Presentation withCameras(List<Camera> value) {
        return new Presentation(phase, source, value, form, missing, recording, message, outcome, stored, unfinished);
    }

    Presentation withMissing(Set<SessionForm.Field> value) {
        return new Presentation(phase, source, cameras, form, value, recording, message, outcome, stored, unfinished);
    }

    @Override
    public Presentation withMessage(Optional<Message> value) {
        return new Presentation(phase, source, cameras, form, missing, recording, value, outcome, stored, unfinished);
    }

    Presentation withOutcome(Optional<SessionOutcome> value) {
        return new Presentation(phase, source, cameras, form, missing, recording, message, value, stored, unfinished);
    }

    Presentation withStored(Optional<Stored> value) {
        return new Presentation(phase, source, cameras, form, missing, recording, message, outcome, value, unfinished);
    }

    Presentation withUnfinished(List<Path> value) {
        return new Presentation(phase, source, cameras, form, missing, recording, message, outcome, stored, value);
    }
}
