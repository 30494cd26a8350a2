package org.emotion4j.cli.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.emotion4j.cli.Cli;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.spi.Stages;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("native")
@Tag("slow")
final class TrainCommandTest {
    @TempDir
    Path folder;

    @Test
    void trainsOnAFolderPerClassResumesAndLeavesWeightsThatClassify() throws IOException {
        Path data = brightHappyAndDarkSad();
        Path out = folder.resolve("out");

        Cli.Result first = Cli.run("train", "--data", data, "--epochs", 1, "--batch", 8, "--out", out);
        Cli.Result again = Cli.run("train", "--data", data, "--epochs", 2, "--batch", 8, "--out", out);
        Cli.Result resumed = Cli.run("train", "--data", data, "--epochs", 2, "--batch", 8, "--out", out, "--resume");

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out())
                .contains("table2.safetensors")
                .contains("accuracy")
                .contains("true \\ answer");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("holds a training already; go on with --resume");
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(Files.readAllLines(out.resolve("training-log.csv"))).hasSize(3);
        assertThat(out.resolve("report.txt")).content().isEqualTo(resumed.out());
        try (var classifier = Stages.classifier("table2=" + out.resolve("table2.safetensors"))) {
            assertThat(classifier.metadata().sha256().orElseThrow()).isEqualTo(hash(out));
        }
    }

    @Test
    void overwritesNoFileOfTheUsers() throws IOException {
        Path data = brightHappyAndDarkSad();
        Path out = folder.resolve("out");
        for (String name : List.of("report.txt", "table2.safetensors", "training-log.csv", "epoch-001.safetensors")) {
            Files.createDirectories(out);
            Path mine = Files.writeString(out.resolve(name), "mine");

            Cli.Result result = Cli.run("train", "--data", data, "--epochs", 1, "--out", out, "--resume");

            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).contains(name + ": is there already and is not overwritten");
            assertThat(mine).hasContent("mine");
            Files.delete(mine);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"expression", "expression-fer"})
    void goesOnFromAShippedNetwork(String name) throws IOException {
        Path data = brightHappyAndDarkSad();
        Path out = folder.resolve("out");

        Cli.Result result = Cli.run("train", "--from", name, "--data", data, "--epochs", 2, "--batch", 8, "--out", out);

        assertThat(result.exitCode()).as(result.err()).isZero();
        List<String> log = Files.readAllLines(out.resolve("training-log.csv"));
        int loss = List.of(log.get(0).split(",")).indexOf("training_loss");
        assertThat(Double.parseDouble(log.get(3).split(",")[loss]))
                .isLessThan(Double.parseDouble(log.get(2).split(",")[loss]));
        assertThat(result.err()).contains("before: validation loss");
        assertThat(result.out()).contains("(before: ").contains("before the training: accuracy");
        assertThat(result.out()).contains("no pictures to learn from of angry, disgust, fear, surprise, neutral");
        assertThat(result.out()).contains("the same for ONNX Runtime and OpenCV: " + name + ".onnx");
        try (var pyTorch = Stages.classifier("expression-pytorch=" + out.resolve(name + ".safetensors"));
                var onnxRuntime = Stages.classifier("expression-onnxruntime=" + out.resolve(name + ".onnx"));
                var openCv = Stages.classifier("expression=" + out.resolve(name + ".onnx"))) {
            assertThat(pyTorch.metadata().name()).isEqualTo(name);
            FaceCrop crop = FaceCrop.allocate(pyTorch.cropSpec());
            for (int i = 0; i < crop.pixels().capacity(); i++) {
                crop.pixels().put(i, (byte) (i * 7));
            }
            float[] expected = pyTorch.classify(crop).toArray();
            assertThat(onnxRuntime.classify(crop).toArray()).containsExactly(expected, within(1e-4f));
            assertThat(openCv.classify(crop).toArray()).containsExactly(expected, within(1e-4f));
        }
    }

    @Test
    void refusesWhatItCannotTrainOn() throws IOException {
        Path data = folder.resolve("data");
        Cli.even(200, 48, data.resolve("bored/1.png"));

        assertRefused("\"bored\" is no expression", "--data", data);
        assertRefused("no such folder", "--data", folder.resolve("missing"));
        assertRefused("fer2013.csv: no such file", "--fer2013", data);
        assertRefused("give either --fer2013 DIR or --data DIR");
        assertRefused(
                "known are table2, expression, expression-fer, resnet, table3-a", "--data", data, "--model", "vgg");
        assertRefused(
                "give either --model NAME or --from WEIGHTS",
                "--data",
                data,
                "--model",
                "table2",
                "--from",
                "expression");
        assertRefused(
                "missing.safetensors: no such weights file",
                "--data",
                data,
                "--from",
                folder.resolve("missing.safetensors"));
        assertRefused("epochs is 0, expected 1 to 10000", "--data", data, "--epochs", 0);
        assertRefused("--pilot is 0, expected at least 1", "--data", data, "--pilot", 0);
        assertRefused("--protocol paper belongs to --fer2013", "--data", data, "--protocol", "paper");
    }

    private Path brightHappyAndDarkSad() throws IOException {
        Path data = folder.resolve("data");
        for (int i = 0; i < 20; i++) {
            Cli.even(200 + i, 48, data.resolve("happy/" + i + ".png"));
            Cli.even(20 + i, 60, data.resolve("sad/" + i + ".png"));
        }
        return data;
    }

    private void assertRefused(String reason, Object... options) {
        Object[] args = new Object[options.length + 3];
        args[0] = "train";
        args[1] = "--out";
        args[2] = folder.resolve("out");
        System.arraycopy(options, 0, args, 3, options.length);
        Cli.Result result = Cli.run(args);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(reason);
    }

    private static String hash(Path out) throws IOException {
        return Files.readString(out.resolve("table2.safetensors.sha256")).split(" ")[0];
    }
}
