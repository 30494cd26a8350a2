package org.emotion4j.annotation;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emotion4j.annotation.AnnotationTier.Category;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.recording.SessionMarker;
import org.emotion4j.recording.SessionNote;
import org.emotion4j.recording.SessionNotes;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.stage.Experimental;

/**
 * Takes what people annotated in ELAN or BORIS back into a session, as its notes ({@link SessionNotes}); the record stays as it is.
 *
 * <table>
 * <caption>Tiers, or behaviors of BORIS, and what they become</caption>
 * <tr><td>{@code marker}</td><td>markers, at the beginning of each annotation</td></tr>
 * <tr><td>{@code corrected expression}</td><td>corrected labels; the text is one of the seven, or {@code no clear expression}</td></tr>
 * <tr><td>{@code note}</td><td>notes on moments and stretches</td></tr>
 * <tr><td>all that a session's export has besides</td><td>nothing: it is in the record</td></tr>
 * <tr><td>all others</td><td>notes on stretches, {@code TIER: TEXT}</td></tr>
 * </table>
 *
 * <p>What is in the session already is not added again, so a file can be taken in after each sitting. What was deleted in ELAN or
 * BORIS stays in the session: {@link SessionNotes#withdraw} takes it back.
 *
 * <p>A file of another session is refused, with an {@link AnnotationFormatException}: one that names another session or another
 * film, or has an annotation after the session's end. Nothing is written before all of it was looked at. Immutable.
 */
@Experimental
public final class AnnotationImport {
    /** Annotation programs count milliseconds, and move what begins in one and the same. */
    private static final long SAME_NANOS = 3_000_000;

    private static final long LONGER_NANOS = 1_000_000_000;
    private static final Instant NOT_YET = Instant.EPOCH;
    private static final String MARKER = "marker";
    private static final String NOTE = "note";
    private static final String CORRECTION = "corrected expression";

    private final List<SessionNote> additions;
    private final int known;
    private final int generated;

    private AnnotationImport(List<SessionNote> additions, int known, int generated) {
        this.additions = List.copyOf(additions);
        this.known = known;
        this.generated = generated;
    }

    /**
     * Looks through a document of ELAN.
     *
     * @param file the document; left open
     * @param session the session that it is of, before its first frame; read to its end, left open
     * @param by who annotated, 1 to {@value SessionNote#MAX_NAME} characters
     * @return what is to be added
     * @throws AnnotationFormatException if it is no such document, or of another session
     * @throws IOException if one of them cannot be read
     */
    public static AnnotationImport elan(InputStream file, SessionReader session, String by) throws IOException {
        return of(ElanReader.read(file), session, by);
    }

    /**
     * Looks through a project of BORIS.
     *
     * @param file the project; left open
     * @param observation which observation; that with the session's id where it is empty
     * @param session the session that it is of, before its first frame; read to its end, left open
     * @param by who annotated, 1 to {@value SessionNote#MAX_NAME} characters
     * @return what is to be added
     * @throws AnnotationFormatException if it is no such project, or of another session
     * @throws IOException if one of them cannot be read
     */
    public static AnnotationImport boris(
            InputStream file, Optional<String> observation, SessionReader session, String by) throws IOException {
        return of(BorisReader.read(file, observation.orElse(session.info().sessionId())), session, by);
    }

    private static AnnotationImport of(AnnotatedFile file, SessionReader reader, String by) throws IOException {
        SessionAnnotations session = SessionAnnotations.of(reader);
        requireSame(file, session);
        Set<String> ours = session.tiers().stream()
                .filter(tier -> tier.category() != Category.MARKER
                        && tier.category() != Category.NOTE
                        && tier.category() != Category.CORRECTION)
                .map(AnnotationTier::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Known there = new Known(reader.notes(), reader.markers());
        List<SessionNote> additions = new ArrayList<>();
        int known = 0;
        int generated = 0;
        for (AnnotatedFile.Item item : file.items()) {
            if (item.generated() || ours.contains(item.tier())) {
                generated++;
                continue;
            }
            SessionNote note = note(item, by);
            if (there.has(note)) {
                known++;
            } else {
                additions.add(note);
            }
        }
        return new AnnotationImport(additions, known, generated);
    }

    private static void requireSame(AnnotatedFile file, SessionAnnotations session) throws AnnotationFormatException {
        String id = session.info().sessionId();
        if (file.session().isPresent() && !file.session().get().equals(id)) {
            throw new AnnotationFormatException(
                    "it is of session " + file.session().get() + ", and this one is " + id);
        }
        if (file.session().isEmpty()
                && file.film().isPresent()
                && session.film().isPresent()) {
            String theirs = name(file.film().get());
            String ours = name(session.film().get());
            if (!theirs.equals(ours)) {
                throw new AnnotationFormatException("it is of the film " + theirs + ", and the session of " + ours);
            }
        }
        for (AnnotatedFile.Item item : file.items()) {
            long end = item.toNanos().orElse(item.fromNanos());
            if (end > session.endNanos() + LONGER_NANOS) {
                throw new AnnotationFormatException(item.at() + " ends at " + seconds(end) + ", and the session at "
                        + seconds(session.endNanos()) + ": it is of another one");
            }
        }
    }

    private static String name(String path) {
        String plain = path.replace('\\', '/');
        return plain.substring(plain.lastIndexOf('/') + 1).replace("%20", " ");
    }

    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
    }

