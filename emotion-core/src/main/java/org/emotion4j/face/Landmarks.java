package org.emotion4j.face;

import java.util.Arrays;
import org.emotion4j.frame.AffineTransform;

/**
 * Points of a face, in pixels of the frame. Immutable.
 *
 * <p>Left and right are those of the picture, not of the person: in an upright face the left eye has the smaller x.
 */
public final class Landmarks {
    /** Which points there are and in which order. */
    public enum Scheme {
        /** Left eye, right eye, tip of the nose, left and right corner of the mouth: MTCNN's order. */
        FIVE_POINTS(5),
        /** The 68 points of the iBUG 300-W annotation, from 0; 36 to 41 are the left eye, 42 to 47 the right eye. */
        IBUG_68(68);

        private final int size;

        Scheme(int size) {
            this.size = size;
        }

        /**
         * Returns the number of points.
         *
         * @return 5 or 68
         */
        public int size() {
            return size;
        }
    }

    private final Scheme scheme;
    private final double[] coordinates;

    private Landmarks(Scheme scheme, double[] coordinates) {
        this.scheme = scheme;
        this.coordinates = coordinates;
    }

    /**
     * Takes points in the order of a scheme.
     *
     * @param scheme which points
     * @param coordinates x and y in turn, two finite numbers a point; copied
     * @return the landmarks
     * @throws IllegalArgumentException if their number is not the scheme's, or one is not finite
     */
    public static Landmarks of(Scheme scheme, double... coordinates) {
        if (coordinates.length != 2 * scheme.size()) {
            throw new IllegalArgumentException(
                    "got " + coordinates.length + " coordinates, expected " + 2 * scheme.size() + " for " + scheme);
        }
        for (double coordinate : coordinates) {
            if (!Double.isFinite(coordinate)) {
                throw new IllegalArgumentException("a coordinate is " + coordinate + ", expected a finite number");
            }
        }
        return new Landmarks(scheme, coordinates.clone());
    }

    /**
     * Returns which points there are.
     *
     * @return the scheme
     */
    public Scheme scheme() {
        return scheme;
    }

    /**
     * Returns the number of points.
     *
     * @return the scheme's size
     */
    public int size() {
        return scheme.size();
    }

    /**
     * Returns the x of a point.
     *
     * @param index 0 to {@code size() - 1}
     * @return pixels
     */
    public double x(int index) {
        return coordinates[2 * index];
    }

    /**
     * Returns the y of a point.
     *
     * @param index 0 to {@code size() - 1}
     * @return pixels
     */
    public double y(int index) {
        return coordinates[2 * index + 1];
    }

    /**
     * Returns the five points alone: the middles of the eyes, the tip of the nose, the corners of the mouth.
     *
     * @return points of the scheme {@link Scheme#FIVE_POINTS}; this object if it has that scheme
     */
    public Landmarks toFivePoints() {
        return switch (scheme) {
            case FIVE_POINTS -> this;
            case IBUG_68 -> {
                EyePositions eyes = eyes();
                yield of(
                        Scheme.FIVE_POINTS,
                        eyes.leftX(),
                        eyes.leftY(),
                        eyes.rightX(),
                        eyes.rightY(),
                        x(30),
                        y(30),
                        x(48),
                        y(48),
                        x(54),
                        y(54));
            }
        };
    }

    /**
     * Returns the same points in other coordinates: of a picture that was cut out, scaled or turned, say.
     *
     * @param by from these coordinates to the others
     * @return as many points of the same scheme, in the same order
     */
    public Landmarks mapped(AffineTransform by) {
        double[] moved = new double[2 * size()];
        for (int i = 0; i < size(); i++) {
            moved[2 * i] = by.applyX(x(i), y(i));
            moved[2 * i + 1] = by.applyY(x(i), y(i));
        }
        return of(scheme, moved);
    }

    /**
     * Returns where the middles of the eyes are.
     *
     * @return both eyes in pixels of the frame
     * @throws IllegalArgumentException if both are in the same place
     */
    public EyePositions eyes() {
        return switch (scheme) {
            case FIVE_POINTS -> new EyePositions(x(0), y(0), x(1), y(1));
            case IBUG_68 -> new EyePositions(mean(36, 42, 0), mean(36, 42, 1), mean(42, 48, 0), mean(42, 48, 1));
        };
    }

    /**
     * Returns how far the middles of the eyes are apart.
     *
     * @return pixels of the frame; 0 where both are in the same place
     */
    public double eyeDistance() {
        return switch (scheme) {
            case FIVE_POINTS -> Math.hypot(x(1) - x(0), y(1) - y(0));
            case IBUG_68 -> Math.hypot(mean(42, 48, 0) - mean(36, 42, 0), mean(42, 48, 1) - mean(36, 42, 1));
        };
    }

    /** The x of one of five points: left eye, right eye, tip of the nose, left and right corner of the mouth. */
    double fiveX(int index) {
        return five(index, 0);
    }

    /** The y of one of five points. */
    double fiveY(int index) {
        return five(index, 1);
    }

    private double five(int index, int axis) {
        if (scheme == Scheme.FIVE_POINTS) {
            return coordinates[2 * index + axis];
        }
        return switch (index) {
            case 0 -> mean(36, 42, axis);
            case 1 -> mean(42, 48, axis);
            case 2 -> coordinates[2 * 30 + axis];
            case 3 -> coordinates[2 * 48 + axis];
            default -> coordinates[2 * 54 + axis];
        };
    }

    private double mean(int from, int to, int axis) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += coordinates[2 * i + axis];
        }
        return sum / (to - from);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Landmarks landmarks
                && scheme == landmarks.scheme
                && Arrays.equals(coordinates, landmarks.coordinates);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(coordinates);
    }

    @Override
    public String toString() {
        return "Landmarks[" + scheme + ", " + Arrays.toString(coordinates) + "]";
    }
}
