package org.emotion4j.window;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Cursor;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emotion4j.recording.SessionSignature;
import org.emotion4j.recording.SessionSignature.Point;
import org.emotion4j.recording.SessionSignature.Stroke;

/** Where one signs with a finger, a pen or the mouse. */
@SuppressWarnings("serial") // components are never serialized
final class SignaturePad extends DrawnComponent {
    private static final int MOST_POINTS = 5_000;

    private final String invitation;
    private final transient List<List<Point>> strokes = new ArrayList<>();

    SignaturePad(Texts texts) {
        invitation = texts.get("guide.sign.here");
        setName("guide.pad");
        setPreferredSize(new Dimension(360, 92));
        setMinimumSize(new Dimension(200, 92));
        setCursor(Cursor.getPredefinedCursor(Cursor.CROSSHAIR_CURSOR));
        Controls.describe(this, texts.get("guide.sign.name"));
        MouseAdapter pen = new MouseAdapter() {
            @Override
            public void mousePressed(MouseEvent e) {
                if (isEnabled() && strokes.size() < SessionSignature.MAX_STROKES) {
                    strokes.add(new ArrayList<>());
                    draw(e);
                }
            }

            @Override
            public void mouseDragged(MouseEvent e) {
                if (isEnabled() && !strokes.isEmpty()) {
                    draw(e);
                }
            }
        };
        addMouseListener(pen);
        addMouseMotionListener(pen);
    }

    private void draw(MouseEvent e) {
        List<Point> stroke = strokes.get(strokes.size() - 1);
        Point point =
                new Point(Math.max(0, Math.min(getWidth(), e.getX())), Math.max(0, Math.min(getHeight(), e.getY())));
        boolean moved = stroke.isEmpty() || !stroke.get(stroke.size() - 1).equals(point);
        if (moved && stroke.size() < MOST_POINTS) {
            stroke.add(point);
            repaint();
        }
    }

    /** What was signed; empty where nothing was. */
    Optional<SessionSignature> signature() {
        int width = Math.max(
                getWidth(),
                strokes.stream().flatMap(List::stream).mapToInt(Point::x).max().orElse(1));
        int height = Math.max(
                getHeight(),
                strokes.stream().flatMap(List::stream).mapToInt(Point::y).max().orElse(1));
        return strokes.isEmpty()
                ? Optional.empty()
                : Optional.of(new SessionSignature(
                        width, height, strokes.stream().map(Stroke::new).toList()));
    }

    void clear() {
        strokes.clear();
        repaint();
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D pen = (Graphics2D) graphics.create();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, getWidth(), getHeight());
        pen.setColor(new Color(0xB4, 0xBC, 0xC4));
        pen.drawRect(0, 0, getWidth() - 1, getHeight() - 1);
        int line = getHeight() - 24;
        pen.drawLine(16, line, getWidth() - 16, line);
        if (strokes.isEmpty()) {
            pen.setColor(new Color(0x5A, 0x66, 0x72));
            pen.drawString(invitation, 18, line + 16);
        }
        pen.setColor(new Color(0x12, 0x22, 0x5A));
        pen.setStroke(new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (List<Point> stroke : strokes) {
            Path2D path = new Path2D.Double();
            path.moveTo(stroke.get(0).x(), stroke.get(0).y());
            stroke.forEach(point -> path.lineTo(point.x(), point.y()));
            pen.draw(path);
        }
        pen.dispose();
    }
}
