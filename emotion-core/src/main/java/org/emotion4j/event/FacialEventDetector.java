package org.emotion4j.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.emotion.FacialMovements;
import org.jspecify.annotations.Nullable;

/**
 * Finds what one face did, frame by frame: expressions and movements with onset, apex and offset, blinks, nods and head shakes,
 * talking. It goes by the scores of each frame alone, not the smoothed ones, and by what is usual for this person: the median of
 * the last half minute, or a rest that is {@linkplain #relativeTo known}. An event is told of when it has ended, an expression when
 * it is known besides whether the mouth was talking: in a calm face half a second later, a second if it is brief, up to three in one
 * whose mouth moves.
 *
 * <p>Before the first half second there is no usual; an event that is under way then is not seen. A gap of more than half a
 * second, and a face that is turned away, end what is under way. Below 10 frames a second blinks are missed, since most of them
 * fall between two frames. Deterministic; confined to one thread.
 */
public final class FacialEventDetector implements EventDetector {
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

    private static final long KEPT_NANOS = 60_000_000_000L;

    private final List<CurveWatch> expressions = new ArrayList<>();
    private final List<CurveWatch> movements = new ArrayList<>();
    private final Swings nods = new Swings(FacialEvent.Kind.NOD, NOD_DEGREES, LONGEST_SWING_NANOS, LEAST_SWINGS);
    private final Swings shakes =
            new Swings(FacialEvent.Kind.HEAD_SHAKE, SHAKE_DEGREES, LONGEST_SWING_NANOS, LEAST_SWINGS);
    private final Swings talk =
            new Swings(FacialEvent.Kind.TALKING, MOUTH_SWING, LONGEST_SYLLABLE_NANOS, LEAST_SYLLABLES);
    private final List<FacialEvent> talks = new ArrayList<>();
    private final List<FacialEvent> shown = new ArrayList<>();
    private final List<FacialEvent> held = new ArrayList<>();

    private CurveWatch eyes;
    private FacialRest.@Nullable Collector learning;
    private final long learningNanos;
    private long learningSince;
    private boolean talkIsKnown;
    private boolean started;
    private long last;

    /** Makes a detector for one face that nothing is known of: its rest is the median of the last half minute. */
    public FacialEventDetector() {
        this(Optional.empty(), 0);
    }

    private FacialEventDetector(Optional<FacialRest> rest, long learningNanos) {
        this.learningNanos = learningNanos;
        this.learning = learningNanos > 0 ? FacialRest.collector() : null;
        this.eyes = watch(rest);
    }

    /**
     * Makes a detector that measures against a rest that is known. What the face shows all the time and not at rest is an event
     * then, of ten minutes at most, after which another one begins.
     *
     * @param rest what the person shows at rest; for movements and eyes that it does not know the last half minute counts
     * @return a detector for one face
     */
    public static FacialEventDetector relativeTo(FacialRest rest) {
        return new FacialEventDetector(Optional.of(rest), 0);
    }

    /**
     * Makes a detector that takes a person's first while for the rest, and measures against it from then on. Until then it tells
     * nothing.
     *
     * @param first how long the person rests, from the first frame of the face; it takes longer where the face is not seen in
     *     {@value FacialRest#LEAST_READINGS} frames of it
     * @return a detector for one face
     * @throws IllegalArgumentException if it is not above zero and at most an hour
     */
    public static FacialEventDetector afterRestOf(Duration first) {
        if (first.isNegative() || first.isZero() || first.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("first is " + first + ", expected above PT0S and at most PT1H");
        }
        return new FacialEventDetector(Optional.empty(), first.toNanos());
    }

