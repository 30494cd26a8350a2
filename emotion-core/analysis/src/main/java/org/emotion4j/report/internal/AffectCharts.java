package org.emotion4j.report.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emotion4j.analysis.EmotionTimeline;
import org.emotion4j.emotion.Affect;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.words.Words;

/** Valence and arousal over time, and the way through their plane. */
final class AffectCharts {
    private static final int MOST_PATH_POINTS = 120;
    private static final int MIDDLE = 64;
    private static final int UNIT = 54;
    private static final int PLANE = 360;

    private final SessionFigures figures;
    private final Affect mean;
    private final Words words;

    AffectCharts(SessionFigures figures, Affect mean, Words words) {
        this.figures = figures;
        this.mean = mean;
        this.words = words;
    }

    Figure courses() {
        return Figure.of(this::courses);
    }

    private Drawing courses(int width) {
        TimeScale scale = figures.scale(width);
        Drawing.Builder drawing = new Drawing.Builder();
        for (int level = -1; level <= 1; level++) {
            int y = MIDDLE - UNIT * level;
            drawing.line(level == 0 ? "tick" : "rule", scale.left(), y, width, y)
                    .text("", "end", scale.left() - 6, y + 4, Integer.toString(level));
        }
        String[] high = words.say("affect.high").split("\n", -1);
        String[] low = words.say("affect.low").split("\n", -1);
        for (int i = 0; i < high.length; i++) {
            drawing.text("", "start", 4, 14 + 14 * i, high[i]);
        }
        for (int i = 0; i < low.length; i++) {
            drawing.text("", "start", 4, 108 + 14 * i, low[i]);
        }
        drawing.path("valence", curve(scale, true)).path("arousal", curve(scale, false));
        scale.axis(drawing, 120);
        return drawing.build(
                words.say("affect.label", words.number(mean.valence(), 2), words.number(mean.arousal(), 2)),
                width,
                154);
    }

    private String curve(TimeScale scale, boolean isValence) {
        StringBuilder points = new StringBuilder();
        boolean isDown = false;
        for (EmotionTimeline.Interval interval : figures.timeline().intervals()) {
            if (interval.isGap() || interval.predominant().isEmpty()) {
                isDown = false;
                continue;
            }
            Affect affect = interval.meanScores().map(Affect::of).orElseThrow();
            double middle = (interval.startNanos() + interval.endNanos()) / 2.0;
            points.append(isDown ? "L" : "M")
                    .append(Drawing.coordinate(scale.x(middle)))
                    .append(' ')
                    .append(Drawing.coordinate(MIDDLE - UNIT * (isValence ? affect.valence() : affect.arousal())));
            if (!isDown) {
                points.append("l0.01 0");
            }
            isDown = true;
        }
        return points.toString();
    }

    String note() {
        return words.say("affect.note", words.number(mean.valence(), 2), words.number(mean.arousal(), 2));
    }

    /** The way through the plane, with its beginning and its end. */
    Drawing plane() {
        Drawing.Builder drawing = new Drawing.Builder()
                .line("tick", 10, PLANE / 2.0, PLANE - 10, PLANE / 2.0)
                .line("tick", PLANE / 2.0, 10, PLANE / 2.0, PLANE - 10)
                .text("soft", "end", PLANE - 10, PLANE / 2.0 - 6, words.say("affect.pleasant"))
                .text("soft", "start", 10, PLANE / 2.0 - 6, words.say("affect.unpleasant"))
                .text("soft", "start", PLANE / 2.0 + 6, 20, words.say("affect.excited"))
                .text("soft", "start", PLANE / 2.0 + 6, PLANE - 12, words.say("affect.calm"));
        for (Emotion emotion : Emotion.all()) {
            Affect place = Affect.of(emotion);
            boolean isLeft = place.valence() > 0.5 || emotion == Emotion.FEAR;
            drawing.circle(Palette.style(Optional.of(emotion)), x(place), y(place), 5)
                    .text(
                            "",
                            isLeft ? "end" : "start",
                            x(place) + (isLeft ? -8 : 8),
                            y(place) + (emotion == Emotion.NEUTRAL ? 18 : 4),
                            words.of(emotion));
        }
        List<Affect> way = way();
        StringBuilder points = new StringBuilder();
        for (Affect each : way) {
            points.append(points.isEmpty() ? "M" : "L")
                    .append(Drawing.coordinate(x(each)))
                    .append(' ')
                    .append(Drawing.coordinate(y(each)));
        }
        if (way.size() > 1) {
            Affect first = way.get(0);
            Affect last = way.get(way.size() - 1);
            drawing.path("way", points.toString())
                    .circle("begin", x(first), y(first), 4)
                    .circle("ink", x(last), y(last), 4);
        }
        drawing.circle("mean", x(mean), y(mean), 8);
        return drawing.build(words.say("affect.planeLabel"), PLANE, PLANE);
    }

    private static double x(Affect affect) {
        return PLANE / 2.0 + 165 * affect.valence();
    }

    private static double y(Affect affect) {
        return PLANE / 2.0 - 165 * affect.arousal();
    }

    /** At most so many points, each the mean of as many intervals. */
    private List<Affect> way() {
        List<Affect> all = figures.timeline().intervals().stream()
                .filter(interval -> interval.predominant().isPresent())
                .flatMap(interval -> interval.meanScores().stream())
                .map(Affect::of)
                .toList();
        int each = Math.max(1, (all.size() + MOST_PATH_POINTS - 1) / MOST_PATH_POINTS);
        List<Affect> way = new ArrayList<>();
        for (int i = 0; i < all.size(); i += each) {
            List<Affect> part = all.subList(i, Math.min(all.size(), i + each));
            way.add(new Affect(
                    part.stream().mapToDouble(Affect::valence).average().orElse(0),
                    part.stream().mapToDouble(Affect::arousal).average().orElse(0)));
        }
        return way;
    }
}
