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
     * @param leftX as {@link #leftX()}
     * @param leftY as {@link #leftY()}
     * @param rightX as {@link #rightX()}
     * @param rightY as {@link #rightY()}
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
     * Reads these positions as fractions of a face's box and returns them in pixels; where the face has landmarks that are
     * turned by more than 45 degrees, turned about the middle of the box by as much.
     */
    EyePositions within(DetectedFace face) {
        BoundingBox box = face.box();
        if (face.landmarks().isEmpty()) {
            return within(box);
        }
        Landmarks points = face.landmarks().get();
        double downX = (points.fiveX(3) + points.fiveX(4) - points.fiveX(0) - points.fiveX(1)) / 2;
        double downY = (points.fiveY(3) + points.fiveY(4) - points.fiveY(0) - points.fiveY(1)) / 2;
        if (downY >= Math.abs(downX)) {
            return within(box);
        }
        double length = Math.hypot(downX, downY);
        double cosine = length == 0 ? 1 : downY / length;
        double sine = length == 0 ? 0 : -downX / length;
        boolean onItsSide = Math.abs(sine) > Math.abs(cosine);
        double width = onItsSide ? box.height() : box.width();
        double height = onItsSide ? box.width() : box.height();
        EyePositions upright = within(new BoundingBox(-width / 2, -height / 2, width, height));
        return new EyePositions(
                box.centerX() + cosine * upright.leftX - sine * upright.leftY,
                box.centerY() + sine * upright.leftX + cosine * upright.leftY,
                box.centerX() + cosine * upright.rightX - sine * upright.rightY,
                box.centerY() + sine * upright.rightX + cosine * upright.rightY);
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
