package org.emotion4j.window;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;

/**
 * Draws a session's timeline: marks of what the face did, a band of the predominant expression, the curves of the seven scores
 * below it, the markers across all, and the time.
 */
final class TimelineDrawing {
    /** At least this much time is shown, so that the first seconds do not fill the width. */
    static final long SHORTEST_NANOS = 30_000_000_000L;

    /** Room for the scale. */
    static final int LEFT = 52;

    /** Room for the legend. */
    static final int RIGHT = 132;

    private static final int EDGE = 8;
    static final int BAND = 20;
    private static final int AXIS = 18;
    private static final int FLAGS = 16;
    /** The line of marks of what the face did, above the band. */
    private static final int MARKS = 9;

    static final int BAND_TOP = FLAGS + MARKS;
    private static final int TICK_SPACE = 90;
    private static final long[] TICK_SECONDS = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400
    };

    private final Texts texts;
    private final int width;
    private final int height;
    private final long spanNanos;

    /**
     * Makes a drawing.
     *
     * @param texts names what is drawn
     * @param width in pixels
     * @param height in pixels
     * @param endNanos the time of the latest frame
     * @param ended whether no more will come, so that the axis ends where the session does
     */
    TimelineDrawing(Texts texts, int width, int height, long endNanos, boolean ended) {
        this.texts = texts;
        this.width = width;
        this.height = height;
        this.spanNanos = ended && endNanos > 0 ? endNanos : span(endNanos);
    }

    /** Grows in steps, so that the curve does not shrink with every frame. */
    private static long span(long endNanos) {
        long span = SHORTEST_NANOS;
        while (span < endNanos) {
            span += Math.max(SHORTEST_NANOS, span / 2 / SHORTEST_NANOS * SHORTEST_NANOS);
        }
        return span;
    }

    double x(long nanos) {
        return LEFT + (width - LEFT - RIGHT) * (nanos / (double) spanNanos);
    }

    long nanos(double x) {
        return Math.round((x - LEFT) / (width - LEFT - RIGHT) * spanNanos);
    }

    int curvesTop() {
        return BAND_TOP + BAND + 6;
    }

    int curvesBottom() {
        return height - AXIS - 4;
    }

    void draw(Graphics2D graphics, Strip strip, Font font) {
        ExpressionTrack.Curve curve = strip.curve();
        Graphics2D pen = (Graphics2D) graphics.create();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setFont(font.deriveFont(font.getSize2D() - 1));
        ground(pen);
        if (curve.pictures().isEmpty()) {
            axis(pen);
        } else {
            new PicturesDrawing(this, curve).numbers(pen, height - 4f);
        }
        scale(pen);
        legend(pen);
        band(pen, curve);
        strip.events().forEach(mark -> mark(pen, mark));
        strip.corrections().forEach(each -> correction(pen, each));
        Shape clip = pen.getClip();
        pen.clip(new Rectangle2D.Double(
                LEFT,
                curvesTop() - PicturesDrawing.POINT,
                width - LEFT - RIGHT,
                curvesBottom() - curvesTop() + 2 * PicturesDrawing.POINT));
        for (Emotion emotion : Emotion.all()) {
            if (curve.pictures().isEmpty()) {
                curve(pen, curve, emotion);
            } else {
                new PicturesDrawing(this, curve).points(pen, emotion);
            }
        }
        pen.setClip(clip);
        markers(pen, strip.markers());
        for (int i = strip.moments().size() - 1; i >= 0; i--) {
            moment(pen, strip.moments().get(i), i + 1);
        }
        pen.dispose();
    }

    private void ground(Graphics2D pen) {
        pen.setColor(Palette.paper());
        pen.fill(new Rectangle2D.Double(LEFT, FLAGS, width - LEFT - RIGHT, curvesBottom() - FLAGS));
        pen.setColor(Palette.mix(Palette.paper(), Palette.line(), 0.5));
        for (int quarter = 0; quarter <= 4; quarter++) {
            double y = curvesBottom() - (curvesBottom() - curvesTop()) * quarter / 4.0;
            pen.draw(new Line2D.Double(LEFT, y, width - RIGHT, y));
        }
    }

    private void axis(Graphics2D pen) {
        long step = TICK_SECONDS[TICK_SECONDS.length - 1];
        for (int i = TICK_SECONDS.length - 1; i >= 0; i--) {
            if (x(TICK_SECONDS[i] * 1_000_000_000L) - LEFT >= TICK_SPACE) {
                step = TICK_SECONDS[i];
            }
        }
        FontMetrics metrics = pen.getFontMetrics();
        for (long second = 0; second * 1_000_000_000L <= spanNanos; second += step) {
            double x = x(second * 1_000_000_000L);
            String text = Texts.clock(second * 1_000_000_000L);
            pen.setColor(Palette.line());
            pen.draw(new Line2D.Double(x, curvesBottom(), x, curvesBottom() + 4.0));
            pen.setColor(Palette.quietInk());
            double left = Math.max(
                    LEFT, Math.min(x - metrics.stringWidth(text) / 2.0, width - RIGHT - metrics.stringWidth(text)));
            pen.drawString(text, (float) left, height - 4f);
        }
    }

    /** What the height of a curve stands for. */
    private void scale(Graphics2D pen) {
        FontMetrics metrics = pen.getFontMetrics();
        pen.setColor(Palette.quietInk());
        for (int half = 0; half <= 2; half++) {
            String text = texts.percent(half / 2.0);
            double y = curvesBottom() - (curvesBottom() - curvesTop()) * half / 2.0;
            pen.drawString(
                    text, (float) (LEFT - 6 - metrics.stringWidth(text)), (float) (y + metrics.getAscent() / 2.0 - 1));
        }
    }

    /** Which color and which form stands for what. */
    private void legend(Graphics2D pen) {
        FontMetrics metrics = pen.getFontMetrics();
        double left = width - RIGHT + 12.0;
        int entries = Emotion.all().size() + 1;
        double step = (height - 4.0) / entries;
        for (int i = 0; i < entries; i++) {
            Optional<Emotion> what =
                    i < Emotion.all().size() ? Optional.of(Emotion.all().get(i)) : Optional.empty();
            double middle = 2 + step * (i + 0.5);
            Color color = Palette.of(what);
            double tall = what.isPresent() ? 9 : 5;
            Rectangle2D swatch = new Rectangle2D.Double(left, middle - tall / 2, 14, tall);
            pen.setColor(what.isPresent() ? color : Palette.faded(color, 150));
            pen.fill(swatch);
            if (what.isPresent()) {
                pen.setColor(Palette.outline(color));
                pen.draw(swatch);
            }
            pen.setColor(Palette.quietInk());
            String name = texts.get(what.isPresent() ? "emotion." + what.get().label() : "timeline.unclear");
            pen.drawString(shortened(name, metrics, width - EDGE - left - 20), (float) left + 20, (float)
                    (middle + metrics.getAscent() / 2.0 - 1));
        }
    }

    private void band(Graphics2D pen, ExpressionTrack.Curve curve) {
        if (!curve.pictures().isEmpty()) {
            new PicturesDrawing(this, curve).cells(pen);
            return;
        }
        int from = 0;
        while (from < curve.bins().size()) {
            int to = from + 1;
            while (to < curve.bins().size()
                    && looksAlike(curve.bins().get(from), curve.bins().get(to))) {
                to++;
            }
            double left = x(from * curve.binNanos());
            double right = x(Math.min(to * curve.binNanos(), Math.max(curve.endNanos(), from * curve.binNanos())));
            stretch(
                    pen,
                    curve.bins().get(from),
                    new Rectangle2D.Double(left, BAND_TOP, Math.max(1, right - left), BAND));
            from = to;
        }
    }

    /** Expressions in the upper half of the line, what eyes, head and mouth did in the lower one. */
    private void mark(Graphics2D pen, EventTrack.Mark mark) {
        double left = x(mark.fromNanos());
        double wide = Math.max(1.5, x(mark.toNanos()) - left);
        boolean upper = mark.kind() == EventTrack.Kind.EXPRESSION;
        pen.setColor(
                switch (mark.kind()) {
                    case EXPRESSION -> Palette.of(mark.emotion());
                    case EYES -> Palette.ink();
                    case HEAD -> Palette.faintInk();
                    case TALKING -> Palette.line();
                });
        pen.fill(new Rectangle2D.Double(left, upper ? FLAGS : FLAGS + 4.5, wide, 3.5));
    }

    /** A label as a person sees it lies across the lower half of the band, framed, so that what was read is seen above it. */
    private void correction(Graphics2D pen, Strip.Correction correction) {
        double left = x(correction.fromNanos());
        Rectangle2D place = new Rectangle2D.Double(
                left, BAND_TOP + BAND / 2.0, Math.max(3, x(correction.toNanos()) - left), BAND / 2.0);
        pen.setColor(correction.label().map(Palette::of).orElseGet(Palette::paper));
        pen.fill(place);
        pen.setColor(Palette.ink());
        pen.setStroke(new BasicStroke(1.2f));
        pen.draw(place);
    }

    /** One of the most marked moments: its number in a disc at the foot of the curves. */
    private void moment(Graphics2D pen, long nanos, int number) {
        FontMetrics metrics = pen.getFontMetrics();
        String text = Integer.toString(number);
        double radius = 8;
        double x = Math.max(LEFT + radius, Math.min(x(nanos), width - RIGHT - radius));
        double y = curvesBottom() - radius - 2;
        pen.setColor(Palette.ink());
        pen.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
        pen.setColor(Palette.paper());
        pen.drawString(
                text, (float) (x - metrics.stringWidth(text) / 2.0), (float) (y + metrics.getAscent() / 2.0 - 2));
    }

    private static boolean looksAlike(ExpressionTrack.Bin one, ExpressionTrack.Bin other) {
        return one.kind() == other.kind() && one.predominant().equals(other.predominant());
    }

    /** What a stretch of the band shows. */
    void stretch(Graphics2D pen, ExpressionTrack.Bin bin, Rectangle2D place) {
        switch (bin.kind()) {
            case EXPRESSION -> {
                pen.setColor(Palette.of(bin.predominant()));
                pen.fill(place);
            }
            case NO_CLEAR -> {
                pen.setColor(Palette.faded(Palette.of(Optional.empty()), 150));
                pen.fill(new Rectangle2D.Double(place.getX(), place.getCenterY() - 3, place.getWidth(), 6));
            }
            case NO_FACE -> {
                pen.setColor(Palette.line());
                pen.fill(new Rectangle2D.Double(place.getX(), place.getCenterY() - 1, place.getWidth(), 2));
            }
            case GAP -> hatch(pen, place);
        }
    }

    /** Gaps are hatched over the whole height. */
    private void hatch(Graphics2D pen, Rectangle2D place) {
        Graphics2D lines = (Graphics2D) pen.create();
        Rectangle2D whole = new Rectangle2D.Double(place.getX(), FLAGS, place.getWidth(), curvesBottom() - FLAGS);
        lines.clip(whole);
        lines.setColor(Palette.mix(Palette.paper(), Palette.line(), 0.8));
        double tall = whole.getHeight();
        for (double x = Math.floor((whole.getX() - tall) / 8) * 8; x < whole.getMaxX(); x += 8) {
            lines.draw(new Line2D.Double(x, whole.getMaxY(), x + tall, whole.getY()));
        }
        lines.dispose();
    }

    private void curve(Graphics2D pen, ExpressionTrack.Curve curve, Emotion emotion) {
        Path2D path = new Path2D.Float();
        boolean drawing = false;
        double tall = curvesBottom() - curvesTop();
        for (int i = 0; i < curve.bins().size(); i++) {
            ExpressionTrack.Bin bin = curve.bins().get(i);
            if (!bin.hasFace()) {
                drawing = false;
                continue;
            }
            double x = x(Math.min(i * curve.binNanos() + curve.binNanos() / 2, curve.endNanos()));
            double y = curvesBottom() - tall * bin.means()[emotion.ordinal()];
            if (drawing) {
                path.lineTo(x, y);
            } else {
                path.moveTo(x, y);
            }
            drawing = true;
        }
        Color color = Palette.of(emotion);
        pen.setStroke(new BasicStroke(3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL));
        pen.setColor(Palette.outline(color));
        pen.draw(path);
        pen.setStroke(new BasicStroke(1.9f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL));
        pen.setColor(color);
        pen.draw(path);
    }

    private void markers(Graphics2D pen, List<LiveView.Marker> markers) {
        FontMetrics metrics = pen.getFontMetrics();
        double taken = Double.NEGATIVE_INFINITY;
        for (LiveView.Marker marker : markers) {
            double x = x(marker.nanos());
            pen.setColor(Palette.ink());
            pen.setStroke(
                    new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {4, 3}, 0));
            pen.draw(new Line2D.Double(x, FLAGS, x, curvesBottom()));
            Path2D flag = new Path2D.Double();
            flag.moveTo(x - 4, FLAGS - 7.0);
            flag.lineTo(x + 4, FLAGS - 7.0);
            flag.lineTo(x, FLAGS);
            flag.closePath();
            pen.fill(flag);
            double left = x + 7;
            String text = shortened(marker.text(), metrics, Math.min(160, width - RIGHT - left));
            if (left > taken && !text.isEmpty()) {
                pen.drawString(text, (float) left, FLAGS - 4f);
                taken = left + metrics.stringWidth(text) + 8;
            }
        }
    }

    private static String shortened(String text, FontMetrics metrics, double space) {
        if (metrics.stringWidth(text) <= space) {
            return text;
        }
        for (int length = text.length() - 1; length > 2; length--) {
            String cut = text.substring(0, length) + "…";
            if (metrics.stringWidth(cut) <= space) {
                return cut;
            }
        }
        return "";
    }
}
