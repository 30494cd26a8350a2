package org.emotion4j.annotation;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.emotion4j.analysis.SessionEvents;
import org.emotion4j.annotation.AnnotationTier.Category;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.event.FacialEventDetector;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.recording.RecordedFrame;
import org.emotion4j.recording.SessionInfo;
import org.emotion4j.recording.SessionMarker;
import org.emotion4j.recording.SessionNote;
import org.emotion4j.recording.SessionNotes;
import org.emotion4j.recording.SessionReader;

/**
 * A recorded session as tiers of annotations: the label of the face it is about for as long as it stood, its events, and the
 * markers, each from its moment to the next. Times are media time. Immutable.
 */
public final class SessionAnnotations {
    /** What is noted on a moment is so long: programs of intervals show nothing shorter. */
    private static final long MOMENT_NANOS = 1_000_000_000L;

    private final SessionInfo info;
    private final List<String> origins;
    private final long endNanos;
    private final List<AnnotationTier> tiers;

    private SessionAnnotations(SessionInfo info, List<String> origins, long endNanos, List<AnnotationTier> tiers) {
        this.info = info;
        this.origins = origins;
        this.endNanos = endNanos;
        this.tiers = tiers;
    }

    /**
     * Reads a session to its end.
     *
     * @param session a reader before its first frame; left open
     * @return its annotations
     * @throws IOException if it cannot be read
     */
    public static SessionAnnotations of(SessionReader session) throws IOException {
        SessionEvents.Collector events = SessionEvents.collector(session);
        LabelRuns labels = new LabelRuns();
        Set<String> origins = new LinkedHashSet<>();
        session.forEachRemaining(frame -> {
            events.accept(frame);
            labels.accept(frame);
            origins.add(frame.origin());
        });
        List<AnnotationTier> tiers = new ArrayList<>();
        tiers.add(new AnnotationTier("expression", Category.EXPRESSION, labels.end()));
        SessionNotes.Content notes = session.notes();
        tiers.addAll(correctionTiers(notes));
        tiers.addAll(tiersOf(events.events().events()));
        tiers.addAll(markerTiers(session.markers(), labels.lastNanos()));
        return new SessionAnnotations(
                session.info(),
                List.copyOf(origins),
                Math.max(0, endOf(tiers, labels.lastNanos())),
                List.copyOf(tiers));
    }

    /** What people added afterwards: labels as they see them, and notes on moments. */
    private static List<AnnotationTier> correctionTiers(SessionNotes.Content notes) {
        List<Annotation> labels = notes.correctedLabels().stream()
                .map(corrected -> new Annotation(
                        corrected.fromNanos(),
                        corrected.toNanos(),
                        corrected.label().map(Emotion::label).orElse(EmotionReading.NO_CLEAR_EXPRESSION),
                        OptionalDouble.empty()))
                .toList();
        List<Annotation> texts = notes.current(SessionNote.Kind.NOTE).stream()
                .filter(note -> note.fromNanos().isPresent())
                .map(note -> new Annotation(
                        note.fromNanos().getAsLong(),
                        note.toNanos().orElse(note.fromNanos().getAsLong() + MOMENT_NANOS),
                        note.text(),
                        OptionalDouble.empty()))
                .toList();
        List<AnnotationTier> tiers = new ArrayList<>();
        if (!labels.isEmpty()) {
            tiers.add(new AnnotationTier("corrected expression", Category.CORRECTION, labels));
        }
        if (!texts.isEmpty()) {
            tiers.add(new AnnotationTier("note", Category.NOTE, texts));
        }
        return tiers;
    }

    private static long endOf(List<AnnotationTier> tiers, long last) {
        return tiers.stream()
                .flatMap(tier -> tier.annotations().stream())
                .mapToLong(Annotation::endNanos)
                .reduce(last, Math::max);
    }

