package org.emotion4j.annotation;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emotion4j.annotation.AnnotationTier.Category;

/** A project of BORIS: what can happen (its ethogram), who is watched, and an observation a session. */
final class BorisProject {
    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final Map<String, Category> behaviors = new LinkedHashMap<>();
    private final Set<String> subjects = new LinkedHashSet<>();
    private final JsonObject observations = new JsonObject();

    private BorisProject() {}

    static void write(List<SessionAnnotations> sessions, OutputStream target) throws IOException {
        BorisProject project = new BorisProject();
        sessions.forEach(project::add);
        Writer out = new OutputStreamWriter(target, StandardCharsets.UTF_8);
        JSON.toJson(project.document(sessions), out);
        out.write('\n');
        out.flush();
    }

    private void add(SessionAnnotations session) {
        String id = session.info().sessionId();
        if (observations.has(id)) {
            throw new IllegalArgumentException("two sessions are called " + id + ", expected each once");
        }
        String subject = session.info().metadata().subjectId().orElse("subject");
        subjects.add(subject);
        JsonObject observation = new JsonObject();
        JsonObject files = new JsonObject();
        JsonArray films = new JsonArray();
        session.film().ifPresent(films::add);
        files.add("1", films);
        observation.add("file", files);
        observation.addProperty("type", session.film().isPresent() ? "MEDIA" : "LIVE");
        observation.addProperty("date", date(session.started().orElse(Instant.EPOCH)));
        observation.addProperty("description", "");
        observation.addProperty("time offset", 0.0);
        observation.add("independent_variables", new JsonObject());
        observation.add("events", events(session, subject));
        JsonObject media = new JsonObject();
        JsonObject length = new JsonObject();
        session.film().ifPresent(film -> length.addProperty(film, seconds(session.endNanos())));
        media.add("length", length);
        media.add("fps", new JsonObject());
        observation.add("media_info", media);
        observations.add(id, observation);
    }

    /** A state begins and ends with an event of its own; BORIS wants them by time, an end before the next beginning. */
    private JsonArray events(SessionAnnotations session, String subject) {
        List<Event> all = new ArrayList<>();
        for (AnnotationTier tier : session.tiers()) {
            for (Annotation each : tier.annotations()) {
                String behavior = behaviorOf(tier, each);
                behaviors.put(behavior, tier.category());
                double start = seconds(each.startNanos());
                double end = Math.max(start + 0.001, seconds(each.endNanos()));
                String comment = each.label().equals(tier.name()) || behavior.equals(each.label()) ? "" : each.label();
                all.add(new Event(start, true, behavior, comment));
                all.add(new Event(end, false, behavior, ""));
            }
        }
        all.sort(Comparator.comparingDouble(Event::time).thenComparing(Event::begins));
        JsonArray events = new JsonArray();
        for (Event event : all) {
            JsonArray row = new JsonArray();
            row.add(event.time());
            row.add(subject);
            row.add(event.behavior());
            row.add("");
            row.add(event.comment());
            events.add(row);
        }
        return events;
    }

    private record Event(double time, boolean begins, String behavior, String comment) {}

    private static String behaviorOf(AnnotationTier tier, Annotation annotation) {
        return switch (tier.category()) {
            case EXPRESSION -> annotation.label();
            case CORRECTION, EXPRESSION_EVENT, MOVEMENT, EYES_AND_HEAD, MARKER, NOTE, RECORDING -> tier.name();
        };
    }

    private JsonObject document(List<SessionAnnotations> sessions) {
        JsonObject project = new JsonObject();
        project.addProperty("time_format", "s");
        project.addProperty(
                "project_date",
                date(sessions.stream()
                        .flatMap(session -> session.started().stream())
                        .min(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH)));
        project.addProperty("project_name", "Emotion4J sessions");
        project.addProperty("project_description", "Expressions, movements and markers as Emotion4J recorded them");
        project.addProperty("project_format_version", "7.0");
        project.add("subjects_conf", subjects());
        project.add("behaviors_conf", ethogram());
        JsonArray categories = new JsonArray();
        behaviors.values().stream().distinct().map(Category::code).forEach(categories::add);
        project.add("behavioral_categories", categories);
        project.add("observations", observations);
        project.add("independent_variables", new JsonObject());
        project.add("coding_map", new JsonObject());
        project.add("behaviors_coding_map", new JsonArray());
        project.add("converters", new JsonObject());
        return project;
    }

    private JsonObject subjects() {
        JsonObject all = new JsonObject();
        for (String name : subjects) {
            JsonObject subject = new JsonObject();
            subject.addProperty("key", "");
            subject.addProperty("name", name);
            subject.addProperty("description", "");
            all.add(Integer.toString(all.size()), subject);
        }
        return all;
    }

    private JsonObject ethogram() {
        JsonObject all = new JsonObject();
        behaviors.forEach((code, category) -> {
            JsonObject behavior = new JsonObject();
            behavior.addProperty("type", "State event");
            behavior.addProperty("key", "");
            behavior.addProperty("code", code);
            behavior.addProperty("description", "");
            behavior.addProperty("category", category.code());
            behavior.add("modifiers", new JsonObject());
            behavior.addProperty("excluded", "");
            behavior.addProperty("coding map", "");
            all.add(Integer.toString(all.size()), behavior);
        });
        return all;
    }

    private static String date(Instant instant) {
        return LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC)
                .toString();
    }

    private static double seconds(long nanos) {
        return Math.round(nanos / 1e6) / 1e3;
    }
}
