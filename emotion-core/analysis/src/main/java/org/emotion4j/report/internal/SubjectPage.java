package org.emotion4j.report.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.emotion4j.analysis.ExpressionDurations;
import org.emotion4j.analysis.Predominance;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.analysis.SubjectHistory;
import org.emotion4j.analysis.SubjectHistory.Course;
import org.emotion4j.emotion.Affect;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.words.Words;

/** The parts of the page of several sessions; {@code subject.jte} says in which order they come. */
public final class SubjectPage {
    /** The latest so many sessions are drawn and listed; the figures are of all. */
    private static final int MOST_SHOWN = 100;

    private static final int MOST_STRETCHES = 12;

    private final SubjectHistory history;
    private final Words words;
    private final List<SessionSummary> shown;
    private final int firstShown;
    private final SubjectCharts charts;

    /**
     * Prepares a page.
     *
     * @param history the figures
     * @param strips the blocks of each session's strip
     * @param language in which the page is
     * @throws IllegalArgumentException if there are no texts in this language
     */
    public SubjectPage(SubjectHistory history, Map<SessionSummary, List<TimelineSegment>> strips, Locale language) {
        this.history = history;
        this.words = Words.of(language);
        int count = history.sessions().size();
        this.firstShown = Math.max(0, count - MOST_SHOWN);
        this.shown = history.sessions().subList(firstShown, count);
        this.charts = new SubjectCharts(shown, firstShown, strips, words);
    }

    /**
     * Writes the page.
     *
     * @return HTML
     */
    public String html() {
        return Template.html((output, nobody) -> JtesubjectGenerated.render(output, nobody, this, words));
    }

    String title() {
        return history.subjectId()
                .map(id -> words.say("subject.title", id))
                .orElseGet(() -> words.say("subject.titleUnnamed"));
    }

    /** How many sessions of when, and how it is known that they are of one person. */
    String introduction() {
        List<Instant> starts = history.sessions().stream()
                .flatMap(session -> session.info().started().stream())
                .toList();
        int count = history.sessions().size();
        String sessions = starts.isEmpty()
                ? words.say("subject.count", count)
                : words.say(
                        "subject.countFromTo",
                        count,
                        words.day(starts.get(0)),
                        words.day(starts.get(starts.size() - 1)));
        return history.subjectId().isPresent() ? sessions : sessions + " " + words.say("subject.unnamed");
    }

    List<String> warnings() {
        return history.differences(words.locale());
    }

    SubjectCharts charts() {
        return charts;
    }

    /** A row of a table of courses; the last cell is a picture. */
    record Row(List<Table.Cell> cells, Drawing course) {}

    /** The columns of {@link #courses()} but the last. */
    List<String> courseColumns() {
        return List.of(
                words.say("subject.figure"),
                words.say("subject.first"),
                words.say("subject.last"),
                words.say("subject.change"),
                words.say("subject.mean"),
                words.say("subject.deviation"));
    }

    List<Row> courses() {
        List<Row> rows = new ArrayList<>();
        for (Emotion emotion : Emotion.all()) {
            rows.add(course(Table.named(Optional.of(emotion), words.of(emotion)), history.share(emotion), true));
        }
        rows.add(course(Table.named(Optional.empty(), words.say("emotion.none")), history.noClearShare(), true));
        rows.add(course(Table.text(words.say("subject.changesAMinute")), history.changesPerMinute(), false));
        rows.add(course(Table.text(words.say("valence")), history.valence(), false));
        rows.add(course(Table.text(words.say("arousal")), history.arousal(), false));
        return rows;
    }

    private Row course(Table.Cell name, Course course, boolean isShare) {
        List<Double> known = course.values().stream().filter(Double::isFinite).toList();
        double first = known.isEmpty() ? Double.NaN : known.get(0);
        double last = known.isEmpty() ? Double.NaN : known.get(known.size() - 1);
        String change = Double.isNaN(course.change())
                ? Words.NONE
                : isShare
                        ? words.say("points", words.signed(100 * course.change(), 1))
                        : words.signed(course.change(), 2);
        return new Row(
                List.of(
                        name,
                        Table.text(figure(first, isShare)),
                        Table.text(figure(last, isShare)),
                        Table.text(change),
                        Table.text(figure(course.mean(), isShare)),
                        Table.text(figure(course.standardDeviation(), isShare))),
                charts.sparkline(name.text(), course.values()));
    }

