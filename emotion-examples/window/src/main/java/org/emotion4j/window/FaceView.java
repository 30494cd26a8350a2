package org.emotion4j.window;

import java.awt.BasicStroke;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;

/** The expression as a drawn face; an empty outline where there is no face. */
@SuppressWarnings("serial") // components are never serialized
final class FaceView extends DrawnComponent {
    private static final int SIDE = 116;

    private boolean anyFace;
    private boolean pale;
    private Optional<Emotion> label = Optional.empty();

    FaceView(Texts texts) {
        setName("face");
        Controls.describe(this, texts.get("face.name"));
        setPreferredSize(new Dimension(SIDE, SIDE));
        setMinimumSize(getPreferredSize());
    }

    /** Shows a face, pale where what was read is doubtful, or that there is none. */
    void show(boolean face, Optional<Emotion> expression, boolean poor) {
        if (face != anyFace || !expression.equals(label) || poor != pale) {
            pale = poor;
            anyFace = face;
            label = expression;
            repaint();
        }
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        double side = Math.min(getWidth(), getHeight());
        double x = (getWidth() - side) / 2;
        double y = (getHeight() - side) / 2;
        if (anyFace) {
            Graphics2D drawing = (Graphics2D) graphics.create();
            if (pale) {
                drawing.setComposite(Palette.PALE);
            }
            FaceDrawing.draw(drawing, label, x, y, side);
            drawing.dispose();
            return;
        }
        Graphics2D pen = (Graphics2D) graphics.create();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setColor(Palette.line());
        pen.setStroke(new BasicStroke(2.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, new float[] {6, 7}, 0));
        pen.draw(new Ellipse2D.Double(x + side * 0.08, y + side * 0.05, side * 0.84, side * 0.9));
        pen.dispose();
    }
}
