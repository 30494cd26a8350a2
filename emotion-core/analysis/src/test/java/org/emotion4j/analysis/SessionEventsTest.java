package org.emotion4j.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.emotion.FacialMovements;
import org.emotion4j.emotion.SubjectBaseline;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.event.FacialRest;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.face.HeadPose;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.report.PageText;
import org.emotion4j.report.SessionReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Twelve seconds at 30 frames a second: a smile from 4 to 7 s, a blink at 9 s. */
final class SessionEventsTest {
    @TempDir
    Path folder;

    private int faceAfterFive = 1;
    private boolean movements = true;
    private boolean turnedAfterFive;

    @Test
    void aRecordTellsWhatTheFaceDidAndWhen() throws IOException {
        SessionEvents events = recorded();

        FacialEvent smile = events.events(FacialEvent.Kind.EXPRESSION).get(0);
        assertThat(smile.name()).isEqualTo("happy");
        assertThat(smile.onsetNanos() / 1e9).isCloseTo(4, within(0.1));
        assertThat(smile.offsetNanos() / 1e9).isCloseTo(7, within(0.1));
        assertThat(events.events(FacialEvent.Kind.BLINK))
                .singleElement()
                .satisfies(blink -> assertThat(blink.apexNanos() / 1e9).isCloseTo(9.1, within(0.1)));
        assertThat(events.events(FacialEvent.Kind.MOVEMENT))
                .extracting(FacialEvent::name)
                .containsExactly("AU12");
        assertThat(events.perMinute(FacialEvent.Kind.BLINK)).isCloseTo(5, within(0.1));
        assertThat(events.framesPerSecond()).isCloseTo(30, within(0.1));
    }

    @Test
    void withoutMovementsThereAreExpressionsAlone() throws IOException {
        movements = false;

        SessionEvents events = recorded();

        assertThat(events.knowsMovements()).isFalse();
        assertThat(events.events()).extracting(FacialEvent::name).containsExactly("happy");
    }

    @Test
    void aFaceThatTurnsAwayEndsWhatItDid() throws IOException {
        turnedAfterFive = true;

        SessionEvents events = recorded();

        assertThat(events.events(FacialEvent.Kind.EXPRESSION))
                .singleElement()
                .satisfies(smile -> assertThat(smile.offsetNanos() / 1e9).isLessThan(5.01));
        assertThat(events.followedNanos() / 1e9).isCloseTo(5, within(0.1));
    }

    @Test
    void anotherFaceBeginsAfresh() throws IOException {
        faceAfterFive = 2;

        List<FacialEvent> smiles = recorded().events(FacialEvent.Kind.EXPRESSION);

        assertThat(smiles).singleElement().satisfies(smile -> assertThat(smile.offsetNanos() / 1e9)
                .isLessThan(5.01));
    }

    @Test
    void figuresAreOfTheTimeInWhichTheFaceCouldBeFollowed() throws IOException {
        SessionEvents events = recorded();

        assertThat(events.wereRecorded()).isTrue();
        assertThat(events.meanSeconds(FacialEvent.Kind.BLINK)).isBetween(0.1, 0.2);
        assertThat(events.closedShare()).isBetween(0.1 / 12, 0.2 / 12);
        assertThat(events.meanSeconds(FacialEvent.Kind.NOD)).isNaN();
        movements = false;
        Files.delete(folder.resolve("session/session.csv"));
        Files.delete(folder.resolve("session/session.json"));
        Files.delete(folder.resolve("session/events.csv"));
        assertThat(recorded().closedShare()).as("nobody told the eyes").isNaN();
    }

    @Test
    void relativeToTheSmileItselfTheRestOfTheSessionHasNoSmile() throws IOException {
        recorded();
        FacialRest rest;
        try (SessionReader reader = SessionReader.open(folder.resolve("session"))) {
            rest = SessionEvents.restOf(reader, 4_600_000_000L, 6_400_000_000L).orElseThrow();
        }
        try (SessionReader reader = SessionReader.open(folder.resolve("session"))) {
            SessionEvents relative = SessionEvents.relativeTo(reader, rest);
            assertThat(relative.wereRecorded()).isFalse();
            assertThat(relative.events(FacialEvent.Kind.EXPRESSION)).isEmpty();
            assertThat(relative.events(FacialEvent.Kind.BLINK)).hasSize(1);
        }
        try (SessionReader reader = SessionReader.open(folder.resolve("session"))) {
            assertThat(SessionEvents.restOf(reader, 50_000_000_000L, 60_000_000_000L))
                    .isEmpty();
        }
    }

