package org.emotion4j.face;

import java.util.Optional;

/**
 * A rigid face of three-dimensional points, and the camera that sees it most like given landmarks. Estimated by us from
 * two-dimensional labels alone (see {@link MeanFaceShape}); units are distances of the
 * eyes, x to the picture's right, y down, z away from the viewer.
 *
 * <p>The fit is linear: a 2x3 matrix from the points' pseudo-inverse, then the nearest scaled rotation.
 */
final class MeanFace {
    private static final MeanFace IBUG_68 = new MeanFace(MeanFaceShape.ibug68(), MeanFaceShape.ibug68Weights());
    private static final MeanFace FIVE_POINTS =
            new MeanFace(fivePoints(MeanFaceShape.ibug68()), new double[] {1, 1, 1, 1, 1});

    private final double[] shape;

    /** For each point three numbers: what its x (or y) adds to the three columns of a row of the matrix. */
    private final double[] solver;

    private MeanFace(double[] shape, double[] weights) {
        this.shape = shape;
        this.solver = solver(shape, weights);
    }

    static MeanFace of(Landmarks.Scheme scheme) {
        return switch (scheme) {
            case IBUG_68 -> IBUG_68;
            case FIVE_POINTS -> FIVE_POINTS;
        };
    }

    /** Returns a coordinate of the mean face. */
    double coordinate(int point, int axis) {
        return shape[3 * point + axis];
    }

    Optional<HeadPose> poseOf(Landmarks landmarks) {
        double m00 = 0;
        double m01 = 0;
        double m02 = 0;
        double m10 = 0;
        double m11 = 0;
        double m12 = 0;
        for (int i = 0; i < landmarks.size(); i++) {
            double x = landmarks.x(i);
            double y = landmarks.y(i);
            m00 += solver[3 * i] * x;
            m01 += solver[3 * i + 1] * x;
            m02 += solver[3 * i + 2] * x;
            m10 += solver[3 * i] * y;
            m11 += solver[3 * i + 1] * y;
            m12 += solver[3 * i + 2] * y;
        }
        return nearestRotation(m00, m01, m02, m10, m11, m12);
    }

    /** The rows divided by the root of their Gram matrix: the polar decomposition, in closed form for two rows. */
    private static Optional<HeadPose> nearestRotation(
            double m00, double m01, double m02, double m10, double m11, double m12) {
        double g00 = m00 * m00 + m01 * m01 + m02 * m02;
        double g01 = m00 * m10 + m01 * m11 + m02 * m12;
        double g11 = m10 * m10 + m11 * m11 + m12 * m12;
        double area = Math.sqrt(g00 * g11 - g01 * g01);
        double span = Math.sqrt(g00 + g11 + 2 * area);
        if (!(area > 1e-9 * (g00 + g11))) {
            return Optional.empty();
        }
        double i00 = (g11 + area) / (area * span);
        double i01 = -g01 / (area * span);
        double i11 = (g00 + area) / (area * span);
        double r00 = i00 * m00 + i01 * m10;
        double r01 = i00 * m01 + i01 * m11;
        double r02 = i00 * m02 + i01 * m12;
        double r10 = i01 * m00 + i11 * m10;
        double r11 = i01 * m01 + i11 * m11;
        double r12 = i01 * m02 + i11 * m12;
        double r20 = r01 * r12 - r02 * r11;
        double r21 = r02 * r10 - r00 * r12;
        double r22 = r00 * r11 - r01 * r10;
        // Roll, then pitch, then yaw make up the rotation; its third row knows nothing of roll. A face that the fit
        // sees
        // from behind is one in profile.
        double yaw = r22 >= 0 ? Math.toDegrees(Math.atan2(r20, r22)) : Math.copySign(90, r20);
        double pitch = Math.toDegrees(Math.asin(Math.max(-1, Math.min(1, -r21))));
        double roll = Math.toDegrees(Math.atan2(-r01, r11));
        return Optional.of(new HeadPose(yaw, pitch, roll));
    }

    /** Weighted least squares about the weighted mean: W S (S' W S)^-1. */
    private static double[] solver(double[] shape, double[] weights) {
        int points = weights.length;
        double[] mean = new double[3];
        double sum = 0;
        for (int i = 0; i < points; i++) {
            sum += weights[i];
            for (int axis = 0; axis < 3; axis++) {
                mean[axis] += weights[i] * shape[3 * i + axis];
            }
        }
        double[] moments = new double[9];
        for (int i = 0; i < points; i++) {
            for (int a = 0; a < 3; a++) {
                for (int b = 0; b < 3; b++) {
                    moments[3 * a + b] +=
                            weights[i] * (shape[3 * i + a] - mean[a] / sum) * (shape[3 * i + b] - mean[b] / sum);
                }
            }
        }
        double[] inverse = inverse(moments);
        double[] solver = new double[3 * points];
        for (int i = 0; i < points; i++) {
            for (int a = 0; a < 3; a++) {
                for (int b = 0; b < 3; b++) {
                    solver[3 * i + a] += weights[i] * (shape[3 * i + b] - mean[b] / sum) * inverse[3 * b + a];
                }
            }
        }
        return solver;
    }

    private static double[] inverse(double[] m) {
        double[] cofactors = {
            m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
            m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
            m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]
        };
        double determinant = m[0] * cofactors[0] + m[1] * cofactors[3] + m[2] * cofactors[6];
        for (int i = 0; i < 9; i++) {
            cofactors[i] /= determinant;
        }
        return cofactors;
    }

    /** The middles of the eyes, the tip of the nose and the corners of the mouth. */
    private static double[] fivePoints(double[] all) {
        double[] five = new double[15];
        for (int axis = 0; axis < 3; axis++) {
            for (int i = 0; i < 6; i++) {
                five[axis] += all[3 * (36 + i) + axis] / 6;
                five[3 + axis] += all[3 * (42 + i) + axis] / 6;
            }
            five[6 + axis] = all[3 * 30 + axis];
            five[9 + axis] = all[3 * 48 + axis];
            five[12 + axis] = all[3 * 54 + axis];
        }
        return five;
    }
}
