package org.emotion4j.report.internal;

import java.util.List;
import org.emotion4j.analysis.EmotionClusters;
import org.emotion4j.analysis.PrincipalComponents;
import org.emotion4j.analysis.Shares;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.words.Words;

/** Groups of similar readings, in the plane of their first two principal components. */
final class PatternChart {
    private static final int MOST_DOTS = 1500;

    private final EmotionClusters clusters;
    private final List<EmotionScores> readings;
    private final Words words;

    PatternChart(EmotionClusters clusters, List<EmotionScores> readings, Words words) {
        this.clusters = clusters;
        this.readings = readings;
        this.words = words;
    }

    Figure figure() {
        return Figure.of(this::drawing);
    }

    private Drawing drawing(int width) {
        PrincipalComponents plane = clusters.components();
        int step = Math.max(1, readings.size() / MOST_DOTS);
        double right = 0.05;
        double up = 0.02;
        for (int i = 0; i < readings.size(); i += step) {
            right = Math.max(right, Math.abs(plane.project(readings.get(i), 0)));
            up = Math.max(up, Math.abs(plane.project(readings.get(i), 1)));
        }
        double halfHeight = width < Figure.WIDE ? 150 : 210;
        // one scale for both: a component that explains less is drawn as narrow as it is
        double scale = Math.min((width / 2.0 - 20) / right, (halfHeight - 15) / up);
        Drawing.Builder drawing = new Drawing.Builder();
        for (int i = 0; i < readings.size(); i += step) {
            drawing.circle(
                    Palette.styleOfCluster(clusters.clusterOf(i)),
                    width / 2.0 + scale * plane.project(readings.get(i), 0),
                    halfHeight - scale * plane.project(readings.get(i), 1),
                    2.2);
        }
        for (int i = 0; i < clusters.clusters().size(); i++) {
            EmotionScores center = clusters.clusters().get(i).center();
            double x = width / 2.0 + scale * plane.project(center, 0);
            double y = halfHeight - scale * plane.project(center, 1);
            drawing.circle("center", x, y, 11).text("strong", "middle", x, y + 4, Integer.toString(i + 1));
        }
        return drawing.build(words.say("patterns.label"), width, 2 * halfHeight);
    }

    Table table() {
        Table.Builder table = Table.plain()
                .column(words.say("patterns.number"))
                .column(words.say("patterns.center"))
                .number(words.say("patterns.readings"))
                .number(words.say("patterns.share"));
        double[] percents = Shares.percents(
                clusters.clusters().stream()
                        .mapToLong(EmotionClusters.Cluster::size)
                        .toArray(),
                1);
        for (int i = 0; i < clusters.clusters().size(); i++) {
            EmotionClusters.Cluster cluster = clusters.clusters().get(i);
            table.row(
                    Table.named(Palette.styleOfCluster(i), Integer.toString(i + 1)),
                    cluster.describe(words.locale()),
                    words.count(cluster.size()),
                    words.percent(percents[i] / 100));
        }
        return table.build();
    }

    String note() {
        PrincipalComponents plane = clusters.components();
        return words.say(
                "patterns.note",
                words.number(clusters.silhouette(), 2),
                plane.describe(0, words.locale()),
                words.percent(plane.share(0)),
                plane.describe(1, words.locale()),
                words.percent(plane.share(1)));
    }
}
