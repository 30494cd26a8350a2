package org.emotion4j.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.emotion4j.cli.Cli;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("native")
final class EvaluateDetectorCommandTest {
    @TempDir
    Path folder;

    @Test
    void findsAMarkedFaceAndMissesOneThatIsNotThere() throws IOException {
        List<Double> box = portraitBox();
        Cli.even(120, 200, folder.resolve("nobody.png"));
        JsonNode report = evaluate(
                        row("portrait.jpg", box, 0) + "nobody.png,200,200,50,50,100,100,0\n",
                        "--json",
                        "--detector",
                        "haar")
                .json();
        assertThat(report.fieldNames())
                .toIterable()
                .startsWith(
                        "n", "recall", "falsePositivesPerImage", "recallAtFp0.1", "ap", "landmarkError", "millisP50");
        assertThat(report.get("n").asInt()).isEqualTo(2);
        assertThat(report.get("images").asInt()).isEqualTo(2);
        assertThat(report.get("recall").asDouble()).isEqualTo(0.5);
        assertThat(report.get("falsePositivesPerImage").asDouble()).isZero();
        assertThat(report.get("recallAtFp0.1").asDouble()).isEqualTo(0.5);
        assertThat(report.get("ap").asDouble()).isEqualTo(0.5);
        assertThat(report.get("landmarkError").isNull()).isTrue();
        assertThat(report.get("millisP50").asDouble()).isPositive();
        assertThat(report.get("detector").get("name").asText()).isEqualTo("haar-alt2");
    }

    @Test
    void invalidAndSmallFacesDoNotCount() throws IOException {
        List<Double> box = portraitBox();
        assertThat(evaluate(row("portrait.jpg", box, 1), "--json")
                        .json()
                        .get("recall")
                        .isNull())
                .isTrue();
        JsonNode large = evaluate(row("portrait.jpg", box, 0), "--json", "--min-size", "500", "--max-side", "100")
                .json();
        assertThat(large.get("n").asInt()).isZero();
        assertThat(large.get("recall").isNull()).isTrue();
    }

    @Test
    void aFaceThatNobodyMarkedIsAFalsePositive() throws IOException {
        portraitBox();
        JsonNode report = evaluate("portrait.jpg,128,128,0,0,0,0,0\n", "--json", "--min-size", "20")
                .json();
        assertThat(report.get("falsePositivesPerImage").asDouble()).isEqualTo(1);
        assertThat(report.get("images").asInt()).isOne();
    }

