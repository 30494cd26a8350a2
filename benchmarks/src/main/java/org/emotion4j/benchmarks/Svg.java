package org.emotion4j.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Two small charts as SVG, for documents. */
final class Svg {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 320;
    private static final int LEFT = 70;
    private static final int TOP = 40;
    private static final int ROW = 22;

    private Svg() {}

    /** A line over a horizontal axis; the vertical one begins at 0, so that growth is not made to look larger. */
    static String line(String title, double[] x, double[] y) {
        double maxX = Math.max(1, DoubleStream.of(x).max().orElse(1));
        double maxY = Math.max(1e-9, 1.1 * DoubleStream.of(y).max().orElse(1));
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < x.length; i++) {
            points.append(number(LEFT + (WIDTH - LEFT - 20) * x[i] / maxX))
                    .append(',')
                    .append(number(HEIGHT - 40 - (HEIGHT - TOP - 40) * y[i] / maxY))
                    .append(' ');
        }
        return head(HEIGHT, title)
                + "<polyline fill=\"none\" stroke=\"#1f6f8b\" stroke-width=\"1.5\" points=\"" + points + "\"/>\n"
                + text(LEFT - 8, HEIGHT - 40, "end", "0")
                + text(LEFT - 8, TOP + 4, "end", number(maxY))
                + text(WIDTH - 20, HEIGHT - 18, "end", String.format(Locale.ROOT, "%,.0f", maxX))
                + "<path d=\"M" + LEFT + " " + TOP + " V" + (HEIGHT - 40) + " H" + (WIDTH - 20)
                + "\" fill=\"none\" stroke=\"#888\"/>\n</svg>\n";
    }

    /** Two bars a name: now, and a baseline (0 for none). */
    static String bars(String title, List<String> names, double[] now, double[] baseline) {
        double max = Math.max(
                1e-9,
                Math.max(
                        DoubleStream.of(now).max().orElse(1),
                        DoubleStream.of(baseline).max().orElse(1)));
        int left = 330;
        StringBuilder bars = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            int y = TOP + 2 * ROW * i;
            bars.append(text(left - 8, y + (baseline[i] > 0 ? 18 : 12), "end", names.get(i)));
            bars.append(bar(left, y, (WIDTH - left - 70) * now[i] / max, "#1f6f8b", now[i]));
            if (baseline[i] > 0) {
                bars.append(bar(left, y + 16, (WIDTH - left - 70) * baseline[i] / max, "#b8c4ca", baseline[i]));
            }
        }
        return head(TOP + 2 * ROW * names.size() + 10, title) + bars + "</svg>\n";
    }

    private static String bar(int x, int y, double width, String color, double value) {
        return "<rect x=\"" + x + "\" y=\"" + y + "\" width=\"" + number(width) + "\" height=\"14\" fill=\"" + color
                + "\"/>\n" + text((int) (x + width + 5), y + 12, "start", String.format(Locale.ROOT, "%.3g", value));
    }

    private static String head(int height, String title) {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + WIDTH + "\" height=\"" + height
                + "\" font-family=\"sans-serif\" font-size=\"12\">\n"
                + "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n" + text(12, 22, "start", title);
    }

    private static String text(int x, int y, String anchor, String text) {
        return "<text x=\"" + x + "\" y=\"" + y + "\" text-anchor=\"" + anchor + "\">"
                + text.replace("&", "&amp;").replace("<", "&lt;") + "</text>\n";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
