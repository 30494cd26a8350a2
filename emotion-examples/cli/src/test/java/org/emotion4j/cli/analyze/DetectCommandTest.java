package org.emotion4j.cli.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.emotion4j.cli.Cli;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
final class DetectCommandTest {
    @TempDir
    Path folder;

    @Test
    void printsOneObjectAPictureWithTheFixedKeys() throws IOException {
        Path portrait = Cli.portrait(1, folder.resolve("portrait.jpg"));
        Path even = Cli.even(90, 64, folder.resolve("even.png"));
        Cli.Result result = Cli.run("detect", portrait, even, "--json");
        assertThat(result.exitCode()).isZero();
        List<JsonNode> pictures = result.jsonLines();
        assertThat(pictures).hasSize(2);
        JsonNode first = pictures.get(0);
        assertThat(first.fieldNames()).toIterable().containsExactly("image", "width", "height", "millis", "faces");
        assertThat(first.get("image").asText()).isEqualTo(portrait.toString());
        assertThat(first.get("width").asInt()).isEqualTo(128);
        assertThat(first.get("millis").asDouble()).isPositive();
        assertThat(first.get("faces")).hasSize(1);
        JsonNode face = first.get("faces").get(0);
        assertThat(face.fieldNames())
                .toIterable()
                .containsExactly("x", "y", "width", "height", "confidence", "landmarks");
        assertThat(face.get("landmarks").isArray()).isTrue();
        assertThat(pictures.get(1).get("faces")).isEmpty();
    }

    @Test
    void takesADetectorByName() throws IOException {
        Path portrait = Cli.portrait(1, folder.resolve("portrait.jpg"));
        assertThat(Cli.run("detect", portrait, "--detector", "lbp").exitCode()).isZero();
        Cli.Result unknown = Cli.run("detect", portrait, "--detector", "eyesight");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("eyesight").contains("haar");
    }

    @Test
    void findsLandmarksWhereAsked() throws IOException {
        Path portrait = Cli.portrait(1, folder.resolve("portrait.jpg"));
        Path out = folder.resolve("drawn");
        Cli.Result result = Cli.run("detect", "--json", "--landmarks", portrait, "--out", out);
        assertThat(result.exitCode()).isZero();
        assertThat(result.jsonLines().get(0).get("faces").get(0).get("landmarks"))
                .hasSize(68);
        assertThat(Cli.names(out)).containsExactly("portrait.png");
        Cli.Result named = Cli.run("detect", "--landmarks=landmarks", portrait, "--json");
        assertThat(named.jsonLines()).isEqualTo(withMillisOf(named, result));
        Cli.Result unknown = Cli.run("detect", "--landmarks=wrinkles", portrait);
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("no landmark detector is called \"wrinkles\"");
    }

    /** The time that a picture took differs from run to run. */
    private static List<JsonNode> withMillisOf(Cli.Result from, Cli.Result to) {
        List<JsonNode> lines = to.jsonLines();
        for (int i = 0; i < lines.size(); i++) {
            ((ObjectNode) lines.get(i)).set("millis", from.jsonLines().get(i).get("millis"));
        }
        return lines;
    }

    /** As analyze reads it: the mouth is above the eyes. */
    @Test
    void theLandmarksOfAFaceUpsideDownAreUpsideDown() throws IOException {
        Path file = Cli.upsideDown(2, folder.resolve("turned.png"));
        for (boolean located : new boolean[] {false, true}) {
            Cli.Result result =
                    located ? Cli.run("detect", file, "--json", "--landmarks") : Cli.run("detect", file, "--json");
            JsonNode faces = result.jsonLines().get(0).get("faces");
            assertThat(faces).as(result.out()).hasSize(1);
            JsonNode points = faces.get(0).get("landmarks");
            assertThat(points).hasSize(5);
            double eyes = points.get(0).get(1).asDouble();
            double mouth = points.get(4).get(1).asDouble();
            assertThat(mouth).as(result.out()).isLessThan(eyes - 10);
        }
    }

    @Test
    void aDamagedModelIsNamed() throws IOException {
        Path portrait = Cli.portrait(1, folder.resolve("portrait.jpg"));
        Path model = Files.writeString(folder.resolve("model.onnx"), "no model");
        Cli.Result result = Cli.run("detect", portrait, "--detector", "yunet=" + model);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("model.onnx");
    }

    @Test
    void printsATableForPeople() throws IOException {
        Path portrait = Cli.portrait(1, folder.resolve("portrait.jpg"));
        Cli.Result result = Cli.run("detect", portrait);
        assertThat(result.out().lines()).hasSize(2);
        assertThat(result.out()).contains("width").contains("portrait.jpg (128x128)");
    }

    @Test
    void drawsTheFacesIntoCopies() throws IOException {
        Path portrait = Cli.portrait(1, folder.resolve("a/portrait.jpg"));
        Path other = Cli.portrait(2, folder.resolve("b/portrait.jpg"));
        Path out = folder.resolve("drawn");
        assertThat(Cli.run("detect", portrait, other, "--out", out).exitCode()).isZero();
        assertThat(Cli.names(out)).containsExactly("portrait.png", "portrait~2.png");
    }

    @Test
    void oneBadFileStopsNobody() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.jpg"));
        Path portrait = Cli.portrait(1, folder.resolve("portrait.jpg"));
        Cli.Result result = Cli.run("detect", empty, portrait, "--json");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("empty.jpg");
        assertThat(result.jsonLines()).hasSize(1);
    }
}
