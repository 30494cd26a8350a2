package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which picture is shown with which result. */
final class PictureBufferTest {
    private static final long MILLI = 1_000_000;

    private final PictureBuffer buffer = new PictureBuffer();

    @BeforeEach
    void size() {
        buffer.fitInto(64, 48);
    }

    @Test
    void aPictureIsShownWithItsOwnResultAndNotWithTheOneBefore() {
        show(0, 10);
        add(0);
        show(40, 20);
        show(80, 30);
        assertThat(shown()).isEqualTo(0);
        assertThat(gray()).isEqualTo(10);
        assertThat(add(40)).isTrue();
        assertThat(shown()).isEqualTo(40);
        assertThat(gray()).isEqualTo(20);
        assertThat(resultOf()).isEqualTo(40);
    }

    @Test
    void aResultThatComesBeforeItsPictureWaitsForIt() {
        show(0, 10);
        add(0);
        assertThat(add(40)).isFalse();
        assertThat(resultOf()).isEqualTo(0);
        assertThat(show(40, 20)).isTrue();
        assertThat(resultOf()).isEqualTo(40);
        assertThat(gray()).isEqualTo(20);
    }

    @Test
    void aPictureThatWasNotAnalyzedIsPassedOver() {
        show(0, 10);
        add(0);
        show(40, 20);
        show(80, 30);
        add(80);
        assertThat(shown()).isEqualTo(80);
        assertThat(add(40)).isFalse();
        assertThat(shown()).isEqualTo(80);
    }

    @Test
    void withoutAnyResultForASecondAPictureIsShownBare() {
        show(0, 10);
        add(0);
        for (int i = 1; i <= 25; i++) {
            show(i * 40, 20);
            assertThat(shown()).isEqualTo(0);
        }
        assertThat(show(1_040, 90)).isTrue();
        assertThat(shown()).isEqualTo(1_040);
        assertThat(buffer.current().result()).isEmpty();
        assertThat(buffer.result()).isEmpty();
        assertThat(add(1_000)).as("a result of a picture before it").isFalse();
        assertThat(buffer.latest().result()).isEmpty();
        assertThat(add(1_040)).as("its own result").isTrue();
        assertThat(resultOf()).isEqualTo(1_040);
    }

    @Test
    void ofAFolderNoPictureIsShownWithoutItsResultHoweverLongThatTakes() {
        buffer.awaitResults(true);
        show(0, 10);
        add(0);
        for (int i = 1; i <= 3; i++) {
            assertThat(show(i * 1_100, 10 * i)).isFalse();
        }
        for (int i = 1; i <= 3; i++) {
            assertThat(add(i * 1_100)).isTrue();
            assertThat(shown()).isEqualTo(i * 1_100);
            assertThat(resultOf()).isEqualTo(i * 1_100);
        }
    }

    @Test
    void resultsThatAreLongOnTheirWayKeepTheirPictures() {
        show(0, 10);
        add(0);
        for (int i = 1; i <= 100; i++) {
            show(i * 40, 20);
            if (i > 20 && i % 5 == 0) {
                int found = (i - 20) * 40;
                assertThat(add(found)).isTrue();
                assertThat(resultOf()).isEqualTo(found);
            }
            assertThat(buffer.latest().result()).isPresent();
        }
    }

    @Test
    void picturesOfAFolderHaveEachItsOwnResultWhateverTheirSizes() {
        show(0, 10, 64, 48);
        add(0, 64, 48);
        for (int i = 1; i < 6; i++) {
            int width = 64 + 16 * i;
            show(i * 1_000, 10 * i, width, 48);
            add(i * 1_000, width, 48);
            assertThat(shown()).isEqualTo(i * 1_000);
            assertThat(resultOf()).isEqualTo(i * 1_000);
            assertThat(buffer.current().width()).isEqualTo(width);
            assertThat(buffer.current().result().orElseThrow().width()).isEqualTo(width);
        }
    }

    @Test
    void aResultOfAnotherSizeIsNotThePictures() {
        show(0, 10, 64, 48);
        assertThat(add(0, 48, 64)).isFalse();
        buffer.latest();
        assertThat(buffer.current().result()).isEmpty();
    }

    @Test
    void aResultOfTheRunBeforeIsNotThatOfThisOne() {
        show(0, 10);
        add(0);
        add(40);
        buffer.beginRun();
        assertThat(show(40, 20)).isFalse();
        assertThat(resultOf()).isEqualTo(0);
    }

    @Test
    void scalingAnewAndMirroringKeepThePairTogether() {
        show(0, 10);
        add(0);
        show(40, 20);
        add(40);
        buffer.fitInto(128, 96);
        buffer.mirror(true);
        buffer.rescale();
        assertThat(resultOf()).isEqualTo(40);
        assertThat(buffer.current().mirrored()).isTrue();
        assertThat(buffer.current().image().getWidth()).isEqualTo(128);
        assertThat(gray()).isEqualTo(20);
    }

    @Test
    void manyPicturesWithoutAResultTakeBoundedMemoryAndTheLatestStillFindTheirs() {
        show(0, 10);
        add(0);
        for (int i = 1; i <= 200; i++) {
            show(i, i % 100);
        }
        assertThat(add(5)).as("long gone").isFalse();
        assertThat(add(195)).isTrue();
        assertThat(resultOf()).isEqualTo(195);
        assertThat(gray()).isEqualTo(95);
    }

    @Test
    void aDrawnPictureStaysUntouchedWhileOthersCome() {
        show(0, 10);
        add(0);
        PictureBuffer.Picture drawn = buffer.latest();
        for (int i = 1; i <= 50; i++) {
            show(i * 40, 100);
            add(i * 40);
        }
        assertThat(drawn.image().getRGB(5, 5) & 0xFF).isEqualTo(10);
        assertThat(gray()).isEqualTo(100);
    }

    @Test
    void afterClearingThereIsNothing() {
        show(0, 10);
        add(0);
        buffer.clear();
        assertThat(buffer.latest().image()).isNull();
        assertThat(buffer.isEmpty()).isTrue();
        assertThat(buffer.result()).isEmpty();
    }

    private boolean show(long millis, int gray) {
        return show(millis, gray, 64, 48);
    }

    private boolean show(long millis, int gray, int width, int height) {
        FrameBuffer target = FrameBuffer.standalone();
        byte[] pixels = new byte[width * height];
        Arrays.fill(pixels, (byte) gray);
        target.reshape(width, height, PixelFormat.GRAY8).put(0, pixels);
        target.stamp(millis * MILLI);
        try (Frame frame = target.toFrame()) {
            return buffer.show(frame);
        }
    }

    private boolean add(long millis) {
        return add(millis, 64, 48);
    }

    private boolean add(long millis, int width, int height) {
        EmotionScores happy = EmotionScores.certain(Emotion.HAPPY);
        EmotionReading reading = new EmotionReading(
                1,
                millis * MILLI,
                new DetectedFace(new BoundingBox(1, 1, 20, 20), 1),
                happy,
                happy,
                Optional.of(Emotion.HAPPY));
        return buffer.add(new FrameResult(
                0,
                millis * MILLI,
                Instant.EPOCH,
                "",
                width,
                height,
                false,
                List.of(reading),
                new StageTimings(0, 0, 0, 0)));
    }

    private long shown() {
        return buffer.latest().mediaNanos() / MILLI;
    }

    private long resultOf() {
        return buffer.latest().result().orElseThrow().mediaNanos() / MILLI;
    }

    private int gray() {
        return buffer.latest().image().getRGB(5, 5) & 0xFF;
    }
}
