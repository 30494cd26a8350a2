package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.emotion.FacialMovements;
import org.emotion4j.event.EventFinder;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.event.SessionEvent;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.face.HeadPose;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.session.SessionEnd;
import org.emotion4j.session.UnreadInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Twenty seconds at 30 frames a second of two faces: the first smiles, blinks, nods, talks and turns away once. */
final class EventRecordTest {
    private static final int FRAMES = 600;
    private static final SessionCipher MIRROR = new SessionCipher() {
        @Override
        public byte[] seal(byte[] plain, byte[] context) {
            byte[] sealed = new byte[plain.length + 1];
            for (int i = 0; i < plain.length; i++) {
                sealed[i + 1] = (byte) ~plain[i];
            }
            sealed[0] = (byte) java.util.Arrays.hashCode(context);
            return sealed;
        }

        @Override
        public byte[] open(byte[] sealed, byte[] context) throws java.security.GeneralSecurityException {
            if (sealed[0] != (byte) java.util.Arrays.hashCode(context)) {
                throw new java.security.GeneralSecurityException("another place");
            }
            byte[] plain = new byte[sealed.length - 1];
            for (int i = 0; i < plain.length; i++) {
                plain[i] = (byte) ~sealed[i + 1];
            }
            return plain;
        }
    };

    @TempDir
    private Path folder;

    @Test
    void whatIsFoundLiveIsWhatIsFoundInTheRowsAndWhatWasWritten() throws IOException {
        record(CsvSessionRecorder.builder(session()), true);
        List<SessionEvent> live = live();
        List<SessionEvent> inRows = inRows();

        assertThat(live)
                .extracting(found -> found.event().kind())
                .contains(
                        FacialEvent.Kind.EXPRESSION,
                        FacialEvent.Kind.MOVEMENT,
                        FacialEvent.Kind.BLINK,
                        FacialEvent.Kind.NOD,
                        FacialEvent.Kind.TALKING);
        assertThat(live).extracting(SessionEvent::ofSubject).contains(true, false);
        assertThat(inRows).isEqualTo(live);
        assertThat(lines(written())).isEqualTo(lines(live));
    }

