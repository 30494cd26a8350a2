package org.emotion4j.event;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.emotion.FacialMovements;

/**
 * Finds what one face did, frame by frame: expressions and movements with onset, apex and offset, blinks, nods and head shakes,
 * talking. It goes by the scores of each frame alone, not the smoothed ones, and by what is usual for this person: the median of
 * the last half minute. An event is told of when it has ended, a brief expression
 * at most 1.5 seconds later: it may have been a syllable.
 *
 * <p>Before the first half second there is no usual; an event that is under way then is not seen. A gap of more than half a
 * second, and a face that is turned away, end what is under way. Below 10 frames a second blinks are missed, since most of them
 * fall between two frames. Deterministic; confined to one thread.
 */
public final class FacialEventDetector {
    /** A longer time without a frame ends what is under way. */
    public static final long LONGEST_GAP_NANOS = 500_000_000L;

    private static final double LEAST_SCORE_RISE = 0.25;
    /** As plain as a coder sees every second time. */
    private static final double LEAST_MOVEMENT_RISE = 0.5;

    private static final double LEAST_CLOSING = 0.3;
    private static final long LEAST_NANOS = 200_000_000L;
    private static final long LONGEST_BLINK_NANOS = 500_000_000L;
    private static final double NOD_DEGREES = 4;
    private static final double SHAKE_DEGREES = 5;
    private static final long LONGEST_SWING_NANOS = 800_000_000L;
    private static final int LEAST_SWINGS = 3;
    private static final double MOUTH_SWING = 0.2;
    private static final long LONGEST_SYLLABLE_NANOS = 600_000_000L;
    private static final int LEAST_SYLLABLES = 4;
    private static final double SMILE = 0.5;
    /** Of an expression this share has to fall into talking for speech to explain it. */
    private static final double EXPLAINED = 0.5;

    /** An expression is overshadowed where a plainer one is seen for this share of its time. */
    private static final double OVERSHADOWED = 0.5;

    /** A brief expression this near to speech may be its first syllable: it is told of when that is known. */
    private static final long NEAR_SPEECH_NANOS = 500_000_000L;

    private static final long HELD_NANOS = 1_500_000_000L;

    private static final long KEPT_NANOS = 60_000_000_000L;

    private final List<CurveWatch> expressions = new ArrayList<>();
    private final List<CurveWatch> movements = new ArrayList<>();
    private final CurveWatch eyes = CurveWatch.plain(FacialEvent.Kind.BLINK, "blink", LEAST_CLOSING, 0);
    private final Swings nods = new Swings(FacialEvent.Kind.NOD, NOD_DEGREES, LONGEST_SWING_NANOS, LEAST_SWINGS);
    private final Swings shakes =
            new Swings(FacialEvent.Kind.HEAD_SHAKE, SHAKE_DEGREES, LONGEST_SWING_NANOS, LEAST_SWINGS);
    private final Swings talk =
            new Swings(FacialEvent.Kind.TALKING, MOUTH_SWING, LONGEST_SYLLABLE_NANOS, LEAST_SYLLABLES);
    private final List<FacialEvent> talks = new ArrayList<>();
    private final List<FacialEvent> shown = new ArrayList<>();
    private final List<FacialEvent> held = new ArrayList<>();

    private boolean talkIsKnown;
    private boolean started;
    private long last;

    /** Makes a detector for one face that nothing is known of. */
    public FacialEventDetector() {
        for (Emotion emotion : Emotion.all()) {
            if (emotion != Emotion.NEUTRAL) {
                expressions.add(
                        CurveWatch.byOdds(FacialEvent.Kind.EXPRESSION, emotion.label(), LEAST_SCORE_RISE, LEAST_NANOS));
            }
        }
        for (FacialMovement movement : FacialMovement.all()) {
            movements.add(
                    CurveWatch.byOdds(FacialEvent.Kind.MOVEMENT, movement.code(), LEAST_MOVEMENT_RISE, LEAST_NANOS));
        }
    }

    /**
     * Takes the next frame of the face.
     *
     * @param mediaNanos its media time, later than that of the frame before
     * @param scores the classifier's scores of this frame alone
     * @param facial what moves in it; empty where nobody tells, which leaves expressions alone
     * @return the events that ended with this frame, by their onset; mostly none
     * @throws IllegalArgumentException if the time is not later than the last
     */
    public List<FacialEvent> accept(long mediaNanos, EmotionScores scores, Optional<FacialMovements> facial) {
        if (started && mediaNanos <= last) {
            throw new IllegalArgumentException(
                    "mediaNanos is " + mediaNanos + " after " + last + ", expected a later time");
        }
        List<FacialEvent> ended = new ArrayList<>();
        if (started && mediaNanos - last > LONGEST_GAP_NANOS) {
            ended.addAll(interrupt());
        }
        started = true;
        last = mediaNanos;
        facial.ifPresent(moving -> follow(mediaNanos, moving, ended));
        int place = 0;
        for (Emotion emotion : Emotion.all()) {
            if (emotion != Emotion.NEUTRAL) {
                expressions.get(place++).accept(mediaNanos, scores.get(emotion)).ifPresent(ended::add);
            }
        }
        return told(ended, false);
    }

