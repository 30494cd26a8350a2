package org.emotion4j.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import org.emotion4j.stage.internal.OnnxFile;
import org.emotion4j.testkit.EmotionClassifierContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That it gives the scores of the other run times is in {@link RunTimesTest}. */
@Tag("native")
final class OnnxRuntimeEmotionClassifierTest {
    @TempDir
    Path folder;

    @Nested
    class Contract extends EmotionClassifierContract {
        @Override
        protected EmotionClassifier createClassifier() {
            return OnnxRuntimeEmotionClassifier.bundled();
        }
    }

    @Nested
    class FormerContract extends EmotionClassifierContract {
        @Override
        protected EmotionClassifier createClassifier() {
            return OnnxRuntimeEmotionClassifier.builder()
                    .bundled("expression-fer")
                    .build();
        }
    }

    @Test
    void isTheDefaultAndSaysWhatItIs() {
        try (EmotionClassifier standard = Stages.defaultClassifier()) {
            assertThat(standard).isInstanceOf(OnnxRuntimeEmotionClassifier.class);
            assertThat(standard.metadata().name()).isEqualTo("expression-int8");
            assertThat(standard.metadata().runtime().orElseThrow()).matches("ONNX Runtime \\d+\\.\\d+\\.\\d+ cpu");
            assertThat(standard.metadata().setting("labels")).contains("photo");
            assertThat(standard.toString()).contains("expression-int8", "ONNX Runtime", "SHA-256 ");
        }
    }

    @Test
    void aBatchOfManyGivesTheScoresOfEach() {
        try (OnnxRuntimeEmotionClassifier classifier = OnnxRuntimeEmotionClassifier.bundled()) {
            List<FaceCrop> crops = IntStream.range(0, 33)
                    .mapToObj(step -> TestCrops.slope(step, classifier.cropSpec()))
                    .toList();
            for (int size : new int[] {33, 1, 2, 33, 3, 1}) {
                List<EmotionScores> batch = classifier.classifyAll(crops.subList(0, size));
                for (int i = 0; i < size; i++) {
                    assertThat(batch.get(i).toArray())
                            .containsExactly(classifier.classify(crops.get(i)).toArray(), within(1e-5f));
                }
            }
        }
    }

    @Test
    void followsTheLabelsThatAreAskedFor() {
        List<EmotionScores> all = new ArrayList<>();
        for (LabelSet labels : LabelSet.values()) {
            try (OnnxRuntimeEmotionClassifier asked =
                    OnnxRuntimeEmotionClassifier.builder().labels(labels).build()) {
                all.add(asked.classify(TestCrops.slope(3, asked.cropSpec())));
                assertThat(asked.metadata().setting("labels"))
                        .contains(labels.name().toLowerCase(Locale.ROOT));
            }
        }
        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void theFileSaysWhichCropItWants() {
        try (OnnxRuntimeEmotionClassifier present = OnnxRuntimeEmotionClassifier.bundled();
                EmotionClassifier former = Stages.classifier("expression-fer-onnxruntime")) {
            assertThat(present.cropSpec()).isEqualTo(CropSpec.of(56, 56, PixelFormat.GRAY8));
            assertThat(former.cropSpec()).isEqualTo(CropSpec.fer2013());
            assertThat(former.metadata().setting("labels")).contains("blend");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> present.classify(TestCrops.slope(1, former.cropSpec())))
                    .withMessageContaining("48x48")
                    .withMessageContaining("expected 56x56");
        }
    }

    @Test
    void refusesTheFormersFileAsItsOwnAndTheReverse() throws IOException {
        Path ours = Files.write(folder.resolve("present.onnx"), onnx("expression"));
        Path theirs = Files.write(folder.resolve("former.onnx"), onnx("expression-fer"));
        assertThatThrownBy(() -> Stages.classifier("expression-onnxruntime=" + theirs))
                .isInstanceOf(StageException.class)
                .hasMessageStartingWith(theirs + ": weights of the former network");
        assertThatThrownBy(() -> Stages.classifier("expression-fer-onnxruntime=" + ours))
                .isInstanceOf(StageException.class)
                .hasMessageStartingWith(ours + ": weights for crops of 56x56, expected the former network's 48x48");
        try (EmotionClassifier own = Stages.classifier("expression-onnxruntime=" + ours);
                EmotionClassifier bundled = OnnxRuntimeEmotionClassifier.bundled();
                EmotionClassifier kept = Stages.classifier("expression-fer-onnxruntime=" + theirs)) {
            FaceCrop crop = TestCrops.slope(3, own.cropSpec());
            assertThat(own.classify(crop)).isEqualTo(bundled.classify(crop));
            assertThat(own.metadata().notes().orElseThrow()).contains("present.onnx");
            assertThat(kept.cropSpec()).isEqualTo(CropSpec.fer2013());
        }
    }

