package org.emotion4j.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emotion4j.analysis.BaselineCorrection;
import org.emotion4j.analysis.EmotionClusters;
import org.emotion4j.analysis.SessionEvents;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.MovingAverageSmoother;
import org.emotion4j.emotion.SubjectBaseline;
import org.emotion4j.emotion.TemporalSmoother;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.recording.Consent;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionMetadata;
import org.emotion4j.recording.SessionNotes;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.report.SessionReport;
import org.emotion4j.report.SubjectReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide to records shows, word for word. */
final class RecordsGuideTest {
    @TempDir
    Path folder;

    @Test
    void aSessionIsRecordedSummedUpAndCorrected() throws IOException {
        Path session = folder.resolve("one");
        record(session, "p-1");
        assertThat(whatTheFaceDid(session).events())
                .extracting(FacialEvent::name)
                .containsExactly("happy");
        Path page = folder.resolve("page.html");
        correct(session, page);
        assertThat(Files.readString(page)).contains("the marked rest");
        inSpanish(session, page);
        assertThat(Files.readString(page)).contains("<html lang=\"es-PE\">");
        assertThat(added(session).correctedLabels()).singleElement().satisfies(label -> assertThat(label.label())
                .contains(Emotion.SAD));
        summary(session);
        assertThat(live().smooth(1, 0, EmotionScores.certain(Emotion.SAD)).top())
                .isEqualTo(Emotion.SAD);
    }

    @Test
    void severalSessionsShareAPage() throws IOException {
        List<Path> sessions = List.of(folder.resolve("one"), folder.resolve("two"));
        for (Path session : sessions) {
            record(session, "p-1");
        }
        Path page = folder.resolve("page.html");
        together(sessions, page);
        assertThat(Files.readString(page)).contains("Sessions of person p-1");
    }

    @Test
    void patternsAreFound() {
        List<EmotionScores> readings = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            readings.add(EmotionScores.certain(i < 12 ? Emotion.HAPPY : Emotion.SAD));
        }
        assertThat(patterns(readings).clusters()).hasSize(2);
    }

    private static void record(Path folder, String pseudonym) throws IOException {
        // guide:begin
        Consent consent = new Consent(
                Consent.PERSON_RECORDED, Instant.now(), "therapy follow-up, not shared", LocalDate.of(2027, 6, 30));
        CsvSessionRecorder recorder =
                CsvSessionRecorder.create(folder, SessionMetadata.of(consent).withSubject(pseudonym));
        // guide:end
        try (recorder) {
            recorder.mark(0, "rest");
            for (int i = 0; i < 40; i++) {
                EmotionScores scores = EmotionScores.ofWeights(1, 1, 1, i < 20 ? 1 : 30, 9, 1, 8);
                long nanos = i * 100_000_000L;
                DetectedFace face = new DetectedFace(new BoundingBox(1, 2, 90, 90), 0.9);
                EmotionReading reading = new EmotionReading(1, nanos, face, scores, scores, Optional.of(scores.top()));
                StageTimings timings = new StageTimings(1, 1, 1, 3);
                recorder.record(
                        new FrameResult(i, nanos, Instant.EPOCH, "clip", 640, 480, i == 0, List.of(reading), timings));
            }
            recorder.mark(2_000_000_000L, "film");
        }
    }

    private static SessionEvents whatTheFaceDid(Path folder) throws IOException {
        // guide:begin
        SessionEvents events;
        try (SessionReader reader = SessionReader.open(folder)) {
            events = SessionEvents.of(reader);
        }
        events.events().forEach(System.out::println); // happy 1.98 to 3.90 s, peak 0.93 at 2.40 s
        System.out.println(events.perMinute(FacialEvent.Kind.BLINK) + " blinks a minute");
        // guide:end
        return events;
    }

    private static SessionNotes.Content added(Path folder) throws IOException {
        // guide:begin
        SessionNotes notes = SessionNotes.of(folder);
        notes.mark(
                "Dr. M", 95_000_000_000L, "about the mother"); // begins a stretch, as one that was set while recording
        notes.correct("Dr. M", 130_000_000_000L, 134_000_000_000L, Optional.of(Emotion.SAD));
        notes.figure("Dr. M", "PHQ-9", 14);
        notes.read().correctedLabels().forEach(System.out::println);
        // guide:end
        return notes.read();
    }

    private static void summary(Path folder) throws IOException {
        // guide:begin
        try (SessionReader reader = SessionReader.open(folder)) {
            System.out.println(SessionSummary.of(reader).describe());
        }
        // guide:end
    }

    private static void correct(Path folder, Path page) throws IOException {
        // guide:begin
        SubjectBaseline rest;
        try (SessionReader reader = SessionReader.open(folder)) {
            rest = SessionSummary.of(reader).baselineOf("rest").orElseThrow();
        }
        try (SessionReader reader = SessionReader.open(folder)) {
            SessionReport.of(reader, BaselineCorrection.of(rest), "the marked rest")
                    .writeHtml(page);
        }
        // guide:end
    }

    private static void inSpanish(Path folder, Path page) throws IOException {
        // guide:begin
        SessionReport.of(folder).withLanguage(Locale.forLanguageTag("es-PE")).writeHtml(page);
        // guide:end
    }

    private static TemporalSmoother live() {
        // guide:begin
        TemporalSmoother smoother = SubjectBaseline.running().before(MovingAverageSmoother.ofDefaults());
        // guide:end
        return smoother;
    }

    private static EmotionClusters patterns(List<EmotionScores> readings) {
        // guide:begin
        EmotionClusters clusters = EmotionClusters.builder().cluster(readings);
        clusters.clusters().forEach(cluster -> System.out.println(cluster.size() + " times " + cluster.describe()));
        System.out.println(clusters.components().describe(0)); // where the readings differ most
        // guide:end
        return clusters;
    }

    private static void together(List<Path> sessions, Path page) throws IOException {
        // guide:begin
        SubjectReport.Builder report = SubjectReport.builder();
        for (Path session : sessions) {
            try (SessionReader reader = SessionReader.open(session)) {
                report.add(reader);
            }
        }
        report.build().writeHtml(page);
        // guide:end
    }
}
