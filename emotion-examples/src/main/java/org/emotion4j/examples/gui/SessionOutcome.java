package org.emotion4j.examples.gui;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.session.SessionReader;

/**
 * What a session came to: of a recorded one, as the record tells it; otherwise as it was seen.
 *
 * @param length from the first frame to the last
 * @param frames frames analysed
 * @param expressions for how long each was shown, in class order
 * @param noClear for how long there was a face without a clear expression
 * @param noFace for how long there was no face
 * @param gaps how often nothing was analysed for more than a second
 * @param changes how often the label changed; known of recorded sessions
 * @param dropped frames for which there was no time
 * @param markers how many moments were marked
 * @param folder where it is recorded; empty where nothing is stored
 * @param erased whether it was recorded and the record is erased
 */
record SessionOutcome(
        Duration length,
        long frames,
        List<Duration> expressions,
        Duration noClear,
        Duration noFace,
        int gaps,
        OptionalLong changes,
        long dropped,
        int markers,
        Optional<Path> folder,
        boolean erased) {
    /** Of a session that was not recorded. */
    static SessionOutcome seen(LiveView view, long dropped) {
        ExpressionTrack.Totals totals = view.track().totals();
        return new SessionOutcome(
                totals.length(),
                totals.frames(),
                totals.expressions(),
                totals.noClear(),
                totals.noFace(),
                totals.gaps(),
                OptionalLong.empty(),
                dropped,
                view.markers().size(),
                Optional.empty(),
                false);
    }

    /** Of a session that was recorded. Reads the record, which takes its time. */
    static SessionOutcome recorded(Path folder, LiveView view, long dropped) throws IOException {
        try (SessionReader reader = SessionReader.open(folder)) {
            SessionSummary summary = SessionSummary.of(reader);
            return new SessionOutcome(
                    Duration.ofNanos(summary.lastNanos() - summary.firstNanos()),
                    summary.counters().frames(),
                    Emotion.all().stream()
                            .map(emotion -> summary.times().time(emotion))
                            .toList(),
                    summary.times().noClear(),
                    summary.times().noFace(),
                    summary.gaps().count(),
                    OptionalLong.of(summary.transitions().total()),
                    dropped,
                    view.markers().size(),
                    Optional.of(folder),
                    false);
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
                gaps,
                changes,
                dropped,
                markers,
                Optional.empty(),
                folder.isPresent() || erased);
    }

    /** For how long there was a face. */
    Duration withFace() {
        return expressions.stream().reduce(noClear, Duration::plus);
    }

    /** The share of an expression in the time with a face, 0 to 1. */
    double share(Emotion emotion) {
        return share(expressions.get(emotion.ordinal()));
    }

    /** The share of the time without a clear expression in the time with a face, 0 to 1. */
    double noClearShare() {
        return share(noClear);
    }

    private double share(Duration part) {
        long whole = withFace().toNanos();
        return whole == 0 ? 0 : (double) part.toNanos() / whole;
    }

    /** What was shown for the longest time; empty where no expression was. */
    Optional<Emotion> predominant() {
        Emotion best = Emotion.NEUTRAL;
        for (Emotion emotion : Emotion.all()) {
            if (expressions.get(emotion.ordinal()).compareTo(expressions.get(best.ordinal())) > 0) {
                best = emotion;
            }
        }
        return expressions.get(best.ordinal()).isZero() ? Optional.empty() : Optional.of(best);
    }
}
