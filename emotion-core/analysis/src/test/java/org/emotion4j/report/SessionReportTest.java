package org.emotion4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.emotion4j.analysis.BaselineCorrection;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.SubjectBaseline;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.recording.Consent;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionMetadata;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.session.SessionRecorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionReportTest {
    @TempDir
    Path folder;

    @Test
    void isOneWellFormedPageThatLoadsNothing() throws Exception {
        String page = report(600, 30);
        wellFormed(page);
        assertThat(page).doesNotContain("<script", "src=", "href=", "url(", "@import");
        assertThat(page).doesNotContainPattern(Pattern.compile("NaN|Infinity|null|Optional"));
        assertThat(page)
                .contains(
                        "<html lang=\"en\">",
                        "role=\"img\"",
                        "scope=\"col\"",
                        "@media print",
                        "prefers-color-scheme:dark")
                .contains(
                        "Shares", "Changes", "Marked stretches compared", "Patterns that recur", "Quality of the data")
                .contains(
                        "predominant expression of each second",
                        "The label changed 3",
                        "Setting: window</dt><dd>1 second")
                .contains("What this page cannot say");
    }

    @Test
    void itOpensWithWhoWhenAndHowLongThenThreeSentencesAndEndsWithModels() throws Exception {
        String page = report(600, 30);
        assertThat(page)
                .containsSubsequence(
                        "Person (pseudonym)",
                        "Recorded",
                        "Length",
                        "Topics",
                        "class=\"lead\"",
                        "<p>There is nothing to compare",
                        "<p>A face was seen for",
                        "not what a person feels",
                        "What the face showed over time",
                        "The most marked moments",
                        "Markers",
                        "Shares",
                        "Marked stretches compared",
                        "The label changed",
                        "What this page cannot say",
                        "How it was recorded and read",
                        "Setting: window");
    }

    @Test
    void theTitleIsWhoAndWhenInTheTimeOfTheMachine() throws Exception {
        String page = report(60, 10);
        try (SessionReader reader = SessionReader.open(folder.resolve("session"))) {
            Instant started = reader.info().started().orElseThrow();
            assertThat(page)
                    .contains("<title>Session of P-1, "
                            + DateTimeFormatter.ofPattern("MMMM d, uuuu", Locale.ENGLISH)
                                    .format(started.atZone(ZoneId.systemDefault()))
                            + "</title>")
                    .contains("January 2, 2026, 08:30:00 (Asia/Kolkata, UTC+05:30)")
                    .contains("may be kept until December 31, 2026")
                    .doesNotContain("UTC+00:00", "03:00:00");
        }
    }

    @Test
    void topicsStandOnTheTimelineUnderTheNumbersOfTheTable() throws Exception {
        String page = report(600, 30);
        String strip = page.substring(page.indexOf("What the face showed over time"), page.indexOf("<h2>Markers"));
        assertThat(strip).contains(">1 &lt;b&gt;exposure&lt;/b&gt; &amp; \"rest\"</text>");
        assertThat(PageText.of(page).rows("Markers"))
                .containsExactly(List.of("", "0:01.0", "pause"), List.of("1", "0:02.0", "<b>exposure</b> & \"rest\""));
    }

    @Test
    void timesAreWrittenInOneWay() throws Exception {
        String page = report(600, 30);
        assertThat(page)
                .contains("Length</dt><dd>0:20.0</dd>")
                .doesNotContainPattern(Pattern.compile(">[0-9]+\\.[0-9] s<"));
    }

    @Test
    void sharesOnThePageAddUp() throws Exception {
        String page = report(601, 30);
        double sum = PageText.of(page).rows("Shares").stream()
                .map(row -> row.get(2))
                .filter(share -> !share.isEmpty())
                .mapToDouble(share -> Double.parseDouble(share.replace(" %", "")))
                .sum();
        assertThat(sum).isCloseTo(100, within(1e-6));
    }

    @Test
    void whatSomebodyWroteCannotBecomeMarkup() throws Exception {
        String page = report(60, 10);
        assertThat(page).contains("&lt;b&gt;exposure&lt;/b&gt; &amp; \"rest\"").doesNotContain("<b>exposure");
    }

    @Test
    void aLongSessionGetsLongerIntervals() throws Exception {
        assertThat(report(720, 0.1)).contains("each interval of 10 seconds");
    }

    @Test
    void anEmptySessionAndOneRow() throws Exception {
        String empty = report(0, 30);
        wellFormed(empty);
        assertThat(empty).contains("The session has no frames");
        folder = folder.resolve("one");
        String one = report(1, 30);
        wellFormed(one);
        assertThat(one).doesNotContain("Patterns that recur", "What the face showed over time");
    }

    @Test
    void theSameSessionGivesTheSamePage() throws IOException {
        String first = report(100, 10);
        assertThat(SessionReport.of(folder.resolve("session")).toHtml()).isEqualTo(first);
    }

    @Test
    void picturesThatAreNoFilmAreCounted() throws Exception {
        Path session = folder.resolve("session");
        Random random = new Random(9);
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(session)) {
            for (int i = 0; i < 4; i++) {
                recorder.record(new FrameResult(
                        i,
                        0,
                        Instant.EPOCH,
                        "picture" + i,
                        640,
                        480,
                        true,
                        i == 3 ? List.of() : List.of(reading(0, random)),
                        new StageTimings(1, 1, 1, 3)));
            }
        }
        String page = SessionReport.of(session).toHtml();
        wellFormed(page);
        assertThat(page)
                .contains("What the pictures show")
                .contains("Most of the pictures with a face show angry: 100.0 % of 3.")
                .contains("There are 4 pictures that do not follow from one another; a face was found in 3.")
                .doesNotContain("over time", "per second");
        assertThat(PageText.of(page).rows("What the pictures show"))
                .hasSize(9)
                .contains(List.of("angry", "3", "100.0 %"), List.of("no face", "1", ""));
    }

    @Test
    void eachPictureIsListedWithWhatItShows() throws Exception {
        Path session = folder.resolve("session");
        Random random = new Random(9);
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(session)) {
            for (int i = 0; i < 2; i++) {
                recorder.record(new FrameResult(
                        i,
                        0,
                        Instant.EPOCH,
                        i == 0 ? "Ann & <Bob>.jpg" : "wall.jpg",
                        640,
                        480,
                        true,
                        i == 1 ? List.of() : List.of(reading(0, random)),
                        new StageTimings(1, 1, 1, 3)));
            }
        }
        String page = SessionReport.of(session).toHtml();
        wellFormed(page);
        List<List<String>> rows = PageText.of(page).rows("Picture by picture");
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).subList(0, 2)).containsExactly("Ann & <Bob>.jpg", "angry");
        assertThat(rows.get(0).get(2)).matches("angry [0-9.]+ %");
        assertThat(rows.get(0).subList(3, 5)).containsExactly("1", "");
        assertThat(rows.get(1)).containsExactly("wall.jpg", "no face", "", "0", "");
    }

    @Test
    void aFilmHasNoListOfItsFrames() throws Exception {
        assertThat(report(300, 10)).doesNotContain("Picture by picture");
    }

    @Test
    void aBaselineThatWasTakenOutIsNamed() throws Exception {
        report(300, 10);
        try (SessionReader reader = SessionReader.open(folder.resolve("session"))) {
            String page = SessionReport.of(
                            reader, BaselineCorrection.of(SubjectBaseline.running()), "learned on the way")
                    .toHtml();
            wellFormed(page);
            assertThat(page).contains("Baseline taken out</dt><dd>learned on the way");
        }
    }

    @Test
    void writesAFile() throws IOException {
        report(10, 10);
        Path file = folder.resolve("report.html");
        SessionReport.of(folder.resolve("session")).writeHtml(file);
        assertThat(Files.readString(file)).startsWith("<!DOCTYPE html>");
    }

    private String report(int frames, double framesPerSecond) throws IOException {
        Path session = folder.resolve("session");
        Consent consent = new Consent(
                Consent.PERSON_RECORDED, Instant.parse("2026-01-02T03:00:00Z"), "research", LocalDate.of(2026, 12, 31));
        Random random = new Random(9);
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(
                session, SessionMetadata.of(consent).withSubject("P-1").withSetting("window", "PT1S"))) {
            for (int i = 0; i < frames; i++) {
                long nanos = (long) (i / framesPerSecond * 1e9);
                recorder.record(new FrameResult(
                        i,
                        nanos,
                        Instant.EPOCH,
                        "clip",
                        640,
                        480,
                        i == 0,
                        i % 50 > 45 ? List.of() : List.of(reading(nanos, random)),
                        new StageTimings(1, 1, 1, 3)));
            }
            recorder.mark(1_000_000_000L, SessionRecorder.PAUSE);
            recorder.mark(2_000_000_000L, "<b>exposure</b> & \"rest\"");
        }
        return SessionReport.of(session).toHtml();
    }

    private static EmotionReading reading(long nanos, Random random) {
        float[] weights = new float[EmotionScores.SIZE];
        weights[(int) (nanos / 3_000_000_000L % EmotionScores.SIZE)] = 2;
        for (int i = 0; i < weights.length; i++) {
            weights[i] += random.nextFloat();
        }
        EmotionScores scores = EmotionScores.ofWeights(weights);
        return new EmotionReading(
                1,
                nanos,
                new DetectedFace(new BoundingBox(1, 2, 90, 90), 0.9),
                scores,
                scores,
                scores.confidence() > 0.35 ? Optional.of(scores.top()) : Optional.empty());
    }

    private static void wellFormed(String page) throws IOException {
        PageText.of(page);
    }
}
