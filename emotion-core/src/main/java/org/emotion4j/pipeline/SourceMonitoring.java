package org.emotion4j.pipeline;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.emotion4j.frame.FrameSource;

/**
 * The watchdog of a source: when a session calls it stalled, frozen or failing, and whether it opens it anew. Immutable and thread-safe.
 *
 * <p>Whatever happens, the gap is marked in the record, and tracker, smoother and label start afresh behind it: nothing is
 * averaged across it. Without {@link ReconnectPolicy} the session reports and waits: a source that comes back goes on, one that
 * fails as a whole or ends, ends the session.
 *
 * @param stalledAfter how long a read (or the opening of a source) may take, 1 ms to 1 h
 * @param frozenAfter how long the very same picture may come, 1 ms to 1 h; empty where it may come for ever
 * @param errorsInRow how many pictures in a row may be unreadable, 1 or more; empty for any number
 * @param reconnect how the source is opened anew; empty for not at all
 */
public record SourceMonitoring(
        Duration stalledAfter,
        Optional<Duration> frozenAfter,
        OptionalInt errorsInRow,
        Optional<ReconnectPolicy> reconnect) {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final SourceMonitoring LIVE = new SourceMonitoring(
            Duration.ofSeconds(5), Optional.of(Duration.ofSeconds(10)), OptionalInt.of(30), Optional.empty());
    private static final SourceMonitoring FILES =
            new SourceMonitoring(Duration.ofSeconds(30), Optional.empty(), OptionalInt.empty(), Optional.empty());

    /**
     * Checks the ranges.
     *
     * @param stalledAfter as {@link #stalledAfter()}
     * @param frozenAfter as {@link #frozenAfter()}
     * @param errorsInRow as {@link #errorsInRow()}
     * @param reconnect as {@link #reconnect()}
     * @throws IllegalArgumentException if a value is out of its range
     */
    public SourceMonitoring {
        requireTime("stalledAfter", stalledAfter);
        frozenAfter.ifPresent(time -> requireTime("frozenAfter", time));
        if (errorsInRow.isPresent() && errorsInRow.getAsInt() < 1) {
            throw new IllegalArgumentException("errorsInRow is " + errorsInRow.getAsInt() + ", expected 1 or more");
        }
    }

    /**
     * The default for {@linkplain FrameSource#isLive() live} sources: stalled after 5 s, frozen after 10 s, failing after
     * 30 errors in a row, not opened anew.
     *
     * @return the watch
     */
    public static SourceMonitoring forLive() {
        return LIVE;
    }

    /**
     * The default for files: stalled after 30 s, may show one picture for ever, and any number of pictures may be
     * unreadable; not opened anew.
     *
     * @return the watch
     */
    public static SourceMonitoring forFiles() {
        return FILES;
    }

    /**
     * Sets how long a read may take.
     *
     * @param value 1 ms to 1 h
     * @return a copy with it
     * @throws IllegalArgumentException if the value is out of its range
     */
    public SourceMonitoring withStalledAfter(Duration value) {
        return new SourceMonitoring(value, frozenAfter, errorsInRow, reconnect);
    }

    /**
     * Sets how long the very same picture may come.
     *
     * @param value 1 ms to 1 h
     * @return a copy with it
     * @throws IllegalArgumentException if the value is out of its range
     */
    public SourceMonitoring withFrozenAfter(Duration value) {
        return new SourceMonitoring(stalledAfter, Optional.of(value), errorsInRow, reconnect);
    }

    /**
     * Lets the same picture come for ever: a test chart, a slide.
     *
     * @return a copy that does not look at the pictures
     */
    public SourceMonitoring withoutFrozenCheck() {
        return new SourceMonitoring(stalledAfter, Optional.empty(), errorsInRow, reconnect);
    }

    /**
     * Sets how many pictures in a row may be unreadable.
     *
     * @param value 1 or more
     * @return a copy with it
     * @throws IllegalArgumentException if the value is out of its range
     */
    public SourceMonitoring withErrorsInRow(int value) {
        return new SourceMonitoring(stalledAfter, frozenAfter, OptionalInt.of(value), reconnect);
    }

    /**
     * Sets how the source is opened anew when it stalls, freezes, fails or ends.
     *
     * @param value how, and with which pauses
     * @return a copy with it
     */
    public SourceMonitoring withReconnect(ReconnectPolicy value) {
        return new SourceMonitoring(stalledAfter, frozenAfter, errorsInRow, Optional.of(value));
    }

    /** Returns the settings in one line that does not differ from run to run. */
    @Override
    public String toString() {
        return "stalledAfter " + stalledAfter + ", frozenAfter "
                + frozenAfter.map(Duration::toString).orElse("never") + ", errorsInRow "
                + (errorsInRow.isPresent() ? errorsInRow.getAsInt() : "any") + ", reconnect "
                + reconnect.map(ReconnectPolicy::toString).orElse("never");
    }

    private static void requireTime(String option, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(option + " is " + value + ", expected " + SHORTEST + " to " + LONGEST);
        }
    }
}