    private static List<AnnotationTier> tiersOf(List<FacialEvent> events) {
        Map<String, Category> categories = new LinkedHashMap<>();
        Map<String, List<Annotation>> byName = new LinkedHashMap<>();
        for (FacialEvent event : events) {
            Category category = categoryOf(event.kind());
            String name = category == Category.EXPRESSION_EVENT ? "event: " + event.name() : event.name();
            categories.put(name, category);
            byName.computeIfAbsent(name, key -> new ArrayList<>())
                    .add(new Annotation(
                            event.onsetNanos(),
                            event.offsetNanos(),
                            event.isWhileTalking() ? event.name() + " (while talking)" : event.name(),
                            OptionalDouble.of(event.peak())));
        }
        List<AnnotationTier> tiers = new ArrayList<>();
        for (Category category : Category.values()) {
            byName.forEach((name, annotations) -> {
                if (categories.get(name) == category) {
                    tiers.add(new AnnotationTier(name, category, annotations));
                }
            });
        }
        return tiers;
    }

    private static Category categoryOf(FacialEvent.Kind kind) {
        return switch (kind) {
            case EXPRESSION -> Category.EXPRESSION_EVENT;
            case MOVEMENT -> Category.MOVEMENT;
            default -> Category.EYES_AND_HEAD;
        };
    }

    private static List<AnnotationTier> markerTiers(List<SessionMarker> markers, long last) {
        List<AnnotationTier> tiers = new ArrayList<>();
        for (boolean own : new boolean[] {false, true}) {
            List<SessionMarker> of = markers.stream()
                    .filter(marker -> marker.isOwn() == own)
                    .sorted((a, b) -> Long.compare(a.mediaNanos(), b.mediaNanos()))
                    .toList();
            List<Annotation> stretches = new ArrayList<>();
            for (int i = 0; i < of.size(); i++) {
                long start = of.get(i).mediaNanos();
                long next = i + 1 < of.size() ? of.get(i + 1).mediaNanos() : last;
                stretches.add(
                        new Annotation(start, Math.max(start, next), of.get(i).text(), OptionalDouble.empty()));
            }
            if (!stretches.isEmpty()) {
                tiers.add(new AnnotationTier(
                        own ? "recording" : "marker", own ? Category.RECORDING : Category.MARKER, stretches));
            }
        }
        return tiers;
    }

    /**
     * Returns what {@code session.json} says.
     *
     * @return the session's description
     */
    public SessionInfo info() {
        return info;
    }

    /**
     * Returns the film that the times belong to.
     *
     * @return the name of the one file that was read; empty of a camera, of pictures and of several files
     */
    public Optional<String> film() {
        return origins.size() == 1 && MediaType.of(origins.get(0)).isPresent()
                ? Optional.of(origins.get(0))
                : Optional.empty();
    }

    /**
     * Returns when the session began.
     *
     * @return by the clock; empty where nobody wrote that down
     */
    public Optional<Instant> started() {
        return info.started();
    }

    /**
     * Returns where the last annotation ends.
     *
     * @return media time in nanoseconds, 0 or more
     */
    public long endNanos() {
        return endNanos;
    }

    /**
     * Returns the tiers: the expression first, then events, movements, eyes and head, markers.
     *
     * @return those that have an annotation, and the expression
     */
    public List<AnnotationTier> tiers() {
        return tiers;
    }

    @Override
    public String toString() {
        return "SessionAnnotations[" + info.sessionId() + ", " + tiers.size() + " tiers]";
    }

    /** Joins frames with the same label; a cut, a frame without the face and a gap end a stretch. */
    private static final class LabelRuns {
        private final List<Annotation> done = new ArrayList<>();
        private Optional<String> label = Optional.empty();
        private double most;
        private long start;
        private long last;
        private long step;

        private void accept(RecordedFrame frame) {
            long now = frame.mediaNanos();
            boolean follows =
                    !frame.discontinuity() && now > last && now - last <= FacialEventDetector.LONGEST_GAP_NANOS;
            Optional<String> here = frame.subject().map(EmotionReading::labelText);
            if (label.isPresent() && (!follows || !label.equals(here))) {
                close(follows ? now : last + step);
            }
            if (follows) {
                step = now - last;
            }
            if (here.isPresent() && label.isEmpty()) {
                start = now;
                most = 0;
            }
            label = here;
            most = Math.max(
                    most, frame.subject().map(EmotionReading::confidence).orElse(0f));
            last = now;
        }

        private void close(long end) {
            done.add(new Annotation(start, Math.max(start, end), label.orElseThrow(), OptionalDouble.of(most)));
            label = Optional.empty();
        }

        private List<Annotation> end() {
            if (label.isPresent()) {
                close(last + step);
            }
            return done;
        }

        private long lastNanos() {
            return last + step;
        }
    }
}
