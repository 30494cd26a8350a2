package org.emotion4j.report;

import static org.emotion4j.reading.MediaClock.clock;
import static org.emotion4j.report.Html.color;
import static org.emotion4j.report.Html.counted;
import static org.emotion4j.report.Html.describe;
import static org.emotion4j.report.Html.escaped;
import static org.emotion4j.report.Html.format;
import static org.emotion4j.report.Html.moment;
import static org.emotion4j.report.Html.number;
import static org.emotion4j.report.Html.percent;
import static org.emotion4j.report.Html.setting;
import static org.emotion4j.report.Html.times;
import static org.emotion4j.report.Page.LEFT;
import static org.emotion4j.report.Page.WIDTH;
import static org.emotion4j.report.Page.bar;
import static org.emotion4j.report.Page.swatch;
import static org.emotion4j.report.Page.word;
import static org.emotion4j.report.Page.x;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.emotion4j.analysis.BriefMoment;
import org.emotion4j.analysis.EmotionClusters;
import org.emotion4j.analysis.EmotionTimeline;
import org.emotion4j.analysis.ExpressionCounts;
import org.emotion4j.analysis.ExpressionDurations;
import org.emotion4j.analysis.Predominance;
import org.emotion4j.analysis.PrincipalComponents;
import org.emotion4j.analysis.SessionEvents;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.analysis.Transitions;
import org.emotion4j.emotion.Affect;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.recording.SessionInfo;
import org.emotion4j.recording.SessionMarker;
import org.emotion4j.recording.SessionProblem;
import org.emotion4j.session.PipelineSettings;
import org.emotion4j.stage.StageMetadata;

/** Puts a session's figures into HTML. */
final class SessionPage {
    /** The stages whose settings decide what a reading is called, and what they are called on the page. */
    private static final Map<String, String> PIPELINE_FACTS = facts(
            "smoother",
            "Smoothing",
            "labelPolicy",
            "Label",
            "tracker",
            "Following",
            "landmarks",
            "Landmarks",
            "aligner",
            "Alignment");

    private static final int MOST_DOTS = 1500;
    private static final int MOST_PATH_POINTS = 120;
    private static final int MOST_TOPICS = 12;
    private static final int MOST_MOMENTS = 20;
    private static final int ROW = 20;

    /** Narrower blocks would be all outline. */
    private static final double LEAST_OUTLINED = 3;

    private static final List<String> CLUSTER_COLORS =
            List.of("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#666666");

    private final SessionSummary summary;
    private final EmotionTimeline timeline;
    private final TreeSet<Long> seen;
    private final List<EmotionScores> readings;
    private final List<SeenPicture> pictures;
    private final Optional<EmotionClusters> clusters;
    private final Optional<String> baseline;
    private final EventMarks events;
    private final List<SessionMarker> topics;
    private final Page page;

    SessionPage(
            SessionSummary summary,
            EmotionTimeline timeline,
            TreeSet<Long> seen,
            List<EmotionScores> readings,
            List<SeenPicture> pictures,
            Optional<EmotionClusters> clusters,
            Optional<String> baseline,
            SessionEvents events) {
        this.summary = summary;
        this.timeline = timeline;
        this.seen = seen;
        this.readings = readings;
        this.pictures = pictures;
        this.clusters = clusters;
        this.baseline = baseline;
        this.events = new EventMarks(events);
        this.topics = summary.stretches().stream()
                .map(SessionSummary.MarkedSegment::marker)
                .toList();
        this.page = new Page(title(summary.info()));
    }

    /** Whose session it is and of what day: an id says nothing to people, and stands with the settings. */
    private static String title(SessionInfo info) {
        Optional<String> day = info.started().map(Html::day);
        return info.metadata()
                .subjectId()
                .map(person -> "Session of " + person + day.map(", "::concat).orElse(""))
                .or(() -> day.map("Session of "::concat))
                .orElseGet(() -> "Session " + info.sessionId());
    }

