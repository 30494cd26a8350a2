package org.emotion4j.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.util.List;
import org.emotion4j.evaluation.DetectionReport.CurvePoint;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Precision over recall of one or several detectors. Confined to one thread. */
public final class DetectionChart {
    private static final int WIDTH = 1_000;
    private static final int HEIGHT = 700;

    private final XYChart chart;

    private DetectionChart(XYChart chart) {
        this.chart = chart;
    }

    /**
     * Starts a chart.
     *
     * @param title what was looked for
     * @return a chart without a curve
     */
    public static DetectionChart of(String title) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("recall")
                .yAxisTitle("precision")
                .build();
        XYStyler styler = chart.getStyler();
        styler.setLegendPosition(Styler.LegendPosition.InsideSW);
        styler.setXAxisMin(0.0);
        styler.setXAxisMax(1.0);
        styler.setYAxisMin(0.0);
        styler.setYAxisMax(1.0);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotGridLinesColor(Palette.GRID);
        return new DetectionChart(chart);
    }

    /**
     * Tells whether charts can be drawn here.
     *
     * @return false where the Java installation has no fonts
     */
    public static boolean hasWriting() {
        return Pen.hasFonts();
    }

    /**
     * Adds a detector.
     *
     * @param name its name, unique in this chart
     * @param curve its points; one without a point is left out
     * @return this chart
     */
    public DetectionChart add(String name, List<CurvePoint> curve) {
        if (!curve.isEmpty()) {
            XYSeries series = chart.addSeries(
                    name,
                    curve.stream().mapToDouble(CurvePoint::recall).toArray(),
                    curve.stream().mapToDouble(CurvePoint::precision).toArray());
            series.setMarker(curve.size() == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
            series.setLineStyle(new BasicStroke(2));
        }
        return this;
    }

    /**
     * Draws it as a PNG file with Emotion4J's mark.
     *
     * @return the file's bytes
     * @throws IOException if this Java cannot write PNG
     */
    public byte[] png() throws IOException {
        return ChartFile.png(BitmapEncoder.getBufferedImage(chart));
    }
}
