package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever has no key changes nothing of a sealed session: whatever its files hold, what opens is what was recorded, up to some
 * place, or it is refused by a {@link SessionFormatException}. Runs the seeds; the profile {@code fuzz} makes more of them.
 */
final class SealedFuzzTest {
    private static final Optional<SessionCipher> CIPHER = Optional.of(SampleFrames.cipher());

    @TempDir
    static Path root;

    private static Path session;
    private static SessionInfo info;
    private static List<SessionNote> notes;
    private static byte[] sealedNotes;

    @BeforeAll
    static void record() throws IOException {
        session = SampleFrames.recorded(root.resolve("session"), CIPHER);
        info = SessionReader.readInfo(session, CIPHER);
        sealedNotes = SampleFrames.annotated(session, CIPHER);
        notes = NoteLog.of(Path.of("notes.csv.sealed"), sealedNotes, info, CIPHER)
                .content()
                .all();
    }

    @MethodSource("rowSeeds")
    @FuzzTest(maxDuration = "10m")
    void rows(byte[] sealed) throws Exception {
        SampleFrames.requireReadOrRefused(session.resolve("session.csv.sealed"), sealed, () -> {
            try (SessionReader reader = SessionReader.open(session, CIPHER)) {
                int index = 0;
                for (Optional<RecordedFrame> read = reader.next(); read.isPresent(); read = reader.next()) {
                    SampleFrames.requireSame(read.get(), SampleFrames.frame(index++));
                }
                if (index < SampleFrames.RECORDED) {
                    assertThat(reader.problems()).as("what is missing").isNotEmpty();
                }
            }
        });
    }

    @MethodSource("noteSeeds")
    @FuzzTest(maxDuration = "10m")
    void notes(byte[] sealed) throws IOException {
        try {
            List<SessionNote> read = NoteLog.of(Path.of("notes.csv.sealed"), sealed, info, CIPHER)
                    .content()
                    .all();
            assertThat(read).isEqualTo(notes.subList(0, read.size()));
        } catch (SessionFormatException refused) {
            assertThat(refused.getMessage()).contains("notes.csv.sealed");
        }
    }

    @MethodSource("descriptionSeeds")
    @FuzzTest(maxDuration = "10m")
    void description(byte[] json) {
        try {
            SessionInfo read = SessionJson.read(json, CIPHER);
            if (read.encrypted()) {
                assertThat(read).isEqualTo(info);
            }
        } catch (SessionFormatException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    static Stream<byte[]> rowSeeds() throws IOException {
        return RecordFuzzTest.damaged(Files.readAllBytes(session.resolve("session.csv.sealed")));
    }

    static Stream<byte[]> noteSeeds() {
        return RecordFuzzTest.damaged(sealedNotes);
    }

    static Stream<byte[]> descriptionSeeds() throws IOException {
        byte[] json = Files.readAllBytes(session.resolve("session.json"));
        return Stream.concat(
                RecordFuzzTest.damaged(json),
                Stream.of(new String(json, StandardCharsets.UTF_8)
                                .replace("\"state\": \"finished\"", "\"state\": \"stopped\""))
                        .map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }
}
