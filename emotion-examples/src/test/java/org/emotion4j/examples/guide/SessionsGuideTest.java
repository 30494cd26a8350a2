package org.emotion4j.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.emotion4j.cli.demo.SamplePortrait;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.PushFrameSource;
import org.emotion4j.opencv.FrameSources;
import org.emotion4j.opencv.Pictures;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.pipeline.EmotionSession;
import org.emotion4j.pipeline.OverflowPolicy;
import org.emotion4j.pipeline.RunSummary;
import org.emotion4j.recording.Consent;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionMetadata;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.recording.SessionState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
final class SessionsGuideTest {
    @TempDir
    Path folder;

    @Test
    void oneSetOfModelsReadsSeveralInputs() throws IOException {
        Path out = folder.resolve("out");
        List<Path> videos = List.of(portrait("one.jpg", "user7-128x128.jpg"), portrait("two.jpg", "user7-128x128.jpg"));
        // guide:begin
        try (EmotionPipeline models = EmotionPipeline.withDefaults()) {
            for (Path video : videos) {
                RunSummary summary = models.session(FrameSources.parse(video.toString()))
                        .recorderFrom(CsvSessionRecorder.builder(out.resolve(video.getFileName())))
                        .run(result -> {});
                System.out.println(video + ": " + summary.framesAnalyzed() + " frames");
            }
        }
        // guide:end
        for (Path video : videos) {
            assertThat(SessionReader.readInfo(out.resolve(video.getFileName())).state())
                    .isEqualTo(SessionState.FINISHED);
        }
    }

    @Test
    void aCameraIsSetUpBeforeItIsRecorded() throws Exception {
        Consent consent = new Consent(Consent.PERSON_RECORDED, Instant.now(), "test", LocalDate.of(2099, 1, 1));
        Screen screen = frame -> {};
        PushFrameSource camera = PushFrameSource.builder().build();
        try (EmotionPipeline models = EmotionPipeline.withDefaults();
                Frame picture = Pictures.read(portrait("one.jpg", "user7-128x128.jpg"))) {
            // guide:begin
            EmotionSession session = models.session(camera)
                    .preview(screen::show)
                    .overflow(OverflowPolicy.DROP_OLDEST)
                    .onRecordingFailure(failure -> System.err.println("not recorded any longer: " + failure))
                    .start(result -> result.readings().forEach(System.out::println));
            // guide:end
            camera.offer(picture, 0);
            // guide:begin
            long zero = session.startRecordingFrom(
                    CsvSessionRecorder.builder(folder).metadata(SessionMetadata.of(consent)));
            session.mark("exposure begins");
            session.stopRecording().join();
            // guide:end
            assertThat(zero).isZero();
            assertThat(session.completion()).isNotDone();
            camera.end();
            assertThat(session.awaitCompletion().framesAnalyzed()).isEqualTo(1);
        }
        assertThat(SessionReader.readInfo(folder).markers()).hasSize(1);
    }

    @Test
    void whatAFaceDidIsToldWhenItIsOver() throws IOException {
        FrameSource film =
                FrameSources.parse(portrait("one.jpg", "user7-128x128.jpg").toString());
        try (EmotionPipeline models = EmotionPipeline.withDefaults()) {
            // guide:begin
            models.session(film)
                    .onEvent(event -> {
                        if (event.ofSubject() && event.event().kind() == FacialEvent.Kind.BLINK) {
                            System.out.println("blink at " + event.event().apexNanos() / 1e9 + " s");
                        }
                    })
                    .run(result -> {});
            // guide:end
        }
    }

    private Path portrait(String name, String sample) throws IOException {
        return Files.write(folder.resolve(name), SamplePortrait.encoded(sample));
    }

    private interface Screen {
        void show(Frame frame);
    }
}
