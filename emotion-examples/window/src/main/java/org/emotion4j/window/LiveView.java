package org.emotion4j.window;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.emotion4j.event.SessionEvent;
import org.emotion4j.frame.Frame;
import org.emotion4j.pipeline.FrameViewer;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.SubjectRule;

/**
 * The newest of a session, for whoever draws: the session's threads put in, the event thread looks when it has time, and
 * nobody waits. Thread-safe.
 */
final class LiveView implements FrameViewer {
    /** Faces are chosen by their id; this one stands for the largest, as nobody chose. */
    static final int LARGEST = 0;

    /** Stands for the largest, because somebody chose that. */
    static final int LARGEST_CHOSEN = -1;

    private final PictureBuffer pictures = new PictureBuffer();
    private final ExpressionTrack track = new ExpressionTrack();
    private final List<Marker> markers = new CopyOnWriteArrayList<>();
    private final EventTrack events = new EventTrack();
    private final CompanionStrip companion = new CompanionStrip();
    private final FaceGuide guide;
    private volatile Optional<FrameResult> latest = Optional.empty();
    private volatile boolean waiting;
    private volatile int chosen = LARGEST;
    private volatile long origin = Long.MAX_VALUE;
    private final AtomicLong shown = new AtomicLong();
    private volatile Runnable repaint = () -> {};

    /**
     * A marked moment.
     *
     * @param nanos since the session began
     * @param text what for
     */
    record Marker(long nanos, String text) {}

    LiveView(FaceGuide guide) {
        this.guide = guide;
    }

    /** Sets what is called, on the preview's thread, when there is a new picture. */
    void onPicture(Runnable value) {
        repaint = value;
    }

    @Override
    public void preview(Frame frame) {
        if (pictures.show(frame)) {
            shown.incrementAndGet();
            repaint.run();
        }
    }

    /** Takes what was found in a frame, which is shown together with its picture. */
    void add(FrameResult result) {
        latest = Optional.of(result);
        if (result.mediaNanos() >= origin) {
            track.add(result.mediaNanos() - origin, result.discontinuity(), focus(result));
            companion.add(result, origin);
        }
        if (pictures.add(result)) {
            shown.incrementAndGet();
            repaint.run();
        }
    }

    /** Takes what a face did; marks are those of the face that the session is about. */
    void add(SessionEvent found) {
        if (found.ofSubject() && found.event().onsetNanos() >= origin) {
            events.add(found.event(), origin);
        }
    }

    /** Draws the picture anew. */
    void repaint() {
        repaint.run();
    }

    /** Begins to count: what is before this media time is not part of the session. */
    void begin(long mediaNanos) {
        if (mediaNanos == 0) {
            pictures.beginRun();
        }
        track.clear();
        markers.clear();
        events.clear();
        origin = mediaNanos;
    }

    /** Forgets the session and its pictures. */
    void clear() {
        origin = Long.MAX_VALUE;
        latest = Optional.empty();
        chosen = LARGEST;
        waiting = false;
        companion.clear();
        track.clear();
        markers.clear();
        events.clear();
        pictures.clear();
        repaint.run();
    }

    void mark(String text) {
        markers.add(new Marker(now(), text));
    }

    /** The session's time of the newest result, in nanoseconds. */
    long now() {
        return Math.max(0, latest.map(FrameResult::mediaNanos).orElse(0L) - (origin == Long.MAX_VALUE ? 0 : origin));
    }

    void choose(int faceId) {
        chosen = faceId;
        repaint.run();
    }

    int chosen() {
        return chosen;
    }

    Optional<FrameResult> latest() {
        return latest;
    }

    /** The chosen face, or the largest where none is chosen, in the newest frame. */
    Optional<EmotionReading> focus() {
        return latest.flatMap(this::focus);
    }

    /** Says whether no new pictures come: what was found in the last one is then no reading of now. */
    void waiting(boolean value) {
        waiting = value;
        repaint.run();
    }

    /** What was found in the very picture that is shown; empty where it was not analyzed, or is not of now. */
    Optional<FrameResult> pictured() {
        return waiting ? Optional.empty() : pictures.result();
    }

    /** The chosen face, or the largest where none is chosen, in the picture that is shown. */
    Optional<EmotionReading> picturedFocus() {
        return pictured().flatMap(this::focus);
    }

    /** The chosen face, or the largest where none is chosen, in a frame. */
    Optional<EmotionReading> focus(FrameResult result) {
        if (result.subject().isPresent()) {
            return result.subjectReading();
        }
        int id = chosen;
        return result.readings().stream()
                .filter(reading -> id <= LARGEST || reading.faceId() == id)
                .findFirst();
    }

    /** What is chosen, as it is called now: a face that was lost and found again has another id. */
    int selected() {
        int id = chosen;
        return id <= LARGEST
                ? id
                : pictured()
                        .flatMap(FrameResult::subject)
                        .map(subject -> subject.faceId().orElse(id))
                        .orElse(id);
    }

    /** The faces of the newest frame that the detector is sure of, the largest first. */
    List<EmotionReading> people() {
        return latest.map(FrameResult::readings).orElse(List.of()).stream()
                .filter(reading -> reading.face().confidence() >= SubjectRule.SURE)
                .toList();
    }

    /** Whether several people are in sight and nobody has said whom the session is about. */
    boolean isToChoose() {
        return chosen == LARGEST && people().size() > 1;
    }

    /** Whether the face that the session is about is lost while others, or it, are in sight. */
    boolean isSubjectLost() {
        return pictured()
                .filter(result -> !result.readings().isEmpty()
                        && result.subject()
                                .filter(subject -> subject.faceId().isEmpty())
                                .isPresent())
                .isPresent();
    }

    /** The other person of a session of two. */
    CompanionStrip companion() {
        return companion;
    }

    /** Whom a session of two would be about besides: who was clicked on, or else the only other one; empty where that is to be said. */
    OptionalInt otherPerson() {
        List<Integer> people = people().stream().map(EmotionReading::faceId).toList();
        if (isToChoose() || people.size() < 2) {
            return OptionalInt.empty();
        }
        int person = chosen > LARGEST ? chosen : people.get(0);
        List<Integer> others = people.stream().filter(id -> id != person).toList();
        if (others.contains(companion.chosen())) {
            return OptionalInt.of(companion.chosen());
        }
        return others.size() == 1 ? OptionalInt.of(others.get(0)) : OptionalInt.empty();
    }

    /** Where the chosen face is, if it is in sight in the newest frame; empty where none is chosen. */
    Optional<EmotionReading> chosenFace() {
        return face(chosen);
    }

    /** A face of the newest frame. */
    Optional<EmotionReading> face(int id) {
        return latest.map(FrameResult::readings).orElse(List.of()).stream()
                .filter(reading -> reading.faceId() == id)
                .findFirst();
    }

    /** What keeps the face from being read well; nothing where the picture that is shown was not looked at. */
    List<Hint> hints() {
        return pictured()
                .map(result -> guide.judge(result, focus(result), pictures.brightness()))
                .orElse(List.of());
    }

    PictureBuffer pictures() {
        return pictures;
    }

    ExpressionTrack track() {
        return track;
    }

    /** What the face did since the session began, in the session's time. */
    List<EventTrack.Mark> events() {
        return events.marks();
    }

    List<Marker> markers() {
        return List.copyOf(markers);
    }

    /** What the timeline draws. */
    Strip strip() {
        return Strip.live(track.curve(), markers(), events());
    }

    /** How many pictures were shown, one with its result after it was shown without counting as two. */
    long shown() {
        return shown.get();
    }
}
