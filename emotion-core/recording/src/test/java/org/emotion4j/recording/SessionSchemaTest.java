package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.emotion4j.reading.Subject;
import org.emotion4j.session.SessionEnd;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/session.schema.json} accepts every {@code session.json} there is, and nothing that is none. */
class SessionSchemaTest {
    private static final Path FILE = Path.of("..", "..", "docs", "session.schema.json");
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Optional<SessionCipher> CIPHER = Optional.of(SampleFrames.cipher());

    private static Schema schema;
    private static JsonObject inClear;
    private static JsonObject sealed;
    private static String opened;

    @TempDir
    private Path folder;

    @BeforeAll
    static void recordOnce(@TempDir Path once) throws IOException, GeneralSecurityException {
        schema = REGISTRY.getSchema(Files.readString(FILE), InputFormat.JSON);
        SessionFormatTest.recordEverything(once.resolve("clear"), Optional.empty());
        inClear = json(once.resolve("clear"));
        SessionFormatTest.recordEverything(once.resolve("sealed"), CIPHER);
        sealed = json(once.resolve("sealed"));
        SessionInfo info = SessionReader.readInfo(once.resolve("sealed"), CIPHER);
        opened = new String(SessionJson.write(info, Optional.empty()), StandardCharsets.UTF_8);
    }

    @Test
    void itIsASchemaOfDraft202012() throws IOException {
        Schema ofSchemas = REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(problems(ofSchemas, Files.readString(FILE))).isEmpty();
    }

    @Test
    void aRecordWithEverythingIsValid() {
        assertThat(problems(inClear)).isEmpty();
    }

    @Test
    void anEncryptedRecordIsValidAndSoIsWhatItSeals() {
        assertThat(sealed.keySet())
                .containsExactly("format", "formatVersion", "session", "state", "keepUntil", "encrypted", "sealed");
        assertThat(problems(sealed)).isEmpty();
        assertThat(problems(schema, opened)).isEmpty();
    }

