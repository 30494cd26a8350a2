package org.emotion4j.analysis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.SubjectBaseline;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.recording.RecordedFrame;
import org.emotion4j.recording.SessionCounters;
import org.emotion4j.recording.SessionInfo;
import org.emotion4j.recording.SessionMarker;
import org.emotion4j.recording.SessionProblem;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.words.Words;
import org.jspecify.annotations.Nullable;

/**
 * What a session amounts to: for how long the face showed what, how often it changed, how good the data is. Immutable.
 *
 * <p>All figures are those of the face that the session is about ({@link RecordedFrame#subject()}), and a time without
 * that face is one without a face; of others is told in {@link Quality} how many were in sight. In records from before that
 * was decided the largest face of each frame counts. A frame stands
 * for the time until the next one; where that is longer than {@link #LONGEST_FRAME}, or does not go forward, nothing was
 * seen in between, and the frame counts as long as the frames do on average. So does the last one. Only of a session whose
 * frames are all further apart, a picture every ten seconds for example, it takes more than two and a half times their
 * median distance.
 *
 * @param info what {@code session.json} says
 * @param counters how many frames and readings were read
 * @param firstNanos media time of the first frame, in nanoseconds; 0 without frames
 * @param lastNanos media time of the latest frame, in nanoseconds; 0 without frames
 * @param times for how long the face showed what, over the whole session
 * @param frames in how many frames the face showed what
 * @param gaps how much time nothing was recorded in
 * @param transitions how often the label changed from one to another; see {@link Transitions}
 * @param stretches the same times for each marked stretch; empty where nothing was marked
 * @param quality how good the data is
 * @param briefMoments expressions in the raw scores that were too short for a label, in the order of time; the first 1,000
 * @param spells whiles of five seconds and more without a face, or with a poor picture of it, in the order of time; the first
 *     1,000
 */
