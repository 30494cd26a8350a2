package org.emotion4j.frame;

/**
 * Reduces a picture by exact area means, row by row: what networks get that look at whole frames. The memory is kept from picture
 * to picture, so an object is confined to one thread.
 */
final class AreaReduction {
    private int rows;
    private byte[] row = new byte[0];
    private float[] levels = new float[0];
    private float[] mean = new float[0];
    private AreaTaps columns = AreaTaps.NONE;

    /** Which row of the picture lies unpacked in {@link #levels}: two reduced rows may share one. */
    private int unpacked;

    /**
     * Begins with a picture.
     *
     * @param source the picture
     * @param reducedWidth to how many columns it is reduced
     * @param reducedHeight to how many rows it is reduced
     * @param paddedWidth columns that its user has for them
     * @param paddedHeight rows that its user has for them
     * @throws IllegalArgumentException if it would be enlarged, or there is no room for it
     */
    void begin(Pixels source, int reducedWidth, int reducedHeight, int paddedWidth, int paddedHeight) {
        requireSizes(source, reducedWidth, reducedHeight, paddedWidth, paddedHeight);
        int bytes = bytesOfRow(source);
        if (row.length < bytes) {
            row = new byte[bytes];
            levels = new float[bytes];
            mean = new float[bytes];
        }
        if (!columns.fit(source.width(), reducedWidth)) {
            columns = AreaTaps.of(source.width(), reducedWidth);
        }
        rows = reducedHeight;
        unpacked = -1;
    }

    static void requireSizes(Pixels source, int reducedWidth, int reducedHeight, int paddedWidth, int paddedHeight) {
        requireSize("width", reducedWidth, source.width(), paddedWidth);
        requireSize("height", reducedHeight, source.height(), paddedHeight);
    }

    private static void requireSize(String side, int reduced, int original, int padded) {
        if (reduced < 1 || reduced > original || padded < reduced) {
            throw new IllegalArgumentException(side + " " + original + " reduced to " + reduced + " and padded to "
                    + padded + ", expected 1 <= reduced <= original and reduced <= padded");
        }
    }

    private static int bytesOfRow(Pixels source) {
        return source.width() * source.format().bytesPerPixel();
    }

    /**
     * Gives a row of the reduced picture; they are asked for in their order.
     *
     * @param source the picture, the same for all rows
     * @param y which row
     * @param red gets the levels, 0 to 255, of the reduced columns; of a gray picture these are all there is
     * @param green likewise
     * @param blue likewise
     */
    void row(Pixels source, int y, float[] red, float[] green, float[] blue) {
        meanOfRows(source, y);
        switch (source.format()) {
            case GRAY8 -> {
                columns.apply(mean, red);
                System.arraycopy(red, 0, green, 0, columns.reduced());
                System.arraycopy(red, 0, blue, 0, columns.reduced());
            }
            case RGB24 -> columns.apply(mean, red, green, blue);
            case BGR24 -> columns.apply(mean, blue, green, red);
        }
    }

    /** The mean of the rows of the picture that a reduced one covers. */
    private void meanOfRows(Pixels source, int y) {
        int bytes = bytesOfRow(source);
        double scale = (double) source.height() / rows;
        double from = y * scale;
        double to = Math.min(source.height(), (y + 1) * scale);
        int first = (int) from;
        for (int in = first; in < to; in++) {
            if (in != unpacked) {
                source.pixels().get(in * source.stride(), row, 0, bytes);
                ImageTransform.unpack(row, levels, bytes);
                unpacked = in;
            }
            float weight = (float) ((Math.min(to, in + 1.0) - Math.max(from, in)) / scale);
            if (in == first) {
                times(levels, weight, mean, bytes);
            } else {
                AreaSampler.addTimes(levels, 0, weight, mean, bytes);
            }
        }
    }

    /** A short loop in a method of its own, which the just-in-time compiler makes vector instructions of. */
    private static void times(float[] in, float weight, float[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = weight * in[i];
        }
    }
}
