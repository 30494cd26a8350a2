package org.emotion4j.pipeline;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened to the source of a session, noticed by its {@linkplain SourceMonitoring watch}.
 *
 * @param kind what happened
 * @param mediaNanos the media time of the last picture before it, in nanoseconds
 * @param wallTime when it was noticed, by the pipeline's clock
 * @param message what happened, in words, with the numbers that matter
 * @param cause the failure behind it, where there is one
 */
public record SourceEvent(Kind kind, long mediaNanos, Instant wallTime, String message, Optional<Throwable> cause) {
    /** What can happen to a source. */
    public enum Kind {
        /** A read has not returned within the set time. */
        STALLED,
        /** The same picture has come for the set time, as from a camera whose plug was pulled. */
        FROZEN,
        /** So many pictures in a row could not be read. */
        FAILING,
        /** The source failed as a whole. */
        FAILED,
        /** A live source came to an end by itself. */
        ENDED,
        /** Pictures come again from the source that had stalled or frozen. */
        RESUMED,
        /** The source is opened anew after a pause. */
        RECONNECTING,
        /** A source that was opened anew has given its first picture. */
        RECONNECTED,
        /** A thread that does not come back from a read is left behind, and its source is not closed. */
        ABANDONED,
        /** A thread that was left behind came back after all and has closed its source. */
        RETURNED
    }
}