    /**
     * Ends what is under way: the face is gone or turned away, or the session is over. What is usual for the person stays known.
     *
     * @return the events that were under way and are long enough, by their onset
     */
    public List<FacialEvent> interrupt() {
        List<FacialEvent> ended = new ArrayList<>();
        talk.interrupt().ifPresent(event -> keepTalk(event, ended));
        nods.interrupt().ifPresent(ended::add);
        shakes.interrupt().ifPresent(ended::add);
        eyes.interrupt().map(FacialEventDetector::blinkOrClosed).ifPresent(ended::add);
        movements.forEach(watch -> watch.interrupt().ifPresent(ended::add));
        expressions.forEach(watch -> watch.interrupt().ifPresent(ended::add));
        return told(ended, true);
    }

    private void follow(long nanos, FacialMovements moving, List<FacialEvent> ended) {
        talkIsKnown = true;
        boolean smiles = moving.intensity(FacialMovement.LIP_CORNERS_PULLED) >= SMILE;
        double open = Math.max(moving.intensity(FacialMovement.LIPS_PART), moving.intensity(FacialMovement.JAW_DROPS));
        (smiles ? talk.interrupt() : talk.accept(nanos, open)).ifPresent(event -> keepTalk(event, ended));
        nods.accept(nanos, moving.headPose().pitch()).ifPresent(ended::add);
        shakes.accept(nanos, moving.headPose().yaw()).ifPresent(ended::add);
        eyes.accept(nanos, moving.eyesClosed())
                .map(FacialEventDetector::blinkOrClosed)
                .ifPresent(ended::add);
        for (FacialMovement movement : FacialMovement.all()) {
            movements
                    .get(movement.ordinal())
                    .accept(nanos, moving.intensity(movement))
                    .ifPresent(ended::add);
        }
    }

    private void keepTalk(FacialEvent event, List<FacialEvent> ended) {
        remember(event, talks);
        ended.add(event);
    }

    private static void remember(FacialEvent event, List<FacialEvent> lately) {
        lately.removeIf(earlier -> event.onsetNanos() - earlier.offsetNanos() > KEPT_NANOS);
        lately.add(event);
    }

    private List<FacialEvent> told(List<FacialEvent> ended, boolean all) {
        if (ended.isEmpty() && held.isEmpty()) {
            return List.of();
        }
        List<FacialEvent> sure = new ArrayList<>();
        for (FacialEvent event : ended) {
            if (event.kind() != FacialEvent.Kind.EXPRESSION) {
                sure.add(event);
            } else if (!isOvershadowed(event, ended)) {
                remember(event, shown);
                (event.isBrief() && talkIsKnown ? held : sure).add(event);
            }
        }
        held.removeIf(event -> {
            boolean due = all || last - event.offsetNanos() >= HELD_NANOS;
            return due && sure.add(event);
        });
        return sure.stream()
                .map(event -> isSpeech(event) ? event.markedAsTalking() : event)
                .sorted(Comparator.comparingLong(FacialEvent::onsetNanos))
                .toList();
    }

    /** A face on its way to one expression looks like others for a moment: of those at the same time the plainest counts. */
    private boolean isOvershadowed(FacialEvent event, List<FacialEvent> ended) {
        long covered = 0;
        for (CurveWatch watch : expressions) {
            Optional<Long> since = watch.peak() > event.peak() ? watch.runningSince() : Optional.empty();
            covered = Math.max(
                    covered, since.map(from -> overlap(event, from, last)).orElse(0L));
        }
        for (List<FacialEvent> others : List.of(shown, ended)) {
            for (FacialEvent other : others) {
                if (other.kind() == FacialEvent.Kind.EXPRESSION && other.peak() > event.peak()) {
                    covered = Math.max(covered, overlap(event, other.onsetNanos(), other.offsetNanos()));
                }
            }
        }
        return covered >= OVERSHADOWED * event.durationNanos();
    }

    private boolean isSpeech(FacialEvent event) {
        if (event.kind() != FacialEvent.Kind.EXPRESSION
                || event.name().equals(Emotion.HAPPY.label())
                || event.durationNanos() == 0) {
            return false;
        }
        long near = event.isBrief() ? NEAR_SPEECH_NANOS : 0;
        long talked = talk.runningSince()
                .map(since -> overlap(event, since - near, last))
                .orElse(0L);
        for (FacialEvent spoken : talks) {
            talked += overlap(event, spoken.onsetNanos() - near, spoken.offsetNanos() + near);
        }
        return talked >= EXPLAINED * event.durationNanos();
    }

    private static long overlap(FacialEvent event, long from, long to) {
        return Math.max(0, Math.min(event.offsetNanos(), to) - Math.max(event.onsetNanos(), from));
    }

    private static FacialEvent blinkOrClosed(FacialEvent closing) {
        return closing.durationNanos() <= LONGEST_BLINK_NANOS
                ? closing
                : FacialEvent.of(
                        FacialEvent.Kind.EYES_CLOSED,
                        "eyes closed",
                        closing.onsetNanos(),
                        closing.apexNanos(),
                        closing.offsetNanos(),
                        closing.peak(),
                        closing.rest());
    }
}