    String html() {
        who();
        headline();
        page.mind(summary.warnings());
        if (summary.counters().frames() == 0) {
            page.add("<p>The session has no frames: there is nothing to report on.</p>\n");
        } else if (summary.isPictures()) {
            pictures();
            patterns();
        } else {
            timeline();
            markers();
            shares();
            events.tables(page);
            briefMoments();
            stretches();
            transitions();
            affect();
            patterns();
        }
        quality();
        facts();
        page.limits();
        return page.html();
    }

    /** Who, when, how long, and about what: what one looks for first. */
    private void who() {
        SessionInfo info = summary.info();
        page.beginFacts();
        page.fact("Person (pseudonym)", info.metadata().subjectId().orElse("none is given"));
        page.fact("Recorded", info.started().map(Html::moment).orElse("not known"));
        info.offset().ifPresent(offset -> page.fact("Begins", clock(offset) + " after the session did"));
        if (!summary.isPictures()) {
            page.fact("Length", clock(summary.length()));
        }
        if (!topics.isEmpty()) {
            page.fact(
                    "Topics",
                    topics.stream()
                            .map(SessionMarker::text)
                            .distinct()
                            .limit(MOST_TOPICS)
                            .collect(Collectors.joining(", ")));
        }
        page.fact("State of the record", info.endInWords());
        if (!info.unread().isNone()) {
            page.fact("Not read", String.join(" ", info.unread().describe()));
        }
        page.end();
    }

    private void headline() {
        if (summary.isPictures()) {
            return;
        }
        ExpressionDurations times = summary.times();
        page.add("<p>");
        page.add(longest(times.predominance(), share(times), clock(times.withFace())));
        long changes = summary.transitions().total();
        page.add(" The label %s", changes == 0 ? "did not change" : "changed " + times(changes));
        long seconds = times.withFace().toSeconds();
        page.add(changes > 0 && seconds >= 60 ? format(", %.1f times a minute", changes * 60.0 / seconds) : "")
                .add(".</p>\n");
    }

    /** The share of what leads, as the table has it; of what ties, the largest. */
    private static String share(ExpressionDurations times) {
        double[] percents = times.percents(1);
        return times.predominance().leaders().stream()
                .mapToDouble(leader -> percents[leader.map(Emotion::ordinal).orElse(EmotionScores.SIZE)])
                .max()
                .stream()
                .mapToObj(share -> percent(share / 100))
                .findFirst()
                .orElse("");
    }

    /** "Most" is more than half, and a tie is one. */
    private static String longest(Predominance shown, String share, String whole) {
        String names = "<strong>" + shown.names() + "</strong>";
        if (shown.leaders().isEmpty()) {
            return "No face was seen for any time.";
        }
        if (shown.isMost()) {
            return format("Most of the time with a face showed %s (%s of %s).", names, share, whole);
        }
        return shown.isTie()
                ? format("Equally long the face showed %s: %s each of %s.", names, share, whole)
                : format(
                        "Longest, though less than half of the time, the face showed %s (%s of %s).",
                        names, share, whole);
    }

