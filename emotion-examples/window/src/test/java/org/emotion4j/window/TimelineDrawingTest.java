package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.reading.EmotionReading;
import org.junit.jupiter.api.Test;

/** What is drawn of a film, and of pictures that do not follow from one another. */
final class TimelineDrawingTest {
    private static final int WIDTH = 800;
    private static final int HEIGHT = 140;
    private static final long SECOND = 1_000_000_000L;

    @Test
    void picturesArePointsWithoutLinesBetweenThem() {
        ExpressionTrack track = track(true);
        TimelineDrawing drawing = drawing(track);
        BufferedImage image = draw(track, drawing);
        for (int i = 0; i < 4; i++) {
            assertThat(isInColumn(image, drawing, i * SECOND + SECOND / 2))
                    .as("the point of picture %s", i + 1)
                    .isTrue();
            assertThat(isInColumn(image, drawing, i * SECOND + SECOND / 10))
                    .as("between picture %s and the one before", i + 1)
                    .isFalse();
        }
    }

    @Test
    void aFilmIsALine() {
        ExpressionTrack track = track(false);
        TimelineDrawing drawing = drawing(track);
        BufferedImage image = draw(track, drawing);
        for (int tenth = 5; tenth < 30; tenth++) {
            assertThat(isInColumn(image, drawing, tenth * SECOND / 10)).isTrue();
        }
    }

    @Test
    void theLastPictureHasACellAsWideAsTheOthers() {
        ExpressionTrack track = track(true);
        TimelineDrawing drawing = drawing(track);
        BufferedImage image = draw(track, drawing);
        int band = drawing.curvesTop() - 16;
        for (int i = 0; i < 4; i++) {
            assertThat(new Color(image.getRGB((int) drawing.x(i * SECOND + SECOND / 2), band)))
                    .isEqualTo(Palette.of(Emotion.HAPPY));
        }
        assertThat(drawing.x(4 * SECOND)).isEqualTo(WIDTH - TimelineDrawing.RIGHT);
    }

    private static ExpressionTrack track(boolean pictures) {
        ExpressionTrack track = new ExpressionTrack();
        for (int i = 0; i < 4; i++) {
            track.add(i * SECOND, pictures || i == 0, Optional.of(happy()));
        }
        return track;
    }

    private static EmotionReading happy() {
        float[] values = new float[EmotionScores.SIZE];
        values[Emotion.HAPPY.ordinal()] = 1;
        EmotionScores scores = EmotionScores.of(values);
        return new EmotionReading(
                1, 0, new DetectedFace(new BoundingBox(1, 1, 9, 9), 1), scores, scores, Optional.of(Emotion.HAPPY));
    }

    private static TimelineDrawing drawing(ExpressionTrack track) {
        return new TimelineDrawing(
                Texts.of(Locale.ENGLISH), WIDTH, HEIGHT, track.curve().drawnNanos(), true);
    }

    private static BufferedImage draw(ExpressionTrack track, TimelineDrawing drawing) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        drawing.draw(pen, Strip.live(track.curve(), List.of(), List.of()), new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        pen.dispose();
        return image;
    }

    /** Whether the color of happy, which is at the top of the scale here, is at a moment. */
    private static boolean isInColumn(BufferedImage image, TimelineDrawing drawing, long nanos) {
        int x = (int) Math.round(drawing.x(nanos));
        for (int y = drawing.curvesTop() - 2; y < drawing.curvesTop() + 6; y++) {
            if (new Color(image.getRGB(x, y)).equals(Palette.of(Emotion.HAPPY))) {
                return true;
            }
        }
        return false;
    }
}
