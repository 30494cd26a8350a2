package org.emotion4j.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.emotion4j.analysis.BaselineCorrection;
import org.emotion4j.analysis.EmotionClusters;
import org.emotion4j.analysis.EmotionTimeline;
import org.emotion4j.analysis.SessionEvents;
import org.emotion4j.analysis.SessionRest;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.analysis.SharedSmiles;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.event.FacialRest;
import org.emotion4j.file.internal.PrivateFiles;
import org.emotion4j.recording.RecordedFrame;
import org.emotion4j.recording.SessionCipher;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.report.internal.FrameSample;
import org.emotion4j.report.internal.SeenPicture;
import org.emotion4j.report.internal.SessionFigures;
import org.emotion4j.report.internal.SessionPage;
import org.emotion4j.words.Words;

/**
 * A session on one page: HTML with everything in it, no scripts, nothing loaded from elsewhere; for the screen, for
 * print, and for a screen reader, which finds every figure of a picture in a table too. Immutable.
 *
 * <p>Where a frame has several faces, the largest one counts, as in {@link SessionSummary}. The same session gives the
 * same page.
 */
public final class SessionReport {
    private static final int MOST_INTERVALS = 720;
    private static final List<Integer> STEPS = List.of(1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600);

    private final SessionFigures figures;
    private final Locale language;

    private SessionReport(SessionFigures figures, Locale language) {
        this.figures = figures;
        this.language = language;
    }

    /**
     * Reads a session and works its figures out. Where a rest is marked ({@link SessionRest}) it is taken out, and where it is one of
     * two people's the page has what they share ({@link SharedSmiles}).
     *
     * @param session the session's folder, or a CSV with a session's columns
     * @return the report
     * @throws IOException if it cannot be read
     */
    public static SessionReport of(Path session) throws IOException {
        return of(session, Optional.empty());
    }

    private static SessionReport of(Path session, Optional<SessionCipher> cipher) throws IOException {
        SessionReport report;
        try (SessionReader reader = SessionReader.open(session, cipher)) {
            Optional<SessionRest> rest = SessionRest.of(reader);
            report = rest.isPresent() ? of(reader, rest.get()) : of(reader);
        }
        return SharedSmiles.of(session, cipher).map(report::withSharedSmiles).orElse(report);
    }

    /**
     * Like {@link #of(Path)}, for an encrypted session. The page is not encrypted.
     *
     * @param session the session's folder
     * @param cipher with the key that it was recorded with
     * @return the report
     * @throws IOException if it cannot be read
     */
    public static SessionReport of(Path session, SessionCipher cipher) throws IOException {
        return of(session, Optional.of(cipher));
    }

    /**
     * Reads a session to its end and works its figures out as they are in the record: no rest is taken out.
     *
     * @param reader a reader before its first frame; left open
     * @return the report
     * @throws IOException if it cannot be read
     */
    public static SessionReport of(SessionReader reader) throws IOException {
        return of(reader, UnaryOperator.identity(), SessionEvents.collector(reader), Optional.empty());
    }

    /**
     * Reads a session to its end and works its figures out after a person's baseline was taken out. Events are those of the
     * record, or measured against what the face does at rest as it is learned on the way.
     *
     * @param reader a reader before its first frame; left open
     * @param baseline a correction for this session
     * @param note what was taken out, for the reader of the page
     * @return the report
     * @throws IOException if it cannot be read
     */
    public static SessionReport of(SessionReader reader, BaselineCorrection baseline, String note) throws IOException {
        return of(reader, baseline, SessionEvents.collector(reader), Optional.of(words -> note));
    }

    /**
     * Reads a session to its end and works its figures out after the rest that is marked in it was taken out of scores and events.
     *
     * @param reader a reader before its first frame; left open
     * @param rest what {@link SessionRest#of} found in this session
     * @return the report
     * @throws IOException if it cannot be read
     */
    public static SessionReport of(SessionReader reader, SessionRest rest) throws IOException {
        return of(
                reader,
                rest.correction(),
                SessionEvents.relativeTo(rest.facial()),
                Optional.of(words -> words.say(
                        "baseline.rest",
                        words.clock(rest.stretch().fromNanos()),
                        words.clock(rest.stretch().toNanos()))));
    }

