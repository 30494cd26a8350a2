package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.session.SessionEnd;
import org.emotion4j.session.SessionRecorder;
import org.emotion4j.stage.StageMetadata;
import org.emotion4j.testkit.SessionRecorderContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionRecordTest {
    private static final Consent CONSENT = new Consent(
            Consent.PERSON_RECORDED,
            Instant.parse("2026-01-02T03:00:00Z"),
            "therapy follow-up",
            LocalDate.of(2026, 12, 31));
    private static final Clock CLOCK = Clock.fixed(SampleFrames.START, ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Nested
    class KeepsTheContractEncrypted extends SessionRecorderContract {
        @Override
        protected SessionRecorder createRecorder() throws IOException {
            return CsvSessionRecorder.builder(folder)
                    .forceEveryRow()
                    .encryption(SampleFrames.cipher())
                    .create();
        }

        @Override
        protected List<Long> recordedFrames() throws IOException {
            return frames(Optional.of(SampleFrames.cipher()));
        }
    }

    @Test
    void aRowIsOneLineOfTheDocumentedColumns() throws IOException {
        SessionMetadata metadata = SessionMetadata.withoutConsent().withSessionId("S-7");
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(folder, metadata)) {
            recorder.record(SampleFrames.frame(4, 1_500_000_500L, List.of(SampleFrames.reading(2, 0, Emotion.SAD))));
            recorder.record(SampleFrames.frame(5, -20_000_000L, List.of()));
        }
        assertThat(Files.readString(folder.resolve("session.csv"))).isEqualTo("""
                        format_version,session_id,frame_index,media_time_ms,wall_time,origin,cut,face_id,x,y,width,height,detection,expression,confidence,angry,disgust,fear,happy,sad,surprise,neutral,raw_angry,raw_disgust,raw_fear,raw_happy,raw_sad,raw_surprise,raw_neutral,quality,face_size,sharpness,brightness,contrast,yaw,pitch,roll,quality_issues,subject,faces_in_sight,AU1,AU2,AU4,AU5,AU6,AU7,AU9,AU10,AU12,AU15,AU17,AU20,AU24,AU25,AU26,left_eye_closed,right_eye_closed,head_yaw,head_pitch,head_roll
                        1,S-7,4,1500.001,2026-01-02T03:04:05.132Z,"clip, ""one"".avi",0,2,10.0,20.0,30.0,40.0,0.9000,sad,1.0000,0.00000,0.00000,0.00000,0.00000,1.00000,0.00000,0.00000,0.14286,0.14286,0.14286,0.14286,0.14286,0.14286,0.14286,,,,,,,,,,1,1,,,,,,,,,,,,,,,,,,,,
                        1,S-7,5,-20.000,2026-01-02T03:04:05.165Z,"clip, ""one"".avi",0,,,,,,,none,,,,,,,,,,,,,,,,,,,,,,,,,,0,,,,,,,,,,,,,,,,,,,,
                        """);
    }

    @Test
    void sessionJsonSaysWhoAgreedWhatComputesAndWhatWasMarked() throws IOException {
        SessionMetadata metadata =
                SessionMetadata.of(CONSENT).withSubject("P-017").withSetting("window", "PT1S");
        try (CsvSessionRecorder recorder = CsvSessionRecorder.builder(folder)
                .metadata(metadata)
                .clock(CLOCK)
                .create()) {
            recorder.begin(List.of(StageMetadata.named("net").withSha256("ab12")));
            recorder.record(SampleFrames.frame(3));
            recorder.record(SampleFrames.frame(4));
            recorder.mark(1_234_567_000L, "exposure\nbegins");
        }
        SessionInfo info = SessionReader.readInfo(folder);
        assertThat(info.state()).isEqualTo(SessionState.FINISHED);
        assertThat(info.metadata())
                .isEqualTo(
                        metadata.withStages(List.of(StageMetadata.named("net").withSha256("ab12"))));
        assertThat(info.markers())
                .containsExactly(new SessionMarker(1_234_567_000L, SampleFrames.START, "exposure begins"));
        assertThat(info.counters()).contains(new SessionCounters(2, 1, 2));
        assertThat(info.started()).contains(SampleFrames.START);
        assertThat(info.versions()).containsKeys("emotion4j", "java", "os");
        assertThat(Files.readString(folder.resolve("session.json")))
                .contains("\"keepUntil\": \"2026-12-31\"", "\"time\": 1.234567", "\"formatVersion\": 1");
    }

    @Test
    void idsAreRandom() {
        assertThat(SessionMetadata.of(CONSENT).sessionId())
                .isNotEqualTo(SessionMetadata.of(CONSENT).sessionId());
    }

    @Test
    void noRowWaitsLongerThanTheIntervalForTheDisk() throws IOException {
        HandTurnedTimer timer = new HandTurnedTimer();
        try (CsvSessionRecorder recorder =
                CsvSessionRecorder.builder(folder).timer(timer).create()) {
            recorder.record(SampleFrames.frame(0));
            timer.pass(Duration.ofMillis(900));
            recorder.record(SampleFrames.frame(1));
            assertThat(recorder.forcedFrames()).isZero();
            timer.pass(Duration.ofMillis(100));
            assertThat(recorder.forcedFrames()).isEqualTo(2);
            recorder.record(SampleFrames.frame(2));
            timer.pass(Duration.ofSeconds(1));
            assertThat(recorder.forcedFrames()).isEqualTo(3);
        }
    }

    @Test
    void everyRowIsForcedWhereThatIsAsked() throws IOException {
        try (CsvSessionRecorder recorder =
                CsvSessionRecorder.builder(folder).forceEveryRow().create()) {
            recorder.record(SampleFrames.frame(0));
            assertThat(recorder.forcedFrames()).isEqualTo(1);
        }
    }

    @Test
    void aSecondSessionDoesNotTouchTheFirst() throws IOException {
        CsvSessionRecorder.create(folder).close();
        String before = Files.readString(folder.resolve("session.json"));
        assertThatThrownBy(() -> CsvSessionRecorder.create(folder))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("holds a session already");
        assertThat(folder.resolve("session.json")).hasContent(before);
    }

    @Test
    void aFolderThatIsBeingRecordedIntoIsNeitherRecoveredNorErasedNorRecordedIntoTwice() throws IOException {
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(folder)) {
            recorder.record(SampleFrames.frame(0));
            assertThatThrownBy(() -> CsvSessionRecorder.create(folder)).hasMessageContaining("is being recorded into");
            assertThatThrownBy(() -> SessionReader.recover(folder)).hasMessageContaining("is being recorded into");
            assertThatThrownBy(() -> SessionArchive.erase(folder)).hasMessageContaining("is being recorded into");
            try (SessionReader reader = SessionReader.open(folder)) {
                assertThat(reader.isBeingRecorded()).isTrue();
                assertThat(reader.isUnfinished()).isFalse();
                assertThat(reader.next()).isPresent();
            }
        }
    }

    @Test
    void anInterruptOfTheRecordingThreadDoesNotEndTheRecord() throws IOException {
        Thread.currentThread().interrupt();
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(folder)) {
            recorder.record(SampleFrames.frame(0));
            recorder.mark(0, "stopped by hand");
            recorder.force();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(frames(Optional.empty())).containsExactly(0L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFullDiskEndsTheRecordWithAClearWordAndKeepsWhatWasWritten(boolean encrypted) throws IOException {
        Optional<SessionCipher> cipher = encrypted ? Optional.of(SampleFrames.cipher()) : Optional.empty();
        SmallDisk disk = new SmallDisk(20_000);
        CsvSessionRecorder.Builder builder =
                CsvSessionRecorder.builder(folder).storage(disk).forceEveryRow();
        cipher.ifPresent(builder::encryption);
        CsvSessionRecorder recorder = builder.create();
        List<Long> recorded = new ArrayList<>();
        assertThatThrownBy(() -> {
                    for (long i = 0; i < 1000; i++) {
                        recorder.record(SampleFrames.frame(i));
                        recorded.add(i);
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("stopped after " + recorded.size() + " frames: No space left on device")
                .hasMessageContaining("stays readable in " + folder);
        assertThatThrownBy(() -> recorder.record(SampleFrames.frame(0))).hasMessageContaining("No space left");
        recorder.close();
        assertThat(recorded).hasSizeGreaterThan(5);
        try (SessionReader reader = SessionReader.open(folder, cipher)) {
            List<Long> read = new ArrayList<>();
            reader.forEachRemaining(frame -> {
                SampleFrames.requireSame(frame, SampleFrames.frame(frame.index()));
                read.add(frame.index());
            });
            assertThat(read).isEqualTo(recorded);
            assertThat(reader.problems()).isEmpty();
        }
    }

    @Test
    void aDiskThatIsFullForTheRowsAndNotForTheDescriptionSaysWhyInIt() throws IOException {
        SmallDisk disk = new SmallDisk(9_000);
        CsvSessionRecorder recorder =
                CsvSessionRecorder.builder(folder).storage(disk).clock(CLOCK).create();
        disk.fillRowsOnly();
        assertThatThrownBy(() -> {
                    for (long i = 0; i < 1000; i++) {
                        recorder.record(SampleFrames.frame(i));
                    }
                })
                .isInstanceOf(IOException.class);
        recorder.close();
        SessionInfo info = SessionReader.readInfo(folder);
        assertThat(info.state()).isEqualTo(SessionState.STOPPED);
        assertThat(info.reason()).contains("No space left on device");
        assertThat(info.ended()).contains(SampleFrames.START);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRecordThatHasFilledItsDiskSaysSoAndLeavesNothingElseBehind(boolean encrypted) throws IOException {
        Optional<SessionCipher> cipher = encrypted ? Optional.of(SampleFrames.cipher()) : Optional.empty();
        CsvSessionRecorder.Builder builder = CsvSessionRecorder.builder(folder)
                .storage(new SmallDisk(20_000))
                .withoutEvents()
                .forceEveryRow();
        cipher.ifPresent(builder::encryption);
        CsvSessionRecorder recorder = builder.create();
        recorder.mark(0, "begun");
        assertThatThrownBy(() -> {
                    for (long i = 0; i < 1000; i++) {
                        recorder.record(SampleFrames.frame(i));
                    }
                })
                .hasMessageContaining("No space left on device");
        recorder.close();
        SessionInfo info = SessionReader.readInfo(folder, cipher);
        assertThat(info.state()).isEqualTo(SessionState.STOPPED);
        assertThat(info.end()).contains(SessionEnd.RECORDING_FAILED);
        assertThat(info.reason()).contains("No space left on device");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(SessionFolder.rows(encrypted), SessionFolder.JSON);
        }
    }

    @Test
    void whatFailsOnlyWhenClosingIsThrownThen() throws IOException {
        SmallDisk disk = new SmallDisk(9_000);
        CsvSessionRecorder recorder =
                CsvSessionRecorder.builder(folder).storage(disk).create();
        recorder.record(SampleFrames.frame(0));
        disk.fill();
        assertThatThrownBy(recorder::close).hasMessageContaining("No space left on device");
        try (SessionReader reader = SessionReader.open(folder)) {
            assertThat(reader.isUnfinished()).isTrue();
            assertThat(reader.next()).isPresent();
        }
    }

    @Test
    void worksWithoutTinkOnTheClassPath() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (Class<?> type : List.of(
                CsvSessionRecorder.class,
                SessionRecorder.class,
                com.google.gson.Gson.class,
                de.siegmar.fastcsv.writer.CsvWriter.class,
                org.slf4j.Logger.class,
                org.slf4j.simple.SimpleLogger.class,
                org.jspecify.annotations.Nullable.class)) {
            urls.add(type.getProtectionDomain().getCodeSource().getLocation());
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            assertThatThrownBy(() -> loader.loadClass("com.google.crypto.tink.Aead"))
                    .isInstanceOf(ClassNotFoundException.class);
            Class<?> recorder = loader.loadClass(CsvSessionRecorder.class.getName());
            ((AutoCloseable) recorder.getMethod("create", Path.class).invoke(null, folder)).close();
            Class<?> reader = loader.loadClass(SessionReader.class.getName());
            ((AutoCloseable) reader.getMethod("open", Path.class).invoke(null, folder)).close();
        }
        assertThat(SessionReader.readInfo(folder).state()).isEqualTo(SessionState.FINISHED);
    }

    @Test
    void aConsentOfTheFutureIsRefusedAndNothingIsWritten() {
        Path later = folder.resolve("later");
        CsvSessionRecorder.Builder builder = CsvSessionRecorder.builder(later)
                .clock(Clock.fixed(CONSENT.agreedAt().minusSeconds(301), ZoneOffset.UTC))
                .metadata(SessionMetadata.of(CONSENT));
        assertThatThrownBy(builder::create)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the consent is dated 2026-01-02T03:00:00Z, expected a time up to now");
        assertThat(later).doesNotExist();
    }

    @Test
    void optionsAreCheckedAndSetOnce() {
        CsvSessionRecorder.Builder builder = CsvSessionRecorder.builder(folder);
        assertThatThrownBy(() -> builder.forceEvery(Duration.ZERO))
                .hasMessageContaining("forceEvery is PT0S, expected above PT0S and at most PT1M");
        builder.forceEvery(Duration.ofMillis(100));
        assertThatThrownBy(builder::forceEveryRow).hasMessageContaining("was set already to PT0.1S");
        assertThatThrownBy(() -> SessionMetadata.withoutConsent().withSubject("Anna Müller"))
                .hasMessageContaining("subjectId is \"Anna Müller\"");
        assertThatThrownBy(() -> new Consent(" ", SampleFrames.START, "x", LocalDate.MAX))
                .hasMessageContaining("agreedBy has 0 characters");
        assertThatThrownBy(() -> new Consent("x", SampleFrames.START, "x", LocalDate.of(2026, 1, 1)))
                .hasMessageContaining("keepUntil is 2026-01-01, expected the day of the agreement, 2026-01-02");
    }

    private List<Long> frames(Optional<SessionCipher> cipher) throws IOException {
        List<Long> frames = new ArrayList<>();
        try (SessionReader reader = SessionReader.open(folder, cipher)) {
            reader.forEachRemaining(frame -> {
                for (int i = 0; i < Math.max(1, frame.readings().size()); i++) {
                    frames.add(frame.index());
                }
            });
        }
        return frames;
    }
}
