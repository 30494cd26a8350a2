package org.emotion4j.recording;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.emotion4j.recording.RecordedSubject.Change;
import org.jspecify.annotations.Nullable;

/**
 * Whether the rows of the face that a record is about are of the face that {@code session.json} names for their time. Looks at the rows
 * of what a pipeline has recorded, one after the other. Confined to one thread.
 */
final class SubjectSense {
    /** Times have six decimals of a second there, and three of a millisecond here. */
    private static final long TOLERANCE_NANOS = 2_000;

    private final List<Change> changes;

    /** Whether every change is among them. */
    private final boolean whole;

    /** How many of them have happened. */
    private int happened;

    private boolean isKnown;
    private long frame = -1;
    private long time;
    private boolean followedSinceCut;

    private SubjectSense(List<Change> changes, boolean whole) {
        this.changes = changes;
        this.whole = whole;
    }

    /** Empty where nothing can be said: of rows alone, of pictures that do not follow from one another, of times that go back. */
    static Optional<SubjectSense> of(SessionInfo info) {
        if (info.subject().isEmpty() || info.metadata().pipeline().isEmpty()) {
            return Optional.empty();
        }
        RecordedSubject subject = info.subject().get();
        List<Change> changes = subject.changes();
        for (int i = 1; i < changes.size(); i++) {
            if (changes.get(i).mediaNanos() < changes.get(i - 1).mediaNanos()) {
                return Optional.empty();
            }
        }
        // The description of a record that was cut off may be older than its last rows.
        boolean ended = info.state() == SessionState.FINISHED || info.state() == SessionState.STOPPED;
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of(new SubjectSense(changes, ended && subject.changeCount() == changes.size()));
    }

    /**
     * Looks at the next row.
     *
     * @param face empty without a face
     * @param marked whether it is said to be the record's
     * @return what is wrong with it, or null
     */
    @Nullable
    String look(long number, long mediaNanos, boolean cut, OptionalInt face, boolean marked) {
        if (frame < 0 || number != frame || mediaNanos != time) {
            begin(number, mediaNanos, cut);
        }
        if (!isKnown || face.isEmpty() || isRight(happened - 1, face.getAsInt(), marked)) {
            return null;
        }
        Change now = changes.get(happened - 1);
        boolean justNow = mediaNanos - now.mediaNanos() <= TOLERANCE_NANOS;
        if (justNow && happened > 1 && isRight(happened - 2, face.getAsInt(), marked)) {
            return null;
        }
        return String.format(
                Locale.ROOT,
                "face_id is %d with %d in subject, and by session.json the record is about %s from %.3f s on: one of them was"
                        + " changed",
                face.getAsInt(),
                marked ? 1 : 0,
                now.faceId().isPresent() ? "face " + now.faceId().getAsInt() : "nobody",
                now.mediaNanos() / 1e9);
    }

    /** As the changes were gathered: what does not follow from a single picture is none. */
    private void begin(long number, long mediaNanos, boolean cut) {
        boolean anyFrame = frame >= 0;
        if (anyFrame && cut && !followedSinceCut) {
            isKnown = false;
        }
        followedSinceCut = anyFrame && !cut;
        while (happened < changes.size() && changes.get(happened).mediaNanos() - TOLERANCE_NANOS <= mediaNanos) {
            happened++;
            isKnown = true;
        }
        if (happened == changes.size() && !whole) {
            isKnown = false;
        }
        frame = number;
        time = mediaNanos;
    }

    private boolean isRight(int change, int face, boolean marked) {
        OptionalInt about = changes.get(change).faceId();
        return marked == (about.isPresent() && about.getAsInt() == face);
    }
}
