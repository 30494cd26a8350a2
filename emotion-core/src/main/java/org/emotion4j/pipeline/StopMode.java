package org.emotion4j.pipeline;

/** What {@link EmotionSession#stop} does with frames that were captured and not analysed yet. */
public enum StopMode {
    /** They are analysed, recorded and delivered. */
    DRAIN,
    /** They are dropped and counted. What was analysed already is still recorded. */
    DISCARD
}
