package org.emotion4j.analysis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.emotion4j.reading.Subject;
import org.emotion4j.recording.RecordedSubject;
import org.emotion4j.recording.SessionState;
import org.emotion4j.words.RecordWords;
import org.emotion4j.words.Words;

/** Data-quality warnings: what makes the figures of a session less sure than they look. The bounds are rules of thumb, not measured. */
final class DataQualityWarnings {
    private static final double MUCH_WITHOUT_FACE = 0.2;
    private static final double MUCH_UNCLEAR = 0.4;
    private static final double OFTEN_SEVERAL_FACES = 0.05;
    private static final double MUCH_MISSING = 0.05;
    private static final double OFTEN_POOR = 0.2;
    private static final double SMALL_FACE = 48;
    private static final double FEW_FRAMES = 5;
    private static final double MANY_FRAMES = 2_000;
    private static final int MOST_SPELLS = 8;
    private static final Duration SHORT = Duration.ofSeconds(10);

    private final SessionSummary summary;
    private final Words words;
    private final RecordWords ofRecords;
    private final List<String> found = new ArrayList<>();

    DataQualityWarnings(SessionSummary summary, Words words) {
        this.summary = summary;
        this.words = words;
        this.ofRecords = new RecordWords(words);
    }

    /** Returns all of them, the gravest kinds first. */
    List<String> all() {
        found.clear();
        record();
        if (summary.counters().frames() == 0) {
            say("warning.noFrames");
            return List.copyOf(found);
        }
        if (!summary.isPictures()) {
            time();
        }
        faces();
        pictures();
        return List.copyOf(found);
    }

    private void say(String key, Object... values) {
        found.add(words.say(key, values));
    }

    private void record() {
        SessionState state = summary.info().state();
        switch (state) {
            case RECORDING -> say("warning.recording");
            case RECOVERED -> say("warning.recovered");
            case STOPPED -> say("warning.stopped", ofRecords.end(summary.info()));
            case FINISHED -> {}
            case UNDESCRIBED -> say("warning.undescribed");
        }
        found.addAll(ofRecords.unread(summary.info().unread()));
        rows();
    }

    /** Problems without a line are about the whole record: that frames are missing, or were added. */
    private void rows() {
        long rows = summary.quality().unusableRows();
        long others = summary.quality().problemCount() - rows;
        if (rows > 0) {
            say("warning.rows", rows);
        }
        summary.info()
                .counters()
                .filter(recorded -> !recorded.equals(summary.counters()))
                .ifPresent(recorded -> say(
                        "warning.changed",
                        recorded.frames(),
                        recorded.readings(),
                        summary.counters().frames(),
                        summary.counters().readings()));
        if (rows == 0 && others > 0 && summary.info().counters().isEmpty()) {
            say("warning.torn");
        }
    }

    private void time() {
        ExpressionDurations times = summary.times();
        double total = times.total().toNanos();
        if (times.withFace().compareTo(SHORT) < 0) {
            say("warning.short", SHORT.toSeconds());
        }
        if (total > 0 && times.noFace().toNanos() / total >= MUCH_WITHOUT_FACE) {
            say("warning.noFace", percent(times.noFace().toNanos() / total));
        }
        long missing = summary.gaps().total().toNanos();
        double missingShare = missing / (missing + total - ofFramesBeforeGaps(summary));
        if (missing > 0 && missingShare >= MUCH_MISSING) {
            say("warning.gaps", percent(missingShare));
        }
        double rate = summary.quality().framesPerSecond();
        if (rate > MANY_FRAMES) {
            say("warning.manyFrames", words.number(rate, 0));
        }
        if (rate > 0 && rate < FEW_FRAMES) {
            say("warning.fewFrames", words.number(rate, 1));
        }
        long missed = summary.quality().missedFrames();
        double missedShare = (double) missed / (missed + summary.counters().frames());
        if (missedShare >= MUCH_MISSING) {
            say("warning.missed", percent(missedShare));
        }
        spells();
        if (summary.quality().timesBackwards() > 0) {
            say("warning.backwards");
        }
    }

    /**
     * A frame before a gap counts as long as the others do, in the time that is missing. Recorded and missing time without
     * it are the length; where times go back they are more than from the first frame to the last, and gaps can be, too.
     */
    private static double ofFramesBeforeGaps(SessionSummary summary) {
        double rate = summary.quality().framesPerSecond();
        return rate > 0 ? summary.gaps().count() * 1e9 / rate : 0;
    }

    /** Twenty seconds of dark are a small share of an hour, and all of a topic. */
    private void spells() {
        List<Spell> spells = summary.spells();
        spells.stream()
                .limit(MOST_SPELLS)
                .forEach(spell -> say(
                        "warning.spell",
                        words.clock(spell.fromNanos()),
                        words.clock(spell.fromNanos() + spell.length().toNanos()),
                        ofRecords.spell(spell.issue())));
        if (spells.size() > MOST_SPELLS) {
            say("warning.moreSpells", spells.size() - MOST_SPELLS);
        }
    }

    private void faces() {
        ExpressionCounts frames = summary.frames();
        double unclear = (double) frames.noClear() / frames.withFace();
        if (unclear >= MUCH_UNCLEAR) {
            say("warning.unclear", percent(unclear));
        }
        double several = (double) summary.quality().framesWithSeveralFaces()
                / summary.counters().frames();
        if (several >= OFTEN_SEVERAL_FACES && !isChosen(summary)) {
            say(summary.info().subject().isEmpty() ? "warning.severalBefore" : "warning.several", percent(several));
        }
        subject();
        if (summary.quality().meanFaceWidth() < SMALL_FACE) {
            say("warning.small", words.number(summary.quality().meanFaceWidth(), 0));
        }
    }

    private static boolean isChosen(SessionSummary summary) {
        return summary.info()
                .subject()
                .filter(subject -> !subject.rule().isLargestFace() || subject.choices() > 0)
                .isPresent();
    }

    private void subject() {
        if (summary.info().subject().isEmpty()) {
            return;
        }
        RecordedSubject subject = summary.info().subject().get();
        long faces = subject.changes().stream()
                .filter(change -> change.faceId().isPresent())
                .filter(change -> change.basis() != Subject.Basis.SAME_PLACE)
                .filter(change -> change.basis() != Subject.Basis.ALONE)
                .count();
        if (faces > 1) {
            say("warning.otherFace", times(faces - 1));
        }
        long again = subject.changes().stream()
                .filter(change -> change.basis() == Subject.Basis.SAME_PLACE || change.basis() == Subject.Basis.ALONE)
                .count();
        if (again > 0) {
            say("warning.foundAgain", times(again));
        }
    }

    private String times(long count) {
        return words.say("times", count);
    }

    private void pictures() {
        summary.quality()
                .pictures()
                .filter(pictures -> pictures.doubtfulFaces() > 0)
                .ifPresent(pictures -> say("warning.doubtful", pictures.doubtfulFaces(), pictures.readings()));
        summary.quality()
                .pictures()
                .filter(pictures -> pictures.issueShare() >= OFTEN_POOR)
                .ifPresent(pictures -> say(
                        "warning.poor",
                        percent(pictures.issueShare()),
                        ofRecords.issues(pictures.issues(), pictures.readings())));
    }

    private String percent(double share) {
        return words.percent(share, 0);
    }
}
