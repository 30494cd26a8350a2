package org.emotion4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.emotion4j.cli.io.ExitCode;
import org.emotion4j.cli.options.KeyFile;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.opencv.PictureFrameSource;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionCipher;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** No command overwrites or renames a file that it did not make in this run. */
@Tag("native")
final class FilesOfOthersTest {
    /** Commands without an option that writes: they only print, or alter a session because that is what they are for. */
    private static final Set<String> PRINT_ONLY =
            Set.of("gui", "evaluate", "summary", "timeline", "recover", "sessions", "erase", "doctor");

    /**
     * Commands that need a film and a review before they write, or that add to a session's own notes: {@code
     * CorrectionsCommandTest} and {@code AnnotationFilesTest} have what is taken there.
     */
    private static final Set<String> TESTED_ELSEWHERE = Set.of("corrections", "import");

    @TempDir
    Path folder;

    /**
     * A command and a name that is taken where it would write.
     *
     * @param file the taken name, below the folder
     * @param arguments the command; FOLDER stands for the folder
     */
    private record Writing(String file, List<String> arguments) {
        static Writing of(String file, String... arguments) {
            return new Writing(file, List.of(arguments));
        }

        String command() {
            return arguments.get(0);
        }
    }

    static List<Writing> writings() {
        String brightness = "--classifier=brightness";
        return List.of(
                Writing.of("out/session.csv", "demo", "--out", "FOLDER/out"),
                Writing.of("out/timeline.png", "demo", "--out", "FOLDER/out"),
                Writing.of("out/session.csv", "analyze", "FOLDER/photo.jpg", "--out", "FOLDER/out", brightness),
                Writing.of("out/session.json", "analyze", "FOLDER/photo.jpg", "--out", "FOLDER/out", brightness),
                Writing.of("out/session.csv.sealed", "analyze", "FOLDER/photo.jpg", "--out", "FOLDER/out", brightness),
                Writing.of(
                        "out/timeline.csv",
                        "analyze",
                        "FOLDER/photo.jpg",
                        "--fps=2",
                        "--out",
                        "FOLDER/out",
                        brightness),
                Writing.of(
                        "out/timeline.png",
                        "analyze",
                        "FOLDER/photo.jpg",
                        "--fps=2",
                        "--out",
                        "FOLDER/out",
                        brightness),
                Writing.of("photo.png", "detect", "FOLDER/photo.jpg", "--out", "FOLDER"),
                Writing.of("photo.png", "detect", "FOLDER/photo.png", "--out", "FOLDER"),
                Writing.of("photo-1.png", "crops", "FOLDER/photo.jpg", "--out", "FOLDER", brightness),
                Writing.of(
                        "matrix.png", "evaluate", "--labels=FOLDER/labels.csv", "--out=FOLDER/matrix.png", brightness),
                Writing.of("curve.png", "evaluate-detector", "--boxes=FOLDER/boxes.csv", "--out=FOLDER/curve.png"),
                Writing.of("curve.csv", "evaluate-detector", "--boxes=FOLDER/boxes.csv", "--curve=FOLDER/curve.csv"),
                Writing.of("net/report.txt", "train", "--data=FOLDER/data", "--epochs=1", "--out=FOLDER/net"),
                Writing.of("net/table2.safetensors", "train", "--data=FOLDER/data", "--epochs=1", "--out=FOLDER/net"),
                Writing.of("one/report.html", "report", "FOLDER/one"),
                Writing.of("two/session.csv", "report", "FOLDER/one", "--out=FOLDER/two/session.csv"),
                Writing.of("page.html", "report", "FOLDER/one", "FOLDER/two", "--out=FOLDER/page.html"),
                Writing.of("two/session.csv", "cluster", "FOLDER/one", "--k=2", "--out=FOLDER/two/session.csv"),
                Writing.of("two/session.csv", "export", "FOLDER/one", "--format=csv", "--out=FOLDER/two/session.csv"),
                Writing.of("two/session.csv", "events", "FOLDER/one", "--out=FOLDER/two/session.csv"),
                Writing.of("table.csv", "events", "FOLDER/one", "--out=FOLDER/table.csv"),
                Writing.of("all.json", "export", "FOLDER/one", "--format=json", "--out=FOLDER/all.json"),
                Writing.of("one.fhir.json", "export", "FOLDER/one", "--format=fhir", "--out=FOLDER/one.fhir.json"),
                Writing.of("study-codebook.csv", "export", "FOLDER/one", "--format=study", "--out=FOLDER/study.csv"),
                Writing.of("study.sps", "export", "FOLDER/one", "--format=study", "--out=FOLDER/study.csv"),
                Writing.of("face.csv", "export", "FOLDER/one", "--format=pyfeat", "--out=FOLDER/face.csv"),
                Writing.of("key.json", "new-key", "FOLDER/key.json"));
    }

