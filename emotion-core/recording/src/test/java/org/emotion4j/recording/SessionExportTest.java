package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.emotion4j.face.FaceQuality;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionExportTest {
    private static final int FRAMES = 40;

    @TempDir
    Path folder;

    @Test
    void theRowsAreThoseThatWereRecordedToTheLastDigit() throws IOException {
        Path session = record("plain", Optional.empty());
        assertThat(csv(session, Optional.empty())).isEqualTo(Files.readString(session.resolve("session.csv")));
    }

    @Test
    void anEncryptedSessionComesOutInClearTextAndIsASession() throws IOException {
        Path session = record("sealed", Optional.of(SampleFrames.cipher()));
        Path exported = Files.writeString(folder.resolve("out.csv"), csv(session, Optional.of(SampleFrames.cipher())));
        try (SessionReader reader = SessionReader.open(exported)) {
            for (int i = 0; i < FRAMES; i++) {
                SampleFrames.requireSame(reader.next().orElseThrow(), SampleFrames.frame(i));
            }
            assertThat(reader.next()).isEmpty();
        }
    }

    @Test
    void aTornRowAndABadOneAreLeftOut() throws IOException {
        Path session = record("torn", Optional.empty());
        String whole = Files.readString(session.resolve("session.csv"));
        Files.writeString(session.resolve("session.csv"), "1,bad,row\n1,torn", StandardOpenOption.APPEND);
        assertThat(csv(session, Optional.empty())).isEqualTo(whole);
        JsonObject json = json(session, Optional.empty());
        assertThat(json.get("problemCount").getAsInt()).isEqualTo(2);
        assertThat(json.getAsJsonArray("problems").get(0).getAsString()).contains("it has 3 cells");
    }

    @Test
    void aForeignOrderOfColumnsBecomesOurs() throws IOException {
        Path session = record("plain", Optional.empty());
        List<String> lines = Files.readAllLines(session.resolve("session.csv"));
        List<String> turned = lines.stream()
                .map(line -> line.replace("\"clip, \"\"one\"\".avi\"", "clip"))
                .map(line -> line.substring(line.indexOf(',') + 1) + "," + line.substring(0, line.indexOf(',')))
                .toList();
        Path foreign = Files.write(folder.resolve("foreign.csv"), turned);
        assertThat(csv(foreign, Optional.empty()).lines().toList())
                .containsExactlyElementsOf(lines.stream()
                        .map(line -> line.replace("\"clip, \"\"one\"\".avi\"", "clip"))
                        .toList());
    }

    @Test
    void jsonHoldsEverything() throws IOException {
        for (Optional<SessionCipher> cipher :
                List.of(Optional.<SessionCipher>empty(), Optional.of(SampleFrames.cipher()))) {
            Path session = record("json" + cipher.isPresent(), cipher);
            JsonObject json = json(session, cipher);
            assertThat(json.get("state").getAsString()).isEqualTo("finished");
            assertThat(json.getAsJsonObject("consent").get("purpose").getAsString())
                    .isEqualTo("a \"test\" <here>");
            assertThat(json.getAsJsonArray("markers")
                            .get(0)
                            .getAsJsonObject()
                            .get("text")
                            .getAsString())
                    .isEqualTo("halfway");
            JsonArray frames = json.getAsJsonArray("frames");
            assertThat(frames).hasSize(FRAMES);
            assertThat(frames.get(3).getAsJsonObject().getAsJsonArray("faces")).isEmpty();
            JsonObject four = frames.get(4).getAsJsonObject();
            assertThat(four.get("mediaTimeMs").getAsString()).isEqualTo("133.332");
            assertThat(four.get("origin").getAsString()).isEqualTo("clip, \"one\".avi");
            assertThat(four.getAsJsonArray("faces")).hasSize(2);
            JsonObject face = four.getAsJsonArray("faces").get(1).getAsJsonObject();
            assertThat(face.get("id").getAsInt()).isEqualTo(2);
            assertThat(face.getAsJsonObject("box").get("width").getAsString()).isEqualTo("80.5");
            assertThat(face.getAsJsonObject("scores").keySet()).hasSize(7);
            double sum = face.getAsJsonObject("raw").asMap().values().stream()
                    .mapToDouble(value -> value.getAsDouble())
                    .sum();
            assertThat(sum).isBetween(0.9999, 1.0001);
            requireQuality(frames);
        }
    }

    private static void requireQuality(JsonArray frames) {
        int judged = 0;
        for (int i = 0; i < FRAMES; i++) {
            JsonArray faces = frames.get(i).getAsJsonObject().getAsJsonArray("faces");
            for (int j = 0; j < faces.size(); j++) {
                Optional<FaceQuality> quality =
                        SampleFrames.frame(i).readings().get(j).quality();
                JsonObject face = faces.get(j).getAsJsonObject();
                assertThat(face.has("quality")).isEqualTo(quality.isPresent());
                if (quality.isPresent()) {
                    JsonObject json = face.getAsJsonObject("quality");
                    assertThat(json.get("faceSize").getAsDouble())
                            .isEqualTo(quality.get().faceSize());
                    assertThat(json.has("yaw"))
                            .isEqualTo(quality.get().headPose().isPresent());
                    assertThat(json.getAsJsonArray("issues"))
                            .hasSize(quality.get().issues().size());
                    judged++;
                }
            }
        }
        assertThat(judged).isGreaterThan(10);
    }

    @Test
    void severalSessionsFollowEachOther() throws IOException {
        Path one = record("one", Optional.empty());
        Path two = record("two", Optional.empty());
        StringWriter csv = new StringWriter();
        StringWriter json = new StringWriter();
        SessionExport rows = SessionExport.csv(csv);
        SessionExport objects = SessionExport.json(json);
        for (Path session : List.of(one, two)) {
            try (SessionReader reader = SessionReader.open(session)) {
                rows.add(reader);
            }
            try (SessionReader reader = SessionReader.open(session)) {
                objects.add(reader);
            }
        }
        long each = Files.readAllLines(one.resolve("session.csv")).size() - 1;
        assertThat(csv.toString().lines()).hasSize((int) (1 + 2 * each));
        assertThat(json.toString().lines()).hasSize(2);
    }

    private Path record(String name, Optional<SessionCipher> cipher) throws IOException {
        Path session = folder.resolve(name);
        CsvSessionRecorder.Builder builder = CsvSessionRecorder.builder(session)
                .metadata(SessionMetadata.of(new Consent(
                        Consent.PERSON_RECORDED, SampleFrames.START, "a \"test\" <here>", LocalDate.of(2030, 1, 1))));
        cipher.ifPresent(builder::encryption);
        try (CsvSessionRecorder recorder = builder.create()) {
            for (int i = 0; i < FRAMES; i++) {
                recorder.record(SampleFrames.frame(i));
            }
            recorder.mark(500_000_000L, "halfway");
        }
        return session;
    }

    private static String csv(Path session, Optional<SessionCipher> cipher) throws IOException {
        StringWriter text = new StringWriter();
        try (SessionReader reader = SessionReader.open(session, cipher)) {
            SessionExport.csv(text).add(reader);
        }
        return text.toString();
    }

    private static JsonObject json(Path session, Optional<SessionCipher> cipher) throws IOException {
        StringWriter text = new StringWriter();
        try (SessionReader reader = SessionReader.open(session, cipher)) {
            SessionExport.json(text).add(reader);
        }
        return JsonParser.parseString(text.toString()).getAsJsonObject();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-x", "@SUM(A1)", "\tx", "\rx", "\uFF1D1", "\uFF0B1", "\uFF0Dx", "\uFF20x"})
    void textThatASpreadsheetWouldRunGetsAnApostrophe(String text) {
        assertThat(SessionExport.harmless(text)).isEqualTo("'" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=b", "P-1", "1-2", "'"})
    void otherTextStaysAsItIs(String text) {
        assertThat(SessionExport.harmless(text)).isEqualTo(text);
    }
}
