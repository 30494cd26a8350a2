package org.emotion4j.window;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;

/**
 * A drawn face for each of the seven expressions and one for "no clear expression", as lines in a square of 100 by 100. What
 * differs is what the expression's action units move: brows, lids, nose and mouth (Ekman and Friesen's coding system).
 */
final class FaceDrawing {
    private static final Color SKIN = new Color(0xF3, 0xE3, 0xD0);
    private static final Color INK = new Color(0x2B, 0x26, 0x22);
    private static final Color MOUTH = new Color(0x7A, 0x2E, 0x2E);
    private static final Color TEETH = new Color(0xFD, 0xFC, 0xF8);
    private static final double LEFT_EYE = 34;
    private static final double RIGHT_EYE = 66;
    private static final double EYES = 46;

    private FaceDrawing() {}

    /**
     * Draws a face.
     *
     * @param graphics where to; left as it was
     * @param label the expression; empty for "no clear expression"
     * @param x left edge of the square
     * @param y top edge
     * @param side its length
     */
    static void draw(Graphics2D graphics, Optional<Emotion> label, double x, double y, double side) {
        Graphics2D pen = (Graphics2D) graphics.create();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        pen.translate(x, y);
        pen.scale(side / 100, side / 100);
        Color color = Palette.of(label);
        head(pen, color);
        if (label.isEmpty()) {
            unclear(pen);
        } else {
            switch (label.get()) {
                case ANGRY -> angry(pen);
                case DISGUST -> disgust(pen);
                case FEAR -> fear(pen);
                case HAPPY -> happy(pen);
                case SAD -> sad(pen);
                case SURPRISE -> surprise(pen);
                case NEUTRAL -> neutral(pen);
            }
        }
        pen.dispose();
    }

    /** The ring has the color of the expression, as everywhere. */
    private static void head(Graphics2D pen, Color ring) {
        Shape head = new Ellipse2D.Double(8, 5, 84, 90);
        pen.setColor(SKIN);
        pen.fill(head);
        pen.setColor(Palette.outline(ring));
        pen.setStroke(new BasicStroke(6.4f));
        pen.draw(head);
        pen.setColor(ring);
        pen.setStroke(new BasicStroke(5));
        pen.draw(head);
    }

    private static void angry(Graphics2D pen) {
        brows(pen, 30, 36, 38);
        eyes(pen, 5.2, 4, 0, 0);
        lids(pen, 0.42, true);
        stroke(pen, 2);
        line(pen, 47, 34, 48.5, 39);
        line(pen, 53, 34, 51.5, 39);
        Path2D mouth = new Path2D.Double();
        mouth.moveTo(33, 76);
        mouth.curveTo(38, 67, 62, 67, 67, 76);
        mouth.curveTo(60, 74.5, 40, 74.5, 33, 76);
        mouth.closePath();
        openMouth(pen, mouth, 70, 75);
        nose(pen, 0);
    }

    private static void disgust(Graphics2D pen) {
        brows(pen, 35, 38, 38);
        eyes(pen, 5, 2.8, 0, 0);
        lids(pen, 0.25, false);
        stroke(pen, 1.8);
        curve(pen, 27, 52, 33, 55, 40, 51);
        curve(pen, 60, 51, 67, 55, 73, 52);
        line(pen, 45, 49, 49, 52);
        line(pen, 55, 49, 51, 52);
        line(pen, 44, 53, 48.5, 55.5);
        line(pen, 56, 53, 51.5, 55.5);
        nose(pen, 2);
        stroke(pen, 2);
        curve(pen, 36, 60, 31, 65, 30, 71);
        curve(pen, 64, 60, 69, 65, 70, 71);
        Path2D mouth = new Path2D.Double();
        mouth.moveTo(35, 78);
        mouth.curveTo(38, 70, 44, 69, 50, 71.5);
        mouth.curveTo(56, 69, 62, 70, 65, 78);
        mouth.curveTo(58, 76, 42, 76, 35, 78);
        mouth.closePath();
        openMouth(pen, mouth, 68, 73.5);
    }

    private static void fear(Graphics2D pen) {
        brows(pen, 31, 24, 24);
        stroke(pen, 1.6);
        curve(pen, 42, 17, 50, 15.5, 58, 17);
        eyes(pen, 6.6, 8.2, 0, 0);
        nose(pen, 0);
        Path2D mouth = new Path2D.Double();
        mouth.moveTo(31, 73);
        mouth.curveTo(40, 67, 60, 67, 69, 73);
        mouth.curveTo(62, 82, 38, 82, 31, 73);
        mouth.closePath();
        openMouth(pen, mouth, 68, 73.5);
    }

    private static void happy(Graphics2D pen) {
        brows(pen, 31, 29, 32);
        eyes(pen, 5.4, 4.6, 0, 0);
        stroke(pen, 2);
        curve(pen, 27, 55, 34, 52.5, 41, 55);
        curve(pen, 59, 55, 66, 52.5, 73, 55);
        line(pen, 22.5, 43, 25.5, 45);
        line(pen, 77.5, 43, 74.5, 45);
        nose(pen, 0);
        Path2D mouth = new Path2D.Double();
        mouth.moveTo(27, 65);
        mouth.curveTo(38, 69.5, 62, 69.5, 73, 65);
        mouth.curveTo(68, 84, 32, 84, 27, 65);
        mouth.closePath();
        openMouth(pen, mouth, 60, 73.5);
    }

