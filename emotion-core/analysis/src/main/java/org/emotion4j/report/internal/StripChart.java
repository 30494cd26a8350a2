package org.emotion4j.report.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emotion4j.analysis.EmotionTimeline;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.recording.SessionMarker;
import org.emotion4j.words.Words;

/** What the face showed over time: a row for each expression, with names of topics and letters of moments above. */
final class StripChart {
    private static final int ROW = 20;
    private static final int LETTERS = 15;

    /** How far apart letters are at least. */
    private static final double LETTER_WIDTH = 12;

    private static final int MOST_LISTED = 200;

    private final SessionFigures figures;
    private final Moments moments;
    private final EventMarks marks;
    private final Words words;
    private final List<TimelineSegment> segments;

    StripChart(SessionFigures figures, Moments moments, Words words) {
        this.figures = figures;
        this.moments = moments;
        this.marks = new EventMarks(figures.events(), words);
        this.words = words;
        this.segments = TimelineSegment.of(figures.timeline(), figures.seen());
    }

    Figure figure() {
        return Figure.of(this::drawing);
    }

    private Drawing drawing(int width) {
        TimeScale scale = figures.scale(width);
        List<TopicNames.Place> names = TopicNames.of(figures.topics(), scale);
        List<Letter> letters = letters(scale);
        int namesHeight = TopicNames.height(names);
        int lettersHeight =
                letters.stream().mapToInt(letter -> letter.row() + 1).max().orElse(0) * LETTERS;
        int above = lettersHeight + marks.height();
        int bottom = above + 9 * ROW;
        Drawing.Builder drawing = new Drawing.Builder().down(namesHeight);
        for (Letter letter : letters) {
            double top = lettersHeight - (letter.row() + 1) * LETTERS;
            drawing.line("moment", letter.x(), top + 12, letter.x(), above)
                    .text("strong", "middle", letter.x(), top + 11, letter.text());
        }
        drawing.down(lettersHeight);
        marks.draw(drawing, scale);
        drawing.down(marks.height());
        rows(drawing, scale);
        blocks(drawing, scale);
        scale.axis(drawing, 9 * ROW);
        drawing.down(-above);
        markers(drawing, scale, names, bottom);
        return drawing.build(label(), width, namesHeight + bottom + 34);
    }

    private String label() {
        return words.say(
                marks.height() > 0 ? "strip.labelWithMarks" : "strip.label",
                words.length(figures.timeline().intervalLength()));
    }

    private void rows(Drawing.Builder drawing, TimeScale scale) {
        List<String> names = new ArrayList<>();
        Emotion.all().forEach(emotion -> names.add(words.of(emotion)));
        names.add(words.say("strip.none"));
        names.add(words.say("emotion.noFace"));
        for (int i = 0; i < names.size(); i++) {
            drawing.text("", "start", 4, i * ROW + 14, names.get(i))
                    .line("rule", scale.left(), (i + 1) * ROW, scale.width(), (i + 1) * ROW);
        }
    }

    /** The stronger the mean score, the higher the block. */
    private void blocks(Drawing.Builder drawing, TimeScale scale) {
        for (TimelineSegment segment : segments) {
            double left = scale.x(segment.fromNanos());
            double width = Math.max(scale.x(segment.toNanos()) - left, 0.6);
            if (segment.row() == TimelineSegment.NOTHING) {
                drawing.rect("nothing", left, 1, width, 9 * ROW - 1);
            } else {
                double height = (ROW - 1) * segment.strength();
                drawing.rect(segment.style(), left, (segment.row() + 1) * ROW - height, width, height);
            }
        }
    }

    private void markers(Drawing.Builder drawing, TimeScale scale, List<TopicNames.Place> names, int bottom) {
        figures.markers().stream()
                .filter(SessionMarker::isOwn)
                .filter(marker -> scale.has(marker.mediaNanos()))
                .mapToDouble(marker -> scale.x(marker.mediaNanos()))
                .forEach(x -> drawing.line("held", x, 0, x, bottom));
        double last = Double.NEGATIVE_INFINITY;
        for (TopicNames.Place name : names) {
            drawing.line("topic", name.x(), name.top(), name.x(), bottom);
            if (name.isShown()) {
                drawing.text("", "start", name.left(), name.baseline(), name.text());
            }
            if (name.x() - last >= 16) {
                drawing.text("strong", "middle", name.x(), bottom + 14, Integer.toString(name.number()));
                last = name.x();
            }
        }
    }

