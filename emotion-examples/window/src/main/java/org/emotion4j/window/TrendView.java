package org.emotion4j.window;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.emotion4j.emotion.Emotion;

/**
 * The course of a person's sessions: each expression's share of the time with a face, by the day, and below it a questionnaire's
 * figure. A description of a few numbers, and no statement about the person's state.
 */
@SuppressWarnings("serial") // components are never serialized
final class TrendView extends DrawnComponent {
    private static final int LEFT = 48;
    private static final int RIGHT = 110;
    private static final int TOP = 10;
    private static final int AXIS = 22;
    private static final int FIGURES = 64;
    private static final int DATE_SPACE = 12;

    private final Texts texts;
    private List<Point> points = List.of();
    private String empty = "";

    /**
     * A session.
     *
     * @param when it began
     * @param shares of the seven expressions in the time with a face; NaN without a face
     * @param figure the questionnaire's
     * @param figureName its name
     */
    record Point(Instant when, double[] shares, OptionalDouble figure, String figureName) {}

    TrendView(Texts texts) {
        this.texts = texts;
        setName("people.trend");
        setPreferredSize(new Dimension(480, 250));
        setMinimumSize(new Dimension(300, 180));
        Controls.describe(this, texts.get("people.trend"));
    }

    /** Shows sessions in the order of time, or says why there is nothing to show. */
    void show(List<Point> sessions, String otherwise) {
        points = sessions;
        empty = otherwise;
        getAccessibleContext().setAccessibleDescription(describe());
        repaint();
    }

    private String describe() {
        List<String> lines = new ArrayList<>();
        for (Point point : points) {
            List<String> shares = new ArrayList<>();
            for (Emotion emotion : Emotion.all()) {
                double share = point.shares()[emotion.ordinal()];
                if (share >= 0.005) {
                    shares.add(texts.get("scores.text", texts.of(emotion), texts.percent(share)));
                }
            }
            point.figure()
                    .ifPresent(value ->
                            shares.add(texts.get("review.line.figure", point.figureName(), texts.plain(value))));
            lines.add(texts.date(day(point)) + ": " + String.join(", ", shares));
        }
        return lines.isEmpty() ? empty : String.join("; ", lines);
    }

    private static LocalDate day(Point point) {
        return LocalDate.ofInstant(point.when(), ZoneId.systemDefault());
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D pen = (Graphics2D) graphics.create();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setFont(getFont().deriveFont(getFont().getSize2D() - 1));
        if (points.isEmpty()) {
            pen.setColor(Palette.quietInk());
            FontMetrics metrics = pen.getFontMetrics();
            int y = getHeight() / 2;
            for (String line : Lines.wrap(empty, metrics, Math.max(100, getWidth() - 40))) {
                pen.drawString(line, (getWidth() - metrics.stringWidth(line)) / 2, y);
                y += metrics.getHeight();
            }
        } else {
            draw(pen);
        }
        pen.dispose();
    }

    private void draw(Graphics2D pen) {
        boolean figures = points.stream().anyMatch(point -> point.figure().isPresent());
        double bottom = getHeight() - AXIS - (figures ? FIGURES : 0);
        FontMetrics metrics = pen.getFontMetrics();
        for (int quarter = 0; quarter <= 4; quarter++) {
            double y = bottom - (bottom - TOP) * quarter / 4;
            pen.setColor(Palette.mix(Palette.ground(), Palette.line(), 0.7));
            pen.draw(new Line2D.Double(LEFT, y, getWidth() - RIGHT, y));
            String text = texts.percent(quarter / 4.0);
            pen.setColor(Palette.quietInk());
            pen.drawString(text, LEFT - 6 - metrics.stringWidth(text), (float) (y + metrics.getAscent() / 2.0 - 1));
        }
        for (Emotion emotion : Emotion.all()) {
            line(pen, emotion, bottom);
        }
        names(pen, bottom);
        dates(pen, bottom);
        if (figures) {
            figures(pen, bottom + AXIS);
        }
    }

    /** Days are as far apart as they are; sessions of one day, or a single one, by their order. */
    private double x(int index) {
        double width = getWidth() - LEFT - RIGHT - 20.0;
        Instant first = points.get(0).when();
        Duration whole = Duration.between(first, points.get(points.size() - 1).when());
        if (points.size() == 1) {
            return LEFT + 10 + width / 2;
        }
        double share = whole.isZero()
                ? index / (points.size() - 1.0)
                : Duration.between(first, points.get(index).when()).toMillis() / (double) whole.toMillis();
        return LEFT + 10 + share * width;
    }

