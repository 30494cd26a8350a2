package org.emotion4j.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.evaluation.ConfusionMatrix;
import org.junit.jupiter.api.Test;

final class ConfusionChartTest {
    /** The corner of a cell, beside what is written in it. */
    private static final int LEFT = 188 + 4;

    private static final int TOP = 84 + 4;

    @Test
    void aCellIsTheDarkerTheLargerItsShareOfItsColumnIs() throws IOException {
        BufferedImage image = picture(ConfusionChart.Colors.PRINT);
        int all = color(image, Emotion.HAPPY, Emotion.HAPPY.ordinal());
        int half = color(image, Emotion.SAD, Emotion.SAD.ordinal());
        int none = color(image, Emotion.HAPPY, Emotion.ANGRY.ordinal());
        assertThat(new Color(none)).isEqualTo(Color.WHITE);
        assertThat(red(all)).isLessThan(red(half));
        assertThat(red(half)).isLessThan(red(none));
    }

    @Test
    void neutralAndNoClearExpressionShareARowAndNoFaceHasOne() throws IOException {
        BufferedImage image = picture(ConfusionChart.Colors.PRINT);
        assertThat(color(image, Emotion.SAD, Emotion.NEUTRAL.ordinal()))
                .as("sad that was read as no clear expression")
                .isEqualTo(color(image, Emotion.SAD, Emotion.SAD.ordinal()));
        assertThat(red(color(image, Emotion.FEAR, ConfusionMatrix.ROWS)))
                .as("fear in which no face was found")
                .isLessThan(255);
    }

    @Test
    void itsGroundIsThePaperThatIsAskedFor() throws IOException {
        Color paper = new Color(0x20, 0x24, 0x28);
        BufferedImage image = picture(new ConfusionChart.Colors(paper, Color.WHITE, Color.GRAY, Color.DARK_GRAY));
        assertThat(new Color(image.getRGB(2, 2))).isEqualTo(paper);
        assertThat(new Color(color(image, Emotion.HAPPY, Emotion.ANGRY.ordinal())))
                .isEqualTo(paper);
        assertThat(List.of(image.getWidth(), image.getHeight()))
                .containsExactly(ConfusionChart.size().width, ConfusionChart.size().height);
    }

    private static BufferedImage picture(ConfusionChart.Colors colors) throws IOException {
        long[][] counts = new long[ConfusionMatrix.ROWS][ConfusionMatrix.COLUMNS];
        counts[Emotion.HAPPY.ordinal()][Emotion.HAPPY.ordinal()] = 4;
        counts[Emotion.SAD.ordinal()][Emotion.SAD.ordinal()] = 2;
        counts[Emotion.SAD.ordinal()][ConfusionMatrix.NO_CLEAR] = 2;
        counts[Emotion.FEAR.ordinal()][ConfusionMatrix.NO_FACE] = 1;
        ConfusionMatrix matrix = ConfusionMatrix.of(counts);
        byte[] png = ConfusionChart.of(matrix, ConfusionChart.Words.english(matrix), colors)
                .png();
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    private static int color(BufferedImage image, Emotion shown, int row) {
        return image.getRGB(LEFT + 104 * shown.ordinal(), TOP + 58 * row);
    }

    private static int red(int rgb) {
        return new Color(rgb).getRed();
    }
}
