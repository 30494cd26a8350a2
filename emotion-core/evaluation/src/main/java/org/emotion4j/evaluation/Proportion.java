package org.emotion4j.evaluation;

import java.util.Locale;

/**
 * A share of a count, with what chance alone can make of it: the 95 % interval of Wilson (1927, "Probable Inference, the Law of
 * Succession, and Statistical Inference"), which holds for few and for none as well.
 *
 * @param count how many of them, 0 to {@code of}
 * @param of out of how many, 0 or more
 */
public record Proportion(long count, long of) {
    private static final double Z = 1.959963984540054;

    /**
     * Checks the counts.
     *
     * @param count as {@link #count()}
     * @param of as {@link #of()}
     * @throws IllegalArgumentException if {@code count} is not 0 to {@code of}
     */
    public Proportion {
        if (count < 0 || count > of) {
            throw new IllegalArgumentException(count + " of " + of + ", expected 0 to " + of);
        }
    }

    /**
     * Returns the share.
     *
     * @return 0 to 1; {@code NaN} of nothing
     */
    public double share() {
        return (double) count / of;
    }

    /**
     * Returns the lower end of the interval.
     *
     * @return 0 to {@link #share()}; {@code NaN} of nothing
     */
    public double low() {
        return count == 0 && of > 0 ? 0 : middle() - reach();
    }

    /**
     * Returns the upper end of the interval.
     *
     * @return {@link #share()} to 1; {@code NaN} of nothing
     */
    public double high() {
        return count == of && of > 0 ? 1 : middle() + reach();
    }

    /**
     * Says whether two shares differ by more than chance would have them: whether the 95 % interval of their difference
     * (Newcombe 1998, "Interval Estimation for the Difference Between Independent Proportions", method 10) leaves out 0.
     *
     * @param other another share, of other cases
     * @return false also where one of them is of nothing
     */
    public boolean differsFrom(Proportion other) {
        if (of == 0 || other.of == 0) {
            return false;
        }
        Proportion more = share() >= other.share() ? this : other;
        Proportion less = share() >= other.share() ? other : this;
        return more.share() - less.share() > Math.hypot(more.share() - more.low(), less.high() - less.share());
    }

    private double middle() {
        return (count + Z * Z / 2) / (of + Z * Z) + (of == 0 ? Double.NaN : 0);
    }

    private double reach() {
        return Z * Math.sqrt((double) count * (of - count) / of + Z * Z / 4) / (of + Z * Z);
    }

    /** Returns for example {@code "0.42 (0.38 to 0.46)"}, or a hyphen for a share of nothing. */
    @Override
    public String toString() {
        return of == 0 ? "-" : String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", share(), low(), high());
    }
}
