package org.emotion4j.event;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FacialMovements;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;

/**
 * Finds the events of all faces of a session, frame by frame, with an {@link EventDetector} for each. What ends what is under way:
 * a cut, half a second without the face, a face that is turned away, and that the session is about another face from now on; a face
 * that it is newly about begins afresh, as it does in a record that has the other's readings alone. A frame whose time is not later
 * than the one before is passed over; behind a cut time may begin anew.
 *
 * <p>No clock, no randomness: the same frames have the same events. Confined to one thread.
 */
public final class EventFinder {
    /** A face that was not seen for this time ends what is under way. */
    private static final long LONGEST_GAP_NANOS = FacialEventDetector.LONGEST_GAP_NANOS;

    /** Nothing is known any more of a face that was not seen for this time. */
    private static final long FORGOTTEN_NANOS = 60_000_000_000L;

    private static final Comparator<SessionEvent> BY_ONSET = Comparator.comparingLong(
                    (SessionEvent found) -> found.event().onsetNanos())
            .thenComparingInt(SessionEvent::faceId);

    private final Supplier<? extends EventDetector> detectors;
    private final Map<Integer, Followed> faces = new TreeMap<>();
    private OptionalInt about = OptionalInt.empty();
    private boolean started;
    private long last;

    private EventFinder(Supplier<? extends EventDetector> detectors) {
        this.detectors = detectors;
    }

    /**
     * Finds events by the library's rules.
     *
     * @return a finder before the first frame of a session
     */
    public static EventFinder ofDefaults() {
        return with(FacialEventDetector::new);
    }

    /**
     * Finds events with other detectors.
     *
     * @param detectors gives another detector at each call, one for each face
     * @return a finder before the first frame of a session
     */
    public static EventFinder with(Supplier<? extends EventDetector> detectors) {
        return new EventFinder(detectors);
    }

    /**
     * Takes the next frame of a session. Of its readings it takes the digits that a record keeps.
     *
     * @param result the frame
     * @return the events that it ends, by their onset; mostly none
     */
    public List<SessionEvent> accept(FrameResult result) {
        return accept(
                RecordDigits.time(result.mediaNanos()),
                result.discontinuity(),
                result.readings(),
                result.subjectReading()
                        .map(reading -> OptionalInt.of(reading.faceId()))
                        .orElseGet(OptionalInt::empty),
                false);
    }

    /**
     * Takes the next frame of a record.
     *
     * @param mediaNanos its media time
     * @param cut whether it does not follow from the one before
     * @param readings its faces, as they were read from the record
     * @param subject the id of the face that the session is about; empty where that is not in the frame
     * @return the events that it ends, by their onset; mostly none
     */
    public List<SessionEvent> acceptRecorded(
            long mediaNanos, boolean cut, List<EmotionReading> readings, OptionalInt subject) {
        return accept(mediaNanos, cut, readings, subject, true);
    }

    /**
     * Ends what is under way, at the end of the session.
     *
     * @return the events that were under way and are long enough, by their onset
     */
    public List<SessionEvent> end() {
        List<SessionEvent> ended = new ArrayList<>();
        faces.values().forEach(face -> face.interrupt(ended));
        ended.sort(BY_ONSET);
        return ended;
    }

    private List<SessionEvent> accept(
            long mediaNanos, boolean cut, List<EmotionReading> readings, OptionalInt subject, boolean recorded) {
        List<SessionEvent> ended = new ArrayList<>();
        boolean forward = !started || mediaNanos > last;
        if (cut) {
            faces.values().forEach(face -> face.interrupt(ended));
            if (!forward) {
                faces.clear();
            }
        } else if (!forward) {
            return List.of();
        }
        started = true;
        last = mediaNanos;
        follow(subject, ended);
        for (EmotionReading reading : readings) {
            boolean ofSubject = subject.isPresent() && subject.getAsInt() == reading.faceId();
            face(reading.faceId(), ofSubject, ended).take(mediaNanos, reading, recorded, ended);
        }
        leave(mediaNanos, ended);
        ended.sort(BY_ONSET);
        return ended;
    }

    /** The face that the session was about is left for good: in a record it is not there while it is another's. */
    private void follow(OptionalInt subject, List<SessionEvent> ended) {
        if (subject.isEmpty()) {
            return;
        }
        if (about.isPresent() && about.getAsInt() != subject.getAsInt()) {
            Followed left = faces.remove(about.getAsInt());
            if (left != null) {
                left.interrupt(ended);
            }
        }
        about = subject;
    }

    private Followed face(int id, boolean ofSubject, List<SessionEvent> ended) {
        Followed known = faces.get(id);
        if (known != null && known.ofSubject == ofSubject) {
            return known;
        }
        if (known != null) {
            known.interrupt(ended);
        }
        Followed face = new Followed(id, ofSubject, detectors.get());
        faces.put(id, face);
        return face;
    }

    private void leave(long mediaNanos, List<SessionEvent> ended) {
        for (Followed face : faces.values()) {
            if (mediaNanos - face.last > LONGEST_GAP_NANOS) {
                face.interrupt(ended);
            }
        }
        faces.values().removeIf(face -> mediaNanos - face.last > FORGOTTEN_NANOS);
    }

    /** A face and what is known of it. */
    private static final class Followed {
        private final int id;
        private final boolean ofSubject;
        private final EventDetector detector;
        private boolean going;
        private long last;

        Followed(int id, boolean ofSubject, EventDetector detector) {
            this.id = id;
            this.ofSubject = ofSubject;
            this.detector = detector;
        }

        void take(long mediaNanos, EmotionReading reading, boolean recorded, List<SessionEvent> ended) {
            if (going && mediaNanos - last > LONGEST_GAP_NANOS) {
                interrupt(ended);
            }
            last = mediaNanos;
            if (isTurnedAway(reading)) {
                interrupt(ended);
                return;
            }
            going = true;
            EmotionScores scores = recorded ? reading.raw() : RecordDigits.scores(reading.raw());
            Optional<FacialMovements> movements =
                    recorded ? reading.movements() : RecordDigits.movements(reading.movements());
            add(detector.accept(mediaNanos, scores, movements), ended);
        }

        void interrupt(List<SessionEvent> ended) {
            if (going) {
                going = false;
                add(detector.interrupt(), ended);
            }
        }

        private void add(List<FacialEvent> events, List<SessionEvent> ended) {
            events.forEach(event -> ended.add(new SessionEvent(id, ofSubject, event)));
        }

        private static boolean isTurnedAway(EmotionReading reading) {
            return reading.quality()
                    .filter(quality -> quality.issues().contains(FaceQuality.Issue.TURNED_AWAY))
                    .isPresent();
        }
    }
}
