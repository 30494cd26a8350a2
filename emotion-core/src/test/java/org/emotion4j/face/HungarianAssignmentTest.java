package org.emotion4j.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HungarianAssignmentTest {
    @Test
    void theWholeGainsMoreThanTheBestPairFirst() {
        HungarianAssignment assignment = new HungarianAssignment();
        assignment.start(2, 2);
        assignment.gain(0, 0, 10);
        assignment.gain(0, 1, 9);
        assignment.gain(1, 0, 9);
        assignment.gain(1, 1, 1);
        assertThat(assignment.solve(2)).startsWith(1, 0);
    }

    @Test
    void whatGainsNothingStaysAlone() {
        HungarianAssignment assignment = new HungarianAssignment();
        assignment.start(3, 1);
        assignment.gain(0, 0, -1);
        assignment.gain(1, 0, Double.NaN);
        assignment.gain(2, 0, 0);
        assertThat(assignment.solve(3))
                .containsExactly(HungarianAssignment.ALONE, HungarianAssignment.ALONE, HungarianAssignment.ALONE);
    }

    /** One object for many problems of many shapes, as a tracker uses it, against trying everything. */
    @Property(tries = 100)
    void isAsGoodAsTryingEverything(@ForAll long seed) {
        Random random = new Random(seed);
        HungarianAssignment assignment = new HungarianAssignment();
        for (int problem = 0; problem < 10; problem++) {
            double[][] gains = new double[1 + random.nextInt(6)][1 + random.nextInt(6)];
            assignment.start(gains.length, gains[0].length);
            for (int row = 0; row < gains.length; row++) {
                for (int column = 0; column < gains[row].length; column++) {
                    gains[row][column] = random.nextInt(3) == 0 ? -random.nextDouble() : random.nextInt(8) / 4.0;
                    assignment.gain(row, column, gains[row][column]);
                }
            }
            int[] answer = assignment.solve(gains.length);
            double sum = 0;
            Set<Integer> taken = new HashSet<>();
            for (int row = 0; row < gains.length; row++) {
                if (answer[row] != HungarianAssignment.ALONE) {
                    sum += gains[row][answer[row]];
                    assertThat(taken.add(answer[row])).isTrue();
                }
            }
            assertThat(sum).isCloseTo(best(gains, 0, 0), within(1e-9));
        }
    }

    @Property(tries = 5)
    void largeProblemsEnd(@ForAll @IntRange(min = 100, max = 256) int rows) {
        HungarianAssignment assignment = new HungarianAssignment();
        assignment.start(rows, 128);
        Random random = new Random(rows);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < 128; column++) {
                assignment.gain(row, column, random.nextDouble());
            }
        }
        int[] answer = assignment.solve(rows);
        Set<Integer> columns = new HashSet<>();
        for (int row = 0; row < rows; row++) {
            columns.add(answer[row]);
        }
        columns.remove(HungarianAssignment.ALONE);
        assertThat(columns).hasSize(Math.min(rows, 128));
    }

    private static double best(double[][] gains, int row, int taken) {
        if (row == gains.length) {
            return 0;
        }
        double best = best(gains, row + 1, taken);
        for (int column = 0; column < gains[row].length; column++) {
            if ((taken & 1 << column) == 0) {
                best = Math.max(best, gains[row][column] + best(gains, row + 1, taken | 1 << column));
            }
        }
        return best;
    }
}
