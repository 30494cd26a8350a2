package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.session.SessionRecorder;
import org.emotion4j.testkit.SessionRecorderContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests run with German numbers and Indian time: neither may show in a record. */
class CsvSessionRecorderTest extends SessionRecorderContract {
    @TempDir
    Path folder;

    @Override
    protected SessionRecorder createRecorder() throws IOException {
        return CsvSessionRecorder.create(folder.resolve("contract"));
    }

    @Override
    protected List<Long> recordedFrames() throws IOException {
        return read(folder.resolve("contract")).stream()
                .map(row -> Long.parseLong(row.getField("frame_index")))
                .toList();
    }

    @Test
    void writesNumbersWithFixedDecimalsAndADot() throws IOException {
        record(result(List.of(reading(Optional.of(Emotion.HAPPY)))));
        NamedCsvRecord row = read(folder).get(0);
        assertThat(row.getField("x")).isEqualTo("10.5");
        assertThat(row.getField("detection")).isEqualTo("0.9000");
        assertThat(row.getField("confidence")).isEqualTo("0.7500");
        assertThat(row.getField("happy")).isEqualTo("0.75000");
        assertThat(row.getField("raw_sad")).isEqualTo("1.00000");
    }

    @Test
    void writesWallTimeInUtcAndAlwaysInMilliseconds() throws IOException {
        record(result(List.of()));
        assertThat(read(folder).get(0).getField("wall_time")).isEqualTo("2026-01-02T03:04:05.000Z");
    }

    @Test
    void everyRowNamesTheFormatAndTheSession() throws IOException {
        SessionMetadata metadata = SessionMetadata.withoutConsent();
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(folder, metadata)) {
            recorder.record(result(List.of()));
        }
        assertThat(read(folder).get(0).getField("format_version")).isEqualTo("1");
        assertThat(read(folder).get(0).getField("session_id")).isEqualTo(metadata.sessionId());
    }

    @Test
    void writesTheLabel() throws IOException {
        record(result(List.of(reading(Optional.of(Emotion.HAPPY)))));
        assertThat(read(folder).get(0).getField("expression")).isEqualTo("happy");
    }

    @Test
    void aReadingWithoutALabelIsToldFromAFrameWithoutAFace() throws IOException {
        record(result(List.of(reading(Optional.empty()))), result(List.of()));
        List<NamedCsvRecord> rows = read(folder);
        assertThat(rows).extracting(row -> row.getField("expression")).containsOnly("none");
        assertThat(rows.get(0).getField("face_id")).isEqualTo("1");
        assertThat(rows.get(1).getField("face_id")).isEmpty();
        assertThat(rows.get(1).getField("happy")).isEmpty();
    }

    @Test
    void everyRowHasEveryColumn() throws IOException {
        record(result(List.of(reading(Optional.of(Emotion.HAPPY)))), result(List.of()));
        assertThat(read(folder)).allSatisfy(row -> assertThat(row.getFieldCount())
                .isEqualTo(CsvSessionRecorder.columns().size()));
    }

    @Test
    void theHeaderNamesTheColumns() throws IOException {
        record();
        assertThat(Files.readString(folder.resolve("session.csv")))
                .isEqualTo(String.join(",", CsvSessionRecorder.columns()) + "\n");
    }

    @Test
    void namesThatHoldSeparatorsComeBackAsTheyWereOnOneLine() throws IOException {
        record(result(List.of()));
        assertThat(read(folder).get(0).getField("origin")).isEqualTo("a, \"quoted\" name ü.png");
    }

    @Test
    void theSameResultsGiveTheSameBytes() throws IOException {
        SessionMetadata metadata = SessionMetadata.withoutConsent();
        for (String session : List.of("one", "two")) {
            try (CsvSessionRecorder recorder = CsvSessionRecorder.create(folder.resolve(session), metadata)) {
                recorder.record(result(List.of(reading(Optional.of(Emotion.HAPPY)))));
            }
        }
        assertThat(folder.resolve("two/session.csv")).hasSameBinaryContentAs(folder.resolve("one/session.csv"));
    }

    @Test
    void createsTheFolder() throws IOException {
        CsvSessionRecorder.create(folder.resolve("a/b/c")).close();
        assertThat(folder.resolve("a/b/c/session.csv")).exists();
    }

    @Test
    void neverWritesOverARecord() throws IOException {
        record(result(List.of()));
        byte[] before = Files.readAllBytes(folder.resolve("session.csv"));
        assertThatThrownBy(() -> CsvSessionRecorder.create(folder))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("session.csv")
                .hasMessageContaining("choose another folder");
        assertThat(folder.resolve("session.csv")).hasBinaryContent(before);
    }

    @Test
    void refusesAFrameOnceItIsClosed() throws IOException {
        CsvSessionRecorder recorder = CsvSessionRecorder.create(folder);
        recorder.close();
        assertThatThrownBy(() -> recorder.record(result(List.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("session.csv was closed");
    }

    private void record(FrameResult... results) throws IOException {
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(folder)) {
            for (FrameResult result : results) {
                recorder.record(result);
            }
        }
    }

    private static List<NamedCsvRecord> read(Path session) throws IOException {
        try (CsvReader<NamedCsvRecord> csv =
                CsvReader.builder().ofNamedCsvRecord(session.resolve("session.csv"), StandardCharsets.UTF_8)) {
            return csv.stream().toList();
        }
    }

    private static EmotionReading reading(Optional<Emotion> label) {
        return new EmotionReading(
                1,
                1_234_567_890,
                new DetectedFace(new BoundingBox(10.5, 20, 30, 30), 0.9),
                EmotionScores.certain(Emotion.SAD),
                EmotionScores.of(0, 0, 0, 0.75f, 0.25f, 0, 0),
                label);
    }

    private static FrameResult result(List<EmotionReading> readings) {
        return new FrameResult(
                3,
                1_234_567_890,
                Instant.parse("2026-01-02T03:04:05.000000700Z"),
                "a, \"quoted\"\nname ü.png",
                640,
                480,
                false,
                readings,
                new StageTimings(1, 2, 3, 6));
    }
}
