package org.emotion4j.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.emotion4j.analysis.EmotionClusters;
import org.emotion4j.analysis.PrincipalComponents;
import org.emotion4j.emotion.EmotionScores;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A picture of clusters: readings as dots in the plane of their first two principal components, a color a cluster, and each
 * cluster's center with its number. Both components are drawn to the same scale, so that distances in the picture are those
 * in the plane and a component that explains little is as narrow as it is. The axes say how much of the variance lies along them, the legend what a center means.
 */
public final class ClusterChart {
    /** The most dots that are drawn; of more readings, every n-th. */
    public static final int MAX_DOTS = 6_000;

    private static final int WIDTH = 1_400;
    private static final int HEIGHT = 1_000;
    private static final int RADIUS = 19;

    /** The color-blind can tell these apart (Okabe and Ito 2008); beyond the seventh they come again. */
    private static final List<Color> COLORS = List.of(
            new Color(0x00, 0x72, 0xB2),
            new Color(0xE6, 0x9F, 0x00),
            new Color(0x00, 0x9E, 0x73),
            new Color(0xCC, 0x79, 0xA7),
            new Color(0xD5, 0x5E, 0x00),
            new Color(0x56, 0xB4, 0xE9),
            new Color(0x66, 0x66, 0x66));

    /** The least that an axis spans, so that readings that are all the same have a picture too. */
    private static final double LEAST_SPAN = 0.05;

    /** The room around the dots, as a share of what they span. */
    private static final double MARGIN = 0.08;

    private final XYChart chart;
    private final EmotionClusters clusters;
    private final Span right;
    private final Span up;

    private ClusterChart(XYChart chart, EmotionClusters clusters, Span right, Span up) {
        this.chart = chart;
        this.clusters = clusters;
        this.right = right;
        this.up = up;
    }

    /**
     * Draws clusters.
     *
     * @param title what was clustered
     * @param readings the readings that were clustered, in the same order
     * @param clusters their clusters
     * @return a picture
     */
    public static ClusterChart of(String title, List<EmotionScores> readings, EmotionClusters clusters) {
        PrincipalComponents plane = clusters.components();
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(axis("first", plane, 0))
                .yAxisTitle(axis("second", plane, 1))
                .build();
        style(chart);
        int step = Math.max(1, (readings.size() + MAX_DOTS - 1) / MAX_DOTS);
        for (int cluster = 0; cluster < clusters.clusters().size(); cluster++) {
            dots(chart, readings, clusters, cluster, step);
        }
        return new ClusterChart(chart, clusters, Span.of(readings, plane, 0), Span.of(readings, plane, 1));
    }

    /**
     * Draws it as a PNG file with Emotion4J's mark.
     *
     * @return the file's bytes
     * @throws IOException if this Java cannot write PNG
     */
    public byte[] png() throws IOException {
        return ChartFile.png(draw());
    }

