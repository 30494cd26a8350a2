package org.emotion4j.pipeline;

import java.nio.ByteBuffer;
import org.emotion4j.frame.Pixels;

/**
 * Finds cuts from one scene of a film to another, after which nobody is who was at the same place before. What is fine in a picture of 32
 * by 24 cells, each less the mean around it, is compared with the picture before by correlation, which neither exposure nor contrast
 * changes; moved by up to a quarter of the width and a sixth of the height, so that a camera may pan; and without cells that are black or
 * white, so that a light may flash. Where too little is left nothing is said, and the next picture is compared with the one
 * before. Misses some cuts between people in the same pose before the same wall. Confined to one thread.
 */
final class SceneCuts {
    private static final int COLUMNS = 32;
    private static final int ROWS = 24;

    /** Points of a cell, a side. */
    private static final int POINTS = 3;

    /** Of the mean around a cell, to each side. */
    private static final int AROUND = 2;

    private static final int MOST_RIGHT = 8;
    private static final int MOST_DOWN = 4;

    /** What follows from the picture before is more like it, and what does not is less: figures in docs/sources.md. */
    private static final double LEAST_LIKENESS = 0.35;

    /** So alike without being moved, no picture is after a cut. */
    private static final double ALIKE = 0.7;

    private static final int DARKEST = 16;
    private static final int BRIGHTEST = 235;

    /** Of all cells, so many have to be neither black nor white. */
    private static final double LEAST_CELLS = 0.4;

    /** In squares of gray levels: more than a camera's noise. */
    private static final double LEAST_VARIANCE = 2;

    private Fine last = new Fine();
    private Fine now = new Fine();
    private boolean isKnown;
    private boolean isFollowed;

    /** Forgets the picture before. */
    void reset() {
        isKnown = false;
        isFollowed = false;
    }

    /** Looks at a picture that is known not to follow from the one before. */
    void begin(Pixels picture) {
        reset();
        isCut(picture);
    }

    /** Looks at the next picture. The one right after a cut is none, or a single odd one would be two scenes. */
    boolean isCut(Pixels picture) {
        now.look(picture);
        if (Double.isNaN(now.likeness(now, 0, 0))) {
            return false;
        }
        boolean cut = isKnown && isFollowed && isOther();
        isFollowed = isKnown && !cut;
        isKnown = true;
        Fine before = last;
        last = now;
        now = before;
        return cut;
    }

    private boolean isOther() {
        double unmoved = last.likeness(now, 0, 0);
        if (Double.isNaN(unmoved) || unmoved >= ALIKE) {
            return false;
        }
        for (int down = -MOST_DOWN; down <= MOST_DOWN; down++) {
            for (int right = -MOST_RIGHT; right <= MOST_RIGHT; right++) {
                if (last.likeness(now, right, down) >= LEAST_LIKENESS) {
                    return false;
                }
            }
        }
        return true;
    }

    /** What is fine in a picture. */
    private static final class Fine {
        private final int[] cells = new int[COLUMNS * ROWS];
        private final int[] sums = new int[(COLUMNS + 1) * (ROWS + 1)];

        /** Not a number where it is black or white. */
        private final float[] values = new float[COLUMNS * ROWS];

        /** By the green (or gray) values of the points of a grid. */
        void look(Pixels picture) {
            ByteBuffer pixels = picture.pixels();
            int bytes = picture.format().bytesPerPixel();
            int[] columns = new int[COLUMNS * POINTS];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = (int) ((i + 0.5) * picture.width() / columns.length) * bytes + bytes / 2;
            }
            for (int y = 0; y < ROWS; y++) {
                for (int x = 0; x < COLUMNS; x++) {
                    int sum = 0;
                    for (int i = 0; i < POINTS; i++) {
                        int row = (int) ((y * POINTS + i + 0.5) * picture.height() / (ROWS * POINTS));
                        for (int j = 0; j < POINTS; j++) {
                            sum += pixels.get(row * picture.stride() + columns[x * POINTS + j]) & 0xff;
                        }
                    }
                    cells[y * COLUMNS + x] = sum / (POINTS * POINTS);
                }
            }
            lessTheMeanAround();
        }

        private void lessTheMeanAround() {
            int width = COLUMNS + 1;
            for (int y = 0; y < ROWS; y++) {
                int row = 0;
                for (int x = 0; x < COLUMNS; x++) {
                    row += cells[y * COLUMNS + x];
                    sums[(y + 1) * width + x + 1] = sums[y * width + x + 1] + row;
                }
            }
            for (int y = 0; y < ROWS; y++) {
                int top = Math.max(0, y - AROUND);
                int bottom = Math.min(ROWS, y + AROUND + 1);
                for (int x = 0; x < COLUMNS; x++) {
                    int left = Math.max(0, x - AROUND);
                    int right = Math.min(COLUMNS, x + AROUND + 1);
                    int sum = sums[bottom * width + right]
                            - sums[top * width + right]
                            - sums[bottom * width + left]
                            + sums[top * width + left];
                    int cell = cells[y * COLUMNS + x];
                    values[y * COLUMNS + x] = cell > DARKEST && cell < BRIGHTEST
                            ? cell - (float) sum / ((bottom - top) * (right - left))
                            : Float.NaN;
                }
            }
        }

        /** The correlation of the cells that both have; not a number where these are too few, or all the same. */
        double likeness(Fine other, int right, int down) {
            int count = 0;
            double sum = 0;
            double otherSum = 0;
            double squares = 0;
            double otherSquares = 0;
            double products = 0;
            for (int y = Math.max(0, -down); y < Math.min(ROWS, ROWS - down); y++) {
                for (int x = Math.max(0, -right); x < Math.min(COLUMNS, COLUMNS - right); x++) {
                    float a = values[(y + down) * COLUMNS + x + right];
                    float b = other.values[y * COLUMNS + x];
                    float product = a * b;
                    if (!Float.isNaN(product)) {
                        count++;
                        sum += a;
                        otherSum += b;
                        squares += a * a;
                        otherSquares += b * b;
                        products += product;
                    }
                }
            }
            double variance = squares - sum * sum / count;
            double otherVariance = otherSquares - otherSum * otherSum / count;
            if (count < LEAST_CELLS * values.length || Math.min(variance, otherVariance) < LEAST_VARIANCE * count) {
                return Double.NaN;
            }
            return (products - sum * otherSum / count) / Math.sqrt(variance * otherVariance);
        }
    }
}
