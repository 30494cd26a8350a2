package org.emotion4j.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.event.FacialEvent;

/**
 * What the face did in a session, for the marks above its timeline: expressions that speech does not explain, blinks and closed
 * eyes, nods and head shakes, talking. Of a very long session those are kept that a line can show. Thread-safe.
 */
final class EventTrack {
    /** More than a screen is wide; then marks that lie next to each other become one. */
    private static final int MOST = 8_000;

    private final List<Mark> marks = new ArrayList<>();
    private long nearNanos;

    /** What a mark stands for. */
    enum Kind {
        EXPRESSION,
        EYES,
        HEAD,
        TALKING
    }

    /**
     * A mark.
     *
     * @param fromNanos since the session began
     * @param toNanos likewise
     * @param kind what it stands for
     * @param emotion which expression
     */
    record Mark(long fromNanos, long toNanos, Kind kind, Optional<Emotion> emotion) {
        private boolean continues(Mark before, long near) {
            return kind == before.kind && emotion.equals(before.emotion) && fromNanos - before.toNanos <= near;
        }
    }

    synchronized void add(FacialEvent event, long origin) {
        Optional<Kind> kind = kind(event);
        if (kind.isEmpty()) {
            return;
        }
        marks.add(new Mark(
                event.onsetNanos() - origin,
                event.offsetNanos() - origin,
                kind.get(),
                kind.get() == Kind.EXPRESSION ? Emotion.find(event.name()) : Optional.empty()));
        if (marks.size() > MOST) {
            join();
        }
    }

    private static Optional<Kind> kind(FacialEvent event) {
        return switch (event.kind()) {
            case EXPRESSION -> event.isWhileTalking() ? Optional.empty() : Optional.of(Kind.EXPRESSION);
            case BLINK, EYES_CLOSED -> Optional.of(Kind.EYES);
            case NOD, HEAD_SHAKE -> Optional.of(Kind.HEAD);
            case TALKING -> Optional.of(Kind.TALKING);
            case MOVEMENT -> Optional.empty();
        };
    }

    /** Joins marks nearer and nearer to each other until half of the room is free. */
    private void join() {
        nearNanos = nearNanos == 0 ? 1_000_000_000L : nearNanos;
        while (marks.size() > MOST / 2) {
            List<Mark> joined = new ArrayList<>();
            for (Kind kind : Kind.values()) {
                join(kind, joined);
            }
            marks.clear();
            marks.addAll(joined);
            nearNanos *= 2;
        }
    }

    private void join(Kind kind, List<Mark> joined) {
        int first = joined.size();
        for (Mark mark : marks) {
            if (mark.kind() != kind) {
                continue;
            }
            int last = joined.size() - 1;
            if (last >= first && mark.continues(joined.get(last), nearNanos)) {
                Mark before = joined.get(last);
                joined.set(
                        last,
                        new Mark(
                                before.fromNanos(),
                                Math.max(before.toNanos(), mark.toNanos()),
                                kind,
                                before.emotion()));
            } else {
                joined.add(mark);
            }
        }
    }

    synchronized List<Mark> marks() {
        return List.copyOf(marks);
    }

    synchronized void clear() {
        marks.clear();
        nearNanos = 0;
    }
}