    private static Map<String, String> facts(String... pairs) {
        Map<String, String> titles = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            titles.put(pairs[i], pairs[i + 1]);
        }
        return titles;
    }

    private void facts() {
        SessionInfo info = summary.info();
        page.heading("How it was recorded and read");
        page.beginFacts();
        page.fact("Session", info.sessionId());
        info.subject()
                .ifPresent(subject -> page.fact(
                        "Whose face",
                        subject.rule().describe()
                                + (subject.othersStored() ? "; other faces are stored too" : "; no other is stored")));
        info.metadata()
                .consent()
                .ifPresentOrElse(
                        consent -> page.fact(
                                "Consent",
                                consent.agreedBy() + ", " + moment(consent.agreedAt()) + ", for: " + consent.purpose()
                                        + "; may be kept until " + consent.keepUntil()),
                        () -> page.fact("Consent", "none is stored with this session"));
        baseline.ifPresent(note -> page.fact("Baseline taken out", note));
        for (StageMetadata stage : info.metadata().stages()) {
            stage.sha256()
                    .ifPresent(hash -> page.fact(
                            "Model",
                            stage.name()
                                    + stage.version()
                                            .map(version -> " " + version)
                                            .orElse("") + ", SHA-256 " + hash.substring(0, Math.min(12, hash.length()))
                                    + "…"));
        }
        info.metadata().settings().forEach((name, value) -> page.fact("Setting: " + name, setting(value)));
        info.metadata().pipeline().ifPresent(this::pipeline);
        page.fact("Software", "Emotion4J " + info.versions().getOrDefault("emotion4j", "unknown"));
        page.end();
    }

    /** How the readings were made, but for the models, which stand above, and for what reads and keeps. */
    private void pipeline(PipelineSettings pipeline) {
        Map<String, String> words = pipeline.describe();
        PIPELINE_FACTS.forEach((name, title) -> {
            String value = words.get(name);
            if (value != null) {
                page.fact(title, value);
            }
        });
        if (!pipeline.hasLandmarks()) {
            page.fact("Landmarks", "nobody was asked for them");
        }
        pipeline.stage("detector")
                .filter(stage -> !stage.settings().isEmpty())
                .ifPresent(stage -> page.fact("Detector", words.getOrDefault("detector", stage.name())));
        if (pipeline.detectEvery() > 1) {
            page.fact(
                    "Detection",
                    "in every frame of " + pipeline.detectEvery()
                            + (pipeline.redetectWhenUncertain() > 0
                                    ? ", or at a doubt above " + pipeline.redetectWhenUncertain()
                                    : ", whatever happens in between"));
        }
        if (pipeline.skipUnchangedFrames() > 0) {
            page.fact("Frames taken for unchanged", "below a mean difference of " + pipeline.skipUnchangedFrames());
        }
        pipeline.overflow()
                .ifPresent(policy -> page.fact(
                        "Frames without time for them",
                        policy + ", " + pipeline.queueCapacity().orElse(0) + " may wait"));
    }

    private void pictures() {
        ExpressionCounts frames = summary.frames();
        double[] percents = frames.percents(1);
        page.add(
                "<p>%s: they are counted, and times and changes mean nothing.</p>\n",
                summary.counters().frames() == 1
                        ? "1 picture"
                        : summary.counters().frames() + " pictures that do not follow from one another");
        page.heading("What the pictures show");
        page.header("Expression", ">Pictures", ">Of those with a face", "");
        for (Emotion emotion : Emotion.all()) {
            page.row(
                    swatch(Optional.of(emotion)) + emotion.label(),
                    ">" + frames.count(emotion),
                    ">" + percent(percents[emotion.ordinal()] / 100),
                    bar(frames.share(emotion), Optional.of(emotion)));
        }
        double unclear = (double) frames.noClear() / frames.withFace();
        page.row(
                swatch(Optional.empty()) + EmotionReading.NO_CLEAR_EXPRESSION,
                ">" + frames.noClear(),
                ">" + percent(percents[EmotionScores.SIZE] / 100),
                bar(unclear, Optional.empty()));
        page.row("no face", ">" + frames.noFace(), ">", "");
        page.end();
        eachPicture();
    }

    private void eachPicture() {
        page.heading("Picture by picture");
        page.header("Picture", "Shows", ">Highest score", ">Faces in sight", "Quality");
        for (SeenPicture picture : pictures) {
            page.row(
                    escaped(picture.name()),
                    picture.reading()
                            .map(reading -> swatch(reading.label()) + reading.labelText())
                            .orElse(FrameResult.NO_FACE),
                    ">"
                            + picture.reading()
                                    .map(EmotionReading::scores)
                                    .map(scores -> scores.top().label() + " " + percent(scores.confidence()))
                                    .orElse(""),
                    ">" + picture.faces(),
                    picture.reading()
                            .map(SessionSummary.PictureQuality::describe)
                            .orElse(""));
        }
        page.end();
        if (summary.counters().frames() > pictures.size()) {
            page.add(
                    "<p class=\"note\">The first %d of %d pictures are listed; session.csv has all.</p>\n",
                    pictures.size(), summary.counters().frames());
        }
    }

    private void timeline() {
        page.heading("What the face showed over time");
        long length = timeline.intervalLength().toNanos();
        long from = seen.first() * length;
        long to = (seen.last() + 1) * length;
        String unit = describe(timeline.intervalLength());
        int height = 9 * ROW;
        List<TopicNames.Place> names = TopicNames.of(topics, from, to);
        int marks = events.height();
        int above = marks + TopicNames.height(names);
        page.svg(
                above + height + 34,
                "Predominant expression per interval of " + unit + (marks > 0 ? ", and marks of what the face did" : "")
                        + "; the same figures stand in the tables below");
        events.draw(page, from, to);
        page.add("<g transform=\"translate(0,%d)\">\n", above);
        List<String> rows = new ArrayList<>(Emotion.labels());
        rows.add("no clear expr.");
        rows.add("no face");
        for (int i = 0; i < rows.size(); i++) {
            page.add("<text x=\"4\" y=\"%d\">%s</text>", i * ROW + 14, rows.get(i));
            page.add(
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"#e1e5ea\"/>\n",
                    LEFT, WIDTH, (i + 1) * ROW, (i + 1) * ROW);
        }
        for (TimelineSegment run : TimelineSegment.of(timeline, seen)) {
            double left = x(run.fromNanos(), from, to);
            double width = Math.max(x(run.toNanos(), from, to) - left, 0.6);
            if (run.row() == TimelineSegment.NOTHING) {
                page.add(
                        "<rect x=\"%.2f\" y=\"1\" width=\"%.2f\" height=\"%d\" fill=\"#ffffff\""
                                + " fill-opacity=\"0.9\" stroke=\"#aab2bb\" stroke-dasharray=\"3 3\"/>\n",
                        left, width, height - 1);
            } else {
                page.add(
                        "<rect x=\"%.2f\" y=\"%d\" width=\"%.2f\" height=\"%d\" fill=\"%s\""
                                + " fill-opacity=\"%.2f\"%s/>\n",
                        left,
                        run.row() * ROW + 1,
                        width,
                        ROW - 1,
                        run.color(),
                        run.strength(),
                        width < LEAST_OUTLINED ? "" : " stroke=\"#6b7683\" stroke-width=\"0.6\"");
            }
        }
        page.timeAxis(from, to, height);
        markerLines(from, to, height, names);
        page.add("</g>\n").endSvg();
        page.add(
                "<p class=\"note\">The predominant expression of each %s; the stronger its mean score, the fuller the"
                        + " colour. White with a dashed border: nothing was recorded.%s%s</p>\n",
                timeline.intervalLength().toSeconds() == 1 ? "second" : "interval of " + unit,
                marks > 0 ? " Above it expressions from onset to offset, grey where speech explains them." : "",
                topics.isEmpty() ? "" : " Dotted lines are markers, with the numbers of the table below.");
    }

    private void markerLines(long from, long to, int height, List<TopicNames.Place> names) {
        summary.info().markers().stream()
                .filter(SessionMarker::isOwn)
                .map(SessionMarker::mediaNanos)
                .filter(nanos -> nanos >= from && nanos <= to)
                .forEach(nanos -> page.add(
                        "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"0\" y2=\"%d\" stroke=\"#aab2bb\" stroke-dasharray=\"2"
                                + " 3\"/>\n",
                        x(nanos, from, to), x(nanos, from, to), height));
        double last = -100;
        for (TopicNames.Place name : names) {
            page.add(
                    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#222b36\" stroke-dasharray=\"2"
                            + " 3\"/>",
                    name.x(), name.x(), name.top(), height);
            if (name.isShown()) {
                page.add("<text x=\"%.1f\" y=\"%d\">%s</text>", name.left(), name.baseline(), escaped(name.text()));
            }
            if (name.x() - last >= 16) {
                page.add(
                        "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" font-weight=\"bold\">%d</text>\n",
                        name.x(), height + 14, name.number());
                last = name.x();
            }
        }
    }

    /** What somebody marked has a number; where the session itself was held or its source had a gap has none. */
    private void markers() {
        if (summary.info().markers().isEmpty()) {
            return;
        }
        page.heading("Markers");
        page.header("#", "Time", "Text");
        List<SessionMarker> all = new ArrayList<>(summary.info().markers());
        all.sort(Comparator.comparingLong(SessionMarker::mediaNanos));
        int number = 1;
        for (SessionMarker marker : all) {
            page.row(
                    marker.isOwn() ? "" : Integer.toString(number++),
                    clock(marker.mediaNanos()),
                    escaped(marker.text()));
        }
        page.end();
    }

    private void shares() {
        ExpressionDurations times = summary.times();
        double[] percents = times.percents(1);
        page.heading("Shares");
        page.header("Expression", ">Time", ">Of the time with a face", "");
        for (Emotion emotion : Emotion.all()) {
            page.row(
                    swatch(Optional.of(emotion)) + emotion.label(),
                    ">" + clock(times.time(emotion)),
                    ">" + percent(percents[emotion.ordinal()] / 100),
                    bar(times.share(emotion), Optional.of(emotion)));
        }
        page.row(
                swatch(Optional.empty()) + EmotionReading.NO_CLEAR_EXPRESSION,
                ">" + clock(times.noClear()),
                ">" + percent(percents[EmotionScores.SIZE] / 100),
                bar(times.noClearShare(), Optional.empty()));
        page.row("no face", ">" + clock(times.noFace()), ">", "");
        page.row(
                "not recorded (" + counted(summary.gaps().count(), "gap") + ")",
                ">" + clock(summary.gaps().total()),
                ">",
                "");
        page.end();
    }

    /** What the smoothed scores are too slow for: without it a lively face would look flat. */
    private void briefMoments() {
        if (!Double.isNaN(summary.times().movement())) {
            page.add(
                    "<p>Readable for %s of %s with a face. The scores moved by %s (their standard deviation; 0: not at"
                            + " all, 0.7: between two certain answers).</p>\n",
                    clock(summary.times().readable()),
                    clock(summary.times().withFace()),
                    number(summary.times().movement(), 2));
        }
        List<BriefMoment> moments = summary.briefMoments();
        if (moments.isEmpty()) {
            return;
        }
        page.heading("Brief moments");
        page.header("Expression", ">At", ">For", ">Highest score");
        for (BriefMoment moment : moments.subList(0, Math.min(MOST_MOMENTS, moments.size()))) {
            page.row(
                    swatch(Optional.of(moment.emotion())) + moment.emotion().label(),
                    ">" + clock(moment.fromNanos()),
                    ">" + format("%.2f s", moment.length().toNanos() / 1e9),
                    ">" + percent(moment.peak()));
        }
        page.end();
        page.add(
                "<p class=\"note\">%s in the scores of single frames, too short for a label; they are in no share"
                        + " above.%s</p>\n",
                counted(moments.size(), "expression"),
                moments.size() > MOST_MOMENTS ? " The first " + MOST_MOMENTS + " are listed." : "");
    }

    private void transitions() {
        page.heading("Changes");
        Transitions transitions = summary.transitions();
        if (transitions.total() == 0) {
            page.add("<p>The label did not change.</p>\n");
            return;
        }
        List<Optional<Emotion>> labels = new ArrayList<>();
        Emotion.all().forEach(emotion -> labels.add(Optional.of(emotion)));
        labels.add(Optional.empty());
        long most = 1;
        List<String> columns = new ArrayList<>(List.of("From … to"));
        for (Optional<Emotion> from : labels) {
            columns.add(">" + (from.isPresent() ? word(from) : "no clear"));
            for (Optional<Emotion> to : labels) {
                most = Math.max(most, transitions.count(from, to));
            }
        }
        page.styledHeader("heat", columns.toArray(String[]::new));
        for (Optional<Emotion> from : labels) {
            page.add("<tr><th scope=\"row\">%s</th>", swatch(from) + word(from));
            for (Optional<Emotion> to : labels) {
                long count = transitions.count(from, to);
                page.add(
                        "<td class=\"n\" style=\"background:rgba(0,114,178,%.2f)\">%s</td>",
                        0.6 * count / most, from.equals(to) ? "" : count == 0 ? "·" : Long.toString(count));
            }
            page.add("</tr>\n");
        }
        page.end();
        page.add("<p class=\"note\">How often the label in a row was followed directly by the label in a column. A time"
                + " without a face, a gap and a cut are no changes.</p>\n");
    }

    private void stretches() {
        if (summary.stretches().isEmpty()) {
            return;
        }
        page.heading("Marked stretches compared");
        List<String> columns = new ArrayList<>(List.of("From the marker", ">At", ">Length", ">Readable", ">No face"));
        Emotion.labels().forEach(label -> columns.add(">" + label));
        columns.addAll(List.of(">no clear", ">Valence", ">Arousal"));
        page.styledHeader("wide", columns.toArray(String[]::new));
        for (SessionSummary.MarkedSegment stretch : summary.stretches()) {
            ExpressionDurations times = stretch.times();
            List<String> cells = new ArrayList<>(List.of(
                    escaped(stretch.marker().text()),
                    ">" + clock(stretch.marker().mediaNanos()),
                    ">" + clock(stretch.length()),
                    ">" + clock(times.readable()),
                    ">" + clock(times.noFace())));
            for (double percent : times.percents(1)) {
                cells.add(">" + percent(percent / 100));
            }
            cells.add(">" + number(times.affect().map(Affect::valence).orElse(Double.NaN), 2));
            cells.add(">" + number(times.affect().map(Affect::arousal).orElse(Double.NaN), 2));
            page.row(cells.toArray(String[]::new));
        }
        page.end();
    }

    private void affect() {
        Optional<Affect> mean = summary.times().affect();
        if (mean.isEmpty()) {
            return;
        }
        page.heading("Valence and arousal, derived from the scores");
        page.svg(154, "Valence and arousal over time, from -1 to 1");
        long length = timeline.intervalLength().toNanos();
        long from = seen.first() * length;
        long to = (seen.last() + 1) * length;
        for (int level = -1; level <= 1; level++) {
            int y = 64 - 54 * level;
            page.add(
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"%s\"/>",
                    LEFT, WIDTH, y, y, level == 0 ? "#6b7683" : "#e1e5ea");
            page.add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%d</text>\n", LEFT - 6, y + 4, level);
        }
        page.add("<text x=\"4\" y=\"14\">pleasant,</text><text x=\"4\" y=\"28\">excited</text><text x=\"4\""
                + " y=\"108\">unpleasant,</text><text x=\"4\" y=\"122\">calm</text>\n");
        curve(from, to, "#0072B2", "", true);
        curve(from, to, "#D55E00", " stroke-dasharray=\"5 3\"", false);
        page.timeAxis(from, to, 120);
        page.endSvg();
        page.add(
                "<p class=\"note\">Solid, blue: valence, mean %.2f. Dashed, orange: arousal, mean %.2f. No network"
                        + " measured them: they are the mean place of the expressions on Russell's circumplex, weighted"
                        + " with the scores and measured against the uniform answer; without a clear expression there is"
                        + " no point.</p>\n",
                mean.get().valence(), mean.get().arousal());
        plane(mean.get());
    }

    private void curve(long from, long to, String color, String dash, boolean valence) {
        StringBuilder points = new StringBuilder();
        boolean down = false;
        for (EmotionTimeline.Interval interval : timeline.intervals()) {
            if (interval.isGap() || interval.predominant().isEmpty()) {
                down = false;
                continue;
            }
            Affect affect = interval.meanScores().map(Affect::of).orElseThrow();
            double middle = (interval.startNanos() + interval.endNanos()) / 2.0;
            points.append(format(
                    "%s%.1f %.1f",
                    down ? "L" : "M", x(middle, from, to), 64 - 54 * (valence ? affect.valence() : affect.arousal())));
            if (!down) {
                points.append("l0.01 0");
            }
            down = true;
        }
        page.add(
                "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\" stroke-linecap=\"round\"%s/>\n",
                points, color, dash);
    }

    /** The way through the plane of valence and arousal, from light to dark. */
    private void plane(Affect mean) {
        List<Affect> way = way();
        page.add("<figure style=\"margin:.5rem 0;max-width:34rem\">\n<svg viewBox=\"0 0 560 400\" role=\"img\""
                + " aria-label=\"The way through the plane of valence and arousal\">\n");
        page.add("<line x1=\"20\" x2=\"540\" y1=\"200\" y2=\"200\" stroke=\"#aab2bb\"/><line x1=\"280\" x2=\"280\""
                + " y1=\"16\" y2=\"384\" stroke=\"#aab2bb\"/><text x=\"536\" y=\"194\""
                + " text-anchor=\"end\">pleasant</text><text x=\"24\" y=\"194\">unpleasant</text><text x=\"286\""
                + " y=\"26\">excited</text><text x=\"286\" y=\"382\">calm</text>\n");
        for (Emotion emotion : Emotion.all()) {
            Affect place = Affect.of(emotion);
            page.add(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" fill=\"%s\" stroke=\"#6b7683\"/><text x=\"%.1f\""
                            + " y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
                    planeX(place),
                    planeY(place),
                    color(Optional.of(emotion)),
                    planeX(place) + (emotion == Emotion.FEAR ? -8 : 8),
                    planeY(place) + (emotion == Emotion.NEUTRAL ? 16 : 4),
                    emotion == Emotion.FEAR ? "end" : "start",
                    emotion.label());
        }
        for (int i = 1; i < way.size(); i++) {
            page.add(
                    "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#222b36\" stroke-opacity=\"%.2f\""
                            + " stroke-width=\"1.4\" stroke-linecap=\"round\"/>\n",
                    planeX(way.get(i - 1)),
                    planeY(way.get(i - 1)),
                    planeX(way.get(i)),
                    planeY(way.get(i)),
                    0.12 + 0.68 * i / way.size());
        }
        page.add(
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"7\" fill=\"none\" stroke=\"#222b36\" stroke-width=\"2.5\"/>\n"
                        + "</svg>\n",
                planeX(mean), planeY(mean));
        page.add(
                "<figcaption class=\"note\">The way through that plane, light at the beginning and dark at the end; the"
                        + " ring is the mean of the session.</figcaption>\n</figure>\n");
    }

    private static double planeX(Affect affect) {
        return 280 + 255 * affect.valence();
    }

    private static double planeY(Affect affect) {
        return 200 - 200 * affect.arousal();
    }

    /** At most so many points, each the mean of as many intervals. */
    private List<Affect> way() {
        List<Affect> all = timeline.intervals().stream()
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

    private void patterns() {
        page.heading("Patterns that recur");
        if (clusters.isEmpty()) {
            page.add("<p>There are too few different readings to look for patterns.</p>\n");
            return;
        }
        EmotionClusters found = clusters.get();
        PrincipalComponents plane = found.components();
        int step = Math.max(1, readings.size() / MOST_DOTS);
        double right = 0.05;
        double up = 0.02;
        for (int i = 0; i < readings.size(); i += step) {
            right = Math.max(right, Math.abs(plane.project(readings.get(i), 0)));
            up = Math.max(up, Math.abs(plane.project(readings.get(i), 1)));
        }
        // one scale for both: a component that explains less is drawn as narrow as it is
        double scale = Math.min(480 / right, 195 / up);
        page.svg(
                440,
                "Readings in the plane of the first two principal components, coloured by cluster; the clusters stand"
                        + " in the table below");
        for (int i = 0; i < readings.size(); i += step) {
            page.add(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.2\" fill=\"%s\" fill-opacity=\"0.45\"/>",
                    500 + scale * plane.project(readings.get(i), 0),
                    210 - scale * plane.project(readings.get(i), 1),
                    clusterColor(found.clusterOf(i)));
        }
        for (int i = 0; i < found.clusters().size(); i++) {
            EmotionScores center = found.clusters().get(i).center();
            double x = 500 + scale * plane.project(center, 0);
            double y = 210 - scale * plane.project(center, 1);
            page.add(
                    "\n"
                            + "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"10\" fill=\"%s\" stroke=\"#222b36\""
                            + " stroke-width=\"2\"/><text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\""
                            + " style=\"fill:#fff;font-weight:bold\">%d</text>",
                    x, y, clusterColor(i), x, y + 4, i + 1);
        }
        page.add(
                "<text x=\"990\" y=\"432\" text-anchor=\"end\">%s</text><text x=\"8\" y=\"16\">%s</text>",
                component("to the right", plane, 0), component("upwards", plane, 1));
        page.endSvg();
        page.header("#", "What its centre means", ">Readings", ">Share");
        for (int i = 0; i < found.clusters().size(); i++) {
            EmotionClusters.Cluster cluster = found.clusters().get(i);
            page.row(
                    "<span class=\"swatch\" style=\"background:" + clusterColor(i) + "\"></span>" + (i + 1),
                    cluster.describe(),
                    ">" + cluster.size(),
                    ">" + percent((double) cluster.size() / readings.size()));
        }
        page.end();
        page.add(
                "<p class=\"note\">k-means++ over the seven scores; the number of clusters is the one with the best"
                        + " mean silhouette, %.2f (1: well apart, 0: no groups). The picture is the plane of the first two"
                        + " principal components.</p>\n",
                found.silhouette());
    }

    private static String component(String direction, PrincipalComponents plane, int which) {
        return direction + ": " + plane.describe(which) + " (" + percent(plane.share(which)) + " of the variance)";
    }

    private void quality() {
        SessionSummary.Quality quality = summary.quality();
        page.heading("Quality of the data");
        page.beginFacts();
        page.fact(
                "Frames",
                summary.counters().frames()
                        + (summary.isPictures() ? "" : ", " + number(quality.framesPerSecond(), 1) + " per second"));
        page.fact("Frames without a face", Long.toString(summary.counters().framesWithoutFace()));
        page.fact(
                "Frames with several faces",
                quality.framesWithSeveralFaces() + " (at most " + quality.mostFaces() + "; "
                        + (summary.info().subject().isPresent()
                                ? "one face counts, wherever it is"
                                : "the largest face counts")
                        + ")");
        page.fact("Ids of faces", Integer.toString(quality.faceIds()));
        page.fact("Mean confidence of the detector", number(quality.meanDetection(), 2));
        page.fact("Mean confidence of the label", number(quality.meanConfidence(), 2));
        page.fact("Mean width of the face", number(quality.meanFaceWidth(), 0) + " pixels");
        quality.pictures().ifPresent(this::pictureQuality);
        if (!summary.isPictures()) {
            page.fact(
                    "Cuts, times that go back, times that repeat",
                    quality.cuts() + ", " + quality.timesBackwards() + ", " + quality.timesRepeated());
        }
        page.fact("Rows that could not be used", Long.toString(quality.unusableRows()));
        page.end();
        if (!quality.problems().isEmpty()) {
            page.add("<ul>\n");
            for (SessionProblem problem : quality.problems()
                    .subList(0, Math.min(10, quality.problems().size()))) {
                page.add("<li>").add(escaped(problem.toString())).add("</li>\n");
            }
            page.add("</ul>\n");
        }
    }

    private void pictureQuality(SessionSummary.PictureQuality pictures) {
        page.fact("Quality of the face's picture, 0 to 1", number(pictures.meanOverall(), 2) + " on average");
        page.fact(
                "Readings of a poor picture",
                percent(pictures.issueShare()) + (pictures.issues().isEmpty() ? "" : ": " + pictures.describe()));
    }

    private static String clusterColor(int cluster) {
        return CLUSTER_COLORS.get(cluster % CLUSTER_COLORS.size());
    }
}
