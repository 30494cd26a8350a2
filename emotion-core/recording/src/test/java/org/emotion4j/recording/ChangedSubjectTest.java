package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.Subject;
import org.emotion4j.reading.SubjectRule;
import org.emotion4j.session.PipelineSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose a row is stands in {@code session.json} too: figures of one person must not be made of another's rows. */
class ChangedSubjectTest {
    private static final int FRAMES = 60;
    private static final int FACE = CsvSessionRecorder.columns().indexOf("face_id");
    private static final int SUBJECT = CsvSessionRecorder.columns().indexOf("subject");

    @TempDir
    private Path folder;

    /** Face 1 until it is lost in frame 20; face 3, who is the same person, from frame 25 on. Face 9 is somebody else. */
    private static OptionalInt about(int frame) {
        return frame < 20 ? OptionalInt.of(1) : frame < 25 ? OptionalInt.empty() : OptionalInt.of(3);
    }

    @Test
    void rowsAsTheyWereRecordedAreRead() throws IOException {
        record(ChangedSubjectTest::about);
        assertThat(framesRead()).isEqualTo(FRAMES);
    }

    @Test
    void aFaceIdThatWasFilledDownIsNamed() throws IOException {
        record(ChangedSubjectTest::about);
        change(FACE, "3", "1");
        assertNamed("face_id is 1 with 1 in subject", "the record is about face 3 from 1.000 s on");
    }

    @Test
    void aFaceIdThatWasChangedInOneRowIsNamed() throws IOException {
        record(ChangedSubjectTest::about);
        Path csv = folder.resolve("session.csv");
        List<String> rows = new ArrayList<>(Files.readAllLines(csv));
        assertThat(rows.get(1).split(",")[FACE]).isEqualTo("1");
        rows.set(1, with(rows.get(1), FACE, "7"));
        Files.write(csv, rows);
        assertNamed("line 2: face_id is 7 with 1 in subject", "the record is about face 1 from 0.000 s on");
    }

    @Test
    void aSubjectThatWasFilledDownIsNamed() throws IOException {
        for (String value : List.of("0", "1")) {
            erase();
            record(ChangedSubjectTest::about);
            change(SUBJECT, value.equals("1") ? "0" : "1", value);
            assertNamed(value + " in subject", "the record is about");
        }
    }

    @Test
    void rowsThatAreNewerThanTheDescriptionAreNoContradiction() throws IOException {
        record(ChangedSubjectTest::about);
        Path json = folder.resolve("session.json");
        String ended = Files.readString(json);
        int third = ended.lastIndexOf(",", ended.lastIndexOf("\"time\": 1.000000"));
        String older = ended.substring(0, third).replaceFirst("\"changeCount\": 3", "\"changeCount\": 2")
                + ended.substring(ended.indexOf(']', third));
        Files.writeString(json, older.replace("\"state\": \"finished\"", "\"state\": \"recovered\""));
        assertThat(framesRead()).isEqualTo(FRAMES);
        Files.writeString(json, older);
        assertNamed("face_id is 3 with 1 in subject", "the record is about nobody from 0.800 s on");
    }

    @Test
    void picturesThatDoNotFollowFromOneAnotherHaveAFaceEach() throws IOException {
        record(frame -> OptionalInt.of(frame % 3 + 1), frame -> true);
        assertThat(framesRead()).isEqualTo(FRAMES);
    }

    @Test
    void afterACutThatIsFollowedByAnotherNothingIsSaidUntilTheNextChange() throws IOException {
        record(frame -> OptionalInt.of(frame < 10 ? 1 : frame < 11 ? 2 : 3), frame -> frame == 10 || frame == 11);
        assertThat(framesRead()).isEqualTo(FRAMES);
    }

    private void record(IntFunction<OptionalInt> about) throws IOException {
        record(about, frame -> frame == 0);
    }

    private void record(IntFunction<OptionalInt> about, IntFunction<Boolean> cuts) throws IOException {
        PipelineSettings settings = new PipelineSettings(List.of(), Map.of());
        try (CsvSessionRecorder recorder = CsvSessionRecorder.builder(folder)
                .metadata(SessionMetadata.withoutConsent().withPipeline(settings))
                .create()) {
            for (int i = 0; i < FRAMES; i++) {
                long nanos = i * 40_000_000L;
                List<EmotionReading> readings = new ArrayList<>();
                about.apply(i).ifPresent(id -> readings.add(SampleFrames.reading(id, nanos, Emotion.HAPPY)));
                readings.add(SampleFrames.reading(9, nanos, Emotion.SAD));
                Subject subject = new Subject(
                        SubjectRule.largestFace(),
                        about.apply(i),
                        about.apply(i).isPresent() ? Subject.Basis.LARGEST : Subject.Basis.NONE,
                        readings.size(),
                        false);
                FrameResult of = SampleFrames.frame(i, nanos, readings);
                recorder.record(new FrameResult(
                        of.index(),
                        nanos,
                        of.wallTime(),
                        "clip.avi",
                        of.width(),
                        of.height(),
                        cuts.apply(i),
                        readings,
                        of.timings(),
                        Optional.of(subject)));
            }
        }
    }

    private void erase() throws IOException {
        if (SessionArchive.isSession(folder)) {
            SessionArchive.erase(folder);
            Files.createDirectories(folder);
        }
    }

    private void change(int column, String from, String to) throws IOException {
        Path csv = folder.resolve("session.csv");
        List<String> rows = new ArrayList<>();
        for (String row : Files.readAllLines(csv)) {
            String cell = row.split(",", -1)[column];
            rows.add(cell.equals(from) ? with(row, column, to) : row);
        }
        Files.write(csv, rows);
    }

    private static String with(String row, int column, String value) {
        String[] cells = row.split(",", -1);
        cells[column] = value;
        return String.join(",", cells);
    }

    private long framesRead() throws IOException {
        try (SessionReader reader = SessionReader.open(folder)) {
            reader.forEachRemaining(frame -> {});
            return reader.counters().frames();
        }
    }

    private void assertNamed(String... words) {
        assertThatThrownBy(this::framesRead)
                .isInstanceOf(SessionFormatException.class)
                .hasMessageContaining("session.csv, line ")
                .hasMessageContainingAll(words)
                .hasMessageContaining("read the file that was recorded");
    }
}
