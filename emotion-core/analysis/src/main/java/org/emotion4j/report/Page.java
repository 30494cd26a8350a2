package org.emotion4j.report;

import static org.emotion4j.report.Html.color;
import static org.emotion4j.report.Html.escaped;
import static org.emotion4j.report.Html.format;

import java.util.List;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.reading.EmotionReading;

/** A page that is being written: its frame, its headings, tables and pictures. */
final class Page {
    /** Where a picture's plot begins and ends; left of it stand the names of its rows. */
    static final int LEFT = 118;

    static final int WIDTH = 1000;

    private static final String STYLE = """
        :root{color-scheme:light dark;--ink:#222b36;--soft:#4a5562;--rule:#e1e5ea;--paper:#fff;--plot:#f7f8fa}
        body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:62rem;margin:2rem auto;padding:0 1rem}
        h1{font-size:1.6rem;margin:0;overflow-wrap:anywhere}h2{font-size:1.15rem;margin:2rem 0 .4rem}h3{font-size:1rem;margin:1rem 0 .2rem}
        .table,.plot{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem}
        th,td{text-align:left;padding:.2rem .8rem .2rem 0;border-bottom:1px solid var(--rule);vertical-align:top}
        .facts td{overflow-wrap:anywhere}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
        table.heat td.n{padding:.2rem .5rem;border:1px solid var(--paper)}table.heat th.n{padding:.2rem .5rem;font-weight:normal}
        table.wide{font-size:.8rem}table.wide th,table.wide td{padding:.2rem .45rem .2rem 0}table.wide td.n{white-space:nowrap}
        svg{width:100%;height:auto;display:block;background:var(--plot)}
        svg text{font:12px system-ui,sans-serif;fill:var(--ink)}svg text[font-weight]{font-weight:bold}
        .swatch{display:inline-block;width:.8em;height:.8em;border:1px solid #6b7683;margin-right:.4em}
        .bar{display:inline-block;height:.7em;background:#6b7683;border:1px solid #6b7683;box-sizing:border-box;vertical-align:baseline}
        .note{color:var(--soft);font-size:.9rem}.limits{border-left:4px solid #6b7683;padding-left:1rem}
        .mind{border-left:4px solid #b35900;padding:.1rem 1rem}.mind ul{margin:.2rem 0;padding-left:1.2rem}
        @media screen and (max-width:44rem){.plot>svg{min-width:44rem}table{font-size:.8rem}th,td{padding-right:.5rem}}
        @media screen and (prefers-color-scheme:dark){
        :root{--ink:#e4e8ed;--soft:#aeb7c2;--rule:#39424d;--paper:#14181d;--plot:#1d232a}
        svg [stroke="#222b36"]{stroke:var(--ink)}svg [stroke="#e1e5ea"]{stroke:var(--rule)}
        svg [fill="#ffffff"]{fill:var(--paper)}}
        @page{margin:14mm}
        @media print{:root{color-scheme:light}body{margin:0;padding:0;max-width:none;font-size:10.5pt}h2,h3{break-after:avoid}
        table{font-size:9pt}table.wide{font-size:7pt}table.wide th,table.wide td{padding:.15rem .25rem .15rem 0}
        p{orphans:3;widows:3}figure{max-width:24rem!important}.table,.plot{overflow:visible}.table,svg,tr,.mind,.limits,figure{break-inside:avoid}
        *{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
        """;

    private final StringBuilder out = new StringBuilder(1 << 16);

    Page(String title) {
        out.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>")
                .append(escaped(title))
                .append("</title><style>\n")
                .append(STYLE)
                .append("</style></head><body>\n<main>\n<h1>")
                .append(escaped(title))
                .append("</h1>\n");
    }

    /** Ends the page. */
    String html() {
        return out.append("</main>\n</body></html>\n").toString();
    }

    /** Adds HTML. */
    Page add(String html) {
        out.append(html);
        return this;
    }

    /** Adds HTML with values, formatted the same way everywhere. */
    Page add(String form, Object... values) {
        out.append(format(form, values));
        return this;
    }

    void heading(String text) {
        out.append("<h2>").append(escaped(text)).append("</h2>\n");
    }

    void svg(int height, String label) {
        out.append(format(
                "<div class=\"plot\"><svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n",
                WIDTH, height, escaped(label)));
    }

    void endSvg() {
        out.append("</svg></div>\n");
    }