    @Test
    void takesOnlyHeldOutPicturesWhenAsked() throws IOException {
        List<Double> box = portraitBox();
        int heldOut = 0;
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            String name = (char) ('a' + i) + ".jpg";
            Files.copy(folder.resolve("portrait.jpg"), folder.resolve(name));
            rows.append(row(name, box, 0));
            heldOut += HoldoutSplit.contains(name) ? 1 : 0;
        }
        assertThat(heldOut).as("some, not all").isBetween(1, 11);
        assertThat(evaluate(rows.toString(), "--json", "--held-out")
                        .json()
                        .get("n")
                        .asInt())
                .isEqualTo(heldOut);
    }

    /** Computed with Python's hashlib. */
    @ParameterizedTest
    @CsvSource({"e.jpg, true", "ä1.png, true", "a.jpg, false", "b.jpg, false", "c.jpg, false"})
    void holdsOutByTheHashOfTheName(String image, boolean heldOut) {
        assertThat(HoldoutSplit.contains(image)).isEqualTo(heldOut);
        assertThat(HoldoutSplit.contains("any/folder/" + image)).isEqualTo(heldOut);
    }

    @Test
    void drawsTheCurveAndThoseOfOthers() throws IOException {
        List<Double> box = portraitBox();
        Path curve = folder.resolve("first.csv");
        Path chart = folder.resolve("curve.png");
        assertThat(evaluate(row("portrait.jpg", box, 0), "--curve", curve.toString())
                        .exitCode())
                .isZero();
        assertThat(Files.readString(curve)).startsWith("confidence,recall,precision,false_positives_per_image");
        Cli.Result second = evaluate(
                row("portrait.jpg", box, 0),
                "--detector",
                "lbp",
                "--out",
                chart.toString(),
                "--compare",
                curve.toString());
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(second.out()).contains("average precision", "recall at 0.1 false positives");
        assertThat(ImageIO.read(chart.toFile()).getWidth()).isEqualTo(1_000);
    }

    @Test
    void landmarksBelongToTheBoxThatHasThem() throws IOException {
        List<Double> box = portraitBox();
        Path points = Files.writeString(
                folder.resolve("points.csv"),
                "image,x1,y1,x2,y2,x3,y3,x4,y4,x5,y5\nportrait.jpg,1,1,2,1,1,2,1,3,2,3\n");
        Cli.Result result = evaluate(row("portrait.jpg", box, 0), "--json", "--landmarks", points.toString());
        assertThat(result.err()).contains("points.csv: none of its points lie in a box");
        assertThat(result.exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'image,x,y,w\n', 'line 1', 'no column h'",
        "'', 'boxes.csv', 'is empty'",
        "'image,x,y,w,h\n', 'boxes.csv', 'no picture in it'",
        "'image,x,y,w,h\na.png,1,2,3\n', 'line 2', 'got 4 fields'",
        "'image,x,y,w,h\na.png,1,2,wide,3\n', 'line 2', 'w is \"wide\", expected a number'",
        "'image,x,y,w,h\na.png,1,2,NaN,3\n', 'line 2', 'w is NaN'",
        "'image,x,y,w,h\na.png,1,2,-3,3\n', 'line 2', 'sides of 0 or more'",
        "'image,x,y,w,h\na.png,1,2,3,3\nb.png,1,2,3,3\n', 'line 3', 'there is no picture \"b.png\"'",
        "'image,x,y,w,h\na.png,1,2,3,3\nbroken.png,1,2,3,3\n', 'line 3', 'not a picture'",
    })
    void namesFileLineAndCauseOfWhatIsWrong(String boxes, String where, String cause) throws IOException {
        Cli.even(230, 64, folder.resolve("a.png"));
        Files.writeString(folder.resolve("broken.png"), "no picture");
        Path file = Files.writeString(folder.resolve("boxes.csv"), boxes);
        Cli.Result result = Cli.run("evaluate-detector", "--boxes", file, "--json");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("boxes.csv", where, cause).doesNotContain("\tat ");
    }

    @Test
    void refusesWhatItCannotUse() throws IOException {
        assertThat(Cli.run("evaluate-detector").exitCode()).isEqualTo(2);
        Cli.Result missing = Cli.run("evaluate-detector", "--boxes", folder.resolve("none.csv"));
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).contains("none.csv: there is no such file").doesNotContain("\tat ");
        List<Double> box = portraitBox();
        assertThat(evaluate(row("portrait.jpg", box, 0), "--min-size", "-1").exitCode())
                .isEqualTo(2);
        assertThat(evaluate(row("portrait.jpg", box, 0), "--compare", "x.csv").exitCode())
                .isEqualTo(2);
        assertThat(evaluate(row("portrait.jpg", box, 0), "--detector", "nobody").err())
                .contains("no face detector is called \"nobody\"");
    }

    private List<Double> portraitBox() throws IOException {
        Path file = Cli.portrait(1, folder.resolve("portrait.jpg"));
        JsonNode face = Cli.run("detect", file, "--json", "--detector", "haar")
                .json()
                .get("faces")
                .get(0);
        return List.of(
                face.get("x").asDouble(),
                face.get("y").asDouble(),
                face.get("width").asDouble(),
                face.get("height").asDouble());
    }

    private static String row(String image, List<Double> box, int invalid) {
        return image + ",128,128," + box.get(0) + "," + box.get(1) + "," + box.get(2) + "," + box.get(3) + "," + invalid
                + "\n";
    }

    private Cli.Result evaluate(String rows, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("boxes.csv"), "image,width,height,x,y,w,h,invalid\n" + rows);
        Object[] args = new Object[options.length + 3];
        args[0] = "evaluate-detector";
        args[1] = "--boxes";
        args[2] = file;
        System.arraycopy(options, 0, args, 3, options.length);
        return Cli.run(args);
    }
}
