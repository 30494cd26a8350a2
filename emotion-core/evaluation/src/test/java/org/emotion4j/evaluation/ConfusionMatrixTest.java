package org.emotion4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.emotion4j.emotion.Emotion.ANGRY;
import static org.emotion4j.emotion.Emotion.FEAR;
import static org.emotion4j.emotion.Emotion.HAPPY;
import static org.emotion4j.emotion.Emotion.NEUTRAL;
import static org.emotion4j.emotion.Emotion.SAD;

import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.emotion4j.emotion.Emotion;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
    /** Happy: 6 right, 2 as neutral, 1 unclear, 1 without a face. Neutral: 3 right, 1 as happy. Sad: 5 as neutral. */
    private static ConfusionMatrix example() {
        long[][] counts = new long[7][9];
        counts[HAPPY.ordinal()] = new long[] {0, 0, 0, 6, 0, 0, 2, 1, 1};
        counts[NEUTRAL.ordinal()] = new long[] {0, 0, 0, 1, 0, 0, 3, 0, 0};
        counts[SAD.ordinal()] = new long[] {0, 0, 0, 0, 0, 0, 5, 0, 0};
        return ConfusionMatrix.of(counts);
    }

    @Test
    void countsByTruthAndAnswer() {
        assertThat(example().count(HAPPY, NEUTRAL)).isEqualTo(2);
        assertThat(example().count(NEUTRAL, HAPPY)).isEqualTo(1);
        assertThat(example().noClear(HAPPY)).isEqualTo(1);
        assertThat(example().noFace(HAPPY)).isEqualTo(1);
    }

    @Test
    void sumsRowsColumnsAndAll() {
        assertThat(example().rowSum(HAPPY)).isEqualTo(10);
        assertThat(example().columnSum(NEUTRAL.ordinal())).isEqualTo(10);
        assertThat(example().columnSum(ConfusionMatrix.NO_CLEAR)).isEqualTo(1);
        assertThat(example().columnSum(ConfusionMatrix.NO_FACE)).isEqualTo(1);
        assertThat(example().total()).isEqualTo(19);
        assertThat(example().correct()).isEqualTo(9);
    }

    @Test
    void precisionIsTheRightAmongTheAnswers() {
        assertThat(example().precision(HAPPY)).isEqualTo(6.0 / 7);
        assertThat(example().precision(NEUTRAL)).isEqualTo(3.0 / 10);
    }

    @Test
    void recallIsTheRightAmongTheFacesUnansweredOnesIncluded() {
        assertThat(example().recall(HAPPY)).isEqualTo(6.0 / 10);
        assertThat(example().recall(SAD)).isZero();
    }

    @Test
    void f1IsTheHarmonicMean() {
        double precision = 6.0 / 7;
        double recall = 6.0 / 10;
        assertThat(example().f1(HAPPY)).isEqualTo(2 * precision * recall / (precision + recall), within(1e-12));
    }

    @Test
    void aRatioOverNothingIsNaN() {
        assertThat(example().precision(SAD)).as("never answered").isNaN();
        assertThat(example().recall(FEAR)).as("never occurs").isNaN();
        assertThat(example().f1(SAD)).as("occurs, never right").isZero();
        assertThat(example().f1(FEAR)).as("neither occurs nor was answered").isNaN();
    }

    @Test
    void columnsAreTheSevenThenNoClearThenNoFace() {
        assertThat(ConfusionMatrix.rowLabels()).isEqualTo(Emotion.labels());
        assertThat(ConfusionMatrix.columnLabels())
                .containsExactly(
                        "angry", "disgust", "fear", "happy", "sad", "surprise", "neutral", "no clear", "no face");
    }

    @Test
    void isNotChangedThroughTheArraysThatGoInAndOut() {
        long[][] counts = new long[7][9];
        ConfusionMatrix matrix = ConfusionMatrix.of(counts);
        counts[0][0] = 5;
        matrix.toArray()[0][0] = 5;
        assertThat(matrix.count(ANGRY, ANGRY)).isZero();
    }

    @Test
    void equalsByItsCounts() {
        assertThat(example()).isEqualTo(example()).hasSameHashCodeAs(example());
        assertThat(example()).isNotEqualTo(ConfusionMatrix.of(new long[7][9]));
    }

    @Test
    void refusesAnotherShape() {
        assertThatThrownBy(() -> ConfusionMatrix.of(new long[6][9]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("got 6 rows, expected 7");
        assertThatThrownBy(() -> ConfusionMatrix.of(new long[7][7]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row angry has 7 columns, expected 9");
    }

    @Test
    void refusesANegativeCount() {
        long[][] counts = new long[7][9];
        counts[2][8] = -1;
        assertThatThrownBy(() -> ConfusionMatrix.of(counts))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("count of fear answered no face is -1, expected 0 or more");
    }

    @Test
    void textHasARowForEachClassWithItsSum() {
        assertThat(example().toText().lines())
                .hasSize(9)
                .contains("happy                0        0        0        6        0        0        2        1"
                        + "        1       10")
                .contains("all                  0        0        0        7        0        0       10        1"
                        + "        1       19");
    }

    @Property
    void rowsAndColumnsSumToTheSameTotal(@ForAll("counts") long[][] counts) {
        ConfusionMatrix matrix = ConfusionMatrix.of(counts);
        long rows = Emotion.all().stream().mapToLong(matrix::rowSum).sum();
        long columns = IntStream.range(0, ConfusionMatrix.COLUMNS)
                .mapToLong(matrix::columnSum)
                .sum();
        assertThat(matrix.total()).isEqualTo(rows).isEqualTo(columns);
    }

    @Property
    void f1LiesBetweenPrecisionAndRecall(@ForAll("counts") long[][] counts, @ForAll Emotion emotion) {
        ConfusionMatrix matrix = ConfusionMatrix.of(counts);
        double precision = matrix.precision(emotion);
        double recall = matrix.recall(emotion);
        if (!Double.isNaN(precision) && !Double.isNaN(recall)) {
            assertThat(matrix.f1(emotion))
                    .isBetween(Math.min(precision, recall) - 1e-12, Math.max(precision, recall) + 1e-12);
        }
    }

    @Provide
    Arbitrary<long[][]> counts() {
        return Arbitraries.longs()
                .between(0, 1_000)
                .array(long[].class)
                .ofSize(9)
                .array(long[][].class)
                .ofSize(7);
    }
}
