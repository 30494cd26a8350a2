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
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.emotion4j.emotion.Emotion;
import org.jspecify.annotations.Nullable;

/**
 * The session's timeline. The mouse, or the arrow keys, tell what was at a moment. Drawn into a picture of its own when
 * something has changed, so that following the mouse costs little.
 */
@SuppressWarnings("serial") // components are never serialized
final class TimelineView extends DrawnComponent {
    private static final int HEIGHT = 140;
    private static final long NEAR_NANOS = 500_000_000;
    private static final double MENTIONED = 0.1;

    private final Texts texts;
    private final Supplier<Strip> source;
    private Strip strip = Strip.EMPTY;
    private @Nullable BufferedImage drawn;
    private boolean ended;
    private OptionalLong cursor = OptionalLong.empty();
    private OptionalLong position = OptionalLong.empty();
    private Optional<LongConsumer> traveller = Optional.empty();

    /**
     * Makes a timeline.
     *
     * @param source asked for what there is to be drawn
     */
    TimelineView(Texts texts, Supplier<Strip> source) {
        this.texts = texts;
        this.source = source;
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
                go(drawing().nanos(e.getX()));
            }

            @Override
            public void mouseDragged(MouseEvent e) {
                go(drawing().nanos(e.getX()));
            }
        };
        addMouseListener(mouse);
        addMouseMotionListener(mouse);
        addKeyListener(new KeyAdapter() {
            @Override
            public void keyPressed(KeyEvent e) {
                if (e.isAltDown() || e.isControlDown()) {
                    return;
                }
                long end = strip.curve().endNanos();
                long step = strip.curve().stepNanos();
                long now = traveller.isPresent() ? position.orElse(0) : cursor.orElse(end);
                switch (e.getKeyCode()) {
                    case KeyEvent.VK_LEFT -> move(now - step);
                    case KeyEvent.VK_RIGHT -> move(now + step);
                    case KeyEvent.VK_HOME -> move(0);
                    case KeyEvent.VK_END -> move(end);
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

    /** Says who is told where a click, or a key, goes to. */
    void onGo(LongConsumer value) {
        traveller = Optional.of(value);
        getAccessibleContext().setAccessibleDescription(texts.get("timeline.help.go"));
    }

    /** Shows where one is. */
    void position(OptionalLong nanos) {
        if (!nanos.equals(position)) {
            position = nanos;
            nanos.ifPresent(at -> getAccessibleContext().setAccessibleDescription(String.join(", ", moment(at))));
            repaint();
        }
    }

    private void move(long nanos) {
        if (traveller.isPresent()) {
            go(nanos);
        } else {
            pointAt(nanos);
        }
    }

    private void go(long nanos) {
        if (!strip.curve().bins().isEmpty()) {
            long within = Math.max(0, Math.min(nanos, strip.curve().endNanos()));
            traveller.ifPresent(each -> each.accept(within));
        }
    }

    /** Looks whether there is something new. */
    void refresh() {
        Strip next = source.get();
        if (!next.looksLike(strip)) {
            strip = next;
            drawn = null;
            repaint();
        }
    }

    /** Draws anew, for colors that have changed. */
    void restyle() {
        drawn = null;
        repaint();
    }

    private void pointAt(long nanos) {
        if (!strip.curve().bins().isEmpty()) {
            point(OptionalLong.of(Math.max(0, Math.min(nanos, strip.curve().endNanos()))));
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
        ExpressionTrack.Curve curve = strip.curve();
        String when = curve.picture(nanos)
                .map(picture -> texts.get("timeline.picture", picture.number()))
                .orElseGet(() -> Texts.clock(nanos));
        lines.add(when + " · " + kind(nanos));
        curve.at(nanos).filter(ExpressionTrack.Bin::hasFace).ifPresent(bin -> lines.add(scores(bin)));
        strip.corrections().stream()
                .filter(each -> each.fromNanos() <= nanos && nanos < each.toNanos())
                .forEach(each -> lines.add(texts.get("timeline.correction", texts.of(each.label()))));
        strip.markers().stream()
                .filter(marker -> Math.abs(marker.nanos() - nanos) <= Math.max(NEAR_NANOS, curve.binNanos()))
                .forEach(marker -> lines.add("▼ " + marker.text()));
        strip.events().stream()
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
        return strip.curve()
                .at(nanos)
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
        return new TimelineDrawing(texts, getWidth(), getHeight(), strip.curve().drawnNanos(), ended);
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
            drawing().draw(inside, strip, getFont());
            inside.dispose();
            drawn = image;
        }
        pen.drawImage(image, 0, 0, getWidth(), getHeight(), null);
        if (strip.curve().bins().isEmpty()) {
            pen.setColor(Palette.quietInk());
            String text = texts.get("timeline.empty");
            pen.drawString(
                    text,
                    (getWidth()
                                    + TimelineDrawing.LEFT
                                    - TimelineDrawing.RIGHT
                                    - pen.getFontMetrics().stringWidth(text))
                            / 2,
                    (drawing().curvesTop() + drawing().curvesBottom()) / 2 + 5);
        }
        position.ifPresent(nanos -> drawPosition(pen, nanos));
        cursor.ifPresent(nanos -> drawCursor(pen, nanos));
        if (isFocusOwner()) {
            pen.setColor(Palette.ink());
            pen.setStroke(new BasicStroke(1.2f));
            pen.draw(new Rectangle2D.Double(
                    TimelineDrawing.LEFT - 3.0,
                    1,
                    getWidth() - TimelineDrawing.LEFT - TimelineDrawing.RIGHT + 6.0,
                    getHeight() - 3.0));
        }
        pen.dispose();
    }

    /** Where one is: a line with a handle above and below. */
    private void drawPosition(Graphics2D pen, long nanos) {
        double x = drawing().x(nanos);
        pen.setColor(Palette.ink());
        pen.setStroke(new BasicStroke(2f));
        pen.draw(new Line2D.Double(x, 12, x, drawing().curvesBottom()));
        pen.fill(new RoundRectangle2D.Double(x - 4, 8, 8, 8, 3, 3));
        pen.fill(new RoundRectangle2D.Double(x - 4, drawing().curvesBottom() - 2.0, 8, 8, 3, 3));
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
