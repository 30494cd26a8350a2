package org.emotion4j.window;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Cursor;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GridBagLayout;
import java.awt.Point;
import java.awt.RenderingHints;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import java.awt.event.KeyAdapter;
import java.awt.event.KeyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.Landmarks;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;

/**
 * The picture of the source with what was found in it. Copies a picture that is scaled already, so that drawing takes a few
 * milliseconds whatever the size of the source.
 */
@SuppressWarnings("serial") // components are never serialized
final class PictureView extends DrawnComponent {
    private static final Color GROUND = new Color(0x14, 0x18, 0x1D);
    private static final int ARC = 10;

    private final Texts texts;
    private final LiveView view;
    private final Overlays overlays;
    private final IntConsumer chooser;
    private Optional<String> guidance = Optional.empty();
    private boolean guidanceGood;

    PictureView(Texts texts, LiveView view, Overlays overlays, IntConsumer chooser, Runnable rescale) {
        this.texts = texts;
        this.view = view;
        this.overlays = overlays;
        this.chooser = chooser;
        setName("picture");
        setOpaque(true);
        setLayout(new GridBagLayout());
        setFocusable(true);
        Controls.describe(this, texts.get("picture.name"));
        addComponentListener(new ComponentAdapter() {
            @Override
            public void componentResized(ComponentEvent e) {
                Point device = deviceSize();
                view.pictures().fitInto(device.x, device.y);
                rescale.run();
            }
        });
        addMouseListener(new MouseAdapter() {
            @Override
            public void mousePressed(MouseEvent e) {
                requestFocusInWindow();
                faceAt(e.getPoint()).ifPresent(chooser::accept);
            }
        });
        addMouseMotionListener(new MouseAdapter() {
            @Override
            public void mouseMoved(MouseEvent e) {
                setCursor(Cursor.getPredefinedCursor(
                        faceAt(e.getPoint()).isPresent() ? Cursor.HAND_CURSOR : Cursor.DEFAULT_CURSOR));
            }
        });
        addKeyListener(new KeyAdapter() {
            @Override
            public void keyPressed(KeyEvent e) {
                switch (e.getKeyCode()) {
                    case KeyEvent.VK_LEFT, KeyEvent.VK_UP -> chooseNext(-1);
                    case KeyEvent.VK_RIGHT, KeyEvent.VK_DOWN -> chooseNext(1);
                    default -> {}
                }
            }
        });
    }

    /** Shows what to change before the session; nothing where empty. */
    void guide(Optional<String> text, boolean good) {
        if (!text.equals(guidance) || good != guidanceGood) {
            guidance = text;
            guidanceGood = good;
            repaint();
        }
    }

    private void chooseNext(int step) {
        List<Integer> ids = new ArrayList<>(List.of(LiveView.LARGEST_CHOSEN));
        view.pictured().map(FrameResult::readings).orElse(List.of()).forEach(each -> ids.add(each.faceId()));
        int next = Math.floorMod(Math.max(0, ids.indexOf(view.selected())) + step, ids.size());
        chooser.accept(ids.get(next));
    }

    private Point deviceSize() {
        AffineTransform screen = getGraphicsConfiguration() == null
                ? new AffineTransform()
                : getGraphicsConfiguration().getDefaultTransform();
        return new Point((int) Math.max(1, Math.floor(getWidth() * screen.getScaleX())), (int)
                Math.max(1, Math.floor(getHeight() * screen.getScaleY())));
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D pen = (Graphics2D) graphics.create();
        pen.setColor(GROUND);
        pen.fillRect(0, 0, getWidth(), getHeight());
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        PictureBuffer.Picture picture = view.pictures().current();
        BufferedImage image = picture.image();
        if (image != null) {
            Rectangle2D place = place(picture);
            drawPicture(pen, image, place);
            picture.result()
                    .filter(result -> view.pictured().isPresent())
                    .ifPresent(result -> drawFaces(pen, new Scene(result, place, picture.mirrored())));
        }
        guidance.ifPresent(text -> drawGuidance(pen, text));
        pen.dispose();
    }

