package org.emotion4j.annotation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.emotion4j.annotation.AnnotationTier.Category;

/** Reads one observation of a project of BORIS. */
final class BorisReader {
    private static final int TIME = 0;
    private static final int SUBJECT = 1;
    private static final int CODE = 2;
    private static final int MODIFIERS = 3;
    private static final int COMMENT = 4;
    private static final double MOST_SECONDS = 1e9;

    /** Behaviors of these came from a session and go nowhere. */
    private static final Set<String> GENERATED = Set.of(
            Category.EXPRESSION.code(),
            Category.EXPRESSION_EVENT.code(),
            Category.MOVEMENT.code(),
            Category.EYES_AND_HEAD.code(),
            Category.RECORDING.code());

    private final Map<String, JsonObject> behaviors = new HashMap<>();
    private final List<AnnotatedFile.Item> items = new ArrayList<>();
    private final Map<String, Began> open = new LinkedHashMap<>();

    private BorisReader() {}

    static AnnotatedFile read(InputStream source, String wanted) throws IOException {
        try {
            JsonElement project = JsonParser.parseReader(new InputStreamReader(source, StandardCharsets.UTF_8));
            if (!project.isJsonObject() || !project.getAsJsonObject().has("observations")) {
                throw new AnnotationFormatException("it is no project of BORIS: it has no observations");
            }
            return new BorisReader().observation(project.getAsJsonObject(), wanted);
        } catch (JsonParseException e) {
            throw new AnnotationFormatException("it is no project of BORIS: " + e.getMessage(), e);
        } catch (ClassCastException | IllegalStateException | UnsupportedOperationException | NumberFormatException e) {
            throw new AnnotationFormatException("it has not the form of a project of BORIS: " + e.getMessage(), e);
        }
    }

    private AnnotatedFile observation(JsonObject project, String wanted) throws AnnotationFormatException {
        JsonObject observations = project.getAsJsonObject("observations");
        if (!observations.has(wanted)) {
            throw new AnnotationFormatException(
                    "it has no observation \"" + wanted + "\", but " + observations.keySet());
        }
        JsonObject observation = observations.getAsJsonObject(wanted);
        if (observation.has("time offset") && observation.get("time offset").getAsDouble() != 0) {
            throw new AnnotationFormatException("observation \"" + wanted + "\" has a time offset of "
                    + observation.get("time offset").getAsString() + " s; set it to 0 in BORIS");
        }
        if (project.has("behaviors_conf")) {
            for (JsonElement each :
                    project.getAsJsonObject("behaviors_conf").asMap().values()) {
                behaviors.put(text(each.getAsJsonObject(), "code"), each.getAsJsonObject());
            }
        }
        if (!observation.has("events")) {
            throw new AnnotationFormatException("observation \"" + wanted + "\" has no events");
        }
        for (JsonElement event : observation.getAsJsonArray("events")) {
            event(event.getAsJsonArray());
        }
        if (!open.isEmpty()) {
            Began first = open.values().iterator().next();
            throw new AnnotationFormatException("state \"" + first.code() + "\" begins at "
                    + AnnotationImport.seconds(first.nanos()) + " and does not end");
        }
        return new AnnotatedFile(Optional.empty(), film(observation), items);
    }

    private record Began(String code, long nanos, String text) {}

    private void event(JsonArray event) throws AnnotationFormatException {
        if (event.size() <= COMMENT) {
            throw new AnnotationFormatException("an event has " + event.size() + " values, expected 5 or more");
        }
        String code = event.get(CODE).getAsString();
        double seconds = event.get(TIME).getAsDouble();
        if (!(seconds >= 0 && seconds < MOST_SECONDS)) {
            throw new AnnotationFormatException(
                    "an event of \"" + code + "\" is at " + event.get(TIME) + ", expected seconds, 0 or more");
        }
        long nanos = Math.round(seconds * 1e6) * 1_000;
        JsonObject behavior = behaviors.getOrDefault(code, new JsonObject());
        String modifiers =
                event.get(MODIFIERS).isJsonNull() ? "" : event.get(MODIFIERS).getAsString();
        String comment =
                event.get(COMMENT).isJsonNull() ? "" : event.get(COMMENT).getAsString();
        String text = String.join(
                ", ",
                Stream.of(modifiers, comment)
                        .map(String::strip)
                        .filter(part -> !part.isEmpty() && !part.equals("None"))
                        .toList());
        boolean generated = GENERATED.contains(text(behavior, "category"));
        if (!text(behavior, "type").toLowerCase(Locale.ROOT).startsWith("state")) {
            items.add(new AnnotatedFile.Item(code, generated, nanos, OptionalLong.empty(), text));
            return;
        }
        String key = event.get(SUBJECT) + "\n" + code + "\n" + modifiers;
        Began began = open.remove(key);
        if (began == null) {
            open.put(key, new Began(code, nanos, text));
        } else {
            items.add(new AnnotatedFile.Item(
                    code,
                    generated,
                    began.nanos(),
                    nanos > began.nanos() ? OptionalLong.of(nanos) : OptionalLong.empty(),
                    began.text().isEmpty() ? text : began.text()));
        }
    }

    private static Optional<String> film(JsonObject observation) {
        if (!observation.has("file") || !observation.get("file").isJsonObject()) {
            return Optional.empty();
        }
        return observation.getAsJsonObject("file").asMap().values().stream()
                .filter(JsonElement::isJsonArray)
                .flatMap(files -> files.getAsJsonArray().asList().stream())
                .map(JsonElement::getAsString)
                .findFirst();
    }

    private static String text(JsonObject object, String key) {
        return object.has(key) && !object.get(key).isJsonNull()
                ? object.get(key).getAsString()
                : "";
    }
}
