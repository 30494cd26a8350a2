package org.emotion4j.cli.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.evaluation.ConfusionMatrix;

/**
 * A confusion matrix as a picture: a column for what each face shows, a row for what was read. Neutral and no clear expression
 * share a row, as in the literature, with both counts in it. A cell is the darker the larger its share of its column is.
 */
public final class ConfusionChart {
    private static final int CELL_WIDTH = 104;
    private static final int CELL_HEIGHT = 58;
    private static final int LEFT = 170;
    private static final int TOP = 84;
    private static final int BELOW = 40;
    private static final Color FULL = new Color(0x1F, 0x5F, 0x99);
    private static final int NAME_SIZE = 15;
    private static final int SMALL_SIZE = 12;

    private ConfusionChart() {}

    /** What was read: its name, and the columns of the matrix that belong to it. */
    private record Row(String name, List<Integer> answers) {}

    /**
     * Draws it as a PNG file with Emotion4J's mark.
     *
     * @param matrix the counts
     * @return the file's bytes
     * @throws IOException if this Java cannot write PNG
     */
    public static byte[] png(ConfusionMatrix matrix) throws IOException {
        List<Row> rows = rows();
        List<Emotion> truths = Emotion.all();
        int width = LEFT + CELL_WIDTH * truths.size() + 20;
        int height = TOP + CELL_HEIGHT * rows.size() + BELOW;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        Pen pen = new Pen(graphics);
        Font name = Pen.bold(NAME_SIZE);
        pen.write("shown, as it was labeled", LEFT, 26, Pen.Align.LEFT, Pen.plain(NAME_SIZE), Palette.INK);
        pen.write("read", LEFT - 14.0, TOP - 14.0, Pen.Align.RIGHT, Pen.plain(NAME_SIZE), Palette.INK);
        for (Emotion truth : truths) {
            double middle = LEFT + CELL_WIDTH * (truth.ordinal() + 0.5);
            pen.write(truth.label(), middle, TOP - 28.0, Pen.Align.CENTER, name, Palette.INK);
            pen.write(
                    "n = " + matrix.rowSum(truth),
                    middle,
                    TOP - 11.0,
                    Pen.Align.CENTER,
                    Pen.plain(SMALL_SIZE),
                    Palette.INK);
        }
        long[][] counts = matrix.toArray();
        for (int row = 0; row < rows.size(); row++) {
            int top = TOP + CELL_HEIGHT * row;
            pen.write(
                    rows.get(row).name(), LEFT - 14.0, top + CELL_HEIGHT / 2.0 + 5, Pen.Align.RIGHT, name, Palette.INK);
            for (Emotion truth : truths) {
                int left = LEFT + CELL_WIDTH * truth.ordinal();
                cell(graphics, pen, left, top, parts(counts[truth.ordinal()], rows.get(row)), matrix.rowSum(truth));
            }
        }
        pen.write(
                matrix.correct() + " of " + matrix.total()
                        + " are read as they were labeled; a share is that of its column",
                LEFT,
                height - 14.0,
                Pen.Align.LEFT,
                Pen.plain(SMALL_SIZE),
                Palette.INK);
        graphics.dispose();
        return ChartFile.png(image);
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Emotion emotion : Emotion.all()) {
            rows.add(
                    emotion == Emotion.NEUTRAL
                            ? new Row("neutral / no clear", List.of(emotion.ordinal(), ConfusionMatrix.NO_CLEAR))
                            : new Row(emotion.label(), List.of(emotion.ordinal())));
        }
        rows.add(new Row("no face", List.of(ConfusionMatrix.NO_FACE)));
        return rows;
    }

    private static long[] parts(long[] answers, Row row) {
        return row.answers().stream().mapToLong(answer -> answers[answer]).toArray();
    }

    private static void cell(Graphics2D graphics, Pen pen, int left, int top, long[] parts, long whole) {
        long count = 0;
        for (long part : parts) {
            count += part;
        }
        double share = whole == 0 ? 0 : (double) count / whole;
        Color ground = mixed(share);
        graphics.setColor(ground);
        graphics.fillRect(left, top, CELL_WIDTH, CELL_HEIGHT);
        graphics.setColor(Palette.GRID);
        graphics.drawRect(left, top, CELL_WIDTH, CELL_HEIGHT);
        Color ink = count == 0 ? new Color(0x6B, 0x74, 0x80) : Palette.writingOn(ground);
        double middle = left + CELL_WIDTH / 2.0;
        String first = parts.length > 1 && parts[1] > 0 ? parts[0] + " + " + parts[1] : Long.toString(count);
        pen.write(first, middle, top + 26.0, Pen.Align.CENTER, Pen.bold(NAME_SIZE), ink);
        if (whole > 0) {
            pen.write(
                    String.format(Locale.ROOT, "%.1f %%", 100 * share),
                    middle,
                    top + 45.0,
                    Pen.Align.CENTER,
                    Pen.plain(SMALL_SIZE),
                    ink);
        }
    }

    private static Color mixed(double share) {
        return new Color(
                (int) Math.round(255 + share * (FULL.getRed() - 255)),
                (int) Math.round(255 + share * (FULL.getGreen() - 255)),
                (int) Math.round(255 + share * (FULL.getBlue() - 255)));
    }
}
