package org.emotion4j.annotation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionMetadata;
import org.emotion4j.recording.SessionReader;

/** A session of a film of ten seconds, ten frames a second, with a marker, and what it is exported as. */
final class FilmSession {
    private FilmSession() {}

    static Path recorded(Path folder, String id) throws IOException {
        try (CsvSessionRecorder recorder = CsvSessionRecorder.builder(folder)
                .metadata(new SessionMetadata(id, Optional.empty(), Optional.empty(), List.of(), Map.of()))
                .create()) {
            for (int i = 0; i < 100; i++) {
                recorder.record(frame(i));
            }
            recorder.mark(2_000_000_000L, "begins");
        }
        return folder;
    }

    static String elan(Path session) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AnnotationExport.elan(annotations(session), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    static String boris(Path session) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AnnotationExport.boris(List.of(annotations(session)), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static SessionAnnotations annotations(Path session) throws IOException {
        try (SessionReader reader = SessionReader.open(session)) {
            return SessionAnnotations.of(reader);
        }
    }

    private static FrameResult frame(int index) {
        long nanos = index * 100_000_000L;
        EmotionScores seen = EmotionScores.certain(index < 50 ? Emotion.NEUTRAL : Emotion.HAPPY);
        return new FrameResult(
                index,
                nanos,
                Instant.parse("2026-01-02T03:04:05Z").plusNanos(nanos),
                "film.mp4",
                640,
                480,
                index == 0,
                List.of(new EmotionReading(
                        1,
                        nanos,
                        new DetectedFace(new BoundingBox(10, 20, 100, 120), 0.9),
                        seen,
                        seen,
                        Optional.of(seen.top()))),
                new StageTimings(1, 2, 3, 6));
    }
}
