package org.emotion4j.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.reading.Subject;
import org.emotion4j.reading.SubjectRule;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionArchive;
import org.emotion4j.recording.SessionMarker;
import org.emotion4j.recording.SessionMetadata;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.report.SessionReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two people share, and the rest that a session was begun with. Ten frames a second. */
class TwoPeopleTest {
    private static final long FRAME = 100_000_000L;

    @TempDir
    Path folder;

    @Test
    void sharedSmilesAreTheTimeInWhichBothAreLabeledHappy() throws IOException {
        // One smiles from 1 s to 3 s, the other from 2 s to 4 s and is out of sight from 5 s on.
        pair(
                i -> Optional.of(i >= 10 && i < 30 ? Emotion.HAPPY : Emotion.NEUTRAL),
                i -> i >= 50 ? Optional.empty() : Optional.of(i >= 20 && i < 40 ? Emotion.HAPPY : Emotion.NEUTRAL));
        SharedSmiles both =
                SharedSmiles.of(folder.resolve("one"), Optional.empty()).orElseThrow();
        assertThat(both.shared()).isEqualTo(Duration.ofSeconds(1));
        assertThat(both.readable()).isEqualTo(Duration.ofSeconds(5));
        assertThat(both.share()).isEqualTo(0.2);
        assertThat(both.times()).isEqualTo(1);
        assertThat(both.companionId()).isEqualTo("id-two");
        assertThat(SharedSmiles.of(folder.resolve("two"), Optional.empty())
                        .orElseThrow()
                        .shared())
                .isEqualTo(both.shared());
    }

    @Test
    void thePageSaysSoInBothLanguagesAndWithoutTheOthersRecordItSaysNothing() throws IOException {
        pair(i -> Optional.of(Emotion.HAPPY), i -> Optional.of(Emotion.HAPPY));
        Path one = folder.resolve("one");
        assertThat(SessionReport.of(one).toHtml())
                .contains("Shared smiles", "happy at once for 0:10.0: 100.0 % of the 0:10.0", "begun once");
        assertThat(SessionReport.of(one)
                        .withLanguage(Locale.forLanguageTag("es"))
                        .toHtml())
                .contains("Sonrisas compartidas", "comenzó una vez");
        SessionArchive.erase(folder.resolve("two"));
        assertThat(SharedSmiles.of(one, Optional.empty())).isEmpty();
        assertThat(SessionReport.of(one).toHtml()).doesNotContain("Shared smiles");
        try (SessionReader whole = SessionReader.open(one)) {
            assertThat(SessionSummary.of(whole).counters().frames()).isEqualTo(100);
        }
    }

    @Test
    void anotherSessionInTheFolderOfTheCompanionIsNotTakenForIt() throws IOException {
        pair(i -> Optional.of(Emotion.HAPPY), i -> Optional.of(Emotion.HAPPY));
        SessionArchive.erase(folder.resolve("two"));
        record("two", "somebody-else", "id-x", "x", i -> Optional.of(Emotion.HAPPY), List.of());
        assertThat(SharedSmiles.of(folder.resolve("one"), Optional.empty())).isEmpty();
    }

    @Test
    void theLastRestThatWasEndedAndIsNeitherShortNorLongCounts() {
        assertThat(rest("rest", 1, "ends", 11)).contains(new RestStretch(1_000_000_000L, 11_000_000_000L));
        assertThat(rest("Reposo ", 0, "fin", 10, "x", 20, "reposo", 30, "fin", 40))
                .as("repeated")
                .contains(new RestStretch(30_000_000_000L, 40_000_000_000L));
        assertThat(rest("rest", 0, "x", 10, "rest", 20, "pause", 22, "resume", 27, "x", 32))
                .as("what a session marks by itself ends none")
                .contains(new RestStretch(20_000_000_000L, 32_000_000_000L));
        assertThat(rest("rest", 0, "x", 10, "rest", 20, "x", 22))
                .as("the last one was broken off")
                .contains(new RestStretch(0, 10_000_000_000L));
        assertThat(rest("rest", 1)).as("to the end").isEmpty();
        assertThat(rest("rest", 0, "x", 121)).as("a topic").isEmpty();
        assertThat(rest("resting", 0, "x", 10)).isEmpty();
    }