    @Test
    void eventsAreSealedWithTheRestOfAnEncryptedSession() throws IOException {
        record(CsvSessionRecorder.builder(session()).encryption(MIRROR), true);

        assertThat(session().resolve("events.csv")).doesNotExist();
        assertThat(Files.readString(
                        session().resolve("events.csv.sealed"), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("happy");
        try (SessionReader reader = SessionReader.open(session(), MIRROR)) {
            assertThat(lines(reader.events().orElseThrow())).isEqualTo(lines(live()));
        }
    }

    @Test
    void aMessageOfTheRowsDoesNotPassForOneOfTheEvents() throws IOException {
        record(CsvSessionRecorder.builder(session()).encryption(MIRROR), true);
        Files.copy(
                session().resolve("session.csv.sealed"),
                session().resolve("events.csv.sealed"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        try (SessionReader reader = SessionReader.open(session(), MIRROR)) {
            assertThatThrownBy(reader::events).isInstanceOf(SessionDecryptionException.class);
        }
    }

    @Test
    void theyAreErasedWithTheSessionAndSomebodyElsesAreNot() throws IOException {
        record(CsvSessionRecorder.builder(session()), true);
        assertThat(SessionArchive.isOwn(session().resolve("events.csv"))).isTrue();
        assertThat(SessionArchive.erase(session())).isEmpty();
        assertThat(session()).doesNotExist();

        Files.createDirectories(session());
        Files.writeString(session().resolve("events.csv"), "date,what\n2026-01-01,concert\n");
        record(CsvSessionRecorder.builder(session()), true);
        assertThat(Files.readString(session().resolve("events.csv"))).contains("concert");
        try (SessionReader reader = SessionReader.open(session())) {
            assertThat(reader.events()).isEmpty();
            assertThat(reader.problems().toString()).contains("no header of events");
        }
        assertThat(SessionArchive.erase(session())).containsExactly(session().resolve("events.csv"));
    }

    @Test
    void aFolderThatHoldsEventsOfASessionIsTaken() throws IOException {
        record(CsvSessionRecorder.builder(session()), true);
        Files.delete(session().resolve("session.csv"));
        Files.delete(session().resolve("session.json"));

        assertThat(SessionArchive.freeFolder(session())).isEqualTo(session().resolve("session-2"));
        assertThatThrownBy(() -> CsvSessionRecorder.create(session())).hasMessageContaining("holds a session already");
    }

    @Test
    void ofASessionThatWasCutOffNoneCountUntilItIsRecovered() throws IOException {
        Path copy = folder.resolve("copy");
        CsvSessionRecorder recorder =
                CsvSessionRecorder.builder(session()).forceEveryRow().create();
        for (int i = 0; i < FRAMES; i++) {
            recorder.record(frame(i));
            if (i == 300) {
                copyTo(copy);
            }
        }
        recorder.close();
        try (SessionReader reader = SessionReader.open(copy)) {
            assertThat(reader.isUnfinished()).isTrue();
            assertThat(reader.events()).isEmpty();
        }

        SessionReader.recover(copy);

        try (SessionReader reader = SessionReader.open(copy)) {
            List<SessionEvent> again = reader.events().orElseThrow();
            EventFinder finder = EventFinder.ofDefaults();
            List<SessionEvent> expected = new ArrayList<>();
            reader.forEachRemaining(frame -> expected.addAll(frame.events(finder)));
            expected.addAll(finder.end());
            assertThat(lines(again)).isEqualTo(lines(expected)).isNotEmpty();
        }
    }

    @Test
    void damagedEventsAreAProblemAndNotUsed() throws IOException {
        record(CsvSessionRecorder.builder(session()), true);
        Path events = session().resolve("events.csv");
        for (String damage : List.of("1,x\n", "1,other,blink,blink,1,1,0,1,2,0,0,1,\n", "torn")) {
            String whole = Files.readString(events);
            Files.writeString(events, whole + damage);
            try (SessionReader reader = SessionReader.open(session())) {
                assertThat(reader.events()).as(damage).isEmpty();
                assertThat(reader.problems().toString()).contains("events are found in the rows instead");
            }
            Files.writeString(events, whole);
        }
    }

    @Test
    void theRecordGoesOnWithoutADetectorThatThrows() throws IOException {
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(session())) {
            recorder.detectEventsWith(() -> (nanos, scores, movements) -> {
                if (nanos > 1_000_000_000L) {
                    throw new IllegalStateException("cannot judge this");
                }
                return List.of(FacialEvent.of(FacialEvent.Kind.NOD, "nod", nanos, nanos, nanos, 1, 0));
            });
            for (int i = 0; i < FRAMES; i++) {
                recorder.record(frame(i));
            }
        }

        assertThat(session().resolve("events.csv")).doesNotExist();
        assertThat(SessionReader.readInfo(session()).counters().orElseThrow().frames())
                .isEqualTo(FRAMES);
    }

    @Test
    void detectorsOfOnesOwnThatFindNothingAreNotOverruled() throws IOException {
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(session())) {
            recorder.detectEventsWith(() -> (nanos, scores, movements) -> List.of());
            for (int i = 0; i < FRAMES; i++) {
                recorder.record(frame(i));
            }
        }

        assertThat(written()).isEmpty();
    }

    @Test
    void withoutEventsThereIsNoFile() throws IOException {
        record(CsvSessionRecorder.builder(session()).withoutEvents(), false);

        try (SessionReader reader = SessionReader.open(session())) {
            assertThat(reader.events()).isEmpty();
        }
    }

    @Test
    void theExportForTheirPersonHasThem() throws IOException {
        record(CsvSessionRecorder.builder(session()), true);
        StringWriter with = new StringWriter();
        try (SessionReader reader = SessionReader.open(session())) {
            SessionExport.json(with).add(reader);
        }
        Files.delete(session().resolve("events.csv"));
        StringWriter without = new StringWriter();
        try (SessionReader reader = SessionReader.open(session())) {
            SessionExport.json(without).add(reader);
        }

        assertThat(with.toString()).contains("\"events\":[{\"kind\":\"").contains("\"name\":\"blink\"");
        assertThat(without.toString()).contains("\"name\":\"blink\"");
    }

    private void copyTo(Path copy) throws IOException {
        Files.createDirectories(copy);
        for (String name : List.of("session.csv", "session.json", "events.csv")) {
            Files.copy(session().resolve(name), copy.resolve(name));
        }
    }

    private Path session() {
        return folder.resolve("session");
    }

    private static List<String> lines(List<SessionEvent> events) {
        return events.stream().map(found -> EventCsv.row("x", found)).toList();
    }

    private void record(CsvSessionRecorder.Builder builder, boolean expectEvents) throws IOException {
        try (CsvSessionRecorder recorder = builder.create()) {
            for (int i = 0; i < FRAMES; i++) {
                recorder.record(frame(i));
            }
            recorder.end(SessionEnd.FINISHED, Optional.empty(), UnreadInput.NONE);
        }
        boolean written = Files.exists(session().resolve("events.csv"))
                || Files.exists(session().resolve("events.csv.sealed"));
        assertThat(written).isEqualTo(expectEvents);
    }

    private static List<SessionEvent> live() {
        EventFinder finder = EventFinder.ofDefaults();
        List<SessionEvent> events = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            events.addAll(finder.accept(frame(i)));
        }
        events.addAll(finder.end());
        return events;
    }

    private List<SessionEvent> inRows() throws IOException {
        EventFinder finder = EventFinder.ofDefaults();
        List<SessionEvent> events = new ArrayList<>();
        try (SessionReader reader = SessionReader.open(session())) {
            reader.forEachRemaining(frame -> events.addAll(frame.events(finder)));
        }
        events.addAll(finder.end());
        return events;
    }

    private List<SessionEvent> written() throws IOException {
        try (SessionReader reader = SessionReader.open(session())) {
            return reader.events().orElseThrow();
        }
    }

    private static FrameResult frame(int index) {
        long nanos = Math.round(index * 1e9 / 30);
        double time = index / 30.0;
        return new FrameResult(
                index,
                nanos,
                Instant.parse("2026-01-02T03:04:05Z").plusNanos(nanos),
                "film.mp4",
                640,
                480,
                index == 0,
                List.of(reading(1, nanos, time), reading(2, nanos, time + 0.7)),
                new StageTimings(1, 2, 3, 6));
    }

    private static EmotionReading reading(int face, long nanos, double time) {
        java.util.Random noise = new java.util.Random(nanos + face);
        float smile = (float) (0.85 * hill(time % 7, 3, 1.2) + 0.012345678 * noise.nextDouble());
        double closed = Math.min(1, 0.03 * noise.nextDouble() + 0.9 * hill(time % 4, 1.5, 0.15));
        boolean talks = time > 8.2 && time < 9.8 || time > 15 && time < 18;
        float[] intensities = new float[FacialMovement.COUNT];
        intensities[FacialMovement.LIP_CORNERS_PULLED.ordinal()] = smile;
        intensities[FacialMovement.JAW_DROPS.ordinal()] =
                talks ? (float) (0.5 + 0.4 * Math.sin(2 * Math.PI * 4 * time)) : 0;
        EmotionScores seen = EmotionScores.ofWeights(
                0.0123456f, 0.01f, 0.01f, 0.01f + smile, 0.01f, talks ? 0.5f : 0.01f, 1 - smile);
        double pitch = time > 5 && time < 7 ? 8.123 * Math.sin(2 * Math.PI * 1.5 * time) : 0;
        boolean turned = time > 13 && time < 14;
        return new EmotionReading(
                face,
                nanos,
                new DetectedFace(new BoundingBox(10 + 200 * face, 20, 100, 120), 0.9),
                seen,
                seen,
                Optional.of(seen.top()),
                Optional.of(new FaceQuality(
                        1,
                        200,
                        1,
                        0.5,
                        0.3,
                        Optional.empty(),
                        turned ? java.util.Set.of(FaceQuality.Issue.TURNED_AWAY) : java.util.Set.of())),
                Optional.of(FacialMovements.of(intensities, closed, closed, new HeadPose(0, pitch, 0))));
    }

    private static double hill(double time, double middle, double half) {
        return Math.max(0, Math.min(1, 2 - 2 * Math.abs(time - middle) / half));
    }
}
