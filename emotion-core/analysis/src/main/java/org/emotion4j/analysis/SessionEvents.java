package org.emotion4j.analysis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.emotion4j.event.EventFinder;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.event.FacialEventDetector;
import org.emotion4j.event.FacialRest;
import org.emotion4j.event.SessionEvent;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.recording.RecordedFrame;
import org.emotion4j.recording.SessionReader;

/**
 * What the face that a session is about did: expressions and movements with onset, apex and offset, blinks, nods, head shakes,
 * talking. They are those that were found while it was recorded ({@code events.csv}); of a record without them, and relative to a
 * rest that was not known then, they are found in its rows by the same rules ({@link EventFinder}).
 *
 * <p>Records from before movements were kept, and those of a classifier that does not tell them, give expressions alone. Immutable.
 */
public final class SessionEvents {
    private static final Comparator<SessionEvent> BY_ONSET =
            Comparator.comparingLong((SessionEvent found) -> found.event().onsetNanos());

    private final List<SessionEvent> all;
    private final List<FacialEvent> events;
    private final long followed;
    private final long steps;
    private final long withMovements;
    private final boolean recorded;

    private SessionEvents(Collector from, List<SessionEvent> all) {
        this.all = all.stream().sorted(BY_ONSET).toList();
        this.events = this.all.stream()
                .filter(SessionEvent::ofSubject)
                .map(SessionEvent::event)
                .toList();
        this.followed = from.followed;
        this.steps = from.steps;
        this.withMovements = from.withMovements;
        this.recorded = from.recorded.isPresent();
    }

    /**
     * Reads a session to its end.
     *
     * @param session a reader before its first frame; left open
     * @return its events
     * @throws IOException if it cannot be read
     */
    public static SessionEvents of(SessionReader session) throws IOException {
        Collector collector = collector(session);
        session.forEachRemaining(collector);
        return collector.events();
    }

    /**
     * Reads a session to its end and measures against a rest.
     *
     * @param session a reader before its first frame; left open
     * @param rest what the person shows at rest, of {@link #restOf} for example
     * @return its events relative to it
     * @throws IOException if it cannot be read
     */
    public static SessionEvents relativeTo(SessionReader session, FacialRest rest) throws IOException {
        Collector collector = relativeTo(rest);
        session.forEachRemaining(collector);
        return collector.events();
    }

    /**
     * Reads a session to its end, for what the person shows in a stretch of it.
     *
     * @param session a reader before its first frame; left open
     * @param fromNanos where the stretch begins, in nanoseconds of media time
     * @param toNanos where it ends
     * @return the rest; empty where the face is not seen in {@value FacialRest#LEAST_READINGS} frames of the stretch
     * @throws IOException if it cannot be read
     */
    public static Optional<FacialRest> restOf(SessionReader session, long fromNanos, long toNanos) throws IOException {
        FacialRest.Collector collector = FacialRest.collector();
        session.forEachRemaining(frame -> frame.subject()
                .filter(reading -> frame.mediaNanos() >= fromNanos && frame.mediaNanos() < toNanos)
                .filter(reading -> !isTurnedAway(reading))
                .ifPresent(reading -> collector.add(reading.raw(), reading.movements())));
        return collector.readings() < FacialRest.LEAST_READINGS ? Optional.empty() : Optional.of(collector.rest());
    }

    /**
     * Starts to collect while somebody else reads: a session is read once.
     *
     * @param session a reader before its first frame
     * @return a collector for its frames
     * @throws IOException if the events that were recorded cannot be read
     */
    public static Collector collector(SessionReader session) throws IOException {
        return new Collector(session.events(), EventFinder.ofDefaults());
    }

    /**
     * Starts to collect relative to a rest while somebody else reads.
     *
     * @param rest what the person shows at rest
     * @return a collector for the frames of one session
     */
    public static Collector relativeTo(FacialRest rest) {
        return new Collector(Optional.empty(), EventFinder.with(() -> FacialEventDetector.relativeTo(rest)));
    }

    /** Takes the frames of one session, in the order of the record. Confined to one thread. */
    public static final class Collector implements Consumer<RecordedFrame> {
        private final Optional<List<SessionEvent>> recorded;
        private final EventFinder finder;
        private final List<SessionEvent> found = new ArrayList<>();
        private OptionalInt face = OptionalInt.empty();
        private long last = Long.MIN_VALUE;
        private long followed;
        private long steps;
        private long withMovements;