    @Test
    void refusesAMissingADamagedAndAForeignFile() throws IOException {
        assertRefused(folder.resolve("gone.onnx"), "no such weights file");
        byte[] whole = onnx("expression");
        assertRefused(Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(whole, whole.length / 2)), "");
        assertRefused(Files.writeString(folder.resolve("text.onnx"), "hello"), "");
        assertRefused(Files.write(folder.resolve("empty.onnx"), new byte[0]), "0 bytes");
        assertRefused(Files.write(folder.resolve("detector.onnx"), onnx("single-shot")), "expected");
        assertRefused(
                Files.write(folder.resolve("own.params"), "E4JNET".getBytes(StandardCharsets.US_ASCII)),
                "expression-pytorch");
    }

    @Test
    void refusesWeightsThatAreNotNumbers() throws IOException {
        OnnxFile whole = OnnxFile.parse(onnx("expression"));
        float[] bias = whole.weights("net.heads.photo.bias").orElseThrow();
        bias[3] = Float.NaN;
        Path file = folder.resolve("nan.onnx");
        Files.write(file, whole.with(Map.of("net.heads.photo.bias", bias), Set.copyOf(whole.outputs())));
        assertRefused(file, "expected finite logits");
    }

    @Test
    void refusesLabelsThatTheNetworkDoesNotHave() {
        assertThatThrownBy(() -> OnnxRuntimeEmotionClassifier.builder()
                        .bundled("expression-fer")
                        .labels(LabelSet.PHOTO)
                        .build())
                .isInstanceOf(StageException.class)
                .hasMessageContaining("none is photo");
    }

    @Test
    void refusesAFileOfAnotherHash() throws IOException {
        Path file = Files.write(folder.resolve("own.onnx"), onnx("expression"));
        assertThatThrownBy(() -> OnnxRuntimeEmotionClassifier.builder()
                        .model(file)
                        .sha256("0".repeat(64))
                        .build())
                .isInstanceOf(StageException.class)
                .hasMessageContaining(file + ": SHA-256 is ")
                .hasMessageContaining("expected 0000");
    }

    @Test
    void saysWhichJarIsMissing() {
        assertThatThrownBy(() -> OnnxRuntimeEmotionClassifier.builder()
                        .bundled("nothing")
                        .build())
                .isInstanceOf(StageException.class)
                .hasMessageContaining("add org.emotion4j:emotion-models,");
    }

    @Test
    void refusesWorkOnceClosed() {
        OnnxRuntimeEmotionClassifier classifier = OnnxRuntimeEmotionClassifier.bundled();
        FaceCrop crop = TestCrops.slope(1, classifier.cropSpec());
        classifier.classify(crop);
        classifier.close();
        classifier.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> classifier.classify(crop))
                .withMessage("expression was closed");
    }

    @Test
    void builderChecksAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxRuntimeEmotionClassifier.builder().threads(0))
                .withMessage("threads is 0, expected 1 to 256");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxRuntimeEmotionClassifier.builder().sha256("abc"))
                .withMessageContaining("64 hexadecimal digits");
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        OnnxRuntimeEmotionClassifier.builder().bundled("a").model(folder))
                .withMessage("model was set already to a");
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> OnnxRuntimeEmotionClassifier.builder().threads(1).threads(1))
                .withMessage("threads was set already to 1");
    }

    private static void assertRefused(Path file, String reason) {
        assertThatThrownBy(() -> OnnxRuntimeEmotionClassifier.load(file))
                .isInstanceOf(StageException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(reason);
    }

    private static byte[] onnx(String network) {
        return Weights.get(network).bytes();
    }
}
