package org.emotion4j.report;

import static org.emotion4j.reading.MediaClock.clock;
import static org.emotion4j.report.Html.color;
import static org.emotion4j.report.Html.counted;
import static org.emotion4j.report.Html.day;
import static org.emotion4j.report.Html.escaped;
import static org.emotion4j.report.Html.format;
import static org.emotion4j.report.Html.number;
import static org.emotion4j.report.Html.percent;
import static org.emotion4j.report.Page.LEFT;
import static org.emotion4j.report.Page.WIDTH;
import static org.emotion4j.report.Page.swatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emotion4j.analysis.ExpressionDurations;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.analysis.SubjectHistory;
import org.emotion4j.analysis.SubjectHistory.Course;
import org.emotion4j.emotion.Affect;
import org.emotion4j.emotion.Emotion;

/** Puts several sessions' figures into HTML. */
final class SubjectPage {
    /** The latest so many sessions are drawn and listed; the figures are of all. */
    private static final int MOST_SHOWN = 100;

    private static final int MOST_STRETCHES = 12;
    private static final int STRIP = 22;

    private final SubjectHistory history;
    private final Map<SessionSummary, List<TimelineSegment>> strips;
    private final List<SessionSummary> shown;
    private final int firstShown;
    private final Page page;

    SubjectPage(SubjectHistory history, Map<SessionSummary, List<TimelineSegment>> strips) {
        this.history = history;
        this.strips = strips;
        int count = history.sessions().size();
        this.firstShown = Math.max(0, count - MOST_SHOWN);
        this.shown = history.sessions().subList(firstShown, count);
        this.page = new Page(
                "Sessions of " + history.subjectId().map(id -> "person " + id).orElse("one person"));
    }

    String html() {
        page.add(
                "<p>%s%s.%s</p>\n",
                counted(history.sessions().size(), "session"),
                period(),
                history.subjectId().isPresent()
                        ? ""
                        : " The records name no person: that they are all of one is what the one who asked for this"
                                + " page said.");
        page.mind(history.differences());
        shares();
        courses();
        glance();
        list();
        stretches();
        page.heading("How to read this");
        page.add("<p>A course describes a few numbers. It is no test: that a figure went up or down may be chance, the"
                + " light, the time of day or what was talked about. Compare sessions that were recorded in the same way,"
                + " and marked stretches with the same stretch of other sessions.</p>\n");
        page.limits();
        return page.html();
    }

    private String period() {
        List<Instant> starts = history.sessions().stream()
                .flatMap(session -> session.info().started().stream())
                .toList();
        return starts.isEmpty() ? "" : ", from " + day(starts.get(0)) + " to " + day(starts.get(starts.size() - 1));
    }

    private void shares() {
        page.heading("What the face showed, from session to session");
        page.svg(
                216,
                "Shares of the expressions in the time with a face, a column a session; the figures stand in the tables"
                        + " below");
        double unit = (double) (WIDTH - LEFT) / shown.size();
        for (int quarter = 0; quarter <= 4; quarter++) {
            double y = 184 - 44 * quarter;
            page.add(
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.0f\" y2=\"%.0f\" stroke=\"#e1e5ea\"/><text x=\"%d\" y=\"%.0f\""
                            + " text-anchor=\"end\">%d %%</text>\n",
                    LEFT, WIDTH, y, y, LEFT - 6, y + 4, 25 * quarter);
        }
        for (int i = 0; i < shown.size(); i++) {
            column(shown.get(i).times(), LEFT + i * unit + 0.1 * unit, Math.min(0.8 * unit, 90));
            if (i % Math.max(1, (shown.size() + 19) / 20) == 0) {
                page.add("<text x=\"%.1f\" y=\"204\">%d</text>\n", LEFT + i * unit + 0.1 * unit, firstShown + i + 1);
            }
        }
        page.endSvg();
        page.legend();
    }

    private void column(ExpressionDurations times, double x, double width) {
        double y = 184;
        List<Optional<Emotion>> parts = new ArrayList<>();
        Emotion.all().forEach(emotion -> parts.add(Optional.of(emotion)));
        parts.add(Optional.empty());
        for (Optional<Emotion> part : parts) {
            double share = part.map(times::share).orElseGet(times::noClearShare);
            if (share > 0) {
                y -= 176 * share;
                page.add(
                        "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"%s\"/>\n",
                        x, y, width, 176 * share, color(part));
            }
        }
    }

    private void courses() {
        page.heading("The course of each figure");
        page.header("Figure", ">First", ">Last", ">Change", ">Mean", ">Deviation", "Course");
        for (Emotion emotion : Emotion.all()) {
            course(swatch(Optional.of(emotion)) + emotion.label(), history.share(emotion), true);
        }
        course(swatch(Optional.empty()) + "no clear expression", history.noClearShare(), true);
        course("changes a minute", history.changesPerMinute(), false);
        course("valence", history.valence(), false);
        course("arousal", history.arousal(), false);
        page.end();
        page.add("<p class=\"note\">Expressions as shares of the time with a face. Deviation: the standard deviation"
                + " between sessions. Valence and arousal are derived from the scores.</p>\n");
    }

    private void course(String name, Course course, boolean share) {
        List<Double> known = course.values().stream().filter(Double::isFinite).toList();
        double first = known.isEmpty() ? Double.NaN : known.get(0);
        double last = known.isEmpty() ? Double.NaN : known.get(known.size() - 1);
        String change = Double.isNaN(course.change())
                ? "–"
                : share ? format("%+.1f points", 100 * course.change()) : format("%+.2f", course.change());
        page.row(
                name,
                ">" + figure(first, share),
                ">" + figure(last, share),
                ">" + change,
                ">" + figure(course.mean(), share),
                ">" + figure(course.standardDeviation(), share),
                sparkline(course.values()));
    }

