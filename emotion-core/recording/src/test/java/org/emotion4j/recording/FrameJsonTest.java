package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.reading.FrameResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A result as JSON is what an export of its record says. */
class FrameJsonTest {
    @TempDir
    private Path folder;

    @Test
    void aResultHasTheShapeAndTheFiguresOfAnExport() throws IOException {
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(folder)) {
            for (int i = 0; i < 12; i++) {
                recorder.record(SampleFrames.frame(i));
            }
        }
        StringWriter exported = new StringWriter();
        try (SessionReader reader = SessionReader.open(folder)) {
            SessionExport.json(exported).add(reader);
        }
        JsonObject session = JsonParser.parseString(exported.toString()).getAsJsonObject();
        for (int i = 0; i < 12; i++) {
            assertThat(JsonParser.parseString(FrameJson.write(SampleFrames.frame(i))))
                    .isEqualTo(session.getAsJsonArray("frames").get(i));
        }
    }

    @Test
    void aResultIsOneLineWithItsFaces() {
        FrameResult result = SampleFrames.frame(7, 1_500_000_000L, List.of(SampleFrames.reading(2, 0, Emotion.SAD)));
        String json = FrameJson.write(result);
        assertThat(json).doesNotContain("\n").contains("\"mediaTimeMs\":1500.000", "\"expression\":\"sad\"");
        JsonObject face = JsonParser.parseString(json)
                .getAsJsonObject()
                .getAsJsonArray("faces")
                .get(0)
                .getAsJsonObject();
        assertThat(face.get("id").getAsInt()).isEqualTo(2);
        assertThat(face.getAsJsonObject("box").get("width").getAsDouble()).isEqualTo(30);
        assertThat(face.getAsJsonObject("scores").keySet()).containsExactlyElementsOf(Emotion.labels());
    }

    @Test
    void aFrameWithoutAFaceHasNone() {
        assertThat(JsonParser.parseString(FrameJson.write(SampleFrames.frame(7, 0, List.of())))
                        .getAsJsonObject()
                        .getAsJsonArray("faces"))
                .isEmpty();
    }
}
