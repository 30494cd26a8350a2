package org.emotion4j.djl;

import java.util.Arrays;

/**
 * What a stage of MTCNN takes for faces: boxes, scores and the offsets by which the network would move their sides. Boxes
 * count pixels from 1 as the authors' code does: (x1, y1, x2, y2) holds the pixels x1 - 1 to x2, not including x2,
 * counted from 0.
 */
final class Candidates {
    /** Four floats a box and its offsets, one a score. */
    float[] boxes;

    float[] scores;
    float[] offsets;
    int size;

    Candidates() {
        this(0);
    }

    private Candidates(int capacity) {
        boxes = new float[4 * capacity];
        scores = new float[capacity];
        offsets = new float[4 * capacity];
    }

    void clear() {
        size = 0;
    }

    void add(float left, float top, float right, float bottom, float score, float[] shifts, int at, int step) {
        if (size == scores.length) {
            int capacity = Math.max(64, 2 * size);
            boxes = Arrays.copyOf(boxes, 4 * capacity);
            scores = Arrays.copyOf(scores, capacity);
            offsets = Arrays.copyOf(offsets, 4 * capacity);
        }
        int box = 4 * size;
        boxes[box] = left;
        boxes[box + 1] = top;
        boxes[box + 2] = right;
        boxes[box + 3] = bottom;
        for (int i = 0; i < 4; i++) {
            offsets[box + i] = shifts[at + i * step];
        }
        scores[size++] = score;
    }

    void addAll(Candidates others, int[] kept) {
        for (int i : kept) {
            float[] from = others.boxes;
            add(
                    from[4 * i],
                    from[4 * i + 1],
                    from[4 * i + 2],
                    from[4 * i + 3],
                    others.scores[i],
                    others.offsets,
                    4 * i,
                    1);
        }
    }

    /** The ones of these indices, in their order. */
    Candidates chosen(int[] kept) {
        Candidates result = new Candidates(kept.length);
        result.addAll(this, kept);
        return result;
    }

    /**
     * Moves the sides by the offsets times the size.
     *
     * @param extra what is added to the size: 0 after P-Net, 1 after the others
     */
    void shift(float extra) {
        for (int box = 0; box < 4 * size; box += 4) {
            float width = boxes[box + 2] - boxes[box] + extra;
            float height = boxes[box + 3] - boxes[box + 1] + extra;
            boxes[box] += offsets[box] * width;
            boxes[box + 1] += offsets[box + 1] * height;
            boxes[box + 2] += offsets[box + 2] * width;
            boxes[box + 3] += offsets[box + 3] * height;
        }
    }

    /** Widens each box to a square around its middle. */
    void makeSquare() {
        for (int box = 0; box < 4 * size; box += 4) {
            float width = boxes[box + 2] - boxes[box];
            float height = boxes[box + 3] - boxes[box + 1];
            float side = Math.max(width, height);
            boxes[box] = boxes[box] + width * 0.5f - side * 0.5f;
            boxes[box + 1] = boxes[box + 1] + height * 0.5f - side * 0.5f;
            boxes[box + 2] = boxes[box] + side;
            boxes[box + 3] = boxes[box + 1] + side;
        }
    }

    /** Drops boxes of which no pixel lies in the picture. */
    Candidates within(int width, int height) {
        int[] kept = new int[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (right(i, width) > left(i) && bottom(i, height) > top(i)) {
                kept[count++] = i;
            }
        }
        return count == size ? this : chosen(Arrays.copyOf(kept, count));
    }

    /** The first column of a box within the picture, from 0. */
    int left(int index) {
        return Math.max((int) boxes[4 * index], 1) - 1;
    }

    int top(int index) {
        return Math.max((int) boxes[4 * index + 1], 1) - 1;
    }

    /** Past its last column. */
    int right(int index, int width) {
        return Math.min((int) boxes[4 * index + 2], width);
    }

    int bottom(int index, int height) {
        return Math.min((int) boxes[4 * index + 3], height);
    }
}
