package org.emotion4j.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.emotion4j.cli.io.BadInputException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a table holds that somebody gives to {@code evaluate} and its like, it is read, or refused with its name. Runs the
 * seeds; the profile {@code fuzz} makes more of them.
 */
final class TablesFuzzTest {
    private static final GroupColumn AGE = GroupColumn.parse("age:20:40:60");

    @TempDir
    static Path folder;

    @BeforeAll
    static void picture() throws IOException {
        Files.write(folder.resolve("a.png"), new byte[0]);
    }

    @MethodSource("labelSeeds")
    @FuzzTest(maxDuration = "10m")
    void labels(byte[] csv) throws IOException {
        read(csv, file -> {
            LabelsFile labels = LabelsFile.read(file, Set.of("contempt"), List.of(AGE));
            assertThat(labels.rows()).isNotEmpty().allSatisfy(row -> {
                assertThat(row.image()).exists();
                assertThat(row.groups())
                        .hasSize(1)
                        .isSubsetOf("unknown", "under 20", "20 to 39", "40 to 59", "60 and more");
            });
        });
    }

    @MethodSource("boxSeeds")
    @FuzzTest(maxDuration = "10m")
    void boxes(byte[] csv) throws IOException {
        read(csv, file -> assertThat(BoxesFile.read(file, image -> true).pictures())
                .allSatisfy(picture -> assertThat(picture.path()).exists()));
    }

    @MethodSource("landmarkSeeds")
    @FuzzTest(maxDuration = "10m")
    void landmarks(byte[] csv) throws IOException {
        Path boxes = Files.writeString(folder.resolve("boxes.csv"), "image,x,y,w,h\na.png,0,0,100,100\n");
        read(csv, file -> assertThat(BoxesFile.read(boxes, image -> true).addLandmarks(file))
                .isNotNegative());
    }

    @MethodSource("curveSeeds")
    @FuzzTest(maxDuration = "10m")
    void curve(byte[] csv) throws IOException {
        read(csv, file -> {
            CurveFile curve = CurveFile.read(file);
            Path again = folder.resolve("again.csv");
            try {
                Files.deleteIfExists(again);
                CurveFile.write(curve.points(), again);
                assertThat(CurveFile.read(again).points()).isEqualTo(curve.points());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    static Stream<byte[]> labelSeeds() {
        return seeds("image,label,age\na.png,happy,33\na.png,contempt,7\n\"a.png\",sad,\n,,\n");
    }

    static Stream<byte[]> boxSeeds() {
        return seeds("image,x,y,w,h,invalid\na.png,1,2.5,30,40,0\na.png,-1e3,0,0,0,1\na.png,1e308,0,1e308,1,1\n");
    }

    static Stream<byte[]> landmarkSeeds() {
        return seeds(
                "image,x1,y1,x2,y2,x3,y3,x4,y4,x5,y5\na.png,20,30,60,30,40,50,25,70,55,70\nb.png,0,0,0,0,0,0,0,0,0,0\n");
    }

    static Stream<byte[]> curveSeeds() {
        return seeds("confidence,recall,precision,false_positives_per_image\n0.9,0.5,0.99,0.01\n0.1,0.9,0.5,2\n");
    }

    private static Stream<byte[]> seeds(String whole) {
        byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                bytes,
                Arrays.copyOf(bytes, bytes.length * 2 / 3),
                whole.replace(',', ';').getBytes(StandardCharsets.UTF_8),
                whole.replace("\n", "\n\"").getBytes(StandardCharsets.UTF_8),
                ("\uFEFF" + whole).getBytes(StandardCharsets.UTF_16LE),
                ("\uFEFF" + whole + "\u0000").getBytes(StandardCharsets.UTF_8),
                whole.replace("a.png", "\u00e9").getBytes(StandardCharsets.ISO_8859_1),
                new byte[0]);
    }

    private static void read(byte[] csv, Consumer<Path> reading) throws IOException {
        Path file = Files.write(folder.resolve("table.csv"), csv);
        try {
            reading.accept(file);
        } catch (BadInputException refused) {
            assertThat(refused.getMessage()).contains("table.csv");
        }
    }
}
