package org.emotion4j.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emotion4j.cli.demo.SamplePortrait;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.face.HeadPose;
import org.emotion4j.frame.Frame;
import org.emotion4j.opencv.Pictures;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.spi.Stages;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
final class LandmarksGuideTest {
    @TempDir
    Path folder;

    @Test
    void theReadingsOfTheGuideKnowPoseAndQuality() throws IOException {
        Path photo = Files.write(folder.resolve("photo.jpg"), SamplePortrait.encoded("user7-128x128.jpg"));
        List<HeadPose> poses = new ArrayList<>();
        List<FaceQuality> poor = new ArrayList<>();
        // guide:begin
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                        .landmarks(Stages.defaultLandmarkDetector())
                        .build();
                Frame frame = Pictures.read(photo)) {
            for (EmotionReading reading : pipeline.analyze(frame).readings()) {
                reading.headPose().ifPresent(poses::add);
                reading.quality().filter(quality -> !quality.isTrustworthy()).ifPresent(poor::add);
            }
        }
        // guide:end
        assertThat(poses).singleElement().satisfies(pose -> {
            assertThat(pose.yaw()).isBetween(-20.0, 20.0);
            assertThat(pose.roll()).isBetween(-10.0, 10.0);
        });
        assertThat(poor)
                .allSatisfy(quality -> assertThat(quality.issues()).doesNotContain(FaceQuality.Issue.TURNED_AWAY));
    }
}
