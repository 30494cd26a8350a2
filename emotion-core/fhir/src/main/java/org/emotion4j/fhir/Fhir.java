package org.emotion4j.fhir;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import org.emotion4j.recording.ConsentText;

/** Data types of FHIR R4 in JSON. */
final class Fhir {
    private static final String UCUM = "http://unitsofmeasure.org";
    private static final int DIGITS = 4;

    private Fhir() {}

    /** The same of the same session, so that a bundle that is sent again can be known again. */
    static String url(String sessionId, String part) {
        return "urn:uuid:"
                + UUID.nameUUIDFromBytes(("emotion4j/" + sessionId + "/" + part).getBytes(StandardCharsets.UTF_8));
    }

    static JsonObject resource(String type, String narrative) {
        JsonObject resource = new JsonObject();
        resource.addProperty("resourceType", type);
        JsonObject text = new JsonObject();
        text.addProperty("status", "generated");
        text.addProperty("div", "<div xmlns=\"http://www.w3.org/1999/xhtml\">" + escaped(narrative) + "</div>");
        resource.add("text", text);
        return resource;
    }

    private static String escaped(String text) {
        StringBuilder all = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000 ? c : ' ')
                .forEach(all::appendCodePoint);
        return all.toString().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    static JsonObject text(String text) {
        JsonObject concept = new JsonObject();
        concept.addProperty("text", text);
        return concept;
    }

    static JsonObject concept(String system, String code, String text) {
        JsonObject coding = new JsonObject();
        coding.addProperty("system", system);
        coding.addProperty("code", code);
        JsonObject concept = new JsonObject();
        concept.add("coding", array(coding));
        concept.addProperty("text", text);
        return concept;
    }

    static JsonObject own(String code, String text) {
        return concept(FhirExport.CODES.toString(), code, text);
    }

    static JsonObject reference(String url) {
        JsonObject reference = new JsonObject();
        reference.addProperty("reference", url);
        return reference;
    }

    static JsonObject display(String who) {
        JsonObject reference = new JsonObject();
        reference.addProperty("display", who);
        return reference;
    }

    /** The text stays with whoever showed it: this is its name, and no content. */
    static JsonObject named(ConsentText text) {
        JsonObject attachment = new JsonObject();
        attachment.addProperty("contentType", "text/plain");
        attachment.addProperty("title", inWords(text));
        return attachment;
    }

    /** Which text it was, by its hash (RFC 6920): an attachment's own hash would be SHA-1. */
    static JsonObject policy(ConsentText text) {
        byte[] hash = HexFormat.of().parseHex(text.sha256());
        JsonObject policy = new JsonObject();
        policy.addProperty(
                "uri",
                "ni:///sha-256;" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
        return policy;
    }

    static String inWords(ConsentText text) {
        return "Text of consent"
                + text.version().map(version -> ", version " + version).orElse("") + ", SHA-256 " + text.sha256()
                + ", signed: " + text.signed().word();
    }

    static JsonObject quantity(double value, String unit, String ucum) {
        JsonObject quantity = new JsonObject();
        quantity.addProperty("value", rounded(value));
        quantity.addProperty("unit", unit);
        quantity.addProperty("system", UCUM);
        quantity.addProperty("code", ucum);
        return quantity;
    }

    /** Of a questionnaire, which has no unit. */
    static JsonObject points(double value) {
        JsonObject quantity = new JsonObject();
        quantity.addProperty("value", rounded(value));
        quantity.addProperty("unit", "points");
        return quantity;
    }

    private static BigDecimal rounded(double value) {
        BigDecimal digits =
                BigDecimal.valueOf(value).setScale(DIGITS, RoundingMode.HALF_UP).stripTrailingZeros();
        return digits.scale() < 0 ? digits.setScale(0) : digits;
    }

    static JsonObject component(String code, String text, JsonObject quantity) {
        JsonObject component = new JsonObject();
        component.add("code", own(code, text));
        component.add("valueQuantity", quantity);
        return component;
    }

    static JsonArray array(JsonElement... elements) {
        JsonArray array = new JsonArray();
        for (JsonElement element : elements) {
            array.add(element);
        }
        return array;
    }

    static JsonObject period(Instant start, Instant end) {
        JsonObject period = new JsonObject();
        period.addProperty("start", instant(start));
        period.addProperty("end", instant(end));
        return period;
    }

    static String instant(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
