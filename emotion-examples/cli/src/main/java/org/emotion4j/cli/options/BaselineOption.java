package org.emotion4j.cli.options;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.emotion4j.analysis.BaselineCorrection;
import org.emotion4j.analysis.RestStretch;
import org.emotion4j.analysis.SessionRest;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.SubjectBaseline;
import org.emotion4j.event.FacialRest;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.recording.RecordedFrame;
import org.emotion4j.recording.SessionMarker;
import org.emotion4j.recording.SessionReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes the person's own rest out of what was recorded. */
@Command
public final class BaselineOption {
    private static final String RUNNING = "running";
    private static final String NONE = "none";
    private static final Pattern STRETCH = Pattern.compile("(\\d{1,7}(?:\\.\\d{1,3})?)-(\\d{1,7}(?:\\.\\d{1,3})?)");

    @Option(
            names = "--baseline",
            paramLabel = "MARKER|FROM-TO|running|none",
            description =
                    "Take out what the person's face shows at rest: in the stretch that a marker of this text begins,"
                            + " from one second to another (2.5-12), or learned on the way. For sessions of one person."
                            + " Default of summary and report: the last stretch of 5 s to 2 min that is marked \"rest\" or"
                            + " \"reposo\"; none leaves that in.")
    private Optional<String> baseline = Optional.empty();

    public boolean isGiven() {
        return baseline.filter(text -> !text.equals(NONE)).isPresent();
    }

    /** The rest that is marked in a session, where nobody asked for another one or for none. */
    public Optional<SessionRest> marked(SessionReader opened) throws IOException {
        return baseline.isPresent() ? Optional.empty() : SessionRest.of(opened);
    }

    /** What was taken out, for people. */
    public Optional<String> describe() {
        return describe(Locale.ENGLISH);
    }

    /** What was taken out, for people, in a language; in English where there are no texts in it. */
    public Optional<String> describe(Locale language) {
        ResourceBundle texts = ResourceBundle.getBundle(
                BaselineOption.class.getPackageName() + ".baseline",
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_DEFAULT));
        return baseline.filter(text -> isGiven())
                .map(text -> MessageFormat.format(
                        texts.getString(
                                text.equals(RUNNING)
                                        ? "running"
                                        : STRETCH.matcher(text).matches() ? "seconds" : "marker"),
                        text));
    }

    /** A correction for one session; the frames as they are where none was asked for. */
    public UnaryOperator<RecordedFrame> of(Path session, SessionReader opened) throws IOException {
        return isGiven() ? correction(session, opened) : UnaryOperator.identity();
    }

    /** A correction for one session, where one was asked for. */
    public BaselineCorrection correction(Path session, SessionReader opened) throws IOException {
        if (isRunning()) {
            return BaselineCorrection.of(SubjectBaseline.running());
        }
        Optional<SubjectBaseline> marked;
        try (SessionReader reader = opened.again()) {
            marked = SessionSummary.of(reader).baselineOf(baseline.orElseThrow());
        }
        if (marked.isPresent()) {
            return BaselineCorrection.of(marked.get());
        }
        List<EmotionScores> scores = new ArrayList<>();
        forEachAtRest(session, opened, reading -> scores.add(reading.scores()));
        return BaselineCorrection.of(SubjectBaseline.of(scores));
    }

    /**
     * What events are measured against; empty where that is learned on the way, as it is where nothing was asked for, and where
     * the face is in too few frames of the stretch.
     */
    public Optional<FacialRest> rest(Path session, SessionReader opened) throws IOException {
        if (!isGiven() || isRunning()) {
            return Optional.empty();
        }
        FacialRest.Collector rest = FacialRest.collector();
        forEachAtRest(session, opened, reading -> rest.add(reading.raw(), reading.movements()));
        return rest.readings() < FacialRest.LEAST_READINGS ? Optional.empty() : Optional.of(rest.rest());
    }

    /** Whether a stretch of rest was asked for. */
    public boolean isStretch() {
        return isGiven() && !isRunning();
    }

    private boolean isRunning() {
        return baseline.orElse("").equals(RUNNING);
    }

    private void forEachAtRest(Path session, SessionReader opened, Consumer<EmotionReading> action) throws IOException {
        String text = baseline.orElseThrow();
        AtomicLong readings = new AtomicLong();
        try (SessionReader reader = opened.again()) {
            List<RestStretch> stretches = stretches(text, reader.markers());
            reader.forEachRemaining(frame -> frame.subject()
                    .filter(reading -> stretches.stream().anyMatch(stretch -> stretch.covers(frame.mediaNanos())))
                    .ifPresent(reading -> {
                        readings.incrementAndGet();
                        action.accept(reading);
                    }));
            if (readings.get() == 0) {
                throw new IllegalArgumentException(session + ": no face was read in "
                        + (stretches.isEmpty() || !STRETCH.matcher(text).matches()
                                ? "a stretch marked "
                                : "the seconds ")
                        + "\""
                        + text + "\"; its markers are "
                        + reader.markers().stream()
                                .map(marker -> "\"" + marker.text() + "\"")
                                .collect(Collectors.joining(", ", "[", "]")));
            }
        }
    }

    /** Of the markers that have this text; of two times in seconds where none has. */
    private static List<RestStretch> stretches(String text, List<SessionMarker> all) {
        List<SessionMarker> markers = all.stream()
                .filter(marker -> !marker.isOwn())
                .sorted(Comparator.comparingLong(SessionMarker::mediaNanos))
                .toList();
        List<RestStretch> found = new ArrayList<>();
        for (int i = 0; i < markers.size(); i++) {
            if (markers.get(i).text().equals(text)) {
                long until = i + 1 < markers.size() ? markers.get(i + 1).mediaNanos() : Long.MAX_VALUE;
                found.add(new RestStretch(markers.get(i).mediaNanos(), until));
            }
        }
        Matcher times = STRETCH.matcher(text);
        if (!found.isEmpty() || !times.matches()) {
            return found;
        }
        long from = nanos(times.group(1));
        long to = nanos(times.group(2));
        if (from >= to) {
            throw new IllegalArgumentException(
                    "the baseline is " + text + ", expected two seconds of which the second is later");
        }
        return List.of(new RestStretch(from, to));
    }

    private static long nanos(String seconds) {
        return new BigDecimal(seconds).movePointRight(9).longValueExact();
    }
}
