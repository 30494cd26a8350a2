package org.emotion4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emotion4j.djl.nets.PublishedMtcnn;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.frame.Frame;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With published weights this implementation finds what another one finds: {@code training/mtcnn_reference.py}, plain
 * PyTorch after the paper, wrote {@code mtcnn-reference.csv}.
 */
@Tag("native")
class MtcnnReferenceTest {
    /** Two decoders of JPEG may differ by a step of brightness here and there. */
    private static final double PIXEL = 1.0;

    @TempDir
    Path folder;

    @Test
    void findsTheSameBoxesToAPixel() throws IOException {
        Path published = Portraits.shared("reference-weights/mtcnn");
        Portraits.shared("data");
        Path weights = folder.resolve("published.params");
        Files.write(weights, PublishedMtcnn.read(published).toBytes());
        try (MtcnnFaceDetector detector = MtcnnFaceDetector.builder()
                .model(weights)
                .minFace(40)
                .scaleFactor(0.709)
                .thresholds(0.6, 0.7, 0.7)
                .maxCandidates(5_000)
                .build()) {
            for (Map.Entry<String, List<NamedCsvRecord>> picture : expected().entrySet()) {
                String name = picture.getKey();
                try (Frame frame = picture(name)) {
                    assertSame(name, detector.detect(frame), picture.getValue());
                }
            }
        }
    }

    private static Frame picture(String name) throws IOException {
        if (Portraits.NAMES.contains(name)) {
            return Portraits.frame(name);
        }
        Path photo = Portraits.shared("data").resolve("photos").resolve(name);
        return Portraits.frame(Files.exists(photo) ? photo : Portraits.shared("data/wider-train/images/" + name));
    }

    private static void assertSame(String name, List<DetectedFace> found, List<NamedCsvRecord> expected) {
        assertThat(found).as(name).hasSameSizeAs(expected);
        for (NamedCsvRecord face : expected) {
            assertThat(found).as("%s, face at %s", name, face.getField("x1")).anySatisfy(same -> {
                assertThat(same.box().x()).isCloseTo(number(face, "x1"), within(PIXEL));
                assertThat(same.box().y()).isCloseTo(number(face, "y1"), within(PIXEL));
                assertThat(same.box().right()).isCloseTo(number(face, "x2"), within(PIXEL));
                assertThat(same.box().bottom()).isCloseTo(number(face, "y2"), within(PIXEL));
                assertThat(same.confidence()).isCloseTo(number(face, "score"), within(0.02));
                for (int i = 0; i < 5; i++) {
                    assertThat(same.landmarks().orElseThrow().x(i)).isCloseTo(number(face, "p" + 2 * i), within(PIXEL));
                    assertThat(same.landmarks().orElseThrow().y(i))
                            .isCloseTo(number(face, "p" + (2 * i + 1)), within(PIXEL));
                }
            });
        }
    }

    private static double number(NamedCsvRecord face, String field) {
        return Double.parseDouble(face.getField(field));
    }

    private static Map<String, List<NamedCsvRecord>> expected() throws IOException {
        Map<String, List<NamedCsvRecord>> pictures = new LinkedHashMap<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder()
                .ofNamedCsvRecord(new InputStreamReader(
                        Objects.requireNonNull(MtcnnReferenceTest.class.getResourceAsStream("mtcnn-reference.csv")),
                        StandardCharsets.UTF_8))) {
            rows.forEach(row -> pictures.computeIfAbsent(row.getField("picture"), key -> new ArrayList<>())
                    .add(row));
        }
        return pictures;
    }
}