public record SessionSummary(
        SessionInfo info,
        SessionCounters counters,
        long firstNanos,
        long lastNanos,
        ExpressionDurations times,
        ExpressionCounts frames,
        Gaps gaps,
        Transitions transitions,
        List<MarkedSegment> stretches,
        Quality quality,
        List<BriefMoment> briefMoments,
        List<Spell> spells) {
    /** Frames further apart than this have a gap between them. */
    public static final Duration LONGEST_FRAME = Duration.ofSeconds(1);

    /**
     * Copies the list.
     *
     * @param info as {@link #info()}
     * @param counters as {@link #counters()}
     * @param firstNanos as {@link #firstNanos()}
     * @param lastNanos as {@link #lastNanos()}
     * @param times as {@link #times()}
     * @param frames as {@link #frames()}
     * @param gaps as {@link #gaps()}
     * @param transitions as {@link #transitions()}
     * @param stretches as {@link #stretches()}
     * @param quality as {@link #quality()}
     * @param briefMoments as {@link #briefMoments()}
     * @param spells as {@link #spells()}
     */
    public SessionSummary {
        stretches = List.copyOf(stretches);
        briefMoments = List.copyOf(briefMoments);
        spells = List.copyOf(spells);
    }

    /**
     * Times in which nothing was recorded.
     *
     * @param count how many there were
     * @param total how long they were together
     */
    public record Gaps(int count, Duration total) {}

    /**
     * A marked stretch: from one marker to the next, or to the end; markers that were set afterwards
     * ({@link SessionReader#markers()}) count as those of the session. Markers that a session sets by itself, at a pause say, begin
     * none: what follows them belongs to the stretch that was going on. Until its first frame it has what the frame
     * before it shows.
     *
     * @param marker what begins it
     * @param untilNanos where it ends, in nanoseconds of media time
     * @param times for how long the face showed what
     */
    public record MarkedSegment(SessionMarker marker, long untilNanos, ExpressionDurations times) {
        /**
         * Returns the length, pauses included.
         *
         * @return 0 or more
         */
        public Duration length() {
            return Duration.ofNanos(Math.max(0, untilNanos - marker.mediaNanos()));
        }
    }

    /**
     * How good the data is.
     *
     * @param framesPerSecond frames per second of recorded time; 0 where that cannot be told
     * @param meanDetection mean confidence of the detector, 0 to 1; {@code NaN} without faces
     * @param meanConfidence mean confidence of the label, 0 to 1; {@code NaN} without faces
     * @param meanFaceWidth mean width of the face in pixels; {@code NaN} without faces
     * @param faceIds how many ids of recorded faces there are; a face that was lost and found again may have two
     * @param mostFaces the most faces in one frame
     * @param framesWithSeveralFaces frames with more than one face
     * @param cuts frames that do not follow from the one before, the first one not counted
     * @param timesBackwards how often time went back without a cut
     * @param timesRepeated how often two frames had the same time
     * @param missedFrames frames that the session had, by their numbers, and that were not analyzed though there was no gap:
     *     there was no time for them, or they could not be read
     * @param unusableRows how many rows could not be used
     * @param problemCount how many problems the record has: these rows, and what is wrong with it as a whole
     * @param problems which, of rows the first ones
     * @param pictures how good the pictures of the face are, where that was judged
     */
    public record Quality(
            double framesPerSecond,
            double meanDetection,
            double meanConfidence,
            double meanFaceWidth,
            int faceIds,
            int mostFaces,
            long framesWithSeveralFaces,
            long cuts,
            long timesBackwards,
            long timesRepeated,
            long missedFrames,
            long unusableRows,
            long problemCount,
            List<SessionProblem> problems,
            Optional<PictureQuality> pictures) {
        /**
         * Copies the list.
         *
         * @param framesPerSecond as {@link #framesPerSecond()}
         * @param meanDetection as {@link #meanDetection()}
         * @param meanConfidence as {@link #meanConfidence()}
         * @param meanFaceWidth as {@link #meanFaceWidth()}
         * @param faceIds as {@link #faceIds()}
         * @param mostFaces as {@link #mostFaces()}
         * @param framesWithSeveralFaces as {@link #framesWithSeveralFaces()}
         * @param cuts as {@link #cuts()}
         * @param timesBackwards as {@link #timesBackwards()}
         * @param timesRepeated as {@link #timesRepeated()}
         * @param missedFrames as {@link #missedFrames()}
         * @param unusableRows as {@link #unusableRows()}
         * @param problemCount as {@link #problemCount()}
         * @param problems as {@link #problems()}
         * @param pictures as {@link #pictures()}
         */
        public Quality {
            problems = List.copyOf(problems);
        }
    }

    /**
     * How good the pictures of the face are; see {@link FaceQuality}.
     *
     * @param readings how many were judged, above 0
     * @param meanOverall their mean quality, 0 to 1
     * @param withIssues how many have something wrong
     * @param issues how many have what; only what occurs
     */
    public record PictureQuality(
            long readings, double meanOverall, long withIssues, Map<FaceQuality.Issue, Long> issues) {
        /**
         * Copies the map, in the order in which issues are declared.
         *
         * @param readings as {@link #readings()}
         * @param meanOverall as {@link #meanOverall()}
         * @param withIssues as {@link #withIssues()}
         * @param issues as {@link #issues()}
         */
        public PictureQuality {
            issues = Collections.unmodifiableMap(new EnumMap<>(issues));
        }

        /**
         * Returns the share of the judged readings with something wrong.
         *
         * @return 0 to 1
         */
        public double issueShare() {
            return (double) withIssues / readings;
        }

        /**
         * Says what is wrong, the most frequent first.
         *
         * @return for example {@code "blurred (25 %), too dark (3 %)"}; the empty string where nothing is
         */
        public String describe() {
            return issues.keySet().stream()
                    .sorted(Comparator.comparingDouble((FaceQuality.Issue issue) -> -share(issue)))
                    .map(issue -> String.format(Locale.ROOT, "%s (%.0f %%)", word(issue), 100 * share(issue)))
                    .collect(Collectors.joining(", "));
        }

        /**
         * Says what is wrong with one picture of the face.
         *
         * @param reading what was read in it
         * @return for example {@code "blurred, too dark"} or {@code "no issue"}; the empty string where it was not judged
         */
        public static String describe(EmotionReading reading) {
            return reading.quality()
                    .map(quality -> quality.issues().isEmpty()
                            ? "no issue"
                            : quality.issues().stream()
                                    .sorted()
                                    .map(PictureQuality::word)
                                    .collect(Collectors.joining(", ")))
                    .orElse("");
        }

        private static String word(FaceQuality.Issue issue) {
            return issue.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /**
         * Returns in how many of the judged readings the detector was not sure that there is a face at all. They count as
         * all others do.
         *
         * @return 0 or more
         */
        public long doubtfulFaces() {
            return issues.getOrDefault(FaceQuality.Issue.LOW_DETECTION_CONFIDENCE, 0L);
        }

        /**
         * Returns the share of the judged readings with one issue.
         *
         * @param issue the issue
         * @return 0 to 1
         */
        public double share(FaceQuality.Issue issue) {
            return (double) issues.getOrDefault(issue, 0L) / readings;
        }
    }

    /**
     * Reads a session to its end and sums it up.
     *
     * @param reader a reader before its first frame; left open
     * @return the summary
     * @throws IOException if it cannot be read
     */
    public static SessionSummary of(SessionReader reader) throws IOException {
        return of(reader, frame -> {});
    }

    /**
     * Reads a session to its end and sums it up, for those who want to see the frames as well: a session is read once.
     *
     * @param reader a reader before its first frame; left open
     * @param frames given each frame, in the order of the record, on this thread
     * @return the summary
     * @throws IOException if it cannot be read
     */
    public static SessionSummary of(SessionReader reader, Consumer<? super RecordedFrame> frames) throws IOException {
        return of(reader, UnaryOperator.identity(), frames);
    }

    /**
     * Reads a session to its end and sums it up after each frame was changed, by a {@link BaselineCorrection} for example.
     *
     * @param reader a reader before its first frame; left open
     * @param change given each frame, in the order of the record; what it returns counts
     * @param frames given each changed frame, on this thread
     * @return the summary
     * @throws IOException if it cannot be read
     */
    public static SessionSummary of(
            SessionReader reader, UnaryOperator<RecordedFrame> change, Consumer<? super RecordedFrame> frames)
            throws IOException {
        Builder builder = new Builder(reader.info(), reader.markers());
        reader.forEachRemaining(frame -> {
            RecordedFrame changed = change.apply(frame);
            builder.add(changed);
            frames.accept(changed);
        });
        return builder.build(reader);
    }

    /** Takes frames in the order of the record. Confined to one thread. */
    static final class Builder {
        private final SessionInfo info;
        private final long longestFrame;
        private final List<SessionMarker> markers;
        private final ExpressionDurations.Tally whole = new ExpressionDurations.Tally();
        private final List<ExpressionDurations.Tally> parts = new ArrayList<>();
        private final ExpressionCounts.Tally counts = new ExpressionCounts.Tally();
        private final Transitions.Tally changes = new Transitions.Tally();
        private final Set<Integer> ids = new HashSet<>();
        private @Nullable RecordedFrame last;
        private long frames;
        private long withoutFace;
        private long readings;
        private long first;
        private long latest = Long.MIN_VALUE;
        private long known;
        private long knownFrames;
        private long unknownFrames;
        private final List<RecordedFrame> unknown = new ArrayList<>();
        private int gapCount;
        private long gapNanos;
        private double detection;
        private double confidence;
        private double width;
        private long facesSeen;
        private int mostFaces;
        private long severalFaces;
        private long judged;
        private double overall;
        private long withIssues;
        private final Map<FaceQuality.Issue, Long> issues = new EnumMap<>(FaceQuality.Issue.class);
        private long cuts;
        private long backwards;
        private long repeated;
        private long missed;
        private final BriefMoment.Finder brief = new BriefMoment.Finder();
        private final Spell.Finder spells = new Spell.Finder();

        Builder(SessionInfo info, List<SessionMarker> marked) {
            this(info, marked, LONGEST_FRAME.toNanos());
        }

        private Builder(SessionInfo info, List<SessionMarker> marked, long longestFrame) {
            this.info = info;
            this.longestFrame = longestFrame;
            this.markers = marked.stream()
                    .filter(marker -> !marker.isOwn())
                    .sorted(Comparator.comparingLong(SessionMarker::mediaNanos))
                    .toList();
            markers.forEach(marker -> parts.add(new ExpressionDurations.Tally()));
        }

        void add(RecordedFrame frame) {
            RecordedFrame before = last;
            boolean follows = false;
            if (before == null) {
                first = frame.mediaNanos();
            } else {
                follows = close(before, frame);
            }
            last = frame;
            frames++;
            latest = Math.max(latest, frame.mediaNanos());
            first = Math.min(first, frame.mediaNanos());
            if (!follows) {
                changes.interrupt();
                brief.interrupt();
            }
            withoutFace += frame.readings().isEmpty() ? 1 : 0;
            readings += frame.readings().size();
            mostFaces = Math.max(mostFaces, frame.facesInSight());
            severalFaces += frame.facesInSight() > 1 ? 1 : 0;
            frame.readings().forEach(reading -> ids.add(reading.faceId()));
            Optional<EmotionReading> subject = frame.subject();
            subject.ifPresentOrElse(this::count, () -> {
                counts.addNoFace();
                changes.interrupt();
                brief.interrupt();
            });
        }

        SessionSummary build(SessionReader reader) {
            if (last != null) {
                unknown.add(last);
                unknownFrames++;
            }
            long slow = distanceOfSlowFrames();
            if (slow > longestFrame) {
                Builder again = new Builder(info, markers, slow);
                unknown.forEach(again::add);
                return again.build(reader);
            }
            long mean = knownFrames == 0 ? 0 : known / knownFrames;
            for (RecordedFrame frame : unknown) {
                tally(frame, mean);
            }
            long recorded = known + mean * unknownFrames;
            List<MarkedSegment> stretches = new ArrayList<>();
            for (int i = 0; i < markers.size(); i++) {
                long until = i + 1 < markers.size() ? markers.get(i + 1).mediaNanos() : Math.max(latest, first) + mean;
                stretches.add(
                        new MarkedSegment(markers.get(i), until, parts.get(i).times()));
            }
            Quality quality = new Quality(
                    recorded == 0 ? 0 : frames * 1e9 / recorded,
                    detection / facesSeen,
                    confidence / facesSeen,
                    width / facesSeen,
                    ids.size(),
                    mostFaces,
                    severalFaces,
                    cuts,
                    backwards,
                    repeated,
                    missed,
                    reader.unusableRows(),
                    reader.problemCount(),
                    reader.problems(),
                    judged == 0
                            ? Optional.empty()
                            : Optional.of(new PictureQuality(judged, overall / judged, withIssues, issues)));
            return new SessionSummary(
                    info,
                    new SessionCounters(frames, withoutFace, readings),
                    frames == 0 ? 0 : first,
                    frames == 0 ? 0 : latest,
                    whole.times(),
                    counts.counts(),
                    new Gaps(gapCount, Duration.ofNanos(gapNanos)),
                    changes.transitions(),
                    stretches,
                    quality,
                    brief.moments(),
                    spells.spells());
        }

        /** How far apart frames may be that are all further apart than a film's; 0 for a film, or too few frames. */
        private long distanceOfSlowFrames() {
            if (knownFrames > 0 || frames < 3 || unknown.size() < frames || longestFrame > LONGEST_FRAME.toNanos()) {
                return 0;
            }
            long[] spans = IntStream.range(1, unknown.size())
                    .filter(i -> !unknown.get(i).discontinuity())
                    .mapToLong(i ->
                            unknown.get(i).mediaNanos() - unknown.get(i - 1).mediaNanos())
                    .filter(span -> span > 0)
                    .sorted()
                    .toArray();
            return spans.length < 2 ? 0 : spans[spans.length / 2] / 2 * 5;
        }

        /** Gives the frame before its time. Returns whether the next one follows from it. */
        private boolean close(RecordedFrame before, RecordedFrame next) {
            long span = next.mediaNanos() - before.mediaNanos();
            boolean cut = next.discontinuity();
            cuts += cut ? 1 : 0;
            if (span >= 0 && span <= longestFrame) {
                repeated += span == 0 ? 1 : 0;
                known += span;
                knownFrames += span > 0 ? 1 : 0;
                tally(before, span);
                spells.add(before.mediaNanos(), next.mediaNanos(), before.subject());
                missed += cut ? 0 : Math.max(0, next.index() - before.index() - 1);
                return !cut;
            }
            unknown.add(before);
            unknownFrames++;
            if (span > 0) {
                gapCount++;
                gapNanos += span;
            } else if (!cut) {
                backwards++;
            }
            return false;
        }

        /** What a frame shows holds until the next one, also where a marker lies between the two. */
        private void tally(RecordedFrame frame, long duration) {
            tally(whole, frame, duration);
            long end = frame.mediaNanos() + duration;
            for (int i = 0; i < markers.size(); i++) {
                long from = Math.max(frame.mediaNanos(), markers.get(i).mediaNanos());
                long until = i + 1 < markers.size()
                        ? Math.min(end, markers.get(i + 1).mediaNanos())
                        : end;
                if (from < until) {
                    tally(parts.get(i), frame, until - from);
                }
            }
        }

        private static void tally(ExpressionDurations.Tally tally, RecordedFrame frame, long duration) {
            frame.subject().ifPresentOrElse(main -> tally.add(main, duration), () -> tally.addNoFace(duration));
        }

        private void judge(FaceQuality quality) {
            judged++;
            overall += quality.overall();
            withIssues += quality.issues().isEmpty() ? 0 : 1;
            quality.issues().forEach(issue -> issues.merge(issue, 1L, Long::sum));
        }

        private void count(EmotionReading subject) {
            counts.add(subject.label());
            changes.add(subject.label());
            brief.add(subject);
            subject.quality().ifPresent(this::judge);
            facesSeen++;
            detection += subject.face().confidence();
            confidence += subject.confidence();
            width += subject.face().box().width();
        }
    }

    /**
     * Tells whether the frames are pictures that do not follow from one another, so that times and changes mean nothing and
     * {@link #frames()} has the figures.
     *
     * @return true if each frame after the first is a cut; false of a session without frames
     */
    public boolean isPictures() {
        return counters.frames() > 0 && quality.cuts() == counters.frames() - 1;
    }

    /**
     * Returns the length of the session.
     *
     * @return from the first frame to the end of the latest one, which counts as long as the frames do on average
     */
    public Duration length() {
        double frame = quality.framesPerSecond() > 0 ? 1e9 / quality.framesPerSecond() : 0;
        return Duration.ofNanos(lastNanos - firstNanos + Math.round(frame));
    }

    /**
     * Tells whether these are figures of all that there was: all of the input was read, and all of the record could be used.
     *
     * @return true where {@link SessionInfo#isComplete()} says so and there is no problem
     */
    public boolean isComplete() {
        return info.isComplete() && quality.problemCount() == 0;
    }

    /**
     * Says in a few lines what the session showed, for a terminal: its length, the share of each expression, and the {@link
     * #warnings()}.
     *
     * @return English text of two lines or more, or one where there was no face
     */
    public String describe() {
        return SummaryText.of(this);
    }

    /**
     * Says in sentences what to mind when reading these figures: a record that was cut off, a face that was often missing,
     * small, unclear or not alone, few frames, gaps, rows that could not be used.
     *
     * @return English sentences, the gravest kinds first; empty where nothing stands out
     */
    public List<String> warnings() {
        return warnings(Locale.ENGLISH);
    }

    /**
     * Says in sentences of a language what to mind when reading these figures.
     *
     * @param language English, Spanish, or one whose texts were added
     * @return as {@link #warnings()}
     * @throws IllegalArgumentException if there are no texts in this language
     */
    public List<String> warnings(Locale language) {
        return new DataQualityWarnings(this, Words.of(language)).all();
    }

    /**
     * Returns a stretch's mean scores by the text of its marker.
     *
     * @param text the marker's text
     * @return the first stretch of that name with a face in it
     */
    public Optional<EmotionScores> meanScoresOf(String text) {
        return stretches.stream()
                .filter(stretch -> stretch.marker().text().equals(text))
                .flatMap(stretch -> stretch.times().meanScores().stream())
                .findFirst();
    }

    /**
     * Returns what the person's face showed in a stretch that was marked as rest.
     *
     * @param text the text of the marker that begins the rest
     * @return the baseline of the first stretch of that name with a face in it
     */
    public Optional<SubjectBaseline> baselineOf(String text) {
        return meanScoresOf(text).map(SubjectBaseline::of);
    }

    /**
     * Returns an expression's share of the time with a face.
     *
     * @param emotion the expression
     * @return 0 to 1; {@code NaN} where there was no face
     */
    public double share(Emotion emotion) {
        return times.share(emotion);
    }
}
