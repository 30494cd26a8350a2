package org.emotion4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emotion4j.analysis.SubjectHistory;
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
import org.emotion4j.stage.StageMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectReportTest {
    @TempDir
    Path folder;

    private final SubjectReport.Builder builder = SubjectReport.builder();

    @Test
    void sessionsStandInTheOrderOfTimeWithTheCourseOfEachFigure() throws Exception {
        add("p1", "2026-03-01T10:00:00Z", 20);
        add("p1", "2026-01-01T10:00:00Z", 80);
        add("p1", "2026-02-01T10:00:00Z", 50);
        SubjectReport report = builder.build();
        SubjectHistory history = report.history();
        assertThat(history.subjectId()).contains("p1");
        assertThat(history.sessions())
                .extracting(session -> session.info().started().orElseThrow().toString())
                .containsExactly("2026-01-01T10:00:00Z", "2026-02-01T10:00:00Z", "2026-03-01T10:00:00Z");
        SubjectHistory.Course sad = history.share(Emotion.SAD);
        assertThat(sad.values().stream().mapToDouble(Double::doubleValue).toArray())
                .containsExactly(new double[] {0.8, 0.5, 0.2}, within(1e-9));
        assertThat(sad.mean()).isCloseTo(0.5, within(1e-9));
        assertThat(sad.standardDeviation()).isCloseTo(0.3, within(1e-9));
        assertThat(sad.change()).isCloseTo(-0.6, within(1e-9));
        assertThat(history.valence().change()).isPositive();
        assertThat(history.changesPerMinute().values().get(0)).isCloseTo(6, within(1e-9));
        assertThat(history.differences()).isEmpty();
        String page = report.toHtml();
        wellFormed(page);
        assertThat(page)
                .contains("Sessions of person p1", "3 sessions, from January 1, 2026 to March 1, 2026.", "-60.0 points")
                .contains("Marked stretches of the same name", "<h3>&lt;film&gt;</h3>")
                .doesNotContain("<script", "href=", "src=")
                .doesNotContainPattern("NaN|Infinity|null|Optional");
    }

    @Test
    void theListAndTheCourseHaveTheFiguresOfTheSessions() throws Exception {
        add("p1", "2026-01-01T10:00:00Z", 80);
        add("p1", "2026-02-01T10:00:00Z", 50);
        SubjectReport report = builder.build();
        PageText page = PageText.of(report.toHtml());
        assertThat(page.rows("The course of each figure"))
                .contains(
                        List.of("sad", "80.0 %", "50.0 %", "-30.0 points", "65.0 %", "21.2 %", ""),
                        List.of("happy", "20.0 %", "50.0 %", "+30.0 points", "35.0 %", "21.2 %", ""));
        assertThat(page.rows("The sessions"))
                .extracting(row -> row.get(4))
                .containsExactly("mostly sad (80.0 %)", "happy (50.0 %) and sad (50.0 %) alike");
        PageText spanish =
                PageText.of(report.withLanguage(Locale.forLanguageTag("es")).toHtml());
        assertThat(spanish.rows("La evolución de cada cifra"))
                .contains(List.of("tristeza", "80,0 %", "50,0 %", "-30,0 puntos", "65,0 %", "21,2 %", ""));
        assertThat(spanish.rows("Las sesiones"))
                .extracting(row -> row.get(4))
                .containsExactly("sobre todo tristeza (80,0 %)", "alegría (50,0 %) y tristeza (50,0 %) por igual");
    }

    @Test
    void whatMakesSessionsHardToCompareIsSaid() throws IOException {
        add("p1", "2026-01-01T10:00:00Z", 50);
        record("p1", "2026-02-01T10:00:00Z", 50, "b".repeat(64), "PT2S");
        assertThat(builder.build().history().differences())
                .hasSize(2)
                .anyMatch(sentence -> sentence.contains("2 different sets of models"))
                .anyMatch(sentence -> sentence.contains("settings differ between the sessions: window"));
    }

    @Test
    void sessionsOfSeveralPersonsAreRefused() throws IOException {
        add("p1", "2026-01-01T10:00:00Z", 50);
        add("p2", "2026-02-01T10:00:00Z", 50);
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the sessions are of several persons, expected one: p1, p2");
    }

    @Test
    void noSessionAndTheSameTwice() throws IOException {
        assertThatThrownBy(builder::build).hasMessageContaining("got none");
        Path session = add("p1", "2026-01-01T10:00:00Z", 50);
        try (SessionReader reader = SessionReader.open(session)) {
            builder.add(reader);
        }
        assertThatThrownBy(builder::build).hasMessageContaining("is there twice");
    }

    @Test
    void manySessionsAndEmptyOnes() throws Exception {
        for (int i = 0; i < 130; i++) {
            add(
                    "p1",
                    Instant.parse("2026-01-01T10:00:00Z")
                            .plusSeconds(86_400L * i)
                            .toString(),
                    i % 3 == 0 ? -1 : i % 100);
        }
        String page = builder.build().toHtml();
        wellFormed(page);
        assertThat(page).contains("The latest 100 of 130.").doesNotContainPattern("NaN|Infinity");
    }

    private Path add(String subject, String start, int sadFrames) throws IOException {
        return record(subject, start, sadFrames, "a".repeat(64), "PT1S");
    }

    /** A hundred frames in ten seconds, sad first and then happy; without frames if below 0. */
    private Path record(String subject, String start, int sadFrames, String hash, String window) throws IOException {
        Path session = folder.resolve(start.replace(":", "") + subject);
        try (CsvSessionRecorder recorder = CsvSessionRecorder.builder(session)
                .metadata(SessionMetadata.withoutConsent()
                        .withSubject(subject)
                        .withSetting("window", window)
                        .withStages(List.of(StageMetadata.named("net").withSha256(hash))))
                .clock(Clock.fixed(Instant.parse(start), ZoneOffset.UTC))
                .create()) {
            for (int i = 0; i < 100 && sadFrames >= 0; i++) {
                EmotionScores scores = EmotionScores.certain(i < sadFrames ? Emotion.SAD : Emotion.HAPPY);
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
            recorder.mark(5_000_000_000L, "<film>");
        }
        try (SessionReader reader = SessionReader.open(session)) {
            builder.add(reader);
        }
        return session;
    }

    private static void wellFormed(String page) throws IOException {
        PageText.of(page);
    }
}
