package org.emotion4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
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
import org.emotion4j.recording.WallTime;
import org.emotion4j.session.SessionRecorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

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
                .contains("<html lang=\"en\">", "role=\"img\"", "scope=\"col\"", "@media print")
                .contains(
                        "Shares", "Changes", "Marked stretches compared", "Patterns that recur", "Quality of the data")
                .contains(
                        "predominant expression of each second",
                        "The label changed 3",
                        "Setting: window</th><td>1 second")
                .contains("What this page cannot say");
    }

    @Test
    void thePersonTheTimeAndTheTopicsComeFirstAndTheModelsLast() throws Exception {
        String page = report(600, 30);
        assertThat(page)
                .containsSubsequence(
                        "Person (pseudonym)",
                        "Recorded",
                        "Length",
                        "Topics",
                        "The label changed",
                        "Shares",
                        "Marked stretches compared",
                        "How it was recorded and read",
                        "Setting: window");
    }

    @Test
    void theTitleIsWhoAndWhenInTheTimeOfTheMachine() throws Exception {
        String page = report(60, 10);
        try (SessionReader reader = SessionReader.open(folder.resolve("session"))) {
            Instant started = reader.info().started().orElseThrow();
            assertThat(page)
                    .contains("<title>Session of P-1, " + WallTime.day(started, ZoneId.systemDefault()) + "</title>")
                    .contains(WallTime.describe(started, ZoneId.systemDefault()))
                    .contains(WallTime.describe(Instant.parse("2026-01-02T03:00:00Z"), ZoneId.systemDefault()))
                    .doesNotContain(" UTC");
        }
    }

    @Test
    void topicsStandOnTheTimelineUnderTheNumbersOfTheTable() throws Exception {
        String page = report(600, 30);
        String strip = page.substring(page.indexOf("What the face showed over time"), page.indexOf("<h2>Markers"));
        assertThat(strip).contains(">1 &lt;b&gt;exposure&lt;/b&gt; &amp; &quot;rest&quot;</text>");
        assertThat(page)
                .contains("<td>1</td><td>0:02.0</td><td>&lt;b&gt;exposure")
                .contains("<td></td><td>0:01.0</td><td>pause</td>");
    }

    @Test
    void timesAreWrittenInOneWay() throws Exception {
        String page = report(600, 30);
        assertThat(page)
                .contains("Length</th><td>0:20.0</td>")
                .doesNotContainPattern(Pattern.compile(">[0-9]+\\.[0-9] s<"));
    }

    @Test
    void sharesOnThePageAddUp() throws Exception {
        String page = report(601, 30);
        String table = page.substring(page.indexOf("<h2>Shares</h2>"));
        table = table.substring(0, table.indexOf("</table>"));
        double sum = Pattern.compile("<td class=\"n\">([0-9.]+) %")
                .matcher(table)
                .results()
                .mapToDouble(share -> Double.parseDouble(share.group(1)))
                .sum();
        assertThat(sum).isCloseTo(100, within(1e-6));
    }

    @Test
    void whatSomebodyWroteCannotBecomeMarkup() throws Exception {
        String page = report(60, 10);
        assertThat(page)
                .contains("&lt;b&gt;exposure&lt;/b&gt; &amp; &quot;rest&quot;")
                .doesNotContain("<b>exposure");
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
        assertThat(one).contains("There are too few different readings to look for patterns");
    }

    @Test
    void theSameSessionGivesTheSamePage() throws IOException {
        String first = report(100, 10);
        assertThat(SessionReport.of(folder.resolve("session")).toHtml()).isEqualTo(first);
    }

    /** A session of one and a half seconds had 0:00 at five places of its axis. */
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.4, 1.5, 7, 16, 59, 61, 300, 3_599, 7_200, 86_400, 900_000})
    void anAxisOfTimeHasNoLabelTwice(double seconds) {
        for (long from : new long[] {0, 1_234_567_890L, -3_000_000_000L}) {
            List<TimeTicks.Tick> ticks = TimeTicks.of(from, from + (long) (seconds * 1e9));
            assertThat(ticks)
                    .extracting(TimeTicks.Tick::label)
                    .doesNotHaveDuplicates()
                    .hasSizeLessThanOrEqualTo(10);
            if (seconds >= 0.4) {
                assertThat(ticks).hasSizeGreaterThanOrEqualTo(3);
            }
        }
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
                .contains("4 pictures that do not follow from one another", "What the pictures show")
                .contains("angry</td><td class=\"n\">3</td><td class=\"n\">100.0 %</td>")
                .contains("no face</td><td class=\"n\">1</td>")
                .doesNotContain("over time", "per second");
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
        int list = page.indexOf("Picture by picture");
        assertThat(list).isPositive();
        assertThat(page.substring(list))
                .containsPattern("Ann &amp; &lt;Bob&gt;.jpg</td><td>.*angry</td><td class=\"n\">[a-z]+ [0-9.]+ %</td>"
                        + "<td class=\"n\">1</td><td></td>")
                .contains("wall.jpg</td><td>no face</td><td class=\"n\"></td><td class=\"n\">0</td>");
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
            assertThat(page).contains("Baseline taken out</th><td>learned on the way");
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

    private static void wellFormed(String page) throws Exception {
        String xml = page.replace("<!DOCTYPE html>", "").replaceAll("<meta ([^>]*)>", "<meta $1/>");
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }
}
