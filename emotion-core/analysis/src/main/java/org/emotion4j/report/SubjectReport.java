package org.emotion4j.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.emotion4j.analysis.EmotionTimeline;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.analysis.SubjectHistory;
import org.emotion4j.file.internal.PrivateFiles;
import org.emotion4j.recording.RecordedFrame;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.report.internal.FrameSample;
import org.emotion4j.report.internal.SubjectPage;
import org.emotion4j.report.internal.TimelineSegment;
import org.emotion4j.words.Words;

/**
 * Several sessions of one person on one page: how the figures went from session to session, each session at a glance, and
 * marked stretches of the same name side by side. Like {@link SessionReport} a self-contained page of HTML for the screen,
 * for print and for a screen reader. Immutable.
 */
public final class SubjectReport {
    private final SubjectHistory history;
    private final Map<SessionSummary, List<TimelineSegment>> strips;

    private final Locale language;

    private SubjectReport(SubjectHistory history, Map<SessionSummary, List<TimelineSegment>> strips, Locale language) {
        this.history = history;
        this.strips = strips;
        this.language = language;
    }

    /**
     * Starts an empty report.
     *
     * @return a builder that takes sessions in any order
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the figures.
     *
     * @return the sessions in the order of time
     */
    public SubjectHistory history() {
        return history;
    }

    /**
     * Returns the same report in a language; the default is English.
     *
     * @param language as in {@link SessionReport#withLanguage}
     * @return a report in that language
     * @throws IllegalArgumentException if there are no texts in this language
     */
    public SubjectReport withLanguage(Locale language) {
        return new SubjectReport(history, strips, Words.of(language).locale());
    }

    /**
     * Returns the page.
     *
     * @return HTML
     */
    public String toHtml() {
        return new SubjectPage(history, strips, language).html();
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

    /** Takes sessions. Confined to one thread. */
    public static final class Builder {
        /** Of each session's strip; a page may have many. */
        private static final int INTERVALS = 200;

        private final List<SessionSummary> sessions = new ArrayList<>();
        private final Map<SessionSummary, List<TimelineSegment>> strips = new IdentityHashMap<>();

        private Builder() {}

        /**
         * Reads a session to its end; only its figures are kept.
         *
         * @param session a reader before its first frame; left open
         * @return this builder
         * @throws IOException if it cannot be read
         */
        public Builder add(SessionReader session) throws IOException {
            return add(session, UnaryOperator.identity());
        }

        /**
         * Reads a session to its end after each frame was changed.
         *
         * @param session a reader before its first frame; left open
         * @param change a baseline's correction for this session, for example
         * @return this builder
         * @throws IOException if it cannot be read
         */
        public Builder add(SessionReader session, UnaryOperator<RecordedFrame> change) throws IOException {
            List<FrameSample> frames = new ArrayList<>();
            SessionSummary summary = SessionSummary.of(session, change, frame -> frames.add(FrameSample.of(frame)));
            long nanos = Math.max(
                    1_000_000_000L, (summary.lastNanos() - summary.firstNanos()) / INTERVALS / 1_000_000 * 1_000_000);
            EmotionTimeline.Builder timeline = EmotionTimeline.builder()
                    .interval(
                            Duration.ofNanos(Math.min(nanos, Duration.ofDays(1).toNanos())));
            TreeSet<Long> seen = new TreeSet<>();
            for (FrameSample frame : frames) {
                seen.add(Math.floorDiv(frame.mediaNanos(), nanos));
                frame.scores().ifPresent(scores -> timeline.add(frame.mediaNanos(), frame.label(), scores));
            }
            sessions.add(summary);
            strips.put(summary, TimelineSegment.of(timeline.build(), seen));
            return this;
        }

        /**
         * Puts the sessions in order.
         *
         * @return the report
         * @throws IllegalArgumentException as {@link SubjectHistory#of}
         */
        public SubjectReport build() {
            return new SubjectReport(SubjectHistory.of(sessions), new IdentityHashMap<>(strips), Locale.ENGLISH);
        }
    }
}
