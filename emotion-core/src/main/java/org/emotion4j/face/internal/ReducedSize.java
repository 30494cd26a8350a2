package org.emotion4j.face.internal;

/**
 * How far a frame is reduced for a {@link SingleShotDecoder}'s network.
 *
 * @param frameWidth columns of the frame
 * @param frameHeight rows of the frame
 * @param smallest height of the smallest face looked for, in pixels of the frame
 * @param width columns of the reduced frame
 * @param height rows of the reduced frame
 */
record ReducedSize(int frameWidth, int frameHeight, double smallest, int width, int height) {
    private static final int MAX_SIDE = 1 << 14;
    private static final int ALIGNMENT = 32;

    /**
     * So far that the smallest face is still {@link SingleShotDecoder#SMALLEST_SEEN} pixels high; never enlarged.
     *
     * @param smallest height of the smallest face, in pixels of the frame
     */
    static ReducedSize of(int frameWidth, int frameHeight, double smallest) {
        double scale = Math.min(1, SingleShotDecoder.SMALLEST_SEEN / smallest);
        scale = Math.min(scale, Math.sqrt(SingleShotDecoder.MAX_PIXELS / ((double) frameWidth * frameHeight)));
        scale = Math.min(scale, (double) MAX_SIDE / Math.max(frameWidth, frameHeight));
        int width = (int) Math.max(1, Math.min(frameWidth, Math.round(frameWidth * scale)));
        int height = (int) Math.max(1, Math.min(frameHeight, Math.round(frameHeight * scale)));
        return new ReducedSize(frameWidth, frameHeight, smallest, width, height);
    }

    boolean isOf(int otherWidth, int otherHeight) {
        return frameWidth == otherWidth && frameHeight == otherHeight;
    }

    int paddedWidth() {
        return padded(width);
    }

    int paddedHeight() {
        return padded(height);
    }

    private static int padded(int side) {
        return Math.max(SingleShotDecoder.LEAST_SIDE, (side + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    }

    /** Columns of the frame for one of the reduced one. */
    double scaleX() {
        return (double) frameWidth / width;
    }

    /** Rows of the frame for one of the reduced one. */
    double scaleY() {
        return (double) frameHeight / height;
    }
}
