package org.emotion4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.emotion.BrightnessClassifier;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.ScriptedFrameSource;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.Subject;
import org.emotion4j.reading.SubjectRule;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.RecordedSubject;
import org.emotion4j.recording.SessionExport;
import org.emotion4j.recording.SessionReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bright face that is always happy, left, and a dark one that is always sad, right; they take turns in size. */
class SubjectOfARecordTest {
    /** The columns behind, which these classifiers leave empty. */
    private static final String NO_MOVEMENTS = ",".repeat(20);

    private static final int FRAMES = 40;

    @TempDir
    Path folder;

    private final List<FrameResult> results = new ArrayList<>();

    @Test
    void facesThatTakeTurnsInSizeAreNotSplicedToAThirdPerson() throws IOException {
        SessionSummary summary = summaryOf(builder());

        assertThat(summary.share(Emotion.HAPPY)).isEqualTo(1);
        assertThat(summary.transitions().total()).isZero();
        assertThat(summary.counters().readings()).isEqualTo(FRAMES);
    }

    @Test
    void theFaceAskedForIsTheOneInEveryFigure() throws IOException {
        SessionSummary summary = summaryOf(builder().subject(SubjectRule.at(0.75, 0.5)));

        assertThat(summary.share(Emotion.SAD)).isEqualTo(1);
        assertThat(summary.frames().count(Emotion.SAD)).isEqualTo(FRAMES);
    }

    @Test
    void otherFacesAreCountedAndNotStored() throws IOException {
        SessionSummary summary = summaryOf(builder());

        assertThat(rows())
                .allSatisfy(row -> assertThat(row).endsWith(",1,2" + NO_MOVEMENTS))
                .hasSize(FRAMES);
        assertThat(summary.quality().mostFaces()).isEqualTo(2);
        assertThat(summary.quality().framesWithSeveralFaces()).isEqualTo(FRAMES);
        assertThat(summary.info().subject().orElseThrow().othersStored()).isFalse();
    }

    @Test
    void otherFacesAreStoredWhereThatWasAskedForAndStillDoNotCount() throws IOException {
        SessionSummary summary = summaryOf(builder().storeOthers(true).subject(SubjectRule.face(2)));

        assertThat(rows()).hasSize(2 * FRAMES);
        assertThat(summary.share(Emotion.SAD)).isEqualTo(1);
        assertThat(summary.counters().readings()).isEqualTo(2 * FRAMES);
        assertThat(summary.info().subject().orElseThrow().othersStored()).isTrue();
    }

    @Test
    void listenersAreToldOfAllFaces() throws IOException {
        summaryOf(builder());

        assertThat(results).allSatisfy(result -> assertThat(result.readings()).hasSize(2));
        assertThat(results).allSatisfy(result -> assertThat(
                        result.subjectReading().orElseThrow().label())
                .contains(Emotion.HAPPY));
    }

    @Test
    void theRecordSaysWhichRuleHeldAndWhoWasChosenWhen() throws IOException {
        EmotionPipeline.Builder builder = builder();
        SessionSummary summary = summaryOf(builder, (pipeline, result) -> {
            if (result.index() == 19) {
                assertThat(pipeline.subjects().get(0).choose(2)).isTrue();
            }
        });

        RecordedSubject subject = summary.info().subject().orElseThrow();
        assertThat(subject.rule()).isEqualTo(SubjectRule.largestFace());
        assertThat(subject.changes())
                .containsExactly(
                        new RecordedSubject.Change(0, OptionalInt.of(1), Subject.Basis.LARGEST),
                        new RecordedSubject.Change(2_000_000_000L, OptionalInt.of(2), Subject.Basis.CHOSEN));
        assertThat(summary.share(Emotion.HAPPY)).isCloseTo(0.5, within(1e-9));
        assertThat(summary.warnings())
                .contains("The record goes over to another face once: its figures may be made of several persons.");
    }