    private void line(Graphics2D pen, Emotion emotion, double bottom) {
        Path2D path = new Path2D.Double();
        boolean drawing = false;
        Color color = Palette.of(emotion);
        List<Ellipse2D> dots = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            double share = points.get(i).shares()[emotion.ordinal()];
            if (Double.isNaN(share)) {
                drawing = false;
                continue;
            }
            double y = bottom - (bottom - TOP) * share;
            if (drawing) {
                path.lineTo(x(i), y);
            } else {
                path.moveTo(x(i), y);
            }
            drawing = true;
            dots.add(new Ellipse2D.Double(x(i) - 4, y - 4, 8, 8));
        }
        pen.setStroke(new BasicStroke(3.4f));
        pen.setColor(Palette.outline(color));
        pen.draw(path);
        pen.setStroke(new BasicStroke(2f));
        pen.setColor(color);
        pen.draw(path);
        pen.setStroke(new BasicStroke(1.2f));
        for (Ellipse2D dot : dots) {
            pen.setColor(color);
            pen.fill(dot);
            pen.setColor(Palette.outline(color));
            pen.draw(dot);
        }
    }

    /** Each line's name stands where it ends, moved apart where several end together. */
    private void names(Graphics2D pen, double bottom) {
        FontMetrics metrics = pen.getFontMetrics();
        double[] last = points.get(points.size() - 1).shares();
        List<Emotion> ordered = Emotion.all().stream()
                .sorted(Comparator.comparingDouble(
                        emotion -> -(Double.isNaN(last[emotion.ordinal()]) ? 0 : last[emotion.ordinal()])))
                .toList();
        int high = metrics.getHeight() - 1;
        double lowest = bottom + high / 2.0;
        double above = TOP - high;
        for (int i = 0; i < ordered.size(); i++) {
            Emotion emotion = ordered.get(i);
            double share = Double.isNaN(last[emotion.ordinal()]) ? 0 : last[emotion.ordinal()];
            double y = Math.max(above + high, bottom - (bottom - TOP) * share + metrics.getAscent() / 2.0);
            y = Math.min(y, lowest - (double) (ordered.size() - 1 - i) * high);
            pen.setColor(Palette.of(emotion));
            pen.fill(new Rectangle2D.Double(getWidth() - RIGHT + 8.0, y - 8, 8, 8));
            pen.setColor(Palette.ink());
            pen.drawString(texts.of(emotion), getWidth() - RIGHT + 20f, (float) y);
            above = y;
        }
    }

    private void dates(Graphics2D pen, double bottom) {
        FontMetrics metrics = pen.getFontMetrics();
        double taken = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < points.size(); i++) {
            pen.setColor(Palette.line());
            pen.draw(new Line2D.Double(x(i), bottom, x(i), bottom + 4));
            String text = texts.date(day(points.get(i)));
            double left = Math.max(2, x(i) - metrics.stringWidth(text) / 2.0);
            if (left > taken + DATE_SPACE) {
                pen.setColor(Palette.quietInk());
                pen.drawString(text, (float) left, (float) bottom + 4 + metrics.getAscent());
                taken = left + metrics.stringWidth(text);
            }
        }
    }

    /** Bars from nought, with the figure above each. */
    private void figures(Graphics2D pen, double top) {
        FontMetrics metrics = pen.getFontMetrics();
        double most = points.stream()
                .flatMapToDouble(point -> point.figure().stream())
                .max()
                .orElse(1);
        double bottom = getHeight() - 4.0;
        double tall = bottom - top - metrics.getHeight() - 4;
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            if (point.figure().isPresent()) {
                double value = point.figure().getAsDouble();
                double high = Math.max(1, most <= 0 ? 1 : tall * Math.max(0, value) / most);
                pen.setColor(Palette.mix(Palette.ground(), Palette.ink(), 0.55));
                pen.fill(new Rectangle2D.Double(x(i) - 7, bottom - high, 14, high));
                pen.setColor(Palette.ink());
                String text = texts.plain(value);
                pen.drawString(text, (float) (x(i) - metrics.stringWidth(text) / 2.0), (float) (bottom - high - 3));
            }
        }
        Optional<String> name = points.stream()
                .filter(point -> point.figure().isPresent())
                .map(Point::figureName)
                .reduce((one, other) -> other);
        pen.setColor(Palette.ink());
        name.ifPresent(text -> pen.drawString(text, getWidth() - RIGHT + 8f, (float) bottom - 2));
    }
}
