package org.emotion4j.report.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.emotion4j.analysis.MarkedMoments;
import org.emotion4j.analysis.SessionEvents;
import org.emotion4j.analysis.SessionSummary.MarkedSegment;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.event.FacialEvent.Kind;
import org.emotion4j.words.Words;

/** What the face did, in tables: the most marked moments, how often what happened, and when. */
final class EventTables {
    private static final int MOST_LISTED = 40;
    private static final double LEAST_FOR_BLINKS = 10;
    private static final long LEAST_FOR_RATE = 10_000_000_000L;

    private final SessionEvents events;
    private final Moments moments;
    private final Words words;

    EventTables(SessionEvents events, Moments moments, Words words) {
        this.events = events;
        this.moments = moments;
        this.words = words;
    }

    /** Whether there was a face to follow. */
    boolean isEmpty() {
        return events.followedNanos() == 0;
    }

    boolean isUneventful() {
        return events.events().isEmpty();
    }

    /** By their letters on the strip. */
    Table moments(List<MarkedSegment> topics) {
        Table.Builder table = Table.plain()
                .column(words.say("moments.letter"))
                .column(words.say("column.expression"))
                .number(words.say("moments.strongest"))
                .number(words.say("column.length"))
                .number(words.say("moments.score"))
                .number(words.say("moments.rise"));
        if (!topics.isEmpty()) {
            table.column(words.say("column.topic"));
        }
        for (int i = 0; i < moments.moments().size(); i++) {
            FacialEvent moment = moments.moments().get(i);
            Optional<Emotion> emotion = Emotion.find(moment.name());
            List<Table.Cell> cells = new ArrayList<>(List.of(
                    Table.text(letter(i)),
                    Table.named(emotion, words.of(emotion)),
                    Table.text(words.clock(moment.apexNanos())),
                    Table.text(words.seconds(moment.durationNanos())),
                    Table.text(words.percent(moment.peak())),
                    Table.text(words.say("points", words.signed(100 * MarkedMoments.rise(moment), 1)))));
            if (!topics.isEmpty()) {
                cells.add(Table.text(topicAt(topics, moment.apexNanos())));
            }
            table.row(cells);
        }
        return table.build();
    }

    /** What the table's moments are, and which are not there. */
    String noteOnMoments() {
        String note = words.say(events.knowsMovements() ? "moments.note" : "moments.noteUnknown");
        return moments.alike() == 0 ? note : note + " " + words.say("moments.alike", moments.alike());
    }

    static String letter(int moment) {
        return Character.toString('A' + moment);
    }

    private static String topicAt(List<MarkedSegment> topics, long nanos) {
        for (int i = topics.size() - 1; i >= 0; i--) {
            if (topics.get(i).marker().mediaNanos() <= nanos) {
                return (i + 1) + " " + topics.get(i).marker().text();
            }
        }
        return Words.NONE;
    }

    Table kinds() {
        Table.Builder table = Table.plain()
                .column(words.say("events.event"))
                .number(words.say("events.times"))
                .number(words.say("events.aMinute"))
                .number(words.say("events.meanLength"))
                .number(words.say("events.brief"));
        for (Kind kind : Kind.values()) {
            List<FacialEvent> found = events.events(kind);
            if (found.isEmpty() && kind != Kind.BLINK || !isSure(kind)) {
                continue;
            }
            table.row(
                    Table.text(words.say("kind." + kind.code())),
                    words.count(found.size()),
                    events.followedNanos() < LEAST_FOR_RATE ? "" : words.number(events.perMinute(kind), 1),
                    found.isEmpty() ? "" : words.number(events.meanSeconds(kind), 2) + " s",
                    kind == Kind.BLINK
                            ? ""
                            : words.count(
                                    found.stream().filter(FacialEvent::isBrief).count()));
        }
        return table.build();
    }

    /** Without movements, or with too few frames, a number of blinks would be none. */
    private boolean isSure(Kind kind) {
        return kind == Kind.EXPRESSION
                || events.knowsMovements() && (kind != Kind.BLINK || events.framesPerSecond() >= LEAST_FOR_BLINKS);
    }

    /** How often which movement was seen; empty where none was. */
    String movements() {
        Map<String, Long> counts = events.events(Kind.MOVEMENT).stream()
                .collect(Collectors.groupingBy(FacialEvent::name, TreeMap::new, Collectors.counting()));
        List<String> found = FacialMovement.all().stream()
                .filter(movement -> counts.containsKey(movement.code()))
                .map(movement -> words.say("movement." + movement.code()) + " (" + movement.code() + ") "
                        + counts.get(movement.code()))
                .toList();
        return found.isEmpty() ? "" : words.say("events.movements", String.join(", ", found));
    }

    /** Each event, blinks and movements aside. */
    Table listed() {
        Table.Builder table = Table.plain()
                .column(words.say("column.from"))
                .number(words.say("column.length"))
                .number(words.say("events.strongest"))
                .column(words.say("events.what"))
                .number(words.say("events.peak"));
        for (FacialEvent event : plain().stream().limit(MOST_LISTED).toList()) {
            boolean isShare = event.kind() != Kind.NOD && event.kind() != Kind.HEAD_SHAKE;
            String what = name(event)
                    + (event.isBrief() ? words.say("events.isBrief") : "")
                    + (event.isWhileTalking() ? words.say("events.isTalking") : "");
            table.row(
                    Table.text(words.clock(event.onsetNanos())),
                    Table.text(words.seconds(event.durationNanos())),
                    Table.text(words.say("events.later", words.number(event.riseNanos() / 1e9, 2))),
                    event.kind() == Kind.EXPRESSION ? Table.named(Emotion.find(event.name()), what) : Table.text(what),
                    Table.text(isShare ? words.percent(event.peak()) : words.number(event.peak(), 0) + "°"));
        }
        return table.build();
    }

    /** Detectors of the user's own have names of their own. */
    private String name(FacialEvent event) {
        return event.kind() == Kind.EXPRESSION
                ? words.sayOr("emotion." + event.name(), event.name())
                : words.sayOr("event." + event.name(), event.name());
    }

    /** Says how many are not listed; empty where all are. */
    String noteOnListed() {
        int all = plain().size();
        return all > MOST_LISTED ? words.say("events.first", MOST_LISTED, all) : "";
    }

    private List<FacialEvent> plain() {
        return events.events().stream()
                .filter(event -> event.kind() != Kind.MOVEMENT && event.kind() != Kind.BLINK)
                .toList();
    }

    /** Says how the events were found, and what could not be. */
    String note() {
        List<String> note = new ArrayList<>();
        note.add(words.say(
                "events.followed",
                words.clock(Duration.ofNanos(events.followedNanos())),
                words.number(events.framesPerSecond(), 0)));
        if (!events.knowsMovements()) {
            note.add(words.say("events.noMovements"));
        } else if (events.framesPerSecond() < LEAST_FOR_BLINKS) {
            note.add(words.say("events.noBlinks"));
        } else {
            note.add(words.say("events.eyesClosed", words.percent(events.closedShare())));
        }
        long brief = events.events(Kind.EXPRESSION).stream()
                .filter(FacialEvent::isBrief)
                .count();
        if (brief > 0) {
            note.add(words.say("events.noteOnBrief", words.number(Math.ceil(events.framesPerSecond() / 2), 0), brief));
        }
        return String.join(" ", note);
    }
}
