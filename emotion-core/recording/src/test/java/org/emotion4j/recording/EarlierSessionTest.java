package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.emotion4j.file.internal.ProductMark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a new recording does with a session that is in its folder: nothing. */
final class EarlierSessionTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void staysAsItIs(boolean encrypted) throws IOException {
        assertThat(record(encrypted)).isEqualTo(folder);
        Map<String, String> first = content();
        assertThat(record(!encrypted)).isEqualTo(folder.resolve("session-2"));
        assertThat(record(encrypted)).isEqualTo(folder.resolve("session-3"));
        assertThat(content()).isEqualTo(first);
        assertThat(SessionArchive.laterSessions(folder))
                .containsExactly(folder.resolve("session-2"), folder.resolve("session-3"));
        assertThat(SessionArchive.of(folder).sessions().stream().map(SessionArchive.Entry::folder))
                .containsExactly(folder, folder.resolve("session-2"), folder.resolve("session-3"));
    }

    @Test
    void whatIsCalledSoAndIsNoSessionIsLeftAlone() throws IOException {
        record(false);
        Path mine = Files.createDirectory(folder.resolve("session-2"));
        Files.writeString(folder.resolve("session-3"), "mine");
        Files.writeString(folder.resolve("session-4.csv"), "set aside by a former version");
        assertThat(record(false)).isEqualTo(folder.resolve("session-5"));
        assertThat(SessionArchive.laterSessions(folder)).containsExactly(folder.resolve("session-5"));
        SessionArchive.erase(folder);
        assertThat(mine).exists();
        assertThat(folder.resolve("session-3")).hasContent("mine");
        assertThat(folder.resolve("session-5")).doesNotExist();
    }

    /** A chart of an earlier session would be taken for the new one's. */
    @ParameterizedTest
    @ValueSource(strings = {"timeline.csv", "report.html"})
    void whatIsLeftOfASessionKeepsItsFolder(String name) throws IOException {
        Files.writeString(
                folder.resolve(name),
                name.endsWith("csv") ? "session,face,start,end,readings,\n" : ProductMark.onPage("<p>a page</p>"));
        assertThat(record(false)).isEqualTo(folder.resolve("session-2"));
    }

    @Test
    void whatIsNotEmotion4JsTakesNoRoom() throws IOException {
        for (String name : List.of("timeline.png", "timeline.csv", "report.html", "clusters.png", "notes.txt")) {
            Files.writeString(folder.resolve(name), "mine");
        }
        assertThat(record(false)).isEqualTo(folder);
        for (String name : List.of("timeline.png", "timeline.csv", "report.html", "clusters.png", "notes.txt")) {
            assertThat(folder.resolve(name)).hasContent("mine");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"session.csv", "session.csv.sealed", "session.json"})
    void aForeignFileOfARecordsNameIsRefused(String name) throws IOException {
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
    void aLaterOneThatIsBeingRecordedIsNotErasedNorAreTheOthers() throws IOException {
        record(false);
        record(false);
        Map<String, String> before = content();
        try (CsvSessionRecorder running =
                builder(SessionArchive.freeFolder(folder), false).create()) {
            running.record(SampleFrames.frame(0));
            assertThatThrownBy(() -> SessionArchive.erase(folder))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("session-3 is being recorded into");
        }
        assertThat(content()).isEqualTo(before);
        assertThat(SessionArchive.laterSessions(folder)).hasSize(2);
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
    void whileItIsRecordedHereNothingIsTouched(boolean encrypted) throws IOException {
        try (CsvSessionRecorder running = builder(folder, encrypted).create()) {
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
    void whileAnotherProgramRecordsItNothingIsTouched(boolean encrypted) throws Exception {
        Process other = AnotherProgram.start(Holder.class, folder, encrypted);
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
        assertThat(record(encrypted)).isEqualTo(folder.resolve("session-2"));
    }

    /** Records a frame and holds the folder until standard input ends. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            try (CsvSessionRecorder recorder = builder(Path.of(arguments[0]), Boolean.parseBoolean(arguments[1]))
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

    private Path record(boolean encrypted) throws IOException {
        Path free = SessionArchive.freeFolder(folder);
        try (CsvSessionRecorder recorder = builder(free, encrypted).create()) {
            recorder.record(SampleFrames.frame(0));
        }
        return free;
    }

    private static CsvSessionRecorder.Builder builder(Path folder, boolean encrypted) {
        CsvSessionRecorder.Builder builder = CsvSessionRecorder.builder(folder);
        cipher(encrypted).ifPresent(builder::encryption);
        return builder;
    }

    private static Optional<SessionCipher> cipher(boolean encrypted) {
        return encrypted ? Optional.of(SampleFrames.cipher()) : Optional.empty();
    }

    private Map<String, String> content() throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(
                        file.getFileName().toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return content;
    }
}
