package org.emotion4j.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;

/** Writes text into a picture; writes nothing where the Java installation has no fonts, as in slim containers. */
final class Pen {
    /** Where a text lies relative to its point. */
    enum Align {
        LEFT(0),
        CENTER(0.5),
        RIGHT(1);

        private final double share;

        Align(double share) {
            this.share = share;
        }
    }

    private final Graphics2D graphics;

    Pen(Graphics2D graphics) {
        this.graphics = graphics;
    }

    /** Tells whether this Java can write: the first use of fonts fails in many ways where their libraries lack. */
    static boolean hasFonts() {
        return Fonts.PRESENT;
    }

    static Font plain(int size) {
        return new Font(Font.SANS_SERIF, Font.PLAIN, size);
    }

    static Font bold(int size) {
        return new Font(Font.SANS_SERIF, Font.BOLD, size);
    }

    /** Writes with the baseline at y. */
    void write(String text, double x, double y, Align align, Font font, Color color) {
        if (hasFonts() && !text.isEmpty()) {
            graphics.setFont(font);
            graphics.setColor(color);
            graphics.drawString(text, (float) (x - align.share * width(text, font)), (float) y);
        }
    }

    /** Writes in the middle of a space, or shortened, or not at all where even that does not fit. */
    void writeWithin(String text, double centerX, double y, double space, Font font, Color color) {
        for (String form : new String[] {text, text.length() > 8 ? text.substring(0, 6) + "…" : text}) {
            if (width(form, font) <= space) {
                write(form, centerX, y, Align.CENTER, font, color);
                return;
            }
        }
    }

    double width(String text, Font font) {
        return hasFonts()
                ? font.getStringBounds(text, graphics.getFontRenderContext()).getWidth()
                : 0;
    }

    private static final class Fonts {
        static final boolean PRESENT = probe();

        private static boolean probe() {
            try {
                return plain(12)
                                .getStringBounds("x", new FontRenderContext(null, true, true))
                                .getWidth()
                        > 0;
            } catch (RuntimeException | LinkageError | InternalError e) {
                return false;
            }
        }
    }
}
