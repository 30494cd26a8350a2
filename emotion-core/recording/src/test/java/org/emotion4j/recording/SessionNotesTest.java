package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.recording.SessionNote.Kind;
import org.emotion4j.session.SessionEnd;
import org.emotion4j.session.UnreadInput;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people add to a session that has been recorded. */
final class SessionNotesTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-04T05:06:07.123456Z"), ZoneOffset.UTC);
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path root;

    private Path folder = Path.of("");

    @BeforeEach
    void record() throws IOException {
        folder = root.resolve("session");
        record(folder, Optional.empty());
    }

    private static void record(Path session, Optional<SessionCipher> cipher) throws IOException {
        CsvSessionRecorder.Builder builder = CsvSessionRecorder.builder(session);
        cipher.ifPresent(builder::encryption);
        try (CsvSessionRecorder recorder = builder.create()) {
            recorder.record(SampleFrames.frame(0));
            recorder.mark(SECOND, "begins");
            recorder.end(SessionEnd.FINISHED, Optional.empty(), UnreadInput.NONE);
        }
    }

    @Test
    void everyKindIsReadAsItWasWritten() throws IOException {
        SessionNotes notes = SessionNotes.of(folder).withClock(CLOCK);
        List<SessionNote> written = List.of(
                notes.note("Dr. M", "calm, \"almost\" absent\nlooks down"),
                notes.note("Dr. M", 12_345_678_912L, "=SUM(A1)"),
                notes.mark("Dr. M", 3 * SECOND, "about the mother"),
                notes.correct("Dr. M", 4 * SECOND, 6 * SECOND, Optional.of(Emotion.SAD)),
                notes.correct("Dr. M", 7 * SECOND, 8 * SECOND, Optional.empty()),
                notes.figure("Dr. M", "PHQ-9", 14),
                notes.withdraw("Dr. N", 1));
        assertThat(notes.read().all()).isEqualTo(written);
        assertThat(notes.read().problems()).isEmpty();
        assertThat(written).extracting(SessionNote::number).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(written.get(0).text()).isEqualTo("calm, \"almost\" absent looks down");
        assertThat(written.get(0).writtenAt()).isEqualTo(Instant.parse("2026-03-04T05:06:07.123Z"));
        assertThat(written.get(1).fromNanos()).hasValue(12_345_679_000L);
        assertThat(notes.read().current()).isEqualTo(written.subList(1, 6));
        assertThat(notes.read().current(Kind.FIGURE)).singleElement().satisfies(figure -> assertThat(figure.value())
                .hasValue(14));
    }

    @Test
    void theRecordIsNotTouched() throws IOException {
        byte[] rows = Files.readAllBytes(folder.resolve("session.csv"));
        byte[] description = Files.readAllBytes(folder.resolve("session.json"));
        SessionNotes.of(folder).mark("Dr. M", 0, "later");
        assertThat(Files.readAllBytes(folder.resolve("session.csv"))).isEqualTo(rows);
        assertThat(Files.readAllBytes(folder.resolve("session.json"))).isEqualTo(description);
        assertThat(Files.readString(folder.resolve("notes.csv"))).startsWith(String.join(",", SessionNotes.columns()));
    }

    @Test
    void aReaderHasThemAndPutsLaterMarkersAmongTheOthers() throws IOException {
        SessionNotes.of(folder).mark("Dr. M", 2 * SECOND, "second");
        SessionNotes.of(folder).mark("Dr. M", 0, "before");
        try (SessionReader reader = SessionReader.open(folder)) {
            assertThat(reader.notes().markers()).hasSize(2);
            assertThat(reader.markers()).extracting(SessionMarker::text).containsExactly("before", "begins", "second");
            assertThat(reader.info().markers()).hasSize(1);
        }
        try (SessionReader rows = SessionReader.open(folder.resolve("session.csv"))) {
            assertThat(rows.notes().all()).isEmpty();
        }
    }

    @Test
    void ofTwoCorrectionsOfOneMomentTheLaterHolds() throws IOException {
        SessionNotes notes = SessionNotes.of(folder);
        notes.correct("M", 0, 10 * SECOND, Optional.of(Emotion.SAD));
        notes.correct("N", 4 * SECOND, 6 * SECOND, Optional.empty());
        long wrong =
                notes.correct("N", 0, 10 * SECOND, Optional.of(Emotion.HAPPY)).number();
        notes.correct("N", 9 * SECOND, 12 * SECOND, Optional.of(Emotion.FEAR));
        notes.withdraw("N", wrong);
        assertThat(notes.read().correctedLabels())
                .containsExactly(
                        new SessionNotes.CorrectedLabel(0, 4 * SECOND, Optional.of(Emotion.SAD), "M"),
                        new SessionNotes.CorrectedLabel(4 * SECOND, 6 * SECOND, Optional.empty(), "N"),
                        new SessionNotes.CorrectedLabel(6 * SECOND, 9 * SECOND, Optional.of(Emotion.SAD), "M"),
                        new SessionNotes.CorrectedLabel(9 * SECOND, 12 * SECOND, Optional.of(Emotion.FEAR), "N"));
        assertThat(notes.read().correctedLabels().get(0).covers(4 * SECOND)).isFalse();
    }

    @Test
    void whatIsNoNoteIsRefusedAndLeavesNoFile() {
        SessionNotes notes = SessionNotes.of(folder);
        assertThatThrownBy(() -> notes.note("M", " ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> notes.note("", "text")).hasMessageContaining("the name of whoever writes");
        assertThatThrownBy(() -> notes.correct("M", SECOND, SECOND, Optional.empty()))
                .hasMessageContaining("ends after it begins");
        assertThatThrownBy(() -> notes.figure("M", "PHQ-9", Double.NaN)).hasMessageContaining("finite");
        assertThatThrownBy(() -> notes.withdraw("M", 1)).hasMessageContaining("no note 1");
        assertThat(folder.resolve("notes.csv")).doesNotExist();
        assertThatThrownBy(() -> SessionNotes.of(root).note("M", "text")).isInstanceOf(SessionFormatException.class);
    }

    @Test
    void whatIsBeingRecordedTakesNoNotes() throws IOException {
        Path other = root.resolve("other");
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(other)) {
            assertThat(recorder.sessionId()).isNotEmpty();
            assertThatThrownBy(() -> SessionNotes.of(other).note("M", "text"))
                    .hasMessageContaining("being recorded or erased just now");
        }
        assertThat(SessionNotes.of(other).note("M", "text").number()).isEqualTo(1);
    }

    @Test
    void anErasureTakesThem() throws IOException {
        SessionNotes.of(folder).note("M", "text");
        assertThat(SessionArchive.isOwn(folder.resolve("notes.csv"))).isTrue();
        assertThat(SessionArchive.erase(folder)).isEmpty();
        assertThat(folder).doesNotExist();
        assertThatThrownBy(() -> SessionNotes.of(folder).note("M", "text")).isInstanceOf(IOException.class);
        assertThat(folder).doesNotExist();
    }

    @Test
    void notesOfAnotherProgramStay() throws IOException {
        Files.writeString(folder.resolve("notes.csv"), "my own list\n");
        assertThatThrownBy(() -> SessionNotes.of(folder).note("M", "text"))
                .isInstanceOf(SessionFormatException.class)
                .hasMessageContaining("no notes of Emotion4J");
        try (SessionReader reader = SessionReader.open(folder)) {
            assertThat(reader.notes().problems()).hasSize(1);
        }
        assertThat(SessionArchive.erase(folder)).containsExactly(folder.resolve("notes.csv"));
    }

    @Test
    void aRowThatCannotBeUsedIsToldAndKept() throws IOException {
        SessionNotes notes = SessionNotes.of(folder);
        notes.note("M", "first");
        String row = Files.readAllLines(folder.resolve("notes.csv")).get(1);
        String newer = "2" + row.substring(1);
        String changed = row.replace(",note,", ",nonsense,");
        Files.writeString(folder.resolve("notes.csv"), newer + "\n" + changed + "\n", StandardOpenOption.APPEND);
        assertThat(notes.note("M", "second").number()).as("no number twice").isEqualTo(4);
        SessionNotes.Content content = notes.read();
        assertThat(content.all()).extracting(SessionNote::text).containsExactly("first", "second");
        assertThat(content.problems()).hasSize(2);
        assertThat(content.problems().get(0).toString()).contains("line 3", "format version 2");
        assertThat(content.problems().get(1).toString()).contains("line 4", "nonsense");
        assertThat(Files.readString(folder.resolve("notes.csv"))).contains(newer, changed);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFullDiskLosesNothingAndTheNextNoteIsWhole(boolean encrypted) throws IOException {
        Path session = root.resolve("full");
        Optional<SessionCipher> cipher = encrypted ? Optional.of(SampleFrames.cipher()) : Optional.empty();
        record(session, cipher);
        SessionNotes notes = notes(session, cipher);
        notes.note("M", "first");
        SmallDisk disk = new SmallDisk(30);
        assertThatThrownBy(() -> notes.with(disk).note("M", "lost on the way")).hasMessageContaining("No space left");
        assertThat(notes.read().problems()).isEmpty();
        assertThat(notes.note("M", "second").number()).isEqualTo(2);
        assertThat(notes.read().all()).extracting(SessionNote::text).containsExactly("first", "second");
    }

    private static SessionNotes notes(Path session, Optional<SessionCipher> cipher) {
        return cipher.map(given -> SessionNotes.of(session, given)).orElseGet(() -> SessionNotes.of(session));
    }

    @Test
    void thoseOfAnEncryptedSessionSayNothingWithoutItsKey() throws IOException {
        Path sealed = root.resolve("sealed");
        record(sealed, Optional.of(SampleFrames.cipher()));
        SessionNotes notes = SessionNotes.of(sealed, SampleFrames.cipher());
        notes.note("secret name", "secret text");
        notes.mark("secret name", SECOND, "secret marker");
        assertThat(sealed.resolve("notes.csv")).doesNotExist();
        assertThat(Files.readString(sealed.resolve("notes.csv.sealed"), StandardCharsets.ISO_8859_1))
                .doesNotContain("secret", "note", "marker");
        assertThat(notes.read().all()).extracting(SessionNote::text).containsExactly("secret text", "secret marker");
        assertThatThrownBy(() -> SessionNotes.of(sealed).read()).isInstanceOf(SessionDecryptionException.class);
        assertThatThrownBy(() ->
                        SessionNotes.of(sealed, SampleFrames.cipher((byte) 9)).note("M", "x"))
                .isInstanceOf(SessionDecryptionException.class);
        try (SessionReader reader = SessionReader.open(sealed, SampleFrames.cipher())) {
            assertThat(reader.markers()).extracting(SessionMarker::text).containsExactly("begins", "secret marker");
        }
        assertThat(SessionArchive.erase(sealed)).isEmpty();
    }

    @Test
    void sealedNotesThatWereChangedAreNoticed() throws IOException {
        Path sealed = root.resolve("sealed");
        record(sealed, Optional.of(SampleFrames.cipher()));
        SessionNotes notes = SessionNotes.of(sealed, SampleFrames.cipher());
        notes.note("M", "first");
        notes.note("M", "second");
        Path file = sealed.resolve("notes.csv.sealed");
        byte[] whole = Files.readAllBytes(file);
        whole[20] ^= 1;
        Files.write(file, whole);
        assertThatThrownBy(notes::read).isInstanceOf(SessionDecryptionException.class);
        assertThatThrownBy(() -> notes.note("M", "third")).isInstanceOf(SessionDecryptionException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void manyThreadsAddWithoutLosingANote(boolean encrypted) throws Exception {
        Path session = root.resolve("busy");
        Optional<SessionCipher> cipher = encrypted ? Optional.of(SampleFrames.cipher()) : Optional.empty();
        record(session, cipher);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<SessionNote>> tasks = new ArrayList<>();
            IntStream.range(0, 40)
                    .forEach(i -> tasks.add(() -> notes(session, cipher).note("M", "note " + i)));
            List<Long> numbers = new ArrayList<>();
            for (Future<SessionNote> done : threads.invokeAll(tasks)) {
                numbers.add(done.get().number());
            }
            assertThat(numbers)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, 40).boxed().toList());
        } finally {
            threads.shutdown();
        }
        assertThat(notes(session, cipher).read().all()).hasSize(40);
    }

    @Test
    @Tag("slow")
    void twoProgramsAddWithoutLosingANote() throws Exception {
        Path sealed = root.resolve("sealed");
        record(sealed, Optional.of(SampleFrames.cipher()));
        List<Process> programs = new ArrayList<>();
        for (String name : List.of("one", "other")) {
            programs.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            sealed.toString(),
                            name)
                    .inheritIO()
                    .start());
        }
        for (Process each : programs) {
            assertThat(each.waitFor()).isZero();
        }
        List<SessionNote> all =
                SessionNotes.of(sealed, SampleFrames.cipher()).read().all();
        assertThat(all).hasSize(2 * Writer.NOTES);
        assertThat(all.stream().map(SessionNote::by).distinct()).containsExactlyInAnyOrder("one", "other");
    }

    /** Another program that adds notes to a session. */
    static final class Writer {
        private static final int NOTES = 50;

        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            SessionNotes notes = SessionNotes.of(Path.of(arguments[0]), SampleFrames.cipher());
            for (int i = 0; i < NOTES; i++) {
                notes.note(arguments[1], "note " + i);
            }
        }
    }

    @Test
    void theyAreTheirOwnersAlone() throws IOException {
        SessionNotes.of(folder).note("M", "text");
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            assertThat(Files.getPosixFilePermissions(folder.resolve("notes.csv")))
                    .hasSize(2);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("notes.csv", "session.csv", "session.json");
        }
    }
}
