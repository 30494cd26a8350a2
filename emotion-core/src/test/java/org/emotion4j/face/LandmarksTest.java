package org.emotion4j.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.emotion4j.face.Landmarks.Scheme;
import org.junit.jupiter.api.Test;

class LandmarksTest {
    private static final double[] FIVE = {10, 20, 30, 21, 20, 30, 12, 40, 28, 41};

    @Test
    void givesItsPointsInOrder() {
        Landmarks landmarks = Landmarks.of(Scheme.FIVE_POINTS, FIVE);
        assertThat(landmarks.size()).isEqualTo(5);
        assertThat(landmarks.x(2)).isEqualTo(20);
        assertThat(landmarks.y(4)).isEqualTo(41);
    }

    @Test
    void eyesOfFivePointsAreTheFirstTwo() {
        assertThat(Landmarks.of(Scheme.FIVE_POINTS, FIVE).eyes()).isEqualTo(new EyePositions(10, 20, 30, 21));
    }

    @Test
    void eyesOf68PointsAreTheMeansOfTheirOutlines() {
        double[] points = new double[136];
        for (int i = 0; i < 6; i++) {
            points[2 * (36 + i)] = 100 + i;
            points[2 * (36 + i) + 1] = 50 - i;
            points[2 * (42 + i)] = 200 + i;
            points[2 * (42 + i) + 1] = 60 + i;
        }
        assertThat(Landmarks.of(Scheme.IBUG_68, points).eyes()).isEqualTo(new EyePositions(102.5, 47.5, 202.5, 62.5));
    }

    @Test
    void isNotChangedThroughTheArrayItWasMadeOf() {
        double[] points = FIVE.clone();
        Landmarks landmarks = Landmarks.of(Scheme.FIVE_POINTS, points);
        points[0] = 999;
        assertThat(landmarks.x(0)).isEqualTo(10);
    }

    @Test
    void equalsByItsPoints() {
        assertThat(Landmarks.of(Scheme.FIVE_POINTS, FIVE))
                .isEqualTo(Landmarks.of(Scheme.FIVE_POINTS, FIVE))
                .hasSameHashCodeAs(Landmarks.of(Scheme.FIVE_POINTS, FIVE))
                .isNotEqualTo(Landmarks.of(Scheme.FIVE_POINTS, 0, 20, 30, 21, 20, 30, 12, 40, 28, 41));
    }

    @Test
    void refusesAnotherNumberOfPoints() {
        assertThatThrownBy(() -> Landmarks.of(Scheme.FIVE_POINTS, 1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("got 2 coordinates, expected 10 for FIVE_POINTS");
    }

    @Test
    void refusesAPointThatIsNowhere() {
        double[] points = FIVE.clone();
        points[3] = Double.NaN;
        assertThatThrownBy(() -> Landmarks.of(Scheme.FIVE_POINTS, points))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a coordinate is NaN, expected a finite number");
    }
}