    private Rectangle2D place(PictureBuffer.Picture picture) {
        double scale = Math.min(getWidth() / (double) picture.width(), getHeight() / (double) picture.height());
        double width = picture.width() * scale;
        double height = picture.height() * scale;
        return new Rectangle2D.Double((getWidth() - width) / 2, (getHeight() - height) / 2, width, height);
    }

    /** Copies pixel by pixel where the picture is as large as its place in device pixels, as it nearly always is. */
    private void drawPicture(Graphics2D pen, BufferedImage image, Rectangle2D place) {
        AffineTransform screen = pen.getTransform();
        int x = (int) Math.round(place.getX() * screen.getScaleX() + screen.getTranslateX());
        int y = (int) Math.round(place.getY() * screen.getScaleY() + screen.getTranslateY());
        int width = (int) Math.round(place.getWidth() * screen.getScaleX());
        int height = (int) Math.round(place.getHeight() * screen.getScaleY());
        pen.setTransform(new AffineTransform());
        if (Math.abs(width - image.getWidth()) <= 1 && Math.abs(height - image.getHeight()) <= 1) {
            pen.drawImage(image, x, y, null);
        } else {
            pen.drawImage(image, x, y, width, height, null);
        }
        pen.setTransform(screen);
    }

    private void drawFaces(Graphics2D pen, Scene scene) {
        Optional<EmotionReading> focus = view.focus(scene.result);
        for (EmotionReading reading : scene.result.readings()) {
            boolean chosen =
                    focus.filter(each -> each.faceId() == reading.faceId()).isPresent();
            if (overlays.has(Overlays.Kind.BOXES)) {
                drawBox(pen, scene.box(reading), Palette.of(reading.label()), chosen);
            }
            if (overlays.has(Overlays.Kind.LANDMARKS)) {
                reading.face().landmarks().ifPresent(points -> drawLandmarks(pen, points, scene));
            }
        }
        for (EmotionReading reading : scene.result.readings()) {
            String text = plateText(reading);
            if (!text.isEmpty()) {
                drawPlate(pen, text, scene.box(reading), Palette.of(reading.label()));
            }
        }
    }

    private String plateText(EmotionReading reading) {
        String id = overlays.has(Overlays.Kind.BOXES) ? "#" + reading.faceId() : "";
        String label = overlays.has(Overlays.Kind.LABELS)
                ? texts.get(
                        reading.isReadable() ? "plate.text" : "plate.poor",
                        texts.of(reading.label()),
                        texts.percent(Percents.confidence(reading)))
                : "";
        return (id + "  " + label).strip();
    }

    /** A result where its picture is drawn. */
    private record Scene(FrameResult result, Rectangle2D place, boolean mirrored) {
        double x(double column) {
            return place.getX() + (mirrored ? result.width() - column : column) * scale();
        }

        double y(double row) {
            return place.getY() + row * scale();
        }

        Rectangle2D box(EmotionReading reading) {
            BoundingBox box = reading.face().box();
            double left = mirrored ? box.x() + box.width() : box.x();
            return new Rectangle2D.Double(x(left), y(box.y()), box.width() * scale(), box.height() * scale());
        }

        private double scale() {
            return place.getWidth() / result.width();
        }
    }

    private static void drawBox(Graphics2D pen, Rectangle2D box, Color color, boolean chosen) {
        RoundRectangle2D shape =
                new RoundRectangle2D.Double(box.getX(), box.getY(), box.getWidth(), box.getHeight(), ARC, ARC);
        float width = chosen ? 3.4f : 1.8f;
        pen.setColor(Palette.faded(Palette.RIM, 200));
        pen.setStroke(new BasicStroke(width + 2.2f));
        pen.draw(shape);
        pen.setColor(color);
        pen.setStroke(new BasicStroke(width));
        pen.draw(shape);
    }

