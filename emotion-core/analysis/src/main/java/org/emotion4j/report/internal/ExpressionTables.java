package org.emotion4j.report.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.emotion4j.analysis.BriefMoment;
import org.emotion4j.analysis.ExpressionCounts;
import org.emotion4j.analysis.ExpressionDurations;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.analysis.SessionSummary.MarkedSegment;
import org.emotion4j.analysis.Transitions;
import org.emotion4j.emotion.Affect;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.words.RecordWords;
import org.emotion4j.words.Words;

/** For how long, or in how many pictures, the face showed what; and how that changed. */
final class ExpressionTables {
    static final int MOST_BRIEF = 20;
    private static final int HEAT_STEPS = 3;

    private final SessionSummary summary;
    private final Words words;

    ExpressionTables(SessionSummary summary, Words words) {
        this.summary = summary;
        this.words = words;
    }

    /** The seven expressions, then no clear one. */
    static List<Optional<Emotion>> labels() {
        List<Optional<Emotion>> labels = new ArrayList<>();
        Emotion.all().forEach(emotion -> labels.add(Optional.of(emotion)));
        labels.add(Optional.empty());
        return labels;
    }

    private static int index(Optional<Emotion> label) {
        return label.map(Emotion::ordinal).orElse(EmotionScores.SIZE);
    }

    Table shares() {
        ExpressionDurations times = summary.times();
        Table.Builder table = rows(
                Table.plain()
                        .column(words.say("column.expression"))
                        .number(words.say("shares.time"))
                        .number(words.say("shares.share")),
                label -> words.clock(label.map(times::time).orElse(times.noClear())),
                label -> label.map(times::share).orElse(times.noClearShare()),
                times.percents(1));
        table.row(Table.named(Palette.NO_FACE.style(), words.say("emotion.noFace")), words.clock(times.noFace()), "");
        return table.row(
                        Table.text(words.say("shares.gaps", summary.gaps().count())),
                        words.clock(summary.gaps().total()),
                        "")
                .build();
    }

    Table pictureShares() {
        ExpressionCounts frames = summary.frames();
        return rows(
                        Table.plain()
                                .column(words.say("column.expression"))
                                .number(words.say("pictures.count"))
                                .number(words.say("pictures.share")),
                        label -> words.count(label.map(frames::count).orElse(frames.noClear())),
                        label ->
                                label.map(frames::share).orElseGet(() -> (double) frames.noClear() / frames.withFace()),
                        frames.percents(1))
                .row(
                        Table.named(Palette.NO_FACE.style(), words.say("emotion.noFace")),
                        words.count(frames.noFace()),
                        "")
                .build();
    }

    private Table.Builder rows(
            Table.Builder table,
            Function<Optional<Emotion>, String> amount,
            ToDoubleFunction<Optional<Emotion>> share,
            double[] percents) {
        for (Optional<Emotion> label : labels()) {
            table.row(
                    Table.named(label, words.of(label)),
                    Table.text(amount.apply(label)),
                    Table.share(
                            words.percent(percents[index(label)] / 100),
                            share.applyAsDouble(label),
                            Palette.style(label)));
        }
        return table;
    }

    /** Each picture with what it shows. */
    Table eachPicture(List<SeenPicture> pictures) {
        Table.Builder table = Table.plain()
                .column(words.say("pictures.picture"))
                .column(words.say("pictures.shows"))
                .number(words.say("pictures.highest"))
                .number(words.say("pictures.faces"))
                .column(words.say("pictures.quality"));
        RecordWords ofRecords = new RecordWords(words);
        for (SeenPicture picture : pictures) {
            table.row(
                    Table.text(picture.name()),
                    picture.reading()
                            .map(reading -> Table.named(reading.label(), words.of(reading.label())))
                            .orElseGet(() -> Table.text(words.say("emotion.noFace"))),
                    Table.text(picture.reading()
                            .map(reading -> words.of(reading.scores().top()) + " "
                                    + words.percent(reading.scores().confidence()))
                            .orElse("")),
                    Table.text(words.count(picture.faces())),
                    Table.text(picture.reading().map(ofRecords::quality).orElse("")));
        }
        return table.build();
    }

