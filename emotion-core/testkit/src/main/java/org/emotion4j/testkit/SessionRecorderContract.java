package org.emotion4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.session.SessionRecorder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SessionRecorder} that keeps something promises. Extend it for your own recorder.
 */
public abstract class SessionRecorderContract {
    private SessionRecorder recorder = SessionRecorder.none();

    /** Made by JUnit, of the class that extends it. */
    protected SessionRecorderContract() {}

    /**
     * Makes the recorder of a new session; called once a test. The test closes it.
     *
     * @return a new recorder
     * @throws IOException if it cannot be made
     */
    protected abstract SessionRecorder createRecorder() throws IOException;

    /**
     * Reads the record of that session as another program would, while the recorder is open or after it was closed.
     *
     * @return the frame index of each row, in the order of the record: one for each reading and one for each frame
     *     without a face
     * @throws IOException if it cannot be read
     */
    protected abstract List<Long> recordedFrames() throws IOException;

    @BeforeEach
    void create() throws IOException {
        recorder = createRecorder();
    }

    @AfterEach
    void close() {
        recorder.close();
    }

    @Test
    void aNewRecordIsReadableAndEmpty() throws IOException {
        assertThat(recordedFrames()).isEmpty();
    }

    @Test
    void aRowCanBeReadWhenTheCallReturns() throws IOException {
        recorder.record(frame(0, 1));
        assertThat(recordedFrames()).containsExactly(0L);
        recorder.record(frame(1, 1));
        assertThat(recordedFrames()).containsExactly(0L, 1L);
    }

    @Test
    void recordsEachFaceOfAFrame() throws IOException {
        recorder.record(frame(0, 3));
        assertThat(recordedFrames()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void recordsAFrameWithoutAFace() throws IOException {
        recorder.record(frame(0, 1));
        recorder.record(frame(1, 0));
        recorder.record(frame(2, 1));
        assertThat(recordedFrames()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void takesFramesWithMissingNumbersAndTimesThatGoBack() throws IOException {
        recorder.record(frame(7, 1));
        recorder.record(at(0, 9, 1));
        assertThat(recordedFrames()).containsExactly(7L, 9L);
    }

    @Test
    void staysReadableAfterItIsClosed() throws IOException {
        recorder.record(frame(0, 2));
        recorder.close();
        assertThat(recordedFrames()).containsExactly(0L, 0L);
    }

    @Test
    void saysWhatItIs() {
        assertThat(recorder.metadata().name()).isNotBlank();
    }

    @Test
    void canBeClosedTwice() {
        recorder.close();
        assertThatCode(recorder::close).doesNotThrowAnyException();
    }

    private static FrameResult frame(long index, int faces) {
        return at(index * 40_000_000L, index, faces);
    }

    private static FrameResult at(long mediaNanos, long index, int faces) {
        List<EmotionReading> readings = IntStream.rangeClosed(1, faces)
                .mapToObj(id -> new EmotionReading(
                        id,
                        mediaNanos,
                        new DetectedFace(new BoundingBox(10 * id, 20, 30, 30), 0.9),
                        EmotionScores.uniform(),
                        EmotionScores.certain(Emotion.HAPPY),
                        id % 2 == 0 ? Optional.empty() : Optional.of(Emotion.HAPPY)))
                .toList();
        return new FrameResult(
                index,
                mediaNanos,
                Instant.parse("2026-01-02T03:04:05Z").plusMillis(index),
                "a, \"quoted\"\nname.png",
                640,
                480,
                false,
                readings,
                new StageTimings(1, 2, 3, 6));
    }
}
