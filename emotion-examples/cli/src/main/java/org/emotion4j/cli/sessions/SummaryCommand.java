package org.emotion4j.cli.sessions;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.emotion4j.analysis.BriefMoment;
import org.emotion4j.analysis.ExpressionCounts;
import org.emotion4j.analysis.ExpressionDurations;
import org.emotion4j.analysis.SessionEvents;
import org.emotion4j.analysis.SessionRest;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.analysis.SharedSmiles;
import org.emotion4j.analysis.Transitions;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.Counted;
import org.emotion4j.cli.io.Json;
import org.emotion4j.cli.options.BaselineOption;
import org.emotion4j.emotion.Affect;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.event.FacialRest;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.MediaClock;
import org.emotion4j.recording.RecordedFrame;
import org.emotion4j.recording.SessionNote;
import org.emotion4j.recording.SessionNotes;
import org.emotion4j.recording.WallTime;
import org.emotion4j.session.PipelineSettings;
import org.emotion4j.session.SessionEnd;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sums recorded sessions up. */
@Command(
        name = "summary",
        description = "Sums recorded sessions up: time per expression, changes, marked stretches, quality of the data.")
public final class SummaryCommand implements Callable<Integer> {
    private static final int MOST_MOMENTS = 10;

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
            Optional<SessionRest> marked = baseline.marked(reader);
            Optional<FacialRest> rest =
                    marked.isPresent() ? marked.map(SessionRest::facial) : baseline.rest(path, reader);
            SessionEvents.Collector events =
                    rest.isPresent() ? SessionEvents.relativeTo(rest.get()) : SessionEvents.collector(reader);
            UnaryOperator<RecordedFrame> correction =
                    marked.isPresent() ? marked.get().correction() : baseline.of(path, reader);
            SessionSummary summary = SessionSummary.of(reader, correction, events);
            Optional<SharedSmiles> smiles = SharedSmiles.of(path, sessions.cipher());
            EventFigures figures = EventFigures.of(events.events());
            if (json) {
                console.out()
                        .println(Json.write(
                                SummaryJson.of(path, summary, reader.isUnfinished(), figures, marked, smiles)));
            } else {
                print(console.out(), path, summary, figures);
                marked.ifPresent(
                        found -> console.out().println("  " + found.describe() + " (--baseline none leaves it in)"));
                smiles.ifPresent(both -> console.out().println("  " + both.describe()));
                printNotes(console.out(), reader.notes());
            }
        });
    }

    private static void print(PrintWriter out, Path path, SessionSummary summary, EventFigures events) {
        if (summary.isPictures()) {
            printPictures(out, path, summary);
        } else {
            ExpressionDurations times = summary.times();
            out.println(path + ": " + MediaClock.clock(summary.length()) + ", "
                    + Counted.of(summary.counters().frames(), "frame") + ", "
                    + Counted.of(summary.transitions().total(), "change") + ", "
                    + Counted.of(summary.gaps().count(), "gap"));
            started(out, summary);
            out.println("  " + times.describe());
            double[] percents = times.percents(1);
            for (Emotion emotion : Emotion.all()) {
                line(out, emotion.label(), times.time(emotion), percents[emotion.ordinal()]);
            }
            line(out, EmotionReading.NO_CLEAR_EXPRESSION, times.noClear(), percents[percents.length - 1]);
            line(out, FrameResult.NO_FACE, times.noFace(), Double.NaN);
            times.affect()
                    .ifPresent(affect -> out.println(String.format(
                            Locale.ROOT,
                            "  derived from the scores: valence %.2f, arousal %.2f",
                            affect.valence(),
                            affect.arousal())));
            if (times.withFace().compareTo(Duration.ZERO) > 0) {
                out.println("  readable " + MediaClock.clock(times.readable()) + " of "
                        + MediaClock.clock(times.withFace())
                        + String.format(Locale.ROOT, " with a face; movement of the scores %.2f", times.movement()));
            }
            summary.briefMoments().stream()
                    .limit(MOST_MOMENTS)
                    .forEach(moment -> out.println(String.format(
                            Locale.ROOT,
                            "  brief moment at %s: %s for %.2f s, up to %.0f %%",
                            MediaClock.clock(moment.fromNanos()),
                            moment.emotion().label(),
                            moment.length().toNanos() / 1e9,
                            100 * moment.peak())));
            if (summary.briefMoments().size() > MOST_MOMENTS) {
                out.println("  " + (summary.briefMoments().size() - MOST_MOMENTS) + " more brief moments");
            }
            events.describe().forEach(line -> out.println("  " + line));
        }
        for (SessionSummary.MarkedSegment stretch : summary.stretches()) {
            out.println("  from \"" + stretch.marker().text() + "\" at "
                    + MediaClock.clock(stretch.marker().mediaNanos()) + ": "
                    + stretch.times().describe() + "; " + MediaClock.clock(stretch.length()) + " long, "
                    + MediaClock.clock(stretch.times().readable()) + " readable, "
                    + MediaClock.clock(stretch.times().noFace())
                    + " without a face");
        }
        summary.warnings().forEach(warning -> out.println("  mind: " + warning));
    }

    /** What people have added since. Later markers have begun stretches already. */
    private static void printNotes(PrintWriter out, SessionNotes.Content notes) {
        for (SessionNote note : notes.current()) {
            String by = " (" + note.by() + ", " + WallTime.describe(note.writtenAt(), ZoneId.systemDefault()) + ")";
            String when = note.fromNanos().isPresent()
                    ? " at " + MediaClock.clock(note.fromNanos().getAsLong())
                    : "";
            switch (note.kind()) {
                case NOTE -> out.println("  note" + when + ": " + note.text() + by);
                case LABEL ->
                    out.println("  corrected" + when + " to "
                            + MediaClock.clock(note.toNanos().orElseThrow()) + ": "
                            + note.label().map(Emotion::label).orElse(EmotionReading.NO_CLEAR_EXPRESSION) + by);
                case FIGURE -> out.println("  " + note.text() + ": " + figure(note) + by);
                case MARKER, WITHDRAWAL -> {
                    // told among the stretches, or by what is missing
                }
            }
        }
        notes.problems().forEach(problem -> out.println("  mind: notes: " + problem));
    }

    private static String figure(SessionNote note) {
        return BigDecimal.valueOf(note.value().orElseThrow())
                .stripTrailingZeros()
                .toPlainString();
    }

    /** When it was recorded, by the clock of this machine and as a report says it. */
    private static void started(PrintWriter out, SessionSummary summary) {
        summary.info()
                .started()
                .ifPresent(moment -> out.println("  recorded " + WallTime.describe(moment, ZoneId.systemDefault())));
        summary.info()
                .offset()
                .ifPresent(offset -> out.println("  begins " + MediaClock.clock(offset) + " after the session did"));
        summary.info()
                .end()
                .filter(how -> how == SessionEnd.RECORDING_ENDED)
                .ifPresent(how -> out.println("  " + summary.info().endInWords()));
    }

    private static void printPictures(PrintWriter out, Path path, SessionSummary summary) {
        ExpressionCounts frames = summary.frames();
        out.println(path + ": " + Counted.of(summary.counters().frames(), "picture")
                + (summary.counters().frames() == 1 ? "" : " that do not follow from one another"));
        started(out, summary);
        double[] percents = frames.percents(1);
        for (Emotion emotion : Emotion.all()) {
            count(out, emotion.label(), frames.count(emotion), percents[emotion.ordinal()]);
        }
        count(out, EmotionReading.NO_CLEAR_EXPRESSION, frames.noClear(), percents[percents.length - 1]);
        count(out, FrameResult.NO_FACE, frames.noFace(), Double.NaN);
    }

    private static void count(PrintWriter out, String name, long count, double share) {
        String percent = Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%6.1f %%", share);
        out.println(String.format(Locale.ROOT, "  %-20s %10d   %s", name, count, percent)
                .stripTrailing());
    }

    private static void line(PrintWriter out, String name, Duration time, double share) {
        String percent = Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%6.1f %%", share);
        out.println(String.format(Locale.ROOT, "  %-20s %10s   %s", name, MediaClock.clock(time), percent)
                .stripTrailing());
    }

    /** The same for programs; times in seconds. */
    private record SummaryJson(
            String session,
            String id,
            String state,
            boolean complete,
            @Nullable String started,
            double length,
            @Nullable Double offsetInSession,
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
            List<BriefMomentJson> briefMoments,
            double framesPerSecond,
            long problems,
            double pictureQuality,
            double poorPictures,
            long doubtfulFaces,
            EventFigures events,
            @Nullable Double restFrom,
            @Nullable Double restTo,
            @Nullable String companion,
            @Nullable Double sharedSmiles,
            @Nullable Double sharedSmilesShare,
            @Nullable Double bothReadable,
            List<String> concerns) {
        static SummaryJson of(
                Path path,
                SessionSummary summary,
                boolean cutOff,
                EventFigures events,
                Optional<SessionRest> rest,
                Optional<SharedSmiles> smiles) {
            return new SummaryJson(
                    path.toString(),
                    summary.info().sessionId(),
                    SessionsCommand.state(summary.info().state(), cutOff),
                    summary.isComplete(),
                    summary.info().started().map(Instant::toString).orElse(null),
                    summary.length().toNanos() / 1e9,
                    summary.info()
                            .offset()
                            .map(offset -> offset.toNanos() / 1e9)
                            .orElse(null),
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
                    summary.briefMoments().stream().map(BriefMomentJson::of).toList(),
                    summary.quality().framesPerSecond(),
                    summary.quality().unusableRows(),
                    summary.quality()
                            .pictures()
                            .map(SessionSummary.PictureQuality::meanOverall)
                            .orElse(Double.NaN),
                    summary.quality()
                            .pictures()
                            .map(SessionSummary.PictureQuality::issueShare)
                            .orElse(Double.NaN),
                    summary.quality()
                            .pictures()
                            .map(SessionSummary.PictureQuality::doubtfulFaces)
                            .orElse(0L),
                    events,
                    rest.map(found -> found.stretch().fromNanos() / 1e9).orElse(null),
                    rest.map(found -> found.stretch().toNanos() / 1e9).orElse(null),
                    smiles.map(SharedSmiles::companionId).orElse(null),
                    smiles.map(both -> both.shared().toNanos() / 1e9).orElse(null),
                    smiles.map(SharedSmiles::share).orElse(null),
                    smiles.map(both -> both.readable().toNanos() / 1e9).orElse(null),
                    summary.warnings());
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
            Map<String, Double> expressions,
            double noClear,
            double noFace,
            double readable,
            double valence,
            double arousal) {
        static TimesJson of(ExpressionDurations times) {
            Map<String, Double> expressions = new LinkedHashMap<>();
            Emotion.all()
                    .forEach(emotion ->
                            expressions.put(emotion.label(), times.time(emotion).toNanos() / 1e9));
            return new TimesJson(
                    expressions,
                    times.noClear().toNanos() / 1e9,
                    times.noFace().toNanos() / 1e9,
                    times.readable().toNanos() / 1e9,
                    times.affect().map(Affect::valence).orElse(Double.NaN),
                    times.affect().map(Affect::arousal).orElse(Double.NaN));
        }
    }

    private record StretchJson(String marker, double from, double to, double length, TimesJson times) {
        static StretchJson of(SessionSummary.MarkedSegment stretch) {
            return new StretchJson(
                    stretch.marker().text(),
                    stretch.marker().mediaNanos() / 1e9,
                    stretch.untilNanos() / 1e9,
                    stretch.length().toNanos() / 1e9,
                    TimesJson.of(stretch.times()));
        }
    }

    private record BriefMomentJson(String expression, double from, double length, double peak) {
        static BriefMomentJson of(BriefMoment moment) {
            return new BriefMomentJson(
                    moment.emotion().label(),
                    moment.fromNanos() / 1e9,
                    moment.length().toNanos() / 1e9,
                    moment.peak());
        }
    }
}
