package org.emotion4j.opencv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.LabelSet;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.spi.Stages;
import org.emotion4j.spi.Weights;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;
import org.emotion4j.stage.internal.OnnxFile;
import org.emotion4j.testkit.EmotionClassifierContract;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class OpenCvEmotionClassifierTest extends EmotionClassifierContract {
    @TempDir
    Path folder;

    @Override
    protected EmotionClassifier createClassifier() {
        return OpenCvEmotionClassifier.bundled();
    }

    @Test
    void aBatchGivesTheScoresOfEachWhateverItsSize() {
        List<FaceCrop> crops = IntStream.range(0, 9)
                .mapToObj(OpenCvEmotionClassifierTest::noise)
                .toList();
        try (OpenCvEmotionClassifier classifier = OpenCvEmotionClassifier.bundled()) {
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
            assertThat(standard).isInstanceOf(OpenCvEmotionClassifier.class);
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
        Path file = Files.write(folder.resolve("own.onnx"), onnx());
        List<float[]> scores = new ArrayList<>();
        for (LabelSet labels : LabelSet.values()) {
            String name = labels == LabelSet.PHOTO
                    ? "expression"
                    : "expression-" + labels.name().toLowerCase(Locale.ROOT);
            try (EmotionClassifier named = Stages.classifier(name);
                    EmotionClassifier asked = OpenCvEmotionClassifier.bundled(labels);
                    EmotionClassifier own = Stages.classifier(name + "=" + file)) {
                float[] found = named.classify(noise(1)).toArray();
                assertThat(asked.classify(noise(1)).toArray()).isEqualTo(found);
                assertThat(own.classify(noise(1)).toArray()).isEqualTo(found);
                assertThat(named.metadata()).isEqualTo(asked.metadata());
                assertThat(named.metadata().setting("labels"))
                        .contains(labels.name().toLowerCase(Locale.ROOT));
                assertThat(own.metadata().notes().orElseThrow())
                        .contains("own.onnx")
                        .endsWith("scores follow the labels of " + labels);
                scores.add(found);
            }
        }
        assertThat(scores).doesNotHaveDuplicates();
    }

    @Test
    void theFormerWeightsStayUnderANameOfTheirOwn() {
        try (EmotionClassifier former = Stages.classifier("expression-fer");
                EmotionClassifier blend = OpenCvEmotionClassifier.bundledFer(LabelSet.BLEND);
                EmotionClassifier ferPlus = OpenCvEmotionClassifier.bundledFer(LabelSet.FERPLUS)) {
            FaceCrop crop = noise(1, former.cropSpec());
            assertThat(former.cropSpec()).isEqualTo(CropSpec.fer2013());
            assertThat(former.metadata().name()).isEqualTo("expression-fer");
            assertThat(former.metadata().setting("labels")).contains("blend");
            assertThat(former.classify(crop)).isEqualTo(blend.classify(crop)).isNotEqualTo(ferPlus.classify(crop));
        }
        assertThatThrownBy(() -> OpenCvEmotionClassifier.bundledFer(LabelSet.PHOTO))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("none is photo");
    }

    @Test
    void theFileSaysWhichCropItWants() throws IOException {
        Path present = Files.write(folder.resolve("present.onnx"), onnx());
        Path former = Files.write(folder.resolve("former.onnx"), formerOnnx());
        try (EmotionClassifier one = OpenCvEmotionClassifier.load(present);
                EmotionClassifier other = OpenCvEmotionClassifier.load(former, LabelSet.FERPLUS)) {
            assertThat(one.cropSpec()).isEqualTo(CropSpec.of(56, 56, PixelFormat.GRAY8));
            assertThat(other.cropSpec()).isEqualTo(CropSpec.fer2013());
            FaceCrop small = noise(1, other.cropSpec());
            assertThatThrownBy(() -> one.classify(small))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("48x48")
                    .hasMessageContaining("expected 56x56");
        }
    }

    @Test
    void refusesTheFormersFileAsItsOwnAndTheReverse() throws IOException {
        Path present = Files.write(folder.resolve("present.onnx"), onnx());
        Path former = Files.write(folder.resolve("former.onnx"), formerOnnx());
        assertThatThrownBy(() -> Stages.classifier("expression=" + former))
                .isInstanceOf(StageException.class)
                .hasMessageStartingWith(former + ": weights of the former network")
                .hasMessageContaining("expression-fer");
        assertThatThrownBy(() -> OpenCvEmotionClassifier.load(former))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("expression-fer");
        assertThatThrownBy(() -> Stages.classifier("expression-fer=" + present))
                .isInstanceOf(StageException.class)
                .hasMessageStartingWith(present + ": weights for crops of 56x56, expected the former network's 48x48");
        try (EmotionClassifier own = Stages.classifier("expression-fer=" + former)) {
            assertThat(own.cropSpec()).isEqualTo(CropSpec.fer2013());
        }
    }

    @Test
    void refusesANetworkWithoutTheLabelsThatAreAskedFor() throws IOException {
        Path file = folder.resolve("own.onnx");
        Files.write(file, Weights.get("landmarks").bytes());
        assertThatThrownBy(() -> OpenCvEmotionClassifier.load(file, LabelSet.FERPLUS))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("own.onnx")
                .hasMessageContaining("none is ferplus");
        assertRefused(file, "damaged or no network of [N, 1, height, width] to [N, 7]");
    }

    @Test
    void loadsAFileThatIsAskedForByName() throws IOException {
        Path file = folder.resolve("own.onnx");
        Files.write(file, onnx());
        try (EmotionClassifier own = Stages.classifier("expression=" + file);
                EmotionClassifier bundled = OpenCvEmotionClassifier.bundled()) {
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
    void refusesWeightsThatAreNotNumbers() throws IOException {
        OnnxFile whole = OnnxFile.parse(onnx());
        float[] bias = whole.weights("net.heads.photo.bias").orElseThrow();
        bias[3] = Float.NaN;
        Path file = Files.write(
                folder.resolve("own.onnx"),
                whole.with(Map.of("net.heads.photo.bias", bias), Set.copyOf(whole.outputs())));
        assertRefused(file, "expected finite logits");
    }

    @Test
    void refusesToWorkAfterClose() {
        OpenCvEmotionClassifier classifier = OpenCvEmotionClassifier.bundled();
        classifier.close();
        classifier.close();
        assertThatIllegalStateException().isThrownBy(() -> classifier.classify(noise(1)));
    }

    @Test
    void closesWithoutHavingBeenUsed() {
        assertThatCode(() -> OpenCvEmotionClassifier.bundled().close()).doesNotThrowAnyException();
    }

    private static void assertRefused(Path file, String why) {
        assertThatThrownBy(() -> OpenCvEmotionClassifier.load(file))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("own.onnx")
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
    }

    private static FaceCrop noise(long seed) {
        return noise(seed, CropSpec.of(56, 56, PixelFormat.GRAY8));
    }

    private static FaceCrop noise(long seed, CropSpec spec) {
        FaceCrop crop = FaceCrop.allocate(spec);
        byte[] gray = new byte[crop.pixels().capacity()];
        new Random(seed).nextBytes(gray);
        crop.pixels().put(0, gray);
        return crop;
    }

    private static byte[] onnx() {
        return Weights.get("expression").bytes();
    }

    private static byte[] formerOnnx() {
        return Weights.get("expression-fer").bytes();
    }
}
