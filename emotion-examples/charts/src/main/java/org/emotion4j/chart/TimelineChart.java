package org.emotion4j.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emotion4j.analysis.EmotionTimeline;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.face.BoundingBox;

/**
 * A session at a glance: the pictures that were in sight, for each face a colored band of the predominant expression of
 * each interval over the curves of its smoothed scores, marks of what it did above that, and one axis of time. Confined to one thread.
 */
public final class TimelineChart {
    /** The most faces that are drawn; the band of a further one could not be read. */
    public static final int MAX_LANES = 6;

    private static final int WIDTH = 1_600;
    private static final int LEFT = 90;
    private static final int RIGHT = 30;
    private static final int TITLE_HEIGHT = 92;
    private static final int LEGEND_HEIGHT = 44;
    private static final int PORTRAIT_SIDE = 150;
    private static final int PORTRAIT_HEIGHT = PORTRAIT_SIDE + 62;
    private static final int LANE_TITLE = 24;
    private static final int BAND_HEIGHT = 46;
    private static final int AXIS_HEIGHT = 56;
    private static final int GAP = 14;
    private static final int MARKS_LEGEND = 420;
    private static final float LINE = 4;
    private static final float RIM = 5.5f;

    private final String title;
    private final String subtitle;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Portrait> portraits = new ArrayList<>();

    private TimelineChart(String title, String subtitle) {
        this.title = title;
        this.subtitle = subtitle;
    }

    /**
     * Starts a chart.
     *
     * @param title what was looked at
     * @param subtitle with what and how
     * @return an empty chart
     */
    public static TimelineChart of(String title, String subtitle) {
        return new TimelineChart(title, subtitle);
    }

    /**
     * Tells whether charts have writing here.
     *
     * @return false where the Java installation has no fonts
     */
    public static boolean hasWriting() {
        return Pen.hasFonts();
    }

    /**
     * Adds a face below those added before.
     *
     * @param lane the face
     * @return this chart
     * @throws IllegalStateException if there are {@link #MAX_LANES} already
     */
    public TimelineChart add(Lane lane) {
        if (lanes.size() == MAX_LANES) {
            throw new IllegalStateException("a chart has at most " + MAX_LANES + " lanes");
        }
        lanes.add(lane);
        return this;
    }

    /**
     * Adds a picture above the curves.
     *
     * @param portrait the picture
     * @return this chart
     */
    public TimelineChart add(Portrait portrait) {
        portraits.add(portrait);
        return this;
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
     * Draws the chart.
     *
     * @return a picture 1,600 pixels wide
     */
    public BufferedImage draw() {
        int curves = lanes.size() <= 1 ? 300 : lanes.size() <= 3 ? 170 : 110;
        int laneHeight = LANE_TITLE + marksHeight() + BAND_HEIGHT + curves + GAP;
        int top = TITLE_HEIGHT + LEGEND_HEIGHT;
        int height = top
                + (portraits.isEmpty() ? 0 : PORTRAIT_HEIGHT + GAP)
                + Math.max(1, lanes.size()) * laneHeight
                + AXIS_HEIGHT;
        BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            new Drawing(graphics, new TimeAxis(startNanos(), endNanos(), LEFT, WIDTH - RIGHT))
                    .all(height, top, curves, laneHeight);
        } finally {
            graphics.dispose();
        }
        return image;
    }

    /** Charts of faces of which nobody told events have no room for them. */
    private int marksHeight() {
        return lanes.stream().allMatch(lane -> lane.events().isEmpty()) ? 0 : EventMarks.HEIGHT;
    }

    private long startNanos() {
        long start = Long.MAX_VALUE;
        for (Lane lane : lanes) {
            for (EmotionTimeline.Interval interval : lane.timeline().intervals()) {
                start = Math.min(start, interval.startNanos());
            }
        }
        for (Portrait portrait : portraits) {
            start = Math.min(start, portrait.startNanos());
        }
        return start == Long.MAX_VALUE ? 0 : start;
    }

    private long endNanos() {
        long end = Long.MIN_VALUE;
        for (Lane lane : lanes) {
            for (EmotionTimeline.Interval interval : lane.timeline().intervals()) {
                end = Math.max(end, interval.endNanos());
            }
        }
        for (Portrait portrait : portraits) {
            end = Math.max(end, portrait.endNanos());
        }
        return end == Long.MIN_VALUE ? 0 : end;
    }

    /** One drawing of this chart. */
    private final class Drawing {
        private final Graphics2D graphics;
        private final Pen pen;
        private final TimeAxis time;

