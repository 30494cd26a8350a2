package org.emotion4j.report;

import static org.emotion4j.report.Html.clock;
import static org.emotion4j.report.Html.color;
import static org.emotion4j.report.Html.escaped;
import static org.emotion4j.report.Html.format;
import static org.emotion4j.report.Html.number;
import static org.emotion4j.report.Html.percent;
import static org.emotion4j.report.Html.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.emotion4j.analysis.EmotionClusters;
import org.emotion4j.analysis.EmotionTimeline;
import org.emotion4j.analysis.ExpressionTimes;
import org.emotion4j.analysis.PrincipalComponents;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.analysis.Transitions;
import org.emotion4j.emotion.Affect;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.session.SessionInfo;
import org.emotion4j.session.SessionMarker;
import org.emotion4j.session.SessionProblem;
import org.emotion4j.stage.StageMetadata;

/** Puts a session's figures into HTML. */
final class SessionPage {
    private static final String STYLE = """
            :root{color-scheme:light}
            body{font:16px/1.5 system-ui,sans-serif;color:#222b36;max-width:62rem;margin:2rem auto;padding:0 1rem}
            h1{font-size:1.6rem;margin:0}h2{font-size:1.15rem;margin:2rem 0 .4rem}
            table{border-collapse:collapse;font-size:.9rem}
            th,td{text-align:left;padding:.2rem .8rem .2rem 0;border-bottom:1px solid #e1e5ea;vertical-align:top}
            td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
            svg{width:100%;height:auto;display:block;background:#f7f8fa}
            svg text{font:11px system-ui,sans-serif;fill:#222b36}
            .swatch{display:inline-block;width:.8em;height:.8em;border:1px solid #6b7683;margin-right:.4em}
            .note{color:#4a5562;font-size:.9rem}.limits{border-left:4px solid #6b7683;padding-left:1rem}
            .two{display:grid;grid-template-columns:1fr 1fr;gap:2rem}
            @media (max-width:44rem){.two{grid-template-columns:1fr}}
            @media print{body{margin:0;max-width:none;font-size:11pt}h2{break-after:avoid}
            svg,table{break-inside:avoid}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
            """;

    private static final int MOST_DOTS = 1500;
    private static final int LEFT = 118;
    private static final int WIDTH = 1000;
    private static final List<String> CLUSTER_COLORS =
            List.of("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#666666");

    private final SessionSummary summary;
    private final EmotionTimeline timeline;
    private final TreeSet<Long> seen;
    private final List<EmotionScores> readings;
    private final Optional<EmotionClusters> clusters;
    private final StringBuilder out = new StringBuilder(1 << 16);

    SessionPage(
            SessionSummary summary,
            EmotionTimeline timeline,
            TreeSet<Long> seen,
            List<EmotionScores> readings,
            Optional<EmotionClusters> clusters) {
        this.summary = summary;
        this.timeline = timeline;
        this.seen = seen;
        this.readings = readings;
        this.clusters = clusters;
    }

    String html() {
        String title = "Session " + escaped(summary.info().sessionId());
        out.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>")
                .append(title)
                .append("</title><style>\n")
                .append(STYLE)
                .append("</style></head><body>\n<main>\n<h1>")
                .append(title)
                .append("</h1>\n");
        headline();
        facts();
        if (summary.counters().frames() == 0) {
            out.append("<p>The session has no frames: there is nothing to report on.</p>\n");
        } else {
            timeline();
            markers();
            shares();
            stretches();
            affect();
            patterns();
        }
        quality();
        limits();
        return out.append("</main>\n</body></html>\n").toString();
    }

    private void headline() {
        ExpressionTimes times = summary.times();
        out.append("<p>");
        out.append(times.predominant()
                .map(emotion -> format(
                        "Most of the time with a face showed <strong>%s</strong> (%s of %s).",
                        emotion.label(), percent(times.share(emotion)), time(times.withFace())))
                .orElse("No expression was shown for any time."));
        out.append(format(
                " The label changed %d times.</p>\n", summary.transitions().total()));
    }

