package org.emotion4j.cli.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.emotion4j.cli.Cli;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.file.internal.ProductMark;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("native")
final class EvaluateCommandTest {
    @TempDir
    Path folder;

    @Test
    void rowsOfEmptyCellsArePassedOver() throws IOException {
        Cli.portrait(1, folder.resolve("a.jpg"));
        Path labels = Files.writeString(folder.resolve("blank.csv"), "image,label\n,\na.jpg,happy\n\n,,,\n");
        Cli.Result result = Cli.run("evaluate", "--labels", labels, "--classifier", "brightness", "--json");
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    image;label~a.jpg;happy~          | UTF-8        | separated by semicolons
                    "label";"image"~happy;a.jpg~      | UTF-8        | separated by semicolons
                    image\\tlabel~a.jpg\\thappy~       | UTF-8        | separated by tabs
                    sep=;~image;label~a.jpg;happy~    | UTF-8        | by which a spreadsheet tells itself
                    image,label~ä.jpg,happy~          | windows-1252 | not text in UTF-8
                    image,label~a.jpg,happy~          | UTF-16       | not text in UTF-8
                    image,label~a.jpg,happy~          | UTF-16LE     | is text in UTF-16
                    """)
    void namesWhatASpreadsheetHasDoneToTheLabels(String text, String charset, String cause) throws IOException {
        Cli.portrait(1, folder.resolve("a.jpg"));
        Path labels = folder.resolve("labels.csv");
        Files.writeString(labels, text.replace("~", "\r\n").replace("\\t", "\t"), Charset.forName(charset));
        Cli.Result result = Cli.run("evaluate", "--labels", labels, "--classifier", "brightness");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("labels.csv", cause, "save it as CSV in UTF-8 with commas");
    }

    @Test
    void readsTheByteOrderMarkThatSpreadsheetsWrite() throws IOException {
        Cli.portrait(1, folder.resolve("a.jpg"));
        Path labels = Files.writeString(folder.resolve("labels.csv"), "\uFEFFimage,label\r\na.jpg,happy\r\n");
        Cli.Result result = Cli.run("evaluate", "--labels", labels, "--classifier", "brightness", "--json");
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    @Test
    void drawsTheConfusionMatrixIntoANewFile() throws IOException {
        Cli.even(230, 48, folder.resolve("bright.png"));
        Path drawn = folder.resolve("matrix.png");
        Cli.Result result = evaluate("image,label\nbright.png,happy\n", "--crops", "--out", drawn.toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(ImageIO.read(drawn.toFile()).getWidth()).isGreaterThan(800);
        assertThat(ProductMark.isOnPicture(drawn)).isTrue();
        Cli.Result again = evaluate("image,label\nbright.png,happy\n", "--crops", "--out", drawn.toString());
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("is there already and is not overwritten");
    }

    @Test
    void comparesCropsWithTheirLabels() throws IOException {
        Cli.even(230, 48, folder.resolve("faces/bright.png"));
        Cli.even(20, 100, folder.resolve("faces/dark.png"));
        Cli.even(200, 30, folder.resolve("wrong.png"));
        Cli.Result result = evaluate(
                "image,label\nfaces/bright.png,happiness\nfaces/dark.png,sad\nwrong.png,Anger\n", "--crops", "--json");
        assertThat(result.exitCode()).isZero();
        JsonNode report = result.json();
        assertThat(report.fieldNames())
                .toIterable()
                .startsWith(
                        "n",
                        "found",
                        "ignored",
                        "accuracy",
                        "accuracyOverAll",
                        "macroF1",
                        "meanRecall",
                        "coverage",
                        "selectiveAccuracy",
                        "ece",
                        "labels",
                        "confusion");
        assertThat(report.get("n").asInt()).isEqualTo(3);
        assertThat(report.get("found").asInt()).isEqualTo(3);
        assertThat(report.get("accuracy").asDouble()).isEqualTo(0.666667);
        assertThat(report.get("labels")).extracting(JsonNode::asText).containsExactlyElementsOf(Emotion.labels());
        assertThat(report.get("confusion")).hasSize(7).allSatisfy(row -> assertThat(row)
                .hasSize(9));
        assertThat(report.get("confusion").get(0).get(3).asInt())
                .as("angry taken for happy")
                .isEqualTo(1);
        assertThat(report.get("answers")).hasSize(9);
        assertThat(report.get("classifier").get("name").asText()).isEqualTo("BrightnessClassifier");
        assertThat(report.get("perClass").get(2).get("recall").isNull())
                .as("no fearful face to recall")
                .isTrue();
    }

    @Test
    void withoutCropsTheLargestFaceCountsAndAnUnfoundOneIsWrong() throws IOException {
        Cli.portrait(1, folder.resolve("portrait.jpg"));
        Cli.even(90, 64, folder.resolve("nobody.png"));
        JsonNode report = evaluate("label,note,image\nhappy,x,portrait.jpg\nsad,y,nobody.png\n", "--json")
                .json();
        assertThat(report.get("n").asInt()).isEqualTo(2);
        assertThat(report.get("found").asInt()).isEqualTo(1);
        assertThat(report.get("accuracyOverAll").asDouble())
                .isEqualTo(report.get("accuracy").asDouble() / 2);
        assertThat(report.get("confusion").get(4).get(8).asInt())
                .as("sad, no face")
                .isEqualTo(1);
        assertThat(report.get("data").get("crops").asBoolean()).isFalse();
        assertThat(report.get("detector").get("name").asText()).isEqualTo("single-shot-int8");
    }

    @Test
    void saysWhatWasMeasured() throws IOException {
        Cli.even(230, 48, folder.resolve("a.png"));
        Path labels = Files.writeString(folder.resolve("labels.csv"), "image,label\na.png,happy\n");

        JsonNode report = Cli.run(
                        "evaluate", "--labels", labels, "--crops", "--classifier", "expression-ferplus", "--json")
                .json();
        assertThat(report.get("data").get("source").asText()).isEqualTo(labels.toString());
        assertThat(report.get("data").get("crops").asBoolean()).isTrue();
        assertThat(report.get("detector").isNull()).isTrue();
        assertThat(report.get("classifier").get("notes").asText()).contains("follow the labels of FERPLUS");
        assertThat(report.get("classifier").get("runtime").asText()).contains("OpenCV");
        assertThat(Cli.run("evaluate", "--labels", labels, "--crops").out())
                .startsWith("data                 " + labels + "; labels of the file; each picture is the crop\n")
                .contains("\nclassifier           expression-int8, ");
        assertThat(Cli.run("evaluate", "--labels", labels, "--crops", "--detector", "haar")
                        .err())
                .contains("--detector has no part where each picture is a crop");
        assertThat(Cli.run("evaluate", "--labels", labels, "--crops", "--landmarks")
                        .err())
                .contains("--landmarks has no part where each picture is a crop");
    }

    @Test
    void withLandmarksAFaceIsReadAsByAnalyze() throws IOException {
        Path portrait = Cli.portrait(1, folder.resolve("portrait.jpg"));
        Path labels = Files.writeString(folder.resolve("labels.csv"), "image,label\nportrait.jpg,neutral\n");
        assertThat(Cli.run("evaluate", "--labels", labels, "--json")
                        .json()
                        .get("landmarks")
                        .isNull())
                .isTrue();
        JsonNode report =
                Cli.run("evaluate", "--labels", labels, "--landmarks", "--json").json();
        assertThat(report.get("accuracy").asDouble()).isOne();
        assertThat(report.get("landmarks").get("name").asText()).startsWith("landmarks");
        JsonNode read = Cli.run("analyze", portrait, "--json", "--out", folder.resolve("record"))
                .jsonLines()
                .get(0);
        double neutral = read.get("raw").get("neutral").asDouble();
        assertThat(report.get("ece").asDouble()).as("of one right answer").isCloseTo(1 - neutral, within(1e-5));
    }

    @Test
    void ignoredLabelsAreCountedAndLeftOut() throws IOException {
        Cli.even(230, 48, folder.resolve("a.png"));
        JsonNode report = evaluate(
                        "image,label\na.png,happy\nmissing.png,Contempt\na.png,unknown\n",
                        "--crops",
                        "--json",
                        "--ignore-labels",
                        "contempt,unknown")
                .json();
        assertThat(report.get("n").asInt()).isEqualTo(1);
        assertThat(report.get("ignored").asInt()).isEqualTo(2);
    }

    @Test
    void groupsAreComparedAlsoWithoutLabels() throws IOException {
        Cli.portrait(1, folder.resolve("a.jpg"));
        Cli.even(90, 64, folder.resolve("nobody.png"));
        Path people = Files.writeString(
                folder.resolve("people.csv"),
                "image,age,gender\na.jpg,31,female\na.jpg,70,female\nnobody.png,8,male\nnobody.png,,male\n");
        Cli.Result result = Cli.run(
                "evaluate", "--labels", people, "--classifier", "brightness", "--by", "gender,age:18:60", "--json");
        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode report = result.json();
        assertThat(report.get("n").asInt()).isZero();
        assertThat(report.get("groups").fieldNames()).toIterable().containsExactly("gender", "age");
        assertThat(report.get("groups").get("age"))
                .extracting(group -> group.get("name").asText())
                .containsExactly("under 18", "18 to 59", "60 and more", "unknown");
        JsonNode women = report.get("groups").get("gender").get(0);
        assertThat(women.get("found").get("share").asDouble()).isEqualTo(1);
        assertThat(women.get("found").get("low").asDouble()).isBetween(0.3, 0.4);
        assertThat(women.get("right").get("of").asInt()).isZero();
        assertThat(women.get("expressions")).hasSize(7);
        assertThat(report.get("groups")
                        .get("gender")
                        .get(1)
                        .get("found")
                        .get("count")
                        .asInt())
                .isZero();
        assertThat(Cli.run("evaluate", "--labels", people, "--classifier", "brightness", "--by", "gender")
                        .out())
                .contains("no labels", "by gender", "female")
                .doesNotContain("accuracy");
    }

    @Test
    void groupsOfLabeledPicturesHaveAShareThatIsRight() throws IOException {
        Cli.portrait(1, folder.resolve("a.jpg"));
        JsonNode report = evaluate("image,label,site\na.jpg,happy,x\na.jpg,sad,y\n", "--by", "site", "--json")
                .json();
        assertThat(report.get("n").asInt()).isEqualTo(2);
        JsonNode sites = report.get("groups").get("site");
        assertThat(sites.get(0).get("right").get("count").asInt()
                        + sites.get(1).get("right").get("count").asInt())
                .isEqualTo((int) Math.round(2 * report.get("accuracy").asDouble()));
    }

    @ParameterizedTest
    @CsvSource({
        "height, 'no column \"height\"'",
        "age:x, 'no whole number'",
        "age:40:20, 'do not ascend'",
        "':', 'names no column'",
        "note:5, '\"x\" in column note is no number'",
    })
    void saysWhatIsWrongWithAComparison(String by, String cause) throws IOException {
        Cli.even(230, 48, folder.resolve("a.png"));
        Cli.Result result = evaluate("image,label,age,note\na.png,happy,5,x\n", "--by", by);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains(cause);
        assertThat(evaluate("image,label,age\na.png,happy,5\n", "--by", "age", "--crops")
                        .exitCode())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "'image,label\na.png,happy\na.png,contempt\n', 'line 3', 'unknown label \"contempt\"'",
        "'image,label\nb.png,happy\n', 'line 2', 'there is no picture \"b.png\"'",
        "'image,label\na.png,happy\nbroken.png,sad\n', 'line 3', 'not a picture'",
        "'image,label\na.png\n', 'line 2', 'got 1 fields'",
        "'picture,label\na.png,happy\n', 'line 1', 'expected image,label'",
        "'image,label\n', 'labels.csv', 'no labeled picture'",
    })
    void namesFileLineAndCauseOfWhatIsWrong(String labels, String where, String cause) throws IOException {
        Cli.even(230, 48, folder.resolve("a.png"));
        Files.writeString(folder.resolve("broken.png"), "no picture");
        for (String mode : new String[] {"--crops", "--json"}) {
            Cli.Result result = evaluate(labels, mode);
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).contains("labels.csv", where, cause).doesNotContain("\tat ");
        }
    }

    @Test
    void readsASplitOfFer2013WithBothKindsOfLabels() throws IOException {
        fer2013();
        JsonNode own = fer2013("--split", "PrivateTest").json();
        assertThat(own.get("n").asInt()).isEqualTo(2);
        assertThat(own.get("accuracy").asDouble())
                .as("bright is happy, dark is not fearful")
                .isEqualTo(0.5);
        JsonNode ferPlus = fer2013("--split", "privatetest", "--ferplus").json();
        assertThat(ferPlus.get("n").asInt()).isEqualTo(1);
        assertThat(ferPlus.get("ignored").asInt()).as("nobody wins the vote").isEqualTo(1);
        assertThat(ferPlus.get("accuracy").asDouble()).isEqualTo(1);
    }

    @Test
    void refusesOptionsThatDoNotGoTogether() {
        assertThat(Cli.run("evaluate").exitCode()).isEqualTo(2);
        assertThat(Cli.run("evaluate", "--labels", "x.csv", "--fer2013", "x").exitCode())
                .isEqualTo(2);
        assertThat(Cli.run("evaluate", "--fer2013", folder).err()).contains("--split");
        assertThat(Cli.run("evaluate", "--fer2013", folder, "--split", "Test").err())
                .contains("PrivateTest");
        assertThat(Cli.run("evaluate", "--fer2013", folder, "--split", "Training")
                        .err())
                .contains("fer2013.csv");
        assertThat(Cli.run("evaluate", "--labels", "x.csv", "--ferplus").exitCode())
                .isEqualTo(2);
    }

    private Cli.Result evaluate(String labels, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("labels.csv"), labels);
        return run(new Object[] {"evaluate", "--labels", file, "--classifier", "brightness"}, options);
    }

    private Cli.Result fer2013(String... options) {
        return run(new Object[] {"evaluate", "--fer2013", folder, "--classifier", "brightness", "--json"}, options);
    }

    private static Cli.Result run(Object[] args, String... options) {
        Object[] all = new Object[args.length + options.length];
        System.arraycopy(args, 0, all, 0, args.length);
        System.arraycopy(options, 0, all, args.length, options.length);
        return Cli.run(all);
    }

    /** A bright happy face, which the voters see as well, and a dark fearful one, over which they are divided. */
    private void fer2013() throws IOException {
        Files.writeString(
                folder.resolve("fer2013.csv"),
                "emotion,pixels,Usage\n3," + pixels(240) + ",PrivateTest\n2," + pixels(10) + ",PrivateTest\n");
        Files.writeString(
                folder.resolve("fer2013new.csv"),
                "Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF\n"
                        + "PrivateTest,a.png,1,9,0,0,0,0,0,0,0,0\n"
                        + "PrivateTest,b.png,4,0,0,4,0,0,2,0,0,0\n");
    }

    private static String pixels(int gray) {
        return IntStream.range(0, 48 * 48).mapToObj(i -> Integer.toString(gray)).collect(Collectors.joining(" "));
    }
}
