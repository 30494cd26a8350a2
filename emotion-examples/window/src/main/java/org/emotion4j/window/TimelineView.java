package org.emotion4j.window;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.event.FocusAdapter;
import java.awt.event.FocusEvent;
import java.awt.event.KeyAdapter;
import java.awt.event.KeyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.emotion4j.emotion.Emotion;
import org.jspecify.annotations.Nullable;

/**
 * The session's timeline. The mouse, or the arrow keys, tell what was at a moment. Drawn into a picture of its own when
 * something has changed, so that following the mouse costs little.
 */
@SuppressWarnings("serial") // components are never serialised
final class TimelineView extends DrawnComponent {
    private static final int HEIGHT = 150;
    private static final long NEAR_NANOS = 500_000_000;
    private static final double MENTIONED = 0.1;

    private final Texts texts;
    private final LiveView view;
    private ExpressionTrack.Curve curve = new ExpressionTrack.Curve(1, 0, List.of());
    private List<LiveView.Marker> markers = List.of();
    private List<EventTrack.Mark> events = List.of();
    private @Nullable BufferedImage drawn;
    private boolean ended;
    private OptionalLong cursor = OptionalLong.empty();

    TimelineView(Texts texts, LiveView view) {
        this.texts = texts;
        this.view = view;
        setName("timeline");
        setFocusable(true);
        setPreferredSize(new Dimension(600, HEIGHT));
        setMinimumSize(new Dimension(200, HEIGHT));
        Controls.describe(this, texts.get("timeline.name"));
        getAccessibleContext().setAccessibleDescription(texts.get("timeline.help"));
        MouseAdapter mouse = new MouseAdapter() {
            @Override
            public void mouseMoved(MouseEvent e) {
                pointAt(drawing().nanos(e.getX()));
            }

            @Override
            public void mouseExited(MouseEvent e) {
                point(OptionalLong.empty());
            }

            @Override
            public void mousePressed(MouseEvent e) {
                requestFocusInWindow();
            }
        };
        addMouseListener(mouse);
        addMouseMotionListener(mouse);
        addKeyListener(new KeyAdapter() {
            @Override
            public void keyPressed(KeyEvent e) {
                long now = cursor.orElse(curve.endNanos());
                switch (e.getKeyCode()) {
                    case KeyEvent.VK_LEFT -> pointAt(now - curve.binNanos());
                    case KeyEvent.VK_RIGHT -> pointAt(now + curve.binNanos());
                    case KeyEvent.VK_HOME -> pointAt(0);
                    case KeyEvent.VK_END -> pointAt(curve.endNanos());
                    case KeyEvent.VK_ESCAPE -> point(OptionalLong.empty());
                    default -> {}
                }
            }
        });
        addFocusListener(new FocusAdapter() {
            @Override
            public void focusGained(FocusEvent e) {
                repaint();
            }

            @Override
            public void focusLost(FocusEvent e) {
                repaint();
            }
        });
    }

    /** Says whether the session has ended: the axis ends with it then. */
    void ended(boolean value) {
        if (value != ended) {
            ended = value;
            restyle();
        }
    }

    /** Looks whether there is something new. */
    void refresh() {
        ExpressionTrack.Curve next = view.track().curve();
        List<LiveView.Marker> marked = view.markers();
        List<EventTrack.Mark> did = view.events();
        if (next.endNanos() != curve.endNanos()
                || next.bins().size() != curve.bins().size()
                || marked.size() != markers.size()
                || did.size() != events.size()) {
            curve = next;
            markers = marked;
            events = did;
            drawn = null;
            repaint();
        }
    }

    /** Draws anew, for colours that have changed. */
    void restyle() {
        drawn = null;
        repaint();
    }

    private void pointAt(long nanos) {
        if (!curve.bins().isEmpty()) {
            point(OptionalLong.of(Math.max(0, Math.min(nanos, curve.endNanos()))));
        }
    }

    private void point(OptionalLong nanos) {
        if (!nanos.equals(cursor)) {
            cursor = nanos;
            getAccessibleContext()
                    .setAccessibleDescription(
                            nanos.isPresent()
                                    ? String.join(", ", moment(nanos.getAsLong()))
                                    : texts.get("timeline.help"));
            repaint();
        }
    }

    /** What is told of the moment under the mouse. */
    List<String> moment(long nanos) {
        List<String> lines = new ArrayList<>();
        lines.add(Texts.clock(nanos) + " · " + kind(nanos));
        curve.at(nanos).filter(ExpressionTrack.Bin::hasFace).ifPresent(bin -> lines.add(scores(bin)));
        markers.stream()
                .filter(marker -> Math.abs(marker.nanos() - nanos) <= Math.max(NEAR_NANOS, curve.binNanos()))
                .forEach(marker -> lines.add("▼ " + marker.text()));
        events.stream()
                .filter(mark ->
                        mark.fromNanos() - curve.binNanos() <= nanos && nanos <= mark.toNanos() + curve.binNanos())
                .map(this::event)
                .distinct()
                .forEach(lines::add);
        return lines;
    }

