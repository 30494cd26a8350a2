package org.emotion4j.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.emotion4j.cli.demo.SamplePortrait;
import org.emotion4j.emotion.MovingAverageSmoother;
import org.emotion4j.frame.Frame;
import org.emotion4j.opencv.FrameSources;
import org.emotion4j.opencv.Pictures;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.recording.Consent;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionMetadata;
import org.emotion4j.spi.Stages;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows, word for word. */
@Tag("native")
final class ReadmeExamplesTest {
    @TempDir
    Path folder;

    @Test
    void theShortestExampleReadsAPortrait() {
        assertThatCode(ReadmeExamplesTest::shortest)
                .as("the README's portrait.jpg is the reader's own")
                .hasMessageContaining("portrait.jpg");
    }

    private static void shortest() throws IOException {
        // guide:begin
        try (EmotionPipeline pipeline = EmotionPipeline.withDefaults();
                Frame frame = Pictures.read(Path.of("portrait.jpg"))) {
            pipeline.analyze(frame).readings().forEach(System.out::println); // face 1: happy 0.93 at 0.000 s
        }
        // guide:end
    }

    @Test
    void theSessionRecordsAFolder() throws IOException {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        for (String name : SamplePortrait.NAMES) {
            Files.write(pictures.resolve(name), SamplePortrait.encoded(name));
        }
        session(pictures.toString());
        assertThat(Files.readAllLines(folder.resolve("session.csv"))).hasSizeGreaterThanOrEqualTo(9);
    }

    private void session(String input) throws IOException {
        // guide:begin
        Consent consent = new Consent(
                Consent.PERSON_RECORDED, Instant.now(), "therapy follow-up, not shared", LocalDate.of(2027, 6, 30));
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                .source(FrameSources.parse(input)) // session.mp4, camera:0, a picture, a folder of pictures
                .detector(Stages.defaultDetector())
                .classifier(Stages.defaultClassifier())
                .smoother(MovingAverageSmoother.over(Duration.ofSeconds(1)))
                .recorderFrom(CsvSessionRecorder.builder(folder).metadata(SessionMetadata.of(consent)))
                .build()) {
            pipeline.run(result -> result.readings().forEach(System.out::println));
        }
        // guide:end
    }
}
