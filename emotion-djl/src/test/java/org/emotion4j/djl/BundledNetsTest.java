package org.emotion4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.emotion4j.djl.data.LabelledFace;
import org.emotion4j.djl.nets.Net;
import org.emotion4j.djl.training.NetScores;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.stage.StageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledNetsTest {
    @TempDir
    Path folder;

    @Test
    void theJavaBlockGivesTheScoresOfTheShippedFile() throws Exception {
        List<LabelledFace> faces = LongStream.range(0, 20)
                .mapToObj(seed ->
                        seed % 2 == 0 ? TestFaces.noise(seed, Emotion.HAPPY) : TestFaces.band(seed, Emotion.SAD))
                .toList();
        Path file = folder.resolve("expression.params");
        List<EmotionScores> scores;
        try (Net net = BundledNets.expression(Device.cpu())) {
            scores = NetScores.of(net, faces).scores();
            net.toFile(Map.of()).write(file);
        }

        try (DjlEmotionClassifier script =
                        DjlEmotionClassifier.builder().bundled("expression").build();
                DjlEmotionClassifier written = DjlEmotionClassifier.load(file)) {
            for (int i = 0; i < faces.size(); i++) {
                float[] expected = script.classify(crop(faces.get(i))).toArray();
                assertThat(scores.get(i).toArray()).containsExactly(expected, within(1e-4f));
                assertThat(written.classify(crop(faces.get(i))).toArray()).containsExactly(expected, within(1e-4f));
            }
        }
    }

    @Test
    void refusesAnotherFile() {
        assertThatThrownBy(() ->
                        Net.ofTorchScript("PK no module".getBytes(StandardCharsets.US_ASCII), Device.cpu(), "other.pt"))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("other.pt");
    }

    private static FaceCrop crop(LabelledFace face) {
        FaceCrop crop = FaceCrop.allocate(CropSpec.fer2013());
        for (int i = 0; i < LabelledFace.PIXELS; i++) {
            crop.pixels().put(i, (byte) face.pixel(i));
        }
        return crop;
    }
}
