package org.emotion4j.recording;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emotion4j.reading.Subject;
import org.emotion4j.reading.SubjectRule;
import org.emotion4j.session.PipelineSettings;
import org.emotion4j.session.SessionEnd;
import org.emotion4j.session.UnreadInput;
import org.emotion4j.stage.StageMetadata;

/**
 * {@code session.json}. Of an encrypted session only what is needed without the key can be read: the format, the id, the
 * state and the date until which it may be kept; the rest is one sealed message that these are bound to.
 */
final class SessionJson {
    static final String FORMAT = "emotion4j-session";
    private static final Pattern PLACE = Pattern.compile("line (\\d+) column (\\d+)");
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private SessionJson() {}

    /** What can be read without a key. */
    record Visible(String sessionId, SessionState state, boolean encrypted, Optional<LocalDate> keepUntil) {}

    static byte[] write(SessionInfo info, Optional<SessionCipher> cipher) throws GeneralSecurityException {
        JsonObject json = new JsonObject();
        json.addProperty("format", FORMAT);
        json.addProperty("formatVersion", SessionInfo.FORMAT_VERSION);
        json.addProperty("session", info.sessionId());
        json.addProperty("state", info.state().word());
        info.metadata()
                .consent()
                .ifPresent(consent ->
                        json.addProperty("keepUntil", consent.keepUntil().toString()));
        json.addProperty("encrypted", cipher.isPresent());
        if (cipher.isPresent()) {
            JsonObject content = new JsonObject();
            writeContent(info, content);
            byte[] sealed = new RecordEncryption(cipher.get(), info.sessionId())
                    .sealInfo(content.toString().getBytes(StandardCharsets.UTF_8), visible(info));
            json.addProperty("sealed", Base64.getEncoder().encodeToString(sealed));
        } else {
            writeContent(info, json);
        }
        return (GSON.toJson(json) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the members of a description in clear text, each as JSON, whether the session is encrypted or not. */
    static Map<String, String> members(SessionInfo info) {
        JsonObject json = new JsonObject();
        json.addProperty("format", FORMAT);
        json.addProperty("formatVersion", info.formatVersion());
        json.addProperty("session", info.sessionId());
        json.addProperty("state", info.state().word());
        writeContent(info, json);
        Map<String, String> members = new LinkedHashMap<>();
        json.entrySet()
                .forEach(
                        member -> members.put(member.getKey(), member.getValue().toString()));
        return members;
    }

    /** Reads what can be read without a key. */
    static Visible readVisible(byte[] bytes) throws SessionFormatException {
        return reading(() -> visible(parse(bytes)));
    }

    static SessionInfo read(byte[] bytes, Optional<SessionCipher> cipher) throws SessionFormatException {
        return reading(() -> {
            JsonObject json = parse(bytes);
            Visible visible = visible(json);
            return visible.encrypted()
                    ? readContent(visible, opened(json, visible, cipher))
                    : readContent(visible, json);
        });
    }

    private static JsonObject opened(JsonObject json, Visible visible, Optional<SessionCipher> cipher)
            throws SessionFormatException {
        SessionCipher key = cipher.orElseThrow(() -> new SessionDecryptionException(
                "session " + visible.sessionId() + " is encrypted; open it with the cipher it was recorded with"));
        try {
            byte[] sealed = Base64.getDecoder().decode(text(json, "sealed"));
            byte[] content = new RecordEncryption(key, visible.sessionId())
                    .openInfo(sealed, visible.state().word() + "/" + keepUntil(visible.keepUntil()));
            return parse(content);
        } catch (GeneralSecurityException e) {
            throw new SessionDecryptionException(
                    "session " + visible.sessionId()
                            + " does not open: the key is another one, or session.json was altered",
                    e);
        }
    }

    private static String visible(SessionInfo info) {
        return info.state().word() + "/" + keepUntil(info.metadata().consent().map(Consent::keepUntil));
    }

    private static String keepUntil(Optional<LocalDate> date) {
        return date.map(LocalDate::toString).orElse("");
    }

    private static Visible visible(JsonObject json) throws SessionFormatException {
        if (!json.has("format") || !text(json, "format").equals(FORMAT)) {
            throw new SessionFormatException("its \"format\" is not \"" + FORMAT + "\": another program's file");
        }
        int version = number(json, "formatVersion").intValueExact();
        if (version > SessionInfo.FORMAT_VERSION) {
            throw new SessionVersionException("its format version is " + version + ", this library reads up to "
                    + SessionInfo.FORMAT_VERSION + "; use a newer Emotion4J");
        }
        if (version < 1) {
            throw new SessionFormatException("its format version is " + version + ", expected 1 or more");
        }
        return new Visible(
                text(json, "session"),
                state(text(json, "state")),
                text(json, "encrypted").equals("true"),
                optional(json, "keepUntil").map(LocalDate::parse));
    }

    private static void writeContent(SessionInfo info, JsonObject json) {
        SessionMetadata metadata = info.metadata();
        metadata.subjectId().ifPresent(id -> json.addProperty("subject", id));
        info.started().ifPresent(time -> json.addProperty("started", time.toString()));
        info.ended().ifPresent(time -> json.addProperty("ended", time.toString()));
        info.end().ifPresent(how -> json.addProperty("end", word(how)));
        info.offset().ifPresent(offset -> json.addProperty("offsetInSession", seconds(offset.toNanos())));
        info.length().ifPresent(length -> json.addProperty("length", seconds(length.toNanos())));
        info.reason().ifPresent(reason -> json.addProperty("reason", reason));
        metadata.consent().ifPresent(consent -> json.add("consent", consent(consent)));
        metadata.companion().ifPresent(companion -> json.add("companion", companion(companion)));
        json.add("versions", map(info.versions()));
        JsonArray stages = new JsonArray();
        metadata.pipeline()
                .ifPresentOrElse(
                        pipeline -> pipeline.parts().forEach(part -> stages.add(part(part))),
                        () -> metadata.stages().forEach(stage -> stages.add(stage(stage))));
        json.add("stages", stages);
        json.add("settings", map(metadata.settings()));
        metadata.pipeline().ifPresent(pipeline -> json.add("pipeline", map(pipeline.options())));
        JsonArray markers = new JsonArray();
        info.markers().forEach(marker -> markers.add(marker(marker)));
        json.add("markers", markers);
        info.subject().ifPresent(subject -> json.add("subjectFace", subject(subject)));
        info.counters().ifPresent(counters -> json.add("counters", counters(counters)));
        if (info.end().isPresent()) {
            json.add("unread", unread(info.unread()));
        }
    }

    private static SessionInfo readContent(Visible visible, JsonObject json) throws SessionFormatException {
        Optional<Consent> consent = Optional.empty();
        if (json.has("consent")) {
            JsonObject object = json.getAsJsonObject("consent");
            consent = Optional.of(new Consent(
                    text(object, "agreedBy"),
                    Instant.parse(text(object, "agreedAt")),
                    text(object, "purpose"),
                    LocalDate.parse(text(object, "keepUntil")),
                    object.has("text") ? Optional.of(consentText(object.getAsJsonObject("text"))) : Optional.empty()));
        }
        List<StageMetadata> stages = new ArrayList<>();
        List<PipelineSettings.Part> parts = new ArrayList<>();
        for (JsonElement element : array(json, "stages")) {
            JsonObject object = element.getAsJsonObject();
            StageMetadata stage = new StageMetadata(
                    text(object, "name"),
                    optional(object, "version"),
                    optional(object, "sha256"),
                    optional(object, "licence"),
                    optional(object, "runtime"),
                    optional(object, "notes"),
                    map(object, "settings"));
            stages.add(stage);
            parts.add(new PipelineSettings.Part(optional(object, "role").orElse(""), stage));
        }
        Optional<PipelineSettings> pipeline = json.has("pipeline")
                ? Optional.of(new PipelineSettings(parts, map(json, "pipeline")))
                : Optional.empty();
        List<SessionMarker> markers = new ArrayList<>();
        for (JsonElement element : array(json, "markers")) {
            JsonObject object = element.getAsJsonObject();
            markers.add(new SessionMarker(
                    number(object, "time").movePointRight(9).longValue(),
                    Instant.parse(text(object, "wallTime")),
                    text(object, "text")));
        }
        Optional<SessionCounters> counters = Optional.empty();
        if (json.has("counters")) {
            JsonObject object = json.getAsJsonObject("counters");
            counters = Optional.of(new SessionCounters(
                    number(object, "frames").longValueExact(),
                    number(object, "framesWithoutFace").longValueExact(),
                    number(object, "readings").longValueExact()));
        }
        return new SessionInfo(
                SessionInfo.FORMAT_VERSION,
                visible.state(),
                visible.encrypted(),
                new SessionMetadata(
                        visible.sessionId(),
                        optional(json, "subject"),
                        consent,
                        stages,
                        map(json, "settings"),
                        pipeline,
                        json.has("companion")
                                ? Optional.of(companion(json.getAsJsonObject("companion")))
                                : Optional.empty()),
                map(json, "versions"),
                optional(json, "started").map(Instant::parse),
                optional(json, "ended").map(Instant::parse),
                optional(json, "reason"),
                markers,
                counters,
                json.has("subjectFace") ? Optional.of(subject(json.getAsJsonObject("subjectFace"))) : Optional.empty(),
                optional(json, "end").flatMap(SessionJson::end),
                json.has("unread") ? unread(json.getAsJsonObject("unread")) : UnreadInput.NONE,
                duration(json, "offsetInSession"),
                duration(json, "length"));
    }

    private static Optional<Duration> duration(JsonObject json, String key) throws SessionFormatException {
        return json.has(key)
                ? Optional.of(
                        Duration.ofNanos(number(json, key).movePointRight(9).longValueExact()))
                : Optional.empty();
    }

    private static JsonObject subject(RecordedSubject subject) {
        JsonObject json = new JsonObject();
        json.addProperty("rule", subject.rule().toString());
        json.addProperty("othersStored", subject.othersStored());
        json.addProperty("changeCount", subject.changeCount());
        JsonArray changes = new JsonArray();
        for (RecordedSubject.Change change : subject.changes()) {
            JsonObject object = new JsonObject();
            object.addProperty("time", seconds(change.mediaNanos()));
            change.faceId().ifPresent(id -> object.addProperty("face", id));
            object.addProperty("basis", change.basis().word());
            changes.add(object);
        }
        json.add("changes", changes);
        return json;
    }

    private static RecordedSubject subject(JsonObject json) throws SessionFormatException {
        List<RecordedSubject.Change> changes = new ArrayList<>();
        for (JsonElement element : array(json, "changes")) {
            JsonObject object = element.getAsJsonObject();
            changes.add(new RecordedSubject.Change(
                    number(object, "time").movePointRight(9).longValue(),
                    object.has("face") ? OptionalInt.of(number(object, "face").intValueExact()) : OptionalInt.empty(),
                    basis(text(object, "basis"))));
        }
        return new RecordedSubject(
                SubjectRule.parse(text(json, "rule")),
                text(json, "othersStored").equals("true"),
                changes,
                number(json, "changeCount").longValueExact());
    }

    private static Subject.Basis basis(String word) throws SessionFormatException {
        for (Subject.Basis basis : Subject.Basis.values()) {
            if (basis.word().equals(word)) {
                return basis;
            }
        }
        throw new SessionFormatException("a face's basis is \"" + word + "\", which this library does not know");
    }

    /** What is not read is written even where there is none: it was counted. */
    private static JsonObject unread(UnreadInput unread) {
        JsonObject json = new JsonObject();
        json.addProperty("unreadable", unread.unreadable());
        json.addProperty("failed", unread.failed());
        json.addProperty("dropped", unread.dropped());
        json.addProperty("notRecorded", unread.notRecorded());
        json.addProperty("cutOffSeconds", seconds(unread.cutOff().toNanos()));
        JsonObject passedOver = new JsonObject();
        unread.passedOver().forEach(passedOver::addProperty);
        json.add("passedOver", passedOver);
        return json;
    }

    private static UnreadInput unread(JsonObject json) throws SessionFormatException {
        Map<String, Integer> passedOver = new LinkedHashMap<>();
        if (json.has("passedOver")) {
            json.getAsJsonObject("passedOver").asMap().forEach((kind, count) -> passedOver.put(kind, count.getAsInt()));
        }
        return new UnreadInput(
                number(json, "unreadable").longValueExact(),
                number(json, "failed").longValueExact(),
                number(json, "dropped").longValueExact(),
                number(json, "notRecorded").longValueExact(),
                Duration.ofNanos(number(json, "cutOffSeconds").movePointRight(9).longValueExact()),
                passedOver);
    }

    /** With six decimals, as in the rows; with nine, none at all would be written as 0E-9. */
    private static BigDecimal seconds(long nanos) {
        return BigDecimal.valueOf(nanos, 9).setScale(6, RoundingMode.HALF_UP);
    }

    private static JsonObject consent(Consent consent) {
        JsonObject json = new JsonObject();
        json.addProperty("agreedBy", consent.agreedBy());
        json.addProperty("agreedAt", consent.agreedAt().toString());
        json.addProperty("purpose", consent.purpose());
        json.addProperty("keepUntil", consent.keepUntil().toString());
        consent.text().ifPresent(text -> json.add("text", consentText(text)));
        return json;
    }

    private static JsonObject consentText(ConsentText text) {
        JsonObject json = new JsonObject();
        json.addProperty("sha256", text.sha256());
        text.version().ifPresent(version -> json.addProperty("version", version));
        json.addProperty("signed", text.signed().word());
        return json;
    }

    private static ConsentText consentText(JsonObject json) throws SessionFormatException {
        return new ConsentText(
                text(json, "sha256"), optional(json, "version"), ConsentText.Signed.of(text(json, "signed")));
    }

    private static JsonObject companion(SessionMetadata.Companion companion) {
        JsonObject json = new JsonObject();
        json.addProperty("session", companion.sessionId());
        json.addProperty("folder", companion.folder());
        return json;
    }

    private static SessionMetadata.Companion companion(JsonObject json) throws SessionFormatException {
        return new SessionMetadata.Companion(text(json, "session"), text(json, "folder"));
    }

    private static JsonObject part(PipelineSettings.Part part) {
        JsonObject json = new JsonObject();
        json.addProperty("role", part.role());
        return described(json, part.stage());
    }

    private static JsonObject stage(StageMetadata stage) {
        return described(new JsonObject(), stage);
    }

    private static JsonObject described(JsonObject json, StageMetadata stage) {
        json.addProperty("name", stage.name());
        stage.version().ifPresent(value -> json.addProperty("version", value));
        stage.sha256().ifPresent(value -> json.addProperty("sha256", value));
        stage.license().ifPresent(value -> json.addProperty("licence", value));
        stage.runtime().ifPresent(value -> json.addProperty("runtime", value));
        stage.notes().ifPresent(value -> json.addProperty("notes", value));
        if (!stage.settings().isEmpty()) {
            json.add("settings", map(stage.settings()));
        }
        return json;
    }

    private static JsonObject marker(SessionMarker marker) {
        JsonObject json = new JsonObject();
        json.addProperty("time", seconds(marker.mediaNanos()));
        json.addProperty("wallTime", marker.wallTime().toString());
        json.addProperty("text", marker.text());
        return json;
    }

    private static JsonObject counters(SessionCounters counters) {
        JsonObject json = new JsonObject();
        json.addProperty("frames", counters.frames());
        json.addProperty("framesWithoutFace", counters.framesWithoutFace());
        json.addProperty("readings", counters.readings());
        return json;
    }

    private static JsonObject map(Map<String, String> values) {
        JsonObject json = new JsonObject();
        values.forEach(json::addProperty);
        return json;
    }

    private static Map<String, String> map(JsonObject json, String name) {
        Map<String, String> values = new LinkedHashMap<>();
        if (json.has(name)) {
            json.getAsJsonObject(name).asMap().forEach((key, value) -> values.put(key, value.getAsString()));
        }
        return values;
    }

    private static JsonArray array(JsonObject json, String name) {
        return json.has(name) ? json.getAsJsonArray(name) : new JsonArray();
    }

    private static String text(JsonObject json, String name) throws SessionFormatException {
        return optional(json, name)
                .orElseThrow(() -> new SessionFormatException("it has no \"" + name + "\": damaged or not a session"));
    }

    private static BigDecimal number(JsonObject json, String name) throws SessionFormatException {
        return Decimals.parse(text(json, name));
    }

    private static Optional<String> optional(JsonObject json, String name) {
        return Optional.ofNullable(json.get(name)).map(JsonElement::getAsString);
    }

    private static String word(SessionEnd how) {
        return how.name().toLowerCase(Locale.ROOT);
    }

    /** Words of later versions are not known and say nothing. */
    private static Optional<SessionEnd> end(String word) {
        return Arrays.stream(SessionEnd.values())
                .filter(how -> word(how).equals(word))
                .findFirst();
    }

    private static SessionState state(String word) throws SessionFormatException {
        for (SessionState state : SessionState.values()) {
            if (state.word().equals(word)) {
                return state;
            }
        }
        throw new SessionFormatException("its state is \"" + word + "\", which this library does not know");
    }

    private static JsonObject parse(byte[] bytes) {
        JsonReader reader = new JsonReader(new StringReader(new String(bytes, StandardCharsets.UTF_8)));
        reader.setStrictness(Strictness.STRICT);
        return JsonParser.parseReader(reader).getAsJsonObject();
    }

    /** A missing number, a list in place of a text, a bad date: Gson and java.time throw one kind or another. */
    private static <T> T reading(Read<T> read) throws SessionFormatException {
        try {
            return read.get();
        } catch (JsonParseException e) {
            throw new SessionFormatException("it is damaged: not whole JSON" + place(e), e);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new SessionFormatException("it is damaged: " + e.getMessage(), e);
        } catch (IllegalStateException | UnsupportedOperationException | ArithmeticException | ClassCastException e) {
            throw new SessionFormatException("it is damaged: a value in it is of another kind than belongs there", e);
        }
    }

    /** Gson knows the place, in the middle of sentences that are about Gson. */
    private static String place(JsonParseException e) {
        Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
        return place.find() ? ", at line " + place.group(1) + " column " + place.group(2) : "";
    }

    private interface Read<T> {
        T get() throws SessionFormatException;
    }
}
