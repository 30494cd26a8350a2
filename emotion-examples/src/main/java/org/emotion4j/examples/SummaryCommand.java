package org.emotion4j.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.emotion4j.analysis.ExpressionCounts;
import org.emotion4j.analysis.ExpressionTimes;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.analysis.Transitions;
import org.emotion4j.emotion.Affect;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.session.PipelineSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sums recorded sessions up. */
@Command(
        name = "summary",
        description = "Sums recorded sessions up: time per expression, changes, marked stretches, quality of the data.")
final class SummaryCommand implements Callable<Integer> {
    @Mixin
    private final Console console = new Console();

    @Mixin
    private final Sessions sessions = new Sessions();

    @Mixin
    private final BaselineOption baseline = new BaselineOption();

    @Option(names = "--json", description = "Print one JSON object a session, and nothing else.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        return sessions.eachRead("summary", console, (path, reader) -> {
            SessionSummary summary =
                    SessionSummary.of(reader, baseline.of(path, () -> sessions.open(path, console)), frame -> {});
            if (json) {
                console.out().println(Json.write(SummaryJson.of(path, summary)));
            } else {
                print(console.out(), path, summary);
            }
        });
    }

    private static void print(PrintWriter out, Path path, SessionSummary summary) {
        if (summary.isPictures()) {
            printPictures(out, path, summary);
        } else {
            ExpressionTimes times = summary.times();
            out.println(path + ": " + seconds(times.total()) + " s, "
                    + counted(summary.counters().frames(), "frame") + ", "
                    + counted(summary.transitions().total(), "change") + ", "
                    + counted(summary.gaps().count(), "gap"));
            for (Emotion emotion : Emotion.all()) {
                line(out, emotion.label(), times.time(emotion), times.share(emotion));
            }
            line(out, EmotionReading.NO_CLEAR_EXPRESSION, times.noClear(), times.noClearShare());
            line(out, FrameResult.NO_FACE, times.noFace(), Double.NaN);
            times.affect()
                    .ifPresent(affect -> out.println(String.format(
                            Locale.ROOT,
                            "  derived from the scores: valence %.2f, arousal %.2f",
                            affect.valence(),
                            affect.arousal())));
        }
        for (SessionSummary.Stretch stretch : summary.stretches()) {
            out.println("  from \"" + stretch.marker().text() + "\": "
                    + stretch.times().predominant().map(Emotion::label).orElse("no expression") + " predominates in "
                    + seconds(stretch.times().withFace()) + " s");
        }
        summary.concerns().forEach(concern -> out.println("  mind: " + concern));
    }

    private static void printPictures(PrintWriter out, Path path, SessionSummary summary) {
        ExpressionCounts frames = summary.frames();
        out.println(
                path + ": " + counted(summary.counters().frames(), "picture") + " that do not follow from one another");
        for (Emotion emotion : Emotion.all()) {
            count(out, emotion.label(), frames.count(emotion), frames.share(emotion));
        }
        count(out, EmotionReading.NO_CLEAR_EXPRESSION, frames.noClear(), (double) frames.noClear() / frames.withFace());
        count(out, FrameResult.NO_FACE, frames.noFace(), Double.NaN);
    }

    private static void count(PrintWriter out, String name, long count, double share) {
        String percent = Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%6.1f %%", 100 * share);
        out.println(String.format(Locale.ROOT, "  %-20s %10d   %s", name, count, percent)
                .stripTrailing());
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static void line(PrintWriter out, String name, Duration time, double share) {
        String percent = Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%6.1f %%", 100 * share);
        out.println(String.format(Locale.ROOT, "  %-20s %10s s %s", name, seconds(time), percent)
                .stripTrailing());
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1e3);
    }

    /** The same for programs; times in seconds. */
    private record SummaryJson(
            String session,
            String id,
            String state,
            boolean complete,
            String end,
            long unreadable,
            long failed,
            long dropped,
            double cutOffSeconds,
            long filesPassedOver,
            Map<String, String> settings,
            long frames,
            long framesWithoutFace,
            long readings,
            boolean pictures,
            Map<String, Long> counts,
            TimesJson times,
            int gaps,
            double gapSeconds,
            long changes,
            List<TransitionJson> transitions,
            List<StretchJson> stretches,
            double framesPerSecond,
            long problems,
            double pictureQuality,
            double poorPictures,
            List<String> concerns) {
        static SummaryJson of(Path path, SessionSummary summary) {
            return new SummaryJson(
                    path.toString(),
                    summary.info().sessionId(),
                    summary.info().state().name().toLowerCase(Locale.ROOT),
                    summary.info().isComplete(),
                    summary.info().endInWords(),
                    summary.info().unread().unreadable(),
                    summary.info().unread().failed(),
                    summary.info().unread().dropped(),
                    summary.info().unread().cutOff().toNanos() / 1e9,
                    summary.info().unread().filesPassedOver(),
                    summary.info()
                            .metadata()
                            .pipeline()
                            .map(PipelineSettings::describe)
                            .orElse(Map.of()),
                    summary.counters().frames(),
                    summary.counters().framesWithoutFace(),
                    summary.counters().readings(),
                    summary.isPictures(),
                    counts(summary.frames()),
                    TimesJson.of(summary.times()),
                    summary.gaps().count(),
                    summary.gaps().total().toNanos() / 1e9,
                    summary.transitions().total(),
                    TransitionJson.of(summary.transitions()),
                    summary.stretches().stream().map(StretchJson::of).toList(),
                    summary.quality().framesPerSecond(),
                    summary.quality().problemCount(),
                    summary.quality()
                            .pictures()
                            .map(SessionSummary.PictureQuality::meanOverall)
                            .orElse(Double.NaN),
                    summary.quality()
                            .pictures()
                            .map(SessionSummary.PictureQuality::issueShare)
                            .orElse(Double.NaN),
                    summary.concerns());
        }

        private static Map<String, Long> counts(ExpressionCounts frames) {
            Map<String, Long> counts = new LinkedHashMap<>();
            Emotion.all().forEach(emotion -> counts.put(emotion.label(), frames.count(emotion)));
            counts.put("noClear", frames.noClear());
            counts.put("noFace", frames.noFace());
            return counts;
        }
    }

    private record TransitionJson(String from, String to, long count) {
        static List<TransitionJson> of(Transitions transitions) {
            List<Optional<Emotion>> labels = new ArrayList<>();
            Emotion.all().forEach(emotion -> labels.add(Optional.of(emotion)));
            labels.add(Optional.empty());
            List<TransitionJson> found = new ArrayList<>();
            for (Optional<Emotion> from : labels) {
                for (Optional<Emotion> to : labels) {
                    if (transitions.count(from, to) > 0) {
                        found.add(new TransitionJson(word(from), word(to), transitions.count(from, to)));
                    }
                }
            }
            return found;
        }

        private static String word(Optional<Emotion> label) {
            return label.map(Emotion::label).orElse(EmotionReading.NO_CLEAR_EXPRESSION);
        }
    }

    private record TimesJson(
            Map<String, Double> expressions, double noClear, double noFace, double valence, double arousal) {
        static TimesJson of(ExpressionTimes times) {
            Map<String, Double> expressions = new LinkedHashMap<>();
            Emotion.all()
                    .forEach(emotion ->
                            expressions.put(emotion.label(), times.time(emotion).toNanos() / 1e9));
            return new TimesJson(
                    expressions,
                    times.noClear().toNanos() / 1e9,
                    times.noFace().toNanos() / 1e9,
                    times.affect().map(Affect::valence).orElse(Double.NaN),
                    times.affect().map(Affect::arousal).orElse(Double.NaN));
        }
    }

    private record StretchJson(String marker, double from, TimesJson times) {
        static StretchJson of(SessionSummary.Stretch stretch) {
            return new StretchJson(
                    stretch.marker().text(), stretch.marker().mediaNanos() / 1e9, TimesJson.of(stretch.times()));
        }
    }
}
