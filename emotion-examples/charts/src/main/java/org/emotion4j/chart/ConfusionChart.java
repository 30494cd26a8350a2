package org.emotion4j.chart;

import java.awt.Color;
import java.awt.Dimension;
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
    private static final int LEFT = 188;
    private static final int TOP = 84;
    private static final int BELOW = 40;
    private static final Color FULL = new Color(0x1F, 0x5F, 0x99);
    private static final int NAME_SIZE = 15;
    private static final int SMALL_SIZE = 12;

    private static final int WIDTH = LEFT + CELL_WIDTH * ConfusionMatrix.ROWS + 20;
    private static final int HEIGHT = TOP + CELL_HEIGHT * ConfusionMatrix.ROWS + CELL_HEIGHT + BELOW;

    private final ConfusionMatrix matrix;
    private final Words words;
    private final Colors colors;

    private ConfusionChart(ConfusionMatrix matrix, Words words, Colors colors) {
        this.matrix = matrix;
        this.words = words;
        this.colors = colors;
    }

    /**
     * What is written in the picture, in one language.
     *
     * @param locale how numbers are written
     * @param emotions the names of the seven expressions in class order
     * @param neutralOrNoClear the name of the row of neutral and no clear expression
     * @param noFace the name of the row of pictures without a face
     * @param shown what the columns are
     * @param read what the rows are
     * @param below the line below
     */
    public record Words(
            Locale locale,
            List<String> emotions,
            String neutralOrNoClear,
            String noFace,
            String shown,
            String read,
            String below) {
        /**
         * Copies the names.
         *
         * @param locale as {@link #locale()}
         * @param emotions as {@link #emotions()}
         * @param neutralOrNoClear as {@link #neutralOrNoClear()}
         * @param noFace as {@link #noFace()}
         * @param shown as {@link #shown()}
         * @param read as {@link #read()}
         * @param below as {@link #below()}
         */
        public Words {
            emotions = List.copyOf(emotions);
        }

        /**
         * Those of the command line.
         *
         * @param matrix what is drawn
         * @return in English
         */
        public static Words english(ConfusionMatrix matrix) {
            return new Words(
                    Locale.ROOT,
                    Emotion.labels(),
                    "neutral / no clear",
                    "no face",
                    "shown, as it was labeled",
                    "read",
                    matrix.correct() + " of " + matrix.total()
                            + " are read as they were labeled; a share is that of its column");
        }
    }

    /**
     * What it is drawn with.
     *
     * @param paper the ground
     * @param ink what is written
     * @param faint zeros
     * @param grid the lines between cells
     */
    public record Colors(Color paper, Color ink, Color faint, Color grid) {
        /** Those of a file: on white. */
        public static final Colors PRINT = new Colors(Color.WHITE, Palette.INK, Palette.FAINT_INK, Palette.GRID);
    }

    /** What was read: its name, and the columns of the matrix that belong to it. */
    private record Row(String name, List<Integer> answers) {}

    /**
     * Makes a picture.
     *
     * @param matrix the counts
     * @param words what is written in it
     * @param colors what it is drawn with
     * @return the picture
     */
    public static ConfusionChart of(ConfusionMatrix matrix, Words words, Colors colors) {
        return new ConfusionChart(matrix, words, colors);
    }

    /**
     * Returns its size.
     *
     * @return in pixels, whatever the counts
     */
    public static Dimension size() {
        return new Dimension(WIDTH, HEIGHT);
    }

    /**
     * Draws it as a PNG file with Emotion4J's mark.
     *
     * @return the file's bytes
     * @throws IOException if this Java cannot write PNG
     */
    public byte[] png() throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        draw(graphics);
        graphics.dispose();
        return ChartFile.png(image);
    }

    /**
     * Draws it, {@linkplain #size() as large as it is} or scaled by the transform that is set.
     *
     * @param graphics where; its hints are set
     */
    public void draw(Graphics2D graphics) {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(colors.paper());
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        Pen pen = new Pen(graphics);
        Font name = Pen.bold(NAME_SIZE);
        Font small = Pen.plain(SMALL_SIZE);
        pen.write(words.shown(), LEFT, 26, Pen.Align.LEFT, Pen.plain(NAME_SIZE), colors.ink());
        pen.write(words.read(), LEFT - 14.0, TOP - 14.0, Pen.Align.RIGHT, Pen.plain(NAME_SIZE), colors.ink());
        for (Emotion truth : Emotion.all()) {
            double middle = LEFT + CELL_WIDTH * (truth.ordinal() + 0.5);
            pen.write(words.emotions().get(truth.ordinal()), middle, TOP - 28.0, Pen.Align.CENTER, name, colors.ink());
            pen.write("n = " + matrix.rowSum(truth), middle, TOP - 11.0, Pen.Align.CENTER, small, colors.ink());
        }
        long[][] counts = matrix.toArray();
        List<Row> rows = rows();
        for (int row = 0; row < rows.size(); row++) {
            int top = TOP + CELL_HEIGHT * row;
            pen.write(
                    rows.get(row).name(),
                    LEFT - 14.0,
                    top + CELL_HEIGHT / 2.0 + 5,
                    Pen.Align.RIGHT,
                    name,
                    colors.ink());
            for (Emotion truth : Emotion.all()) {
                int left = LEFT + CELL_WIDTH * truth.ordinal();
                cell(graphics, pen, left, top, parts(counts[truth.ordinal()], rows.get(row)), matrix.rowSum(truth));
            }
        }
        pen.write(words.below(), LEFT, HEIGHT - 14.0, Pen.Align.LEFT, small, colors.ink());
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Emotion emotion : Emotion.all()) {
            rows.add(
                    emotion == Emotion.NEUTRAL
                            ? new Row(words.neutralOrNoClear(), List.of(emotion.ordinal(), ConfusionMatrix.NO_CLEAR))
                            : new Row(words.emotions().get(emotion.ordinal()), List.of(emotion.ordinal())));
        }
        rows.add(new Row(words.noFace(), List.of(ConfusionMatrix.NO_FACE)));
        return rows;
    }

    private static long[] parts(long[] answers, Row row) {
        return row.answers().stream().mapToLong(answer -> answers[answer]).toArray();
    }

    private void cell(Graphics2D graphics, Pen pen, int left, int top, long[] parts, long whole) {
        long count = 0;
        for (long part : parts) {
            count += part;
        }
        double share = whole == 0 ? 0 : (double) count / whole;
        Color ground = mixed(share);
        graphics.setColor(ground);
        graphics.fillRect(left, top, CELL_WIDTH, CELL_HEIGHT);
        graphics.setColor(colors.grid());
        graphics.drawRect(left, top, CELL_WIDTH, CELL_HEIGHT);
        Color ink = count == 0 ? colors.faint() : Palette.writingOn(ground);
        double middle = left + CELL_WIDTH / 2.0;
        String first = parts.length > 1 && parts[1] > 0 ? parts[0] + " + " + parts[1] : Long.toString(count);
        pen.write(first, middle, top + 26.0, Pen.Align.CENTER, Pen.bold(NAME_SIZE), ink);
        if (whole > 0) {
            pen.write(
                    String.format(words.locale(), "%.1f %%", 100 * share),
                    middle,
                    top + 45.0,
                    Pen.Align.CENTER,
                    Pen.plain(SMALL_SIZE),
                    ink);
        }
    }

    /** From paper to the full color. */
    private Color mixed(double share) {
        return new Color(
                between(colors.paper().getRed(), FULL.getRed(), share),
                between(colors.paper().getGreen(), FULL.getGreen(), share),
                between(colors.paper().getBlue(), FULL.getBlue(), share));
    }

    private static int between(int from, int to, double share) {
        return (int) Math.round(from + share * (to - from));
    }
}
