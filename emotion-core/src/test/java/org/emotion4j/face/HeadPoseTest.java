package org.emotion4j.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.emotion4j.face.Landmarks.Scheme;
import org.junit.jupiter.api.Test;

class HeadPoseTest {
    /** Turns the mean face, looks at it from afar, and asks for the angles. */
    @Property(tries = 300)
    void findsTheAnglesOfATurnedFace(
            @ForAll @DoubleRange(min = -75, max = 75) double yaw,
            @ForAll @DoubleRange(min = -60, max = 60) double pitch,
            @ForAll @DoubleRange(min = -170, max = 170) double roll,
            @ForAll @DoubleRange(min = 5, max = 500) double eyeDistance,
            @ForAll Scheme scheme) {
        HeadPose pose =
                HeadPose.of(seen(scheme, yaw, pitch, roll, eyeDistance, 0)).orElseThrow();
        assertThat(pose.yaw()).isEqualTo(yaw, within(1e-6));
        assertThat(pose.pitch()).isEqualTo(pitch, within(1e-6));
        assertThat(pose.roll()).isEqualTo(roll, within(1e-6));
    }

    /** As inexact as a landmark network: four hundredths of the distance of the eyes. */
    @Property(tries = 200)
    void inexactPointsCostFewDegrees(
            @ForAll @DoubleRange(min = -50, max = 50) double yaw,
            @ForAll @DoubleRange(min = -30, max = 30) double pitch,
            @ForAll @DoubleRange(min = -40, max = 40) double roll,
            @ForAll long seed) {
        Landmarks exact = seen(Scheme.IBUG_68, yaw, pitch, roll, 60, 0);
        Random random = new Random(seed);
        double[] points = new double[136];
        for (int i = 0; i < 68; i++) {
            points[2 * i] = exact.x(i) + random.nextGaussian() * 0.03 * 60;
            points[2 * i + 1] = exact.y(i) + random.nextGaussian() * 0.03 * 60;
        }
        HeadPose pose = HeadPose.of(Landmarks.of(Scheme.IBUG_68, points)).orElseThrow();
        assertThat(pose.yaw()).isEqualTo(yaw, within(12.0));
        assertThat(pose.pitch()).isEqualTo(pitch, within(15.0));
        assertThat(pose.roll()).isEqualTo(roll, within(8.0));
    }

    @Test
    void anOpenMouthTurnsNobodysHead() {
        HeadPose shut = HeadPose.of(seen(Scheme.IBUG_68, 20, 5, 0, 60, 0)).orElseThrow();
        HeadPose open = HeadPose.of(seen(Scheme.IBUG_68, 20, 5, 0, 60, 0.4)).orElseThrow();
        assertThat(open.yaw()).isEqualTo(shut.yaw(), within(3.0));
        assertThat(open.pitch()).isEqualTo(shut.pitch(), within(3.0));
    }

    @Test
    void anglesAboveZeroAreRightUpAndClockwise() {
        double[] straight = {40, 50, 80, 50, 60, 72, 44, 95, 76, 95};
        assertThat(moved(straight, 4, 8).yaw()).as("the nose moved right").isPositive();
        assertThat(moved(straight, 5, -8).pitch())
                .as("the nose moved up")
                .isGreaterThan(moved(straight, 5, 8).pitch());
        double[] clockwise = {40, 45, 80, 55, 55, 72, 35, 91, 67, 99};
        assertThat(HeadPose.of(Landmarks.of(Scheme.FIVE_POINTS, clockwise))
                        .orElseThrow()
                        .roll())
                .isBetween(8.0, 20.0);
    }

    @Test
    void aMirroredFaceLooksTheOtherWay() {
        HeadPose pose = HeadPose.of(seen(Scheme.FIVE_POINTS, 25, 10, 5, 60, 0)).orElseThrow();
        HeadPose mirrored =
                HeadPose.of(seen(Scheme.FIVE_POINTS, -25, 10, -5, 60, 0)).orElseThrow();
        assertThat(mirrored.turn()).isEqualTo(pose.turn(), within(1e-6));
        assertThat(mirrored.yaw()).isEqualTo(-pose.yaw(), within(1e-6));
    }

    @Test
    void turnIsTheAngleAwayFromTheCamera() {
        assertThat(new HeadPose(0, 0, 90).turn()).isZero();
        assertThat(new HeadPose(30, 0, 0).turn()).isEqualTo(30, within(1e-9));
        assertThat(new HeadPose(30, 40, 0).turn()).isBetween(47.0, 50.0);
    }

    @Test
    void pointsInOnePlaceTellNothing() {
        double[] points = new double[136];
        Arrays.fill(points, 7);
        assertThat(HeadPose.of(Landmarks.of(Scheme.IBUG_68, points))).isEmpty();
        assertThat(HeadPose.of(Landmarks.of(Scheme.FIVE_POINTS, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5)))
                .as("on one line")
                .isEmpty();
    }

    @Test
    void refusesAnglesThatNoHeadHas() {
        assertThatThrownBy(() -> new HeadPose(91, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("yaw is 91.0, expected -90 to 90");
        assertThatThrownBy(() -> new HeadPose(0, Double.NaN, 0)).hasMessageStartingWith("pitch is NaN");
    }

    private static HeadPose moved(double[] points, int coordinate, double by) {
        double[] copy = points.clone();
        copy[coordinate] += by;
        return HeadPose.of(Landmarks.of(Scheme.FIVE_POINTS, copy)).orElseThrow();
    }

    /** The mean face, turned by yaw, nodded by pitch, tilted by roll; the lower jaw opened by a share of the eyes' distance. */
    private static Landmarks seen(
            Scheme scheme, double yaw, double pitch, double roll, double eyeDistance, double jaw) {
        MeanFace face = MeanFace.of(scheme);
        double[] points = new double[2 * scheme.size()];
        for (int i = 0; i < scheme.size(); i++) {
            double x = face.coordinate(i, 0);
            double y = face.coordinate(i, 1) + (i >= 4 && i <= 12 || i >= 55 && i <= 59 || i >= 65 ? jaw : 0);
            double z = face.coordinate(i, 2);
            double cosine = Math.cos(Math.toRadians(yaw));
            double sine = Math.sin(Math.toRadians(yaw));
            double x1 = cosine * x - sine * z;
            double z1 = sine * x + cosine * z;
            cosine = Math.cos(Math.toRadians(pitch));
            sine = Math.sin(Math.toRadians(pitch));
            double y2 = cosine * y + sine * z1;
            cosine = Math.cos(Math.toRadians(roll));
            sine = Math.sin(Math.toRadians(roll));
            points[2 * i] = 320 + eyeDistance * (cosine * x1 - sine * y2);
            points[2 * i + 1] = 240 + eyeDistance * (sine * x1 + cosine * y2);
        }
        return Landmarks.of(scheme, points);
    }
}
