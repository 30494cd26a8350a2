package org.emotion4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.EventCsv;
import org.emotion4j.recording.SessionNotes;
import org.emotion4j.session.SessionEnd;
import org.emotion4j.session.UnreadInput;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A neutral face of a hundred seconds, whose events and notes are written by hand. */
class NotesAndMomentsTest {
    @TempDir
    Path folder;

    private final StringBuilder events = new StringBuilder(EventCsv.header());
    private String id = "";

    @BeforeEach
    void record() throws IOException {
        EmotionScores scores = EmotionScores.certain(Emotion.NEUTRAL);
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(folder)) {
            id = recorder.sessionId();
            for (int i = 0; i < 1_000; i++) {
                long nanos = i * 100_000_000L;
                recorder.record(new FrameResult(
                        i,
                        nanos,
                        Instant.EPOCH,
                        "clip",
                        640,
                        480,
                        i == 0,
                        List.of(new EmotionReading(
                                1,
                                nanos,
                                new DetectedFace(new BoundingBox(1, 2, 90, 90), 0.9),
                                scores,
                                scores,
                                Optional.of(scores.top()))),
                        new StageTimings(1, 1, 1, 3)));
            }
            recorder.mark(0, "silence");
            recorder.mark(30_000_000_000L, "work");
            recorder.end(SessionEnd.FINISHED, Optional.empty(), UnreadInput.NONE);
        }
    }

    @Test
    void theFiveFurthestRisesAreListedInTheOrderOfTimeWithTheirTopics() throws IOException {
        expression("happy", 50, 0.8, 0.1);
        expression("sad", 10, 0.6, 0.1);
        expression("fear", 20, 0.5, 0.25);
        expression("angry", 40, 0.9, 0.1);
        expression("surprise", 70, 0.7, 0.1);
        expression("disgust", 90, 0.55, 0.1);
        assertThat(page("en").rows("The most marked moments"))
                .containsExactly(
                        List.of("A", "sad", "0:10.0", "1.00 s", "60.0 %", "+50.0 points", "1 silence"),
                        List.of("B", "angry", "0:40.0", "1.00 s", "90.0 %", "+80.0 points", "2 work"),
                        List.of("C", "happy", "0:50.0", "1.00 s", "80.0 %", "+70.0 points", "2 work"),
                        List.of("D", "surprise", "1:10.0", "1.00 s", "70.0 %", "+60.0 points", "2 work"),
                        List.of("E", "disgust", "1:30.0", "1.00 s", "55.0 %", "+45.0 points", "2 work"));
        assertThat(page("en").textOf("The most marked moments")).doesNotContain("rose as far");
        assertThat(page("es").rows("Los momentos más marcados").get(1))
                .containsExactly("B", "enojo", "0:40,0", "1,00 s", "90,0 %", "+80,0 puntos", "2 work");
    }

    /** Seven alike cannot be five, and nobody may think that these five are the ones. */
    @Test
    void whatIsAsMarkedAndNotListedIsCounted() throws IOException {
        for (int i = 1; i <= 7; i++) {
            expression("happy", 10 * i, 0.8, 0.1);
        }
        expression("sad", 90, 0.5, 0.1);
        assertThat(page("en").rows("The most marked moments")).hasSize(5);
        assertThat(page("en").textOf("The most marked moments"))
                .contains("2 more moments rose as far as the least of these.");
    }

    @Test
    void aFaceThatDoesNothingHasNoMoments() throws IOException {
        assertThat(page("en").textOf("The most marked moments"))
                .contains("No expression rose above what is usual for this face.");
    }

    @Test
    void notesAndLaterMarkersAreOnThePageAndChangeNoFigure() throws IOException {
        List<List<String>> before = page("en").rows("Shares");
        SessionNotes notes =
                SessionNotes.of(folder).withClock(Clock.fixed(Instant.parse("2026-11-29T10:00:00Z"), ZoneOffset.UTC));
        notes.note("Dr. <B>", 12_000_000_000L, "laughs & looks away");
        notes.note("Dr. <B>", "slept badly");
        notes.correct("Dr. <B>", 20_000_000_000L, 24_500_000_000L, Optional.of(Emotion.SAD));
        notes.figure("Dr. <B>", "PHQ-9", 11);
        notes.mark("Dr. <B>", 60_000_000_000L, "home");
        notes.withdraw("Dr. <B>", notes.note("Dr. <B>", "a mistake").number());

        PageText page = page("en");
        String written = "November 29, 2026, 15:30:00 (Asia/Kolkata, UTC+05:30)";
        assertThat(page.rows("Notes"))
                .containsExactly(
                        List.of("0:12.0", "note", "laughs & looks away", "Dr. <B>", written),
                        List.of("session", "note", "slept badly", "Dr. <B>", written),
                        List.of("0:20.0 to 0:24.5", "corrected label", "sad", "Dr. <B>", written),
                        List.of("session", "questionnaire", "PHQ-9: 11", "Dr. <B>", written));
        assertThat(page.rows("Markers"))
                .containsExactly(
                        List.of("1", "0:00.0", "silence"),
                        List.of("2", "0:30.0", "work"),
                        List.of("3", "1:00.0", "home (set afterwards)"));
        assertThat(page.rows("Marked stretches compared"))
                .extracting(row -> row.get(0))
                .containsExactly("silence", "work", "home");
        assertThat(page.rows("Shares")).isEqualTo(before);
        assertThat(page.fact("Topics")).isEqualTo("silence, work, home");
    }

    @Test
    void aPageWithoutNotesHasNoSectionOfThem() throws IOException {
        assertThat(page("en").headings()).doesNotContain("Notes");
    }

    private void expression(String name, double apex, double peak, double rest) {
        events.append(String.format(
                Locale.ROOT,
                "1,%s,expression,%s,1,1,%.3f,%.3f,%.3f,%.5f,%.5f,0,0%n",
                id,
                name,
                1000 * (apex - 0.4),
                1000 * apex,
                1000 * (apex + 0.6),
                peak,
                rest));
    }

    private PageText page(String language) throws IOException {
        Files.writeString(folder.resolve("events.csv"), events.toString().replace("\r\n", "\n"));
        return PageText.of(SessionReport.of(folder)
                .withLanguage(Locale.forLanguageTag(language))
                .toHtml());
    }
}
