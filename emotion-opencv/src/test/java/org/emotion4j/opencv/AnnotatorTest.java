package org.emotion4j.opencv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.Landmarks;
import org.emotion4j.face.TrackedFace;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.PixelFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
class AnnotatorTest {
    private static final BoundingBox BOX = new BoundingBox(100, 100, 80, 80);

    @Test
    void drawsTheBoxInTheColorOfTheExpression() {
        try (Annotator annotator = Annotator.create();
                Frame picture = gray(320, 240);
                Frame drawn =
                        annotator.annotate(picture, List.of(face(BOX).withReading(Optional.of(Emotion.HAPPY), 0.87)))) {
            assertThat(Oddities.rgb(drawn, 100, 150)).isEqualTo(Annotator.colorOf(Optional.of(Emotion.HAPPY)));
            assertThat(Oddities.rgb(drawn, 140, 140))
                    .as("the face itself stays free")
                    .isEqualTo(0x5A5A5A);
        }
    }

    @Test
    void leavesThePictureItCopiesAlone() {
        try (Annotator annotator = Annotator.create();
                Frame picture = gray(320, 240);
                Frame drawn = annotator.annotate(picture, List.of(face(BOX)))) {
            assertThat(picture.pixels().get(150 * 320 + 100)).isEqualTo((byte) 90);
            assertThat(drawn.format()).isEqualTo(PixelFormat.BGR24);
        }
    }

    @Test
    void everyLabelHasAColorOfItsOwn() {
        Set<Integer> colors = new HashSet<>();
        Emotion.all().forEach(label -> colors.add(Annotator.colorOf(Optional.of(label))));
        colors.add(Annotator.colorOf(Optional.empty()));
        assertThat(colors).hasSize(8);
    }

    @Test
    void keepsThePlateWithinThePicture() {
        BoundingBox corner = new BoundingBox(290, -20, 100, 100);
        try (Annotator annotator = Annotator.create();
                Frame picture = gray(320, 240);
                Frame drawn = annotator.annotate(
                        picture, List.of(face(corner).withReading(Optional.of(Emotion.SURPRISE), 1)))) {
            assertThat(pixelsIn(Annotator.colorOf(Optional.of(Emotion.SURPRISE)), drawn))
                    .as("the plate is drawn whole, though most of the box lies outside")
                    .isGreaterThan(800);
        }
    }

    @Test
    void drawsIntoABufferAndOntoPicturesOfAnySize() {
        try (Annotator annotator = Annotator.create()) {
            for (int side : new int[] {1, 7, 64, 2_000}) {
                try (FrameBuffer buffer = FrameBuffer.standalone()) {
                    buffer.reshape(side, side, PixelFormat.BGR24);
                    annotator.draw(buffer, List.of(face(BOX).withReading(Optional.empty(), 0.2)));
                    assertThat(buffer.width()).isEqualTo(side);
                }
            }
        }
    }

    @Test
    void drawsRealPortraits() throws IOException {
        try (Annotator annotator = Annotator.create();
                CascadeFaceDetector detector = CascadeFaceDetector.haarAlt2();
                Frame picture = Portraits.frame("user1-128x128.jpg")) {
            DetectedFace found = detector.detect(picture).get(0);
            try (Frame drawn = annotator.annotate(
                    picture,
                    List.of(Annotation.of(new TrackedFace(1, found)).withReading(Optional.of(Emotion.SAD), 0.5)))) {
                assertThat(pixelsIn(Annotator.colorOf(Optional.of(Emotion.SAD)), drawn))
                        .isGreaterThan(100);
            }
        }
    }

    @Test
    void refusesOtherFormatsConfidencesOutOfRangeAndUseAfterClose() {
        Annotator annotator = Annotator.create();
        try (Frame picture = gray(32, 24)) {
            assertThatThrownBy(() -> annotator.draw(picture, List.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("GRAY8, expected BGR24");
            assertThatThrownBy(() -> face(BOX).withReading(Optional.empty(), 1.1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("confidence is 1.1");
            annotator.close();
            assertThatThrownBy(() -> annotator.annotate(picture, List.of())).isInstanceOf(IllegalStateException.class);
        }
    }

    private static int pixelsIn(int rgb, Frame frame) {
        int count = 0;
        for (int y = 0; y < frame.height(); y++) {
            for (int x = 0; x < frame.width(); x++) {
                count += Oddities.rgb(frame, x, y) == rgb ? 1 : 0;
            }
        }
        return count;
    }

    private static Annotation face(BoundingBox box) {
        Landmarks points = Landmarks.of(Landmarks.Scheme.FIVE_POINTS, 120, 125, 160, 125, 130, 145, 122, 165, 158, 165);
        return new Annotation(box, Optional.of(points), OptionalInt.of(3), Optional.empty());
    }

    private static Frame gray(int width, int height) {
        byte[] pixels = new byte[width * height];
        Arrays.fill(pixels, (byte) 90);
        return Frame.of(width, height, PixelFormat.GRAY8, pixels);
    }
}