    @ParameterizedTest
    @MethodSource("writings")
    void aFileThatIsThereStaysAsItIs(Writing writing) throws IOException {
        prepare();
        Path taken = folder.resolve(writing.file());
        if (!Files.exists(taken)) {
            Files.createDirectories(taken.getParent());
            Files.writeString(taken, "a file of the user's");
        }
        Map<String, String> before = content();

        Cli.Result result = Cli.run(writing.arguments().stream()
                .map(argument -> argument.replace("FOLDER", folder.toString()))
                .toArray());

        assertThat(content()).as(result.err()).containsAllEntriesOf(before);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(result.err()).contains(taken.getFileName().toString()).doesNotContain("should not have happened");
    }

    /** A new command, or a new option that names a file, has to say here whether it writes. */
    @Test
    void everyCommandIsInOneOfTheTables() {
        Set<String> tested = new TreeSet<>(PRINT_ONLY);
        tested.addAll(TESTED_ELSEWHERE);
        writings().forEach(writing -> tested.add(writing.command()));
        assertThat(tested)
                .containsExactlyInAnyOrderElementsOf(
                        EmotionCli.commandLine().getSubcommands().keySet());
    }

    @Test
    void everyPathOfACommandIsReadOrTested() {
        Set<String> read = Set.of(
                "--key",
                "--fer2013",
                "--data",
                "--boxes",
                "--landmarks",
                "--compare",
                "--labels",
                "--past",
                "--sessions",
                "--review",
                "--film",
                "--from",
                "--consent-text");
        Set<String> written = Set.of("--out", "--curve");
        List<String> unknown = new ArrayList<>();
        EmotionCli.commandLine().getSubcommands().forEach((name, command) -> {
            for (ArgSpec argument : command.getCommandSpec().args()) {
                boolean isPath = argument.type() == Path.class
                        || Stream.of(argument.auxiliaryTypes()).anyMatch(type -> type == Path.class);
                if (isPath && argument instanceof CommandLine.Model.OptionSpec option) {
                    boolean isWritten = written.contains(option.longestName());
                    if (!isWritten && !read.contains(option.longestName())) {
                        unknown.add(name + " " + option.longestName());
                    }
                    if (isWritten
                            && !TESTED_ELSEWHERE.contains(name)
                            && writings().stream()
                                    .noneMatch(each -> each.command().equals(name))) {
                        unknown.add(name + " " + option.longestName() + " is written and not tested");
                    }
                }
            }
        });
        assertThat(unknown).isEmpty();
    }

    @Test
    void theCommandsThatPrintLeaveEverythingAsItIs() throws IOException {
        prepare();
        Map<String, String> before = content();
        Cli.run("summary", folder.resolve("one"));
        Cli.run("timeline", folder.resolve("one"));
        Cli.run("sessions", folder);
        Cli.run("erase", folder.resolve("one"));
        Cli.run("recover", folder.resolve("one"));
        Cli.run("evaluate", "--labels", folder.resolve("labels.csv"), "--classifier", "brightness");
        assertThat(content()).isEqualTo(before);
    }

    @Test
    void aSessionsOwnPageIsMadeAnewUntilSomebodyChangesIt() throws IOException {
        Path session = record("one", Optional.empty());
        Path page = session.resolve("report.html");
        assertThat(Cli.run("report", session).exitCode()).isZero();
        assertThat(Cli.run("report", session).exitCode()).isZero();
        Files.writeString(page, Files.readString(page).replace("</main>", "<p>my note</p></main>"));
        Cli.Result result = Cli.run("report", session);
        assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(result.err()).contains("report.html", "not overwritten");
        assertThat(page).content().contains("my note");
    }

