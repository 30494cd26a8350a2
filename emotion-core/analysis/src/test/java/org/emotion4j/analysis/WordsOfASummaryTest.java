package org.emotion4j.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames every 100 ms; the figures are counted by hand. */
class WordsOfASummaryTest {
    @TempDir
    Path folder;

    private final List<FrameResult> frames = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();

    private record Mark(long millis, String text) {}

    @Test
    void whatFollowsAPauseBelongsToTheTopic() throws IOException {
        add(100, neutral());
        marks.add(new Mark(2_000, "family"));
        marks.add(new Mark(4_000, "pause"));
        marks.add(new Mark(6_000, "resume"));
        marks.add(new Mark(8_000, "gap begins: source stalled"));

        SessionSummary summary = summary();

        assertThat(summary.stretches()).hasSize(1);
        SessionSummary.MarkedSegment family = summary.stretches().get(0);
        assertThat(family.times().withFace()).isEqualTo(Duration.ofMillis(8_000));
        assertThat(family.length()).isEqualTo(Duration.ofMillis(8_000));
        assertThat(summary.info().markers()).hasSize(4);
    }

    @Test
    void aStretchHasLengthReadableTimeAndTimeWithoutAFace() throws IOException {
        add(10, neutral());
        add(20, with(neutral(), FaceQuality.Issue.TOO_DARK));
        for (int i = 0; i < 30; i++) {
            addNoFace();
        }
        add(40, neutral());
        marks.add(new Mark(0, "room"));
        marks.add(new Mark(7_000, "end"));

        SessionSummary.MarkedSegment room = summary().stretches().get(0);

        assertThat(room.length()).isEqualTo(Duration.ofSeconds(7));
        assertThat(room.times().noFace()).isEqualTo(Duration.ofSeconds(3));
        assertThat(room.times().withFace()).isEqualTo(Duration.ofSeconds(4));
        assertThat(room.times().poor()).isEqualTo(Duration.ofSeconds(2));
        assertThat(room.times().readable()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void twentySecondsOfDarkInAnHourAreTold() throws IOException {
        add(1_200, neutral());
        add(200, with(neutral(), FaceQuality.Issue.TOO_DARK));
        add(4_000, neutral());

        SessionSummary summary = summary();

        assertThat(summary.spells())
                .containsExactly(
                        new Spell(120_000_000_000L, Duration.ofSeconds(20), Optional.of(FaceQuality.Issue.TOO_DARK)));
        assertThat(summary.warnings()).containsExactly("From 2:00.0 to 2:20.0: too dark.");
    }

    @Test
    void eighteenSecondsWithoutAFaceAreTold() throws IOException {
        add(1_000, neutral());
        for (int i = 0; i < 180; i++) {
            addNoFace();
        }
        add(1_000, neutral());

        assertThat(summary().warnings()).containsExactly("From 1:40.0 to 1:58.0: no face.");
    }

    @Test
    void framesThatThereWasNoTimeForAreTold() throws IOException {
        for (int i = 0; i < 200; i++) {
            frames.add(result(2L * i, i * 100L, List.of(neutral())));
        }

        SessionSummary summary = summary();

        assertThat(summary.quality().missedFrames()).isEqualTo(199);
        assertThat(summary.warnings())
                .contains(
                        "50 % of the frames were not analyzed: there was no time for them, or they could not be read.");
    }

    @Test
    void anExpressionTooShortForALabelIsABriefMoment() throws IOException {
        add(20, neutral());
        add(6, raw(Emotion.SURPRISE, 0.52f));
        add(20, neutral());
        add(1, raw(Emotion.SURPRISE, 0.9f));
        add(20, neutral());

        assertThat(summary().briefMoments()).singleElement().satisfies(moment -> {
            assertThat(moment.fromNanos()).isEqualTo(2_000_000_000L);
            assertThat(moment.length()).isEqualTo(Duration.ofMillis(600));
            assertThat(moment.emotion()).isEqualTo(Emotion.SURPRISE);
            assertThat(moment.peak()).isCloseTo(0.52, within(1e-4));
        });
    }

    @Test
    void anExpressionThatGotALabelIsNoBriefMoment() throws IOException {
        add(20, neutral());
        add(20, reading(EmotionScores.certain(Emotion.HAPPY), Optional.of(Emotion.HAPPY)));

        assertThat(summary().briefMoments()).isEmpty();
    }

    @Test
    void movementIsTheDeviationOfTheRawScores() throws IOException {
        add(50, neutral());
        assertThat(summary().times().movement()).isCloseTo(0, within(1e-6));

        frames.clear();
        folder = folder.resolve("moving");
        for (int i = 0; i < 100; i++) {
            add(1, raw(i % 2 == 0 ? Emotion.HAPPY : Emotion.SAD, 1));
        }
        // each of two scores is 0 or 1 half of the time: two variances of a quarter
        assertThat(summary().times().movement()).isCloseTo(Math.sqrt(0.5), within(1e-4));
    }

    @Test
    void whereThereIsNoClearExpressionThereIsNoPoint() throws IOException {
        add(20, reading(EmotionScores.uniform(), Optional.empty()));
        assertThat(summary().times().affect()).isEmpty();

        frames.clear();
        folder = folder.resolve("clear");
        add(20, reading(EmotionScores.certain(Emotion.HAPPY), Optional.of(Emotion.HAPPY)));
        add(20, reading(EmotionScores.certain(Emotion.ANGRY), Optional.empty()));
        assertThat(summary().times().affect().orElseThrow().valence()).isCloseTo(0.81, within(1e-6));
    }

    private void add(int count, EmotionReading reading) {
        for (int i = 0; i < count; i++) {
            frames.add(result(frames.size(), frames.size() * 100L, List.of(reading)));
        }
    }

    private void addNoFace() {
        frames.add(result(frames.size(), frames.size() * 100L, List.of()));
    }

    private SessionSummary summary() throws IOException {
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(folder)) {
            for (FrameResult frame : frames) {
                recorder.record(frame);
            }
            for (Mark mark : marks) {
                recorder.mark(mark.millis() * 1_000_000, mark.text());
            }
        }
        try (SessionReader reader = SessionReader.open(folder)) {
            return SessionSummary.of(reader);
        }
    }

    private static FrameResult result(long index, long millis, List<EmotionReading> readings) {
        return new FrameResult(
                index,
                millis * 1_000_000,
                Instant.EPOCH,
                "",
                640,
                480,
                index == 0,
                readings,
                new StageTimings(1, 2, 3, 6));
    }

    private static EmotionReading neutral() {
        EmotionReading plain = reading(EmotionScores.certain(Emotion.NEUTRAL), Optional.of(Emotion.NEUTRAL));
        FaceQuality good = new FaceQuality(0.9, 120, 1, 0.5, 0.2, Optional.empty(), Set.of());
        return new EmotionReading(1, 0, plain.face(), plain.raw(), plain.scores(), plain.label(), Optional.of(good));
    }

    private static EmotionReading raw(Emotion emotion, float score) {
        float[] raw = new float[EmotionScores.SIZE];
        raw[emotion.ordinal()] = score;
        raw[Emotion.NEUTRAL.ordinal()] = 1 - score;
        EmotionReading plain = neutral();
        return new EmotionReading(1, 0, plain.face(), EmotionScores.ofWeights(raw), plain.scores(), plain.label());
    }

    private static EmotionReading with(EmotionReading plain, FaceQuality.Issue issue) {
        FaceQuality quality = new FaceQuality(0.3, 120, 1, 0.05, 0.2, Optional.empty(), Set.of(issue));
        return new EmotionReading(1, 0, plain.face(), plain.raw(), plain.scores(), plain.label(), Optional.of(quality));
    }

    private static EmotionReading reading(EmotionScores scores, Optional<Emotion> label) {
        return new EmotionReading(1, 0, new DetectedFace(new BoundingBox(1, 2, 80, 80), 1), scores, scores, label);
    }
}