    private String event(EventTrack.Mark mark) {
        String what = mark.emotion()
                .map(emotion -> texts.of(Optional.of(emotion)))
                .orElseGet(
                        () -> texts.get("timeline.event." + mark.kind().name().toLowerCase(Locale.ROOT)));
        return "▬ " + what + ", " + texts.number((mark.toNanos() - mark.fromNanos()) / 1e9, 1) + " s";
    }

    private String kind(long nanos) {
        return curve.at(nanos)
                .map(bin -> switch (bin.kind()) {
                    case GAP -> texts.get("timeline.gap");
                    case NO_FACE -> texts.get("emotion.noFace");
                    case NO_CLEAR, EXPRESSION -> texts.of(bin.predominant());
                })
                .orElse(texts.get("timeline.gap"));
    }

    private String scores(ExpressionTrack.Bin bin) {
        return Emotion.all().stream()
                .sorted(Comparator.comparingDouble(emotion -> -bin.means()[emotion.ordinal()]))
                .limit(3)
                .filter(emotion -> bin.means()[emotion.ordinal()] >= MENTIONED)
                .map(emotion ->
                        texts.get("scores.text", texts.of(emotion), texts.percent(bin.means()[emotion.ordinal()])))
                .collect(Collectors.joining(", "));
    }

    private TimelineDrawing drawing() {
        return new TimelineDrawing(getWidth(), getHeight(), curve.endNanos(), ended);
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D pen = (Graphics2D) graphics.create();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        AffineTransform screen = pen.getTransform();
        int width = (int) Math.ceil(getWidth() * screen.getScaleX());
        int height = (int) Math.ceil(getHeight() * screen.getScaleY());
        BufferedImage image = drawn;
        if (image == null || image.getWidth() != width || image.getHeight() != height) {
            image = new BufferedImage(Math.max(1, width), Math.max(1, height), BufferedImage.TYPE_INT_RGB);
            Graphics2D inside = image.createGraphics();
            inside.scale(screen.getScaleX(), screen.getScaleY());
            inside.setColor(Palette.ground());
            inside.fillRect(0, 0, getWidth() + 1, getHeight() + 1);
            drawing().draw(inside, curve, events, markers, getFont());
            inside.dispose();
            drawn = image;
        }
        pen.drawImage(image, 0, 0, getWidth(), getHeight(), null);
        if (curve.bins().isEmpty()) {
            pen.setColor(Palette.faintInk());
            String text = texts.get("timeline.empty");
            pen.drawString(
                    text,
                    (getWidth() - pen.getFontMetrics().stringWidth(text)) / 2,
                    (drawing().curvesTop() + drawing().curvesBottom()) / 2 + 5);
        }
        cursor.ifPresent(nanos -> drawCursor(pen, nanos));
        if (isFocusOwner()) {
            pen.setColor(Palette.ink());
            pen.setStroke(new BasicStroke(1.2f));
            pen.draw(new Rectangle2D.Double(
                    TimelineDrawing.LEFT - 3.0, 1, getWidth() - TimelineDrawing.LEFT * 2 + 6.0, getHeight() - 3.0));
        }
        pen.dispose();
    }

    private void drawCursor(Graphics2D pen, long nanos) {
        double x = drawing().x(nanos);
        pen.setColor(Palette.ink());
        pen.setStroke(new BasicStroke(1.2f));
        pen.draw(new Line2D.Double(x, 14, x, drawing().curvesBottom()));
        List<String> lines = moment(nanos);
        Font bold = getFont().deriveFont(Font.BOLD);
        FontMetrics metrics = pen.getFontMetrics(bold);
        int width = lines.stream().mapToInt(metrics::stringWidth).max().orElse(0) + 16;
        int height = lines.size() * metrics.getHeight() + 8;
        double left = x + 10 + width > getWidth() ? x - 10 - width : x + 10;
        double top = drawing().curvesTop() + 2.0;
        pen.setColor(Palette.faded(Palette.DARK_INK, 235));
        pen.fill(new RoundRectangle2D.Double(left, top, width, height, 8, 8));
        pen.setColor(Color.WHITE);
        float y = (float) top + 4 + metrics.getAscent();
        for (int i = 0; i < lines.size(); i++) {
            pen.setFont(i == 0 ? bold : getFont());
            pen.drawString(lines.get(i), (float) left + 8, y);
            y += metrics.getHeight();
        }
    }
}