    void beginFacts() {
        out.append("<div class=\"table facts\"><table><tbody>\n");
    }

    void fact(String name, String value) {
        out.append("<tr><th scope=\"row\">")
                .append(escaped(name))
                .append("</th><td>")
                .append(escaped(value))
                .append("</td></tr>\n");
    }

    /** Begins a table; a name that begins with &gt; heads a column of numbers. */
    void header(String... names) {
        styledHeader("", names);
    }

    void styledHeader(String style, String... names) {
        out.append(
                style.isEmpty()
                        ? "<div class=\"table\"><table><thead><tr>"
                        : "<div class=\"table\"><table class=\"" + style + "\"><thead><tr>");
        for (String name : names) {
            out.append(name.startsWith(">") ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">")
                    .append(name.startsWith(">") ? name.substring(1) : name)
                    .append("</th>");
        }
        out.append("</tr></thead><tbody>\n");
    }

    /** Cells are HTML. */
    void row(String... cells) {
        out.append("<tr>");
        for (String cell : cells) {
            out.append(cell.startsWith(">") ? "<td class=\"n\">" : "<td>")
                    .append(cell.startsWith(">") ? cell.substring(1) : cell)
                    .append("</td>");
        }
        out.append("</tr>\n");
    }

    void end() {
        out.append("</tbody></table></div>\n");
    }

    /** What to mind, in a box; nothing where there is nothing. */
    void mind(List<String> warnings) {
        if (warnings.isEmpty()) {
            return;
        }
        out.append("<div class=\"mind\"><strong>Mind this when reading the figures</strong><ul>\n");
        warnings.forEach(concern -> out.append("<li>").append(escaped(concern)).append("</li>\n"));
        out.append("</ul></div>\n");
    }

    void limits() {
        heading("What this page cannot say");
        out.append("<p class=\"limits\">An expression is what a face shows, not what a person feels. People smile when"
                + " they are sad, and keep a straight face when they are happy. The readings come from a network"
                + " that was trained on pictures of other people and errs often, with some faces more than with"
                + " others. Light, angle, glasses, speaking and chewing change what it sees. Nothing here is a"
                + " diagnosis, and Emotion4J is no medical device.</p>\n");
    }

    /** A legend of the colours of expressions. */
    void legend() {
        out.append("<p class=\"note\">");
        Emotion.all().forEach(emotion -> out.append(swatch(Optional.of(emotion)))
                .append(emotion.label())
                .append("&ensp; "));
        out.append(swatch(Optional.empty()))
                .append(EmotionReading.NO_CLEAR_EXPRESSION)
                .append("</p>\n");
    }

    /** Lines and times below a plot, at round times and no label twice. */
    void timeAxis(long fromNanos, long toNanos, int height) {
        for (TimeTicks.Tick tick : TimeTicks.of(fromNanos, toNanos)) {
            double x = x(tick.nanos(), fromNanos, toNanos);
            String anchor = x < LEFT + 14 ? "start" : x > WIDTH - 22 ? "end" : "middle";
            add("<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#aab2bb\"/>", x, x, height, height + 5);
            add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>\n", x, height + 28, anchor, tick.label());
        }
    }

    static double x(double nanos, double fromNanos, double toNanos) {
        return LEFT + (WIDTH - LEFT) * (nanos - fromNanos) / (toNanos - fromNanos);
    }

    static String word(Optional<Emotion> label) {
        return label.map(Emotion::label).orElse(EmotionReading.NO_CLEAR_EXPRESSION);
    }

    static String swatch(Optional<Emotion> label) {
        return "<span class=\"swatch\" style=\"background:" + color(label) + "\"></span>";
    }

    /** A bar as long as a share, for the eye; the number stands beside it. */
    static String bar(double share, Optional<Emotion> label) {
        return share > 0
                ? format("<span class=\"bar\" style=\"width:%.2frem;background:%s\"></span>", 7 * share, color(label))
                : "";
    }

    /** How strong an interval's block is drawn: four steps, by the mean score of its expression. */
    static double strength(Optional<EmotionScores> mean, Optional<Emotion> predominant) {
        if (mean.isEmpty() || predominant.isEmpty()) {
            return 0.7;
        }
        float score = mean.get().get(predominant.get());
        return score >= 0.75 ? 1 : score >= 0.6 ? 0.85 : score >= 0.45 ? 0.7 : 0.55;
    }
}