    private void facts() {
        SessionInfo info = summary.info();
        heading("The session");
        out.append("<table><tbody>\n");
        fact("Recorded", info.started().map(Object::toString).orElse("not known"));
        fact("Length", time(Duration.ofNanos(summary.lastNanos() - summary.firstNanos())));
        fact(
                "State of the record",
                info.state().name().toLowerCase(Locale.ROOT)
                        + info.reason().map(reason -> ": " + reason).orElse(""));
        info.metadata().subjectId().ifPresent(id -> fact("Person (pseudonym)", id));
        info.metadata()
                .consent()
                .ifPresentOrElse(
                        consent -> fact(
                                "Consent",
                                consent.agreedBy() + ", " + consent.agreedAt() + ", for: " + consent.purpose()
                                        + "; may be kept until " + consent.keepUntil()),
                        () -> fact("Consent", "none is stored with this session"));
        for (StageMetadata stage : info.metadata().stages()) {
            stage.sha256()
                    .ifPresent(hash -> fact(
                            "Model",
                            stage.name()
                                    + stage.version()
                                            .map(version -> " " + version)
                                            .orElse("") + ", SHA-256 " + hash.substring(0, Math.min(12, hash.length()))
                                    + "…"));
        }
        info.metadata().settings().forEach((name, value) -> fact("Setting " + name, value));
        fact("Software", "Emotion4J " + info.versions().getOrDefault("emotion4j", "unknown"));
        out.append("</tbody></table>\n");
    }

    private void timeline() {
        heading("What the face showed over time");
        List<EmotionTimeline.Interval> intervals = timeline.intervals();
        long length = timeline.intervalLength().toNanos();
        long from = seen.first();
        long to = seen.last() + 1;
        int row = 20;
        int height = 9 * row + 34;
        svg(
                height,
                "Predominant expression per interval of "
                        + timeline.intervalLength().toSeconds() + " s; the same figures stand in the tables below");
        List<String> rows = new ArrayList<>(Emotion.labels());
        rows.add("no clear expr.");
        rows.add("no face");
        for (int i = 0; i < rows.size(); i++) {
            out.append(format("<text x=\"4\" y=\"%d\">%s</text>", i * row + 14, rows.get(i)));
            out.append(format(
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"#e1e5ea\"/>\n",
                    LEFT, WIDTH, (i + 1) * row, (i + 1) * row));
        }
        for (EmotionTimeline.Interval interval : intervals) {
            if (!interval.isGap()) {
                int place = interval.predominant().map(Emotion::ordinal).orElse(EmotionScores.SIZE);
                block(
                        Math.floorDiv(interval.startNanos(), length),
                        from,
                        to,
                        place * row,
                        row,
                        color(interval.predominant()));
            }
        }
        for (long index = from; index < to; index++) {
            boolean face = !intervals.isEmpty()
                    && index >= Math.floorDiv(intervals.get(0).startNanos(), length)
                    && index
                            <= Math.floorDiv(intervals.get(intervals.size() - 1).startNanos(), length)
                    && !intervals
                            .get((int) (index - Math.floorDiv(intervals.get(0).startNanos(), length)))
                            .isGap();
            if (!seen.contains(index)) {
                block(
                        index,
                        from,
                        to,
                        0,
                        9 * row,
                        "#ffffff\" fill-opacity=\"0.9\" stroke=\"#e1e5ea\" stroke-dasharray=\"2");
            } else if (!face) {
                block(index, from, to, 8 * row, row, "#999999");
            }
        }
        axis(from * length, to * length, 9 * row);
        markerLines(from * length, to * length, 9 * row);
        out.append("</svg>\n");
        out.append(format(
                "<p class=\"note\">One block is %d s. White with a dashed border: nothing was recorded. Numbers on dotted"
                        + " lines are markers.</p>\n",
                timeline.intervalLength().toSeconds()));
    }

    private void block(long index, long from, long to, int y, int height, String fill) {
        double unit = (double) (WIDTH - LEFT) / (to - from);
        out.append(format(
                "<rect x=\"%.2f\" y=\"%d\" width=\"%.2f\" height=\"%d\" fill=\"%s\"/>\n",
                LEFT + (index - from) * unit, y + 1, Math.max(unit, 0.6), height - 1, fill));
    }