    @Test
    void aTimeInWhichOnlyOthersAreThereHasNoFace() throws IOException {
        SessionSummary summary = summaryOf(builder(20));

        assertThat(summary.frames().count(Emotion.HAPPY)).isEqualTo(20);
        assertThat(summary.frames().noFace()).isEqualTo(FRAMES - 20);
        assertThat(rows().get(FRAMES - 1)).endsWith(",,1" + NO_MOVEMENTS);
    }

    @Test
    void aRecordFromBeforeCountsTheLargestFaceAndSaysSo() throws IOException {
        summaryOf(builder().storeOthers(true));
        Path csv = folder.resolve("session.csv");
        Files.writeString(
                csv,
                String.join(
                                "\n",
                                Files.readString(csv)
                                        .lines()
                                        .map(line -> line.replaceFirst("(,[^,]*){22}$", ""))
                                        .toList())
                        + "\n");
        Path json = folder.resolve("session.json");
        JsonObject info = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
        info.remove("subjectFace");
        Files.writeString(json, info.toString());

        SessionSummary old = summary();

        assertThat(old.share(Emotion.HAPPY)).isCloseTo(0.5, within(1e-9));
        assertThat(old.warnings())
                .anyMatch(concern -> concern.contains("as in all records from before a face could be chosen"));
    }

    @Test
    void theExportTellsWhoseAReadingIs() throws IOException {
        summaryOf(builder().storeOthers(true));
        StringWriter text = new StringWriter();
        try (SessionReader reader = SessionReader.open(folder)) {
            SessionExport.json(text).add(reader);
        }
        JsonObject frame = JsonParser.parseString(text.toString())
                .getAsJsonObject()
                .getAsJsonArray("frames")
                .get(0)
                .getAsJsonObject();

        assertThat(frame.get("facesInSight").getAsInt()).isEqualTo(2);
        assertThat(frame.getAsJsonArray("faces")
                        .get(0)
                        .getAsJsonObject()
                        .get("subject")
                        .getAsBoolean())
                .isTrue();
        assertThat(frame.getAsJsonArray("faces")
                        .get(1)
                        .getAsJsonObject()
                        .get("subject")
                        .getAsBoolean())
                .isFalse();
    }

    private EmotionPipeline.Builder builder() {
        return builder(FRAMES);
    }

    /** The bright face leaves after so many frames. */
    private EmotionPipeline.Builder builder(int brightFrames) {
        int[] frame = {0};
        ScriptedFrameSource source = ScriptedFrameSource.frames(FRAMES)
                .size(400, 200)
                .painted((index, canvas) -> canvas.square(20, 40, 100, 250).square(240, 40, 100, 5))
                .build();
        return EmotionPipeline.builder()
                .source(source)
                .detector(picture -> facesOf(picture, frame[0]++, brightFrames))
                .classifier(new BrightnessClassifier());
    }

    private static List<DetectedFace> facesOf(Frame picture, int frame, int brightFrames) {
        assertThat(picture.width()).isEqualTo(400);
        double change = frame % 20 < 10 ? 1 : 0;
        DetectedFace bright = new DetectedFace(new BoundingBox(30, 50, 78 + 4 * change, 78 + 4 * change), 0.9);
        DetectedFace dark = new DetectedFace(new BoundingBox(250, 50, 80, 80), 0.9);
        if (frame >= brightFrames) {
            return List.of(dark);
        }
        return change > 0 ? List.of(bright, dark) : List.of(dark, bright);
    }

    private SessionSummary summaryOf(EmotionPipeline.Builder builder) throws IOException {
        return summaryOf(builder, (pipeline, result) -> {});
    }

    private SessionSummary summaryOf(EmotionPipeline.Builder builder, Listener listener) throws IOException {
        try (EmotionPipeline pipeline =
                builder.recorder(CsvSessionRecorder.create(folder)).build()) {
            pipeline.run(result -> {
                results.add(result);
                listener.told(pipeline, result);
            });
        }
        return summary();
    }

    private SessionSummary summary() throws IOException {
        try (SessionReader reader = SessionReader.open(folder)) {
            return SessionSummary.of(reader);
        }
    }

    private List<String> rows() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("session.csv"));
        return lines.subList(1, lines.size());
    }

    private interface Listener {
        void told(EmotionPipeline pipeline, FrameResult result);
    }
}
