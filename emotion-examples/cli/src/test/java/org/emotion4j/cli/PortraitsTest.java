package org.emotion4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.frame.Frame;
import org.emotion4j.opencv.Pictures;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.spi.Stages;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody would doubt about the sample portraits, whichever weights are shipped. */
@Tag("native")
class PortraitsTest {
    private static final int LAUGHS = 7;
    private static final int LOOKS_CALM = 1;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {"expression", "expression-ferplus", "expression-fer2013", "expression-blend", "expression-fer"})
    void aBroadSmileIsHappyAndACalmFaceIsNot(String classifier) throws IOException {
        EmotionScores smile = scores(classifier, LAUGHS);
        assertThat(smile.top()).isEqualTo(Emotion.HAPPY);
        assertThat(smile.get(Emotion.HAPPY)).isGreaterThan(0.5f);
        assertThat(scores(classifier, LOOKS_CALM).get(Emotion.HAPPY)).isLessThan(0.3f);
    }

    private EmotionScores scores(String classifier, int portrait) throws IOException {
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                        .classifier(Stages.classifier(classifier))
                        .build();
                Frame frame = Pictures.read(Cli.portrait(portrait, folder.resolve(portrait + ".jpg")))) {
            List<EmotionReading> readings = pipeline.analyze(frame).readings();
            assertThat(readings).hasSize(1);
            return readings.get(0).raw();
        }
    }
}
