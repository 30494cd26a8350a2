package org.emotion4j.report.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emotion4j.analysis.ExpressionDurations;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.words.Words;

/** Several sessions in pictures: shares as columns, a strip each, and the course of a figure. */
final class SubjectCharts {
    private static final int STRIP = 22;
    private static final int FLOOR = 184;
    private static final int FULL = 176;
    private static final int MOST_NUMBERS = 20;

    private final List<SessionSummary> shown;
    private final int firstShown;
    private final Map<SessionSummary, List<TimelineSegment>> strips;
    private final Words words;

    SubjectCharts(
            List<SessionSummary> shown,
            int firstShown,
            Map<SessionSummary, List<TimelineSegment>> strips,
            Words words) {
        this.shown = shown;
        this.firstShown = firstShown;
        this.strips = strips;
        this.words = words;
    }

    Figure shares() {
        return Figure.of(this::shares);
    }

    private Drawing shares(int width) {
        Drawing.Builder drawing = new Drawing.Builder();
        int left = 52;
        double unit = (double) (width - left) / shown.size();
        for (int quarter = 0; quarter <= 4; quarter++) {
            double y = FLOOR - FULL * quarter / 4.0;
            drawing.line("rule", left, y, width, y).text("", "end", left - 6, y + 4, words.percent(quarter / 4.0, 0));
        }
        int most = width < Figure.WIDE ? MOST_NUMBERS / 2 : MOST_NUMBERS;
        int step = Math.max(1, (shown.size() + most - 1) / most);
        for (int i = 0; i < shown.size(); i++) {
            double x = left + i * unit + 0.1 * unit;
            column(drawing, shown.get(i).times(), x, Math.min(0.8 * unit, 90));
            if (i % step == 0) {
                drawing.text("", "start", x, FLOOR + 20, Integer.toString(firstShown + i + 1));
            }
        }
        return drawing.build(words.say("subject.sharesLabel"), width, 216);
    }

    private static void column(Drawing.Builder drawing, ExpressionDurations times, double x, double width) {
        double y = FLOOR;
        for (Optional<Emotion> label : ExpressionTables.labels()) {
            double share = label.map(times::share).orElseGet(times::noClearShare);
            if (share > 0) {
                y -= FULL * share;
                drawing.rect(Palette.style(label), x, y, width, FULL * share);
            }
        }
    }

    Figure glance() {
        return Figure.of(this::glance);
    }

    private Drawing glance(int width) {
        Drawing.Builder drawing = new Drawing.Builder();
        for (int i = 0; i < shown.size(); i++) {
            List<TimelineSegment> segments = strips.getOrDefault(shown.get(i), List.of());
            boolean isNarrow = width < Figure.WIDE;
            drawing.text("", "start", 4, i * STRIP + 17, isNarrow ? Integer.toString(firstShown + i + 1) : label(i));
            if (segments.isEmpty()) {
                continue;
            }
            TimeScale scale = new TimeScale(
                    width,
                    isNarrow ? 36 : 190,
                    segments.get(0).fromNanos(),
                    segments.get(segments.size() - 1).toNanos());
            for (TimelineSegment segment : segments) {
                if (segment.row() != TimelineSegment.NOTHING && segment.row() != TimelineSegment.NO_FACE) {
                    double left = scale.x(segment.fromNanos());
                    drawing.rect(
                            segment.style(),
                            left,
                            i * STRIP + 4,
                            Math.max(scale.x(segment.toNanos()) - left, 0.6),
                            STRIP - 6);
                }
            }
        }
        return drawing.build(words.say("subject.glanceLabel"), width, shown.size() * STRIP + 6);
    }

    /** The number and the day of a session that is shown. */
    String label(int index) {
        return (firstShown + index + 1) + "  "
                + shown.get(index).info().started().map(words::day).orElseGet(() -> words.say("subject.noDate"));
    }

    /** From the least to the greatest value; the table has the numbers. */
    Drawing sparkline(String name, List<Double> values) {
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
                points.append(points.isEmpty() ? "M" : "L")
                        .append(Drawing.coordinate(x))
                        .append(' ')
                        .append(Drawing.coordinate(y));
            }
        }
        return new Drawing.Builder()
                .path("course", points.toString())
                .build(words.say("subject.course") + ": " + name, 120, 20);
    }
}
