package org.emotion4j.cli.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.emotion4j.cli.Cli;
import org.emotion4j.cli.demo.SamplePortrait;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.spi.Stages;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
final class CropsCommandTest {
    @TempDir
    Path folder;

    @Test
    void writesThePixelsThatAClassifierGets() throws IOException {
        Path portrait = Cli.portrait(1, folder.resolve("portrait.jpg"));
        Path out = folder.resolve("crops");
        Cli.Result result = Cli.run("crops", portrait, "--out", out);
        assertThat(result.exitCode()).isZero();
        BufferedImage written = ImageIO.read(out.resolve("portrait-1.png").toFile());
        assertThat(written.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
        assertThat(gray(written)).isEqualTo(seenByAClassifier());
    }

    @Test
    void aMarginShowsTheSameFaceInTheMiddleOfAWiderCrop() throws IOException {
        Path portrait = Cli.portrait(1, folder.resolve("portrait.jpg"));
        Path tight = folder.resolve("tight");
        Path wide = folder.resolve("wide");
        Cli.run("crops", portrait, "--out", tight, "--size", "64");
        Cli.run("crops", portrait, "--out", wide, "--size", "96", "--margin", "0.25");
        List<Integer> expected =
                gray(ImageIO.read(tight.resolve("portrait-1.png").toFile()));
        BufferedImage wider = ImageIO.read(wide.resolve("portrait-1.png").toFile());
        assertThat(wider.getWidth()).isEqualTo(96);
        assertThat(gray(wider.getSubimage(16, 16, 64, 64))).isEqualTo(expected);
    }

    @Test
    void aSizeThatNoCropCanHaveIsRefused() throws IOException {
        Path portrait = Cli.portrait(1, folder.resolve("portrait.jpg"));
        Cli.Result result = Cli.run("crops", portrait, "--out", folder.resolve("crops"), "--size", "7");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("width is 7, expected 8 to 1024");
    }

    @Test
    void aPictureWithoutAFaceHasNoCrop() throws IOException {
        Path even = Cli.even(90, 64, folder.resolve("even.png"));
        Path out = folder.resolve("crops");
        assertThat(Cli.run("crops", even, "--out", out).exitCode()).isZero();
        assertThat(Cli.names(out)).isEmpty();
    }

    @Test
    void picturesOfOneNameDoNotOverwriteEachOther() throws IOException {
        Path one = Cli.portrait(1, folder.resolve("a/portrait.jpg"));
        Path two = Cli.portrait(5, folder.resolve("b/portrait.jpg"));
        Path out = folder.resolve("crops");
        Cli.run("crops", one, two, "--out", out);
        assertThat(Cli.names(out)).containsExactly("portrait-1.png", "portrait~2-1.png");
    }

    @Test
    void neverOverwritesWhatIsThere() throws IOException {
        Path monday = Cli.portrait(1, folder.resolve("monday/portrait.jpg"));
        Path tuesday = Cli.portrait(5, folder.resolve("tuesday/portrait.jpg"));
        Path other = Cli.portrait(2, folder.resolve("tuesday/other.jpg"));
        Path out = folder.resolve("crops");
        Cli.run("crops", monday, "--out", out);
        byte[] before = Files.readAllBytes(out.resolve("portrait-1.png"));

        Cli.Result result = Cli.run("crops", tuesday, other, "--out", out);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(out.resolve("portrait-1.png") + ": is there already");
        assertThat(result.out()).startsWith("1 crop of 2 pictures");
        assertThat(out.resolve("portrait-1.png")).hasBinaryContent(before);
        assertThat(Cli.names(out)).containsExactly("other-1.png", "portrait-1.png");
    }

    private static List<Integer> seenByAClassifier() throws IOException {
        List<Integer> seen = new ArrayList<>();
        try (SamplePortrait portrait = SamplePortrait.load(SamplePortrait.NAMES.get(0));
                EmotionPipeline pipeline =
                        EmotionPipeline.builder().classifier(new Watcher(seen)).build()) {
            pipeline.analyze(portrait.picture());
        }
        return seen;
    }

    private static List<Integer> gray(BufferedImage image) {
        List<Integer> gray = new ArrayList<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                gray.add(image.getRaster().getSample(x, y, 0));
            }
        }
        return gray;
    }

    /** Wants the default classifier's crop and notes what is in it. */
    private record Watcher(List<Integer> seen) implements EmotionClassifier {
        @Override
        public EmotionScores classify(FaceCrop crop) {
            for (int i = 0; i < crop.width() * crop.height(); i++) {
                seen.add(crop.pixels().get(i) & 0xff);
            }
            return EmotionScores.uniform();
        }

        @Override
        public CropSpec cropSpec() {
            try (EmotionClassifier standard = Stages.defaultClassifier()) {
                return standard.cropSpec();
            }
        }
    }
}
