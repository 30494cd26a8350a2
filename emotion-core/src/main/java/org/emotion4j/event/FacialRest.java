package org.emotion4j.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.emotion.FacialMovements;

/**
 * What one person's face shows at rest: of each expression's score, each movement and the eyes the median of a stretch, and how far
 * they usually are from it. Events are measured against it ({@link FacialEventDetector#relativeTo}), and movements
 * ({@link #above}). Immutable.
 */
public final class FacialRest {
    /** So many readings of the face a rest takes at least. */
    public static final int LEAST_READINGS = 5;

    private final Map<Emotion, Level> expressions;
    private final Optional<Map<FacialMovement, Level>> movements;
    private final Optional<Level> eyes;

    private FacialRest(
            Map<Emotion, Level> expressions, Optional<Map<FacialMovement, Level>> movements, Optional<Level> eyes) {
        this.expressions = expressions;
        this.movements = movements;
        this.eyes = eyes;
    }

    /** A median and the median distance from it. */
    record Level(double median, double spread) {
        static Level of(List<Double> values) {
            double median = medianOf(values.stream().mapToDouble(each -> each).toArray());
            return new Level(
                    median,
                    medianOf(values.stream()
                            .mapToDouble(each -> Math.abs(each - median))
                            .toArray()));
        }

        private static double medianOf(double[] values) {
            Arrays.sort(values);
            return values[(values.length - 1) / 2];
        }
    }

    /**
     * Starts to learn what a person shows at rest.
     *
     * @return a collector without readings
     */
    public static Collector collector() {
        return new Collector();
    }

    /**
     * Returns the score of an expression at rest.
     *
     * @param emotion which
     * @return the median, 0 to 1
     */
    public double score(Emotion emotion) {
        return level(emotion).median();
    }

    /**
     * Tells whether it is known what moves at rest.
     *
     * @return false where fewer than {@value #LEAST_READINGS} readings told
     */
    public boolean knowsMovements() {
        return movements.isPresent();
    }

    /**
     * Returns how much of a movement is seen at rest.
     *
     * @param movement which
     * @return the median, 0 to 1; 0 where it is not known
     */
    public double intensity(FacialMovement movement) {
        return level(movement).map(Level::median).orElse(0.0);
    }

    /**
     * Returns how far the eyes are closed at rest.
     *
     * @return the median of both, 0 open to 1 closed; 0 where it is not known
     */
    public double eyesClosed() {
        return eyes.map(Level::median).orElse(0.0);
    }

    /**
     * Takes the rest out: what rises above it, as a share of what is left to rise. Brows that are always half up have
     * nothing, and everything when they are as high as can be. Eyes and head stay as they are.
     *
     * @param seen movements of the same person
     * @return the same relative to rest; as they are where movements at rest are not known
     */
    public FacialMovements above(FacialMovements seen) {
        if (movements.isEmpty()) {
            return seen;
        }
        float[] intensities = new float[FacialMovement.COUNT];
        for (FacialMovement movement : FacialMovement.all()) {
            double rest = intensity(movement);
            double left = 1 - rest;
            intensities[movement.ordinal()] =
                    left <= 0 ? 0 : (float) Math.max(0, Math.min(1, (seen.intensity(movement) - rest) / left));
        }
        return FacialMovements.of(intensities, seen.leftEyeClosed(), seen.rightEyeClosed(), seen.headPose());
    }

    Level level(Emotion emotion) {
        return expressions.getOrDefault(emotion, new Level(0, 0));
    }

    Optional<Level> level(FacialMovement movement) {
        return movements.map(levels -> levels.getOrDefault(movement, new Level(0, 0)));
    }

    Optional<Level> eyes() {
        return eyes;
    }

    /** Returns the scores at rest, for example {@code "FacialRest[angry 0.02, …, neutral 0.90]"}. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        Emotion.all()
                .forEach(emotion -> parts.add(String.format(Locale.ROOT, "%s %.2f", emotion.label(), score(emotion))));
        return "FacialRest[" + String.join(", ", parts) + "]";
    }

    /** Takes readings of a person at rest. Confined to one thread. */
    public static final class Collector {
        private final Map<Emotion, List<Double>> expressions = new EnumMap<>(Emotion.class);
        private final Map<FacialMovement, List<Double>> movements = new EnumMap<>(FacialMovement.class);
        private final List<Double> eyes = new ArrayList<>();
        private int readings;

        private Collector() {
            Emotion.all().forEach(emotion -> expressions.put(emotion, new ArrayList<>()));
            FacialMovement.all().forEach(movement -> movements.put(movement, new ArrayList<>()));
        }

        /**
         * Adds a reading.
         *
         * @param scores the classifier's scores of this frame alone
         * @param seen what moves in the face; empty where nobody tells
         * @return this collector
         */
        public Collector add(EmotionScores scores, Optional<FacialMovements> seen) {
            readings++;
            expressions.forEach((emotion, values) -> values.add((double) scores.get(emotion)));
            seen.ifPresent(moving -> {
                movements.forEach((movement, values) -> values.add((double) moving.intensity(movement)));
                eyes.add(moving.eyesClosed());
            });
            return this;
        }

        /**
         * Returns how many readings there are.
         *
         * @return 0 or more
         */
        public int readings() {
            return readings;
        }

        /**
         * Returns what was learned.
         *
         * @return the rest
         * @throws IllegalStateException if there are fewer than {@value FacialRest#LEAST_READINGS} readings
         */
        public FacialRest rest() {
            if (readings < LEAST_READINGS) {
                throw new IllegalStateException("a rest takes " + LEAST_READINGS + " readings of the face, got "
                        + readings + ": give a longer stretch, or one in which the face is seen");
            }
            Map<Emotion, Level> scores = new EnumMap<>(Emotion.class);
            expressions.forEach((emotion, values) -> scores.put(emotion, Level.of(values)));
            if (eyes.size() < LEAST_READINGS) {
                return new FacialRest(scores, Optional.empty(), Optional.empty());
            }
            Map<FacialMovement, Level> moving = new EnumMap<>(FacialMovement.class);
            movements.forEach((movement, values) -> moving.put(movement, Level.of(values)));
            return new FacialRest(scores, Optional.of(moving), Optional.of(Level.of(eyes)));
        }
    }
}
