package org.emotion4j.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.emotion4j.cli.demo.SamplePortrait;
import org.emotion4j.examples.ChinRestDetector;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.frame.Frame;
import org.emotion4j.opencv.Pictures;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.reading.FrameResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
final class ChinRestDetectorTest {
    @TempDir
    Path folder;

    @Test
    void feedsThePipeline() throws IOException {
        Path photo = Files.write(folder.resolve("photo.jpg"), SamplePortrait.encoded("user5-128x128.jpg"));
        // guide:begin
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                        .detector(new ChinRestDetector(new BoundingBox(0.2, 0.15, 0.6, 0.6)))
                        .build();
                Frame frame = Pictures.read(photo)) {
            FrameResult result = pipeline.analyze(frame);
            result.readings().forEach(System.out::println);
            // guide:end
            assertThat(result.readings()).hasSize(1);
            assertThat(result.readings().get(0).face().box().width()).isEqualTo(0.6 * 128);
            // guide:begin
        }
        // guide:end
    }
}