    @Test
    void whatTheFaceShowsAtRestIsTakenOutOfThePageAndSaid() throws IOException {
        List<SessionMarker> marked = List.of(marker("rest", 0), marker("begins", 6_000_000_000L));
        // At rest the face is read as sad; later it is, now and then, happy.
        Path session =
                record("one", "P-1", "id-one", "two", i -> Optional.of(i > 80 ? Emotion.HAPPY : Emotion.SAD), marked);
        try (SessionReader reader = SessionReader.open(session)) {
            SessionRest rest = SessionRest.of(reader).orElseThrow();
            assertThat(rest.stretch()).isEqualTo(new RestStretch(0, 6_000_000_000L));
            assertThat(rest.facial().score(Emotion.SAD)).isCloseTo(0.7, within(0.01));
            assertThat(reader.next().orElseThrow().index())
                    .as("what is measured against it is read from its beginning")
                    .isZero();
        }
        SessionReport report = SessionReport.of(session);
        assertThat(report.summary().share(Emotion.SAD)).isZero();
        assertThat(report.summary().share(Emotion.HAPPY)).isGreaterThan(0.15);
        assertThat(report.toHtml())
                .contains("relative to the person’s rest: what the face showed from 0:00.0 to 0:06.0");
        try (SessionReader reader = SessionReader.open(session)) {
            SessionReport asRead = SessionReport.of(reader);
            assertThat(asRead.summary().share(Emotion.SAD)).isGreaterThan(0.7);
            assertThat(asRead.toHtml()).doesNotContain("relative to the person");
        }
    }

    @Test
    void aRestWithoutAFaceIsNone() throws IOException {
        Path session = record(
                "one",
                "P-1",
                "id-one",
                "two",
                i -> i < 60 ? Optional.empty() : Optional.of(Emotion.SAD),
                List.of(marker("rest", 0), marker("begins", 6_000_000_000L)));
        try (SessionReader reader = SessionReader.open(session)) {
            assertThat(SessionRest.of(reader)).isEmpty();
        }
        assertThat(SessionReport.of(session).summary().share(Emotion.SAD)).isEqualTo(1);
    }

    private static Optional<RestStretch> rest(Object... textsAndSeconds) {
        List<SessionMarker> markers = new ArrayList<>();
        for (int i = 0; i < textsAndSeconds.length; i += 2) {
            markers.add(marker((String) textsAndSeconds[i], (Integer) textsAndSeconds[i + 1] * 1_000_000_000L));
        }
        return RestStretch.of(markers);
    }

    private static SessionMarker marker(String text, long nanos) {
        return new SessionMarker(nanos, Instant.EPOCH, text);
    }

    private void pair(IntFunction<Optional<Emotion>> one, IntFunction<Optional<Emotion>> two) throws IOException {
        record("one", "P-1", "id-one", "two", one, List.of());
        record("two", "P-2", "id-two", "one", two, List.of());
    }

    private Path record(
            String name,
            String subject,
            String id,
            String other,
            IntFunction<Optional<Emotion>> shown,
            List<SessionMarker> markers)
            throws IOException {
        Path session = folder.resolve(name);
        SessionMetadata metadata = SessionMetadata.withoutConsent()
                .withSessionId(id)
                .withSubject(subject)
                .withCompanion(new SessionMetadata.Companion("id-" + other, other));
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(session, metadata)) {
            for (int i = 0; i < 100; i++) {
                recorder.record(frame(i, shown.apply(i)));
            }
            for (SessionMarker marker : markers) {
                recorder.mark(marker.mediaNanos(), marker.text());
            }
        }
        return session;
    }

    private static FrameResult frame(int index, Optional<Emotion> shown) {
        List<EmotionReading> readings = shown.stream()
                .map(emotion -> new EmotionReading(
                        1,
                        index * FRAME,
                        new DetectedFace(new BoundingBox(10, 10, 90, 90), 0.9),
                        scores(emotion),
                        scores(emotion),
                        Optional.of(emotion)))
                .toList();
        return new FrameResult(
                index,
                index * FRAME,
                Instant.EPOCH,
                "clip",
                640,
                480,
                index == 0,
                readings,
                new StageTimings(1, 1, 1, 3),
                Optional.of(new Subject(
                        SubjectRule.largestFace(),
                        shown.isPresent() ? OptionalInt.of(1) : OptionalInt.empty(),
                        shown.isPresent() ? Subject.Basis.LARGEST : Subject.Basis.NONE,
                        readings.size(),
                        true)));
    }

    private static EmotionScores scores(Emotion emotion) {
        float[] weights = new float[EmotionScores.SIZE];
        boolean certain = emotion == Emotion.HAPPY;
        Arrays.fill(weights, certain ? 0.001f : 0.05f);
        weights[emotion.ordinal()] = certain ? 0.994f : 0.7f;
        return EmotionScores.ofWeights(weights);
    }
}
