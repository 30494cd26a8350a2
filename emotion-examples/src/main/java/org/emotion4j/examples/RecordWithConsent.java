package org.emotion4j.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.emotion4j.emotion.MovingAverageSmoother;
import org.emotion4j.opencv.FrameSources;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.recording.Consent;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionMetadata;
import org.emotion4j.spi.Stages;

/** Keeps the record of a session, with what the person agreed to. Arguments: what to read, a new folder. */
public final class RecordWithConsent {
    private RecordWithConsent() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException("arguments: a film or camera:0, and a new folder");
        }
        String input = args[0];
        Path folder = Path.of(args[1]);
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
