package org.emotion4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.emotion4j.djl.BundledNets;
import org.emotion4j.djl.DjlEmotionClassifier;
import org.emotion4j.djl.nets.Net;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.LabelSet;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.opencv.DnnEmotionClassifier;
import org.emotion4j.spi.Stages;
import org.emotion4j.stage.StageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same weights give the same scores, whoever computes them. */
class RunTimesTest {
    private static final float TOLERANCE = 1e-4f;

    @ParameterizedTest
    @MethodSource("runTimesAndLabels")
    void scoresAreThoseOfOpenCv(String name, LabelSet labels) {
        List<FaceCrop> crops =
                IntStream.range(0, 40).mapToObj(RunTimesTest::crop).toList();
        try (EmotionClassifier standard = DnnEmotionClassifier.bundled(labels);
                EmotionClassifier other = DjlEmotionClassifier.builder()
                        .bundled(name)
                        .labels(labels)
                        .build()) {
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

    /** The folders of emotion-djl's jar with the weights for PyTorch and for ONNX Runtime. */
    static List<Arguments> runTimesAndLabels() {
        return Stream.of("expression", "expression-onnxruntime")
                .flatMap(name -> Arrays.stream(LabelSet.values()).map(labels -> Arguments.of(name, labels)))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"expression", "expression-fer2013", "expression-ferplus"})
    void eachSetOfLabelsHasANameOnOnnxRuntime(String name) {
        FaceCrop crop = crop(1);
        try (EmotionClassifier openCv = Stages.classifier(name);
                EmotionClassifier onnxRuntime = Stages.classifier(name + "-onnxruntime")) {
            assertThat(onnxRuntime.metadata().runtime().orElseThrow()).contains("OnnxRuntime");
            assertThat(onnxRuntime.metadata().sha256())
                    .isEqualTo(openCv.metadata().sha256());
            assertThat(onnxRuntime.classify(crop).toArray())
                    .containsExactly(openCv.classify(crop).toArray(), within(TOLERANCE));
        }
    }

    /** Whoever asks for a run time gets that one, or an error. */
    @Test
    void weightsForPyTorchRunNowhereElse(@TempDir Path folder) throws IOException {
        Path weights = folder.resolve("own.params");
        try (Net net = BundledNets.expression(Device.cpu())) {
            net.toFile(Map.of()).write(weights);
        }
        for (String name : List.of("expression", "expression-onnxruntime")) {
            assertThatThrownBy(() -> Stages.classifier(name + "=" + weights))
                    .isInstanceOf(StageException.class)
                    .hasMessageContaining("own.params")
                    .hasMessageContaining("expression-pytorch");
        }
        try (EmotionClassifier own = Stages.classifier("expression-pytorch=" + weights)) {
            assertThat(own.metadata().runtime().orElseThrow()).contains("PyTorch");
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
