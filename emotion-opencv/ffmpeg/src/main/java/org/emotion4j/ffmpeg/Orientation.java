package org.emotion4j.ffmpeg;

import java.nio.ByteBuffer;

/**
 * How the stored picture is turned for display: one of the eight ways that a rectangle of pixels can lie.
 *
 * @param transposed whether columns become rows, before the mirroring
 * @param mirroredX whether left and right are swapped in the displayed picture
 * @param mirroredY whether top and bottom are swapped in the displayed picture
 */
record Orientation(boolean transposed, boolean mirroredX, boolean mirroredY) {
    /** As it is stored. */
    static final Orientation UPRIGHT = new Orientation(false, false, false);

    private static final int ELEMENTS = 9;

    /**
     * Reads FFmpeg's display matrix: nine 32-bit numbers row by row, {@code x' = m0 x + m3 y + m6} and
     * {@code y' = m1 x + m4 y + m7} (libavutil/display.h). A rotation by anything else than quarter turns becomes the
     * nearest of them.
     */
    static Orientation ofDisplayMatrix(int[] matrix) {
        if (matrix.length != ELEMENTS) {
            throw new IllegalArgumentException("display matrix has " + matrix.length + " elements, expected 9");
        }
        long a = matrix[0];
        long b = matrix[1];
        long c = matrix[3];
        long d = matrix[4];
        if (a * d == b * c) {
            return UPRIGHT;
        }
        return Math.abs(a) + Math.abs(d) >= Math.abs(b) + Math.abs(c)
                ? new Orientation(false, a < 0, d < 0)
                : new Orientation(true, c < 0, b < 0);
    }

    /** The displayed picture turned by a quarter counterclockwise. */
    Orientation turnedLeft() {
        return new Orientation(!transposed, mirroredY, !mirroredX);
    }

    /** The displayed picture with left and right swapped. */
    Orientation flippedAcross() {
        return new Orientation(transposed, !mirroredX, mirroredY);
    }

    /** The displayed picture with top and bottom swapped. */
    Orientation flippedDown() {
        return new Orientation(transposed, mirroredX, !mirroredY);
    }

    boolean isUpright() {
        return !transposed && !mirroredX && !mirroredY;
    }

    /** The displayed picture's width. */
    int width(int storedWidth, int storedHeight) {
        return transposed ? storedHeight : storedWidth;
    }

    /** The displayed picture's height. */
    int height(int storedWidth, int storedHeight) {
        return transposed ? storedWidth : storedHeight;
    }

    /**
     * Copies a stored picture of three bytes a pixel into a displayed one without gaps between rows.
     *
     * @param stride bytes between the stored rows
     */
    void copy(ByteBuffer stored, int storedWidth, int storedHeight, int stride, ByteBuffer displayed) {
        if (isUpright()) {
            for (int y = 0; y < storedHeight; y++) {
                displayed.put(y * storedWidth * 3, stored, y * stride, storedWidth * 3);
            }
            return;
        }
        int width = width(storedWidth, storedHeight);
        int height = height(storedWidth, storedHeight);
        int stepX = (transposed ? stride : 3) * (mirroredX ? -1 : 1);
        int stepY = (transposed ? 3 : stride) * (mirroredY ? -1 : 1);
        int row = (stepX < 0 ? -stepX * (width - 1) : 0) + (stepY < 0 ? -stepY * (height - 1) : 0);
        int out = 0;
        for (int y = 0; y < height; y++) {
            int in = row;
            for (int x = 0; x < width; x++) {
                displayed.put(out, stored.get(in));
                displayed.put(out + 1, stored.get(in + 1));
                displayed.put(out + 2, stored.get(in + 2));
                in += stepX;
                out += 3;
            }
            row += stepY;
        }
    }

    @Override
    public String toString() {
        if (isUpright()) {
            return "upright";
        }
        int turn = transposed ? (mirroredX == mirroredY ? 0 : mirroredX ? 90 : 270) : mirroredX && mirroredY ? 180 : 0;
        return turn > 0
                ? "turned by " + turn + " degrees clockwise"
                : (transposed ? "transposed" : "mirrored") + (mirroredY ? " upside down" : "");
    }
}
