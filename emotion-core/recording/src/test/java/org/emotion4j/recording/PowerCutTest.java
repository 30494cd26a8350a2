package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.emotion4j.recording.SimulatedDisk.Fate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The power goes after every single step that recording takes. Whatever became of what was not forced, the session opens,
 * every forced row is there, and no row is half. {@code -Demotion4j.powercut.tries=100} tries more ways of losing.
 */
@Tag("crash")
@Tag("slow")
class PowerCutTest {
    private static final int FRAMES = 24;
    private static final SessionMetadata SESSION = SessionMetadata.withoutConsent();
    private static final int TRIES = Integer.getInteger("emotion4j.powercut.tries", 3);

    /** What has been promised once a number of steps is done. */
    private record Promise(long forcedFrames, int markers) {}

    @TempDir
    Path folder;

    private final TreeMap<Integer, Promise> promises = new TreeMap<>();
    private int images;

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void everyPrefixOpensWithAllForcedRows(boolean encrypted, boolean everyRow) throws IOException {
        Optional<SessionCipher> cipher = encrypted ? Optional.of(SampleFrames.cipher()) : Optional.empty();
        SimulatedDisk disk = record(cipher, everyRow);
        for (int steps = 0; steps <= disk.steps(); steps++) {
            check(disk, steps, Fate.LOST, new Random(steps), cipher);
            check(disk, steps, Fate.KEPT, new Random(steps), cipher);
            for (int seed = 0; seed < TRIES; seed++) {
                check(disk, steps, Fate.TORN, new Random(1000L * steps + seed), cipher);
                check(disk, steps, Fate.OUT_OF_ORDER, new Random(1000L * steps + seed), cipher);
            }
        }
        assertThat(images).isEqualTo((disk.steps() + 1) * (2 + 2 * TRIES));
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void recoveryItselfMayBeCutOff(boolean encrypted) throws IOException {
        Optional<SessionCipher> cipher = encrypted ? Optional.of(SampleFrames.cipher()) : Optional.empty();
        SimulatedDisk disk = record(cipher, false);
        Random random = new Random(1);
        for (int steps : promises.keySet().stream().toList()) {
            Path torn = folder.resolve("torn-" + steps);
            disk.cutPower(steps, Fate.OUT_OF_ORDER, random, torn);
            SimulatedDisk second = new SimulatedDisk(torn);
            SessionRecovery.of(torn, cipher, second);
            for (int cut = 0; cut <= second.steps(); cut++) {
                Path image = folder.resolve("image");
                second.cutPower(cut, Fate.OUT_OF_ORDER, random, image);
                checkImage(image, promises.get(steps), cipher);
                erase(image);
            }
        }
    }

    private SimulatedDisk record(Optional<SessionCipher> cipher, boolean everyRow) throws IOException {
        Path live = folder.resolve("live");
        SimulatedDisk disk = new SimulatedDisk(live);
        HandTurnedTimer timer = new HandTurnedTimer();
        CsvSessionRecorder.Builder builder = CsvSessionRecorder.builder(live)
                .metadata(SESSION)
                .clock(Clock.fixed(SampleFrames.START, ZoneOffset.UTC))
                .storage(disk)
                .timer(timer);
        if (everyRow) {
            builder.forceEveryRow();
        }
        cipher.ifPresent(builder::encryption);
        CsvSessionRecorder recorder = builder.create();
        int markers = 0;
        promise(disk, recorder, markers);
        Random random = new Random(5);
        for (int i = 0; i < FRAMES; i++) {
            recorder.record(SampleFrames.frame(i));
            promise(disk, recorder, markers);
            if (i % 8 == 5) {
                recorder.mark(i * 1_000_000L, "marker " + i);
                markers++;
                promise(disk, recorder, markers);
            }
            timer.pass(Duration.ofMillis(random.nextInt(500)));
            promise(disk, recorder, markers);
        }
        recorder.close();
        promises.put(disk.steps(), new Promise(FRAMES, markers));
        return disk;
    }

    private void promise(SimulatedDisk disk, CsvSessionRecorder recorder, int markers) {
        promises.put(disk.steps(), new Promise(recorder.forcedFrames(), markers));
    }

    private void check(SimulatedDisk disk, int steps, Fate fate, Random random, Optional<SessionCipher> cipher)
            throws IOException {
        Path image = folder.resolve("image");
        disk.cutPower(steps, fate, random, image);
        images++;
        try {
            if (promises.floorEntry(steps) == null) {
                checkUnborn(image, cipher);
            } else {
                checkImage(image, promises.floorEntry(steps).getValue(), cipher);
            }
        } catch (IOException | AssertionError e) {
            throw new AssertionError("after step " + steps + " of " + disk.steps() + ", unforced " + fate, e);
        }
        erase(image);
    }

    /** Before the recorder was there nothing was promised: no session, or an empty one. */
    private static void checkUnborn(Path image, Optional<SessionCipher> cipher) throws IOException {
        try (SessionReader reader = SessionReader.open(image, cipher)) {
            assertThat(reader.next()).isEmpty();
        } catch (SessionFormatException e) {
            assertThat(e).hasMessageContaining("is no session");
        }
    }

    private void checkImage(Path image, Promise promise, Optional<SessionCipher> cipher) throws IOException {
        List<RecordedFrame> read = read(image, promise, cipher, false);
        SessionRecovery.of(image, cipher, new SimulatedDisk(image));
        List<RecordedFrame> recovered = read(image, promise, cipher, true);
        assertThat(recovered).isEqualTo(read);
        if (cipher.isEmpty()) {
            Set<String> whole = wholeLines();
            assertThat(Files.readAllLines(image.resolve(SessionFolder.ROWS)).stream()
                            .skip(1))
                    .allSatisfy(line -> assertThat(line).isIn(whole));
        }
    }

    private static List<RecordedFrame> read(
            Path image, Promise promise, Optional<SessionCipher> cipher, boolean recovered) throws IOException {
        List<RecordedFrame> frames = new ArrayList<>();
        try (SessionReader reader = SessionReader.open(image, cipher)) {
            assertThat(reader.info().markers()).hasSizeGreaterThanOrEqualTo(promise.markers());
            assertThat(reader.isUnfinished()).isEqualTo(reader.info().state() == SessionState.RECORDING);
            reader.forEachRemaining(frames::add);
            if (recovered || !reader.isUnfinished()) {
                assertThat(reader.isUnfinished()).isFalse();
                assertThat(reader.problems()).isEmpty();
            }
            if (reader.info().state() == SessionState.FINISHED) {
                assertThat(frames).hasSize(FRAMES);
            }
        }
        long last = -1;
        for (RecordedFrame frame : frames) {
            assertThat(frame.index()).isGreaterThan(last);
            last = frame.index();
            SampleFrames.requireNoHalfRow(frame, SampleFrames.frame(frame.index()));
        }
        assertThat((long) frames.size()).as("forced frames").isGreaterThanOrEqualTo(promise.forcedFrames());
        for (int i = 0; i < promise.forcedFrames(); i++) {
            SampleFrames.requireSame(frames.get(i), SampleFrames.frame(i));
        }
        return frames;
    }

    private static Set<String> wholeLines() {
        CsvRows rows = new CsvRows(SESSION.sessionId());
        return IntStream.range(0, FRAMES)
                .mapToObj(i -> new String(rows.of(SampleFrames.frame(i)), StandardCharsets.UTF_8))
                .flatMap(String::lines)
                .collect(Collectors.toSet());
    }

    private static void erase(Path image) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(image)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }
}