    private static void sad(Graphics2D pen) {
        brows(pen, 36, 30, 28);
        eyes(pen, 5, 4.4, 0, 1);
        lids(pen, 0.3, false);
        nose(pen, 0);
        stroke(pen, 3);
        curve(pen, 35, 77, 50, 66, 65, 77);
        stroke(pen, 1.8);
        curve(pen, 44, 82, 50, 80, 56, 82);
    }

    private static void surprise(Graphics2D pen) {
        brows(pen, 26, 20, 26);
        eyes(pen, 6.4, 7.6, 0, 0);
        nose(pen, 0);
        openMouth(pen, new Ellipse2D.Double(40, 64, 20, 25), 0, 0);
    }

    private static void neutral(Graphics2D pen) {
        brows(pen, 32, 30, 32);
        eyes(pen, 5.2, 5, 0, 0);
        nose(pen, 0);
        stroke(pen, 3);
        line(pen, 37, 73, 63, 73);
    }

    /** Dotted, and with a mouth that goes neither way. */
    private static void unclear(Graphics2D pen) {
        pen.setColor(INK);
        pen.setStroke(
                new BasicStroke(2.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, new float[] {0.1f, 5}, 0));
        curve(pen, 26, 33, 34, 30, 42, 33);
        curve(pen, 58, 33, 66, 30, 74, 33);
        curve(pen, 35, 74, 43, 70, 50, 73);
        curve(pen, 50, 73, 57, 76, 65, 72);
        eyes(pen, 4.4, 4.4, 0, 0);
        nose(pen, 0);
    }

    /** Both brows by the height of their outer end, their middle and their inner end. */
    private static void brows(Graphics2D pen, double outer, double middle, double inner) {
        stroke(pen, 3.4);
        curve(pen, 24, outer, 34, middle, 43, inner);
        curve(pen, 76, outer, 66, middle, 57, inner);
    }

    private static void eyes(Graphics2D pen, double width, double height, double lookX, double lookY) {
        for (double center : new double[] {LEFT_EYE, RIGHT_EYE}) {
            Shape white = ellipse(center, EYES, width * 1.35, height * 1.25);
            pen.setColor(Color.WHITE);
            pen.fill(white);
            Area iris = new Area(ellipse(center + lookX, EYES + lookY, 3.6, 3.6));
            iris.intersect(new Area(white));
            pen.setColor(INK);
            pen.fill(iris);
            stroke(pen, 1.8);
            pen.draw(white);
        }
    }

    /** Upper lids that cover a share of the eyes; slanting inwards in anger. */
    private static void lids(Graphics2D pen, double share, boolean slanting) {
        for (double center : new double[] {LEFT_EYE, RIGHT_EYE}) {
            double top = EYES - 8;
            double edge = top + 16 * share;
            double slant = !slanting ? 0 : center == LEFT_EYE ? 2.5 : -2.5;
            Path2D lid = new Path2D.Double();
            lid.moveTo(center - 9.5, top);
            lid.lineTo(center + 9.5, top);
            lid.lineTo(center + 9.5, edge + slant);
            lid.lineTo(center - 9.5, edge - slant);
            lid.closePath();
            Area covered = new Area(lid);
            covered.intersect(new Area(ellipse(center, EYES, 9.5, 9)));
            pen.setColor(SKIN);
            pen.fill(covered);
            stroke(pen, 2.2);
            line(pen, center - 7, edge - slant * 0.75, center + 7, edge + slant * 0.75);
        }
    }

    private static void nose(Graphics2D pen, double raised) {
        stroke(pen, 2);
        curve(pen, 46, 60 - raised, 50, 63.5 - raised, 54, 60 - raised);
    }

    /** Dark inside, with teeth between two heights where the first is above the second. */
    private static void openMouth(Graphics2D pen, Shape mouth, double teethTop, double teethBottom) {
        pen.setColor(MOUTH);
        pen.fill(mouth);
        if (teethTop < teethBottom) {
            Area teeth = new Area(mouth);
            teeth.intersect(new Area(new Rectangle2D.Double(0, teethTop, 100, teethBottom - teethTop)));
            pen.setColor(TEETH);
            pen.fill(teeth);
        }
        stroke(pen, 2.6);
        pen.draw(mouth);
    }

    private static Shape ellipse(double x, double y, double halfWidth, double halfHeight) {
        return AffineTransform.getTranslateInstance(x, y)
                .createTransformedShape(new Ellipse2D.Double(-halfWidth, -halfHeight, 2 * halfWidth, 2 * halfHeight));
    }

    private static void stroke(Graphics2D pen, double width) {
        pen.setColor(INK);
        pen.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }

    private static void line(Graphics2D pen, double x1, double y1, double x2, double y2) {
        pen.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    /** A line from the first to the third point that passes the second. */
    private static void curve(Graphics2D pen, double x1, double y1, double x2, double y2, double x3, double y3) {
        Path2D path = new Path2D.Double();
        path.moveTo(x1, y1);
        path.quadTo(2 * x2 - (x1 + x3) / 2, 2 * y2 - (y1 + y3) / 2, x3, y3);
        pen.draw(path);
    }
}
