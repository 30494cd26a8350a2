package org.emotion4j.face;

/**
 * An upright rectangle in pixels of a frame; the origin is the frame's upper left corner. It may reach over the border.
 *
 * @param x left side
 * @param y upper side
 * @param width above 0
 * @param height above 0
 */
public record BoundingBox(double x, double y, double width, double height) {
    /**
     * Checks the numbers.
     *
     * @param x as {@link #x()}
     * @param y as {@link #y()}
     * @param width as {@link #width()}
     * @param height as {@link #height()}
     * @throws IllegalArgumentException if a number is not finite or a side is not above 0
     */
    public BoundingBox {
        if (!Double.isFinite(x)
                || !Double.isFinite(y)
                || !(width > 0)
                || !(height > 0)
                || Double.isInfinite(width)
                || Double.isInfinite(height)) {
            throw new IllegalArgumentException("box is (" + x + ", " + y + ", " + width + ", " + height
                    + "), expected finite numbers and sides above 0");
        }
    }

    /**
     * Returns the x of the right side.
     *
     * @return x + width
     */
    public double right() {
        return x + width;
    }

    /**
     * Returns the y of the lower side.
     *
     * @return y + height
     */
    public double bottom() {
        return y + height;
    }

    /**
     * Returns the x of the middle.
     *
     * @return x + width / 2
     */
    public double centerX() {
        return x + width / 2;
    }

    /**
     * Returns the y of the middle.
     *
     * @return y + height / 2
     */
    public double centerY() {
        return y + height / 2;
    }

    /**
     * Returns the area.
     *
     * @return square pixels
     */
    public double area() {
        return width * height;
    }

    /**
     * Returns the area that two boxes share.
     *
     * @param other the other box
     * @return square pixels, 0 where they are apart
     */
    public double intersection(BoundingBox other) {
        double w = Math.min(right(), other.right()) - Math.max(x, other.x);
        double h = Math.min(bottom(), other.bottom()) - Math.max(y, other.y);
        return w > 0 && h > 0 ? w * h : 0;
    }

    /**
     * Returns the intersection over union (Jaccard index) of two boxes.
     *
     * @param other the other box
     * @return 0 where they are apart, 1 where they are the same
     */
    public double iou(BoundingBox other) {
        double shared = intersection(other);
        return shared / (area() + other.area() - shared);
    }
}
