package org.emotion4j.report;

import static org.emotion4j.reading.MediaClock.clock;
import static org.emotion4j.report.Html.color;
import static org.emotion4j.report.Html.counted;
import static org.emotion4j.report.Html.escaped;
import static org.emotion4j.report.Html.number;
import static org.emotion4j.report.Html.percent;
import static org.emotion4j.report.Page.swatch;
import static org.emotion4j.report.Page.x;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.emotion4j.analysis.SessionEvents;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.event.FacialEvent.Kind;

/** What the face did, on a session's page: marks above the strip, and tables. */
final class EventMarks {
    private static final int ROW = 14;
    private static final int MOST_LISTED = 40;
    private static final double LEAST_FOR_BLINKS = 10;
    private static final long LEAST_FOR_RATE = 10_000_000_000L;
    private static final double LEAST_WIDTH = 1.2;

    /** Marks nearer to each other than this, of one colour, are drawn as one: a long session has thousands. */
    private static final double JOINED = 0.6;

    private static final Map<Kind, String> NAMES = Map.of(
            Kind.EXPRESSION, "Expressions",
            Kind.MOVEMENT, "Facial movements",
            Kind.BLINK, "Blinks",
            Kind.EYES_CLOSED, "Eyes closed for longer",
            Kind.NOD, "Nods",
            Kind.HEAD_SHAKE, "Head shakes",
            Kind.TALKING, "Whiles of talking");

    private enum Row {
        EXPRESSIONS("expressions", List.of(Kind.EXPRESSION)),
        EYES("eyes closed", List.of(Kind.BLINK, Kind.EYES_CLOSED)),
        TALKING("talking", List.of(Kind.TALKING)),
        HEAD("nods, shakes", List.of(Kind.NOD, Kind.HEAD_SHAKE));

        private final String title;
        private final List<Kind> kinds;

        Row(String title, List<Kind> kinds) {
            this.title = title;
            this.kinds = kinds;
        }
    }

    private final SessionEvents events;
    private final List<Row> rows;

    EventMarks(SessionEvents events) {
        this.events = events;
        this.rows = List.of(Row.values()).stream()
                .filter(row ->
                        row.kinds.stream().anyMatch(kind -> !events.events(kind).isEmpty()))
                .toList();
    }

    /** How much room the marks take; 0 where there are none. */
    int height() {
        return rows.isEmpty() ? 0 : rows.size() * ROW + 4;
    }