    @Test
    void ownChartsAndDrawnPicturesAreNoInputsNextTime() throws IOException {
        Cli.portrait(1, folder.resolve("photo.jpg"));
        for (int run = 0; run < 3; run++) {
            Cli.Result result = Cli.run("analyze", folder, "--fps", "2", "--out", folder, "--classifier", "brightness");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(Files.readAllLines(folder.resolve("session.csv"))).hasSize(2);
        }
        assertThat(Cli.run("detect", folder, "--out", folder.resolve("drawn")).exitCode())
                .isZero();
        Files.move(folder.resolve("drawn/photo.png"), folder.resolve("renamed.png"));
        try (PictureFrameSource source =
                PictureFrameSource.builder(List.of(folder)).open()) {
            assertThat(source.files()).containsExactly(folder.resolve("photo.jpg"));
        }
        assertThat(folder.resolve("session-3/timeline.png")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"analyze", "demo"})
    void aFolderThatIsBeingRecordedIntoIsLeftAlone(String command) throws IOException {
        Path photo = Cli.portrait(1, folder.resolve("photo.jpg"));
        Path key = folder.resolve("key.json");
        Cli.run("new-key", key);
        for (Optional<SessionCipher> cipher :
                List.of(Optional.<SessionCipher>empty(), Optional.of(KeyFile.read(key)))) {
            Path session = folder.resolve("running" + cipher.isPresent());
            CsvSessionRecorder.Builder builder = CsvSessionRecorder.builder(session);
            cipher.ifPresent(builder::encryption);
            try (CsvSessionRecorder recorder = builder.create()) {
                recorder.record(frame(0));
                recorder.force();
                Map<String, String> before = content();
                Cli.Result result = command.equals("demo")
                        ? Cli.run("demo", "--out", session)
                        : Cli.run("analyze", photo, "--fps=2", "--out", session, "--classifier", "brightness");
                assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.BAD_INPUT);
                assertThat(result.err()).contains("being recorded into");
                assertThat(content()).isEqualTo(before);
            }
        }
    }

    @Test
    void whatIsWrittenIsItsOwnersAlone() throws IOException {
        prepare();
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Set<String> before = content().keySet();
        run("analyze", "FOLDER/photo.jpg", "--fps=2", "--out=FOLDER/a/b", "--classifier=brightness");
        run("report", "FOLDER/one");
        run("report", "FOLDER/one", "--out=FOLDER/page.html");
        run("cluster", "FOLDER/one", "--k=2", "--out=FOLDER/clusters.png");
        run("export", "FOLDER/one", "--format=csv", "--out=FOLDER/all.csv");
        run("detect", "FOLDER/photo.jpg", "--out=FOLDER/drawn");
        run("crops", "FOLDER/photo.jpg", "--out=FOLDER/crops", "--classifier=brightness");
        run("new-key", "FOLDER/key.json");
        Set<String> made = new TreeSet<>(content().keySet());
        made.removeAll(before);
        assertThat(made).hasSizeGreaterThanOrEqualTo(11).allSatisfy(name -> assertThat(mode(folder.resolve(name)))
                .isEqualTo("rw-------"));
        assertThat(List.of("a", "a/b", "drawn", "crops"))
                .allSatisfy(name -> assertThat(mode(folder.resolve(name))).isEqualTo("rwx------"));
    }

    private void run(String... arguments) {
        Cli.Result result = Cli.run(Stream.of(arguments)
                .map(argument -> argument.replace("FOLDER", folder.toString()))
                .toArray());
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private void prepare() throws IOException {
        Cli.portrait(1, folder.resolve("photo.jpg"));
        record("one", Optional.empty());
        record("two", Optional.empty());
        Files.writeString(folder.resolve("boxes.csv"), "image,x,y,w,h\nphoto.jpg,30,30,60,60\n");
        Files.writeString(folder.resolve("labels.csv"), "image,label\nphoto.jpg,happy\n");
        for (String label : List.of("happy", "sad")) {
            for (int i = 1; i <= 4; i++) {
                Cli.portrait(i, folder.resolve("data").resolve(label).resolve(i + ".jpg"));
            }
        }
    }

    private Path record(String name, Optional<SessionCipher> cipher) throws IOException {
        Path session = folder.resolve(name);
        CsvSessionRecorder.Builder builder = CsvSessionRecorder.builder(session);
        cipher.ifPresent(builder::encryption);
        try (CsvSessionRecorder recorder = builder.create()) {
            for (int i = 0; i < 10; i++) {
                recorder.record(frame(i));
            }
        }
        return session;
    }

    private static FrameResult frame(int index) {
        EmotionScores scores = EmotionScores.certain(index < 6 ? Emotion.HAPPY : Emotion.SAD);
        long time = index * 100_000_000L;
        EmotionReading reading = new EmotionReading(
                1,
                time,
                new DetectedFace(new BoundingBox(1, 2, 90, 90), 0.9),
                scores,
                scores,
                Optional.of(scores.top()));
        return new FrameResult(
                index,
                time,
                Instant.EPOCH,
                "clip",
                640,
                480,
                index == 0,
                List.of(reading),
                new StageTimings(1, 1, 1, 3));
    }

    private Map<String, String> content() throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(
                        folder.relativize(file).toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return content;
    }
}