    private static SessionNote note(AnnotatedFile.Item item, String by) throws AnnotationFormatException {
        try {
            return switch (item.tier()) {
                case MARKER ->
                    draft(SessionNote.Kind.MARKER, by, item, OptionalLong.empty(), Optional.empty(), item.text());
                case CORRECTION -> draft(SessionNote.Kind.LABEL, by, item, item.toNanos(), label(item), "");
                case NOTE -> draft(SessionNote.Kind.NOTE, by, item, item.toNanos(), Optional.empty(), item.text());
                default ->
                    draft(
                            SessionNote.Kind.NOTE,
                            by,
                            item,
                            item.toNanos(),
                            Optional.empty(),
                            item.text().isEmpty() ? item.tier() : item.tier() + ": " + item.text());
            };
        } catch (IllegalArgumentException e) {
            throw new AnnotationFormatException(item.at() + ": " + e.getMessage(), e);
        }
    }

    private static SessionNote draft(
            SessionNote.Kind kind,
            String by,
            AnnotatedFile.Item item,
            OptionalLong to,
            Optional<Emotion> label,
            String text) {
        return new SessionNote(
                1,
                kind,
                by,
                NOT_YET,
                OptionalLong.of(item.fromNanos()),
                to,
                label,
                OptionalDouble.empty(),
                OptionalLong.empty(),
                text);
    }

    private static Optional<Emotion> label(AnnotatedFile.Item item) {
        String text = item.text();
        if (text.equals(EmotionReading.NO_CLEAR_EXPRESSION) || text.equals("none")) {
            return Optional.empty();
        }
        return Optional.of(Emotion.find(text)
                .orElseThrow(() -> new IllegalArgumentException("the label is \"" + text + "\", expected one of "
                        + String.join(", ", Emotion.labels()) + " or " + EmotionReading.NO_CLEAR_EXPRESSION)));
    }

    /** What the session has already. */
    private static final class Known {
        private final List<SessionMarker> markers;
        private final List<SessionNote> notes;
        private final List<SessionNotes.CorrectedLabel> labels;

        Known(SessionNotes.Content content, List<SessionMarker> markers) {
            this.markers = markers;
            this.notes = content.current(SessionNote.Kind.NOTE).stream()
                    .filter(note -> note.fromNanos().isPresent())
                    .toList();
            // As they were written, and as they hold, which is what an export has of those that overlap.
            this.labels = Stream.concat(
                            content.current(SessionNote.Kind.LABEL).stream()
                                    .map(note -> new SessionNotes.CorrectedLabel(
                                            note.fromNanos().getAsLong(),
                                            note.toNanos().getAsLong(),
                                            note.label(),
                                            note.by())),
                            content.correctedLabels().stream())
                    .toList();
        }

        boolean has(SessionNote note) {
            long from = note.fromNanos().getAsLong();
            return switch (note.kind()) {
                case MARKER ->
                    markers.stream()
                            .anyMatch(
                                    marker -> isSame(marker.mediaNanos(), from) && isSame(marker.text(), note.text()));
                case LABEL ->
                    labels.stream()
                            .anyMatch(label -> isSame(label.fromNanos(), from)
                                    && isSame(label.toNanos(), note.toNanos().getAsLong())
                                    && label.label().equals(note.label()));
                // Not by its end, which an export shortens where the next note begins.
                default ->
                    notes.stream()
                            .anyMatch(other ->
                                    isSame(other.fromNanos().getAsLong(), from) && isSame(other.text(), note.text()));
            };
        }

        /** What XML cannot hold comes back as another character. */
        private static boolean isSame(String ours, String theirs) {
            return ours.equals(theirs) || ElanDocument.readable(ours).equals(theirs);
        }

        private static boolean isSame(long one, long other) {
            return Math.abs(one - other) <= SAME_NANOS;
        }
    }

    /**
     * Returns what is to be added.
     *
     * @return notes, markers and corrections without number and date of their own, in the order of the file
     */
    public List<SessionNote> additions() {
        return additions;
    }

    /**
     * Returns how much of the file the session had already as notes.
     *
     * @return 0 or more
     */
    public int known() {
        return known;
    }

    /**
     * Returns how much of the file came from the record itself and is left alone.
     *
     * @return 0 or more
     */
    public int generated() {
        return generated;
    }

    /**
     * Adds it to the session.
     *
     * @param notes of the session that was looked at
     * @throws IOException if something cannot be written; what was added before that stays, and is not added again by another try
     */
    public void addTo(SessionNotes notes) throws IOException {
        for (SessionNote note : additions) {
            long from = note.fromNanos().getAsLong();
            switch (note.kind()) {
                case MARKER -> notes.mark(note.by(), from, note.text());
                case LABEL -> notes.correct(note.by(), from, note.toNanos().getAsLong(), note.label());
                default -> {
                    if (note.toNanos().isPresent()) {
                        notes.note(note.by(), from, note.toNanos().getAsLong(), note.text());
                    } else {
                        notes.note(note.by(), from, note.text());
                    }
                }
            }
        }
    }

    @Override
    public String toString() {
        return "AnnotationImport[" + additions.size() + " to add, " + known + " known, " + generated + " generated]";
    }
}
