package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.pipeline.FaceFollower;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.reading.Subject;
import org.emotion4j.reading.SubjectRule;
import org.emotion4j.session.SessionEnd;
import org.emotion4j.session.UnreadInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session of two people: two records, and nothing of one in the other. */
class PairRecorderTest {
    private static final long FRAME = 100_000_000L;

    @TempDir
    Path folder;

    @Test
    void eachRecordHasItsOwnFaceAloneAndBothHaveTheSameFramesAndMarkers() throws IOException {
        try (PairRecorder recorder = pair()) {
            for (int i = 0; i < 20; i++) {
                recorder.record(frame(i, 1, 2));
            }
            recorder.mark(FRAME, "about the school");
            recorder.end(SessionEnd.STOPPED, Optional.empty(), UnreadInput.NONE);
        }
        List<RecordedFrame> one = frames("one");
        List<RecordedFrame> two = frames("two");
        assertThat(one).hasSameSizeAs(two).hasSize(20);
        for (int i = 0; i < 20; i++) {
            assertThat(one.get(i).index()).isEqualTo(two.get(i).index());
            assertThat(one.get(i).readings())
                    .extracting(EmotionReading::label)
                    .containsExactly(Optional.of(Emotion.HAPPY));
            assertThat(two.get(i).readings()).extracting(EmotionReading::faceId).containsExactly(2);
            assertThat(two.get(i).facesInSight()).isEqualTo(2);
        }
        assertThat(SessionReader.readInfo(folder.resolve("two")).markers())
                .extracting(SessionMarker::text)
                .containsExactly("about the school");
        assertThat(SessionReader.readInfo(folder.resolve("two")).end()).contains(SessionEnd.STOPPED);
    }

    @Test
    void theOtherOneIsFoundAgainAtTheirPlaceAndNeverTakenForTheFirst() throws IOException {
        try (PairRecorder recorder = pair()) {
            for (int i = 0; i < 20; i++) {
                recorder.record(frame(i, 1, 2));
            }
            for (int i = 20; i < 60; i++) {
                recorder.record(frame(i, 1, 0));
            }
            for (int i = 60; i < 80; i++) {
                recorder.record(frame(i, 1, 7));
            }
        }
        List<RecordedFrame> two = frames("two");
        assertThat(two).hasSize(80);
        assertThat(two.subList(20, 60)).allMatch(frame -> frame.readings().isEmpty());
        assertThat(two.get(70).subject().orElseThrow().faceId()).isEqualTo(7);
        assertThat(frames("one"))
                .allMatch(frame -> frame.subject().orElseThrow().faceId() == 1);
    }

    @Test
    void oneFaceIsNeverInBothRecords() throws IOException {
        // The session is about face 2 from the middle on: the other record then has nobody.
        try (PairRecorder recorder = pair()) {
            for (int i = 0; i < 10; i++) {
                recorder.record(frame(i, 1, 2));
            }
            for (int i = 10; i < 20; i++) {
                recorder.record(about(2, frame(i, 1, 2)));
            }
        }
        assertThat(frames("two").subList(10, 20))
                .allMatch(frame -> frame.readings().isEmpty());
        assertThat(frames("one").get(15).subject().orElseThrow().faceId()).isEqualTo(2);
    }

    @Test
    void aDiskThatIsFullForOneEndsBothAndLosesNeither() throws IOException {
        SmallDisk small = new SmallDisk(6_000);
        small.fillRowsOnly();
        CsvSessionRecorder one = CsvSessionRecorder.create(folder.resolve("one"));
        CsvSessionRecorder two =
                CsvSessionRecorder.builder(folder.resolve("two")).storage(small).create();
        PairRecorder recorder = PairRecorder.of(one, two, FaceFollower.of(SubjectRule.at(0.7, 0.4))::about);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 200; i++) {
                        recorder.record(frame(i, 1, 2));
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Free the disk");
        recorder.end(SessionEnd.RECORDING_FAILED, Optional.of("full"), UnreadInput.NONE);
        recorder.close();
        assertThat(frames("one").size())
                .isBetween(frames("two").size(), frames("two").size() + 1);
        assertThat(SessionReader.readInfo(folder.resolve("one")).end()).contains(SessionEnd.RECORDING_FAILED);
        assertThat(SessionReader.readInfo(folder.resolve("two")).end()).contains(SessionEnd.RECORDING_FAILED);
    }

    @Test
    void erasingOneLeavesTheOtherWhole() throws IOException {
        try (PairRecorder recorder = pair()) {
            for (int i = 0; i < 20; i++) {
                recorder.record(frame(i, 1, 2));
            }
        }
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        assertThat(SessionArchive.companion(one, Optional.empty())).contains(two);
        assertThat(SessionArchive.companion(two, Optional.empty())).contains(one);
        assertThat(SessionArchive.erase(one)).isEmpty();
        assertThat(frames("two")).hasSize(20);
        assertThat(SessionArchive.companion(two, Optional.empty())).isEmpty();
        assertThat(Files.readString(two.resolve("session.json"))).doesNotContain("P-1");
    }

    private PairRecorder pair() throws IOException {
        SessionMetadata one = SessionMetadata.withoutConsent().withSubject("P-1");
        SessionMetadata two = SessionMetadata.withoutConsent().withSubject("P-2");
        return PairRecorder.of(
                CsvSessionRecorder.create(
                        folder.resolve("one"),
                        one.withCompanion(new SessionMetadata.Companion(two.sessionId(), "two"))),
                CsvSessionRecorder.create(
                        folder.resolve("two"),
                        two.withCompanion(new SessionMetadata.Companion(one.sessionId(), "one"))),
                FaceFollower.of(SubjectRule.at(0.7, 0.4))::about);
    }

    private List<RecordedFrame> frames(String name) throws IOException {
        List<RecordedFrame> frames = new ArrayList<>();
        try (SessionReader reader = SessionReader.open(folder.resolve(name))) {
            reader.forEachRemaining(frames::add);
        }
        return frames;
    }

    /** One face at the left, which smiles, and one at the right; 0 where that is not there. */
    private static FrameResult frame(int index, int left, int right) {
        List<EmotionReading> readings = new ArrayList<>();
        readings.add(reading(index, left, 100, Emotion.HAPPY));
        if (right > 0) {
            readings.add(reading(index, right, 400, Emotion.SAD));
        }
        return about(
                left,
                new FrameResult(
                        index,
                        index * FRAME,
                        Instant.EPOCH,
                        "clip",
                        640,
                        480,
                        index == 0,
                        readings,
                        new StageTimings(1, 1, 1, 3)));
    }

    private static EmotionReading reading(int index, int id, int x, Emotion shown) {
        return new EmotionReading(
                id,
                index * FRAME,
                new DetectedFace(new BoundingBox(x, 120, 120, 120), 0.9),
                EmotionScores.certain(shown),
                EmotionScores.certain(shown),
                Optional.of(shown));
    }

    private static FrameResult about(int id, FrameResult frame) {
        return new FrameResult(
                frame.index(),
                frame.mediaNanos(),
                frame.wallTime(),
                frame.origin(),
                frame.width(),
                frame.height(),
                frame.discontinuity(),
                frame.readings(),
                frame.timings(),
                Optional.of(new Subject(
                        SubjectRule.largestFace(),
                        OptionalInt.of(id),
                        Subject.Basis.LARGEST,
                        frame.readings().size(),
                        false)));
    }
}
