package org.emotion4j.face.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.internal.NonMaximumSuppression.Overlap;
import org.junit.jupiter.api.Test;

class NonMaximumSuppressionTest {
    private static final float[] THREE = {0, 0, 10, 10, 1, 0, 11, 10, 40, 40, 50, 50};

    @Test
    void theHigherScoreOfTwoThatOverlapStays() {
        NonMaximumSuppression suppression = NonMaximumSuppression.of(0.5, Overlap.UNION, 100, 100);

        assertThat(suppression.keep(THREE, new float[] {0.6f, 0.9f, 0.7f}, 3)).containsExactly(1, 2);
        assertThat(suppression.keep(THREE, new float[] {0.9f, 0.6f, 0.95f}, 3)).containsExactly(2, 0);
    }

    @Test
    void theThresholdItselfIsAllowed() {
        float[] halves = {0, 0, 10, 10, 0, 0, 10, 5};

        assertThat(NonMaximumSuppression.of(0.5, Overlap.UNION, 9, 9).keep(halves, new float[] {1, 0.5f}, 2))
                .containsExactly(0, 1);
        assertThat(NonMaximumSuppression.of(0.49, Overlap.UNION, 9, 9).keep(halves, new float[] {1, 0.5f}, 2))
                .containsExactly(0);
    }

    @Test
    void aBoxInsideAnotherGoesOnlyWhenTheSmallerCounts() {
        float[] nested = {0, 0, 100, 100, 40, 40, 60, 60};
        float[] scores = {0.9f, 0.8f};

        assertThat(NonMaximumSuppression.of(0.7, Overlap.UNION, 9, 9).keep(nested, scores, 2))
                .containsExactly(0, 1);
        assertThat(NonMaximumSuppression.of(0.7, Overlap.SMALLER, 9, 9).keep(nested, scores, 2))
                .containsExactly(0);
    }

    @Test
    void ofEqualScoresTheLowerIndexComesFirst() {
        assertThat(NonMaximumSuppression.of(0.5, Overlap.UNION, 9, 9).keep(THREE, new float[] {-1, -1, -1}, 3))
                .containsExactly(0, 2);
        assertThat(NonMaximumSuppression.of(0.5, Overlap.UNION, 9, 9).keep(THREE, new float[] {-0.0f, 0.0f, -3}, 3))
                .containsExactly(0, 2);
    }

    @Test
    void onlyTheBestCandidatesAreLookedAtAndOnlySoManyStay() {
        float[] apart = {0, 0, 1, 1, 10, 0, 11, 1, 20, 0, 21, 1, 30, 0, 31, 1};
        float[] scores = {0.1f, 0.4f, 0.3f, 0.2f};

        assertThat(NonMaximumSuppression.of(0.5, Overlap.UNION, 2, 9).keep(apart, scores, 4))
                .containsExactly(1, 2);
        assertThat(NonMaximumSuppression.of(0.5, Overlap.UNION, 9, 3).keep(apart, scores, 4))
                .containsExactly(1, 2, 3);
    }

    @Test
    void boxesWithoutAnAreaOverlapNothing() {
        float[] empty = {0, 0, 0, 0, 0, 0, 0, 0, -5, -5, 5, 5};

        assertThat(NonMaximumSuppression.of(0, Overlap.SMALLER, 9, 9).keep(empty, new float[] {3, 2, 1}, 3))
                .containsExactly(0, 1, 2);
    }

    @Test
    void aHundredThousandBoxesCostNoMoreThanTheirSorting() {
        int count = 100_000;
        float[] boxes = new float[4 * count];
        float[] scores = new float[count];
        for (int i = 0; i < count; i++) {
            boxes[4 * i] = 20 * i;
            boxes[4 * i + 2] = 20 * i + 10;
            boxes[4 * i + 3] = 10;
            scores[i] = i;
        }
        int[] kept = NonMaximumSuppression.of(0.3, Overlap.UNION, 1_000, 100).keep(boxes, scores, count);

        assertThat(kept).hasSize(100).startsWith(99_999, 99_998);
    }

    @Property(tries = 200)
    void whatStaysIsApartAndWhatGoesOverlapsOneThatStays(@ForAll @IntRange(max = 60) int count, @ForAll long seed) {
        Random random = new Random(seed);
        float[] boxes = new float[4 * count];
        float[] scores = new float[count];
        for (int i = 0; i < count; i++) {
            boxes[4 * i] = random.nextFloat() * 50;
            boxes[4 * i + 1] = random.nextFloat() * 50;
            boxes[4 * i + 2] = boxes[4 * i] + 1 + random.nextFloat() * 30;
            boxes[4 * i + 3] = boxes[4 * i + 1] + 1 + random.nextFloat() * 30;
            scores[i] = random.nextInt(10) / 10f;
        }

        int[] kept = NonMaximumSuppression.of(0.3, Overlap.UNION, 100, 100).keep(boxes, scores, count);

        for (int i = 0; i < count; i++) {
            boolean stays = false;
            boolean beaten = false;
            for (int k : kept) {
                stays |= k == i;
                beaten |= k != i && scores[k] >= scores[i] && iou(boxes, k, i) > 0.3;
            }
            assertThat(stays).isNotEqualTo(beaten);
        }
    }

    @Test
    void theOverlapIsThatOfTheBoxes() {
        assertThat(iou(THREE, 0, 1)).isCloseTo(9.0 / 11, within(1e-9));
    }

    private static double iou(float[] boxes, int a, int b) {
        return box(boxes, a).iou(box(boxes, b));
    }

    private static BoundingBox box(float[] boxes, int i) {
        return new BoundingBox(
                boxes[4 * i],
                boxes[4 * i + 1],
                (double) boxes[4 * i + 2] - boxes[4 * i],
                (double) boxes[4 * i + 3] - boxes[4 * i + 1]);
    }

    @Test
    void wrongNumbersAreRefused() {
        assertThatThrownBy(() -> NonMaximumSuppression.of(1.5, Overlap.UNION, 1, 1))
                .hasMessage("threshold is 1.5, expected 0 to 1");
        assertThatThrownBy(() -> NonMaximumSuppression.of(0.5, Overlap.UNION, 0, 1))
                .hasMessage("maxCandidates is 0, expected 1 or more");
        assertThatThrownBy(() -> NonMaximumSuppression.of(0.5, Overlap.UNION, 1, 0))
                .hasMessage("maxKept is 0, expected 1 or more");
        NonMaximumSuppression suppression = NonMaximumSuppression.of(0.5, Overlap.UNION, 9, 9);
        assertThatThrownBy(() -> suppression.keep(new float[7], new float[2], 2))
                .hasMessage("got 7 box coordinates and 2 scores, expected 4 and 1 for each of 2 boxes");
        assertThatThrownBy(() -> suppression.keep(new float[4], new float[] {Float.NaN}, 1))
                .hasMessage("score 0 is not a number");
    }
}