    /**
     * Draws the picture.
     *
     * @return 1,400 by 1,000 pixels
     */
    public BufferedImage draw() {
        BufferedImage image = toScale();
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            for (int cluster = 0; cluster < clusters.clusters().size(); cluster++) {
                center(graphics, cluster);
            }
        } finally {
            graphics.dispose();
        }
        return image;
    }

    /**
     * How large the place for the dots is, is known once it was drawn; what stands at the axes changes with their range and
     * makes it a little larger or smaller again.
     */
    private BufferedImage toScale() {
        range(right, up);
        BufferedImage image = BitmapEncoder.getBufferedImage(chart);
        for (int i = 0; i < 3; i++) {
            double width = pixelsPerUnit(true)
                    * (chart.getStyler().getXAxisMax() - chart.getStyler().getXAxisMin());
            double height = pixelsPerUnit(false)
                    * (chart.getStyler().getYAxisMax() - chart.getStyler().getYAxisMin());
            double unitsPerPixel = Math.max(right.length() / width, up.length() / height);
            range(right.widened(unitsPerPixel * width), up.widened(unitsPerPixel * height));
            image = BitmapEncoder.getBufferedImage(chart);
        }
        return image;
    }

    private void range(Span across, Span along) {
        chart.getStyler().setXAxisMin(across.from());
        chart.getStyler().setXAxisMax(across.to());
        chart.getStyler().setYAxisMin(along.from());
        chart.getStyler().setYAxisMax(along.to());
    }

    /** How many pixels a unit of the first or of the second component is long in what was drawn last. */
    double pixelsPerUnit(boolean first) {
        return first
                ? Math.abs(chart.getScreenXFromChart(right.to()) - chart.getScreenXFromChart(right.from()))
                        / right.length()
                : Math.abs(chart.getScreenYFromChart(up.to()) - chart.getScreenYFromChart(up.from())) / up.length();
    }

    /** From where to where an axis goes. */
    private record Span(double from, double to) {
        static Span of(List<EmotionScores> readings, PrincipalComponents plane, int component) {
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            for (EmotionScores reading : readings) {
                double at = plane.project(reading, component);
                least = Math.min(least, at);
                most = Math.max(most, at);
            }
            Span span = new Span(least, most);
            return span.widened(Math.max(LEAST_SPAN, (1 + 2 * MARGIN) * span.length()));
        }

        double length() {
            return to - from;
        }

        Span widened(double length) {
            double middle = (from + to) / 2;
            return new Span(middle - length / 2, middle + length / 2);
        }
    }

    private static void dots(
            XYChart chart, List<EmotionScores> readings, EmotionClusters clusters, int cluster, int step) {
        double[] x = new double[readings.size() / step + 1];
        double[] y = new double[x.length];
        int count = 0;
        for (int i = 0; i < readings.size(); i += step) {
            if (clusters.clusterOf(i) == cluster) {
                x[count] = clusters.components().project(readings.get(i), 0);
                y[count++] = clusters.components().project(readings.get(i), 1);
            }
        }
        EmotionClusters.Cluster found = clusters.clusters().get(cluster);
        if (count == 0) {
            return;
        }
        XYSeries series = chart.addSeries(
                String.format(
                        Locale.ROOT,
                        "%d: %s  (%.1f %%)",
                        cluster + 1,
                        found.describe(),
                        100.0 * found.size() / readings.size()),
                Arrays.copyOf(x, count),
                Arrays.copyOf(y, count));
        Color color = color(cluster);
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setMarkerColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), 110));
    }

    /** A disc with the cluster's number, and a rim, so that it stands out from its own dots. */
    private void center(Graphics2D graphics, int cluster) {
        EmotionScores center = clusters.clusters().get(cluster).center();
        double x = chart.getScreenXFromChart(clusters.components().project(center, 0));
        double y = chart.getScreenYFromChart(clusters.components().project(center, 1));
        Ellipse2D disc = new Ellipse2D.Double(x - RADIUS, y - RADIUS, 2.0 * RADIUS, 2.0 * RADIUS);
        graphics.setColor(color(cluster));
        graphics.fill(disc);
        graphics.setStroke(new BasicStroke(3));
        graphics.setColor(Palette.INK);
        graphics.draw(disc);
        new Pen(graphics)
                .write(
                        Integer.toString(cluster + 1),
                        x,
                        y + 8,
                        Pen.Align.CENTER,
                        Pen.bold(22),
                        Palette.writingOn(color(cluster)));
    }

    private static Color color(int cluster) {
        return COLORS.get(cluster % COLORS.size());
    }

    private static String axis(String which, PrincipalComponents plane, int component) {
        String words = plane.describe(component);
        return String.format(
                Locale.ROOT,
                "%s principal component: %.1f %% of the variance%s",
                which,
                100 * plane.share(component),
                words.isEmpty() ? "" : " (" + words + ")");
    }

    private static void style(XYChart chart) {
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
        chart.getStyler().setLegendLayout(Styler.LegendLayout.Vertical);
        chart.getStyler().setLegendBorderColor(Color.WHITE);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setPlotBackgroundColor(Palette.PANEL);
        chart.getStyler().setPlotGridLinesColor(Palette.GRID);
        chart.getStyler().setPlotBorderVisible(false);
        chart.getStyler().setChartFontColor(Palette.INK);
        chart.getStyler().setMarkerSize(7);
        chart.getStyler().setLocale(Locale.ROOT);
        chart.getStyler().setXAxisDecimalPattern("0.0#");
        chart.getStyler().setYAxisDecimalPattern("0.0#");
        chart.getStyler().setAntiAlias(true);
        Font text = Pen.plain(17);
        chart.getStyler().setChartTitleFont(Pen.bold(20));
        chart.getStyler().setAxisTitleFont(text);
        chart.getStyler().setAxisTickLabelsFont(Pen.plain(15));
        chart.getStyler().setLegendFont(text);
    }
}
