package org.emotion4j.annotation;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.emotion4j.annotation.AnnotationTier.Category;

/** Events of a BIDS data set: a table and what its columns mean. */
final class BidsEvents {
    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private BidsEvents() {}

    private record Row(Category category, Annotation annotation) {}

    static void write(SessionAnnotations session, OutputStream target) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (AnnotationTier tier : session.tiers()) {
            tier.annotations().forEach(each -> rows.add(new Row(tier.category(), each)));
        }
        rows.sort(Comparator.comparingLong((Row row) -> row.annotation().startNanos()));
        Writer out = new OutputStreamWriter(target, StandardCharsets.UTF_8);
        out.write("onset\tduration\ttrial_type\tlabel\tpeak\n");
        for (Row row : rows) {
            Annotation each = row.annotation();
            out.write(String.join(
                    "\t",
                    TextGrid.seconds(each.startNanos()),
                    TextGrid.seconds(each.endNanos() - each.startNanos()),
                    row.category().code(),
                    cell(each.label()),
                    each.value().isPresent() ? Double.toString(each.value().getAsDouble()) : "n/a"));
            out.write('\n');
        }
        out.flush();
    }

    /** A table has no quotes: what would end a cell becomes a blank. */
    private static String cell(String text) {
        return text.replaceAll("[\\t\\r\\n]", " ");
    }

    static void writeSidecar(SessionAnnotations session, OutputStream target) throws IOException {
        JsonObject all = new JsonObject();
        all.add("onset", column("Media time at which it began", "s"));
        all.add("duration", column("How long it lasted", "s"));
        JsonObject type = column("What sort of event this is", "");
        JsonObject levels = new JsonObject();
        levels.addProperty("expression", "the smoothed label of the face, for as long as it stood");
        levels.addProperty("correction", "the label as a person sees it, corrected afterwards");
        levels.addProperty("expression_event", "an expression that came and went against what is usual for this face");
        levels.addProperty("movement", "a facial movement that came and went, by its number in FACS");
        levels.addProperty("eyes_and_head", "a blink, closed eyes, a nod, a head shake, or talking");
        levels.addProperty("marker", "what somebody marked, until the next mark");
        levels.addProperty("note", "what somebody noted on a moment afterwards");
        levels.addProperty("recording", "the session was held, or its source had a gap");
        type.add("Levels", levels);
        all.add("trial_type", type);
        all.add("label", column("What there was", ""));
        all.add("peak", column("The highest score or intensity, 0 to 1; degrees for nods and head shakes", ""));
        JsonObject source = new JsonObject();
        source.addProperty("Name", "Emotion4J");
        source.addProperty("Version", session.info().versions().getOrDefault("emotion4j", "unknown"));
        source.addProperty("Session", session.info().sessionId());
        all.add("GeneratedBy", source);
        Writer out = new OutputStreamWriter(target, StandardCharsets.UTF_8);
        JSON.toJson(all, out);
        out.write('\n');
        out.flush();
    }

    private static JsonObject column(String description, String units) {
        JsonObject column = new JsonObject();
        column.addProperty("Description", description);
        if (!units.isEmpty()) {
            column.addProperty("Units", units);
        }
        return column;
    }
}
