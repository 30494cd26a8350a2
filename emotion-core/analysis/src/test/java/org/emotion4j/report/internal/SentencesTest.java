package org.emotion4j.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.emotion4j.analysis.SessionSummary;
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
import org.emotion4j.words.Words;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A frame every 100 ms; the figures are counted by hand. */
class SentencesTest {
    @TempDir
    Path folder;

    private final List<FrameResult> frames = new ArrayList<>();
    private boolean isFilm = true;
    private long gapMillis;

    @Test
    void mostIsMoreThanHalf() throws IOException {
        show(51, Emotion.HAPPY);
        show(49, Emotion.NEUTRAL);
        assertThat(said("en").get(0)).isEqualTo("Most of the time with a face showed happy: 51.0 % of 0:10.0.");
    }

    @Test
    void halfIsNotMost() throws IOException {
        show(50, Emotion.HAPPY);
        show(30, Emotion.NEUTRAL);
        show(20, Emotion.SAD);
        assertThat(said("en").get(0))
                .isEqualTo("Longest, though not more than half of the time, the face showed happy: 50.0 % of the 0:10.0"
                        + " with a face.");
        assertThat(said("es").get(0))
                .isEqualTo("Lo que el rostro mostró por más tiempo, aunque no más de la mitad, fue alegría: 50,0 % de"
                        + " los 0:10,0 con rostro.");
    }

    @Test
    void whatTiesIsNamedWithTheShareOfEach() throws IOException {
        show(450, Emotion.HAPPY);
        show(452, Emotion.NEUTRAL);
        show(98, Emotion.SAD);
        assertThat(said("en").get(0))
                .isEqualTo("About equally long, and longer than anything else, the face showed happy (45.0 %) and"
                        + " neutral (45.2 %), of 1:40.0 with a face.");
    }

    @Test
    void noClearExpressionMayPrevail() throws IOException {
        unclear(60);
        show(40, Emotion.SAD);
        assertThat(said("en").get(0))
                .isEqualTo("Most of the time with a face showed no clear expression: 60.0 % of 0:10.0.");
    }

    @Test
    void withoutAFaceNothingPrevails() throws IOException {
        noFace(100);
        assertThat(said("en"))
                .containsExactly(
                        "No face was seen for any time.",
                        "No topics were marked, so there is nothing to compare.",
                        "A face was seen for 0.0 % of the 0:10.0 recorded; how good its picture was is not in the"
                                + " record.");
    }

    @Test
    void howFarToTrustIsWhatCouldBeRead() throws IOException {
        judged(80, false);
        judged(15, true);
        noFace(5);
        assertThat(said("en").get(2))
                .isEqualTo("The face could be read well for 80.0 % of the 0:10.0 recorded; for 15.0 % its picture was"
                        + " poor, and for 5.0 % there was no face.");
    }

    @Test
    void equalSharesOfTrustAreWrittenAsEqual() throws IOException {
        judged(100, false);
        judged(100, true);
        noFace(100);
        assertThat(said("en").get(2)).contains("for 33.3 % of", "for 33.3 % its", "for 33.3 % there");
    }

    @Test
    void whatWasNotRecordedIsTold() throws IOException {
        show(50, Emotion.NEUTRAL);
        gapMillis = 20_000;
        show(50, Emotion.NEUTRAL);
        assertThat(said("en").get(2))
                .endsWith("how good its picture was is not in the record. For another 0:20.1 nothing was recorded.");
    }

    @Test
    void onePictureHasNoTime() throws IOException {
        isFilm = false;
        show(1, Emotion.HAPPY);
        assertThat(said("en"))
                .containsExactly(
                        "Most of the pictures with a face show happy: 100.0 % of 1.",
                        "There is 1 picture; a face was found in 1.");
    }

    @Test
    void picturesAreCounted() throws IOException {
        isFilm = false;
        show(2, Emotion.HAPPY);
        judged(2, true);
        show(1, Emotion.SAD);
        noFace(3);
        assertThat(said("en"))
                .containsExactly(
                        "About equally many pictures, and more than of anything else, show happy (40.0 %) and neutral"
                                + " (40.0 %), of 5 with a face.",
                        "There are 8 pictures that do not follow from one another; a face was found in 5. 2 pictures of"
                                + " a face were poor.");
        assertThat(said("es").get(1))
                .isEqualTo("Hay 8 imágenes que no siguen una de otra; se encontró un rostro en 5. 2 imágenes de un"
                        + " rostro fueron deficientes.");
    }

    private void show(int count, Emotion emotion) {
        add(count, Optional.of(emotion), Optional.empty());
    }

    private void unclear(int count) {
        add(count, Optional.empty(), Optional.empty());
    }

    private void judged(int count, boolean isDark) {
        add(
                count,
                Optional.of(Emotion.NEUTRAL),
                Optional.of(new FaceQuality(
                        isDark ? 0.3 : 0.9,
                        120,
                        1,
                        0.5,
                        0.2,
                        Optional.empty(),
                        isDark ? Set.of(FaceQuality.Issue.TOO_DARK) : Set.of())));
    }

    private void noFace(int count) {
        for (int i = 0; i < count; i++) {
            frames.add(frame(List.of()));
        }
    }

    private void add(int count, Optional<Emotion> label, Optional<FaceQuality> quality) {
        EmotionScores scores = label.map(EmotionScores::certain).orElse(EmotionScores.uniform());
        for (int i = 0; i < count; i++) {
            DetectedFace face = new DetectedFace(new BoundingBox(1, 2, 80, 80), 1);
            frames.add(frame(List.of(new EmotionReading(1, 0, face, scores, scores, label, quality))));
        }
    }

    private FrameResult frame(List<EmotionReading> readings) {
        int index = frames.size();
        return new FrameResult(
                index,
                isFilm ? (index * 100L + gapMillis) * 1_000_000 : 0,
                Instant.EPOCH,
                "",
                640,
                480,
                index == 0 || !isFilm,
                readings,
                new StageTimings(1, 2, 3, 6));
    }

    private List<String> said(String language) throws IOException {
        Path session = folder.resolve(language);
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(session)) {
            for (FrameResult frame : frames) {
                recorder.record(frame);
            }
        }
        try (SessionReader reader = SessionReader.open(session)) {
            return new Sentences(SessionSummary.of(reader), Words.of(Locale.forLanguageTag(language))).all();
        }
    }
}
