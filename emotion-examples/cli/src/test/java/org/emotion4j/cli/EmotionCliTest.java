package org.emotion4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emotion4j.cli.io.ExitCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("native")
final class EmotionCliTest {
    static Set<String> commands() {
        return EmotionCli.commandLine().getSubcommands().keySet();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpAndAVersion(String command) {
        Cli.Result help = Cli.run(command, "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("Usage: emotion4j " + command, "--verbose", "--version");
        assertThat(Cli.run(command, "--version").out()).contains("emotion4j", "Java");
    }

    @Test
    void everyCommandStandsInTheDocument() throws IOException {
        String document = Files.readString(Path.of("../../docs/command-line.md"));
        assertThat(commands()).allSatisfy(command -> assertThat(document).containsPattern("`" + command + "[` ]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dance", "detect", "detect --color x", "analyze x", "demo --out"})
    void wrongUsageEndsWithTwoAndAHintInsteadOfAScreenfulOfHelp(String line) {
        Cli.Result result = Cli.run((Object[]) line.split(" "));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).hasSizeLessThanOrEqualTo(3);
        assertThat(result.err()).contains("--help'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "analyze PHOTO --classifier brightness --out FILE/x",
                "detect PHOTO --out FILE/x",
                "crops PHOTO --classifier brightness --out FILE/x",
                "new-key FILE/key.json",
                "demo --out FILE/x"
            })
    void aPlaceThatCannotBeWrittenIsBadInputAndNoSurprise(String line, @TempDir Path folder) throws IOException {
        Path photo = Cli.portrait(1, folder.resolve("photo.jpg"));
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        Cli.Result result = Cli.run(Stream.of(line.split(" "))
                .map(word -> word.replace("PHOTO", "" + photo).replace("FILE", "" + file))
                .toArray());
        assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("" + file).doesNotContain("should not have happened");
        assertThat(file).hasContent("no folder");
    }

    @Test
    void namesTheDetectorsAndClassifiersThatAreThere() {
        assertThat(Cli.run("analyze", "--help").out()).contains("haar", "lbp", "yunet", "brightness");
    }

    @Test
    void showsTheStackTraceOnlyWhenAsked() {
        assertThat(Cli.run("detect", "nowhere.jpg").err()).doesNotContain("\tat ");
        assertThat(Cli.run("detect", "nowhere.jpg", "--verbose").err()).contains("\tat ");
        assertThat(Cli.run("--verbose", "detect", "nowhere.jpg").err()).contains("\tat ");
    }

    @Test
    void aLibraryThatIsNotThereIsNamed(@TempDir Path folder) throws Exception {
        Path photo = Cli.portrait(1, folder.resolve("photo.jpg"));
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("opencv-"))
                .collect(Collectors.joining(File.pathSeparator));
        for (String command : List.of("detect", "demo")) {
            List<String> line = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    classPath,
                    EmotionCli.class.getName(),
                    command));
            line.addAll(command.equals("demo") ? List.of("--out", folder + "/out") : List.of(photo.toString()));
            Process process = new ProcessBuilder(line)
                    .redirectOutput(folder.resolve("out.txt").toFile())
                    .redirectError(folder.resolve("err.txt").toFile())
                    .start();
            assertThat(process.waitFor()).isEqualTo(ExitCode.FAILURE);
            assertThat(Files.readString(folder.resolve("err.txt")))
                    .contains("org.openpnp:opencv", "doctor")
                    .doesNotContain("should not have happened");
        }
    }

    @Test
    void whoReadsTheResultsMayStopReadingAndNobodyComplains(@TempDir Path folder) throws Exception {
        Path messages = folder.resolve("err.txt");
        Process process = help().redirectError(messages.toFile()).start();
        process.getInputStream().close();
        assertThat(process.waitFor()).isEqualTo(ExitCode.FAILURE);
        assertThat(told(messages)).isEmpty();
    }

    @Test
    void resultsThatDoNotFitOnTheDiskAreToldOf(@TempDir Path folder) throws Exception {
        File full = new File("/dev/full");
        assumeTrue(full.exists(), "where there is a file that is always full");
        Path messages = folder.resolve("err.txt");
        Process process =
                help().redirectOutput(full).redirectError(messages.toFile()).start();
        assertThat(process.waitFor()).isEqualTo(ExitCode.FAILURE);
        assertThat(told(messages)).containsExactly("standard output: not everything could be written");
    }

    @Test
    void aNameThatTheSystemsEncodingDoesNotKnowIsToldAsThat(@TempDir Path folder) throws Exception {
        ProcessBuilder command = program("analyze", "none.jpg", "--out", "M\u00fcller");
        command.environment().put("LC_ALL", "POSIX");
        Path messages = folder.resolve("err.txt");
        Process process = command.redirectError(messages.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(messages).content().doesNotContain("Exception");
    }

    /** ONNX Runtime 1.29 kept a number of the machine there, and what it was going to tell its maker. */
    @Test
    void nothingIsLeftInTheHomeFolderButCachesOfNativesAndFonts(@TempDir Path folder) throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        ProcessBuilder demo = program("demo", "--out", folder + "/out");
        demo.environment().put("HOME", home.toString());
        demo.environment().put("JDK_JAVA_OPTIONS", "-Duser.home=\"" + home + "\"");
        demo.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
        Path messages = folder.resolve("err.txt");
        int exitCode = demo.redirectError(messages.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assertThat(exitCode).as(Files.readString(messages)).isZero();
        try (Stream<Path> left = Files.list(home)) {
            assertThat(left.map(path -> path.getFileName().toString())).isSubsetOf(".java", ".javacpp");
        }
    }

    /** Without what the virtual machine says of options that it found in the environment (JAVA_TOOL_OPTIONS, for example). */
    private static List<String> told(Path messages) throws IOException {
        return Files.readAllLines(messages).stream()
                .filter(line -> !line.startsWith("Picked up "))
                .toList();
    }

    private static ProcessBuilder help() {
        return program("analyze", "--help");
    }

    private static ProcessBuilder program(String... args) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                EmotionCli.class.getName()));
        line.addAll(List.of(args));
        return new ProcessBuilder(line);
    }

    @Test
    void theDoctorSaysWhatIsWrongWithAnEngineCacheThatWasChosen(@TempDir Path folder) throws Exception {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(engineCache(shared, folder))
                .contains("note", shared + " can be written by others: PyTorch is not unpacked there");
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(engineCache(file, folder)).contains("FAIL", file + " is no folder");
    }

    private static String engineCache(Path chosen, Path folder) throws Exception {
        ProcessBuilder doctor = program("doctor");
        doctor.environment().put("DJL_CACHE_DIR", chosen.toString());
        Path said = folder.resolve("out.txt");
        int exitCode = doctor.redirectOutput(said.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assertThat(exitCode).as("the default pipeline needs no PyTorch").isZero();
        return Files.readAllLines(said).stream()
                .filter(line -> line.contains("engine cache"))
                .collect(Collectors.joining());
    }

    @Test
    void theDoctorFindsTheDefaultPipelineAtWork() {
        Cli.Result result = Cli.run("doctor");
        assertThat(result.out())
                .contains("Java", "OpenCV 4.9.0", "detector single-shot", "engine cache", "cameras", "fonts")
                .containsPattern("ok +FFmpeg +FFmpeg [0-9.]+, native code loads")
                .containsPattern("ok +landmarks landmarks-onnxruntime")
                .containsPattern("note +detector yunet .*\\n +not tried: .*--detector yunet=MODEL")
                .containsPattern("ok +detector single-shot-int8-onnxruntime .*SHA-256 checked")
                .containsPattern("ok +default pipeline");
        assertThat(result.exitCode()).isZero();
    }
}
