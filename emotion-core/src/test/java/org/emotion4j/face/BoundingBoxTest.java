package org.emotion4j.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundingBoxTest {
    @Test
    void knowsItsSidesMiddleAndArea() {
        BoundingBox box = new BoundingBox(10, 20, 30, 40);
        assertThat(box.right()).isEqualTo(40);
        assertThat(box.bottom()).isEqualTo(60);
        assertThat(box.centerX()).isEqualTo(25);
        assertThat(box.centerY()).isEqualTo(40);
        assertThat(box.area()).isEqualTo(1200);
    }

    @Test
    void intersectionIsTheSharedArea() {
        BoundingBox box = new BoundingBox(0, 0, 10, 10);
        assertThat(box.intersection(new BoundingBox(5, 6, 10, 10))).isEqualTo(5 * 4);
        assertThat(box.intersection(new BoundingBox(10, 0, 10, 10)))
                .as("side by side")
                .isZero();
        assertThat(box.intersection(new BoundingBox(20, 20, 1, 1))).as("apart").isZero();
    }

    @Test
    void iouIsIntersectionOverUnion() {
        assertThat(new BoundingBox(0, 0, 10, 10).iou(new BoundingBox(5, 0, 10, 10)))
                .isEqualTo(50.0 / 150);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void iouIsSymmetricAndOneOnlyForTheSameBox(@ForAll("boxes") BoundingBox a, @ForAll("boxes") BoundingBox b) {
        assertThat(a.iou(b)).isEqualTo(b.iou(a), within(1e-12)).isBetween(0.0, 1 + 1e-9);
        assertThat(a.iou(a)).isEqualTo(1, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"0,0,0,1", "0,0,1,-1", "NaN,0,1,1", "0,Infinity,1,1", "0,0,NaN,1", "0,0,1,Infinity"})
    void refusesWhatIsNoRectangle(double x, double y, double width, double height) {
        assertThatThrownBy(() -> new BoundingBox(x, y, width, height))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("expected finite numbers and sides above 0");
    }

    @Provide
    Arbitrary<BoundingBox> boxes() {
        Arbitrary<Double> place = Arbitraries.doubles().between(-100, 100);
        Arbitrary<Double> side = Arbitraries.doubles().between(1, 100);
        return Combinators.combine(place, place, side, side).as(BoundingBox::new);
    }
}