    private String figure(double value, boolean isShare) {
        return isShare ? words.percent(value) : words.number(value, 2);
    }

    /** Says how many sessions are not listed; empty where all are. */
    String noteOnSessions() {
        return firstShown > 0
                ? words.say("subject.latest", shown.size(), history.sessions().size())
                : "";
    }

    Table sessions() {
        Table.Builder table = Table.of("wide")
                .column(words.say("subject.number"))
                .column(words.say("who.recorded"))
                .number(words.say("column.length"))
                .number(words.say("subject.withFace"))
                .column(words.say("subject.longest"))
                .number(words.say("subject.perMinute"))
                .number(words.say("valence"))
                .number(words.say("arousal"))
                .column(words.say("subject.mind"));
        List<Double> changes = history.changesPerMinute().values();
        for (int i = 0; i < shown.size(); i++) {
            SessionSummary session = shown.get(i);
            Optional<Affect> affect = session.times().affect();
            table.row(
                    Table.text(Integer.toString(firstShown + i + 1)),
                    session.info().started().map(words::moment).orElseGet(() -> words.say("who.unknown")),
                    words.clock(session.length()),
                    words.clock(session.times().withFace()),
                    longest(session.times()),
                    words.number(changes.get(firstShown + i), 1),
                    words.number(affect.map(Affect::valence).orElse(Double.NaN), 2),
                    words.number(affect.map(Affect::arousal).orElse(Double.NaN), 2),
                    String.join(" ", session.warnings(words.locale())));
        }
        return table.build();
    }

    /** "Mostly" is more than half, and a tie has the share of each. */
    private String longest(ExpressionDurations times) {
        Predominance shown = times.predominance();
        if (shown.leaders().isEmpty()) {
            return words.say(times.total().isZero() ? "shown.nothing" : "shown.noFace");
        }
        double[] percents = times.percents(1);
        if (shown.isTie()) {
            return words.say(
                    "shown.tie",
                    words.list(shown.leaders().stream()
                            .map(leader -> words.of(leader) + " (" + share(percents, leader) + ")")
                            .toList()));
        }
        Optional<Emotion> leader = shown.leaders().get(0);
        return words.say(shown.isMost() ? "shown.most" : "shown.longest", words.of(leader), share(percents, leader));
    }

    private String share(double[] percents, Optional<Emotion> label) {
        return words.percent(percents[label.map(Emotion::ordinal).orElse(EmotionScores.SIZE)] / 100);
    }

    /** Stretches whose marker has the same text in two sessions or more, by that text. */
    Map<String, Table> stretches() {
        Map<String, Table> tables = new LinkedHashMap<>();
        allStretches().entrySet().stream().limit(MOST_STRETCHES).forEach(name -> {
            Table.Builder table =
                    Table.of("wide").column(words.say("subject.session")).number(words.say("subject.withFace"));
            ExpressionTables.shareColumns(table, words);
            name.getValue().forEach(table::row);
            tables.put(name.getKey(), table.build());
        });
        return tables;
    }

    /** Says how many names there are where not all are shown; empty where all are. */
    String noteOnStretches() {
        int all = allStretches().size();
        return all > MOST_STRETCHES ? words.say("subject.names", MOST_STRETCHES, all) : "";
    }

    private Map<String, List<List<Table.Cell>>> allStretches() {
        Map<String, List<List<Table.Cell>>> byText = new LinkedHashMap<>();
        for (int i = 0; i < shown.size(); i++) {
            for (SessionSummary.MarkedSegment stretch : shown.get(i).stretches()) {
                List<Table.Cell> cells = new ArrayList<>(List.of(
                        Table.text(charts.label(i)),
                        Table.text(words.clock(stretch.times().withFace()))));
                cells.addAll(ExpressionTables.shareCells(stretch.times(), words));
                byText.computeIfAbsent(stretch.marker().text(), text -> new ArrayList<>())
                        .add(cells);
            }
        }
        byText.values().removeIf(rows -> rows.size() < 2);
        return byText;
    }
}
