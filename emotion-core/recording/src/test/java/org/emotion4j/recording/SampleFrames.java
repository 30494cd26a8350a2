package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.subtle.AesGcmJce;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.emotion.FacialMovements;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.face.HeadPose;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;

/** Frames that follow from their number alone, so that another process can make the same ones. */
final class SampleFrames {
    static final int RECORDED = 3;
    static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private SampleFrames() {}

    /** Records the first {@value #RECORDED} of them. */
    static Path recorded(Path folder, Optional<SessionCipher> cipher) throws IOException {
        CsvSessionRecorder.Builder builder = CsvSessionRecorder.builder(folder);
        cipher.ifPresent(builder::encryption);
        try (CsvSessionRecorder recorder = builder.create()) {
            for (int i = 0; i < RECORDED; i++) {
                recorder.record(frame(i));
                recorder.force();
            }
            recorder.mark(33_333_000, "begins");
        }
        return folder;
    }

    /** Makes a folder as a session lies there whose recorder was ended in its midst: what a recorder has forced, while it goes on. */
    static Path cutOff(Path folder, Path recorded, CsvSessionRecorder.Builder builder, int frames) throws IOException {
        Files.createDirectory(folder);
        try (CsvSessionRecorder recorder = builder.forceEveryRow().create()) {
            for (int i = 0; i < frames; i++) {
                recorder.record(frame(i));
            }
            for (String name : List.of(SessionFolder.JSON, SessionFolder.rows(false), SessionFolder.rows(true))) {
                if (Files.exists(recorded.resolve(name))) {
                    Files.copy(recorded.resolve(name), folder.resolve(name));
                }
            }
        }
        return folder;
    }

    /** What is done with a file that is another for a moment. */
    interface Reading {
        void run() throws Exception;
    }

    /** Reads with other bytes in a file, which has its own again afterwards; who refuses them says whose they are. */
    static void requireReadOrRefused(Path file, byte[] bytes, Reading reading) throws Exception {
        byte[] recorded = Files.readAllBytes(file);
        Files.write(file, bytes);
        try {
            reading.run();
        } catch (SessionFormatException refused) {
            assertThat(refused.getMessage()).contains(CsvSessionRecorder.FILE_NAME);
        } finally {
            Files.write(file, recorded);
        }
    }

    /** The file of notes of a session to which one of each kind was added; the session has none afterwards. */
    static byte[] annotated(Path session, Optional<SessionCipher> cipher) throws IOException {
        SessionNotes notes = cipher.map(key -> SessionNotes.of(session, key)).orElse(SessionNotes.of(session));
        notes.note("M", "looks \"down\", and up");
        notes.mark("M", 1_000_000, "begins");
        notes.correct("M", 0, 2_000_000, Optional.of(Emotion.SAD));
        notes.correct("N", 1_000_000, 3_000_000, Optional.empty());
        notes.figure("M", "PHQ-9", 7.5);
        notes.withdraw("N", 1);
        Path file = session.resolve(SessionFolder.notes(cipher.isPresent()));
        byte[] written = Files.readAllBytes(file);
        Files.delete(file);
        return written;
    }

    /** Every seventh frame has no face, every fifth two. */
    static FrameResult frame(long index) {
        int faces = index % 7 == 3 ? 0 : index % 5 == 4 ? 2 : 1;
        Random random = new Random(index);
        List<EmotionReading> readings = new ArrayList<>();
        for (int id = 1; id <= faces; id++) {
            EmotionScores scores = scores(random);
            readings.add(new EmotionReading(
                    id,
                    index * 33_333_000L,
                    new DetectedFace(
                            new BoundingBox(random.nextInt(500), random.nextInt(300), 80.5, 90.25),
                            random.nextInt(10_001) / 10_000.0),
                    scores(random),
                    scores,
                    scores.confidence() < 0.3 ? Optional.empty() : Optional.of(scores.top()),
                    quality(random),
                    movements(random)));
        }
        return frame(index, index * 33_333_000L, readings);
    }

