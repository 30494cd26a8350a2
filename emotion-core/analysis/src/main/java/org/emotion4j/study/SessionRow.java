package org.emotion4j.study;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.emotion4j.analysis.SessionEvents;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.recording.SessionMarker;
import org.emotion4j.recording.SessionNote;
import org.emotion4j.recording.SessionNotes;
import org.emotion4j.recording.SessionReader;

/** What one session has in each variable: figures of the face that it is about. */
final class SessionRow {
    static final int NO_CLEAR_EXPRESSION = 0;
    static final int NO_FACE = 9;

    private static final String EVERY_READING = ", mean of all readings";
    private static final String SPREAD = ", standard deviation over readings";
    private static final int SCORE_DIGITS = 4;
    private static final int SHARE_DIGITS = 4;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Map<StudyVariable, String> cells = new LinkedHashMap<>();
    private final Map<String, Double> questionnaires = new LinkedHashMap<>();

    private final Map<Emotion, Moments> scores = new EnumMap<>(Emotion.class);
    private final Map<FacialMovement, Moments> movements = new EnumMap<>(FacialMovement.class);
    private final Moments quality = new Moments();
    private long readings;

    private SessionRow() {
        Emotion.all().forEach(emotion -> scores.put(emotion, new Moments()));
        FacialMovement.all().forEach(movement -> movements.put(movement, new Moments()));
    }

    static SessionRow of(SessionReader session) throws IOException {
        SessionRow row = new SessionRow();
        SessionEvents.Collector events = SessionEvents.collector(session);
        SessionSummary summary = SessionSummary.of(session, frame -> {
            events.accept(frame);
            frame.subject().ifPresent(row::count);
        });
        row.whatItIs(summary, session);
        row.expressions(summary);
        row.movements();
        row.events(events.events());
        row.notes(session.notes(), session.markers());
        return row;
    }

    /** By variable, in the order of the table. */
    Map<StudyVariable, String> cells() {
        return cells;
    }

    /** What questionnaires said, by their names. */
    Map<String, Double> questionnaires() {
        return questionnaires;
    }

    private void count(EmotionReading reading) {
        readings++;
        scores.forEach((emotion, moments) -> moments.add(reading.scores().get(emotion)));
        reading.movements()
                .ifPresent(seen -> movements.forEach((movement, moments) -> moments.add(seen.intensity(movement))));
        reading.quality().ifPresent(judged -> quality.add(judged.overall()));
    }

    private void whatItIs(SessionSummary summary, SessionReader session) {
        text("session_id", "Session", summary.info().sessionId());
        text(
                "person",
                "Pseudonym of the person",
                session.info().metadata().subjectId().orElse(""));
        text(
                "started_utc",
                "Begin of the record, UTC",
                session.info().started().map(SessionRow::time).orElse(""));
        code("complete", "Record was ended properly", Map.of(0, "no", 1, "yes"), summary.isComplete() ? 1 : 0);
        number("length_s", "Length, media time", "s", 3, summary.length().toNanos() / 1e9);
        number("frames", "Frames that were analyzed", "n", 0, summary.counters().frames());
        number("readings", "Frames with the face", "n", 0, readings);
        number(
                "face_share",
                "Share of frames with the face",
                "share",
                SHARE_DIGITS,
                (double) readings / summary.counters().frames());
        number("mean_quality", "Quality of the face's picture" + EVERY_READING, "share", 3, quality.mean());
    }

