package org.emotion4j.djl.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever data to learn from holds, it is read, or refused by a {@link FaceDataException} that names the file. Runs the seeds;
 * the profile {@code fuzz} makes more of them.
 */
final class FaceDataFuzzTest {
    private static final String PIXELS = String.join(" ", Collections.nCopies(LabeledFace.PIXELS, "7"));
    private static final String PICTURES =
            "emotion,pixels,Usage\n3," + PIXELS + ",Training\n0," + PIXELS + ",PrivateTest\n";

    @TempDir
    static Path root;

    private static Path fer2013;
    private static Path votes;
    private static Path picture;

    @BeforeAll
    static void folders() throws IOException {
        fer2013 = Files.createDirectory(root.resolve("fer2013"));
        votes = Files.createDirectory(root.resolve("votes"));
        Files.writeString(votes.resolve(Fer2013.PICTURES), PICTURES);
        picture = Files.createDirectories(root.resolve("folder/happy")).resolve("face.png");
    }

    @MethodSource("pictureSeeds")
    @FuzzTest(maxDuration = "10m")
    void pictures(byte[] csv) throws IOException {
        Files.write(fer2013.resolve(Fer2013.PICTURES), csv);
        try {
            Fer2013 read = Fer2013.read(fer2013);
            assertThat(read.size()).isPositive();
            for (LabeledFace face : read.faces()) {
                assertThat(face.origin()).startsWith(Fer2013.PICTURES + ", line ");
            }
        } catch (FaceDataException refused) {
            assertThat(refused).hasMessageContaining(Fer2013.PICTURES);
        }
    }

    @MethodSource("voteSeeds")
    @FuzzTest(maxDuration = "10m")
    void votes(byte[] csv) throws IOException {
        Files.write(votes.resolve(Fer2013.VOTES), csv);
        try {
            Fer2013 read = Fer2013.read(votes);
            assertThat(read.size()).isEqualTo(2);
            assertThat(read.ferPlusLabels().size()).isLessThanOrEqualTo(2);
        } catch (FaceDataException refused) {
            assertThat(refused).hasMessageContaining(Fer2013.VOTES);
        }
    }

    @MethodSource("faceSeeds")
    @FuzzTest(maxDuration = "10m")
    void faces(byte[] file) throws IOException {
        Files.write(picture, file);
        try {
            PictureFolder.Parts parts =
                    PictureFolder.read(root.resolve("folder")).parts(1);
            assertThat(parts.training()).hasSize(1);
        } catch (FaceDataException refused) {
            assertThat(refused).hasMessageStartingWith(picture.toString());
        }
    }

    static Stream<byte[]> pictureSeeds() {
        return texts(
                PICTURES,
                "Usage, Pixels,emotion\nTraining," + PIXELS + ",5\n",
                "emotion,pixels,Usage\n\"3\"," + PIXELS + ",\"Training\n",
                "emotion,pixels,Usage\n",
                "emotion,emotion\n");
    }

    static Stream<byte[]> voteSeeds() {
        String header = "Usage,Image name," + String.join(",", FerPlusVotes.COLUMNS) + "\n";
        return texts(
                header + "Training,a.png,0,9,1,0,0,0,0,0,0,0\nPrivateTest,,0,0,0,0,0,0,0,0,0,10\n",
                header + "Training,\"a\nb.png\",1000,1000,1000,0,0,0,0,0,0,0\n",
                header);
    }

    static Stream<byte[]> faceSeeds() throws IOException {
        Stream.Builder<byte[]> seeds = Stream.builder();
        for (String format : new String[] {"png", "jpg", "gif", "bmp", "tiff"}) {
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            assertThat(ImageIO.write(new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB), format, written))
                    .isTrue();
            byte[] whole = written.toByteArray();
            seeds.add(whole).add(Arrays.copyOf(whole, whole.length / 2));
        }
        return seeds.add(new byte[0]).build();
    }

    private static Stream<byte[]> texts(String... texts) {
        return Stream.concat(
                Stream.of(texts).map(text -> text.getBytes(StandardCharsets.UTF_8)),
                Stream.of(
                        Arrays.copyOf(texts[0].getBytes(StandardCharsets.UTF_8), texts[0].length() * 2 / 3),
                        ("\uFEFF" + texts[0]).getBytes(StandardCharsets.UTF_16LE),
                        new byte[0]));
    }
}
