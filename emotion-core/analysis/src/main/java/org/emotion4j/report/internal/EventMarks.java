package org.emotion4j.report.internal;

import java.util.List;
import org.emotion4j.analysis.SessionEvents;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.event.FacialEvent.Kind;
import org.emotion4j.words.Words;

/** What the face did, as rows of marks above a session's strip. */
final class EventMarks {
    private static final int ROW = 14;
    private static final double LEAST_WIDTH = 1.2;

    /** Marks nearer to each other than this, of one color, are drawn as one: a long session has thousands. */
    private static final double JOINED = 0.6;

    private enum Row {
        EXPRESSIONS("marks.expressions", List.of(Kind.EXPRESSION)),
        EYES("marks.eyes", List.of(Kind.BLINK, Kind.EYES_CLOSED)),
        TALKING("marks.talking", List.of(Kind.TALKING)),
        HEAD("marks.head", List.of(Kind.NOD, Kind.HEAD_SHAKE));

        private final String key;
        private final List<Kind> kinds;

        Row(String key, List<Kind> kinds) {
            this.key = key;
            this.kinds = kinds;
        }
    }

    private final SessionEvents events;
    private final Words words;
    private final List<Row> rows;

    EventMarks(SessionEvents events, Words words) {
        this.events = events;
        this.words = words;
        this.rows = List.of(Row.values()).stream()
                .filter(row ->
                        row.kinds.stream().anyMatch(kind -> !events.events(kind).isEmpty()))
                .toList();
    }

    /** How much room the marks take; 0 where there are none. */
    int height() {
        return rows.isEmpty() ? 0 : rows.size() * ROW + 4;
    }

    void draw(Drawing.Builder drawing, TimeScale scale) {
        for (int i = 0; i < rows.size(); i++) {
            drawing.text("", "start", 4, i * ROW + 11, words.say(rows.get(i).key));
            row(drawing, rows.get(i), i * ROW + 2, scale);
        }
    }

    private void row(Drawing.Builder drawing, Row row, int top, TimeScale scale) {
        String style = "";
        double left = 0;
        double right = Double.NEGATIVE_INFINITY;
        for (FacialEvent event : events.events()) {
            if (!row.kinds.contains(event.kind())
                    || event.offsetNanos() < scale.fromNanos()
                    || event.onsetNanos() > scale.toNanos()) {
                continue;
            }
            double begin = scale.x(Math.max(scale.fromNanos(), event.onsetNanos()));
            double end = Math.max(begin + LEAST_WIDTH, scale.x(Math.min(scale.toNanos(), event.offsetNanos())));
            if (begin - right < JOINED && style.equals(style(event))) {
                right = Math.max(right, end);
                continue;
            }
            mark(drawing, style, top, left, right);
            style = style(event);
            left = begin;
            right = end;
        }
        mark(drawing, style, top, left, right);
    }

    private static void mark(Drawing.Builder drawing, String style, int top, double left, double right) {
        if (right > left) {
            drawing.rect(style, left, top, right - left, ROW - 4);
        }
    }

    private static String style(FacialEvent event) {
        return event.kind() == Kind.EXPRESSION && !event.isWhileTalking()
                ? Palette.style(Emotion.find(event.name()))
                : Palette.EDGE.style();
    }
}
