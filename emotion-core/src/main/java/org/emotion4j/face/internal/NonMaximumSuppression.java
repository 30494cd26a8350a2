package org.emotion4j.face.internal;

import java.util.Arrays;

/**
 * Greedy non-maximum suppression: of boxes that overlap too much, the one with the highest score stays.
 *
 * <p>Time and memory are bounded however many boxes come in: of more than {@code maxCandidates} only those with the
 * highest scores are looked at, and it ends when {@code maxKept} are found. Its working memory is kept from call to
 * call, so an object is confined to one thread.
 */
public final class NonMaximumSuppression {
    /** What the shared area of two boxes is divided by. */
    public enum Overlap {
        /** Their union (IoU). */
        UNION,
        /** The smaller of the two (IoM), so that a box inside another one goes: the last stage of MTCNN. */
        SMALLER
    }

    private final double threshold;
    private final Overlap overlap;
    private final int maxCandidates;
    private final int maxKept;
    private long[] order = new long[0];

    private NonMaximumSuppression(double threshold, Overlap overlap, int maxCandidates, int maxKept) {
        this.threshold = threshold;
        this.overlap = overlap;
        this.maxCandidates = maxCandidates;
        this.maxKept = maxKept;
    }

    /**
     * Says when two boxes are the same thing, and how many are looked at.
     *
     * @param threshold the overlap above which the box with the lower score goes, 0 to 1
     * @param overlap how overlap is measured
     * @param maxCandidates how many boxes are looked at, those with the highest scores; 1 or more
     * @param maxKept how many stay at most; 1 or more
     * @return the suppression
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static NonMaximumSuppression of(double threshold, Overlap overlap, int maxCandidates, int maxKept) {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("threshold is " + threshold + ", expected 0 to 1");
        }
        if (maxCandidates < 1) {
            throw new IllegalArgumentException("maxCandidates is " + maxCandidates + ", expected 1 or more");
        }
        if (maxKept < 1) {
            throw new IllegalArgumentException("maxKept is " + maxKept + ", expected 1 or more");
        }
        return new NonMaximumSuppression(threshold, overlap, maxCandidates, maxKept);
    }

    /**
     * Finds the boxes that stay.
     *
     * @param boxes left, top, right and bottom in turn, four finite numbers a box
     * @param scores one finite number a box
     * @param count how many boxes there are
     * @return the indices of those that stay, the highest score first; of equal scores the lower index first
     * @throws IllegalArgumentException if an array is too short for the count, or a score is not a number
     */
    public int[] keep(float[] boxes, float[] scores, int count) {
        if (count < 0 || boxes.length / 4 < count || scores.length < count) {
            throw new IllegalArgumentException("got " + boxes.length + " box coordinates and " + scores.length
                    + " scores, expected 4 and 1 for each of " + count + " boxes");
        }
        sort(scores, count);
        int candidates = Math.min(count, maxCandidates);
        int[] kept = new int[Math.min(candidates, maxKept)];
        int size = 0;
        for (int i = 0; i < candidates && size < kept.length; i++) {
            int box = (int) order[i];
            if (isFree(boxes, box, kept, size)) {
                kept[size++] = box;
            }
        }
        return size == kept.length ? kept : Arrays.copyOf(kept, size);
    }

    /** The index in the lower half of a number whose upper half falls with the score. */
    private void sort(float[] scores, int count) {
        if (order.length < count) {
            order = new long[Math.max(count, 2 * order.length)];
        }
        for (int i = 0; i < count; i++) {
            if (Float.isNaN(scores[i])) {
                throw new IllegalArgumentException("score " + i + " is not a number");
            }
            int bits = Float.floatToIntBits(scores[i] + 0.0f);
            int rising = bits >= 0 ? bits : bits ^ 0x7fffffff;
            order[i] = (long) ~rising << 32 | i;
        }
        Arrays.sort(order, 0, count);
    }

    private boolean isFree(float[] boxes, int box, int[] kept, int size) {
        for (int i = 0; i < size; i++) {
            if (overlap(boxes, 4 * box, 4 * kept[i]) > threshold) {
                return false;
            }
        }
        return true;
    }

    private double overlap(float[] boxes, int a, int b) {
        double width = Math.min(boxes[a + 2], boxes[b + 2]) - (double) Math.max(boxes[a], boxes[b]);
        double height = Math.min(boxes[a + 3], boxes[b + 3]) - (double) Math.max(boxes[a + 1], boxes[b + 1]);
        if (!(width > 0 && height > 0)) {
            return 0;
        }
        double shared = width * height;
        double areaA = area(boxes, a);
        double areaB = area(boxes, b);
        return shared
                / switch (overlap) {
                    case UNION -> areaA + areaB - shared;
                    case SMALLER -> Math.min(areaA, areaB);
                };
    }

    private static double area(float[] boxes, int box) {
        return (boxes[box + 2] - (double) boxes[box]) * (boxes[box + 3] - (double) boxes[box + 1]);
    }

    @Override
    public String toString() {
        return "NonMaximumSuppression[threshold=" + threshold + " overlap=" + overlap + " maxCandidates="
                + maxCandidates + " maxKept=" + maxKept + "]";
    }
}
