package org.emotion4j.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a new recording does with a session that is in its folder. */
final class EarlierSessionTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isKeptUnderTheNextNumber(boolean encrypted) throws IOException {
        String rows = encrypted ? "session.csv.sealed" : "session.csv";
        record(encrypted);
        byte[] first = Files.readAllBytes(folder.resolve(rows));
        List<String> told = record(encrypted);
        assertThat(told)
                .containsExactly(rows + " " + rows.replace("session", "session-1"), "session.json session-1.json");
        assertThat(folder.resolve(rows.replace("session", "session-1"))).hasBinaryContent(first);
        record(encrypted);
        assertThat(folder.resolve("session-2.json")).exists();
        assertThat(folder.resolve(rows.replace("session", "session-1"))).hasBinaryContent(first);
    }

    @Test
    void whatIsNotEmotion4JsStaysWhereItIs() throws IOException {
        record(false);
        for (String name : List.of("timeline.png", "timeline.csv", "report.html", "clusters.png", "notes.txt")) {
            Files.writeString(folder.resolve(name), "mine");
        }
        record(false);
        for (String name : List.of("timeline.png", "timeline.csv", "report.html", "clusters.png", "notes.txt")) {
            assertThat(folder.resolve(name)).hasContent("mine");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"session.csv", "session.csv.sealed", "session.json"})
    void aForeignFileOfARecordsNameIsRefusedBeforeAnythingMoves(String name) throws IOException {
        record(false);
        Files.writeString(folder.resolve(name), "my own table;with columns");
        Map<String, String> before = content();
        assertThatThrownBy(() -> record(false))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("choose another folder");
        assertThat(content()).isEqualTo(before);
    }

    @Test
    void aForeignLockFileIsRefusedAndKept() throws IOException {
        Path lock = Files.writeString(folder.resolve("session.lock"), "mine");
        assertThatThrownBy(() -> record(false))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("session.lock");
        assertThat(lock).hasContent("mine");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileItIsRecordedHereNothingMoves(boolean encrypted) throws IOException {
        try (CsvSessionRecorder running = builder(encrypted, new ArrayList<>()).create()) {
            running.record(SampleFrames.frame(0));
            running.force();
            requireRefusedUntouched(encrypted);
            running.record(SampleFrames.frame(1));
        }
        try (SessionReader reader = SessionReader.open(folder, cipher(encrypted))) {
            reader.forEachRemaining(frame -> {});
            assertThat(reader.counters().frames()).isEqualTo(2);
            assertThat(reader.info().state()).isEqualTo(SessionState.FINISHED);
        }
    }

    /** The other program is a real one; it says when it has the folder, and ends when it is told to. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileAnotherProgramRecordsItNothingMoves(boolean encrypted) throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString(),
                        Boolean.toString(encrypted))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader says =
                new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(says.readLine()).isEqualTo("recording");
            requireRefusedUntouched(encrypted);
            assertThat(SessionArchive.isBeingRecorded(folder)).isTrue();
        } finally {
            other.getOutputStream().close();
            assertThat(other.waitFor()).isZero();
        }
        assertThat(SessionArchive.isBeingRecorded(folder)).isFalse();
        assertThat(record(encrypted)).isNotEmpty();
    }

    /** Records a frame and holds the folder until standard input ends. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            try (CsvSessionRecorder recorder = builder(
                            Path.of(arguments[0]), Boolean.parseBoolean(arguments[1]), new ArrayList<>())
                    .create()) {
                recorder.record(SampleFrames.frame(0));
                recorder.force();
                System.out.println("recording");
                while (System.in.read() >= 0) {
                    // until the end
                }
            }
        }
    }

    private void requireRefusedUntouched(boolean encrypted) throws IOException {
        Map<String, String> before = content();
        assertThatThrownBy(() -> record(encrypted))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("being recorded into");
        assertThat(content()).isEqualTo(before);
    }

    private List<String> record(boolean encrypted) throws IOException {
        List<String> told = new ArrayList<>();
        try (CsvSessionRecorder recorder = builder(encrypted, told).create()) {
            recorder.record(SampleFrames.frame(0));
        }
        return told;
    }

    private CsvSessionRecorder.Builder builder(boolean encrypted, List<String> told) {
        return builder(folder, encrypted, told);
    }

    private static CsvSessionRecorder.Builder builder(Path folder, boolean encrypted, List<String> told) {
        CsvSessionRecorder.Builder builder = CsvSessionRecorder.builder(folder)
                .setEarlierAside((from, to) -> told.add(from.getFileName() + " " + to.getFileName()));
        cipher(encrypted).ifPresent(builder::encryption);
        return builder;
    }

    private static Optional<SessionCipher> cipher(boolean encrypted) {
        return encrypted ? Optional.of(SampleFrames.cipher()) : Optional.empty();
    }

    private Map<String, String> content() throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                content.put(
                        file.getFileName().toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return content;
    }
}