    private void axis(long from, long to, int y) {
        for (int i = 0; i <= 8; i++) {
            double x = LEFT + (WIDTH - LEFT) * i / 8.0;
            String anchor = i == 0 ? "start" : i == 8 ? "end" : "middle";
            out.append(format(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>",
                    x, y + 28, anchor, clock(from + (to - from) / 8 * i)));
        }
    }

    private void markerLines(long from, long to, int height) {
        List<SessionMarker> markers = summary.info().markers();
        for (int i = 0; i < markers.size(); i++) {
            double place = (double) (markers.get(i).mediaNanos() - from) / (to - from);
            if (place >= 0 && place <= 1) {
                double x = LEFT + (WIDTH - LEFT) * place;
                out.append(format(
                        "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"0\" y2=\"%d\" stroke=\"#222b36\" stroke-dasharray=\"2 3\"/>"
                                + "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>\n",
                        x, x, height, x, height + 13, i + 1));
            }
        }
    }

    private void markers() {
        if (summary.info().markers().isEmpty()) {
            return;
        }
        heading("Markers");
        header("#", "Time", "Text");
        int number = 1;
        for (SessionMarker marker : summary.info().markers()) {
            row(Integer.toString(number++), clock(marker.mediaNanos()), escaped(marker.text()));
        }
        end();
    }

    private void shares() {
        ExpressionTimes times = summary.times();
        out.append("<div class=\"two\"><div>\n");
        heading("Shares");
        header("Expression", ">Time", ">Of the time with a face");
        for (Emotion emotion : Emotion.all()) {
            row(
                    swatch(Optional.of(emotion)) + emotion.label(),
                    ">" + time(times.time(emotion)),
                    ">" + percent(times.share(emotion)));
        }
        row(
                swatch(Optional.empty()) + EmotionReading.NO_CLEAR_EXPRESSION,
                ">" + time(times.noClear()),
                ">" + percent(times.noClearShare()));
        row("no face", ">" + time(times.noFace()), ">");
        row(
                "not recorded (" + summary.gaps().count() + " gaps)",
                ">" + time(summary.gaps().total()),
                ">");
        end();
        out.append("</div><div>\n");
        transitions();
        out.append("</div></div>\n");
    }

    private void transitions() {
        heading("Changes");
        record Change(String from, String to, long count) {}
        List<Optional<Emotion>> labels = new ArrayList<>();
        Emotion.all().forEach(emotion -> labels.add(Optional.of(emotion)));
        labels.add(Optional.empty());
        Transitions transitions = summary.transitions();
        List<Change> changes = new ArrayList<>();
        for (Optional<Emotion> from : labels) {
            for (Optional<Emotion> to : labels) {
                long count = transitions.count(from, to);
                if (count > 0) {
                    changes.add(new Change(word(from), word(to), count));
                }
            }
        }
        changes.sort((one, other) -> Long.compare(other.count(), one.count()));
        if (changes.isEmpty()) {
            out.append("<p>The label did not change.</p>\n");
            return;
        }
        header("From", "To", ">Times");
        changes.stream().limit(10).forEach(change -> row(change.from(), change.to(), ">" + change.count()));
        end();
        if (changes.size() > 10) {
            out.append(format("<p class=\"note\">The ten most frequent of %d kinds.</p>\n", changes.size()));
        }
    }

    private void stretches() {
        if (summary.stretches().isEmpty()) {
            return;
        }
        heading("Marked stretches compared");
        List<String> columns = new ArrayList<>(List.of("From the marker", ">With a face"));
        Emotion.labels().forEach(label -> columns.add(">" + label));
        columns.addAll(List.of(">no clear", ">Valence", ">Arousal"));
        header(columns.toArray(String[]::new));
        for (SessionSummary.Stretch stretch : summary.stretches()) {
            ExpressionTimes times = stretch.times();
            List<String> cells =
                    new ArrayList<>(List.of(escaped(stretch.marker().text()), ">" + time(times.withFace())));
            Emotion.all().forEach(emotion -> cells.add(">" + percent(times.share(emotion))));
            cells.add(">" + percent(times.noClearShare()));
            cells.add(">" + number(times.affect().map(Affect::valence).orElse(Double.NaN), 2));
            cells.add(">" + number(times.affect().map(Affect::arousal).orElse(Double.NaN), 2));
            row(cells.toArray(String[]::new));
        }
        end();
    }