    /** Looks at all curves anew; returns what watches the eyes. */
    private CurveWatch watch(Optional<FacialRest> rest) {
        expressions.clear();
        movements.clear();
        for (Emotion emotion : Emotion.all()) {
            if (emotion != Emotion.NEUTRAL) {
                expressions.add(CurveWatch.byOdds(
                        FacialEvent.Kind.EXPRESSION,
                        emotion.label(),
                        LEAST_SCORE_RISE,
                        LEAST_NANOS,
                        rest.map(known -> known.level(emotion))));
            }
        }
        for (FacialMovement movement : FacialMovement.all()) {
            movements.add(CurveWatch.byOdds(
                    FacialEvent.Kind.MOVEMENT,
                    movement.code(),
                    LEAST_MOVEMENT_RISE,
                    LEAST_NANOS,
                    rest.flatMap(known -> known.level(movement))));
        }
        return CurveWatch.plain(FacialEvent.Kind.BLINK, "blink", LEAST_CLOSING, 0, rest.flatMap(FacialRest::eyes));
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
    @Override
    public List<FacialEvent> accept(long mediaNanos, EmotionScores scores, Optional<FacialMovements> facial) {
        if (started && mediaNanos <= last) {
            throw new IllegalArgumentException(
                    "mediaNanos is " + mediaNanos + " after " + last + ", expected a later time");
        }
        List<FacialEvent> before = started && mediaNanos - last > LONGEST_GAP_NANOS ? interrupt() : List.of();
        if (!started) {
            learningSince = mediaNanos;
        }
        started = true;
        last = mediaNanos;
        if (isLearning(scores, facial)) {
            return before;
        }
        List<FacialEvent> ended = new ArrayList<>();
        facial.ifPresent(moving -> follow(mediaNanos, moving, ended));
        int place = 0;
        for (Emotion emotion : Emotion.all()) {
            if (emotion != Emotion.NEUTRAL) {
                expressions.get(place++).accept(mediaNanos, scores.get(emotion)).ifPresent(ended::add);
            }
        }
        List<FacialEvent> now = told(ended, false);
        return before.isEmpty()
                ? now
                : Stream.concat(before.stream(), now.stream()).toList();
    }

    /** Whether the frame still belongs to the person's first while of rest. */
    private boolean isLearning(EmotionScores scores, Optional<FacialMovements> facial) {
        FacialRest.Collector collector = learning;
        if (collector == null) {
            return false;
        }
        boolean isOver = last - learningSince >= learningNanos && collector.readings() >= FacialRest.LEAST_READINGS;
        if (isOver) {
            eyes = watch(Optional.of(collector.rest()));
            learning = null;
            return false;
        }
        collector.add(scores, facial);
        return true;
    }

    /**
     * Ends what is under way: the face is gone or turned away, or the session is over. What is usual for the person stays known.
     *
     * @return the events that were under way and are long enough, by their onset; as nobody saw their end, none is brief
     */
    @Override
    public List<FacialEvent> interrupt() {
        List<FacialEvent> ended = new ArrayList<>();
        talk.interrupt().ifPresent(event -> keepTalk(event, ended));
        nods.interrupt().ifPresent(ended::add);
        shakes.interrupt().ifPresent(ended::add);
        eyes.interrupt().map(FacialEventDetector::blinkOrClosed).ifPresent(ended::add);
        movements.forEach(watch -> watch.interrupt().ifPresent(ended::add));
        expressions.forEach(watch -> watch.interrupt().ifPresent(ended::add));
        ended.replaceAll(FacialEvent::withEndUnseen);
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
                sure.add(event.withTalking(false));
            } else if (!isOvershadowed(event, ended)) {
                remember(event, shown);
                held.add(event);
            }
        }
        held.removeIf(event -> {
            boolean due = all || !talkIsKnown || talk.settledUntil(last) >= event.offsetNanos() + near(event);
            return due && sure.add(talkIsKnown ? event.withTalking(isSpeech(event)) : event);
        });
        sure.sort(Comparator.comparingLong(FacialEvent::onsetNanos));
        return List.copyOf(sure);
    }

    private static long near(FacialEvent event) {
        return event.durationNanos() < FacialEvent.BRIEF_NANOS ? NEAR_SPEECH_NANOS : 0;
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
        if (event.name().equals(Emotion.HAPPY.label()) || event.durationNanos() == 0) {
            return false;
        }
        long near = near(event);
        long talked = talk.runningSince()
                .map(since -> overlap(event, since - near, talk.runningUntil() + near))
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
