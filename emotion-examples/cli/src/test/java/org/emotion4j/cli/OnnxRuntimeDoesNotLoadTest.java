package org.emotion4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.emotion4j.cli.io.ExitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ONNX Runtime is on the class path, and its native code is none: as on a Windows without its C++ run time. */
@Tag("native")
@Tag("slow")
final class OnnxRuntimeDoesNotLoadTest {
    @TempDir
    Path folder;

    private Path broken;
    private Path temporary;

    @BeforeEach
    void breakIt() throws IOException {
        broken = Files.createDirectory(folder.resolve("broken"));
        temporary = Files.createDirectory(folder.resolve("temporary"));
        for (String name : List.of("libonnxruntime.so", "libonnxruntime.dylib", "onnxruntime.dll")) {
            Files.writeString(broken.resolve(name), "no library");
        }
        Cli.portrait(1, folder.resolve("photo.jpg"));
    }

    @Test
    void theDefaultPipelineGoesOverToOpenCvWithOneWarning() throws Exception {
        Path out = folder.resolve("out");
        Ended ended = run("-Donnxruntime.native.path=" + broken, "analyze", folder + "/photo.jpg", "--out", "" + out);
        assertThat(ended.exitCode).as(ended.err).isZero();
        assertThat(ended.err.lines().filter(line -> line.contains("WARN")))
                .as(ended.err)
                .singleElement()
                .asString()
                .contains("ONNX Runtime does not start", "it is on the class path");
        assertThat(Files.readString(out.resolve("session.json")))
                .contains("OpenCV")
                .doesNotContain("ONNX Runtime");
    }

    @Test
    void askedForByNameItIsNotReplaced() throws Exception {
        Ended ended = run(
                "-Donnxruntime.native.path=" + broken,
                "detect",
                folder + "/photo.jpg",
                "--detector",
                "single-shot-onnxruntime");
        assertThat(ended.exitCode).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(ended.err).contains("single-shot and expression").doesNotContain("put com.microsoft");
    }

    @Test
    void whereItLoadsNothingIsLeftInTheTemporaryFolder() throws Exception {
        Ended ended = run("-Dunused=1", "detect", folder + "/photo.jpg", "--detector", "single-shot-onnxruntime");
        assertThat(ended.exitCode).as(ended.err).isZero();
        assertThat(temporary).isEmptyDirectory();
    }

    /** 1.29.0 ended the process by a stack overflow in native code. */
    @Test
    void aLongClassPathIsNoHindrance() throws Exception {
        String nothing = IntStream.range(0, 1_500)
                .mapToObj(number -> folder.resolve("nothing" + number).toString())
                .collect(Collectors.joining(File.pathSeparator));
        Ended ended =
                run("-Dlong=" + nothing, "detect", folder + "/photo.jpg", "--detector", "single-shot-onnxruntime");
        assertThat(ended.exitCode).as(ended.err).isZero();
    }

    private record Ended(int exitCode, String err) {}

    private Ended run(String property, String... arguments) throws IOException, InterruptedException {
        Path err = folder.resolve("err.txt");
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Djava.io.tmpdir=" + temporary,
                                property,
                                "-cp",
                                System.getProperty("java.class.path"),
                                EmotionCli.class.getName()),
                        Stream.of(arguments))
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(err.toFile())
                .start();
        return new Ended(process.waitFor(), new String(Files.readAllBytes(err), StandardCharsets.UTF_8));
    }
}