    @Test
    void aRecordOfNothingIsValid() throws IOException {
        CsvSessionRecorder.create(folder).close();
        assertThat(problems(json(folder))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRecordThatWasCutOffIsValidBeforeAndAfterItIsRecovered(boolean encrypted) throws IOException {
        Optional<SessionCipher> cipher = encrypted ? CIPHER : Optional.empty();
        CsvSessionRecorder.Builder builder = CsvSessionRecorder.builder(folder.resolve("running"));
        cipher.ifPresent(builder::encryption);
        Path copy = Files.createDirectory(folder.resolve("cut off"));
        try (CsvSessionRecorder running = builder.create()) {
            running.record(SampleFrames.frame(0));
            running.force();
            for (String name : List.of(SessionFolder.JSON, SessionFolder.rows(encrypted))) {
                Files.copy(running.folder().resolve(name), copy.resolve(name));
            }
        }
        assertThat(json(copy).get("state").getAsString()).isEqualTo("recording");
        assertThat(problems(json(copy))).isEmpty();
        if (encrypted) {
            SessionReader.recover(copy, CIPHER.get());
        } else {
            SessionReader.recover(copy);
        }
        assertThat(json(copy).get("state").getAsString()).isEqualTo("recovered");
        assertThat(problems(json(copy))).isEmpty();
    }

    /** Written by the library of that day: without ends, roles and subjects, then without offsets and texts of consent. */
    @ParameterizedTest
    @ValueSource(strings = {"session-2026-11-22.json", "session-2026-11-28.json"})
    void aRecordFromBeforeThereWereTodaysKeysIsValidAndRead(String name) throws IOException {
        try (InputStream input = Objects.requireNonNull(SessionSchemaTest.class.getResourceAsStream(name))) {
            byte[] bytes = input.readAllBytes();
            assertThat(problems(schema, new String(bytes, StandardCharsets.UTF_8)))
                    .isEmpty();
            assertThat(SessionJson.read(bytes, Optional.empty()).counters()).isPresent();
        }
    }

    @Test
    void keysAndEndsOfLaterVersionsArePassedOver() {
        JsonObject later = inClear.deepCopy();
        addTo(later);
        later.addProperty("end", "lost_in_transit");
        assertThat(problems(later)).isEmpty();
        JsonObject laterAndSealed = sealed.deepCopy();
        addTo(laterAndSealed);
        assertThat(problems(laterAndSealed)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    format                      | "another"                   | /format const
                    formatVersion               | "1"                         | /formatVersion type
                    formatVersion               | 2                           | /formatVersion const
                    session                     | "Anna Example"              | /session pattern
                    state                       | "finnished"                 | /state enum
                    state                       | "undescribed"               | /state enum
                    state                       | -                           | required state
                    encrypted                   | "false"                     | /encrypted type
                    encrypted                   | true                        | required sealed
                    keepUntil                   | "next year"                 | /keepUntil pattern
                    keepUntil                   | "2026-02-30"                | /keepUntil format
                    keepUntil                   | -                           | dependentRequired consent
                    sealed                      | "AAAA"                      | /sealed false
                    started                     | "2026-11-30 10:15"          | /started pattern
                    ended                       | "2026-11-30T10:15:00+01:00" | /ended pattern
                    end                         | "Finished!"                 | /end pattern
                    offsetInSession             | "3 s"                       | /offsetInSession type
                    consent.agreedAt            | -                           | /consent required agreedAt
                    consent.keepUntil           | -                           | /consent required keepUntil
                    consent.agreedBy            | ""                          | /consent/agreedBy minLength
                    consent.text.signed         | "by fax"                    | /consent/text/signed enum
                    consent.text.sha256         | "ab12"                      | /consent/text/sha256 pattern
                    companion.folder            | "../other"                  | /companion/folder pattern
                    companion.folder            | ".."                        | /companion/folder not
                    versions.java               | 17                          | /versions/java type
                    stages.0.name               | -                           | /stages/0 required name
                    stages.0.settings.width     | 3                           | /stages/0/settings/width type
                    pipeline                    | []                          | /pipeline type
                    markers.0.time              | "1"                         | /markers/0/time type
                    markers.0.wallTime          | -                           | /markers/0 required wallTime
                    subjectFace.changes.0.basis | "guessed"                   | /subjectFace/changes/0/basis enum
                    counters.frames             | -1                          | /counters/frames minimum
                    counters.readings           | 1.5                         | /counters/readings type
                    counters.framesWithoutFace  | -                           | /counters required framesWithoutFace
                    unread                      | -                           | dependentRequired end
                    unread.cutOffSeconds        | -0.5                        | /unread/cutOffSeconds minimum
                    unread.passedOver.HEIC      | "6"                         | /unread/passedOver/HEIC type
                    """)
    void whatIsWrongIsRefusedAtItsPlace(String path, String value, String told) {
        JsonObject json = inClear.deepCopy();
        set(json, path, value);
        assertThat(problems(json)).anySatisfy(problem -> assertThat(problem).startsWith(told + ": "));
    }

    @Test
    void nothingOfTheContentOfAnEncryptedRecordMayStandInClear() {
        for (String key : inClear.keySet()) {
            if (!sealed.has(key)) {
                JsonObject leaking = sealed.deepCopy();
                leaking.add(key, inClear.get(key));
                assertThat(problems(leaking)).singleElement().asString().startsWith("/" + key + " false: ");
            }
        }
    }

    @Test
    void itHasTheKeysOfTheTableAndNoOthers() throws IOException {
        JsonObject root = root();
        Set<String> keys = new TreeSet<>();
        collect(root, root, "", keys);
        assertThat(keys).isEqualTo(SessionFormatTest.keys("`session.json`"));
    }

    @Test
    void itHasTheWordsOfTheCode() throws IOException {
        JsonObject keys = root().getAsJsonObject("properties");
        assertThat(words(keys, "state"))
                .containsExactlyElementsOf(Arrays.stream(SessionState.values())
                        .filter(state -> state != SessionState.UNDESCRIBED)
                        .map(SessionState::word)
                        .toList());
        assertThat(words(keys, "end.anyOf.0"))
                .containsExactlyElementsOf(Arrays.stream(SessionEnd.values())
                        .map(end -> end.name().toLowerCase(Locale.ROOT))
                        .toList());
        assertThat(words(keys, "consent.properties.text.properties.signed"))
                .containsExactlyElementsOf(Arrays.stream(ConsentText.Signed.values())
                        .map(ConsentText.Signed::word)
                        .toList());
        assertThat(words(keys, "subjectFace.properties.changes.items.properties.basis"))
                .containsExactlyElementsOf(Arrays.stream(Subject.Basis.values())
                        .map(Subject.Basis::word)
                        .toList());
    }

    private static JsonObject json(Path session) throws IOException {
        return JsonParser.parseString(Files.readString(session.resolve(SessionFolder.JSON)))
                .getAsJsonObject();
    }

    private static JsonObject root() throws IOException {
        return JsonParser.parseString(Files.readString(FILE)).getAsJsonObject();
    }

    private static List<String> problems(JsonObject json) {
        return problems(schema, json.toString());
    }

    /** Where something is wrong, by which keyword, and in words of the host's language; days that no month has included. */
    private static List<String> problems(Schema schema, String json) {
        return schema
                .validate(
                        json,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(SessionSchemaTest::described)
                .toList();
    }

    private static String described(Error error) {
        String property = error.getProperty() == null ? "" : " " + error.getProperty();
        return (error.getInstanceLocation() + " " + error.getKeyword() + property + ": " + error.getMessage()).strip();
    }

    /** Puts a key that nobody knows into an object and into all within it whose keys are not data. */
    private static void addTo(JsonObject json) {
        for (String name : List.copyOf(json.keySet())) {
            JsonElement value = json.get(name);
            if (value.isJsonObject() && !SessionFormatTest.DATA.contains(name)) {
                addTo(value.getAsJsonObject());
            } else if (value.isJsonArray()) {
                value.getAsJsonArray().forEach(each -> addTo(each.getAsJsonObject()));
            }
        }
        json.addProperty("ofALaterVersion", true);
    }

    private static void set(JsonObject json, String path, String value) {
        List<String> steps = new ArrayList<>(List.of(path.split("\\.")));
        String last = steps.remove(steps.size() - 1);
        JsonObject object = at(json, steps).getAsJsonObject();
        if (value.equals("-")) {
            assertThat(object.remove(last)).as(path).isNotNull();
        } else {
            object.add(last, JsonParser.parseString(value));
        }
    }

    private static JsonElement at(JsonElement from, List<String> steps) {
        JsonElement element = from;
        for (String step : steps) {
            element = element.isJsonArray()
                    ? element.getAsJsonArray().get(Integer.parseInt(step))
                    : element.getAsJsonObject().get(step);
        }
        return element;
    }

    private static List<String> words(JsonObject keys, String path) {
        JsonArray words = at(keys, List.of(path.split("\\."))).getAsJsonObject().getAsJsonArray("enum");
        return words.asList().stream().map(JsonElement::getAsString).toList();
    }

    private static void collect(JsonObject root, JsonObject schema, String path, Set<String> keys) {
        if (schema.has("$ref")) {
            List<String> steps = List.of(
                    schema.get("$ref").getAsString().substring("#/".length()).split("/"));
            collect(root, at(root, steps).getAsJsonObject(), path, keys);
        } else if (schema.has("properties")) {
            JsonObject properties = schema.getAsJsonObject("properties");
            for (String name : properties.keySet()) {
                collect(root, properties.getAsJsonObject(name), path + (path.isEmpty() ? "" : ".") + name, keys);
            }
        } else if (schema.has("additionalProperties")) {
            collect(root, schema.getAsJsonObject("additionalProperties"), path + ".NAME", keys);
        } else if (schema.has("items")) {
            collect(root, schema.getAsJsonObject("items"), path + "[]", keys);
        } else {
            keys.add(path);
        }
    }
}
