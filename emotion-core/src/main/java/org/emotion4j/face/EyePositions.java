package org.emotion4j.face;

/**
 * The middles of both eyes: in pixels of a frame, or as fractions of a box's or a crop's width and height, as whoever
 * gives them says. Left and right are those of the picture.
 *
 * @param leftX x of the left eye
 * @param leftY y of the left eye
 * @param rightX x of the right eye
 * @param rightY y of the right eye
 */
public record EyePositions(double leftX, double leftY, double rightX, double rightY) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is not finite or both eyes are in the same place
     */
    public EyePositions {
        if (!Double.isFinite(leftX)
                || !Double.isFinite(leftY)
                || !Double.isFinite(rightX)
                || !Double.isFinite(rightY)
                || (leftX == rightX && leftY == rightY)) {
            throw new IllegalArgumentException("eyes are (" + leftX + ", " + leftY + ") and (" + rightX + ", " + rightY
                    + "), expected two different points with finite coordinates");
        }
    }

    /**
     * Returns eyes on one level, the same distance from the middle.
     *
     * @param leftX x of the left eye as a fraction of the width, below 0.5
     * @param y y of both eyes as a fraction of the height
     * @return the positions, as fractions
     * @throws IllegalArgumentException if leftX is not below 0.5
     */
    public static EyePositions level(double leftX, double y) {
        if (!(leftX < 0.5)) {
            throw new IllegalArgumentException("leftX is " + leftX + ", expected below 0.5");
        }
        return new EyePositions(leftX, y, 1 - leftX, y);
    }

    /**
     * Returns how far the eyes are apart.
     *
     * @return the distance of the two points, above 0, in their own unit
     */
    public double distance() {
        return Math.hypot(rightX - leftX, rightY - leftY);
    }

    /**
     * Reads these positions as fractions of a box and returns them in pixels.
     *
     * @param box the box
     * @return the positions in the box's own unit
     */
    public EyePositions within(BoundingBox box) {
        return new EyePositions(
                box.x() + leftX * box.width(),
                box.y() + leftY * box.height(),
                box.x() + rightX * box.width(),
                box.y() + rightY * box.height());
    }
}
