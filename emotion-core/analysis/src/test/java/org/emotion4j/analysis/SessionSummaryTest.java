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
import java.util.function.UnaryOperator;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.SubjectBaseline;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.RecordedFrame;
import org.emotion4j.recording.SessionCounters;
import org.emotion4j.recording.SessionMarker;
import org.emotion4j.recording.SessionNotes;
import org.emotion4j.recording.SessionReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionSummaryTest {
    @TempDir
    Path folder;

    private final List<FrameResult> frames = new ArrayList<>();
    private final List<SessionMarker> markers = new ArrayList<>();

    @Test
    void eachFrameStandsForTheTimeUntilTheNextOne() throws IOException {
        show(0, Emotion.HAPPY);
        show(100, Emotion.HAPPY);
        show(400, Emotion.SAD);
        noClear(600);
        noFace(700);
        SessionSummary summary = summary();
        assertThat(summary.times().time(Emotion.HAPPY)).isEqualTo(Duration.ofMillis(400));
        assertThat(summary.times().time(Emotion.SAD)).isEqualTo(Duration.ofMillis(200));
        assertThat(summary.times().noClear()).isEqualTo(Duration.ofMillis(100));
        assertThat(summary.times().noFace())
                .as("the last counts as the average")
                .isEqualTo(Duration.ofMillis(175));
        assertThat(summary.times().share(Emotion.HAPPY)).isCloseTo(4 / 7.0, within(1e-9));
        assertThat(summary.times().predominant()).contains(Emotion.HAPPY);
        assertThat(summary.counters()).isEqualTo(new SessionCounters(5, 1, 4));
    }

    @Test
    void aGapIsKeptAsAGap() throws IOException {
        show(0, Emotion.HAPPY);
        show(100, Emotion.HAPPY);
        show(60_100, Emotion.SAD);
        show(60_200, Emotion.SAD);
        SessionSummary summary = summary();
        assertThat(summary.gaps()).isEqualTo(new SessionSummary.Gaps(1, Duration.ofSeconds(60)));
        assertThat(summary.times().time(Emotion.HAPPY)).isEqualTo(Duration.ofMillis(200));
        assertThat(summary.transitions().total()).isZero();
        assertThat(summary.quality().framesPerSecond()).isCloseTo(10, within(1e-9));
        assertThat(summary.length()).isEqualTo(Duration.ofMillis(60_300));
        assertThat(summary.info().length()).as("as session.json says").contains(summary.length());
    }

    @Test
    void changesAreCountedAndLossesOfTheFaceAreNone() throws IOException {
        show(0, Emotion.HAPPY);
        show(100, Emotion.SAD);
        noClear(200);
        show(300, Emotion.SAD);
        noFace(400);
        show(500, Emotion.HAPPY);
        Transitions transitions = summary().transitions();
        assertThat(transitions.total()).isEqualTo(3);
        assertThat(transitions.count(Optional.of(Emotion.HAPPY), Optional.of(Emotion.SAD)))
                .isEqualTo(1);
        assertThat(transitions.count(Optional.of(Emotion.SAD), Optional.empty()))
                .isEqualTo(1);
        assertThat(transitions.count(Optional.of(Emotion.SAD), Optional.of(Emotion.HAPPY)))
                .isZero();
    }

    @Test
    void timesThatGoBackOrRepeatAreTold() throws IOException {
        show(100, Emotion.HAPPY);
        show(100, Emotion.HAPPY);
        show(50, Emotion.HAPPY);
        SessionSummary summary = summary();
        assertThat(summary.quality().timesRepeated()).isEqualTo(1);
        assertThat(summary.quality().timesBackwards()).isEqualTo(1);
        assertThat(summary.firstNanos()).isEqualTo(50_000_000L);
    }

    @Test
    void theLargestFaceCounts() throws IOException {
        frames.add(result(0, List.of(reading(1, Emotion.SAD), reading(2, Emotion.HAPPY))));
        show(100, Emotion.SAD);
        SessionSummary summary = summary();
        assertThat(summary.times().time(Emotion.HAPPY)).isZero();
        assertThat(summary.quality().mostFaces()).isEqualTo(2);
        assertThat(summary.quality().faceIds()).isEqualTo(2);
        assertThat(summary.quality().framesWithSeveralFaces()).isEqualTo(1);
    }

    @Test
    void markedStretchesAreComparable() throws IOException {
        for (int i = 0; i < 10; i++) {
            show(i * 100, i < 5 ? Emotion.NEUTRAL : Emotion.FEAR);
        }
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(folder)) {
            for (FrameResult frame : frames) {
                recorder.record(frame);
            }
            recorder.mark(500_000_000L, "exposure");
            recorder.mark(200_000_000L, "rest");
        }
        try (SessionReader reader = SessionReader.open(folder)) {
            SessionSummary summary = SessionSummary.of(reader);
            assertThat(summary.stretches().stream()
                            .map(stretch -> stretch.marker().text()))
                    .containsExactly("rest", "exposure");
            ExpressionDurations rest = summary.stretches().get(0).times();
            assertThat(rest.time(Emotion.NEUTRAL)).isEqualTo(Duration.ofMillis(300));
            assertThat(rest.time(Emotion.FEAR)).isZero();
            assertThat(summary.stretches().get(1).times().time(Emotion.FEAR)).isEqualTo(Duration.ofMillis(500));
            assertThat(summary.meanScoresOf("exposure")).contains(EmotionScores.certain(Emotion.FEAR));
        }
    }

    @Test
    void aMarkerThatWasSetAfterwardsBeginsAStretchToo() throws IOException {
        for (int i = 0; i < 10; i++) {
            show(i * 100, i < 5 ? Emotion.NEUTRAL : Emotion.FEAR);
        }
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(folder)) {
            for (FrameResult frame : frames) {
                recorder.record(frame);
            }
            recorder.mark(0, "rest");
        }
        SessionNotes.of(folder).mark("M", 500_000_000L, "exposure");
        try (SessionReader reader = SessionReader.open(folder)) {
            SessionSummary summary = SessionSummary.of(reader);
            assertThat(summary.stretches())
                    .extracting(stretch -> stretch.marker().text())
                    .containsExactly("rest", "exposure");
            assertThat(summary.stretches().get(0).times().time(Emotion.FEAR)).isZero();
            assertThat(summary.stretches().get(1).times().time(Emotion.FEAR)).isEqualTo(Duration.ofMillis(500));
        }
    }

    @Test
    void aPictureEveryTenSecondsIsASlowFilmAndItsGapsAreGaps() throws IOException {
        for (int i = 0; i < 10; i++) {
            show(i * 10_000L + (i >= 5 ? 600_000 : 0), i < 3 ? Emotion.HAPPY : Emotion.SAD);
        }
        SessionSummary summary = summary();
        assertThat(summary.times().time(Emotion.HAPPY)).isEqualTo(Duration.ofSeconds(30));
        assertThat(summary.times().time(Emotion.SAD)).isEqualTo(Duration.ofSeconds(70));
        assertThat(summary.gaps()).isEqualTo(new SessionSummary.Gaps(1, Duration.ofSeconds(610)));
        assertThat(summary.transitions().total()).isEqualTo(1);
        assertThat(summary.quality().framesPerSecond()).isEqualTo(0.1);
        assertThat(summary.warnings())
                .containsExactly(
                        "Nothing was recorded in 87 % of the session's length.",
                        "There are only 0.1 frames a second: short expressions are missed.");
    }

    @Test
    void picturesThatAreNoFilmAreCounted() throws IOException {
        for (int i = 0; i < 5; i++) {
            FrameResult film = result(i * 1_000L, i == 4 ? List.of() : List.of(reading(1, Emotion.values()[i / 2])));
            frames.add(new FrameResult(
                    film.index(),
                    film.mediaNanos(),
                    film.wallTime(),
                    "",
                    640,
                    480,
                    true,
                    film.readings(),
                    film.timings()));
        }
        SessionSummary summary = summary();
        assertThat(summary.isPictures()).isTrue();
        assertThat(summary.frames().count(Emotion.ANGRY)).isEqualTo(2);
        assertThat(summary.frames().share(Emotion.DISGUST)).isEqualTo(0.5);
        assertThat(summary.frames().noFace()).isEqualTo(1);
        assertThat(summary.warnings()).isEmpty();
    }

    @Test
    void aFewLinesSayWhatWasShownTheMostFirst() throws IOException {
        show(0, Emotion.HAPPY);
        show(100, Emotion.HAPPY);
        show(400, Emotion.SAD);
        noClear(600);
        noFace(700);
        assertThat(summary().describe().lines().limit(2).map(line -> line.replaceAll("^[^:]*: ", "")))
                .containsExactly(
                        "0.9 s, 5 frames, 1 without a face", "happy 57.1 %, sad 28.6 %, no clear expression 14.3 %");
    }

    @Test
    void ofASessionWithoutAFaceThereIsNoShare() throws IOException {
        noFace(0);
        noFace(100);
        assertThat(summary().describe())
                .contains("2 frames, 2 without a face")
                .doesNotContain("%:")
                .doesNotContain("NaN");
    }

    @Test
    void whatToMindIsSaidInSentences() throws IOException {
        for (int i = 0; i < 600; i++) {
            if (i % 3 == 0) {
                noFace(i * 50L);
            } else if (i % 3 == 1) {
                noClear(i * 50L);
            } else {
                frames.add(result(i * 50L, List.of(reading(1, Emotion.SAD), reading(2, Emotion.SAD))));
            }
        }
        assertThat(summary().warnings())
                .containsExactly(
                        "No face was found in 33 % of the recorded time.",
                        "In 50 % of the frames with a face there was no clear expression.",
                        "In 33 % of the frames there were several faces; the largest one of each counts, as in all"
                                + " records from before a face could be chosen: figures may be made of several persons.");
    }

    @Test
    void readingsOfWhatMayBeNoFaceAreCountedApartHoweverFewTheyAre() throws IOException {
        for (int i = 0; i < 400; i++) {
            EmotionReading plain = reading(1, Emotion.SAD);
            FaceQuality quality = new FaceQuality(
                    0.6,
                    120,
                    1.5,
                    0.5,
                    0.2,
                    Optional.empty(),
                    i == 7 ? Set.of(FaceQuality.Issue.LOW_DETECTION_CONFIDENCE) : Set.of());
            frames.add(result(
                    i * 50L,
                    List.of(new EmotionReading(
                            1, 0, plain.face(), plain.raw(), plain.scores(), plain.label(), Optional.of(quality)))));
        }
        SessionSummary summary = summary();
        assertThat(summary.quality().pictures().orElseThrow().doubtfulFaces()).isEqualTo(1);
        assertThat(summary.warnings())
                .containsExactly(
                        "In 1 of 400 readings the detector is not sure that there is a face at all (a picture on"
                                + " the wall, a pattern); they count in every figure.");
    }

    @Test
    void theQualityOfThePicturesIsSummedUp() throws IOException {
        for (int i = 0; i < 400; i++) {
            EmotionReading plain = reading(1, Emotion.SAD);
            FaceQuality quality = new FaceQuality(
                    i % 4 == 0 ? 0.4 : 0.8,
                    120,
                    1.5,
                    0.5,
                    0.2,
                    Optional.empty(),
                    i % 4 == 0 ? Set.of(FaceQuality.Issue.BLURRED, FaceQuality.Issue.TOO_DARK) : Set.of());
            frames.add(result(
                    i * 50L,
                    List.of(new EmotionReading(
                            1, 0, plain.face(), plain.raw(), plain.scores(), plain.label(), Optional.of(quality)))));
        }
        SessionSummary summary = summary();
        SessionSummary.PictureQuality pictures = summary.quality().pictures().orElseThrow();
        assertThat(pictures.readings()).isEqualTo(400);
        assertThat(pictures.meanOverall()).isCloseTo(0.7, within(1e-9));
        assertThat(pictures.issueShare()).isEqualTo(0.25);
        assertThat(pictures.share(FaceQuality.Issue.BLURRED)).isEqualTo(0.25);
        assertThat(pictures.share(FaceQuality.Issue.TURNED_AWAY)).isZero();
        assertThat(summary.warnings())
                .containsExactly(
                        "In 25 % of the readings something is wrong with the picture of the face: blurred (25 %),"
                                + " too dark (25 %).");
    }

    /** A face that looks sad at rest: 10 s of rest that is marked, then a laugh. */
    @Test
    void aPersonsOwnRestIsTakenOutOfARecordedSession() throws IOException {
        EmotionScores hanging = EmotionScores.of(0.02f, 0.02f, 0.02f, 0.01f, 0.53f, 0.01f, 0.39f);
        EmotionScores laugh = EmotionScores.of(0.01f, 0.01f, 0.01f, 0.84f, 0.08f, 0.02f, 0.03f);
        for (int i = 0; i < 600; i++) {
            EmotionScores scores = i < 500 ? hanging : laugh;
            EmotionReading plain = reading(1, scores.top());
            frames.add(result(
                    i * 100,
                    List.of(new EmotionReading(1, i * 100_000_000L, plain.face(), scores, scores, plain.label()))));
        }
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(folder)) {
            for (FrameResult frame : frames) {
                recorder.record(frame);
            }
            recorder.mark(0, "rest");
            recorder.mark(50_000_000_000L, "film");
        }
        SessionSummary asRecorded = read(UnaryOperator.identity());
        assertThat(asRecorded.times().predominant()).contains(Emotion.SAD);
        BaselineCorrection marked =
                BaselineCorrection.of(asRecorded.baselineOf("rest").orElseThrow());
        SessionSummary corrected = read(marked);
        assertThat(corrected.times().time(Emotion.NEUTRAL)).isEqualTo(Duration.ofSeconds(50));
        assertThat(corrected.times().time(Emotion.HAPPY)).isEqualTo(Duration.ofSeconds(10));
        assertThat(corrected.transitions().total()).isEqualTo(1);
        assertThat(asRecorded.baselineOf("breakfast")).isEmpty();
        SessionSummary running = read(BaselineCorrection.of(SubjectBaseline.running()));
        assertThat(running.times().time(Emotion.NEUTRAL)).isGreaterThan(Duration.ofSeconds(30));
        assertThat(running.times().time(Emotion.HAPPY)).isEqualTo(Duration.ofSeconds(10));
    }

    private SessionSummary read(UnaryOperator<RecordedFrame> change) throws IOException {
        try (SessionReader reader = SessionReader.open(folder)) {
            return SessionSummary.of(reader, change, frame -> {});
        }
    }

    @Test
    void anEmptySessionAndOneRow() throws IOException {
        SessionSummary empty = summary();
        assertThat(empty.times().total()).isZero();
        assertThat(empty.times().predominant()).isEmpty();
        assertThat(empty.times().affect()).isEmpty();
        folder = folder.resolve("one");
        show(40, Emotion.SAD);
        SessionSummary one = summary();
        assertThat(one.counters().readings()).isEqualTo(1);
        assertThat(one.times().total()).isZero();
    }

    @Test
    void aMarkerBetweenTwoFramesBeginsWithWhatTheFirstOfThemShows() throws IOException {
        markers.add(new SessionMarker(150_000_000, Instant.EPOCH, "asked"));
        markers.add(new SessionMarker(180_000_000, Instant.EPOCH, "answered"));
        markers.add(new SessionMarker(30_000_000_000L, Instant.EPOCH, "away"));
        markers.add(new SessionMarker(31_000_000_000L, Instant.EPOCH, "back"));
        noFace(0);
        show(100, Emotion.HAPPY);
        show(200, Emotion.HAPPY);
        show(300, Emotion.SAD);
        show(60_000, Emotion.SAD);
        List<SessionSummary.MarkedSegment> stretches = summary().stretches();
        assertThat(stretches.get(0).times().describe()).isEqualTo("mostly happy (100 %)");
        assertThat(stretches.get(0).times().total())
                .isEqualTo(stretches.get(0).length())
                .isEqualTo(Duration.ofMillis(30));
        assertThat(stretches.get(1).times().total()).isEqualTo(Duration.ofMillis(220));
        assertThat(stretches.get(2).times().describe()).as("in a gap").isEqualTo("nothing recorded");
        assertThat(stretches.get(3).times().describe()).isEqualTo("mostly sad (100 %)");
    }

    /** A film that is shown again and again: its times go back, and its gaps are longer than it is. */
    @Test
    void gapsAreAShareOfAllTimeAlsoWhereTimesGoBack() throws IOException {
        for (int i = 0; i < 20; i++) {
            show(0, Emotion.HAPPY);
            show(100, Emotion.HAPPY);
            show(10_000, Emotion.SAD);
        }
        assertThat(summary().warnings())
                .anyMatch(text -> text.startsWith("Nothing was recorded in 98 %"))
                .noneMatch(text -> text.matches(".*\\d{3,} %.*"));
    }

    private void show(long millis, Emotion emotion) {
        frames.add(result(millis, List.of(reading(1, emotion))));
    }

    private void noClear(long millis) {
        EmotionReading reading = reading(1, Emotion.SAD);
        frames.add(result(
                millis,
                List.of(new EmotionReading(
                        1, 0, reading.face(), reading.raw(), EmotionScores.uniform(), Optional.empty()))));
    }

    private void noFace(long millis) {
        frames.add(result(millis, List.of()));
    }

    private SessionSummary summary() throws IOException {
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(folder)) {
            for (FrameResult frame : frames) {
                recorder.record(frame);
            }
            for (SessionMarker marker : markers) {
                recorder.mark(marker.mediaNanos(), marker.text());
            }
        }
        try (SessionReader reader = SessionReader.open(folder)) {
            return SessionSummary.of(reader);
        }
    }

    private FrameResult result(long millis, List<EmotionReading> readings) {
        return new FrameResult(
                frames.size(),
                millis * 1_000_000,
                Instant.EPOCH,
                "",
                640,
                480,
                frames.isEmpty(),
                readings,
                new StageTimings(1, 2, 3, 6));
    }

    private static EmotionReading reading(int id, Emotion emotion) {
        EmotionScores scores = EmotionScores.certain(emotion);
        return new EmotionReading(
                id, 0, new DetectedFace(new BoundingBox(1, 2, 80, 80), 1), scores, scores, Optional.of(emotion));
    }
}
