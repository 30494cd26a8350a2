package org.emotion4j.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Something that a face did: when it began, was strongest and ended. Times are media time in nanoseconds. Immutable. */
public final class FacialEvent {
    /** Shorter ones are {@linkplain #isBrief() brief}, if their end was seen. */
    public static final long BRIEF_NANOS = 500_000_000L;

    private final Kind kind;
    private final String name;
    private final long onsetNanos;
    private final long apexNanos;
    private final long offsetNanos;
    private final double peak;
    private final double rest;
    private final Talking talking;
    private final boolean brief;

    private FacialEvent(
            Kind kind,
            String name,
            long onsetNanos,
            long apexNanos,
            long offsetNanos,
            double peak,
            double rest,
            Talking talking,
            boolean brief) {
        this.kind = kind;
        this.name = name;
        this.onsetNanos = onsetNanos;
        this.apexNanos = apexNanos;
        this.offsetNanos = offsetNanos;
        this.peak = peak;
        this.rest = rest;
        this.talking = talking;
        this.brief = brief;
    }

    /**
     * Makes an event.
     *
     * @param kind what sort of event
     * @param name of the expression ({@code "happy"}), the movement ({@code "AU12"}), or the kind's own
     * @param onsetNanos when it began
     * @param apexNanos when it was strongest
     * @param offsetNanos when it ended
     * @param peak the value at the apex: a score or intensity of 0 to 1, degrees for nods and shakes
     * @param rest the value that the person had before
     * @return the event
     * @throws IllegalArgumentException if the times are not in this order, or a value is not finite
     */
    public static FacialEvent of(
            Kind kind, String name, long onsetNanos, long apexNanos, long offsetNanos, double peak, double rest) {
        if (onsetNanos > apexNanos || apexNanos > offsetNanos) {
            throw new IllegalArgumentException("onset " + onsetNanos + ", apex " + apexNanos + " and offset "
                    + offsetNanos + " are not in this order");
        }
        if (!Double.isFinite(peak) || !Double.isFinite(rest)) {
            throw new IllegalArgumentException("peak is " + peak + " and rest " + rest + ", expected finite numbers");
        }
        return new FacialEvent(
                Objects.requireNonNull(kind, "kind"),
                Objects.requireNonNull(name, "name"),
                onsetNanos,
                apexNanos,
                offsetNanos,
                peak,
                rest,
                Talking.UNKNOWN,
                offsetNanos - onsetNanos < BRIEF_NANOS);
    }

    /**
     * Returns the same event, with the knowledge whether speech explains it: the mouth of somebody who talks looks like expressions.
     *
     * @param explained whether it does
     * @return an event of which this is known
     */
    public FacialEvent withTalking(boolean explained) {
        return new FacialEvent(
                kind,
                name,
                onsetNanos,
                apexNanos,
                offsetNanos,
                peak,
                rest,
                explained ? Talking.YES : Talking.NO,
                brief);
    }

    /**
     * Returns the same event, with the knowledge that nobody saw its end: the face was lost, or the film or recording ended while
     * it went on. Then it is not brief, however short the part that was seen.
     *
     * @return an event that is not brief
     */
    public FacialEvent withEndUnseen() {
        return new FacialEvent(kind, name, onsetNanos, apexNanos, offsetNanos, peak, rest, talking, false);
    }

    /**
     * Returns what sort of event this is.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns what happened.
     *
     * @return {@code "happy"}, {@code "AU12"}, {@code "blink"}, …
     */
    public String name() {
        return name;
    }

    /**
     * Returns when it began.
     *
     * @return media time in nanoseconds
     */
    public long onsetNanos() {
        return onsetNanos;
    }

    /**
     * Returns when it was strongest.
     *
     * @return media time in nanoseconds
     */
    public long apexNanos() {
        return apexNanos;
    }

    /**
     * Returns when it ended.
     *
     * @return media time in nanoseconds
     */
    public long offsetNanos() {
        return offsetNanos;
    }

    /**
     * Returns how strong it was at the apex.
     *
     * @return 0 to 1; degrees for nods and shakes
     */
    public double peak() {
        return peak;
    }

    /**
     * Returns what this person's value was before.
     *
     * @return 0 to 1; 0 for nods and shakes
     */
    public double rest() {
        return rest;
    }

    /**
     * Returns how long it took from onset to apex.
     *
     * @return nanoseconds
     */
    public long riseNanos() {
        return apexNanos - onsetNanos;
    }

    /**
     * Returns how long it lasted.
     *
     * @return nanoseconds
     */
    public long durationNanos() {
        return offsetNanos - onsetNanos;
    }

    /**
     * Tells whether it lasted less than half a second from its onset to an offset that was seen. At 30 frames a second such an
     * event has fewer than 15 frames; nothing is promised about micro-expressions.
     *
     * @return whether it is brief
     */
    public boolean isBrief() {
        return brief;
    }

    /**
     * Tells whether the person was talking meanwhile, so that it does not count as an expression.
     *
     * @return whether speech explains it, as far as that is {@linkplain #isTalkingKnown() known}
     */
    public boolean isWhileTalking() {
        return talking == Talking.YES;
    }

    /**
     * Tells whether it is known if the person was talking meanwhile.
     *
     * @return false where nobody told how the mouth moves
     */
    public boolean isTalkingKnown() {
        return talking != Talking.UNKNOWN;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FacialEvent that
                && kind == that.kind
                && name.equals(that.name)
                && onsetNanos == that.onsetNanos
                && apexNanos == that.apexNanos
                && offsetNanos == that.offsetNanos
                && peak == that.peak
                && rest == that.rest
                && talking == that.talking
                && brief == that.brief;
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, name, onsetNanos, apexNanos, offsetNanos, peak, rest, talking, brief);
    }

    /** Returns the event in one line, for example {@code "happy 1.20 to 2.85 s, peak 0.93 at 1.60 s"}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s %.2f to %.2f s, peak %.2f at %.2f s%s",
                name,
                onsetNanos / 1e9,
                offsetNanos / 1e9,
                peak,
                apexNanos / 1e9,
                isWhileTalking() ? " (while talking)" : "");
    }

    private enum Talking {
        UNKNOWN,
        NO,
        YES
    }

    /** What sort of event. */
    public enum Kind {
        /** An expression of the face. */
        EXPRESSION,
        /** A facial movement. */
        MOVEMENT,
        /** Both eyes closed for at most half a second. */
        BLINK,
        /** Both eyes closed for longer. */
        EYES_CLOSED,
        /** The head goes up and down. */
        NOD,
        /** The head goes from side to side. */
        HEAD_SHAKE,
        /** The mouth opens and closes without a smile. */
        TALKING;

        /**
         * Returns the kind as records and JSON have it.
         *
         * @return for example {@code "head-shake"}
         */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /**
         * Finds a kind by its code.
         *
         * @param code for example {@code "head-shake"}
         * @return the kind; empty where there is none
         */
        public static Optional<Kind> ofCode(String code) {
            return Arrays.stream(values())
                    .filter(kind -> kind.code().equals(code))
                    .findFirst();
        }
    }
}
