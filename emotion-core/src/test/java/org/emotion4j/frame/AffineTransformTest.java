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
