package org.emotion4j.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import javax.imageio.ImageIO;
import org.emotion4j.djl.BundledNetworks;
import org.emotion4j.djl.DjlEmotionClassifier;
import org.emotion4j.djl.data.PictureFolder;
import org.emotion4j.djl.nets.Network;
import org.emotion4j.djl.nets.NetworkArchitecture;
import org.emotion4j.djl.training.NetworkTrainer;
import org.emotion4j.djl.training.TrainingProtocol;
import org.emotion4j.djl.training.TrainingResult;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.face.FaceCrop;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of the guide to training, on pictures whose brightness is their label. */
@Tag("native")
@Tag("slow")
final class TrainingGuideTest {
    @TempDir
    Path folder;

    @Test
    void goesOnFromTheShippedNetwork() throws IOException {
        Path data = folder.resolve("data");
        for (int i = 0; i < 12; i++) {
            even(180 + 5 * i, 48, data.resolve("happy/" + i + ".png"));
            even(10 + 5 * i, 48, data.resolve("sad/" + i + ".png"));
        }
        train(data, folder.resolve("run"));
        assertThat(Files.readAllLines(folder.resolve("run/training-log.csv"))).hasSizeGreaterThan(2);
    }

    private static void even(int gray, int side, Path file) throws IOException {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        byte[] pixels = new byte[side * side];
        Arrays.fill(pixels, (byte) gray);
        image.getRaster().setDataElements(0, 0, side, side, pixels);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    private static void train(Path data, Path run) throws IOException {
        // guide:begin
        NetworkArchitecture network = NetworkArchitecture.named(NetworkArchitecture.EXPRESSION);
        TrainingProtocol protocol = TrainingProtocol.folder(PictureFolder.read(data, network.side()), 0, 1);
        NetworkTrainer.Builder trainer = NetworkTrainer.of(network);
        try (Network shipped = BundledNetworks.expression(Device.cpu())) {
            trainer.from(shipped.toFile(Map.of()));
        }
        TrainingResult result = trainer.training(protocol.training())
                .mirrored(protocol.mirrored())
                .validation(protocol.validation())
                .epochs(20)
                .patience(10)
                .folder(run)
                .train();
        System.out.println(result.startAccuracy() + " before, " + result.validationAccuracy() + " now");
        EmotionClassifier classifier = DjlEmotionClassifier.load(result.weights());
        // guide:end
        try (classifier) {
            FaceCrop bright = FaceCrop.allocate(classifier.cropSpec());
            for (int i = 0; i < bright.pixels().capacity(); i++) {
                bright.pixels().put(i, (byte) 220);
            }
            assertThat(result.validationAccuracy())
                    .isGreaterThan(result.startAccuracy().orElseThrow());
            assertThat(classifier.classify(bright).top()).isEqualTo(Emotion.HAPPY);
        }
    }
}