    /** What the smoothed scores are too slow for: without it a lively face would look flat. */
    Table brief() {
        Table.Builder table = Table.plain()
                .column(words.say("column.expression"))
                .number(words.say("brief.at"))
                .number(words.say("brief.for"))
                .number(words.say("brief.highest"));
        for (BriefMoment moment :
                summary.briefMoments().stream().limit(MOST_BRIEF).toList()) {
            table.row(
                    Table.named(Optional.of(moment.emotion()), words.of(moment.emotion())),
                    words.clock(moment.fromNanos()),
                    words.seconds(moment.length().toNanos()),
                    words.percent(moment.peak()));
        }
        return table.build();
    }

    Table stretches() {
        Table.Builder table = Table.of("wide")
                .column(words.say("stretches.from"))
                .number(words.say("stretches.at"))
                .number(words.say("column.length"))
                .number(words.say("stretches.readable"))
                .number(words.say("emotion.noFace"));
        shareColumns(table, words);
        for (MarkedSegment stretch : summary.stretches()) {
            List<Table.Cell> cells = new ArrayList<>(List.of(
                    Table.text(stretch.marker().text()),
                    Table.text(words.clock(stretch.marker().mediaNanos())),
                    Table.text(words.clock(stretch.length())),
                    Table.text(words.clock(stretch.times().readable())),
                    Table.text(words.clock(stretch.times().noFace()))));
            cells.addAll(shareCells(stretch.times(), words));
            table.row(cells);
        }
        return table.build();
    }

    /** Columns of all shares, and of valence and arousal. */
    static void shareColumns(Table.Builder table, Words words) {
        Emotion.all().forEach(emotion -> table.number(words.of(emotion)));
        table.number(words.say("column.noClear")).number(words.say("valence")).number(words.say("arousal"));
    }

    static List<Table.Cell> shareCells(ExpressionDurations times, Words words) {
        List<Table.Cell> cells = new ArrayList<>();
        for (double percent : times.percents(1)) {
            cells.add(Table.text(words.percent(percent / 100)));
        }
        cells.add(Table.text(words.number(times.affect().map(Affect::valence).orElse(Double.NaN), 2)));
        cells.add(Table.text(words.number(times.affect().map(Affect::arousal).orElse(Double.NaN), 2)));
        return cells;
    }

    Table transitions() {
        Transitions transitions = summary.transitions();
        Table.Builder table = Table.of("heat").column(words.say("changes.fromTo"));
        long most = 1;
        for (Optional<Emotion> from : labels()) {
            table.number(from.isPresent() ? words.of(from) : words.say("column.noClear"));
            for (Optional<Emotion> to : labels()) {
                most = Math.max(most, transitions.count(from, to));
            }
        }
        for (Optional<Emotion> from : labels()) {
            List<Table.Cell> cells = new ArrayList<>(List.of(Table.named(from, words.of(from))));
            for (Optional<Emotion> to : labels()) {
                cells.add(count(transitions.count(from, to), most, from.equals(to)));
            }
            table.row(cells);
        }
        return table.build();
    }

    private Table.Cell count(long count, long most, boolean isSame) {
        if (count == 0) {
            return new Table.Cell(isSame ? "" : "·", "", 0, "zero");
        }
        long step = (count * HEAT_STEPS + most - 1) / most;
        return new Table.Cell(words.count(count), "", 0, "heat-" + step);
    }

    /** How often the label changed, and how often that is a minute where there was a minute. */
    String changes() {
        long changes = summary.transitions().total();
        double seconds = summary.times().withFace().toNanos() / 1e9;
        if (changes == 0) {
            return words.say("changes.none");
        }
        String times = words.say("times", changes);
        return seconds >= 60
                ? words.say("changes.rate", times, words.number(changes * 60 / seconds, 1))
                : words.say("changes.some", times);
    }
}