    private record Letter(String text, double x, int row) {}

    /** Letters that are close stand above each other. */
    private List<Letter> letters(TimeScale scale) {
        List<Letter> letters = new ArrayList<>();
        for (int i = 0; i < moments.moments().size(); i++) {
            FacialEvent moment = moments.moments().get(i);
            if (!scale.has(moment.apexNanos())) {
                continue;
            }
            double x = scale.x(moment.apexNanos());
            int row = 0;
            while (isTaken(letters, x, row)) {
                row++;
            }
            letters.add(new Letter(EventTables.letter(i), x, row));
        }
        return letters;
    }

    private static boolean isTaken(List<Letter> letters, double x, int row) {
        return letters.stream().anyMatch(other -> other.row() == row && Math.abs(other.x() - x) < LETTER_WIDTH);
    }

    /** What the picture shows, for who cannot see it: from when to when what was shown. */
    Table inWords() {
        Table.Builder table = Table.plain()
                .number(words.say("column.from"))
                .number(words.say("column.until"))
                .column(words.say("events.what"));
        runs().stream()
                .limit(MOST_LISTED)
                .forEach(run -> table.row(
                        Table.text(words.clock(run.fromNanos())),
                        Table.text(words.clock(run.toNanos())),
                        run.row() == TimelineSegment.NOTHING
                                ? Table.text(words.say("strip.nothing"))
                                : Table.named(run.style(), name(run))));
        return table.build();
    }

    /** Says how many are not in words; empty where all are. */
    String noteInWords() {
        int all = runs().size();
        return all > MOST_LISTED ? words.say("strip.first", MOST_LISTED, all) : "";
    }

    private String name(TimelineSegment run) {
        return run.row() == TimelineSegment.NO_FACE ? words.say("emotion.noFace") : words.of(run.label());
    }

    /** Segments of one row are one while of it, however strong. */
    private List<TimelineSegment> runs() {
        List<TimelineSegment> runs = new ArrayList<>();
        for (TimelineSegment segment : segments) {
            int last = runs.size() - 1;
            if (last >= 0 && runs.get(last).row() == segment.row()) {
                runs.set(last, new TimelineSegment(runs.get(last).fromNanos(), segment.toNanos(), segment.row(), 1));
            } else {
                runs.add(segment);
            }
        }
        return runs;
    }

    /** What stands where, and how strong it is. */
    String note() {
        EmotionTimeline timeline = figures.timeline();
        List<String> note = new ArrayList<>();
        note.add(
                timeline.intervalLength().toSeconds() == 1
                        ? words.say("strip.noteSecond")
                        : words.say("strip.note", words.length(timeline.intervalLength())));
        note.add(words.say("strip.scale"));
        if (segments.stream().anyMatch(segment -> segment.row() == TimelineSegment.NOTHING)) {
            note.add(words.say("strip.noteNothing"));
        }
        if (marks.height() > 0) {
            note.add(words.say("strip.noteMarks"));
        }
        if (!figures.topics().isEmpty()) {
            note.add(words.say("strip.noteTopics"));
        }
        if (figures.markers().stream().anyMatch(SessionMarker::isOwn)) {
            note.add(words.say("strip.noteHeld"));
        }
        if (!moments.moments().isEmpty()) {
            note.add(words.say("strip.noteMoments"));
        }
        return String.join(" ", note);
    }

    /** Names and classes of all that the strip has colors for. */
    static List<Table.Cell> legend(Words words) {
        List<Table.Cell> cells = new ArrayList<>();
        Emotion.all().forEach(emotion -> cells.add(Table.named(Optional.of(emotion), words.of(emotion))));
        cells.add(Table.named(Optional.empty(), words.say("emotion.none")));
        return cells;
    }
}
