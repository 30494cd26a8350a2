package org.emotion4j.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.emotion4j.cli.demo.SamplePortrait;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.examples.OwnClassifier;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.frame.Frame;
import org.emotion4j.opencv.Pictures;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.spi.Stages;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
final class OwnClassifierTest {
    @TempDir
    Path folder;

    @Test
    void readsAPortrait() throws IOException {
        Path photo = Files.write(folder.resolve("photo.jpg"), SamplePortrait.encoded(SamplePortrait.NAMES.get(0)));
        // guide:begin
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                        .classifier(new OwnClassifier(OwnNetwork.load()))
                        .build();
                Frame frame = Pictures.read(photo)) {
            FrameResult result = pipeline.analyze(frame);
            result.readings().forEach(System.out::println);
            // guide:end
            assertThat(pipeline.cropSpec().width()).isEqualTo(112);
            assertThat(result.readings()).hasSize(1);
            // guide:begin
        }
        // guide:end
    }

    @Test
    void contemptIsDroppedAndTheRestAddsUpToOne() {
        float[] contempt = {1, 1, 1, 1, 1, 1, 1, 50};
        EmotionClassifier classifier = new OwnClassifier(input -> contempt);
        EmotionScores scores = classifier.classify(FaceCrop.allocate(classifier.cropSpec()));
        assertThat(scores).isEqualTo(EmotionScores.uniform());
        assertThat(classifier.metadata().notes())
                .hasValueSatisfying(notes -> assertThat(notes).contains("dropped [contempt]"));
    }

    @Test
    void isTheDefaultOnceItsProviderIsOnTheClassPath() throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(
                services.resolve("org.emotion4j.spi.EmotionClassifierProvider"), OwnClassifierProvider.class.getName());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader withProvider =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(withProvider);
            assertThat(Stages.classifiers().get(0).name()).isEqualTo("own");
            try (EmotionPipeline pipeline = EmotionPipeline.withDefaults()) {
                assertThat(pipeline.cropSpec().width()).isEqualTo(112);
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
