package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.emotion4j.recording.SimulatedDisk.Fate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The power goes after every single step that adding notes takes. Whatever became of what was not forced, every note is there whose
 * call had returned, none is half, and the next one can be added.
 */
@Tag("crash")
final class NotesPowerCutTest {
    private static final int NOTES = 6;
    private static final int TRIES = 5;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyNoteThatWasWrittenIsThere(boolean encrypted) throws IOException {
        Optional<SessionCipher> cipher = encrypted ? Optional.of(SampleFrames.cipher()) : Optional.empty();
        Path session = folder.resolve("session");
        CsvSessionRecorder.Builder builder = CsvSessionRecorder.builder(session);
        cipher.ifPresent(builder::encryption);
        builder.create().close();
        SimulatedDisk disk = new SimulatedDisk(session);
        TreeMap<Integer, Integer> promised = new TreeMap<>(Map.of(0, 0));
        List<SessionNote> written = new ArrayList<>();
        for (int i = 0; i < NOTES; i++) {
            written.add(notes(session, cipher).with(disk).note("M", "x".repeat(20 * i) + "note " + i));
            promised.put(disk.steps(), i + 1);
        }
        for (int steps = 0; steps <= disk.steps(); steps++) {
            for (Fate fate : Fate.values()) {
                for (int seed = 0; seed < TRIES; seed++) {
                    Path image = folder.resolve("image");
                    disk.cutPower(steps, fate, new Random(1000L * steps + seed), image);
                    check(image, cipher, written, promised.floorEntry(steps).getValue());
                    erase(image);
                }
            }
        }
    }

    private static void check(Path image, Optional<SessionCipher> cipher, List<SessionNote> written, int promised)
            throws IOException {
        SessionNotes notes = notes(image, cipher);
        List<SessionNote> left = notes.read().all();
        assertThat(left).hasSizeBetween(promised, promised + 1).isEqualTo(written.subList(0, left.size()));
        SessionNote next = notes.note("N", "after the cut");
        assertThat(next.number()).isEqualTo(left.size() + 1L);
        List<SessionNote> all = new ArrayList<>(left);
        all.add(next);
        assertThat(notes.read()).isEqualTo(new SessionNotes.Content(all, List.of()));
    }

    private static SessionNotes notes(Path session, Optional<SessionCipher> cipher) {
        return cipher.map(given -> SessionNotes.of(session, given)).orElseGet(() -> SessionNotes.of(session));
    }

    private static void erase(Path image) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(image)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }
}
