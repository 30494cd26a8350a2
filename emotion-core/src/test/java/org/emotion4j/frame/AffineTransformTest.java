package org.emotion4j.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class AffineTransformTest {
    @Property
    void theLeastSquaresSimilarityOfPointsThatWereMovedIsTheirMove(
            @ForAll @DoubleRange(min = 0.1, max = 10) double scale,
            @ForAll @DoubleRange(min = -3.1, max = 3.1) double angle,
            @ForAll @DoubleRange(min = -500, max = 500) double x,
            @ForAll @DoubleRange(min = -500, max = 500) double y) {
        double[] from = {30, 40, 70, 42, 51, 63, 33, 80, 68, 79};
        double a = scale * Math.cos(angle);
        double b = scale * Math.sin(angle);
        double[] to = new double[from.length];
        for (int i = 0; i < from.length; i += 2) {
            to[i] = a * from[i] - b * from[i + 1] + x;
            to[i + 1] = b * from[i] + a * from[i + 1] + y;
        }
        AffineTransform found = AffineTransform.similarity(from, to);
        assertThat(found.m00()).isEqualTo(a, within(1e-9 * scale));
        assertThat(found.m10()).isEqualTo(b, within(1e-9 * scale));
        assertThat(found.m01()).isEqualTo(-found.m10());
        assertThat(found.m02()).isEqualTo(x, within(1e-6));
        assertThat(found.m12()).isEqualTo(y, within(1e-6));
    }

    @Property
    void noSimilarityNearbyLeavesLessThanTheLeastSquares(
            @ForAll @DoubleRange(min = -0.01, max = 0.01) double a,
            @ForAll @DoubleRange(min = -0.01, max = 0.01) double b,
            @ForAll @DoubleRange(min = -1, max = 1) double x,
            @ForAll @DoubleRange(min = -1, max = 1) double y) {
        double[] from = {30, 40, 70, 42, 51, 63, 33, 80, 68, 79};
        double[] to = {15, 18, 33, 18, 25, 30, 17, 39, 31, 37};
        AffineTransform best = AffineTransform.similarity(from, to);
        AffineTransform other = new AffineTransform(
                best.m00() + a, best.m01() - b, best.m02() + x, best.m10() + b, best.m11() + a, best.m12() + y);
        assertThat(left(best, from, to)).isLessThanOrEqualTo(left(other, from, to) + 1e-9);
    }

    @Test
    void theLeastSquaresOfTwoPointsTakeThemThereExactly() {
        AffineTransform exact = AffineTransform.similarity(10, 20, 40, 25, 3, 4, 9, 8);
        AffineTransform least = AffineTransform.similarity(new double[] {10, 20, 40, 25}, new double[] {3, 4, 9, 8});
        assertThat(least.applyX(17, 33)).isEqualTo(exact.applyX(17, 33), within(1e-9));
        assertThat(least.applyY(17, 33)).isEqualTo(exact.applyY(17, 33), within(1e-9));
    }

    @Test
    void theLeastSquaresNeedPairsOfPointsThatDiffer() {
        assertThatThrownBy(() -> AffineTransform.similarity(new double[] {1, 2}, new double[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two points or more");
        assertThatThrownBy(() -> AffineTransform.similarity(new double[] {1, 2, 1, 2}, new double[] {1, 2, 3, 4}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("points are needed that differ");
    }

    private static double left(AffineTransform map, double[] from, double[] to) {
        double sum = 0;
        for (int i = 0; i < from.length; i += 2) {
            double dx = map.applyX(from[i], from[i + 1]) - to[i];
            double dy = map.applyY(from[i], from[i + 1]) - to[i + 1];
            sum += dx * dx + dy * dy;
        }
        return sum;
    }

    @Test
    void mapsAPoint() {
        AffineTransform transform = new AffineTransform(2, 3, 5, 7, 11, 13);
        assertThat(transform.applyX(10, 100)).isEqualTo(2 * 10 + 3 * 100 + 5);
        assertThat(transform.applyY(10, 100)).isEqualTo(7 * 10 + 11 * 100 + 13);
    }

    @Test
    void aSimilarityOfPointsWithThemselvesIsTheIdentity() {
        assertThat(AffineTransform.similarity(1, 2, 5, 3, 1, 2, 5, 3))
                .usingRecursiveComparison()
                .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1, Double.class)
                .isEqualTo(new AffineTransform(1, 0, 0, 0, 1, 0));
    }

    @Test
    void aSimilarityTurnsWithoutReflection() {
        AffineTransform quarter = AffineTransform.similarity(0, 0, 1, 0, 0, 0, 0, 1);
        assertThat(quarter.applyX(0, 1)).isEqualTo(-1);
        assertThat(quarter.applyY(0, 1)).isZero();
        assertThat(quarter.determinant()).isEqualTo(1);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aSimilarityTakesBothPointsWhereTheyBelong(
            @ForAll @DoubleRange(min = -500, max = 500) double x,
            @ForAll @DoubleRange(min = -500, max = 500) double y,
            @ForAll @DoubleRange(min = 1, max = 500) double distance,
            @ForAll @DoubleRange(min = -3.2, max = 3.2) double angle) {
        double x2 = x + distance * Math.cos(angle);
        double y2 = y + distance * Math.sin(angle);
        AffineTransform transform = AffineTransform.similarity(x, y, x2, y2, 14, 19, 34, 19);
        assertThat(transform.applyX(x, y)).isEqualTo(14, within(1e-6));
        assertThat(transform.applyY(x, y)).isEqualTo(19, within(1e-6));
        assertThat(transform.applyX(x2, y2)).isEqualTo(34, within(1e-6));
        assertThat(transform.applyY(x2, y2)).isEqualTo(19, within(1e-6));
        assertThat(transform.determinant()).isEqualTo(400 / (distance * distance), within(1e-6 * 400));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void theInverseLeadsBack(
            @ForAll @DoubleRange(min = -300, max = 300) double x,
            @ForAll @DoubleRange(min = -300, max = 300) double y,
            @ForAll @DoubleRange(min = 0.1, max = 8) double scale,
            @ForAll @DoubleRange(min = -0.9, max = 0.9) double shear) {
        AffineTransform transform = new AffineTransform(scale, shear * scale, 17, -shear * scale, scale, -4);
        AffineTransform back = transform.inverse();
        double thereX = transform.applyX(x, y);
        double thereY = transform.applyY(x, y);
        assertThat(back.applyX(thereX, thereY)).isEqualTo(x, within(1e-6));
        assertThat(back.applyY(thereX, thereY)).isEqualTo(y, within(1e-6));
    }

    @Test
    void refusesTwoPointsThatAreOne() {
        assertThatThrownBy(() -> AffineTransform.similarity(1, 1, 1, 1, 0, 0, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("two points are needed that differ, before and after: (1.0, 1.0), (1.0, 1.0)");
        assertThatThrownBy(() -> AffineTransform.similarity(0, 0, 1, 0, 2, 2, 2, 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasNoInverseWhereItFlattensThePlane() {
        assertThatThrownBy(() -> new AffineTransform(1, 2, 0, 2, 4, 0).inverse())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not invertible");
    }
}
