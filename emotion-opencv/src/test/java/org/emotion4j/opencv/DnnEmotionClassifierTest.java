package org.emotion4j.opencv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionClassifierContract;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.LabelSet;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.spi.Stages;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DnnEmotionClassifierTest extends EmotionClassifierContract {
    @TempDir
    Path folder;

    @Override
    protected EmotionClassifier createClassifier() {
        return DnnEmotionClassifier.bundled();
    }

    @Test
    void aBatchGivesTheScoresOfEachWhateverItsSize() {
        List<FaceCrop> crops =
                IntStream.range(0, 9).mapToObj(DnnEmotionClassifierTest::noise).toList();
        try (DnnEmotionClassifier classifier = DnnEmotionClassifier.bundled()) {
            List<float[]> alone = crops.stream()
                    .map(crop -> classifier.classify(crop).toArray())
                    .toList();
            for (int size : new int[] {9, 2, 5, 1, 9}) {
                List<EmotionScores> batch = classifier.classifyAll(crops.subList(0, size));
                assertThat(batch).hasSize(size);
                for (int i = 0; i < size; i++) {
                    assertThat(batch.get(i).toArray()).containsExactly(alone.get(i), within(1e-5f));
                }
            }
        }
    }

    @Test
    void isTheDefaultAndSaysWhatItIs() throws IOException {
        try (EmotionClassifier standard = Stages.defaultClassifier();
                EmotionClassifier named = Stages.classifier("expression")) {
            assertThat(standard).isInstanceOf(DnnEmotionClassifier.class);
            assertThat(named.metadata()).isEqualTo(standard.metadata());
            assertThat(named.metadata().name()).isEqualTo("expression");
            assertThat(named.metadata().sha256()).contains(StageMetadata.sha256(onnx()));
            assertThat(named.metadata().runtime().orElseThrow())
                    .contains("OpenCV")
                    .contains("DNN");
        }
    }

    @Test
    void followsTheLabelsThatAreAskedFor() throws IOException {
        Path file = folder.resolve("own.onnx");
        Files.write(file, onnx());
        try (EmotionClassifier blend = Stages.classifier("expression");
                EmotionClassifier fer2013 = Stages.classifier("expression-fer2013");
                EmotionClassifier ferPlus = Stages.classifier("expression-ferplus");
                EmotionClassifier own = Stages.classifier("expression-ferplus=" + file)) {
            float[] both = blend.classify(noise(1)).toArray();
            float[] byFer2013 = fer2013.classify(noise(1)).toArray();
            float[] byFerPlus = ferPlus.classify(noise(1)).toArray();
            assertThat(byFer2013).isNotEqualTo(both).isNotEqualTo(byFerPlus);
            assertThat(byFerPlus).isNotEqualTo(both);
            assertThat(own.classify(noise(1)).toArray()).isEqualTo(byFerPlus);
            assertThat(ferPlus.metadata().sha256()).isEqualTo(blend.metadata().sha256());
            assertThat(ferPlus.metadata().notes().orElseThrow()).endsWith("scores follow the labels of FERPLUS");
            assertThat(own.metadata().notes().orElseThrow())
                    .contains("own.onnx")
                    .endsWith("FERPLUS");
            assertThat(blend.metadata().notes().orElseThrow()).doesNotContain("scores follow");
        }
    }

    @Test
    void refusesANetworkWithoutTheLabelsThatAreAskedFor() throws IOException {
        Path file = folder.resolve("own.onnx");
        try (InputStream in =
                Objects.requireNonNull(DnnEmotionClassifier.class.getResourceAsStream("landmarks/landmarks.onnx"))) {
            Files.write(file, in.readAllBytes());
        }
        assertThatThrownBy(() -> DnnEmotionClassifier.load(file, LabelSet.FERPLUS))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("own.onnx")
                .hasMessageContaining("none is ferplus");
        assertRefused(file, "damaged or no network of [N, 1, 48, 48] to [N, 7]");
    }

    @Test
    void loadsAFileThatIsAskedForByName() throws IOException {
        Path file = folder.resolve("own.onnx");
        Files.write(file, onnx());
        try (EmotionClassifier own = Stages.classifier("expression=" + file);
                EmotionClassifier bundled = DnnEmotionClassifier.bundled()) {
            assertThat(own.classify(noise(1))).isEqualTo(bundled.classify(noise(1)));
            assertThat(own.metadata().notes().orElseThrow()).contains("own.onnx");
        }
    }

    @Test
    void refusesFilesThatAreMissingEmptyTornOrForeign() throws IOException {
        Path file = folder.resolve("own.onnx");
        assertRefused(file, "no such weights file");
        Files.write(file, new byte[0]);
        assertRefused(file, "empty");
        Files.writeString(file, "no network");
        assertRefused(file, "damaged or no network");
        for (String start : new String[] {"E4JNET\r\n", "PK\u0003\u0004"}) {
            Files.writeString(file, start + "weights for another engine");
            assertRefused(file, "weights for PyTorch, expected an ONNX file");
        }
        byte[] torn = onnx();
        Files.write(file, Arrays.copyOf(torn, torn.length / 2));
        assertRefused(file, "damaged or no network");
    }

    @Test
    void refusesToWorkAfterClose() {
        DnnEmotionClassifier classifier = DnnEmotionClassifier.bundled();
        classifier.close();
        classifier.close();
        assertThatIllegalStateException().isThrownBy(() -> classifier.classify(noise(1)));
    }

    @Test
    void closesWithoutHavingBeenUsed() {
        assertThatCode(() -> DnnEmotionClassifier.bundled().close()).doesNotThrowAnyException();
    }

    private static void assertRefused(Path file, String why) {
        assertThatThrownBy(() -> DnnEmotionClassifier.load(file))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("own.onnx")
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
    }

    private static FaceCrop noise(long seed) {
        FaceCrop crop = FaceCrop.allocate(CropSpec.fer2013());
        byte[] grey = new byte[crop.pixels().capacity()];
        new Random(seed).nextBytes(grey);
        crop.pixels().put(0, grey);
        return crop;
    }

    private static byte[] onnx() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(DnnEmotionClassifier.class.getResourceAsStream("expression/expression.onnx"))) {
            return in.readAllBytes();
        }
    }
}