        Drawing(Graphics2D graphics, TimeAxis time) {
            this.graphics = graphics;
            this.pen = new Pen(graphics);
            this.time = time;
        }

        void all(int height, int top, int curves, int laneHeight) {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, WIDTH, height);
            pen.write(title, LEFT, 46, Pen.Align.LEFT, Pen.bold(28), Palette.INK);
            pen.write(subtitle, LEFT, 76, Pen.Align.LEFT, Pen.plain(16), Palette.FAINT_INK);
            legend(TITLE_HEIGHT + 20);
            int y = top;
            if (!portraits.isEmpty()) {
                for (Portrait portrait : portraits) {
                    portrait(portrait, y);
                }
                y += PORTRAIT_HEIGHT + GAP;
            }
            for (Lane lane : lanes) {
                lane(lane, y, curves);
                y += laneHeight;
            }
            if (lanes.isEmpty()) {
                pen.write(
                        "no face was found",
                        (LEFT + WIDTH - RIGHT) / 2.0,
                        y + laneHeight / 2.0,
                        Pen.Align.CENTER,
                        Pen.bold(22),
                        Palette.FAINT_INK);
                y += laneHeight;
            }
            axis(y - GAP);
        }

        private void legend(int y) {
            double x = LEFT;
            for (Emotion emotion : Emotion.all()) {
                x = legendEntry(x, y, Palette.of(emotion), emotion.label());
            }
            legendEntry(x, y, Palette.NOTHING, "no clear expression, no face");
        }

        /** What the marks above the first band mean; expressions have the colors of the legend. */
        private void legendOfMarks(int y) {
            double x = WIDTH - RIGHT - MARKS_LEGEND;
            x = legendEntry(x, y, EventMarks.EYES, "eyes closed");
            x = legendEntry(x, y, EventMarks.TALKING, "talking");
            legendEntry(x, y, EventMarks.HEAD, "nod, shake");
        }

        private double legendEntry(double x, int y, Color color, String text) {
            graphics.setColor(color);
            graphics.fill(new RoundRectangle2D.Double(x, y - 14, 26, 16, 6, 6));
            pen.write(text, x + 34, y, Pen.Align.LEFT, Pen.plain(17), Palette.INK);
            return x + 34 + Math.max(60, pen.width(text, Pen.plain(17))) + 28;
        }

        private void portrait(Portrait portrait, int y) {
            double left = time.x(portrait.startNanos());
            double right = time.x(portrait.endNanos());
            double center = (left + right) / 2;
            double side = Math.min(PORTRAIT_SIDE, right - left - 10);
            if (side < 16) {
                return;
            }
            BufferedImage image = portrait.image();
            double scale = side / Math.max(image.getWidth(), image.getHeight());
            double width = image.getWidth() * scale;
            double height = image.getHeight() * scale;
            double x = center - width / 2;
            double top = y + PORTRAIT_SIDE - height;
            graphics.drawImage(
                    image,
                    (int) Math.round(x),
                    (int) Math.round(top),
                    (int) Math.round(width),
                    (int) Math.round(height),
                    null);
            Color color = portrait.emotion().map(Palette::of).orElse(Palette.FAINT_INK);
            portrait.box().ifPresent(box -> box(box, x, top, scale, color));
            double space = right - left - 4;
            pen.writeWithin(portrait.caption(), center, y + PORTRAIT_SIDE + 24, space, Pen.bold(18), Palette.INK);
            pen.writeWithin(portrait.name(), center, y + PORTRAIT_SIDE + 46, space, Pen.plain(14), Palette.FAINT_INK);
        }

        private void box(BoundingBox box, double x, double y, double scale, Color color) {
            Rectangle2D place = new Rectangle2D.Double(
                    x + box.x() * scale, y + box.y() * scale, box.width() * scale, box.height() * scale);
            graphics.setStroke(new BasicStroke(5));
            graphics.setColor(Color.WHITE);
            graphics.draw(place);
            graphics.setStroke(new BasicStroke(3));
            graphics.setColor(color);
            graphics.draw(place);
        }

