package org.emotion4j.pipeline;

import java.util.Map;

/**
 * What a session has done so far: a snapshot. Numbers of one snapshot are read one after the other while the session goes
 * on, so they may differ by a frame.
 *
 * @param captured pictures that the source gave
 * @param processed frames that were analyzed
 * @param failed frames that could not be read or analyzed
 * @param dropped captured frames for which there was no time, and those waiting when a session was stopped
 * @param skipped captured frames that were not to be analyzed: the session was paused, or the source frozen
 * @param waiting frames that wait for their analysis now
 * @param outOfOrder frames whose time was not after the one before; of these, those whose time went back start afresh
 * @param recorded frames that are in the record
 * @param resultsDropped results that a listener or subscriber had no room for, and events likewise
 * @param listenerFailures calls of the listener, or of that for events, that threw
 * @param previewsSkipped pictures that were not shown because the viewer was busy
 * @param viewerFailures calls of the viewer that threw
 * @param reconnects how often the source was opened anew, or tried to
 * @param abandonedThreads threads that did not come back and were left behind
 * @param latencies for every step, how long it took
 */
public record SessionMetrics(
        long captured,
        long processed,
        long failed,
        long dropped,
        long skipped,
        int waiting,
        long outOfOrder,
        long recorded,
        long resultsDropped,
        long listenerFailures,
        long previewsSkipped,
        long viewerFailures,
        long reconnects,
        long abandonedThreads,
        Map<PipelineStep, LatencySummary> latencies) {
    /**
     * Copies the map.
     *
     * @param captured as {@link #captured()}
     * @param processed as {@link #processed()}
     * @param failed as {@link #failed()}
     * @param dropped as {@link #dropped()}
     * @param skipped as {@link #skipped()}
     * @param waiting as {@link #waiting()}
     * @param outOfOrder as {@link #outOfOrder()}
     * @param recorded as {@link #recorded()}
     * @param resultsDropped as {@link #resultsDropped()}
     * @param listenerFailures as {@link #listenerFailures()}
     * @param previewsSkipped as {@link #previewsSkipped()}
     * @param viewerFailures as {@link #viewerFailures()}
     * @param reconnects as {@link #reconnects()}
     * @param abandonedThreads as {@link #abandonedThreads()}
     * @param latencies as {@link #latencies()}
     */
    public SessionMetrics {
        latencies = Map.copyOf(latencies);
    }

    /**
     * Returns how long a step took.
     *
     * @param step the step
     * @return its times so far
     */
    public LatencySummary latency(PipelineStep step) {
        LatencySummary summary = latencies.get(step);
        return summary == null ? new LatencySummary(0, 0, 0, 0, 0, 0) : summary;
    }
}
