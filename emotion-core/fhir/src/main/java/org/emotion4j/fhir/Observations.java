package org.emotion4j.fhir;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.emotion4j.analysis.SessionEvents;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.recording.SessionNote;
import org.emotion4j.recording.SessionNotes;

/** What was observed in a session, as resources. */
final class Observations {
    private static final String EXPRESSIONS = "expressions";

    private static final String CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category";
    private static final String CAUTION =
            "An expression is what a face shows, not what a person feels. Read by software that errs; no diagnosis.";
    private static final double WHOLE = 100;

    private final SessionSummary summary;
    private final SessionEvents events;
    private final SeenFace face;
    private final SessionNotes.Content notes;
    private final About about;
    private final Map<String, JsonObject> all = new LinkedHashMap<>();

    Observations(SessionSummary summary, SessionEvents events, SeenFace face, SessionNotes.Content notes, About about) {
        this.summary = summary;
        this.events = events;
        this.face = face;
        this.notes = notes;
        this.about = about;
    }

    /**
     * What they all refer to.
     *
     * @param begun when media time 0 was; empty where nobody knows
     */
    record About(String patient, String device, Optional<Instant> begun) {}

    /** By the part of the bundle. */
    Map<String, JsonObject> all() {
        expressions();
        if (face.knowsMovements()) {
            movements();
            events();
        }
        corrections();
        questionnaires();
        return all;
    }

    private void expressions() {
        boolean pictures = summary.isPictures();
        JsonObject observation = read(EXPRESSIONS, "Facial expressions shown in a recorded session");
        if (face.readings() == 0) {
            observation.add(
                    "dataAbsentReason",
                    Fhir.concept(
                            "http://terminology.hl7.org/CodeSystem/data-absent-reason",
                            "not-performed",
                            "The face was not seen"));
        } else {
            observation.add(
                    "valueCodeableConcept",
                    shown(
                            pictures
                                    ? summary.frames().predominance().expression()
                                    : summary.times().predominant()));
            String of = pictures ? "pictures" : "time";
            JsonArray components = new JsonArray();
            for (Emotion emotion : Emotion.all()) {
                double share = pictures
                        ? summary.frames().share(emotion)
                        : summary.times().share(emotion);
                components.add(Fhir.component(
                        "share-" + emotion.label(),
                        "Share of " + of + " with the face labelled " + emotion.label(),
                        percent(share)));
            }
            double unclear = pictures
                    ? (double) summary.frames().noClear() / summary.frames().withFace()
                    : summary.times().noClearShare();
            components.add(Fhir.component(
                    "share-none", "Share of " + of + " with the face without a clear expression", percent(unclear)));
            components.add(Fhir.component(
                    "share-with-face",
                    "Share of frames with the face",
                    percent((double) face.readings() / summary.counters().frames())));
            observation.add("component", components);
        }
        all.put(EXPRESSIONS, observation);
    }

    private void movements() {
        JsonObject observation = read("movements", "Facial movements (action units of FACS), mean of the session");
        JsonArray components = new JsonArray();
        for (FacialMovement movement : FacialMovement.all()) {
            components.add(Fhir.component(
                    movement.code(),
                    movement.code() + " " + movement.label() + ", mean probability",
                    Fhir.quantity(face.mean(movement), "1", "1")));
        }
        observation.add("component", components);
        all.put("movements", observation);
    }

    private void events() {
        JsonObject observation = read("events", "Blinks, closed eyes, nods, head shakes and talking");
        JsonArray components = new JsonArray();
        for (FacialEvent.Kind kind : FacialEvent.Kind.values()) {
            double perMinute = events.perMinute(kind);
            if (kind != FacialEvent.Kind.EXPRESSION
                    && kind != FacialEvent.Kind.MOVEMENT
                    && Double.isFinite(perMinute)) {
                components.add(Fhir.component(
                        kind.code() + "-per-minute",
                        kind.code() + " a minute",
                        Fhir.quantity(perMinute, "/min", "/min")));
            }
        }
        if (Double.isFinite(events.closedShare())) {
            components.add(Fhir.component(
                    "eyes-closed-share",
                    "Share of time with eyes closed, blinks included",
                    percent(events.closedShare())));
        }
        if (!components.isEmpty()) {
            observation.add("component", components);
            all.put("events", observation);
        }
    }

    private void corrections() {
        int number = 0;
        for (SessionNotes.CorrectedLabel label : notes.correctedLabels()) {
            JsonObject observation = observation(
                    "corrected-expression",
                    "Facial expression as a person sees it",
                    String.format(Locale.ROOT, "From %.3f to %.3f s", label.fromNanos() / 1e9, label.toNanos() / 1e9));
            about.begun()
                    .ifPresent(begun -> observation.add(
                            "effectivePeriod",
                            Fhir.period(begun.plusNanos(label.fromNanos()), begun.plusNanos(label.toNanos()))));
            observation.add("performer", Fhir.array(Fhir.display(label.by())));
            observation.add("valueCodeableConcept", shown(label.label()));
            JsonArray components = new JsonArray();
            components.add(Fhir.component(
                    "from", "Begin, media time of the session", Fhir.quantity(label.fromNanos() / 1e9, "s", "s")));
            components.add(Fhir.component(
                    "to", "End, media time of the session", Fhir.quantity(label.toNanos() / 1e9, "s", "s")));
            observation.add("component", components);
            all.put("correction/" + number++, observation);
        }
    }

    private void questionnaires() {
        Map<String, SessionNote> last = new LinkedHashMap<>();
        notes.current(SessionNote.Kind.FIGURE).forEach(note -> last.put(note.text(), note));
        last.forEach((name, note) -> {
            JsonObject observation = observation("questionnaire", name, "Figure of a questionnaire");
            observation.add("category", Fhir.array(Fhir.concept(CATEGORIES, "survey", "Survey")));
            observation.add("code", Fhir.text(name));
            observation.addProperty("effectiveDateTime", Fhir.instant(note.writtenAt()));
            observation.add("performer", Fhir.array(Fhir.display(note.by())));
            observation.add("valueQuantity", Fhir.points(note.value().getAsDouble()));
            all.put("questionnaire/" + name, observation);
        });
    }

    /** One that the software made. */
    private JsonObject read(String code, String text) {
        JsonObject observation = observation(code, text, CAUTION);
        about.begun()
                .ifPresent(begun -> observation.add(
                        "effectivePeriod",
                        Fhir.period(begun.plusNanos(summary.firstNanos()), begun.plusNanos(summary.lastNanos()))));
        observation.add("performer", Fhir.array(Fhir.display("Emotion4J, software")));
        observation.add("device", Fhir.reference(about.device()));
        return observation;
    }

    private JsonObject observation(String code, String text, String remark) {
        JsonObject observation = Fhir.resource("Observation", text + ". " + remark);
        observation.addProperty("status", summary.isComplete() ? "final" : "preliminary");
        observation.add("category", Fhir.array(Fhir.concept(CATEGORIES, "procedure", "Procedure")));
        observation.add("code", Fhir.own(code, text));
        observation.add("subject", Fhir.reference(about.patient()));
        observation.add("note", Fhir.array(Fhir.text(remark)));
        return observation;
    }

    private static JsonObject shown(Optional<Emotion> emotion) {
        return emotion.map(seen -> Fhir.own(seen.label(), seen.label()))
                .orElseGet(() -> Fhir.own("none", EmotionReading.NO_CLEAR_EXPRESSION));
    }

    private static JsonObject percent(double share) {
        return Fhir.quantity(WHOLE * share, "%", "%");
    }
}
