package org.emotion4j.window;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.RoundRectangle2D;
import java.util.List;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.face.BoundingBox;

/** The film's picture of the moment that is looked at, with the face that the record is about; or why there is none. */
@SuppressWarnings("serial") // components are never serialized
final class FilmView extends DrawnComponent {
    private static final Color GROUND = new Color(0x14, 0x18, 0x1D);
    private static final Color WRITING = new Color(0xD7, 0xDD, 0xE4);
    private static final int ARC = 10;

    private Optional<FilmReel.Picture> picture = Optional.empty();
    private Optional<FrameTable.Moment> moment = Optional.empty();
    private String words = "";

    FilmView(Texts texts) {
        setName("film");
        setOpaque(true);
        setMinimumSize(new Dimension(200, 150));
        setPreferredSize(new Dimension(480, 360));
        Controls.describe(this, texts.get("review.film.name"));
    }

    /** Shows a picture; nothing where empty. */
    void show(Optional<FilmReel.Picture> value) {
        picture = value;
        repaint();
    }

    /** Says what the record knows of the moment, and what is to be said of the film. */
    void tell(Optional<FrameTable.Moment> value, String text) {
        if (!value.equals(moment) || !text.equals(words)) {
            moment = value;
            words = text;
            getAccessibleContext().setAccessibleDescription(text);
            repaint();
        }
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D pen = (Graphics2D) graphics.create();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.setColor(GROUND);
        pen.fillRect(0, 0, getWidth(), getHeight());
        picture.ifPresent(each -> draw(pen, each));
        if (!words.isEmpty()) {
            write(pen);
        }
        pen.dispose();
    }

    private void draw(Graphics2D pen, FilmReel.Picture shown) {
        double scale = Math.min(getWidth() / (double) shown.width(), getHeight() / (double) shown.height());
        double left = (getWidth() - scale * shown.width()) / 2;
        double top = (getHeight() - scale * shown.height()) / 2;
        AffineTransform place = AffineTransform.getTranslateInstance(left, top);
        place.scale(
                scale * shown.width() / shown.image().getWidth(),
                scale * shown.height() / shown.image().getHeight());
        pen.drawImage(shown.image(), place, null);
        if (shown.exact()) {
            moment.ifPresent(each -> each.box().ifPresent(box -> frame(pen, box, each.label(), left, top, scale)));
        }
    }

    /** The face as the record has it; of another film it would lie anywhere. */
    private static void frame(
            Graphics2D pen, BoundingBox box, Optional<Emotion> label, double left, double top, double scale) {
        RoundRectangle2D frame = new RoundRectangle2D.Double(
                left + scale * box.x(), top + scale * box.y(), scale * box.width(), scale * box.height(), ARC, ARC);
        pen.setStroke(new BasicStroke(4f));
        pen.setColor(Palette.RIM);
        pen.draw(frame);
        pen.setStroke(new BasicStroke(2f));
        pen.setColor(Palette.of(label));
        pen.draw(frame);
    }

    /** In the middle where there is no picture, else on a plate below. */
    private void write(Graphics2D pen) {
        FontMetrics metrics = pen.getFontMetrics();
        List<String> lines = Lines.wrap(words, metrics, Math.max(80, getWidth() - 60));
        int high = lines.size() * metrics.getHeight();
        int y = picture.isEmpty() ? (getHeight() - high) / 2 : getHeight() - high - 14;
        if (picture.isPresent()) {
            pen.setColor(Palette.faded(Palette.DARK_INK, 225));
            pen.fillRect(0, y - 8, getWidth(), high + 22);
        }
        pen.setColor(WRITING);
        y += metrics.getAscent();
        for (String line : lines) {
            pen.drawString(line, (getWidth() - metrics.stringWidth(line)) / 2, y);
            y += metrics.getHeight();
        }
    }
}
