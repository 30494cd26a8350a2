package org.emotion4j.face;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleFunction;

/**
 * Faces that walk about with known truth, and what a detector would make of them: boxes that jitter, misses, and none of a
 * face that another one covers.
 */
final class WalkingFaces {
    /** Of a hidden face this share is covered. */
    private static final double HIDDEN_FROM = 0.5;

    private final List<DoubleFunction<BoundingBox>> walks = new ArrayList<>();
    private final Random random;
    private double jitter = 0.03;
    private double missed = 0.1;
    private double framesPerSecond = 25;

    WalkingFaces(long seed) {
        random = new Random(seed);
    }

    /** Adds a face behind those before it: its box at a time in seconds. */
    WalkingFaces with(DoubleFunction<BoundingBox> walk) {
        walks.add(walk);
        return this;
    }

    /** Standard deviation of the boxes' sides and places in widths, and the share of the detections that fail. */
    WalkingFaces disturbed(double jitterInWidths, double missedShare) {
        jitter = jitterInWidths;
        missed = missedShare;
        return this;
    }

    WalkingFaces framesPerSecond(double value) {
        framesPerSecond = value;
        return this;
    }

    /** Counts how often a face gets another id than it had when it was seen before. */
    int switches(FaceTracker tracker, double seconds) {
        Map<Integer, Integer> idOfWalk = new HashMap<>();
        int switches = 0;
        for (int frame = 0; frame < seconds * framesPerSecond; frame++) {
            double time = frame / framesPerSecond;
            Map<DetectedFace, Integer> truth = look(time);
            List<DetectedFace> faces = truth.keySet().stream()
                    .sorted(Comparator.comparingDouble(
                            (DetectedFace face) -> -face.box().area()))
                    .toList();
            for (TrackedFace tracked :
                    tracker.update((long) (time * 1e9), faces).faces()) {
                Integer before = idOfWalk.put(truth.get(tracked.face()), tracked.id());
                switches += before != null && before != tracked.id() ? 1 : 0;
            }
        }
        return switches;
    }

    private Map<DetectedFace, Integer> look(double time) {
        Map<DetectedFace, Integer> seen = new HashMap<>();
        for (int i = 0; i < walks.size(); i++) {
            BoundingBox box = walks.get(i).apply(time);
            boolean hidden = false;
            for (int front = 0; front < i; front++) {
                hidden |= walks.get(front).apply(time).intersection(box) > HIDDEN_FROM * box.area();
            }
            if (!hidden && random.nextDouble() >= missed) {
                seen.put(new DetectedFace(disturbed(box), 0.5 + random.nextDouble() / 2), i);
            }
        }
        return seen;
    }

    private BoundingBox disturbed(BoundingBox box) {
        double size = 1 + jitter * random.nextGaussian();
        double width = box.width() * size;
        double height = box.height() * size;
        return new BoundingBox(
                box.centerX() + jitter * box.width() * random.nextGaussian() - width / 2,
                box.centerY() + jitter * box.width() * random.nextGaussian() - height / 2,
                width,
                height);
    }

    /** A square face around a middle. */
    static BoundingBox square(double centerX, double centerY, double side) {
        return new BoundingBox(centerX - side / 2, centerY - side / 2, side, side);
    }
}
