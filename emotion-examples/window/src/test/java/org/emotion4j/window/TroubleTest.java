package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.frame.InputCutOffException;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionCipher;
import org.emotion4j.recording.SessionNotes;
import org.emotion4j.recording.SessionReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What went wrong is known by the kind of the failure that the library really throws. */
final class TroubleTest {
    @TempDir
    Path folder;

    @Test
    void aWrongKeyANewerRecordADamagedOneAndOneInUseAreToldApart() throws IOException {
        SessionCipher key = SampleRecord.key();
        Path locked = SampleRecord.write(
                folder.resolve("locked"), Path.of("a.avi"), 1, "P-1", SampleRecord.START, Optional.of(key));
        assertThat(Trouble.of(failure(() -> SessionReader.open(locked).close())))
                .contains(Trouble.KEY);
        assertThat(Trouble.of(failure(
                        () -> SessionReader.open(locked, SampleRecord.key()).close())))
                .contains(Trouble.KEY);
        Path newer = SampleRecord.write(folder.resolve("newer"), Path.of("a.avi"), 1);
        Path description = newer.resolve("session.json");
        String before = Files.readString(description);
        Files.writeString(description, before.replaceFirst("\"formatVersion\": ?1", "\"formatVersion\": 9"));
        assertThat(Trouble.of(failure(() -> SessionReader.open(newer).close()))).contains(Trouble.NEWER);
        Files.writeString(description, before.substring(0, before.length() / 2));
        assertThat(Trouble.of(failure(() -> SessionReader.open(newer).close()))).contains(Trouble.DAMAGED_RECORD);
        Path inUse = folder.resolve("in use");
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(inUse)) {
            assertThat(recorder).isNotNull();
            assertThat(Trouble.of(
                            failure(() -> SessionNotes.of(inUse).correct("A", 0, 1_000_000, Optional.of(Emotion.SAD)))))
                    .contains(Trouble.IN_USE);
        }
    }

    @Test
    void whatIsBehindAFailureCounts() {
        assertThat(Trouble.of(new UncheckedIOException(new NoSuchFileException("a"))))
                .contains(Trouble.MISSING);
        assertThat(Trouble.of(new IOException("a", new AccessDeniedException("b"))))
                .contains(Trouble.NO_PERMISSION);
        assertThat(Trouble.of(new FileAlreadyExistsException("a"))).contains(Trouble.TAKEN);
        assertThat(Trouble.of(new InputCutOffException("a", "b", Duration.ZERO, Optional.empty())))
                .contains(Trouble.CUT_OFF);
        assertThat(Trouble.of(new FrameUnreadableException("a", "b"))).contains(Trouble.DAMAGED_PICTURE);
        assertThat(Trouble.of(new IOException("No space left on device")))
                .as("words are no kind")
                .isEmpty();
    }

    @Test
    void aFullDiskIsKnownByAskingIt() {
        assertThat(Trouble.isFull(OptionalLong.of(4_096))).isTrue();
        assertThat(Trouble.isFull(OptionalLong.of(1L << 30))).isFalse();
        assertThat(Trouble.isFull(OptionalLong.empty())).as("nobody knows").isFalse();
        assertThat(Trouble.ofWriting(new IOException("odd"), folder.resolve("not/there/yet")))
                .as("there is room here")
                .isEmpty();
    }

    private interface Action {
        void run() throws IOException;
    }

    private static IOException failure(Action action) {
        try {
            action.run();
        } catch (IOException e) {
            return e;
        }
        throw new AssertionError("it went well");
    }
}