    /** Draws the marks at the top of a picture. */
    void draw(Page page, long from, long to) {
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            page.add("<text x=\"4\" y=\"%d\">%s</text>\n", i * ROW + 11, row.title);
            row(page, row, i * ROW + 2, from, to);
        }
    }

    private void row(Page page, Row row, int top, long from, long to) {
        String colour = "";
        double left = 0;
        double right = Double.NEGATIVE_INFINITY;
        for (FacialEvent event : events.events()) {
            if (!row.kinds.contains(event.kind()) || event.offsetNanos() < from || event.onsetNanos() > to) {
                continue;
            }
            double begin = x(Math.max(from, event.onsetNanos()), from, to);
            double end = Math.max(begin + LEAST_WIDTH, x(Math.min(to, event.offsetNanos()), from, to));
            if (begin - right < JOINED && colour.equals(colour(event))) {
                right = Math.max(right, end);
                continue;
            }
            mark(page, colour, top, left, right);
            colour = colour(event);
            left = begin;
            right = end;
        }
        mark(page, colour, top, left, right);
    }

    private static void mark(Page page, String colour, int top, double left, double right) {
        if (right > left) {
            page.add(
                    "<rect x=\"%.2f\" y=\"%d\" width=\"%.2f\" height=\"%d\" fill=\"%s\"/>\n",
                    left, top, right - left, ROW - 4, colour);
        }
    }

    private static String colour(FacialEvent event) {
        return event.kind() == Kind.EXPRESSION && !event.isWhileTalking()
                ? color(Emotion.find(event.name()))
                : event.kind() == Kind.EXPRESSION ? "#aab2bb" : "#6b7683";
    }

    /** Adds the tables; nothing where the face could not be followed. */
    void tables(Page page) {
        if (events.followedNanos() == 0) {
            return;
        }
        page.heading("What the face did");
        if (events.events().isEmpty()) {
            page.add("<p>No event: nothing that differs from what is usual for this face.</p>\n");
        } else {
            kinds(page);
            movements(page);
            listed(page);
        }
        page.add("<p class=\"note\">%s</p>\n", note());
    }

    private void kinds(Page page) {
        page.header("Event", ">Times", ">A minute", ">Mean length", ">Brief, under half a second");
        for (Kind kind : Kind.values()) {
            List<FacialEvent> found = events.events(kind);
            if (found.isEmpty() && kind != Kind.BLINK || !isSure(kind)) {
                continue;
            }
            page.row(
                    NAMES.getOrDefault(kind, kind.code()),
                    ">" + found.size(),
                    ">" + (events.followedNanos() < LEAST_FOR_RATE ? "" : number(events.perMinute(kind), 1)),
                    ">" + (found.isEmpty() ? "" : number(events.meanSeconds(kind), 2) + " s"),
                    kind == Kind.BLINK
                            ? ">"
                            : ">" + found.stream().filter(FacialEvent::isBrief).count());
        }
        page.end();
    }

    /** Without movements, or with too few frames, a number of blinks would be none. */
    private boolean isSure(Kind kind) {
        return kind == Kind.EXPRESSION
                || events.knowsMovements() && (kind != Kind.BLINK || events.framesPerSecond() >= LEAST_FOR_BLINKS);
    }

    private void movements(Page page) {
        Map<String, Long> counts = events.events(Kind.MOVEMENT).stream()
                .collect(Collectors.groupingBy(FacialEvent::name, TreeMap::new, Collectors.counting()));
        if (!counts.isEmpty()) {
            page.add(
                    "<p class=\"note\">Facial movements: %s.</p>\n",
                    FacialMovement.all().stream()
                            .filter(movement -> counts.containsKey(movement.code()))
                            .map(movement ->
                                    movement.label() + " (" + movement.code() + ") " + counts.get(movement.code()))
                            .map(Html::escaped)
                            .collect(Collectors.joining(", ")));
        }
    }

    private void listed(Page page) {
        List<FacialEvent> plain = events.events().stream()
                .filter(event -> event.kind() != Kind.MOVEMENT && event.kind() != Kind.BLINK)
                .toList();
        if (plain.isEmpty()) {
            return;
        }
        page.header("From", ">Length", ">Strongest", "What", ">Peak");
        for (FacialEvent event : plain.subList(0, Math.min(MOST_LISTED, plain.size()))) {
            boolean isShare = event.kind() != Kind.NOD && event.kind() != Kind.HEAD_SHAKE;
            page.row(
                    clock(event.onsetNanos()),
                    ">" + number(event.durationNanos() / 1e9, 2) + " s",
                    ">" + number(event.riseNanos() / 1e9, 2) + " s later",
                    (event.kind() == Kind.EXPRESSION ? swatch(Emotion.find(event.name())) : "")
                            + escaped(event.name())
                            + (event.isBrief() ? ", brief" : "")
                            + (event.isWhileTalking() ? ", while talking" : ""),
                    ">" + (isShare ? percent(event.peak()) : number(event.peak(), 0) + "°"));
        }
        page.end();
        if (plain.size() > MOST_LISTED) {
            page.add(
                    "<p class=\"note\">The first %d of %d are listed, blinks and movements aside; events.csv has all.</p>\n",
                    MOST_LISTED, plain.size());
        }
    }

    private String note() {
        StringBuilder note = new StringBuilder("The face could be followed for "
                + clock(java.time.Duration.ofNanos(events.followedNanos())) + ", at "
                + number(events.framesPerSecond(), 0)
                + " frames a second. Events are measured against what is usual for"
                + " this person.");
        if (!events.knowsMovements()) {
            note.append(
                    " Nobody told facial movements: there are expressions alone, and whether somebody talked is not known.");
        } else if (events.framesPerSecond() < LEAST_FOR_BLINKS) {
            note.append(" Blinks are missed at that rate.");
        } else {
            note.append(" The eyes were closed for ")
                    .append(percent(events.closedShare()))
                    .append(" of that time, blinks included.");
        }
        long brief = events.events(Kind.EXPRESSION).stream()
                .filter(FacialEvent::isBrief)
                .count();
        if (brief > 0) {
            note.append(" A brief event has fewer than ")
                    .append(number(Math.ceil(events.framesPerSecond() / 2), 0))
                    .append(" frames here; ")
                    .append(counted(brief, "expression"))
                    .append(brief == 1 ? " is" : " are")
                    .append(" brief. Nothing is promised about micro-expressions.");
        }
        return note.toString();
    }
}
