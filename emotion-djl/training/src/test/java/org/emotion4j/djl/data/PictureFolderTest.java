package org.emotion4j.djl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.emotion4j.emotion.Emotion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class PictureFolderTest {
    @TempDir
    Path folder;

    @Test
    void scalesToTheSizeThatANetworkTakes() throws IOException {
        picture("happy/a.png", 200, new Color(120, 120, 120));
        LabeledFace face = PictureFolder.read(folder, 56).parts(1).training().get(0);
        assertThat(face.side()).isEqualTo(56);
        assertThat(face.pixel(56 * 56 - 1)).isEqualTo(120);
    }

    @Test
    void readsAFolderPerClassWithSynonymsAndAnySizeOrColor() throws IOException {
        for (int i = 0; i < 20; i++) {
            picture("happiness/" + i + ".png", 96, new Color(200, 200, 200));
            picture("sad/" + i + ".jpg", 30, Color.BLACK);
        }
        Files.writeString(folder.resolve("happiness/notes.txt"), "no picture, and not named as one");

        PictureFolder.Parts parts = PictureFolder.read(folder).parts(1);

        assertThat(parts.training()).hasSize(32);
        assertThat(parts.validation())
                .hasSize(4)
                .extracting(LabeledFace::label)
                .containsOnly(Emotion.HAPPY, Emotion.SAD);
        assertThat(parts.test()).hasSize(4);
        List<LabeledFace> all = new ArrayList<>(parts.training());
        all.addAll(parts.validation());
        all.addAll(parts.test());
        assertThat(all).extracting(LabeledFace::origin).doesNotHaveDuplicates();
        assertThat(all)
                .filteredOn(face -> face.label() == Emotion.HAPPY)
                .hasSize(20)
                .allMatch(face -> face.pixel(1_000) == 200);
    }

    @Test
    void takesTheFoldersOwnSplit() throws IOException {
        picture("train/fear/a.png", 48, Color.GRAY);
        picture("val/fear/b.png", 48, Color.GRAY);
        picture("test/fear/c.png", 48, Color.GRAY);

        PictureFolder.Parts parts = PictureFolder.read(folder).parts(1);

        assertThat(parts.training())
                .extracting(LabeledFace::origin)
                .containsExactly(folder.resolve("train/fear/a.png").toString());
        assertThat(parts.validation()).hasSize(1);
        assertThat(parts.test())
                .extracting(LabeledFace::origin)
                .containsExactly(folder.resolve("test/fear/c.png").toString());
    }

    @Test
    void namesAFolderThatIsNoExpression() throws IOException {
        picture("bored/a.png", 48, Color.GRAY);

        assertThatThrownBy(() -> PictureFolder.read(folder))
                .isInstanceOf(FaceDataException.class)
                .hasMessageContaining(folder.resolve("bored") + ": \"bored\" is no expression");
    }

    @Test
    void namesAFileThatIsNoPictureOrTruncated() throws IOException {
        Path file = folder.resolve("sad/a.png");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "hello");
        assertThatThrownBy(() -> PictureFolder.read(folder))
                .isInstanceOf(FaceDataException.class)
                .hasMessageContaining(file + ": not a picture");

        picture("sad/a.png", 200, Color.ORANGE);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 60));
        assertThatThrownBy(() -> PictureFolder.read(folder))
                .isInstanceOf(FaceDataException.class)
                .hasMessageContaining(file + ": damaged picture");
    }

    @Test
    void readsTiffAndRefusesPicturesOfAFormatThatJavaLacks() throws IOException {
        picture("sad/a.tif", 60, Color.GRAY);
        Files.writeString(folder.resolve("sad/notes.txt"), "not a picture, and passed over");
        assertThat(PictureFolder.read(folder).parts(1).training()).hasSize(1);

        Path webp = folder.resolve("sad/b.WEBP");
        Files.write(webp, "RIFF\u0004\0\0\0WEBPVP8 ".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> PictureFolder.read(folder))
                .isInstanceOf(FaceDataException.class)
                .hasMessageContaining(webp + ": not a picture that Java reads (PNG, JPEG, BMP, GIF, TIFF)");
    }

    @Test
    void namesAnEmptyOrMissingFolder() {
        assertThatThrownBy(() -> PictureFolder.read(folder))
                .isInstanceOf(FaceDataException.class)
                .hasMessageContaining("no pictures");
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> PictureFolder.read(missing))
                .isInstanceOf(FaceDataException.class)
                .hasMessageContaining(missing + ": no such folder");
    }

    private void picture(String name, int side, Color color) throws IOException {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, side, side);
        graphics.dispose();
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
    }
}
