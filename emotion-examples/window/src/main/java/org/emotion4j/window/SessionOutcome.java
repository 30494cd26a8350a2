package org.emotion4j.window;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.emotion4j.analysis.BriefMoment;
import org.emotion4j.analysis.ExpressionCounts;
import org.emotion4j.analysis.Predominance;
import org.emotion4j.analysis.RestStretch;
import org.emotion4j.analysis.SessionRest;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.analysis.SharedSmiles;
import org.emotion4j.emotion.Affect;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.recording.SessionReader;

/**
 * What a session came to: of a recorded one, as the record tells it; otherwise as it was seen.
 *
 * @param length from the first frame to the last
 * @param frames frames analyzed
 * @param expressions for how long each was shown, in class order
 * @param noClear for how long there was a face without a clear expression
 * @param noFace for how long there was no face
 * @param counts how many frames showed what: the expressions in class order, no clear expression, no face
 * @param isPictures whether these are pictures that do not follow from one another, of which the counts mean something and the
 *     times do not
 * @param gaps how often nothing was analyzed for more than a second
 * @param changes how often the label changed; known of recorded sessions
 * @param dropped frames for which there was no time
 * @param markers how many moments were marked
 * @param affect mean valence and arousal, derived from the scores; empty where there was no clear expression
 * @param briefMoments expressions that were too short for a label, in the order of time
 * @param summary all that its record tells; empty of a session that was not recorded
 * @param folder where it is recorded; empty where nothing is stored
 * @param erased whether it was recorded and the record is erased
 * @param rest the rest that is taken out of these figures; empty where none is marked
 * @param smiles what it has in common with the other person's record, of a session of two
 */
record SessionOutcome(
        Duration length,
        long frames,
        List<Duration> expressions,
        Duration noClear,
        Duration noFace,
        List<Long> counts,
        boolean isPictures,
        int gaps,
        OptionalLong changes,
        long dropped,
        int markers,
        Optional<Affect> affect,
        List<BriefMoment> briefMoments,
        Optional<SessionSummary> summary,
        Optional<Path> folder,
        boolean erased,
        Optional<RestStretch> rest,
        Optional<SharedSmiles> smiles) {
    /** Of a session that was not recorded. */
    static SessionOutcome seen(LiveView view, long dropped) {
        return seen(view.track().totals(), view.markers().size(), dropped);
    }

    static SessionOutcome seen(ExpressionTrack.Totals totals, int markers, long dropped) {
        return new SessionOutcome(
                totals.length(),
                totals.frames(),
                totals.expressions(),
                totals.noClear(),
                totals.noFace(),
                totals.counts(),
                totals.pictures(),
                totals.gaps(),
                OptionalLong.empty(),
                dropped,
                markers,
                totals.affect(),
                totals.briefMoments(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    /** Of a session that was recorded. Reads the record, which takes its time. */
    static SessionOutcome recorded(Path folder, long dropped) throws IOException {
        try (SessionReader reader = SessionReader.open(folder)) {
            Optional<SessionRest> rest = SessionRest.of(reader);
            SessionSummary summary = rest.isPresent()
                    ? SessionSummary.of(reader, rest.get().correction(), frame -> {})
                    : SessionSummary.of(reader);
            return new SessionOutcome(
                    summary.length(),
                    summary.counters().frames(),
                    Emotion.all().stream()
                            .map(emotion -> summary.times().time(emotion))
                            .toList(),
                    summary.times().noClear(),
                    summary.times().noFace(),
                    counts(summary.frames()),
                    summary.isPictures(),
                    summary.gaps().count(),
                    OptionalLong.of(summary.transitions().total()),
                    dropped,
                    summary.stretches().size(),
                    summary.times().affect(),
                    summary.briefMoments(),
                    Optional.of(summary),
                    Optional.of(folder),
                    false,
                    rest.map(SessionRest::stretch),
                    SharedSmiles.of(folder, Optional.empty()));
        }
    }

    /** The same, after its record was erased. */
    SessionOutcome afterErasing() {
        return new SessionOutcome(
                length,
                frames,
                expressions,
                noClear,
                noFace,
                counts,
                isPictures,
                gaps,
                changes,
                dropped,
                markers,
                affect,
                briefMoments,
                summary,
                Optional.empty(),
                folder.isPresent() || erased,
                rest,
                smiles);
    }

    private static List<Long> counts(ExpressionCounts counted) {
        List<Long> counts = new ArrayList<>();
        Emotion.all().forEach(emotion -> counts.add(counted.count(emotion)));
        counts.add(counted.noClear());
        counts.add(counted.noFace());
        return List.copyOf(counts);
    }

    /** How many frames had a face. */
    long framesWithFace() {
        return counts.stream().mapToLong(Long::longValue).sum() - counts.get(counts.size() - 1);
    }

    /** In how many frames something was shown; empty stands for no clear expression. */
    long count(Optional<Emotion> label) {
        return counts.get(label.map(Emotion::ordinal).orElse(EmotionScores.SIZE));
    }

    /** For how long there was a face. */
    Duration withFace() {
        return expressions.stream().reduce(noClear, Duration::plus);
    }

    /** The share of an expression in what was with a face, 0 to 1: of the pictures, or else of the time. */
    double share(Emotion emotion) {
        return share(Optional.of(emotion));
    }

    /** The share of what was without a clear expression in what was with a face, 0 to 1. */
    double noClearShare() {
        return share(Optional.empty());
    }

    /** The share of an expression, or of no clear one where empty, in what was with a face, 0 to 1. */
    double share(Optional<Emotion> label) {
        if (isPictures) {
            long whole = framesWithFace();
            return whole == 0 ? 0 : (double) count(label) / whole;
        }
        long whole = withFace().toNanos();
        Duration part = label.map(emotion -> expressions.get(emotion.ordinal())).orElse(noClear);
        return whole == 0 ? 0 : (double) part.toNanos() / whole;
    }

    /**
     * What was shown most, in class order, no clear expression last: several where they tie, by the rule that reports go by.
     * Empty where there was no face.
     */
    List<Optional<Emotion>> leaders() {
        Map<Emotion, Long> amounts = new EnumMap<>(Emotion.class);
        Emotion.all().forEach(emotion -> amounts.put(emotion, amount(Optional.of(emotion))));
        return Predominance.of(amounts, amount(Optional.empty())).leaders();
    }

    /** The shares as they are written: the expressions in class order, then no clear one; together 1, or all 0. */
    double[] percents() {
        long[] amounts = new long[EmotionScores.SIZE + 1];
        Emotion.all().forEach(emotion -> amounts[emotion.ordinal()] = amount(Optional.of(emotion)));
        amounts[EmotionScores.SIZE] = amount(Optional.empty());
        return Percents.of(amounts);
    }

    private long amount(Optional<Emotion> label) {
        return isPictures
                ? count(label)
                : label.map(emotion -> expressions.get(emotion.ordinal()))
                        .orElse(noClear)
                        .toNanos();
    }

    /** What was shown most; empty where there was no face, where several were shown equally, or where it was nothing clear. */
    Optional<Emotion> predominant() {
        List<Optional<Emotion>> leaders = leaders();
        return leaders.size() == 1 ? leaders.get(0) : Optional.empty();
    }
}
