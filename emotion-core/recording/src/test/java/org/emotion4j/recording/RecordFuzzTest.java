package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a session's files hold, reading them gives a session or an {@link IOException}: no other exception, and it ends.
 * Runs the seeds; the profile {@code fuzz} makes more of them.
 */
final class RecordFuzzTest {
    private static final String DAMAGED = "\"\u0000,\n999999999999999999999,-1e400,NaN,\uFEFF";

    @MethodSource("rows")
    @FuzzTest(maxDuration = "10m")
    void rows(byte[] csv) throws IOException {
        readWith("session.csv", csv);
    }

    @MethodSource("events")
    @FuzzTest(maxDuration = "10m")
    void events(byte[] csv) throws IOException {
        readWith("events.csv", csv);
    }

    @MethodSource("description")
    @FuzzTest(maxDuration = "10m")
    void description(byte[] json) throws IOException {
        readWith("session.json", json);
    }

    @MethodSource("sealedRows")
    @FuzzTest(maxDuration = "10m")
    void sealedRows(byte[] sealed) throws IOException {
        Path folder = recorded(Optional.of(SampleFrames.cipher()));
        try {
            Files.write(folder.resolve("session.csv.sealed"), sealed);
            read(folder, Optional.of(SampleFrames.cipher()));
        } finally {
            delete(folder);
        }
    }

    static Stream<byte[]> rows() throws IOException {
        List<byte[]> recorded = seeds("session.csv", Optional.empty()).toList();
        String whole = new String(recorded.get(0), StandardCharsets.UTF_8);
        assertThat(whole).contains("\"\".avi\"");
        return Stream.concat(
                recorded.stream(),
                // Found by fuzzing: quotes that do not match, in a row and in the header.
                Stream.of(whole.replaceFirst("\"\"\\.avi\"", "\"a.vi\""), "\"format\"_version,x\n")
                        .map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    static Stream<byte[]> events() {
        return Stream.of(new byte[0], ("format_version\n1\n" + DAMAGED).getBytes(StandardCharsets.UTF_8));
    }

    static Stream<byte[]> description() throws IOException {
        return Stream.concat(
                seeds("session.json", Optional.empty()),
                Stream.of("{".repeat(100_000), "[[[[", "{\"formatVersion\": 1e999}", "null", "{\"session\": []}")
                        .map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    static Stream<byte[]> sealedRows() throws IOException {
        return seeds("session.csv.sealed", Optional.of(SampleFrames.cipher()));
    }

    /** A file as it was recorded, cut short, with damage in its middle, twice in a row, and empty. */
    private static Stream<byte[]> seeds(String name, Optional<SessionCipher> cipher) throws IOException {
        Path folder = recorded(cipher);
        try {
            byte[] whole = Files.readAllBytes(folder.resolve(name));
            assertThat(whole).isNotEmpty();
            byte[] cut = Arrays.copyOf(whole, whole.length * 2 / 3);
            byte[] damaged = whole.clone();
            byte[] damage = DAMAGED.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(damage, 0, damaged, whole.length / 2, Math.min(damage.length, whole.length / 2));
            byte[] twice = Arrays.copyOf(whole, whole.length * 2);
            System.arraycopy(whole, 0, twice, whole.length, whole.length);
            return Stream.of(whole, cut, damaged, twice, new byte[0]);
        } finally {
            delete(folder);
        }
    }

    private static void readWith(String name, byte[] content) throws IOException {
        Path folder = recorded(Optional.empty());
        try {
            Files.write(folder.resolve(name), content);
            read(folder, Optional.empty());
        } finally {
            delete(folder);
        }
    }

    private static void read(Path folder, Optional<SessionCipher> cipher) {
        try (SessionReader reader = SessionReader.open(folder, cipher)) {
            long frames = 0;
            while (reader.next().isPresent()) {
                frames++;
            }
            assertThat(reader.counters().frames()).isEqualTo(frames);
            reader.events();
            reader.markers();
            reader.notes();
        } catch (IOException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private static Path recorded(Optional<SessionCipher> cipher) throws IOException {
        Path folder = Files.createTempDirectory("fuzz");
        CsvSessionRecorder.Builder builder = CsvSessionRecorder.builder(folder);
        cipher.ifPresent(builder::encryption);
        try (CsvSessionRecorder recorder = builder.create()) {
            for (int i = 0; i < 3; i++) {
                recorder.record(SampleFrames.frame(i));
            }
        }
        return folder;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