    private void affect() {
        Optional<Affect> mean = summary.times().affect();
        if (mean.isEmpty()) {
            return;
        }
        heading("Valence and arousal, derived from the scores");
        svg(150, "Valence and arousal over time, from -1 to 1");
        out.append("<line x1=\"118\" x2=\"1000\" y1=\"60\" y2=\"60\" stroke=\"#6b7683\"/>"
                + "<text x=\"4\" y=\"14\">pleasant / excited</text><text x=\"4\" y=\"64\">0</text>"
                + "<text x=\"4\" y=\"116\">unpleasant / calm</text>\n");
        long length = timeline.intervalLength().toNanos();
        long from = seen.first() * length;
        long to = (seen.last() + 1) * length;
        path(from, to, "#0072B2", "", true);
        path(from, to, "#D55E00", " stroke-dasharray=\"5 3\"", false);
        axis(from, to, 118);
        out.append("</svg>\n");
        out.append(format(
                "<p class=\"note\">Solid, blue: valence, mean %.2f. Dashed, orange: arousal, mean %.2f. No network measured"
                        + " them: they are the mean place of the expressions on Russell's circumplex, weighted with the"
                        + " scores.</p>\n",
                mean.get().valence(), mean.get().arousal()));
    }

    private void path(long from, long to, String color, String dash, boolean valence) {
        StringBuilder points = new StringBuilder();
        boolean down = false;
        for (EmotionTimeline.Interval interval : timeline.intervals()) {
            if (interval.isGap()) {
                down = false;
                continue;
            }
            Affect affect = interval.meanScores().map(Affect::of).orElseThrow();
            double middle = (interval.startNanos() + interval.endNanos()) / 2.0;
            double x = LEFT + (WIDTH - LEFT) * (middle - from) / (to - from);
            double y = 60 - 55 * (valence ? affect.valence() : affect.arousal());
            points.append(format("%s%.1f %.1f", down ? "L" : "M", x, y));
            if (!down) {
                points.append(format("l0.01 0"));
            }
            down = true;
        }
        out.append(format(
                "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\" stroke-linecap=\"round\"%s/>\n",
                points, color, dash));
    }

    private void patterns() {
        heading("Patterns that recur");
        if (clusters.isEmpty()) {
            out.append("<p>There are too few different readings to look for patterns.</p>\n");
            return;
        }
        EmotionClusters found = clusters.get();
        PrincipalComponents plane = found.components();
        int step = Math.max(1, readings.size() / MOST_DOTS);
        double reach = 0.05;
        for (int i = 0; i < readings.size(); i += step) {
            reach = Math.max(reach, Math.abs(plane.project(readings.get(i), 0)));
            reach = Math.max(reach, Math.abs(plane.project(readings.get(i), 1)));
        }
        svg(
                420,
                "Readings in the plane of the first two principal components, coloured by cluster; the clusters stand in"
                        + " the table below");
        for (int i = 0; i < readings.size(); i += step) {
            out.append(format(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.2\" fill=\"%s\" fill-opacity=\"0.45\"/>",
                    500 + 480 * plane.project(readings.get(i), 0) / reach,
                    210 - 195 * plane.project(readings.get(i), 1) / reach,
                    clusterColor(found.clusterOf(i))));
        }
        for (int i = 0; i < found.clusters().size(); i++) {
            EmotionScores center = found.clusters().get(i).center();
            double x = 500 + 480 * plane.project(center, 0) / reach;
            double y = 210 - 195 * plane.project(center, 1) / reach;
            out.append(format(
                    "\n<circle cx=\"%.1f\" cy=\"%.1f\" r=\"9\" fill=\"%s\" stroke=\"#fff\" stroke-width=\"2\"/>"
                            + "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" style=\"fill:#fff;font-weight:bold\">%d</text>",
                    x, y, clusterColor(i), x, y + 4, i + 1));
        }
        out.append(format(
                "<text x=\"990\" y=\"412\" text-anchor=\"end\">first component: %s of the variance, second: %s</text></svg>\n",
                percent(plane.share(0)), percent(plane.share(1))));
        header("#", "What its centre means", ">Readings", ">Share");
        for (int i = 0; i < found.clusters().size(); i++) {
            EmotionClusters.Cluster cluster = found.clusters().get(i);
            row(
                    "<span class=\"swatch\" style=\"background:" + clusterColor(i) + "\"></span>" + (i + 1),
                    cluster.inWords(),
                    ">" + cluster.size(),
                    ">" + percent((double) cluster.size() / readings.size()));
        }
        end();
        out.append(format(
                "<p class=\"note\">k-means++ over the seven scores; the number of clusters is the one with the best mean"
                        + " silhouette, %.2f (1: well apart, 0: no groups).</p>\n",
                found.silhouette()));
    }