        private void lane(Lane lane, int y, int curves) {
            pen.write(
                    lane.name() + ": predominant expression of each "
                            + seconds(lane.timeline().intervalLength().toNanos()) + " s, and smoothed scores",
                    LEFT,
                    y + 16,
                    Pen.Align.LEFT,
                    Pen.bold(16),
                    Palette.INK);
            if (marksHeight() > 0 && lane == lanes.get(0)) {
                legendOfMarks(y + 16);
            }
            new EventMarks(graphics, time).draw(lane.events(), y + LANE_TITLE);
            int bandTop = y + LANE_TITLE + marksHeight();
            for (EmotionTimeline.Interval interval : lane.timeline().intervals()) {
                interval(interval, bandTop);
            }
            int panelTop = bandTop + BAND_HEIGHT;
            graphics.setColor(Palette.PANEL);
            graphics.fillRect(LEFT, panelTop, WIDTH - LEFT - RIGHT, curves);
            graphics.setStroke(new BasicStroke(1));
            pen.write(
                    "score", LEFT - 44, panelTop + curves / 2.0 + 5, Pen.Align.RIGHT, Pen.plain(14), Palette.FAINT_INK);
            for (int quarter = 0; quarter <= 4; quarter++) {
                double level = panelTop + 6 + (curves - 12) * (1 - quarter / 4.0);
                graphics.setColor(Palette.GRID);
                graphics.draw(new Line2D.Double(LEFT, level, WIDTH - RIGHT, level));
                if (quarter % 2 == 0) {
                    pen.write(
                            String.format(Locale.ROOT, "%.1f", quarter / 4.0),
                            LEFT - 10,
                            level + 5,
                            Pen.Align.RIGHT,
                            Pen.plain(14),
                            Palette.FAINT_INK);
                }
            }
            for (Portrait portrait : portraits) {
                double x = time.x(portrait.startNanos());
                graphics.setColor(Palette.GRID);
                graphics.draw(new Line2D.Double(x, panelTop, x, panelTop + (double) curves));
            }
            for (Emotion emotion : Emotion.all()) {
                curve(lane, emotion, panelTop + 6, curves - 12);
            }
        }

        private void interval(EmotionTimeline.Interval interval, int top) {
            double left = time.x(interval.startNanos());
            double right = time.x(interval.endNanos());
            Color color = Palette.of(interval.predominant());
            graphics.setColor(color);
            double edge = right - left > 8 ? 2 : 0;
            graphics.fill(new Rectangle2D.Double(left, top, right - left - edge, BAND_HEIGHT - 4.0));
            String text = interval.predominant().map(Emotion::label).orElse(interval.isGap() ? "no face" : "no clear");
            pen.writeWithin(
                    text,
                    (left + right - edge) / 2,
                    top + BAND_HEIGHT / 2.0 + 4,
                    right - left - 8,
                    Pen.bold(17),
                    Palette.writingOn(color));
        }

        private void curve(Lane lane, Emotion emotion, int top, int height) {
            Path2D path = new Path2D.Double();
            Optional<Lane.Moment> before = Optional.empty();
            for (Lane.Moment moment : lane.moments()) {
                double y = top + height * (1.0 - moment.scores().get(emotion));
                double x = time.x(moment.mediaNanos());
                if (before.isEmpty() || moment.startsAfresh()) {
                    path.moveTo(x, y);
                } else {
                    path.lineTo(x, y);
                }
                path.lineTo(Math.max(x, time.x(moment.untilNanos()) - 3), y);
                before = Optional.of(moment);
            }
            // The rim lets the light colors stand out on the light ground.
            graphics.setStroke(new BasicStroke(RIM, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
            graphics.setColor(Palette.of(emotion).darker());
            graphics.draw(path);
            graphics.setStroke(new BasicStroke(LINE, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
            graphics.setColor(Palette.of(emotion));
            graphics.draw(path);
        }

        private void axis(int y) {
            graphics.setStroke(new BasicStroke(1.5f));
            graphics.setColor(Palette.INK);
            graphics.draw(new Line2D.Double(LEFT, y, WIDTH - RIGHT, y));
            for (long tick : time.ticks()) {
                double x = time.x(tick);
                graphics.setColor(Palette.INK);
                graphics.draw(new Line2D.Double(x, y, x, y + 6.0));
                pen.write(seconds(tick), x, y + 24, Pen.Align.CENTER, Pen.plain(15), Palette.INK);
            }
            pen.write(
                    "media time, seconds",
                    (LEFT + WIDTH - RIGHT) / 2.0,
                    y + 46,
                    Pen.Align.CENTER,
                    Pen.plain(15),
                    Palette.FAINT_INK);
        }
    }

    private static String seconds(long nanos) {
        String text = String.format(Locale.ROOT, "%.3f", nanos / 1e9);
        return text.replaceFirst("\\.?0+$", "");
    }
}
