package org.emotion4j.face;

/**
 * How one face moves: a Kalman filter with constant velocity for each coordinate of its middle and for the logarithm of its
 * side, as in SORT (Bewley et al., "Simple Online and Realtime Tracking", ICIP 2016), but in seconds of media time, with
 * noise in sides of the face, and with velocities that die down, since nobody keeps moving for ever. Confined to one
 * thread.
 */
final class KalmanFaceMotion {
    /** Boxes of detectors jitter by up to 5 % of the face's side. */
    private static final double PLACE_NOISE = 0.05;

    private static final double SIZE_NOISE = 0.06;

    /** How much a velocity changes in a second, in sides of the face a second. */
    private static final double PLACE_DRIFT = 1.6;

    private static final double SIZE_DRIFT = 0.3;

    /** How fast a face that nobody has seen move may be, in sides a second. */
    private static final double UNKNOWN_VELOCITY = 2;

    private static final double UNKNOWN_GROWTH = 0.3;

    /** In how many seconds a velocity falls to 37 %. */
    private static final double PLACE_DAMPING = 1;

    private static final double SIZE_DAMPING = 0.3;

    /** A longer absence than this tells more about the velocity than what was known before it. */
    private static final double ABSENCE = 0.15;

    /** Of chi squared with three degrees of freedom 0.1 % is above this. */
    private static final double PLAUSIBLE = 16.3;

    private final Axis x;
    private final Axis y;
    private final Axis logSide;
    private double aspect;

    KalmanFaceMotion(BoundingBox box) {
        double side = side(box);
        x = new Axis(box.centerX(), PLACE_NOISE * side, UNKNOWN_VELOCITY * side);
        y = new Axis(box.centerY(), PLACE_NOISE * side, UNKNOWN_VELOCITY * side);
        logSide = new Axis(Math.log(side), SIZE_NOISE, UNKNOWN_GROWTH);
        aspect = box.width() / box.height();
    }

    /** The side of the square of a box's area. */
    static double side(BoundingBox box) {
        return Math.sqrt(box.area());
    }

    void advance(double seconds) {
        double drift = PLACE_DRIFT * side();
        x.advance(seconds, drift, PLACE_DAMPING);
        y.advance(seconds, drift, PLACE_DAMPING);
        logSide.advance(seconds, SIZE_DRIFT, SIZE_DAMPING);
    }

    /**
     * Takes what was seen.
     *
     * @param before where the face was seen last
     * @param absence how long ago that was, in seconds
     * @param surprising whether it was not expected there: then what was known of its velocity was wrong
     */
    void see(BoundingBox box, BoundingBox before, double absence, boolean surprising) {
        double noise = PLACE_NOISE * side();
        if (absence > ABSENCE || (surprising && absence > 0)) {
            x.restart(box.centerX(), (box.centerX() - before.centerX()) / absence, noise, absence);
            y.restart(box.centerY(), (box.centerY() - before.centerY()) / absence, noise, absence);
        } else {
            x.see(box.centerX(), noise);
            y.see(box.centerY(), noise);
        }
        logSide.see(Math.log(side(box)), SIZE_NOISE);
        aspect += (box.width() / box.height() - aspect) / 2;
    }

    double centerX() {
        return x.place;
    }

    double centerY() {
        return y.place;
    }

    /** Pixels a second. */
    double velocityX() {
        return x.velocity;
    }

    double velocityY() {
        return y.velocity;
    }

    double side() {
        return Math.exp(logSide.place);
    }

    /**
     * How surprising a box would be: minus twice the logarithm of its likelihood, up to a constant.
     *
     * @return infinite beyond a Mahalanobis distance that one box in a thousand has
     */
    double surprise(BoundingBox seen) {
        double noise = PLACE_NOISE * side();
        double distance = x.distance(seen.centerX(), noise)
                + y.distance(seen.centerY(), noise)
                + logSide.distance(Math.log(side(seen)), SIZE_NOISE);
        if (distance > PLAUSIBLE) {
            return Double.POSITIVE_INFINITY;
        }
        double spread = x.variance(noise) * y.variance(noise) * logSide.variance(SIZE_NOISE);
        return distance + Math.log(spread / (noise * noise * noise * noise * SIZE_NOISE * SIZE_NOISE));
    }

    /** Where the face is believed to be. */
    BoundingBox box() {
        double root = Math.sqrt(aspect);
        double width = side() * root;
        double height = side() / root;
        return new BoundingBox(centerX() - width / 2, centerY() - height / 2, width, height);
    }

    /** Place and velocity with their covariance. */
    private static final class Axis {
        private double place;
        private double velocity;
        private double placeVariance;
        private double covariance;
        private double velocityVariance;

        Axis(double place, double noise, double unknownVelocity) {
            this.place = place;
            placeVariance = noise * noise;
            velocityVariance = unknownVelocity * unknownVelocity;
        }

        void advance(double seconds, double drift, double damping) {
            double kept = Math.exp(-seconds / damping);
            double reach = damping * (1 - kept);
            double q = drift * drift;
            place += reach * velocity;
            velocity *= kept;
            placeVariance +=
                    2 * reach * covariance + reach * reach * velocityVariance + q * seconds * seconds * seconds / 3;
            covariance = kept * (covariance + reach * velocityVariance) + q * seconds * seconds / 2;
            velocityVariance = kept * kept * velocityVariance + q * seconds;
        }

        double variance(double noise) {
            return placeVariance + noise * noise;
        }

        double distance(double seen, double noise) {
            return (seen - place) * (seen - place) / variance(noise);
        }

        void see(double seen, double noise) {
            double variance = variance(noise);
            double placeGain = placeVariance / variance;
            double velocityGain = covariance / variance;
            double surprise = seen - place;
            place += placeGain * surprise;
            velocity += velocityGain * surprise;
            velocityVariance -= velocityGain * covariance;
            covariance *= 1 - placeGain;
            placeVariance *= 1 - placeGain;
        }

        /** After an absence or a surprise the way between the two sights is the motion (OC-SORT's re-update; Cao et al. 2023). */
        void restart(double seen, double meanVelocity, double noise, double absence) {
            place = seen;
            velocity = meanVelocity;
            placeVariance = noise * noise;
            covariance = noise * noise / absence;
            velocityVariance += 2 * noise * noise / (absence * absence);
        }
    }
}
