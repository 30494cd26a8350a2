package org.emotion4j.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Percentages that add up to one hundred, by the method of the largest remainder; but equal amounts have equal percentages, even
 * where these then add up to a little more or less.
 */
public final class Shares {
    private Shares() {}

    /**
     * Rounds shares so that they add up: each is rounded down, and what is missing to one hundred goes to those that lost
     * most. Where it is not enough for all of several equal ones, each of them is rounded as a number alone would be: three
     * thirds are 33.3 each.
     *
     * @param parts amounts of 0 or more: times, frames or readings
     * @param decimals of the percentages, 0 to 6
     * @return a percentage for each, which together are 100 but for equal ones; all {@code NaN} where the whole is 0
     * @throws IllegalArgumentException if an amount is negative or the decimals are out of their range
     */
    public static double[] percents(long[] parts, int decimals) {
        if (decimals < 0 || decimals > 6) {
            throw new IllegalArgumentException("decimals is " + decimals + ", expected 0 to 6");
        }
        double whole = 0;
        for (long part : parts) {
            if (part < 0) {
                throw new IllegalArgumentException("a part is " + part + ", expected 0 or more");
            }
            whole += part;
        }
        double[] percents = new double[parts.length];
        if (whole == 0) {
            Arrays.fill(percents, Double.NaN);
            return percents;
        }
        double scale = Math.pow(10, decimals);
        long missing = Math.round(100 * scale);
        long[] steps = new long[parts.length];
        double[] remainders = new double[parts.length];
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            double exact = 100 * scale * parts[i] / whole;
            // what is a whole number but for the last bit of a division is one
            steps[i] = (long) Math.floor(exact + 1e-9);
            remainders[i] = exact - steps[i];
            missing -= steps[i];
            order.add(i);
        }
        order.sort(Comparator.comparingDouble((Integer i) -> -remainders[i]).thenComparingLong(i -> parts[i]));
        int next = 0;
        while (missing > 0 && next < order.size()) {
            int end = next + 1;
            while (end < order.size() && parts[order.get(end)] == parts[order.get(next)]) {
                end++;
            }
            if (end - next <= missing || remainders[order.get(next)] >= 0.5) {
                order.subList(next, end).forEach(i -> steps[i]++);
            }
            missing -= end - next;
            next = end;
        }
        for (int i = 0; i < parts.length; i++) {
            percents[i] = steps[i] / scale;
        }
        return percents;
    }
}