    private static void drawLandmarks(Graphics2D pen, Landmarks points, Scene scene) {
        double radius = points.size() > 10 ? 1.7 : 2.8;
        for (int i = 0; i < points.size(); i++) {
            double x = scene.x(points.x(i));
            double y = scene.y(points.y(i));
            pen.setColor(Palette.RIM);
            pen.fill(new Ellipse2D.Double(x - radius - 1, y - radius - 1, 2 * radius + 2, 2 * radius + 2));
            pen.setColor(Color.WHITE);
            pen.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
        }
    }

    private void drawPlate(Graphics2D pen, String text, Rectangle2D box, Color color) {
        pen.setFont(getFont().deriveFont(Font.BOLD));
        FontMetrics metrics = pen.getFontMetrics();
        double width = metrics.stringWidth(text) + 14.0;
        double height = metrics.getHeight() + 4.0;
        double x = Math.max(2, Math.min(box.getX() - 1, getWidth() - width - 2));
        double y = box.getY() - height - 3 < 0 ? box.getY() + 4 : box.getY() - height - 3;
        pen.setColor(Palette.faded(Palette.RIM, 200));
        pen.fill(new RoundRectangle2D.Double(x - 1, y - 1, width + 2, height + 2, ARC, ARC));
        pen.setColor(color);
        pen.fill(new RoundRectangle2D.Double(x, y, width, height, ARC - 2.0, ARC - 2.0));
        pen.setColor(Palette.writingOn(color));
        pen.drawString(text, (float) x + 7, (float) (y + 2 + metrics.getAscent()));
    }

    private void drawGuidance(Graphics2D pen, String text) {
        pen.setFont(getFont().deriveFont(Font.BOLD, getFont().getSize2D() + 3));
        FontMetrics metrics = pen.getFontMetrics();
        double width = metrics.stringWidth(text) + 56.0;
        double height = metrics.getHeight() + 16.0;
        double x = (getWidth() - width) / 2;
        double y = getHeight() - height - 14;
        pen.setColor(Palette.faded(GROUND, 225));
        pen.fill(new RoundRectangle2D.Double(x, y, width, height, height, height));
        double dot = metrics.getAscent() * 0.8;
        Rectangle2D sign = new Rectangle2D.Double(x + 20, y + (height - dot) / 2, dot, dot);
        drawSign(pen, sign, guidanceGood);
        pen.setColor(Color.WHITE);
        pen.drawString(text, (float) (x + 20 + dot + 10), (float)
                (y + (height - metrics.getHeight()) / 2 + metrics.getAscent()));
    }

    /** A tick where all is well, an arrow where something is to be done: told apart by form, not by color alone. */
    private static void drawSign(Graphics2D pen, Rectangle2D place, boolean good) {
        pen.setStroke(new BasicStroke(2.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        Path2D sign = new Path2D.Double();
        double x = place.getX();
        double y = place.getY();
        double side = place.getWidth();
        if (good) {
            pen.setColor(new Color(0x35, 0xC7, 0x8D));
            sign.moveTo(x, y + side * 0.55);
            sign.lineTo(x + side * 0.38, y + side * 0.92);
            sign.lineTo(x + side, y + side * 0.12);
        } else {
            pen.setColor(new Color(0xF0, 0xB4, 0x29));
            sign.moveTo(x, y + side * 0.5);
            sign.lineTo(x + side, y + side * 0.5);
            sign.moveTo(x + side * 0.55, y + side * 0.1);
            sign.lineTo(x + side, y + side * 0.5);
            sign.lineTo(x + side * 0.55, y + side * 0.9);
        }
        pen.draw(sign);
    }

    /** The id of the face under a point. */
    private Optional<Integer> faceAt(Point point) {
        PictureBuffer.Picture picture = view.pictures().current();
        return picture.image() == null
                ? Optional.empty()
                : picture.result().flatMap(result -> {
                    Scene scene = new Scene(result, place(picture), picture.mirrored());
                    return result.readings().stream()
                            .filter(each -> scene.box(each).contains(point))
                            .map(EmotionReading::faceId)
                            .findFirst();
                });
    }
}
