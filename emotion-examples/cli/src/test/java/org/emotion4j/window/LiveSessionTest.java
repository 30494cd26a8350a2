package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.emotion4j.cli.Cli;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.pipeline.SourceEvent;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.spi.Stages;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("native")
final class LiveSessionTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6})
    void readsAPictureAsTheCommandLineDoesByDefault(int number) throws IOException {
        Path portrait = Cli.portrait(number, folder.resolve("portrait.jpg"));
        EmotionReading inTheWindow = first(portrait);
        JsonNode onTheCommandLine = read(portrait);
        for (Emotion emotion : Emotion.all()) {
            assertThat(onTheCommandLine.get("raw").get(emotion.label()).asDouble())
                    .as(emotion.label())
                    .isCloseTo(inTheWindow.raw().get(emotion), within(1e-5));
        }
        assertThat(onTheCommandLine.get("label").asText()).isEqualTo(inTheWindow.labelText());
        assertThat(onTheCommandLine.get("quality").get("overall").asDouble())
                .isCloseTo(inTheWindow.quality().orElseThrow().overall(), within(1e-5));
    }

    @Test
    void theRecordSaysByWhoseLandmarksFacesWereRead() throws IOException {
        Path portrait = Cli.portrait(1, folder.resolve("portrait.jpg"));
        read(portrait);
        assertThat(Files.readString(folder.resolve("out/session.json"))).contains("\"landmarks\"");
        JsonNode byFivePoints = read(portrait, "--landmarks=none");
        assertThat(Files.readString(folder.resolve("out/session-2/session.json")))
                .doesNotContain("\"landmarks\"");
        assertThat(byFivePoints.get("raw")).isNotEqualTo(read(portrait).get("raw"));
    }

    private JsonNode read(Path portrait, String... options) {
        Object[] args = new Object[5 + options.length];
        System.arraycopy(new Object[] {"analyze", portrait, "--json", "--out", folder.resolve("out")}, 0, args, 0, 5);
        System.arraycopy(options, 0, args, 5, options.length);
        List<JsonNode> readings = Cli.run(args).jsonLines();
        assertThat(readings).hasSize(1);
        return readings.get(0);
    }

    /** What the window shows of a picture that was chosen. */
    private static EmotionReading first(Path portrait) throws IOException {
        LiveView view = new LiveView(new SetupGuide());
        try (LiveSession session = LiveSession.open(
                SourceChoice.of(portrait),
                new Platform.Machine()::open,
                Stages.detectors().get(0).name(),
                Stages.classifiers().get(0).name(),
                view,
                new Silence())) {
            assertThat(session).isNotNull();
            return view.focus().orElseThrow();
        }
    }

    private static final class Silence implements LiveSession.News {
        @Override
        public void ended(Optional<Throwable> cause) {}

        @Override
        public void source(SourceEvent event) {}

        @Override
        public void recordingFailed(Exception cause) {}
    }
}