    @Test
    void aReportShowsThemAboveTheStripAndInTables() throws IOException {
        recorded();
        String page = SessionReport.of(folder.resolve("session")).toHtml();

        assertThat(page)
                .contains("What the face did", "marks of what the face did")
                .contains("lip corners pulled (AU12) 1", ">eyes closed</text>", "at 30 frames a second");
        assertThat(PageText.of(page).rows("What the face did"))
                .anySatisfy(row -> assertThat(row).startsWith("Blinks", "1"));
    }

    @Test
    void aReportAgainstARestMeasuresItsEventsAgainstItToo() throws IOException {
        recorded();
        FacialRest smiling;
        SubjectBaseline baseline = SubjectBaseline.of(List.of(EmotionScores.certain(Emotion.HAPPY)));
        try (SessionReader reader = SessionReader.open(folder.resolve("session"))) {
            smiling =
                    SessionEvents.restOf(reader, 4_600_000_000L, 6_400_000_000L).orElseThrow();
        }
        String withRest;
        String without;
        try (SessionReader reader = SessionReader.open(folder.resolve("session"))) {
            withRest = SessionReport.of(reader, BaselineCorrection.of(baseline), smiling, "the smile")
                    .toHtml();
        }
        try (SessionReader reader = SessionReader.open(folder.resolve("session"))) {
            without = SessionReport.of(reader, BaselineCorrection.of(baseline), "the smile")
                    .toHtml();
        }

        assertThat(without).contains("lip corners pulled (AU12) 1");
        assertThat(withRest)
                .contains("What the face did", ">eyes closed</text>")
                .doesNotContain("lip corners pulled (AU12) 1");
    }

    private SessionEvents recorded() throws IOException {
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(folder.resolve("session"))) {
            for (int i = 0; i < 360; i++) {
                recorder.record(frame(i));
            }
        }
        try (SessionReader reader = SessionReader.open(folder.resolve("session"))) {
            return SessionEvents.of(reader);
        }
    }

    private FrameResult frame(int index) {
        double time = index / 30.0;
        long nanos = Math.round(time * 1e9);
        float smile = (float) (0.9 * Math.max(0, Math.min(1, Math.min((time - 4) / 0.5, (7 - time) / 0.5))));
        double closed = Math.max(0, 1 - Math.abs(time - 9.1) / 0.1);
        float[] scores = {0.01f, 0.01f, 0.01f, 0.02f + smile, 0.01f, 0.01f, 1 - smile};
        float[] intensities = new float[FacialMovement.COUNT];
        intensities[FacialMovement.LIP_CORNERS_PULLED.ordinal()] = smile;
        EmotionScores seen = EmotionScores.ofWeights(scores);
        boolean after = time >= 5;
        Optional<FaceQuality> quality = Optional.of(new FaceQuality(
                1,
                200,
                1,
                0.5,
                0.3,
                Optional.empty(),
                after && turnedAfterFive ? Set.of(FaceQuality.Issue.TURNED_AWAY) : Set.of()));
        EmotionReading reading = new EmotionReading(
                after ? faceAfterFive : 1,
                nanos,
                new DetectedFace(new BoundingBox(10, 20, 100, 120), 0.9),
                seen,
                seen,
                Optional.of(seen.top()),
                quality,
                movements
                        ? Optional.of(FacialMovements.of(intensities, closed, closed, new HeadPose(0, 0, 0)))
                        : Optional.empty());
        return new FrameResult(
                index,
                nanos,
                Instant.parse("2026-01-02T03:04:05Z").plusNanos(nanos),
                "film.mp4",
                640,
                480,
                index == 0,
                List.of(reading),
                new StageTimings(1, 2, 3, 6));
    }
}