    private void quality() {
        SessionSummary.Quality quality = summary.quality();
        heading("Quality of the data");
        out.append("<table><tbody>\n");
        fact("Frames", summary.counters().frames() + ", " + number(quality.framesPerSecond(), 1) + " per second");
        fact("Frames without a face", Long.toString(summary.counters().framesWithoutFace()));
        fact(
                "Frames with several faces",
                quality.framesWithSeveralFaces() + " (at most " + quality.mostFaces() + "; the largest face counts)");
        fact("Ids of faces", Integer.toString(quality.faceIds()));
        fact("Mean confidence of the detector", number(quality.meanDetection(), 2));
        fact("Mean confidence of the label", number(quality.meanConfidence(), 2));
        fact("Mean width of the face", number(quality.meanFaceWidth(), 0) + " pixels");
        fact(
                "Cuts, times that go back, times that repeat",
                quality.cuts() + ", " + quality.timesBackwards() + ", " + quality.timesRepeated());
        fact("Rows that could not be used", Long.toString(quality.problemCount()));
        out.append("</tbody></table>\n");
        if (!quality.problems().isEmpty()) {
            out.append("<ul>\n");
            for (SessionProblem problem : quality.problems()
                    .subList(0, Math.min(10, quality.problems().size()))) {
                out.append("<li>").append(escaped(problem.toString())).append("</li>\n");
            }
            out.append("</ul>\n");
        }
    }

    private void limits() {
        heading("What this page cannot say");
        out.append(
                "<p class=\"limits\">An expression is what a face shows, not what a person feels. People smile when they"
                        + " are sad, and keep a straight face when they are happy. The readings come from a network that was trained"
                        + " on pictures of other people and errs often, with some faces more than with others. Light, angle, glasses,"
                        + " speaking and chewing change what it sees. Nothing here is a diagnosis, and Emotion4J is no medical"
                        + " device.</p>\n");
    }

    private void heading(String text) {
        out.append("<h2>").append(text).append("</h2>\n");
    }

    private void svg(int height, String label) {
        out.append(
                format("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n", WIDTH, height, escaped(label)));
    }

    private void fact(String name, String value) {
        out.append("<tr><th scope=\"row\">")
                .append(escaped(name))
                .append("</th><td>")
                .append(escaped(value))
                .append("</td></tr>\n");
    }

    /** Begins a table; a name that begins with &gt; heads a column of numbers. */
    private void header(String... names) {
        out.append("<table><thead><tr>");
        for (String name : names) {
            out.append(name.startsWith(">") ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">")
                    .append(name.startsWith(">") ? name.substring(1) : name)
                    .append("</th>");
        }
        out.append("</tr></thead><tbody>\n");
    }

    /** Cells are HTML. */
    private void row(String... cells) {
        out.append("<tr>");
        for (String cell : cells) {
            out.append(cell.startsWith(">") ? "<td class=\"n\">" : "<td>")
                    .append(cell.startsWith(">") ? cell.substring(1) : cell)
                    .append("</td>");
        }
        out.append("</tr>\n");
    }

    private void end() {
        out.append("</tbody></table>\n");
    }

    private static String word(Optional<Emotion> label) {
        return label.map(Emotion::label).orElse(EmotionReading.NO_CLEAR_EXPRESSION);
    }

    private static String swatch(Optional<Emotion> label) {
        return "<span class=\"swatch\" style=\"background:" + color(label) + "\"></span>";
    }

    private static String clusterColor(int cluster) {
        return CLUSTER_COLORS.get(cluster % CLUSTER_COLORS.size());
    }
}
