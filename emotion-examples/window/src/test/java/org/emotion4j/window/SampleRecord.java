package org.emotion4j.window;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.recording.Consent;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionMetadata;
import org.emotion4j.session.SessionEnd;
import org.emotion4j.session.UnreadInput;

/**
 * Records whose frames follow from their number: a neutral face that smiles for a second and a half every ten seconds, the higher the
 * later, at the times of {@link SampleFilm}; nobody in sight from 7 to 8 s, nothing analysed from 12 to 14 s.
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
        Consent consent = new Consent(
                Consent.PERSON_RECORDED,
                start,
                "therapy follow-up",
                LocalDate.ofInstant(start, ZoneOffset.UTC).plusDays(90));
        try (CsvSessionRecorder recorder = CsvSessionRecorder.builder(folder)
                .metadata(SessionMetadata.of(consent).withSubject(subject))
                .clock(Clock.fixed(start, ZoneOffset.UTC))
                .create()) {
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
