package org.emotion4j.pipeline;

/**
 * Backpressure: what becomes of a frame or a result when the consumer has not finished with those before, whether it is dropped or
 * the producer waits.
 */
public enum OverflowPolicy {
    /** The one that has waited longest gives way: what is shown is as fresh as can be. The default for live sources. */
    DROP_OLDEST,
    /** The new one is dropped. */
    DROP_NEWEST,
    /** Nothing is dropped; the faster waits for the slower. The default for files. */
    BLOCK
}