    /** Every fourth face was not judged, every second one has no pose. */
    private static Optional<FaceQuality> quality(Random random) {
        if (random.nextInt(4) == 0) {
            return Optional.empty();
        }
        return Optional.of(new FaceQuality(
                random.nextInt(1_001) / 1e3,
                random.nextInt(2_000) / 10.0,
                random.nextInt(2_000) / 1e3,
                random.nextInt(1_001) / 1e3,
                random.nextInt(500) / 1e3,
                random.nextBoolean()
                        ? Optional.of(new HeadPose(random.nextInt(90) - 45, 12.5, -0.1))
                        : Optional.empty(),
                random.nextBoolean() ? Set.of(FaceQuality.Issue.TOO_DARK, FaceQuality.Issue.BLURRED) : Set.of()));
    }

    /** Every third face's movements are not known. */
    private static Optional<FacialMovements> movements(Random random) {
        if (random.nextInt(3) == 0) {
            return Optional.empty();
        }
        float[] intensities = new float[FacialMovement.COUNT];
        for (int i = 0; i < intensities.length; i++) {
            intensities[i] = random.nextInt(1_001) / 1e3f;
        }
        return Optional.of(FacialMovements.of(
                intensities,
                random.nextInt(1_001) / 1e3,
                random.nextInt(1_001) / 1e3,
                new HeadPose(random.nextInt(100) - 50, -7.5, 3.1)));
    }

    static FrameResult frame(long index, long mediaNanos, List<EmotionReading> readings) {
        return new FrameResult(
                index,
                mediaNanos,
                START.plusMillis(index * 33),
                "clip, \"one\".avi",
                640,
                480,
                index == 0,
                readings,
                new StageTimings(1, 2, 3, 6));
    }

    static EmotionReading reading(int id, long mediaNanos, Emotion emotion) {
        return new EmotionReading(
                id,
                mediaNanos,
                new DetectedFace(new BoundingBox(10, 20, 30, 40), 0.9),
                EmotionScores.uniform(),
                EmotionScores.certain(emotion),
                Optional.of(emotion));
    }

    static EmotionScores scores(Random random) {
        float[] weights = new float[EmotionScores.SIZE];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextFloat() * random.nextFloat() + 0.001f;
        }
        return EmotionScores.ofWeights(weights);
    }

    /** Throws unless a frame is the recorded one, in every number that is recorded. */
    static void requireSame(RecordedFrame read, FrameResult recorded) {
        require(read.readings().size() == recorded.readings().size(), "faces", read, recorded);
        requireNoHalfRow(read, recorded);
    }

    /** Like {@link #requireSame}, for frames of which a whole row may be missing. */
    static void requireNoHalfRow(RecordedFrame read, FrameResult recorded) {
        require(read.index() == recorded.index(), "index", read, recorded);
        require(read.mediaNanos() == recorded.mediaNanos(), "time", read, recorded);
        require(read.wallTime().equals(recorded.wallTime()), "wall time", read, recorded);
        require(read.origin().equals(recorded.origin()), "origin", read, recorded);
        require(read.discontinuity() == recorded.discontinuity(), "cut", read, recorded);
        for (EmotionReading reading : read.readings()) {
            require(
                    recorded.readings().stream().anyMatch(original -> same(reading, original)),
                    "a reading",
                    read,
                    recorded);
        }
    }

    /** A key for tests, the same in each process. */
    static SessionCipher cipher() {
        return cipher((byte) 7);
    }

    static SessionCipher cipher(byte seed) {
        byte[] key = new byte[32];
        key[0] = seed;
        try {
            return TinkSessionCipher.of(new AesGcmJce(key));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean same(EmotionReading read, EmotionReading recorded) {
        return read.faceId() == recorded.faceId()
                && read.label().equals(recorded.label())
                && close(read.face().box().x(), recorded.face().box().x(), 0.0501)
                && close(read.face().box().height(), recorded.face().box().height(), 0.0501)
                && close(read.face().confidence(), recorded.face().confidence(), 5.1e-5)
                && same(read.scores(), recorded.scores())
                && same(read.raw(), recorded.raw())
                && read.quality().equals(recorded.quality());
    }

    private static boolean same(EmotionScores read, EmotionScores recorded) {
        for (int i = 0; i < EmotionScores.SIZE; i++) {
            if (!close(read.get(i), recorded.get(i), 5e-5)) {
                return false;
            }
        }
        return true;
    }

    private static boolean close(double one, double other, double by) {
        return Math.abs(one - other) <= by;
    }

    private static void require(boolean holds, String what, RecordedFrame read, FrameResult recorded) {
        if (!holds) {
            throw new AssertionError(what + " differs: read " + read + ", recorded " + recorded);
        }
    }
}
