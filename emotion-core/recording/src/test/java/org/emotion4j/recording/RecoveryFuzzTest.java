package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is in the rows of a session that was cut off, recovery leaves what could be read before, or refuses it and changes
 * nothing; a second one finds nothing to do. Runs the seeds; the profile {@code fuzz} makes more of them.
 */
@Timeout(20)
final class RecoveryFuzzTest {
    private static final Optional<SessionCipher> CIPHER = Optional.of(SampleFrames.cipher());

    @TempDir
    static Path root;

    @BeforeAll
    static void record() throws IOException {
        cutOff("open", Optional.empty());
        cutOff("sealed", CIPHER);
    }

    private static void cutOff(String name, Optional<SessionCipher> cipher) throws IOException {
        Path recorded = root.resolve(name + " as it goes on");
        CsvSessionRecorder.Builder builder = CsvSessionRecorder.builder(recorded);
        cipher.ifPresent(builder::encryption);
        SampleFrames.cutOff(root.resolve(name), recorded, builder, SampleFrames.RECORDED);
    }

    @MethodSource("openSeeds")
    @FuzzTest(maxDuration = "10m")
    void open(byte[] rows) throws IOException {
        requireRecovered(root.resolve("open"), Optional.empty(), rows);
    }

    @MethodSource("sealedSeeds")
    @FuzzTest(maxDuration = "10m")
    void sealed(byte[] rows) throws IOException {
        requireRecovered(root.resolve("sealed"), CIPHER, rows);
    }

    /** The power went between the description and the rows. */
    @ValueSource(strings = {"open", "sealed"})
    @ParameterizedTest
    void withoutRows(String name) throws IOException {
        Optional<SessionCipher> cipher = "sealed".equals(name) ? CIPHER : Optional.empty();
        Path folder = Files.createDirectory(root.resolve(name + " without rows"));
        Files.copy(root.resolve(name).resolve("session.json"), folder.resolve("session.json"));
        assertThat(SessionRecovery.of(folder, cipher, DiskStorage.INSTANCE))
                .isEqualTo(new SessionRecovery(true, SessionCounters.NONE, 0));
        assertThat(read(folder, cipher)).hasValue(List.of());
    }

    private static void requireRecovered(Path folder, Optional<SessionCipher> cipher, byte[] bytes) throws IOException {
        Path rows = folder.resolve(SessionFolder.rows(cipher.isPresent()));
        byte[] whole = Files.readAllBytes(rows);
        byte[] json = Files.readAllBytes(folder.resolve("session.json"));
        Files.write(rows, bytes);
        try {
            Optional<List<RecordedFrame>> before = read(folder, cipher);
            try {
                SessionRecovery recovery = SessionRecovery.of(folder, cipher, DiskStorage.INSTANCE);
                assertThat(recovery.needed()).isTrue();
                assertThat(read(folder, cipher)).isEqualTo(before);
                assertThat(recovery.counters().frames())
                        .isEqualTo(before.orElseThrow().size());
                assertThat(SessionRecovery.of(folder, cipher, DiskStorage.INSTANCE))
                        .isEqualTo(new SessionRecovery(false, recovery.counters(), 0));
            } catch (SessionFormatException refused) {
                assertThat(refused.getMessage()).contains(CsvSessionRecorder.FILE_NAME);
                assertThat(before).isEmpty();
                assertThat(rows).hasBinaryContent(bytes);
                assertThat(folder.resolve("session.json")).hasBinaryContent(json);
            }
        } finally {
            Files.write(rows, whole);
            Files.write(folder.resolve("session.json"), json);
        }
    }

    /** Nothing where they are refused. */
    private static Optional<List<RecordedFrame>> read(Path folder, Optional<SessionCipher> cipher) throws IOException {
        List<RecordedFrame> frames = new ArrayList<>();
        try (SessionReader reader = SessionReader.open(folder, cipher)) {
            reader.forEachRemaining(frames::add);
        } catch (SessionFormatException refused) {
            return Optional.empty();
        }
        return Optional.of(frames);
    }

    static Stream<byte[]> openSeeds() throws IOException {
        byte[] recorded = Files.readAllBytes(root.resolve("open/session.csv"));
        String whole = new String(recorded, StandardCharsets.UTF_8);
        return Stream.concat(
                RecordFuzzTest.damaged(recorded),
                Stream.of(
                                whole.replaceFirst("happy", "ha\0py"),
                                whole.replaceFirst("\n", "\0\n"),
                                whole.replaceFirst("\"\"\\.avi\"", "\"a.vi\""),
                                whole + "\0".repeat(4_000),
                                whole.replace("\n", "\r\n"))
                        .map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    static Stream<byte[]> sealedSeeds() throws IOException {
        byte[] recorded = Files.readAllBytes(root.resolve("sealed/session.csv.sealed"));
        byte[] header = recorded.clone();
        header[0] ^= 1;
        return Stream.concat(RecordFuzzTest.damaged(recorded), Stream.of(header));
    }
}