    /**
     * Like {@link #of(SessionReader, BaselineCorrection, String)}, with events measured against a known rest too.
     *
     * @param reader a reader before its first frame; left open
     * @param baseline a correction for this session
     * @param rest what the person shows at rest, of {@link SessionEvents#restOf} for example
     * @param note what was taken out, for the reader of the page
     * @return the report
     * @throws IOException if it cannot be read
     */
    public static SessionReport of(SessionReader reader, BaselineCorrection baseline, FacialRest rest, String note)
            throws IOException {
        return of(reader, baseline, SessionEvents.relativeTo(rest), Optional.of(words -> note));
    }

    private static SessionReport of(
            SessionReader reader,
            UnaryOperator<RecordedFrame> change,
            SessionEvents.Collector events,
            Optional<Function<Words, String>> baseline)
            throws IOException {
        List<FrameSample> frames = new ArrayList<>();
        List<SeenPicture> pictures = new ArrayList<>();
        SessionSummary summary = SessionSummary.of(reader, change, frame -> {
            events.accept(frame);
            frames.add(FrameSample.of(frame));
            if (pictures.size() < SeenPicture.MOST) {
                pictures.add(SeenPicture.of(frame));
            }
        });
        Duration length = interval(summary);
        EmotionTimeline.Builder timeline = EmotionTimeline.builder().interval(length);
        TreeSet<Long> seen = new TreeSet<>();
        List<EmotionScores> readings = new ArrayList<>();
        for (FrameSample frame : frames) {
            seen.add(Math.floorDiv(frame.mediaNanos(), length.toNanos()));
            frame.scores().ifPresent(scores -> {
                timeline.add(frame.mediaNanos(), frame.label(), scores);
                readings.add(scores);
            });
        }
        return new SessionReport(
                new SessionFigures(
                        summary,
                        timeline.build(),
                        seen,
                        readings,
                        summary.isPictures() ? pictures : List.of(),
                        summary.isPictures() ? Optional.empty() : clusters(readings),
                        reader.notes(),
                        baseline,
                        events.events(),
                        Optional.empty()),
                Locale.ENGLISH);
    }

    /**
     * Returns the same report in a language: its texts, and its numbers and dates as they are written there. The default is
     * English.
     *
     * @param language English, Spanish, or one whose texts were added; with a country, its way to write numbers
     * @return a report in that language
     * @throws IllegalArgumentException if there are no texts in this language
     */
    public SessionReport withLanguage(Locale language) {
        return new SessionReport(figures, Words.of(language).locale());
    }

    /**
     * Returns the same report with what the session of two has in common.
     *
     * @param smiles the figures of this record and the other person's
     * @return a report that tells of them
     */
    public SessionReport withSharedSmiles(SharedSmiles smiles) {
        return new SessionReport(figures.with(smiles), language);
    }

    /**
     * Tells whether pages can be in a language.
     *
     * @param language for example Spanish
     * @return whether {@link #withLanguage} takes it
     */
    public static boolean hasTextsIn(Locale language) {
        return Words.has(language);
    }

    /**
     * Returns what the face did.
     *
     * @return the events that the page shows
     */
    public SessionEvents events() {
        return figures.events();
    }

    /**
     * Returns the figures.
     *
     * @return the summary that the page is made of
     */
    public SessionSummary summary() {
        return figures.summary();
    }

    /**
     * Returns the page.
     *
     * @return HTML
     */
    public String toHtml() {
        return new SessionPage(figures, language).html();
    }

    /**
     * Writes the page, replacing a file of that name; a new file can be read by its owner alone.
     *
     * @param file where to
     * @throws IOException if it cannot be written
     */
    public void writeHtml(Path file) throws IOException {
        PrivateFiles.replace(file, toHtml().getBytes(StandardCharsets.UTF_8));
    }

    /** A face that never changed has no patterns to look for. */
    private static Optional<EmotionClusters> clusters(List<EmotionScores> readings) {
        return readings.stream().distinct().limit(EmotionScores.SIZE).count() < EmotionScores.SIZE
                ? Optional.empty()
                : Optional.of(EmotionClusters.builder().cluster(readings));
    }

    /** The shortest step that makes a picture of no more than so many intervals. */
    private static Duration interval(SessionSummary summary) {
        double seconds = (summary.lastNanos() - summary.firstNanos()) / 1e9;
        for (int step : STEPS) {
            if (seconds / step < MOST_INTERVALS) {
                return Duration.ofSeconds(step);
            }
        }
        return Duration.ofDays(1);
    }
}
