package org.emotion4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.spi.Stages;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same weights give the same scores, whoever computes them. */
class RunTimesTest {
    private static final float TOLERANCE = 1e-4f;

    @ParameterizedTest
    @ValueSource(strings = {"expression-pytorch", "expression-onnxruntime"})
    void scoresAreThoseOfTheDefaultRunTime(String name) {
        List<FaceCrop> crops =
                IntStream.range(0, 40).mapToObj(RunTimesTest::crop).toList();
        try (EmotionClassifier standard = Stages.classifier("expression");
                EmotionClassifier other = Stages.classifier(name)) {
            assertThat(other.metadata().runtime())
                    .isNotEqualTo(standard.metadata().runtime());
            List<EmotionScores> expected = standard.classifyAll(crops);
            List<EmotionScores> found = other.classifyAll(crops);
            for (int i = 0; i < crops.size(); i++) {
                assertThat(found.get(i).toArray())
                        .as("crop %d", i)
                        .containsExactly(expected.get(i).toArray(), within(TOLERANCE));
                assertThat(other.classify(crops.get(i)).toArray())
                        .as("crop %d alone", i)
                        .containsExactly(expected.get(i).toArray(), within(TOLERANCE));
            }
        }
    }

    /** Noise, smooth slopes, and the black and white that cameras give when they fail. */
    private static FaceCrop crop(int number) {
        FaceCrop crop = FaceCrop.allocate(CropSpec.fer2013());
        Random random = new Random(number);
        int contrast = random.nextInt(256);
        for (int i = 0; i < crop.pixels().capacity(); i++) {
            int grey =
                    switch (number % 4) {
                        case 0 -> random.nextInt(256);
                        case 1 -> i % crop.width() * contrast / crop.width();
                        case 2 -> i / crop.width() * contrast / crop.height() + random.nextInt(20);
                        default -> number % 8 == 3 ? 0 : 255;
                    };
            crop.pixels().put(i, (byte) Math.min(255, grey));
        }
        return crop;
    }
}