    private static String figure(double value, boolean share) {
        return share ? percent(value) : number(value, 2);
    }

    /** From the least to the greatest value; the table has the numbers. */
    private static String sparkline(List<Double> values) {
        double least = values.stream()
                .filter(Double::isFinite)
                .mapToDouble(Double::doubleValue)
                .min()
                .orElse(0);
        double most = values.stream()
                .filter(Double::isFinite)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            if (Double.isFinite(values.get(i))) {
                double x = values.size() == 1 ? 60 : 2 + 116.0 * i / (values.size() - 1);
                double y = most > least ? 18 - 16 * (values.get(i) - least) / (most - least) : 10;
                points.append(format("%.1f,%.1f ", x, y));
            }
        }
        return format(
                "<svg viewBox=\"0 0 120 20\" style=\"width:8rem\" aria-hidden=\"true\"><polyline points=\"%s\""
                        + " fill=\"none\" stroke=\"#222b36\" stroke-width=\"1.5\"/></svg>",
                points.toString().strip());
    }

    private void glance() {
        page.heading("Each session at a glance");
        page.svg(shown.size() * STRIP + 6, "Predominant expressions over the time of each session, a strip a session");
        for (int i = 0; i < shown.size(); i++) {
            List<TimelineSegment> runs = strips.getOrDefault(shown.get(i), List.of());
            page.add("<text x=\"4\" y=\"%d\">%s</text>\n", i * STRIP + 17, label(firstShown + i));
            if (!runs.isEmpty()) {
                long from = runs.get(0).fromNanos();
                long to = runs.get(runs.size() - 1).toNanos();
                for (TimelineSegment run : runs) {
                    double left = Page.x(run.fromNanos(), from, to);
                    page.add(
                            "<rect x=\"%.2f\" y=\"%d\" width=\"%.2f\" height=\"%d\" fill=\"%s\"/>\n",
                            left,
                            i * STRIP + 4,
                            Math.max(Page.x(run.toNanos(), from, to) - left, 0.6),
                            STRIP - 6,
                            run.row() == TimelineSegment.NO_FACE ? "#ffffff" : run.color());
                }
            }
        }
        page.endSvg();
        page.add("<p class=\"note\">Each strip is as wide as the page, however long its session was. White: no face, or"
                + " nothing recorded.</p>\n");
    }

    private String label(int index) {
        return format(
                "%d  %s",
                index + 1,
                history.sessions().get(index).info().started().map(Html::day).orElse("no date"));
    }

    private void list() {
        page.heading("The sessions");
        if (firstShown > 0) {
            page.add(
                    "<p class=\"note\">The latest %d of %d.</p>\n",
                    shown.size(), history.sessions().size());
        }
        page.styledHeader(
                "wide",
                "#",
                "Recorded",
                ">Length",
                ">With a face",
                "Shown longest",
                ">Changes a minute",
                ">Valence",
                ">Arousal",
                "To be minded");
        List<Double> changes = history.changesPerMinute().values();
        for (int i = 0; i < shown.size(); i++) {
            SessionSummary session = shown.get(i);
            Optional<Affect> affect = session.times().affect();
            page.row(
                    Integer.toString(firstShown + i + 1),
                    session.info().started().map(Html::moment).orElse("not known"),
                    ">" + clock(session.length()),
                    ">" + clock(session.times().withFace()),
                    session.times().predominance().describe(),
                    ">" + number(changes.get(firstShown + i), 1),
                    ">" + number(affect.map(Affect::valence).orElse(Double.NaN), 2),
                    ">" + number(affect.map(Affect::arousal).orElse(Double.NaN), 2),
                    escaped(String.join(" ", session.warnings())));
        }
        page.end();
    }

    /** Stretches whose marker has the same text in two sessions or more. */
    private void stretches() {
        Map<String, List<String[]>> byText = new LinkedHashMap<>();
        for (int i = 0; i < shown.size(); i++) {
            for (SessionSummary.MarkedSegment stretch : shown.get(i).stretches()) {
                ExpressionDurations times = stretch.times();
                Optional<Affect> affect = times.affect();
                List<String> cells =
                        new ArrayList<>(List.of(escaped(label(firstShown + i)), ">" + clock(times.withFace())));
                for (double percent : times.percents(1)) {
                    cells.add(">" + percent(percent / 100));
                }
                cells.add(">" + number(affect.map(Affect::valence).orElse(Double.NaN), 2));
                cells.add(">" + number(affect.map(Affect::arousal).orElse(Double.NaN), 2));
                byText.computeIfAbsent(stretch.marker().text(), text -> new ArrayList<>())
                        .add(cells.toArray(String[]::new));
            }
        }
        byText.values().removeIf(rows -> rows.size() < 2);
        if (byText.isEmpty()) {
            return;
        }
        page.heading("Marked stretches of the same name");
        byText.entrySet().stream().limit(MOST_STRETCHES).forEach(entry -> {
            page.add("<h3>").add(escaped(entry.getKey())).add("</h3>\n");
            List<String> columns = new ArrayList<>(List.of("Session", ">With a face"));
            Emotion.labels().forEach(label -> columns.add(">" + label));
            columns.addAll(List.of(">no clear", ">Valence", ">Arousal"));
            page.styledHeader("wide", columns.toArray(String[]::new));
            entry.getValue().forEach(page::row);
            page.end();
        });
        if (byText.size() > MOST_STRETCHES) {
            page.add("<p class=\"note\">%d of %d names.</p>\n", MOST_STRETCHES, byText.size());
        }
    }
}
