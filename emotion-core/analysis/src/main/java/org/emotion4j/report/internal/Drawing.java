package org.emotion4j.report.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A picture of a page: shapes on a plane whose units are pixels where it is shown as wide as it is. Classes of the style
 * sheet give colors. Immutable.
 *
 * @param label what the picture shows, for who cannot see it
 */
record Drawing(String label, int width, int height, List<Shape> shapes) {
    Drawing {
        shapes = List.copyOf(shapes);
    }

    /** What is drawn; coordinates as a document has them. */
    sealed interface Shape {}

    record Rect(String style, String x, String y, String width, String height) implements Shape {}

    record Line(String style, String x1, String y1, String x2, String y2) implements Shape {}

    record Circle(String style, String x, String y, String radius) implements Shape {}

    record Path(String style, String points) implements Shape {}

    /** @param anchor which end of the text stands at its place: start, middle or end */
    record Text(String style, String anchor, String x, String y, String text) implements Shape {}

    static String coordinate(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.replaceFirst("\\.?0+$", "");
    }

    /** Takes shapes, the lowest first. Confined to one thread. */
    static final class Builder {
        private final List<Shape> shapes = new ArrayList<>();
        private double down;

        /** What is drawn from now on lies so much lower. */
        Builder down(double by) {
            down += by;
            return this;
        }

        Builder rect(String style, double x, double y, double width, double height) {
            return add(new Rect(style, coordinate(x), coordinate(y + down), coordinate(width), coordinate(height)));
        }

        Builder line(String style, double x1, double y1, double x2, double y2) {
            return add(new Line(style, coordinate(x1), coordinate(y1 + down), coordinate(x2), coordinate(y2 + down)));
        }

        Builder circle(String style, double x, double y, double radius) {
            return add(new Circle(style, coordinate(x), coordinate(y + down), coordinate(radius)));
        }

        /** Points of a path as SVG has them, which nothing moves. */
        Builder path(String style, String points) {
            return add(new Path(style, points));
        }

        Builder text(String style, String anchor, double x, double y, String text) {
            return add(new Text(style, anchor, coordinate(x), coordinate(y + down), text));
        }

        private Builder add(Shape shape) {
            shapes.add(shape);
            return this;
        }

        Drawing build(String label, int width, double height) {
            return new Drawing(label, width, (int) Math.ceil(height), shapes);
        }
    }
}