    private void expressions(SessionSummary summary) {
        boolean timeless = summary.isPictures();
        Optional<Emotion> predominant = timeless
                ? summary.frames().predominance().expression()
                : summary.times().predominant();
        Map<Integer, String> codes = new LinkedHashMap<>();
        codes.put(NO_CLEAR_EXPRESSION, EmotionReading.NO_CLEAR_EXPRESSION + ", or several equally long");
        Emotion.all().forEach(emotion -> codes.put(emotion.ordinal() + 1, emotion.label()));
        codes.put(NO_FACE, "no face");
        StudyVariable most = StudyVariable.code("predominant", "Expression shown longest", codes, Set.of(NO_FACE));
        int none = readings == 0 ? NO_FACE : NO_CLEAR_EXPRESSION;
        cells.put(
                most,
                Integer.toString(
                        predominant.map(emotion -> emotion.ordinal() + 1).orElse(none)));
        for (Emotion emotion : Emotion.all()) {
            share(
                    emotion.label(),
                    "labelled " + emotion.label(),
                    timeless ? summary.frames().share(emotion) : summary.times().share(emotion));
        }
        share(
                "none",
                "without a clear expression",
                timeless
                        ? (double) summary.frames().noClear() / summary.frames().withFace()
                        : summary.times().noClearShare());
        scores.forEach((emotion, moments) -> number(
                "mean_" + emotion.label(),
                "Smoothed score of " + emotion.label() + EVERY_READING,
                "probability",
                SCORE_DIGITS,
                moments.mean()));
        scores.forEach((emotion, moments) -> number(
                "sd_" + emotion.label(),
                "Smoothed score of " + emotion.label() + SPREAD,
                "probability",
                SCORE_DIGITS,
                moments.deviation()));
    }

    private void share(String name, String what, double value) {
        number(
                "share_" + name,
                "Share of time with the face (of pictures: their share) " + what,
                "share",
                SHARE_DIGITS,
                value);
    }

    private void movements() {
        movements.forEach((movement, moments) -> number(
                "mean_" + movement.code(),
                movement.code() + " " + movement.label() + EVERY_READING,
                "probability",
                SCORE_DIGITS,
                moments.mean()));
        movements.forEach((movement, moments) -> number(
                "sd_" + movement.code(),
                movement.code() + " " + movement.label() + SPREAD,
                "probability",
                SCORE_DIGITS,
                moments.deviation()));
    }

    private void events(SessionEvents events) {
        for (Emotion emotion : Emotion.all()) {
            if (emotion != Emotion.NEUTRAL) {
                number(
                        "n_" + emotion.label(),
                        "Events: " + emotion.label() + " came and went",
                        "n",
                        0,
                        events.events(FacialEvent.Kind.EXPRESSION).stream()
                                .filter(event -> event.name().equals(emotion.label()))
                                .count());
            }
        }
        for (FacialEvent.Kind kind : FacialEvent.Kind.values()) {
            if (kind != FacialEvent.Kind.EXPRESSION && kind != FacialEvent.Kind.MOVEMENT) {
                number(
                        "n_" + kind.code().replace('-', '_'),
                        "Events: " + kind.code(),
                        "n",
                        0,
                        events.knowsMovements() ? events.events(kind).size() : Double.NaN);
            }
        }
        boolean knows = events.knowsMovements();
        number(
                "blinks_per_minute",
                "Blinks a minute in which the face could be followed",
                "per minute",
                2,
                knows ? events.perMinute(FacialEvent.Kind.BLINK) : Double.NaN);
        number(
                "eyes_closed_share",
                "Share of time with eyes closed, blinks included",
                "share",
                SHARE_DIGITS,
                events.closedShare());
    }

    private void notes(SessionNotes.Content notes, List<SessionMarker> markers) {
        number(
                "n_markers",
                "Markers that people set",
                "n",
                0,
                markers.stream().filter(marker -> !marker.isOwn()).count());
        number(
                "n_corrections",
                "Stretches whose label a person corrected",
                "n",
                0,
                notes.correctedLabels().size());
        for (SessionNote figure : notes.current(SessionNote.Kind.FIGURE)) {
            questionnaires.put(figure.text(), figure.value().getAsDouble());
        }
    }

    private void text(String name, String label, String value) {
        cells.put(StudyVariable.text(name, label), value);
    }

    private void code(String name, String label, Map<Integer, String> values, int value) {
        cells.put(StudyVariable.code(name, label, values, Set.of()), Integer.toString(value));
    }

    private void number(String name, String label, String unit, int decimals, double value) {
        cells.put(StudyVariable.number(name, label, unit, decimals), written(value, decimals));
    }

    static String written(double value, int decimals) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + decimals + "f", value) : "";
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }
}
