package org.emotion4j.analysis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.emotion4j.reading.MediaClock;
import org.emotion4j.reading.Subject;
import org.emotion4j.recording.RecordedSubject;
import org.emotion4j.recording.SessionState;

/** Data-quality warnings: what makes the figures of a session less sure than they look. The bounds are rules of thumb, not measured. */
final class DataQualityWarnings {
    private static final double MUCH_WITHOUT_FACE = 0.2;
    private static final double MUCH_UNCLEAR = 0.4;
    private static final double OFTEN_SEVERAL_FACES = 0.05;
    private static final double MUCH_MISSING = 0.05;
    private static final double OFTEN_POOR = 0.2;
    private static final double SMALL_FACE = 48;
    private static final double FEW_FRAMES = 5;
    private static final int MOST_SPELLS = 8;
    private static final Duration SHORT = Duration.ofSeconds(10);

    private DataQualityWarnings() {}

    static List<String> of(SessionSummary summary) {
        List<String> found = new ArrayList<>();
        record(summary, found);
        if (summary.counters().frames() == 0) {
            found.add("The session has no frames.");
            return List.copyOf(found);
        }
        if (!summary.isPictures()) {
            time(summary, found);
        }
        faces(summary, found);
        pictures(summary, found);
        return List.copyOf(found);
    }

    private static void record(SessionSummary summary, List<String> found) {
        SessionState state = summary.info().state();
        switch (state) {
            case RECORDING -> found.add("The recording was cut off, or is still going on: the end is missing.");
            case RECOVERED -> found.add("The recording was cut off: at most its last second is missing.");
            case STOPPED ->
                found.add("The session is not complete: " + summary.info().endInWords() + ".");
            case FINISHED -> {}
            case UNDESCRIBED ->
                found.add("There is no description: which models read it, and who agreed to it, is not known.");
        }
        found.addAll(summary.info().unread().describe());
        rows(summary, found);
    }

    /** Problems without a line are about the whole record: that frames are missing, or were added. */
    private static void rows(SessionSummary summary, List<String> found) {
        long rows = summary.quality().unusableRows();
        long others = summary.quality().problemCount() - rows;
        if (rows > 0) {
            found.add((rows == 1 ? "One row of the record" : rows + " rows of the record") + " could not be used.");
        }
        summary.info()
                .counters()
                .filter(recorded -> !recorded.equals(summary.counters()))
                .ifPresent(recorded -> found.add("The record is not as it was ended: it had " + recorded.frames()
                        + (recorded.frames() == 1 ? " frame" : " frames") + " with " + recorded.readings()
                        + (recorded.readings() == 1 ? " reading" : " readings") + ", and "
                        + summary.counters().frames() + " with "
                        + summary.counters().readings()
                        + " could be read."));
        if (rows == 0 && others > 0 && summary.info().counters().isEmpty()) {
            found.add("The end of the record is torn.");
        }
    }

    private static void time(SessionSummary summary, List<String> found) {
        ExpressionDurations times = summary.times();
        double total = times.total().toNanos();
        if (times.withFace().compareTo(SHORT) < 0) {
            found.add("A face was seen for less than " + SHORT.toSeconds() + " seconds.");
        }
        if (total > 0 && times.noFace().toNanos() / total >= MUCH_WITHOUT_FACE) {
            found.add("No face was found in " + percent(times.noFace().toNanos() / total) + " of the recorded time.");
        }
        long missing = summary.gaps().total().toNanos();
        double missingShare = missing / (missing + total - ofFramesBeforeGaps(summary));
        if (missing > 0 && missingShare >= MUCH_MISSING) {
            found.add("Nothing was recorded in " + percent(missingShare) + " of the session's length.");
        }
        double rate = summary.quality().framesPerSecond();
        if (rate > 0 && rate < FEW_FRAMES) {
            found.add(String.format(
                    Locale.ROOT, "There are only %.1f frames a second: short expressions are missed.", rate));
        }
        long missed = summary.quality().missedFrames();
        double missedShare = (double) missed / (missed + summary.counters().frames());
        if (missedShare >= MUCH_MISSING) {
            found.add(percent(missedShare)
                    + " of the frames were not analysed: there was no time for them, or they could not be read.");
        }
        spells(summary, found);
        if (summary.quality().timesBackwards() > 0) {
            found.add("Times go back without a cut: the frames may be in another order than they were taken in.");
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
    private static void spells(SessionSummary summary, List<String> found) {
        List<Spell> spells = summary.spells();
        spells.stream()
                .limit(MOST_SPELLS)
                .forEach(spell -> found.add(String.format(
                        Locale.ROOT,
                        "From %s to %s: %s.",
                        MediaClock.clock(spell.fromNanos()),
                        MediaClock.clock(spell.fromNanos() + spell.length().toNanos()),
                        spell.describe())));
        if (spells.size() > MOST_SPELLS) {
            found.add("There are " + (spells.size() - MOST_SPELLS) + " more such stretches.");
        }
    }

    private static void faces(SessionSummary summary, List<String> found) {
        ExpressionCounts frames = summary.frames();
        double unclear = (double) frames.noClear() / frames.withFace();
        if (unclear >= MUCH_UNCLEAR) {
            found.add("In " + percent(unclear) + " of the frames with a face there was no clear expression.");
        }
        double several = (double) summary.quality().framesWithSeveralFaces()
                / summary.counters().frames();
        if (several >= OFTEN_SEVERAL_FACES && !isChosen(summary)) {
            found.add("In " + percent(several) + " of the frames there were several faces; "
                    + (summary.info().subject().isEmpty()
                            ? "the largest one of each counts, as in all records from before a face could be chosen:"
                                    + " figures may be made of several persons."
                            : "the largest one counts, as nobody chose: it may be another person's."));
        }
        subject(summary, found);
        if (summary.quality().meanFaceWidth() < SMALL_FACE) {
            found.add(String.format(
                    Locale.ROOT,
                    "The face is %.0f pixels wide on average; the networks look at 48 to 56 a side, so details are"
                            + " missing.",
                    summary.quality().meanFaceWidth()));
        }
    }

    private static boolean isChosen(SessionSummary summary) {
        return summary.info()
                .subject()
                .filter(subject -> !subject.rule().isLargestFace() || subject.choices() > 0)
                .isPresent();
    }

    private static void subject(SessionSummary summary, List<String> found) {
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
            found.add("The record goes over to another face " + times(faces - 1)
                    + ": its figures may be made of several persons.");
        }
        long again = subject.changes().stream()
                .filter(change -> change.basis() == Subject.Basis.SAME_PLACE || change.basis() == Subject.Basis.ALONE)
                .count();
        if (again > 0) {
            found.add("The face was lost and taken for the same again " + times(again)
                    + ", by its place or because it was alone: nobody is recognized.");
        }
    }

    private static String times(long count) {
        return count == 1 ? "once" : count == 2 ? "twice" : count + " times";
    }

    private static void pictures(SessionSummary summary, List<String> found) {
        summary.quality()
                .pictures()
                .filter(pictures -> pictures.issueShare() >= OFTEN_POOR)
                .ifPresent(pictures -> found.add("In " + percent(pictures.issueShare())
                        + " of the readings something is wrong with the picture of the face: "
                        + pictures.describe()
                        + "."));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
