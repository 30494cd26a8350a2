package org.emotion4j.window;

import java.awt.Color;
import java.awt.Composite;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.RoundRectangle2D;
import java.util.Arrays;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;

/** Seven bars, in class order, each with its name and its share; the colors are those of the timeline. */
@SuppressWarnings("serial") // components are never serialized
final class ScoreBars extends DrawnComponent {
    private static final int ROW = 25;
    private static final int GAP = 10;

    private final Texts texts;
    private final double[] shares = new double[Emotion.all().size()];
    private double[] percents = new double[Emotion.all().size()];
    private Optional<Emotion> highlighted = Optional.empty();
    private boolean pale;

    ScoreBars(Texts texts) {
        this.texts = texts;
        setName("scores");
        setPreferredSize(new Dimension(220, ROW * shares.length));
        setMinimumSize(new Dimension(160, ROW * shares.length));
        Controls.describe(this, texts.get("scores.name"));
    }

    /**
     * Shows shares.
     *
     * @param values 0 to 1 each, in class order; no bars where empty
     * @param label written in bold
     * @param poor whether they are drawn pale, because they are doubtful
     */
    void show(double[] values, Optional<Emotion> label, boolean poor) {
        show(values, Percents.of(values), label, poor);
    }

    /**
     * Shows shares.
     *
     * @param values 0 to 1 each, in class order; no bars where empty
     * @param written the same, rounded to what is written beside them
     * @param label written in bold
     * @param poor whether they are drawn pale, because they are doubtful
     */
    void show(double[] values, double[] written, Optional<Emotion> label, boolean poor) {
        double[] next = values.length == 0 ? new double[shares.length] : values;
        if (!Arrays.equals(next, shares) || !label.equals(highlighted) || poor != pale) {
            pale = poor;
            System.arraycopy(next, 0, shares, 0, shares.length);
            percents = Arrays.copyOf(written, shares.length);
            highlighted = label;
            getAccessibleContext().setAccessibleDescription(describe());
            repaint();
        }
    }

    private String describe() {
        StringBuilder words = new StringBuilder();
        for (Emotion emotion : Emotion.all()) {
            words.append(words.length() == 0 ? "" : ", ")
                    .append(texts.get("scores.text", texts.of(emotion), texts.percent(percents[emotion.ordinal()])));
        }
        return words.toString();
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D pen = (Graphics2D) graphics.create();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        Font plain = getFont();
        Font bold = plain.deriveFont(Font.BOLD);
        FontMetrics metrics = pen.getFontMetrics(bold);
        int names = 0;
        for (Emotion emotion : Emotion.all()) {
            names = Math.max(names, metrics.stringWidth(texts.of(emotion)));
        }
        int left = names + 12;
        int width = Math.max(20, getWidth() - left - metrics.stringWidth(texts.percent(1)) - GAP);
        double row = getHeight() / (double) shares.length;
        for (Emotion emotion : Emotion.all()) {
            double y = emotion.ordinal() * row;
            double middle = y + row / 2;
            pen.setFont(highlighted.filter(emotion::equals).isPresent() ? bold : plain);
            float baseline = (float) (middle + (metrics.getAscent() - metrics.getDescent()) / 2.0);
            pen.setColor(Palette.ink());
            pen.drawString(texts.of(emotion), 0, baseline);
            bar(pen, emotion, left, middle, width, Math.min(16, row - 8));
            String percent = texts.percent(percents[emotion.ordinal()]);
            pen.setColor(Palette.ink());
            pen.drawString(percent, getWidth() - pen.getFontMetrics().stringWidth(percent), baseline);
        }
        pen.dispose();
    }

    private void bar(Graphics2D pen, Emotion emotion, double left, double middle, double width, double height) {
        double top = middle - height / 2;
        pen.setColor(Palette.mix(Palette.ground(), Palette.ink(), Palette.isDark() ? 0.16 : 0.08));
        pen.fill(new RoundRectangle2D.Double(left, top, width, height, 6, 6));
        double length = shares[emotion.ordinal()] * width;
        if (length >= 1) {
            Color color = Palette.of(emotion);
            RoundRectangle2D bar = new RoundRectangle2D.Double(left, top, Math.max(4, length), height, 6, 6);
            Composite whole = pen.getComposite();
            if (pale) {
                pen.setComposite(Palette.PALE);
            }
            pen.setColor(color);
            pen.fill(bar);
            pen.setComposite(whole);
            pen.setColor(Palette.outline(color));
            pen.draw(bar);
        }
    }
}