        private Collector(Optional<List<SessionEvent>> recorded, EventFinder finder) {
            this.recorded = recorded;
            this.finder = finder;
        }

        @Override
        public void accept(RecordedFrame frame) {
            if (recorded.isEmpty()) {
                found.addAll(frame.events(finder));
            }
            if (frame.discontinuity()) {
                last = Long.MIN_VALUE;
            }
            frame.subject()
                    .filter(reading -> !isTurnedAway(reading))
                    .filter(reading -> frame.mediaNanos() > last)
                    .ifPresent(reading -> follow(reading, frame.mediaNanos()));
        }

        private void follow(EmotionReading reading, long mediaNanos) {
            boolean isSame = face.isPresent() && face.getAsInt() == reading.faceId();
            if (isSame && last != Long.MIN_VALUE && mediaNanos - last <= FacialEventDetector.LONGEST_GAP_NANOS) {
                followed += mediaNanos - last;
                steps++;
            }
            face = OptionalInt.of(reading.faceId());
            last = mediaNanos;
            withMovements += reading.movements().isPresent() ? 1 : 0;
        }

        /**
         * Ends what is under way, after the last frame.
         *
         * @return the session's events
         */
        public SessionEvents events() {
            found.addAll(finder.end());
            return new SessionEvents(this, recorded.orElse(found));
        }
    }

    private static boolean isTurnedAway(EmotionReading reading) {
        return reading.quality()
                .filter(quality -> quality.issues().contains(FaceQuality.Issue.TURNED_AWAY))
                .isPresent();
    }

    /**
     * Returns what the face did that the session is about.
     *
     * @return by their onset
     */
    public List<FacialEvent> events() {
        return events;
    }

    /**
     * Returns what all faces did that are in the record.
     *
     * @return by their onset
     */
    public List<SessionEvent> ofAllFaces() {
        return all;
    }

    /**
     * Tells whether these are the events that were found while the session was recorded.
     *
     * @return false where they were found in its rows
     */
    public boolean wereRecorded() {
        return recorded;
    }

    /**
     * Returns the events of a kind.
     *
     * @param kind which
     * @return by their onset
     */
    public List<FacialEvent> events(FacialEvent.Kind kind) {
        return events.stream().filter(event -> event.kind() == kind).toList();
    }

    /**
     * Returns how often a kind of event was seen, of what could be followed.
     *
     * @param kind which
     * @return a minute; NaN where nothing could be followed
     */
    public double perMinute(FacialEvent.Kind kind) {
        return followed == 0 ? Double.NaN : events(kind).size() / (followed / 60e9);
    }

    /**
     * Returns how long a kind of event was on average.
     *
     * @param kind which
     * @return seconds; NaN where there was none
     */
    public double meanSeconds(FacialEvent.Kind kind) {
        return events(kind).stream()
                .mapToDouble(event -> event.durationNanos() / 1e9)
                .average()
                .orElse(Double.NaN);
    }

    /**
     * Returns for how much of the time the eyes were closed, blinks included.
     *
     * @return 0 to 1, of the time in which the face could be followed; NaN where it could not, or nobody told
     */
    public double closedShare() {
        if (followed == 0 || !knowsMovements()) {
            return Double.NaN;
        }
        long closed = 0;
        for (FacialEvent.Kind kind : List.of(FacialEvent.Kind.BLINK, FacialEvent.Kind.EYES_CLOSED)) {
            closed +=
                    events(kind).stream().mapToLong(FacialEvent::durationNanos).sum();
        }
        return Math.min(1, (double) closed / followed);
    }

    /**
     * Tells whether movements are known, so that blinks, nods and talking could be found.
     *
     * @return false for a record of expressions alone
     */
    public boolean knowsMovements() {
        return withMovements > 0;
    }

    /**
     * Returns how many frames a second there were while the face could be followed; below 10 blinks are missed.
     *
     * @return frames a second; NaN where nothing could be followed
     */
    public double framesPerSecond() {
        return followed == 0 ? Double.NaN : steps / (followed / 1e9);
    }

    /**
     * Returns how long the face could be followed.
     *
     * @return nanoseconds of media time, without gaps and times in which it was turned away
     */
    public long followedNanos() {
        return followed;
    }
}
