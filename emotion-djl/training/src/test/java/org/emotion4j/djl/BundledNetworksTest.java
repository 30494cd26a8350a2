package org.emotion4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.emotion4j.djl.data.LabeledFace;
import org.emotion4j.djl.nets.Network;
import org.emotion4j.djl.nets.NetworkArchitecture;
import org.emotion4j.djl.nets.NetworkFile;
import org.emotion4j.djl.training.NetworkScores;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.onnxruntime.OnnxRuntimeEmotionClassifier;
import org.emotion4j.spi.Weights;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.internal.OnnxFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("native")
class BundledNetworksTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"expression", "expression-fer"})
    void theJavaBlockGivesTheScoresOfTheShippedFile(String name) throws Exception {
        List<LabeledFace> faces = faces(name);
        Path file = folder.resolve("own.params");
        List<EmotionScores> scores;
        try (Network net = bundled(name)) {
            scores = NetworkScores.of(net, faces).scores();
            net.toFile(Map.of()).write(file);
        }

        try (DjlEmotionClassifier script =
                        DjlEmotionClassifier.builder().bundled(name).build();
                DjlEmotionClassifier written = DjlEmotionClassifier.load(file)) {
            for (int i = 0; i < faces.size(); i++) {
                float[] expected = script.classify(faces.get(i).toCrop()).toArray();
                assertThat(scores.get(i).toArray()).containsExactly(expected, within(1e-4f));
                assertThat(written.classify(faces.get(i).toCrop()).toArray()).containsExactly(expected, within(1e-4f));
            }
        }
    }

    /** The weights are changed and cooled, as a training does, so that the file's own can not pass for them. */
    @ParameterizedTest
    @ValueSource(strings = {"expression", "expression-fer"})
    void theOnnxFileOfATrainingGivesTheScoresOfItsWeights(String name) throws Exception {
        Path params = folder.resolve("own.params");
        Path onnx = folder.resolve("own.onnx");
        NetworkFile tuned = tuned(name);
        tuned.write(params);
        Files.write(onnx, BundledNetworks.onnx(tuned, "own.params"));

        try (DjlEmotionClassifier expected = DjlEmotionClassifier.load(params);
                OnnxRuntimeEmotionClassifier found = OnnxRuntimeEmotionClassifier.load(onnx);
                DjlEmotionClassifier shipped =
                        DjlEmotionClassifier.builder().bundled(name).build()) {
            assertThat(found.metadata().runtime().orElseThrow()).contains("ONNX Runtime");
            assertThat(found.metadata().setting("labels"))
                    .as("the labels are whoever's trained it")
                    .isEmpty();
            for (LabeledFace face : faces(name)) {
                float[] scores = expected.classify(face.toCrop()).toArray();
                assertThat(found.classify(face.toCrop()).toArray()).containsExactly(scores, within(1e-4f));
                assertThat(shipped.classify(face.toCrop()).toArray()).isNotEqualTo(scores);
            }
        }
        assertThat(OnnxFile.parse(Files.readAllBytes(onnx)).outputs()).hasSize(1);
    }

    @Test
    void onlyTheLibrarysOwnNetworksHaveAnOnnxFile() {
        try (Network net = Network.initial(NetworkArchitecture.named("table2"), Device.cpu(), 1)) {
            NetworkFile weights = net.toFile(Map.of());
            assertThatThrownBy(() -> BundledNetworks.onnx(weights, "own.params"))
                    .isInstanceOf(StageException.class)
                    .hasMessageStartingWith("own.params: of the network table2");
        }
    }

    @Test
    void refusesAnotherFile() throws IOException {
        assertThatThrownBy(() -> Network.ofTorchScript(
                        "PK no module".getBytes(StandardCharsets.US_ASCII), Device.cpu(), "other.pt"))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("other.pt");
        byte[] detector = Weights.get("single-shot-pytorch").bytes();
        assertThatThrownBy(() -> Network.ofTorchScript(detector, Device.cpu(), "other.pt"))
                .isInstanceOf(StageException.class)
                .hasMessageStartingWith("other.pt: does not fit expression");
    }

    /** What was trained on from the former network before it had its present name still is that network. */
    @Test
    void aTrainingFromTheFormerNetworkIsKnownByItsArrays() throws Exception {
        Path file = folder.resolve("earlier.params");
        try (Network net = BundledNetworks.expressionFer(Device.cpu())) {
            net.toFile(Map.of(NetworkFile.NET, NetworkArchitecture.EXPRESSION)).write(file);
        }
        assertThat(NetworkFile.read(file).text(NetworkFile.NET)).contains(NetworkArchitecture.EXPRESSION_FER);
        try (DjlEmotionClassifier earlier = DjlEmotionClassifier.load(file)) {
            assertThat(earlier.cropSpec().width()).isEqualTo(48);
            assertThat(earlier.metadata().name()).isEqualTo(NetworkArchitecture.EXPRESSION_FER);
        }
    }

    private static NetworkFile tuned(String name) {
        try (Network net = bundled(name)) {
            net.trainable().forEach((layer, parameter) -> {
                if (layer.contains("bias")) {
                    parameter.getArray().addi(0.01f);
                }
            });
            return net.toFile(Map.of(NetworkFile.TEMPERATURE, "1.7"));
        }
    }

    private static Network bundled(String name) {
        return name.equals(NetworkArchitecture.EXPRESSION)
                ? BundledNetworks.expression(Device.cpu())
                : BundledNetworks.expressionFer(Device.cpu());
    }

    private static List<LabeledFace> faces(String name) {
        int side = NetworkArchitecture.named(name).side();
        return LongStream.range(0, 20)
                .mapToObj(seed -> seed % 2 == 0
                        ? TestFaces.noise(seed, side, Emotion.HAPPY)
                        : TestFaces.band(seed, Emotion.SAD).resized(side))
                .toList();
    }
}
