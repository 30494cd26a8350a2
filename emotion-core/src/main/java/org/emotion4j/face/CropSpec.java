package org.emotion4j.face;

import org.emotion4j.frame.PixelFormat;

/**
 * The crop that a classifier wants: its size, its pixel format and where the eyes lie in it. The classifier owns it; the
 * {@link FaceAligner} fulfills it.
 *
 * @param width columns, 8 to 1,024
 * @param height rows, 8 to 1,024
 * @param format the pixel format
 * @param eyes where the eyes lie in the tight crop, as fractions of its width and height
 * @param margin by how much the crop is wider than the tight one on each side, as a fraction of the tight crop's width;
 *     0 to 2
 */
public record CropSpec(int width, int height, PixelFormat format, EyePositions eyes, double margin) {
    /**
     * Where the eyes lie in a tight square crop of FER2013's kind: the median over 2,453 Training rows whose eyes a
     * 68-point network found, both sides averaged (2026-11-22).
     */
    public static final EyePositions TIGHT_EYES = EyePositions.level(0.314, 0.376);

    private static final CropSpec FER2013 = new CropSpec(48, 48, PixelFormat.GRAY8, TIGHT_EYES, 0);

    /**
     * Checks the ranges.
     *
     * @param width as {@link #width()}
     * @param height as {@link #height()}
     * @param format as {@link #format()}
     * @param eyes as {@link #eyes()}
     * @param margin as {@link #margin()}
     * @throws IllegalArgumentException if a number is out of its range
     */
    public CropSpec {
        requireSide("width", width);
        requireSide("height", height);
        if (!(margin >= 0 && margin <= 2)) {
            throw new IllegalArgumentException("margin is " + margin + ", expected 0 to 2");
        }
    }

    /**
     * Returns the crop of FER2013's own pictures, and of networks that say nothing else: 48x48 gray. Frozen, since networks
     * are trained for it. This library's default network has the eyes at the same places in a crop of 56x56.
     *
     * @return the default
     */
    public static CropSpec fer2013() {
        return FER2013;
    }

    /**
     * A tight crop of another size.
     *
     * @param width columns, 8 to 1,024
     * @param height rows, 8 to 1,024
     * @param format the pixel format
     * @return a crop with the eyes where FER2013 has them and no margin
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static CropSpec of(int width, int height, PixelFormat format) {
        return new CropSpec(width, height, format, TIGHT_EYES, 0);
    }

    /**
     * Widens the crop.
     *
     * @param value the margin on each side, as a fraction of the tight crop's width, 0 to 2
     * @return a copy with that margin
     * @throws IllegalArgumentException if the number is out of its range
     */
    public CropSpec withMargin(double value) {
        return new CropSpec(width, height, format, eyes, value);
    }

    /**
     * Moves the eyes.
     *
     * @param value where the eyes lie in the tight crop, as fractions of its width and height
     * @return a copy with the eyes there
     */
    public CropSpec withEyes(EyePositions value) {
        return new CropSpec(width, height, format, value, margin);
    }

    /**
     * Returns where the eyes lie in the crop, margin included.
     *
     * @return pixels of the crop
     */
    public EyePositions eyesInPixels() {
        return new EyePositions(
                inPixels(eyes.leftX(), width),
                inPixels(eyes.leftY(), height),
                inPixels(eyes.rightX(), width),
                inPixels(eyes.rightY(), height));
    }

    private double inPixels(double fraction, int side) {
        return side * (0.5 + (fraction - 0.5) / (1 + 2 * margin));
    }

    private static void requireSide(String option, int value) {
        if (value < 8 || value > 1_024) {
            throw new IllegalArgumentException(option + " is " + value + ", expected 8 to 1024");
        }
    }
}
