package org.emotion4j.analysis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.event.FacialEventDetector;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.recording.RecordedFrame;
import org.emotion4j.recording.SessionReader;

/**
 * What the face that a session is about did: expressions and movements with onset, apex and offset, blinks, nods, head shakes,
 * talking, as {@link FacialEventDetector} finds them in the recorded frames. A cut, a face that is turned away and another face end
 * what is under way; another face begins afresh.
 *
 * <p>Records from before movements were kept, and those of a classifier that does not tell them, give expressions alone. Immutable.
 */
public final class SessionEvents {
    private final List<FacialEvent> events = new ArrayList<>();
    private FacialEventDetector detector = new FacialEventDetector();
    private OptionalInt face = OptionalInt.empty();
    private long last = Long.MIN_VALUE;
    private long followed;
    private long steps;
    private long withMovements;

    private SessionEvents() {}

    /**
     * Reads a session to its end.
     *
     * @param session a reader before its first frame; left open
     * @return its events
     * @throws IOException if it cannot be read
     */
    public static SessionEvents of(SessionReader session) throws IOException {
        SessionEvents all = new SessionEvents();
        session.forEachRemaining(all::add);
        all.events.addAll(all.detector.interrupt());
        all.events.sort(Comparator.comparingLong(FacialEvent::onsetNanos));
        return all;
    }

    private void add(RecordedFrame frame) {
        if (frame.discontinuity()) {
            events.addAll(detector.interrupt());
        }
        Optional<EmotionReading> reading = frame.subject();
        if (reading.isEmpty() || frame.mediaNanos() <= last) {
            return;
        }
        follow(reading.get());
    }

    private void follow(EmotionReading reading) {
        if (face.isEmpty() || face.getAsInt() != reading.faceId()) {
            events.addAll(detector.interrupt());
            detector = new FacialEventDetector();
            face = OptionalInt.of(reading.faceId());
        }
        if (reading.quality().filter(SessionEvents::isUnusable).isPresent()) {
            events.addAll(detector.interrupt());
            return;
        }
        if (last != Long.MIN_VALUE) {
            long step = reading.mediaNanos() - last;
            boolean near = step <= FacialEventDetector.LONGEST_GAP_NANOS;
            followed += near ? step : 0;
            steps += near ? 1 : 0;
        }
        last = reading.mediaNanos();
        withMovements += reading.movements().isPresent() ? 1 : 0;
        events.addAll(detector.accept(last, reading.raw(), reading.movements()));
    }

    private static boolean isUnusable(FaceQuality quality) {
        return quality.issues().contains(FaceQuality.Issue.TURNED_AWAY);
    }

    /**
     * Returns all that was found.
     *
     * @return by their onset
     */
    public List<FacialEvent> events() {
        return List.copyOf(events);
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
