package org.emotion4j.event;

import java.util.Arrays;

/**
 * Median and median absolute deviation of the last while of a curve: what is usual for this person. Samples nearer to each other
 * than a tenth of a second are left out, so that the cost does not depend on the frame rate.
 */
final class RunningMedian {
    private static final long SPACING_NANOS = 100_000_000L;

    private final long windowNanos;
    private double[] values = new double[64];
    private long[] times = new long[64];
    private double[] sorted = new double[64];
    private int first;
    private int count;
    private double spread;
    private boolean spreadKnown;

    RunningMedian(long windowNanos) {
        this.windowNanos = windowNanos;
    }

    /** Adds a value; forgets those that are older than the window. Times do not fall. */
    void add(long nanos, double value) {
        if (count > 0 && nanos - times[at(count - 1)] < SPACING_NANOS) {
            return;
        }
        while (count > 0 && nanos - times[first] > windowNanos) {
            remove(values[first]);
            first = (first + 1) % values.length;
            count--;
        }
        if (count == values.length) {
            grow();
        }
        int end = at(count);
        values[end] = value;
        times[end] = nanos;
        insert(value);
        count++;
        spreadKnown = false;
    }

    void clear() {
        first = 0;
        count = 0;
        spreadKnown = false;
    }

    int count() {
        return count;
    }

    /** The lower of the two middle values where there is an even number; 0 without any. */
    double median() {
        return count == 0 ? 0 : sorted[(count - 1) / 2];
    }

    /** The median distance from the median. */
    double spread() {
        if (!spreadKnown) {
            double median = median();
            int left = (count - 1) / 2;
            int right = left + 1;
            // The nearest values one after another, until half of them are passed.
            for (int passed = 0; passed < (count + 1) / 2; passed++) {
                boolean takeLeft = right >= count || left >= 0 && median - sorted[left] <= sorted[right] - median;
                spread = takeLeft ? median - sorted[left--] : sorted[right++] - median;
            }
            spread = count == 0 ? 0 : spread;
            spreadKnown = true;
        }
        return spread;
    }

    private int at(int index) {
        return (first + index) % values.length;
    }

    private void insert(double value) {
        int place = Arrays.binarySearch(sorted, 0, count, value);
        int index = place < 0 ? -place - 1 : place;
        System.arraycopy(sorted, index, sorted, index + 1, count - index);
        sorted[index] = value;
    }

    private void remove(double value) {
        int index = Arrays.binarySearch(sorted, 0, count, value);
        System.arraycopy(sorted, index + 1, sorted, index, count - index - 1);
    }

    private void grow() {
        double[] moreValues = new double[2 * count];
        long[] moreTimes = new long[2 * count];
        for (int i = 0; i < count; i++) {
            moreValues[i] = values[at(i)];
            moreTimes[i] = times[at(i)];
        }
        values = moreValues;
        times = moreTimes;
        first = 0;
        sorted = Arrays.copyOf(sorted, 2 * count);
    }
}
