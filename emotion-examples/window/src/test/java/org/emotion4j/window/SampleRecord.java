package org.emotion4j.window;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.recording.Consent;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionCipher;
import org.emotion4j.recording.SessionMetadata;
import org.emotion4j.session.SessionEnd;
import org.emotion4j.session.UnreadInput;

/**
 * Records whose frames follow from their number: a neutral face that smiles for a second and a half every ten seconds, the higher the
 * later, at the times of {@link SampleFilm}; nobody in sight from 7 to 8 s, nothing analyzed from 12 to 14 s.
 */
final class SampleRecord {
    static final Instant START = Instant.parse("2026-03-02T15:00:00Z");
    private static final long STEP = 1_000_000_000L / SampleFilm.RATE;

    private SampleRecord() {}

    /** Records so many seconds of a film. */
    static Path write(Path folder, Path film, int seconds) throws IOException {
        return write(folder, film, seconds, "P-1", START);
    }

    static Path write(Path folder, Path film, int seconds, String subject, Instant start) throws IOException {
        return write(folder, film, seconds, subject, start, Optional.empty());
    }

    /** The same, encrypted where there is a key. */
    static Path write(
            Path folder, Path film, int seconds, String subject, Instant start, Optional<SessionCipher> cipher)
            throws IOException {
        Consent consent = new Consent(
                Consent.PERSON_RECORDED,
                start,
                "therapy follow-up",
                LocalDate.ofInstant(start, ZoneOffset.UTC).plusDays(90));
        CsvSessionRecorder.Builder builder = CsvSessionRecorder.builder(folder)
                .metadata(SessionMetadata.of(consent).withSubject(subject))
                .clock(Clock.fixed(start, ZoneOffset.UTC));
        cipher.ifPresent(builder::encryption);
        try (CsvSessionRecorder recorder = builder.create()) {
            int frames = seconds * SampleFilm.RATE;
            for (int i = 0; i < frames; i++) {
                double time = i / (double) SampleFilm.RATE;
                if (time < 12 || time >= 14) {
                    recorder.record(frame(i, time, film, start));
                }
            }
            recorder.mark(2_000_000_000L, "rest");
            if (seconds > 10) {
                recorder.mark(9_000_000_000L, "about the mother");
            }
            recorder.end(SessionEnd.FINISHED, Optional.empty(), UnreadInput.NONE);
        }
        return folder;
    }

    /** Records pictures that do not follow from one another, a second each, without a face. */
    static Path ofPictures(Path folder, List<Path> pictures) throws IOException {
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(folder)) {
            for (int i = 0; i < pictures.size(); i++) {
                recorder.record(new FrameResult(
                        i,
                        i * 1_000_000_000L,
                        START.plusSeconds(i),
                        pictures.get(i).toString(),
                        SampleFilm.WIDTH,
                        SampleFilm.HEIGHT,
                        true,
                        List.of(),
                        new StageTimings(1, 2, 3, 6)));
            }
            recorder.end(SessionEnd.FINISHED, Optional.empty(), UnreadInput.NONE);
        }
        return folder;
    }

    /** A key that is drawn now. */
    static SessionCipher key() {
        byte[] key = new byte[16];
        new SecureRandom().nextBytes(key);
        return new Aes(new SecretKeySpec(key, "AES"));
    }

    /** AES-GCM, with the nonce in front. */
    private record Aes(SecretKeySpec key) implements SessionCipher {
        private static final int NONCE = 12;

        @Override
        public byte[] seal(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
            byte[] nonce = new byte[NONCE];
            new SecureRandom().nextBytes(nonce);
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, associatedData).doFinal(plaintext);
            return ByteBuffer.allocate(NONCE + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        }

        @Override
        public byte[] open(byte[] sealed, byte[] associatedData) throws GeneralSecurityException {
            return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE), associatedData)
                    .doFinal(sealed, NONCE, sealed.length - NONCE);
        }

        private Cipher cipher(int mode, byte[] nonce, byte[] associatedData) throws GeneralSecurityException {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(128, nonce));
            cipher.updateAAD(associatedData);
            return cipher;
        }
    }

    private static FrameResult frame(int index, double time, Path film, Instant start) {
        double smile = Math.max(0, 1 - Math.abs(time % 10 - 5) / 0.75) * Math.min(0.95, 0.5 + time / 100);
        float[] weights = {0.02f, 0.02f, 0.02f, (float) smile + 0.02f, 0.02f, 0.02f, (float) (1 - smile)};
        EmotionScores scores = EmotionScores.ofWeights(weights);
        long nanos = index * STEP;
        EmotionReading reading = new EmotionReading(
                1,
                nanos,
                new DetectedFace(new BoundingBox(170, 110, 130, 160), 0.9),
                scores,
                scores,
                Optional.of(smile > 0.5 ? Emotion.HAPPY : Emotion.NEUTRAL));
        return new FrameResult(
                index,
                nanos,
                start.plusNanos(nanos),
                film.toString(),
                SampleFilm.WIDTH,
                SampleFilm.HEIGHT,
                index == 0,
                time >= 7 && time < 8 ? List.of() : List.of(reading),
                new StageTimings(1, 2, 3, 6));
    }
}
