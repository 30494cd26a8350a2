package org.emotion4j.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.event.FacialEvent;

/**
 * Two thin rows of marks above a band: expressions from onset to offset in their colors, paler where speech explains them; below
 * them blinks and closed eyes, talking, nods and head shakes. Movements are too many for a line.
 */
final class EventMarks {
    static final int HEIGHT = 22;
    static final Color EYES = Palette.INK;
    static final Color TALKING = new Color(0xA9, 0xB4, 0xC0);
    static final Color HEAD = new Color(0x8A, 0x5F, 0xB0);
    private static final int ROW = 8;
    private static final double LEAST_WIDTH = 2;
    private static final int PALE = 110;

    private final Graphics2D graphics;
    private final TimeAxis time;

    EventMarks(Graphics2D graphics, TimeAxis time) {
        this.graphics = graphics;
        this.time = time;
    }

    void draw(List<FacialEvent> events, int top) {
        for (FacialEvent event : events) {
            if (event.kind() == FacialEvent.Kind.TALKING) {
                mark(event, top + ROW + 3, TALKING);
            }
        }
        for (FacialEvent event : events) {
            switch (event.kind()) {
                case EXPRESSION -> mark(event, top, color(event));
                case BLINK, EYES_CLOSED -> mark(event, top + ROW + 3, EYES);
                case NOD, HEAD_SHAKE -> mark(event, top + ROW + 3, HEAD);
                case MOVEMENT, TALKING -> {}
            }
        }
    }

    private static Color color(FacialEvent event) {
        Optional<Emotion> emotion = Emotion.find(event.name());
        Color plain = emotion.map(Palette::of).orElse(Palette.FAINT_INK);
        return event.isWhileTalking() ? new Color(plain.getRed(), plain.getGreen(), plain.getBlue(), PALE) : plain;
    }

    private void mark(FacialEvent event, int top, Color color) {
        double left = time.x(event.onsetNanos());
        double width = Math.max(LEAST_WIDTH, time.x(event.offsetNanos()) - left);
        graphics.setColor(color);
        graphics.fill(new Rectangle2D.Double(left, top, width, ROW));
    }
}
