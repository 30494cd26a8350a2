package org.emotion4j.frame;

import java.util.Arrays;

/**
 * A map of the plane: {@code x' = m00 x + m01 y + m02} and {@code y' = m10 x + m11 y + m12}.
 *
 * @param m00 x scale and rotation
 * @param m01 x shear and rotation
 * @param m02 x shift in pixels
 * @param m10 y shear and rotation
 * @param m11 y scale and rotation
 * @param m12 y shift in pixels
 */
public record AffineTransform(double m00, double m01, double m02, double m10, double m11, double m12) {
    /**
     * Returns the similarity (rotation, one scale, shift; no reflection) that takes two points onto two others.
     *
     * @param fromX1 x of the first point
     * @param fromY1 y of the first point
     * @param fromX2 x of the second point
     * @param fromY2 y of the second point
     * @param toX1 x of where the first point goes
     * @param toY1 y of where the first point goes
     * @param toX2 x of where the second point goes
     * @param toY2 y of where the second point goes
     * @return the similarity
     * @throws IllegalArgumentException if the two points are the same, before or after
     */
    public static AffineTransform similarity(
            double fromX1,
            double fromY1,
            double fromX2,
            double fromY2,
            double toX1,
            double toY1,
            double toX2,
            double toY2) {
        double fromDx = fromX2 - fromX1;
        double fromDy = fromY2 - fromY1;
        double toDx = toX2 - toX1;
        double toDy = toY2 - toY1;
        double squared = fromDx * fromDx + fromDy * fromDy;
        double a = (fromDx * toDx + fromDy * toDy) / squared;
        double b = (fromDx * toDy - fromDy * toDx) / squared;
        if (!Double.isFinite(a) || !Double.isFinite(b) || (a == 0 && b == 0)) {
            throw new IllegalArgumentException("two points are needed that differ, before and after: (" + fromX1 + ", "
                    + fromY1 + "), (" + fromX2 + ", " + fromY2 + ") to (" + toX1 + ", " + toY1 + "), (" + toX2 + ", "
                    + toY2 + ")");
        }
        return new AffineTransform(a, -b, toX1 - a * fromX1 + b * fromY1, b, a, toY1 - b * fromX1 - a * fromY1);
    }

    /**
     * Returns the similarity (rotation, one scale, shift; no reflection) that takes points as near as possible to others:
     * the sum of the squared distances is least (Umeyama, "Least-squares estimation of transformation parameters between
     * two point patterns", PAMI 13, 1991; in the plane without its reflection).
     *
     * @param from x and y in turn
     * @param to where each point should go; as many numbers
     * @return the similarity; for two points the one that takes them there exactly
     * @throws IllegalArgumentException if the numbers are not pairs, differ in number or are fewer than four, or if the
     *     points of one side are all the same or tell no direction
     */
    public static AffineTransform similarity(double[] from, double[] to) {
        if (from.length != to.length || from.length % 2 != 0 || from.length < 4) {
            throw new IllegalArgumentException("got " + from.length + " and " + to.length
                    + " numbers, expected as many x and y of two points or more on both sides");
        }
        int points = from.length / 2;
        double fromX = 0;
        double fromY = 0;
        double toX = 0;
        double toY = 0;
        for (int i = 0; i < from.length; i += 2) {
            fromX += from[i] / points;
            fromY += from[i + 1] / points;
            toX += to[i] / points;
            toY += to[i + 1] / points;
        }
        double squared = 0;
        double dot = 0;
        double cross = 0;
        for (int i = 0; i < from.length; i += 2) {
            double fx = from[i] - fromX;
            double fy = from[i + 1] - fromY;
            double tx = to[i] - toX;
            double ty = to[i + 1] - toY;
            squared += fx * fx + fy * fy;
            dot += fx * tx + fy * ty;
            cross += fx * ty - fy * tx;
        }
        double a = dot / squared;
        double b = cross / squared;
        if (!Double.isFinite(a) || !Double.isFinite(b) || (a == 0 && b == 0)) {
            throw new IllegalArgumentException("points are needed that differ, before and after: "
                    + Arrays.toString(from) + " to " + Arrays.toString(to));
        }
        return new AffineTransform(a, -b, toX - a * fromX + b * fromY, b, a, toY - b * fromX - a * fromY);
    }

    /**
     * Maps a point's x.
     *
     * @param x the point's x
     * @param y the point's y
     * @return the image's x
     */
    public double applyX(double x, double y) {
        return m00 * x + m01 * y + m02;
    }

    /**
     * Maps a point's y.
     *
     * @param x the point's x
     * @param y the point's y
     * @return the image's y
     */
    public double applyY(double x, double y) {
        return m10 * x + m11 * y + m12;
    }

    /**
     * Returns by how much areas grow.
     *
     * @return the determinant of the linear part
     */
    public double determinant() {
        return m00 * m11 - m01 * m10;
    }

    /**
     * Returns the map back.
     *
     * @return the inverse
     * @throws IllegalArgumentException if this map is not invertible
     */
    public AffineTransform inverse() {
        double determinant = determinant();
        if (determinant == 0 || !Double.isFinite(1 / determinant)) {
            throw new IllegalArgumentException("not invertible: " + this);
        }
        double i00 = m11 / determinant;
        double i01 = -m01 / determinant;
        double i10 = -m10 / determinant;
        double i11 = m00 / determinant;
        return new AffineTransform(i00, i01, -(i00 * m02 + i01 * m12), i10, i11, -(i10 * m02 + i11 * m12));
    }
}
