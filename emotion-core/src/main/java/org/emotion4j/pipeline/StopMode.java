package org.emotion4j.pipeline;

/** What {@link EmotionSession#stop} does with frames that were captured and not analyzed yet. */
public enum StopMode {
    /** They are analyzed, recorded and delivered. */
    DRAIN,
    /** They are dropped and counted. What was analyzed already is still recorded. */
    DISCARD
}
