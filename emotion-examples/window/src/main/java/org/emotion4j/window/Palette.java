package org.emotion4j.window;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.util.Optional;
import javax.swing.UIManager;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.opencv.Annotator;

/**
 * The colors: those of {@link Annotator#colorOf} for expressions, which people with color vision deficiencies tell apart,
 * and those of the look and feel for everything else.
 */
final class Palette {
    static final Color RECORDING = new Color(0xD5, 0x1F, 0x1F);
    static final Color RIM = new Color(0x20, 0x20, 0x20);
    static final Color DARK_INK = new Color(0x1B, 0x22, 0x2B);

    /** What is read from a poor picture is drawn so. */
    static final AlphaComposite PALE = AlphaComposite.getInstance(AlphaComposite.SRC_OVER, 0.35f);

    private static final double BRIGHT = 140;

    private Palette() {}

    static Color of(Optional<Emotion> emotion) {
        return new Color(Annotator.colorOf(emotion));
    }

    static Color of(Emotion emotion) {
        return of(Optional.of(emotion));
    }

    static Color ink() {
        return uiColor("Label.foreground", DARK_INK);
    }

    static Color faintInk() {
        return uiColor("Label.disabledForeground", Color.GRAY);
    }

    /** Quieter than ink and still easy to read: 4.5 to 1 and more against ground and paper. */
    static Color quietInk() {
        return mix(ground(), ink(), 0.8);
    }

    static Color ground() {
        return uiColor("Panel.background", Color.WHITE);
    }

    static Color paper() {
        return uiColor("TextField.background", Color.WHITE);
    }

    static Color line() {
        return uiColor("Component.borderColor", Color.LIGHT_GRAY);
    }

    static boolean isDark() {
        return luma(ground()) < BRIGHT;
    }

    /** An outline that lets light colors stand out on light ground, and dark ones on dark. */
    static Color outline(Color fill) {
        return isDark() ? mix(fill, Color.WHITE, 0.35) : mix(fill, Color.BLACK, 0.35);
    }

    /** Black or white, whichever is easier to read on a color. */
    static Color writingOn(Color background) {
        return luma(background) > BRIGHT ? DARK_INK : Color.WHITE;
    }

    static Color mix(Color one, Color other, double share) {
        return new Color(
                (int) Math.round(one.getRed() * (1 - share) + other.getRed() * share),
                (int) Math.round(one.getGreen() * (1 - share) + other.getGreen() * share),
                (int) Math.round(one.getBlue() * (1 - share) + other.getBlue() * share));
    }

    static Color faded(Color color, int alpha) {
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
    }

    private static double luma(Color color) {
        return 0.299 * color.getRed() + 0.587 * color.getGreen() + 0.114 * color.getBlue();
    }

    private static Color uiColor(String key, Color otherwise) {
        Color color = UIManager.getColor(key);
        return color == null ? otherwise : color;
    }
}
