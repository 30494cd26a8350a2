package org.emotion4j.window;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import javax.swing.Icon;
import javax.swing.UIManager;

/** Small drawn signs beside a control's words: in the color of its text, paler where it is switched off. */
enum Icons implements Icon {
    /** A triangle. */
    START {
        @Override
        void draw(Graphics2D pen) {
            pen.fill(shape(4, 2.5, 13, 8, 4, 13.5));
        }
    },
    /** Two bars. */
    PAUSE {
        @Override
        void draw(Graphics2D pen) {
            pen.fill(new RoundRectangle2D.Double(3.5, 3, 3, 10, 1, 1));
            pen.fill(new RoundRectangle2D.Double(9.5, 3, 3, 10, 1, 1));
        }
    },
    /** A square. */
    STOP {
        @Override
        void draw(Graphics2D pen) {
            pen.fill(new RoundRectangle2D.Double(3.5, 3.5, 9, 9, 2, 2));
        }
    },
    /** A flag. */
    MARK {
        @Override
        void draw(Graphics2D pen) {
            pen.draw(new Line2D.Double(4, 2.5, 4, 13.5));
            pen.fill(shape(4, 3, 13, 5.8, 4, 8.6));
        }
    },
    /** A film camera. */
    CAMERA {
        @Override
        void draw(Graphics2D pen) {
            pen.draw(new RoundRectangle2D.Double(1.7, 4.2, 8.6, 7.6, 2, 2));
            pen.draw(line(10.3, 7.2, 14.3, 4.8, 14.3, 11.2, 10.3, 8.8));
        }
    },
    /** A picture. */
    FILE {
        @Override
        void draw(Graphics2D pen) {
            pen.draw(new RoundRectangle2D.Double(2, 2.7, 12, 10.6, 2, 2));
            pen.fill(new Ellipse2D.Double(4.4, 4.9, 2.4, 2.4));
            pen.draw(line(3, 12, 7, 8.6, 9, 10.2, 11.4, 7.4, 13.4, 10));
        }
    },
    /** A folder. */
    FOLDER {
        @Override
        void draw(Graphics2D pen) {
            pen.draw(shape(1.8, 12.8, 1.8, 3.4, 6, 3.4, 7.4, 5.2, 14.2, 5.2, 14.2, 12.8));
        }
    },
    /** An arrow to the right: there is more, which is not shown. */
    CLOSED {
        @Override
        void draw(Graphics2D pen) {
            pen.draw(line(5, 4, 9.5, 8, 5, 12));
        }
    },
    /** An arrow down: it is shown. */
    OPENED {
        @Override
        void draw(Graphics2D pen) {
            pen.draw(line(3.5, 6, 7.5, 10.5, 11.5, 6));
        }
    },
    /** A page with lines. */
    REPORT {
        @Override
        void draw(Graphics2D pen) {
            pen.draw(new Rectangle2D.Double(3, 1.8, 10, 12.4));
            pen.draw(new Line2D.Double(5.3, 5.2, 10.7, 5.2));
            pen.draw(new Line2D.Double(5.3, 8, 10.7, 8));
            pen.draw(new Line2D.Double(5.3, 10.8, 8.6, 10.8));
        }
    };

    private static final int SIDE = 16;

    /** Through points, each its x and its y. */
    private static Path2D line(double... points) {
        Path2D line = new Path2D.Double();
        line.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            line.lineTo(points[i], points[i + 1]);
        }
        return line;
    }

    /** The same, back to where it begins. */
    private static Path2D shape(double... points) {
        Path2D shape = line(points);
        shape.closePath();
        return shape;
    }

    abstract void draw(Graphics2D pen);

    @Override
    public void paintIcon(Component component, Graphics graphics, int x, int y) {
        Graphics2D pen = (Graphics2D) graphics.create();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        Color off = UIManager.getColor("Button.disabledText");
        pen.setColor(component.isEnabled() || off == null ? component.getForeground() : off);
        pen.setStroke(new BasicStroke(1.4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        pen.translate(x, y);
        draw(pen);
        pen.dispose();
    }

    @Override
    public int getIconWidth() {
        return SIDE;
    }

    @Override
    public int getIconHeight() {
        return SIDE;
    }
}
