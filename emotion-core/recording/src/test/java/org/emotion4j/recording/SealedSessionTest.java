package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an encrypted session hides, and what it notices. */
class SealedSessionTest {
    private static final int FRAMES = 12;

    @TempDir
    Path root;

    private Path folder = Path.of("");
    private Path rows = Path.of("");

    @BeforeEach
    void record() throws IOException {
        folder = root.resolve("session");
        rows = folder.resolve("session.csv.sealed");
        record(folder);
    }

    @Test
    void nothingThatSaysAnythingIsInAnyFile() throws IOException {
        CsvSessionRecorder open = recorder(root.resolve("open"));
        open.record(SampleFrames.frame(0));
        open.force();
        open.mark(0, "secret marker");
        List<Path> files;
        try (Stream<Path> all = Files.walk(root)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        assertThat(files)
                .as("with the room that is kept for the next session.json")
                .hasSize(7);
        for (Path file : files) {
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .doesNotContain("secret", "happy", "neutral", "avi", "subject", "purpose");
        }
        open.close();
    }

    @Test
    void whatWasOpenedWithItsKeyIsOpenedAgainWithIt() throws IOException {
        try (SessionReader reader = SessionReader.open(folder, SampleFrames.cipher());
                SessionReader again = reader.again()) {
            reader.forEachRemaining(frame -> {});
            again.forEachRemaining(frame -> {});
            assertThat(again.counters()).isEqualTo(reader.counters());
            assertThat(again.counters().frames()).isPositive();
            assertThat(again.openedBytes()).isEqualTo(reader.openedBytes()).isPositive();
        }
    }

    @Test
    void theDateUntilWhichItMayBeKeptNeedsNoKey() throws IOException {
        assertThat(SessionArchive.of(root).sessions()).singleElement().satisfies(entry -> assertThat(entry.keepUntil())
                .contains(LocalDate.of(2026, 12, 31)));
    }

    @Test
    void noKey() {
        assertThatThrownBy(() -> SessionReader.open(folder))
                .isInstanceOf(SessionDecryptionException.class)
                .hasMessageContaining("is encrypted; open it with the cipher it was recorded with");
    }

    @Test
    void theWrongKey() {
        assertThatThrownBy(() -> SessionReader.open(folder, SampleFrames.cipher((byte) 8)))
                .isInstanceOf(SessionDecryptionException.class)
                .hasMessageContaining("the key is another one, or session.json was altered");
    }

    @Test
    void anotherDateInTheDescription() throws IOException {
        Path json = folder.resolve("session.json");
        Files.writeString(json, Files.readString(json).replace("2026-12-31", "2099-12-31"));
        assertThatThrownBy(() -> SessionReader.open(folder, SampleFrames.cipher()))
                .isInstanceOf(SessionDecryptionException.class);
    }

    @Test
    void anyChangedByteOfTheRows() throws IOException {
        byte[] whole = Files.readAllBytes(rows);
        for (int i = 0; i < whole.length; i += 7) {
            byte[] altered = whole.clone();
            altered[i] ^= 0x10;
            Files.write(rows, altered);
            assertThat(noticed()).as("byte " + i).isTrue();
        }
    }

    @Test
    void messagesInAnotherOrder() throws IOException {
        List<byte[]> messages = messages();
        Collections.swap(messages, 3, 4);
        write(messages);
        assertThatThrownBy(this::readAll)
                .isInstanceOf(SessionDecryptionException.class)
                .hasMessageContaining("message 4 of " + rows)
                .hasMessageContaining("altered, put in another order");
    }

    @Test
    void aMessageTakenOutOfTheMiddle() throws IOException {
        List<byte[]> messages = messages();
        messages.remove(5);
        write(messages);
        assertThatThrownBy(this::readAll).isInstanceOf(SessionDecryptionException.class);
    }

    @Test
    void aMessageOfAnotherSession() throws IOException {
        Path other = root.resolve("other");
        record(other);
        List<byte[]> messages = messages();
        messages.set(2, messagesOf(other.resolve("session.csv.sealed")).get(2));
        write(messages);
        assertThatThrownBy(this::readAll).isInstanceOf(SessionDecryptionException.class);
    }

    @Test
    void aDamagedHeaderCutsNothingOfWhatFollowsIt() throws IOException {
        folder = unfinished();
        rows = folder.resolve("session.csv.sealed");
        List<byte[]> messages = messages();
        List<String> files = names(folder);
        for (int i = 0; i < RecordEncryption.HEADER; i++) {
            messages.get(2)[i] ^= 0x10;
            write(messages);
            byte[] damaged = Files.readAllBytes(rows);
            assertThatThrownBy(() -> SessionReader.recover(folder, SampleFrames.cipher()))
                    .isInstanceOf(SessionDecryptionException.class)
                    .hasMessageContainingAll("message 3 of " + rows, "and others follow it");
            assertThatThrownBy(this::readAll).isInstanceOf(SessionDecryptionException.class);
            assertThat(rows).hasBinaryContent(damaged);
            assertThat(names(folder)).isEqualTo(files);
            messages.get(2)[i] ^= 0x10;
        }
    }

    @Test
    void twoDamagedHeadersAreSeenAndTheLastOneIsATornMessage() throws IOException {
        folder = unfinished();
        rows = folder.resolve("session.csv.sealed");
        List<byte[]> messages = messages();
        messages.get(2)[0] ^= 0x10;
        messages.get(3)[0] ^= 0x10;
        write(messages);
        assertThatThrownBy(() -> SessionReader.recover(folder, SampleFrames.cipher()))
                .hasMessageContaining("and others follow it");
        messages.get(2)[0] ^= 0x10;
        write(messages.subList(0, 4));
        SessionRecovery recovery = SessionReader.recover(folder, SampleFrames.cipher());
        assertThat(recovery.counters().frames()).isEqualTo(2);
        assertThat(recovery.bytesCut()).isEqualTo(messages.get(3).length);
    }

    private Path unfinished() throws IOException {
        Path recorded = root.resolve("open");
        return SampleFrames.cutOff(root.resolve("cut"), recorded, builder(recorded), FRAMES);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith("lock"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aTruncatedSessionReadsAndSaysSo() throws IOException {
        byte[] whole = Files.readAllBytes(rows);
        int first = messages().get(0).length + messages().get(1).length;
        for (int size = first; size < whole.length; size += 97) {
            Files.write(rows, Arrays.copyOf(whole, size));
            try (SessionReader reader = SessionReader.open(folder, SampleFrames.cipher())) {
                long index = 0;
                for (var frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                    SampleFrames.requireSame(frame.get(), SampleFrames.frame(index++));
                }
                assertThat(index).isBetween(1L, FRAMES - 1L);
                assertThat(reader.problems().toString()).contains("session.json counts 12 frames");
            }
        }
    }

    private static void record(Path where) throws IOException {
        try (CsvSessionRecorder recorder = recorder(where)) {
            for (int i = 0; i < FRAMES; i++) {
                recorder.record(SampleFrames.frame(i));
            }
            recorder.mark(0, "secret marker");
        }
    }

    private static CsvSessionRecorder recorder(Path where) throws IOException {
        return builder(where).forceEveryRow().create();
    }

    private static CsvSessionRecorder.Builder builder(Path where) {
        Consent consent = new Consent("secret role", SampleFrames.START, "secret reason", LocalDate.of(2026, 12, 31));
        return CsvSessionRecorder.builder(where)
                .metadata(SessionMetadata.of(consent).withSubject("secret-1"))
                .encryption(SampleFrames.cipher());
    }

    private List<byte[]> messages() throws IOException {
        return messagesOf(rows);
    }

    private static List<byte[]> messagesOf(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        List<byte[]> messages = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] message = new byte[RecordEncryption.HEADER + bytes.getInt(bytes.position())];
            bytes.get(message);
            messages.add(message);
        }
        assertThat(messages).hasSize(1 + FRAMES);
        return messages;
    }

    private void write(List<byte[]> messages) throws IOException {
        Files.write(rows, new byte[0]);
        for (byte[] message : messages) {
            Files.write(rows, message, StandardOpenOption.APPEND);
        }
    }

    private long readAll() throws IOException {
        try (SessionReader reader = SessionReader.open(folder, SampleFrames.cipher())) {
            reader.forEachRemaining(frame -> {});
            return reader.problemCount();
        }
    }

    private boolean noticed() throws IOException {
        try {
            return readAll() > 0;
        } catch (SessionDecryptionException e) {
            return true;
        }
    }
}
