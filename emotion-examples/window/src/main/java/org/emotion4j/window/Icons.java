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
            Path2D shape = new Path2D.Double();
            shape.moveTo(4, 2.5);
            shape.lineTo(13, 8);
            shape.lineTo(4, 13.5);
            shape.closePath();
            pen.fill(shape);
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
            Path2D flag = new Path2D.Double();
            flag.moveTo(4, 3);
            flag.lineTo(13, 5.8);
            flag.lineTo(4, 8.6);
            flag.closePath();
            pen.fill(flag);
        }
    },
    /** A film camera. */
    CAMERA {
        @Override
        void draw(Graphics2D pen) {
            pen.draw(new RoundRectangle2D.Double(1.7, 4.2, 8.6, 7.6, 2, 2));
            Path2D lens = new Path2D.Double();
            lens.moveTo(10.3, 7.2);
            lens.lineTo(14.3, 4.8);
            lens.lineTo(14.3, 11.2);
            lens.lineTo(10.3, 8.8);
            pen.draw(lens);
        }
    },
    /** A picture. */
    FILE {
        @Override
        void draw(Graphics2D pen) {
            pen.draw(new RoundRectangle2D.Double(2, 2.7, 12, 10.6, 2, 2));
            pen.fill(new Ellipse2D.Double(4.4, 4.9, 2.4, 2.4));
            Path2D hill = new Path2D.Double();
            hill.moveTo(3, 12);
            hill.lineTo(7, 8.6);
            hill.lineTo(9, 10.2);
            hill.lineTo(11.4, 7.4);
            hill.lineTo(13.4, 10);
            pen.draw(hill);
        }
    },
    /** A folder. */
    FOLDER {
        @Override
        void draw(Graphics2D pen) {
            Path2D shape = new Path2D.Double();
            shape.moveTo(1.8, 12.8);
            shape.lineTo(1.8, 3.4);
            shape.lineTo(6, 3.4);
            shape.lineTo(7.4, 5.2);
            shape.lineTo(14.2, 5.2);
            shape.lineTo(14.2, 12.8);
            shape.closePath();
            pen.draw(shape);
        }
    },
    /** An arrow to the right: there is more, which is not shown. */
    CLOSED {
        @Override
        void draw(Graphics2D pen) {
            Path2D shape = new Path2D.Double();
            shape.moveTo(5, 4);
            shape.lineTo(9.5, 8);
            shape.lineTo(5, 12);
            pen.draw(shape);
        }
    },
    /** An arrow down: it is shown. */
    OPENED {
        @Override
        void draw(Graphics2D pen) {
            Path2D shape = new Path2D.Double();
            shape.moveTo(3.5, 6);
            shape.lineTo(7.5, 10.5);
            shape.lineTo(11.5, 6);
            pen.draw(shape);
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
