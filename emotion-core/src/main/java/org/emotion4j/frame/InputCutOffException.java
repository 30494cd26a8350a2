package org.emotion4j.frame;

import java.time.Duration;
import java.util.Optional;

/**
 * The input holds less than was recorded: a copy that broke off, a card that was pulled. Thrown once, after the last whole
 * picture; the next read says that the source has ended. What is missing goes into the record of the session.
 */
public final class InputCutOffException extends FrameUnreadableException {
    private static final long serialVersionUID = 1L;

    /** The media time at which the input ends. */
    private final Duration end;

    private final transient Optional<Duration> whole;

    /**
     * An input that was cut off.
     *
     * @param origin the file
     * @param reason what was found, as the end of the sentence "origin: …"
     * @param end the media time at which it ends
     * @param whole the media time at which it should end, where that is known
     */
    public InputCutOffException(String origin, String reason, Duration end, Optional<Duration> whole) {
        super(origin, reason);
        this.end = end;
        this.whole = whole;
    }

    /**
     * Returns where the input ends.
     *
     * @return media time
     */
    public Duration end() {
        return end;
    }

    /**
     * Returns how much is missing.
     *
     * @return the length of what is not there, above zero, or empty where nothing tells it
     */
    public Optional<Duration> missing() {
        return whole.map(time -> time.minus(end)).filter(time -> !time.isNegative() && !time.isZero());
    }
}
