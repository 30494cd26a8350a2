package org.emotion4j.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.emotion.FacialMovements;
import org.emotion4j.emotion.LabelPolicy;
import org.emotion4j.emotion.ThresholdLabelPolicy;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.HeadPose;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.recording.Consent;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionMetadata;

/**
 * Records a session of nobody: expressions that hold for seconds and pass into one another, in four marked parts with moods
 * of their own, a face that is lost now and then, and a pause in the recording. The same arguments give the same rows.
 */
final class SyntheticSession {
    private static final long BLINK_NANOS = 4_000_000_000L;
    private static final Instant START = Instant.parse("2026-11-02T09:00:00Z");
    private static final List<String> PARTS = List.of("rest", "conversation", "exposure", "recovery");

    /** How often an expression is the next one, in each part; in class order. */
    private static final double[][] MOODS = {
        {0.2, 0.1, 0.2, 0.6, 0.9, 0.2, 9},
        {0.5, 0.2, 0.4, 5, 1.2, 1.6, 6},
        {1.2, 1.2, 5, 0.3, 2.2, 2.2, 3},
        {0.2, 0.1, 0.5, 2.6, 1.4, 0.4, 7},
    };

    private final Random random;
    private final LabelPolicy policy = ThresholdLabelPolicy.ofDefaults();
    private double[] level = new double[EmotionScores.SIZE];
    private Optional<Emotion> label = Optional.empty();
    private int shown = Emotion.NEUTRAL.ordinal();
    private double strength = 1;
    private double left;
    private double lostFor;

    private SyntheticSession(long seed) {
        random = new Random(seed);
    }

    /** Records into a new folder. */
    static void record(Path folder, Duration length, double framesPerSecond, long seed, String subject)
            throws IOException {
        Instant start = START.plus(Duration.ofDays(7 * seed));
        Consent consent = new Consent(
                Consent.PERSON_RECORDED, start.minusSeconds(600), "example of a report", LocalDate.of(2031, 12, 31));
        SessionMetadata metadata = SessionMetadata.of(consent)
                .withSessionId("synthetic-" + seed)
                .withSubject(subject)
                .withSetting("window", "PT1S");
        long frames = Math.round(length.toNanos() / 1e9 * framesPerSecond);
        SyntheticSession session = new SyntheticSession(seed);
        try (CsvSessionRecorder recorder = CsvSessionRecorder.builder(folder)
                .metadata(metadata)
                .clock(Clock.fixed(start, ZoneOffset.UTC))
                .forceEvery(Duration.ofMinutes(1))
                .create()) {
            long pause = 0;
            for (long i = 0; i < frames; i++) {
                if (i == frames * 11 / 20) {
                    pause = length.toNanos() / 40;
                }
                long nanos = Math.round(i * 1e9 / framesPerSecond) + pause;
                recorder.record(session.frame(i, nanos, start, (double) i / frames, 1 / framesPerSecond));
            }
            for (int i = 0; i < PARTS.size(); i++) {
                recorder.mark(length.toNanos() * i / PARTS.size(), PARTS.get(i));
            }
        }
    }

    private FrameResult frame(long index, long nanos, Instant start, double place, double seconds) {
        step(MOODS[(int) (place * MOODS.length)], seconds);
        List<EmotionReading> readings = List.of();
        if (lostFor > 0) {
            lostFor -= seconds;
            label = Optional.empty();
        } else {
            readings = List.of(reading(nanos));
        }
        return new FrameResult(
                index,
                nanos,
                start.plusNanos(nanos),
                "synthetic",
                640,
                480,
                index == 0,
                readings,
                new StageTimings(1, 1, 1, 3));
    }

    private void step(double[] mood, double seconds) {
        left -= seconds;
        if (left <= 0) {
            shown = draw(mood);
            strength = 0.45 + 0.55 * random.nextDouble();
            left = 1.5 + 6 * -Math.log(1 - random.nextDouble());
            if (lostFor <= 0 && random.nextInt(14) == 0) {
                lostFor = 1 + 7 * random.nextDouble();
            }
        }
        double rate = 1 - Math.exp(-seconds / 0.6);
        for (int i = 0; i < level.length; i++) {
            level[i] += rate * ((i == shown ? strength : 0) - level[i]);
        }
    }

    private EmotionReading reading(long nanos) {
        EmotionScores raw = scores(0.35);
        EmotionScores smoothed = scores(0.04);
        label = policy.decide(smoothed, label);
        double sway = Math.sin(nanos / 9e9);
        BoundingBox box = new BoundingBox(230 + 40 * sway, 130 + 12 * Math.cos(nanos / 7e9), 150, 150);
        return new EmotionReading(
                1,
                nanos,
                new DetectedFace(box, 0.93 + 0.05 * sway),
                raw,
                smoothed,
                label,
                Optional.empty(),
                Optional.of(movements(nanos, sway)));
    }

    /** Those of the expression that is shown, a blink every four seconds, and a head that sways. */
    private FacialMovements movements(long nanos, double sway) {
        float[] intensities = new float[FacialMovement.COUNT];
        for (int i = 0; i < intensities.length; i++) {
            double shownNow = level[i % level.length] * (i % 2 == 0 ? 0.9 : 0.4);
            intensities[i] = (float) Math.max(0, Math.min(1, shownNow + 0.03 * random.nextGaussian()));
        }
        double closed = Math.max(0, 1 - Math.abs(nanos % BLINK_NANOS - BLINK_NANOS / 2) / 1e8);
        return FacialMovements.of(intensities, closed, closed, new HeadPose(12 * sway, 5 * sway, 3 * sway));
    }

    private EmotionScores scores(double noise) {
        float[] weights = new float[EmotionScores.SIZE];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) Math.exp(3.4 * level[i] + 3 * noise * random.nextGaussian());
        }
        return EmotionScores.ofWeights(weights);
    }

    private int draw(double[] mood) {
        double sum = 0;
        for (double weight : mood) {
            sum += weight;
        }
        double place = random.nextDouble() * sum;
        for (int i = 0; i < mood.length; i++) {
            place -= mood[i];
            if (place < 0) {
                return i;
            }
        }
        return Emotion.NEUTRAL.ordinal();
    }
}
