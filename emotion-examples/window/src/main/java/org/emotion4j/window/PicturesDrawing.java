package org.emotion4j.window;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import org.emotion4j.emotion.Emotion;

/** Draws the timeline of pictures that do not follow from one another: cells, points and numbers in place of band, curves and times. */
final class PicturesDrawing {
    /** The radius of a point. */
    static final double POINT = 3.5;

    private final TimelineDrawing axes;
    private final ExpressionTrack.Curve curve;

    PicturesDrawing(TimelineDrawing axes, ExpressionTrack.Curve curve) {
        this.axes = axes;
        this.curve = curve;
    }

    /** Pictures do not follow from one another: each has a cell of its own, with a gap to the next where there is room. */
    void cells(Graphics2D pen) {
        for (ExpressionTrack.Picture each : curve.pictures()) {
            double left = axes.x(each.nanos());
            double wide = axes.x(each.nanos() + curve.stepNanos()) - left;
            double gap = wide > 6 ? 2 : 0;
            axes.stretch(
                    pen,
                    each.bin(),
                    new Rectangle2D.Double(
                            left, TimelineDrawing.BAND_TOP, Math.max(1, wide - gap), TimelineDrawing.BAND));
        }
    }

    /** Times of pictures mean nothing: each is told by its number, as far as there is room. */
    void numbers(Graphics2D pen, float baseline) {
        FontMetrics metrics = pen.getFontMetrics();
        pen.setColor(Palette.quietInk());
        double taken = Double.NEGATIVE_INFINITY;
        for (ExpressionTrack.Picture each : curve.pictures()) {
            String text = Long.toString(each.number());
            double left = middle(each) - metrics.stringWidth(text) / 2.0;
            if (left > taken) {
                pen.drawString(text, (float) left, baseline);
                taken = left + metrics.stringWidth(text) + 12;
            }
        }
    }

    private double middle(ExpressionTrack.Picture picture) {
        return axes.x(picture.nanos() + curve.stepNanos() / 2);
    }

    /** Points without lines: what lies between two pictures was never seen. */
    void points(Graphics2D pen, Emotion emotion) {
        Color color = Palette.of(emotion);
        double tall = axes.curvesBottom() - axes.curvesTop();
        for (ExpressionTrack.Picture each : curve.pictures()) {
            if (each.bin().hasFace()) {
                double y = axes.curvesBottom() - tall * each.bin().means()[emotion.ordinal()];
                Ellipse2D point = new Ellipse2D.Double(middle(each) - POINT, y - POINT, 2 * POINT, 2 * POINT);
                pen.setColor(color);
                pen.fill(point);
                pen.setColor(Palette.outline(color));
                pen.setStroke(new BasicStroke(1f));
                pen.draw(point);
            }
        }
    }
}
