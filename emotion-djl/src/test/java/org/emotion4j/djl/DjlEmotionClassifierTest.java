package org.emotion4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.emotion4j.djl.nets.Network;
import org.emotion4j.djl.nets.NetworkArchitecture;
import org.emotion4j.djl.nets.NetworkFile;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.LabelSet;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.spi.EmotionClassifierProvider;
import org.emotion4j.spi.Stages;
import org.emotion4j.spi.Weights;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class DjlEmotionClassifierTest {
    @TempDir
    Path folder;

    @Test
    void bundledWeightsGiveTheScoresOfTheirDay() throws IOException {
        List<String> golden = golden();
        try (DjlEmotionClassifier classifier = table2()) {
            for (String row : golden.subList(1, golden.size())) {
                String[] fields = row.split(",");
                float[] scores = classifier
                        .classify(TestCrops.slope(Integer.parseInt(fields[0])))
                        .toArray();
                for (int i = 0; i < scores.length; i++) {
                    assertThat(scores[i]).as(row).isEqualTo(Float.parseFloat(fields[i + 1]), within(1e-3f));
                }
            }
        }
    }

    @Test
    void aBatchOfManyGivesTheScoresOfEach() {
        List<FaceCrop> crops = IntStream.range(0, 33).mapToObj(TestCrops::slope).toList();
        try (DjlEmotionClassifier classifier = table2()) {
            List<EmotionScores> batch = classifier.classifyAll(crops);
            for (int i = 0; i < crops.size(); i++) {
                assertThat(batch.get(i).toArray())
                        .containsExactly(classifier.classify(crops.get(i)).toArray(), within(1e-5f));
            }
        }
    }

    @Test
    void callsLeaveNoNativeMemoryBehind() {
        try (DjlEmotionClassifier classifier = table2()) {
            int before = classifier.scope().getManagedArrays().size();
            for (int i = 0; i < 200; i++) {
                classifier.classifyAll(List.of(TestCrops.slope(i), TestCrops.slope(i + 1)));
            }
            assertThat(classifier.scope().getManagedArrays()).hasSize(before);
        }
    }

    @Test
    void saysWhatItIs() throws IOException {
        try (DjlEmotionClassifier classifier = table2()) {
            assertThat(classifier.metadata().name()).isEqualTo("table2");
            assertThat(classifier.metadata().sha256()).contains(StageMetadata.sha256(bundledBytes()));
            assertThat(classifier.metadata().runtime().orElseThrow())
                    .contains("PyTorch")
                    .contains("cpu");
            assertThat(classifier.metadata().license()).isPresent();
            assertThat(classifier.metadata().notes().orElseThrow()).contains("FER2013");
        }
    }

    @Test
    void isFoundByNameAndByDefault() {
        assertThat(Stages.classifiers())
                .extracting(EmotionClassifierProvider::name)
                .contains("table2", "expression-pytorch", "expression-fer-pytorch");
        try (EmotionClassifier named = Stages.classifier("table2");
                EmotionClassifier standard = Stages.defaultClassifier()) {
            assertThat(named.metadata().name()).isEqualTo("table2");
            assertThat(standard.metadata().name()).isEqualTo("expression");
            assertThat(standard.metadata().runtime().orElseThrow()).contains("PyTorch");
        }
    }

    @Test
    void loadsAFileThatIsAskedForByName() throws IOException {
        Path file = folder.resolve("own.params");
        Files.write(file, bundledBytes());

        try (EmotionClassifier own = Stages.classifier("table2=" + file);
                DjlEmotionClassifier bundled = table2()) {
            assertThat(own.classify(TestCrops.slope(3))).isEqualTo(bundled.classify(TestCrops.slope(3)));
            assertThat(own.metadata().sha256()).isEqualTo(bundled.metadata().sha256());
            assertThat(own.metadata().notes().orElseThrow()).contains("own.params");
        }
    }

    @Test
    void refusesAMissingADamagedAndAForeignFile() throws IOException {
        Path file = folder.resolve("own.params");
        assertRefused(file, "no such weights file");

        byte[] damaged = bundledBytes();
        damaged[damaged.length / 2] ^= 1;
        Files.write(file, damaged);
        assertRefused(file, "damaged");

        Files.write(file, Arrays.copyOf(bundledBytes(), 1_000));
        assertRefused(file, "damaged");

        Files.writeString(file, "hello");
        assertRefused(file, "neither weights of a training (safetensors, E4JNET) nor a TorchScript file");

        Files.write(file, new byte[0]);
        assertRefused(file, "0 bytes");

        Files.write(file, new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0});
        assertRefused(file, "not a TorchScript file");
    }

    @Test
    void followsTheLabelsThatAreAskedFor() {
        String model = "expression";
        List<EmotionScores> all = new ArrayList<>();
        try (DjlEmotionClassifier standard =
                DjlEmotionClassifier.builder().bundled(model).build()) {
            FaceCrop crop = TestCrops.slope(3, standard.cropSpec());
            for (LabelSet labels : LabelSet.values()) {
                try (DjlEmotionClassifier asked = DjlEmotionClassifier.builder()
                        .bundled(model)
                        .labels(labels)
                        .build()) {
                    all.add(asked.classify(crop));
                    assertThat(asked.metadata().setting("labels"))
                            .contains(labels.name().toLowerCase(Locale.ROOT));
                    assertThat(asked.metadata().notes().orElseThrow())
                            .endsWith("scores follow the labels of " + labels);
                }
            }
            assertThat(standard.classify(crop)).isEqualTo(all.get(LabelSet.PHOTO.ordinal()));
            assertThat(standard.metadata().setting("labels")).contains("photo");
        }
        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void theNetworkSaysWhichCropItWants() {
        for (String model : List.of("expression")) {
            try (DjlEmotionClassifier classifier =
                    DjlEmotionClassifier.builder().bundled(model).build()) {
                assertThat(classifier.cropSpec()).isEqualTo(CropSpec.of(56, 56, PixelFormat.GRAY8));
                assertThatThrownBy(() -> classifier.classify(TestCrops.slope(1)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("48x48")
                        .hasMessageContaining("expected 56x56");
            }
        }
        for (String model : List.of("expression-fer", "table2")) {
            try (DjlEmotionClassifier classifier =
                    DjlEmotionClassifier.builder().bundled(model).build()) {
                assertThat(classifier.cropSpec()).isEqualTo(CropSpec.fer2013());
            }
        }
    }

    @Test
    void theFormerNetworkKeepsItsAnswer() {
        try (EmotionClassifier former = Stages.classifier("expression-fer-pytorch")) {
            assertThat(former.metadata().name()).isEqualTo("expression-fer");
            assertThat(former.metadata().setting("labels")).contains("blend");
        }
    }

    @Test
    void refusesTheFormersFileAsItsOwnAndTheReverse() throws IOException {
        Path ours = Files.write(folder.resolve("present.pt"), weights("expression"));
        Path theirs = Files.write(folder.resolve("former.pt"), weights("expression-fer"));
        assertThatThrownBy(() -> Stages.classifier("expression-pytorch=" + theirs))
                .isInstanceOf(StageException.class)
                .hasMessageStartingWith(theirs + ": weights of the former network");
        assertThatThrownBy(() -> Stages.classifier("expression-fer-pytorch=" + ours))
                .isInstanceOf(StageException.class)
                .hasMessageStartingWith(ours + ": weights for crops of 56x56, expected the former network's 48x48");
        try (EmotionClassifier own = Stages.classifier("expression-pytorch=" + ours);
                EmotionClassifier bundled = Stages.classifier("expression-pytorch");
                EmotionClassifier kept = Stages.classifier("expression-fer-pytorch=" + theirs)) {
            FaceCrop crop = TestCrops.slope(3, own.cropSpec());
            assertThat(own.classify(crop)).isEqualTo(bundled.classify(crop));
            assertThat(kept.cropSpec()).isEqualTo(CropSpec.fer2013());
        }
    }

    @Test
    void refusesLabelsThatANetworkDoesNotHaveOrThatAreSetTwice() {
        DjlEmotionClassifier.Builder single =
                DjlEmotionClassifier.builder().bundled("table2").labels(LabelSet.FERPLUS);
        assertThatThrownBy(single::build)
                .isInstanceOf(StageException.class)
                .hasMessage("bundled table2/table2.params: its outputs are [logits], none is ferplus");
        assertThatThrownBy(() -> DjlEmotionClassifier.builder()
                        .bundled("expression-fer")
                        .labels(LabelSet.PHOTO)
                        .build())
                .isInstanceOf(StageException.class)
                .hasMessageContaining("none is photo");
        assertThatThrownBy(() -> single.labels(LabelSet.FERPLUS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("labels was set already");
    }

    @Test
    void refusesAFileOfAnotherHash() throws IOException {
        Path file = folder.resolve("own.params");
        Files.write(file, bundledBytes());

        assertThatThrownBy(() -> DjlEmotionClassifier.builder()
                        .model(file)
                        .sha256("0".repeat(64))
                        .build())
                .isInstanceOf(StageException.class)
                .hasMessageContaining(file + ": SHA-256 is ")
                .hasMessageContaining("expected 0000");
    }

    @Test
    void refusesWeightsOfAnotherNetUnderThisName() throws IOException {
        Path file = folder.resolve("wrong.params");
        try (Network table3 = Network.initial(NetworkArchitecture.named("table3-a"), Device.cpu(), 1)) {
            table3.toFile(Map.of(NetworkFile.NET, "table2")).write(file);
        }

        assertRefused(file, "does not fit table2");
    }

    @Test
    void refusesWeightsThatAreNotNumbers() throws IOException {
        byte[] bytes = bundledBytes();
        int lastBias = bytes.length - Integer.BYTES - Float.BYTES;
        ByteBuffer.wrap(bytes).putFloat(lastBias, Float.NaN);
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, bytes.length - Integer.BYTES);
        ByteBuffer.wrap(bytes).putInt(bytes.length - Integer.BYTES, (int) crc.getValue());
        Path file = folder.resolve("nan.params");
        Files.write(file, bytes);

        assertRefused(file, "expected finite logits");
    }

    @Test
    void refusesAnOnnxFileAndAnotherArchitecture() throws IOException {
        Path onnx = Files.write(folder.resolve("network.onnx"), new byte[] {8, 7, 18, 0});
        assertRefused(onnx, "expression-onnxruntime, of emotion-onnxruntime");
        Path detector = Files.write(folder.resolve("detector.pt"), weights("single-shot"));
        assertRefused(detector, "expected");
    }

    @Test
    void runsOtherNetsOfItsKind() throws IOException {
        Path file = folder.resolve("table3.params");
        try (Network table3 = Network.initial(NetworkArchitecture.named("table3-b"), Device.cpu(), 1)) {
            table3.toFile(Map.of()).write(file);
        }

        try (DjlEmotionClassifier classifier = DjlEmotionClassifier.load(file)) {
            assertThat(classifier.metadata().name()).isEqualTo("table3-b");
            assertThat(classifier.classify(TestCrops.slope(1)).confidence()).isBetween(1 / 7f, 1f);
        }
    }

    @Test
    void refusesWorkOnceClosed() {
        DjlEmotionClassifier classifier = table2();
        classifier.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> classifier.classify(TestCrops.slope(1)))
                .withMessage("table2 was closed");
    }

    @Test
    void builderChecksAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DjlEmotionClassifier.builder().threads(0))
                .withMessage("threads is 0, expected 1 to 256");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DjlEmotionClassifier.builder().sha256("abc"))
                .withMessageContaining("64 hexadecimal digits");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> DjlEmotionClassifier.builder().device("abacus").build())
                .withMessageContaining("\"abacus\", expected cpu, gpu");
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> DjlEmotionClassifier.builder().bundled("table2").model(folder))
                .withMessage("model was set already to table2");
        assertThatIllegalStateException()
                .isThrownBy(() -> DjlEmotionClassifier.builder().threads(1).threads(1))
                .withMessage("threads was set already to 1");
        assertThatThrownBy(
                        () -> DjlEmotionClassifier.builder().bundled("table9").build())
                .isInstanceOf(StageException.class)
                .hasMessageContaining("table9");
    }

    @Test
    void theEngineKeepsToItself() {
        assertThatCode(() -> table2().close()).doesNotThrowAnyException();
        assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
        assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
    }

    private void assertRefused(Path file, String reason) {
        assertThatThrownBy(() -> DjlEmotionClassifier.load(file))
                .isInstanceOf(StageException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(reason);
    }

    private static DjlEmotionClassifier table2() {
        return DjlEmotionClassifier.builder().bundled("table2").build();
    }

    private static byte[] bundledBytes() {
        return weights("table2");
    }

    private static byte[] weights(String network) {
        return Weights.get(network + Weights.PYTORCH).bytes();
    }

    private static List<String> golden() throws IOException {
        try (InputStream in = DjlEmotionClassifierTest.class.getResourceAsStream("table2-golden.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
