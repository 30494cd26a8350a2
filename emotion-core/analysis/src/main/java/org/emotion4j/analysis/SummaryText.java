package org.emotion4j.analysis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.reading.EmotionReading;

/** A summary in a few lines, for a log or a terminal. */
final class SummaryText {
    private SummaryText() {}

    static String of(SessionSummary summary) {
        List<String> lines = new ArrayList<>();
        boolean pictures = summary.isPictures();
        lines.add(String.format(
                Locale.ROOT,
                "%s: %s%d %s, %d without a face",
                summary.info().sessionId(),
                pictures ? "" : seconds(summary.length()) + ", ",
                summary.counters().frames(),
                pictures ? "pictures" : "frames",
                summary.counters().framesWithoutFace()));
        boolean seen = pictures
                ? summary.frames().withFace() > 0
                : !summary.times().withFace().isZero();
        if (seen) {
            double[] percents =
                    pictures ? summary.frames().percents(1) : summary.times().percents(1);
            String most = pictures
                    ? summary.frames().predominance().describe()
                    : summary.times().describe();
            lines.add(most + ": " + shares(percents));
        }
        lines.addAll(summary.warnings());
        return String.join(System.lineSeparator(), lines);
    }

    private static String seconds(Duration length) {
        return String.format(Locale.ROOT, "%.1f s", length.toNanos() / 1e9);
    }

    /** What was shown at all, the most first. */
    private static String shares(double[] percents) {
        record Share(String name, double percent) {}
        List<Share> all = new ArrayList<>();
        Emotion.all().forEach(emotion -> all.add(new Share(emotion.label(), percents[emotion.ordinal()])));
        all.add(new Share(EmotionReading.NO_CLEAR_EXPRESSION, percents[percents.length - 1]));
        return all.stream()
                .filter(share -> share.percent() > 0)
                .sorted((a, b) -> Double.compare(b.percent(), a.percent()))
                .map(share -> String.format(Locale.ROOT, "%s %.1f %%", share.name(), share.percent()))
                .collect(Collectors.joining(", "));
    }
}
