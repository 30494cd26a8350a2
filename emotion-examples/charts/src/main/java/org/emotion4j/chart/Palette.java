package org.emotion4j.chart;

import java.awt.Color;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.opencv.Annotator;

/** The colors of charts: those of the annotator for expressions, quiet ones for everything else. */
final class Palette {
    static final Color INK = new Color(0x22, 0x2B, 0x36);
    static final Color FAINT_INK = new Color(0x6B, 0x76, 0x83);
    static final Color GRID = new Color(0xE1, 0xE5, 0xEA);
    static final Color PANEL = new Color(0xF7, 0xF8, 0xFA);
    static final Color NOTHING = new Color(0xEC, 0xEE, 0xF1);

    private Palette() {}

    static Color of(Emotion emotion) {
        return new Color(Annotator.colorOf(Optional.of(emotion)));
    }

    static Color of(Optional<Emotion> emotion) {
        return emotion.map(Palette::of).orElse(NOTHING);
    }

    /** Black or white, whichever is easier to read on a color (its BT.601 luma decides). */
    static Color writingOn(Color background) {
        double luma = 0.299 * background.getRed() + 0.587 * background.getGreen() + 0.114 * background.getBlue();
        return luma > 140 ? INK : Color.WHITE;
    }
}
